"""Meetings held, by their kind and who is named, and agreements made; negated ones are neither."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from watchers.facts import event_words
from watchers.facts.passage import whole_end
from watchers.types import Fact, Named, Person, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.facts.passage import Passage


_VISIT_EN = r"(?:pa\w+|beg[ai]ns?|started|ma[dk]\w+|conclude[sd]?|complete[sd]?|end(?:ed|s)|for|on|during)\s(?:an?|his|her|their)\s(?:[\w-]+\s){0,4}?visit\b"
# What else than talks a meeting is, by its verb; receiving a guest is the visit seen from the other side.
_VISITS = re.compile(
    rf"{_VISIT_EN}|(?:(?:will|is|are|was|were|plans?|planned|{event_words.WHO_EN}\s(?:was|were))\s(?:[\w-]+\s){{0,4}}?)?(?:visit(?:ed|s)?|tour(?:ed|s)?|host(?:ed|s)?|receive[sd]?|welcome[sd]?|greeted|given\sa\stour)\b"
    r"|gez|ziyaret|inceleme|kabul|ağırla|konuk|視察|見学|訪問|を訪",
    re.IGNORECASE,
)
# The verb of an English meeting, before whom or what it was with.
_MEETING_EN = re.compile(
    # who met stands before these
    r"(?:(?:will|is|are|was|were|plans?|planned)\s(?:[\w-]+\s){0,4}?(?:meet(?:\sagain)?|visit|tour|host|receive|welcome|talks|meetings?|consultations)"
    rf"|{event_words.WHO_EN}\s(?:[^\s.;]+\s){{0,8}}?(?:meet(?:ing)?|met|gather(?:ed)?|convened?|confer(?:red)?|received|welcomed|hosted|greeted|given\sa\stour(?:\sof)?)"
    r"|met\s(?:last|this|earlier|behind).*|(?:held|had|holds?)\san?\s(?:[\w-]+\s){0,2}?(?:calls?|conference|conversation)|exchanged\sviews|(?:talks|meetings?|consultations)\sbetween"
    rf"|{_VISIT_EN}(?:\sto)?|h(?:eld|olds)\s(?:\w+\s){{0,3}}(?:talks|meetings?|consultations)"
    r"|(?:additional|further|bilateral|separate|several|series\sof|after|following|during|for|met\sfor)\s(?:[\w-]+\s)?(?:talks|meetings?|discussions)"
    r"|(?:talks|meeting)\s(?:was|were|took\splace)(?:\sheld)?|(?:\w+-day\s)?meeting|sat\sdown|\w+)\b(?:(?:\s(?:in|on)\s\w+)?\swith\b)?\s*",
    re.IGNORECASE,
)
_WHERE_OR_WHEN = re.compile(r"(?:in|on|at|for|about|over|during|after|before|by|to)\b")
# What bills, numbers and parts do, too: who does it is asked for.
_NEEDS_GUEST = re.compile(r"kabul|bir araya gele[nr]")
# How far before and behind its words a meeting is read for whether it is to come, in code points.
BEFORE_VERB = 24
BEHIND_VERB = {"en": 0, "tr": 12, "ja": 4}
_GUEST_TR = re.compile(r"(?:heyet|konu[kğ]|mevkida|bakan[ıi]|büyükelçi|komutan|başkan[ıi])", re.IGNORECASE)
# Who goes somewhere, other than who receives a guest, who may come from the place that is named.
_GOES = re.compile(r"ziyaret|gez|訪問|視察|を訪")
# Who visits stands before this, and what is visited behind it: 英首相が訪問.
_SUBJECT = re.compile(r"[がは、]|,")
MOST_MET = 4  # people and bodies named of one meeting
_TAKING_PART = frozenset({"person_role", "party"})


def read_meetings(passage: Passage, named: Sequence[Fact]) -> list[Fact]:
    """Return the meetings, one a sentence at most.

    The value is one word for every language, "talks" or "visit", and who of the people and parties `named`
    in the text stands in the sentence: "talks: Gen Nakatani, Yaşar Güler". Where that leaves out whom or what
    it was with, the article's words for it follow: "visit: Gen Nakatani, the missile plant".
    """
    facts = [
        fact
        for fact in _read(passage, "meeting", event_words.MEETINGS[passage.lang])
        if not _NEEDS_GUEST.match(fact.mention) or _has_guest(fact, named)
    ]
    return [
        replace(
            fact,
            value=Words(text=_meeting(passage, fact, named)),
            hedge="expected" if _is_ahead(passage, fact) else fact.hedge,
        )
        for fact in facts
    ]


def _is_ahead(passage: Passage, fact: Fact) -> bool:
    """Tell whether a meeting is to come."""
    around = passage.text[
        max(fact.sentence_start, fact.start - BEFORE_VERB) : min(
            fact.end + BEHIND_VERB[passage.lang], fact.sentence_start + len(fact.sentence)
        )
    ]
    return event_words.AHEAD[passage.lang].search(around) is not None


def _has_guest(of: Fact, named: Sequence[Fact]) -> bool:
    """Tell whether a sentence names somebody who can be received: a bill is "kabul edildi", too."""
    end = of.sentence_start + len(of.sentence)
    persons = (fact for fact in named if fact.type == "person_role")
    return _GUEST_TR.search(of.sentence) is not None or any(
        of.sentence_start <= person.start < end for person in persons
    )


def _meeting(passage: Passage, fact: Fact, named: Sequence[Fact]) -> str:
    kind = "visit" if _VISITS.match(fact.mention) else "talks"
    met = _met(passage, fact, named)
    who = list(met)
    if passage.lang != "en":
        if _GOES.match(fact.mention) and len(met) < 2:
            who += [place for place in _visited(passage, fact, named) if place not in met]
        return f"{kind}: {', '.join(who)}" if who else kind
    verb = _MEETING_EN.match(fact.mention)
    rest = fact.mention[verb.end() :].rstrip() if verb else ""
    within = [name for name, at in met.items() if fact.start <= at < fact.end]
    if rest and not _WHERE_OR_WHEN.match(rest) and (len(met) < 2 or not within):
        who = [*(name for name in met if name not in within), rest]
    return f"{kind}: {', '.join(who)}" if who else kind


def _met(passage: Passage, of: Fact, named: Sequence[Fact]) -> dict[str, int]:
    """Return who is named in a fact's sentence and where, in order; states only where nobody else is."""
    start, end = of.sentence_start, of.sentence_start + len(of.sentence)
    found: dict[str, int] = {}
    known: set[str] = set()
    for fact in named:
        if fact.type in _TAKING_PART and isinstance(fact.value, Person | Named):
            known.add(fact.value.entity)
            if start <= fact.start < end:
                found.setdefault(fact.value.name, fact.start)
    for name in passage.names:  # a fact has but the first place at which somebody is named
        if name.entity in known and start <= name.start < end:
            found[name.name] = min(name.start, found.get(name.name, name.start))
    states = {name.name for name in passage.names if name.entity.startswith("loc:")}
    ordered = sorted(found, key=found.__getitem__)
    kept = [name for name in ordered if name not in states] or ordered
    return {name: found[name] for name in kept[:MOST_MET]}


def _visited(passage: Passage, of: Fact, named: Sequence[Fact]) -> list[str]:
    """Return the last place before a visit's verb in its clause, unless it is where somebody is from."""
    homes = {fact.value.of for fact in named if isinstance(fact.value, Person)}
    places = [
        name.name
        for name in passage.names
        if name.entity.startswith("loc:")
        and of.sentence_start <= name.start < of.start
        and not _SUBJECT.search(passage.text, name.end, of.start)
    ]
    return [place for place in places if place not in homes][-1:]


def read_agreements(passage: Passage) -> list[Fact]:
    """Return the agreements in the text's own words, one a sentence at most; negated ones give none."""
    return _read(passage, "agreement", event_words.AGREEMENTS[passage.lang])


def _read(passage: Passage, kind: str, pattern: re.Pattern[str]) -> list[Fact]:
    facts: list[Fact] = []
    if not event_words.TRIGGERS[kind, passage.lang].search(passage.text):
        return facts
    for sentence in passage.sentences:
        match = pattern.search(passage.text, sentence.start, sentence.end)
        if match is None or _negated(passage, match, sentence.end):
            continue
        start, end = match.start(), match.start() + len(match.group().rstrip())
        end = whole_end(passage.text, start, end) if passage.lang == "en" else end
        words = Words(text=passage.text[start:end])
        facts.append(
            passage.fact(
                start, end, "meeting" if kind == "meeting" else "agreement", words, rule=kind, confidence=0.7
            )
        )
    return facts


def _negated(passage: Passage, match: re.Match[str], end: int) -> bool:
    before = passage.before(match.start(), 50)
    after = passage.text[match.end() : min(end, match.end() + 60)]
    return bool(event_words.NEGATED[passage.lang].search(before)) or bool(
        event_words.NEGATED_AFTER[passage.lang].match(after)
    )
