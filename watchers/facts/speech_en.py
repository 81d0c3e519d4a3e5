"""Who says what in English: "X said", "said X", "according to X", "X told Y", and the pronouns for X."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from watchers.facts import words_en
from watchers.facts.passage import CAP
from watchers.facts.speakers import may_speak
from watchers.facts.speech import MAX_SPEAKER, Telling, chain, is_medium, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.passage import Passage
    from watchers.facts.speech import Hedge, Thread
    from watchers.types import Span

TELLS, UNVERIFIED, BARE = words_en.TELLS, words_en.UNVERIFIED, words_en.BARE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One verb of saying: where its speaker stands and what the words it governs are beside."""

    start: int
    end: int
    by: str
    np: tuple[int, int]
    behind: bool  # the words told stand before the speaker
    verb: str
    raw: str = ""  # the subject as written, before a pronoun was resolved


def tell(passage: Passage, sentence: Span, thread: Thread) -> Iterator[Telling]:
    """Yield who says which words of a sentence; every part that is hedged is covered."""
    start = sentence.start
    for stop in re.finditer(r";\s", sentence.mention):
        yield from _of_clause(passage, start, sentence.start + stop.end(), thread)
        start = sentence.start + stop.end()
    yield from _of_clause(passage, start, sentence.end, thread)


def _of_clause(passage: Passage, start: int, end: int, thread: Thread) -> Iterator[Telling]:
    text = passage.text
    said = _all_said(passage, start, end, thread)
    if not said:
        hedge = _hedge(text[start:end], (), "")
        if hedge != "stated":
            yield Telling(start=start, end=end, by="", hedge=hedge)
        yield from _denials(text, start, end, "", (0, 0))
        return
    venue = _venue(text[start:end])
    first = words_en.told_from(text, start, said[0].np[0], behind=said[0].behind)
    if first > start and (hedge := _hedge(text[start:first], (), "")) != "stated":
        yield Telling(start=start, end=first, by="", hedge=hedge)
    edges = _edges(said, first, end)
    for i, one in enumerate(said):
        by = chain(one.by, venue if i == len(said) - 1 or len(said) == 1 else "")
        region = words_en.inserted(text, one.np[0], one.end, edges[i])
        yield Telling(
            start=region[0], end=region[1], by=by, hedge=_hedge(text[region[0] : region[1]], (one.raw, one.by), one.verb), speaker=one.np
        )  # fmt: skip
        if one.verb.startswith(("den", "dismiss", "reject", "refut")):
            yield from _denials(text, *region, by, one.np)


def _edges(said: list[_Said], start: int, end: int) -> list[tuple[int, int]]:
    """Return the words that each speaker of a clause tells."""
    cuts = [start]
    for left, right in pairwise(said):
        cuts.append(
            left.end if left.behind and right.behind else right.start if not right.behind else left.end
        )
    cuts.append(end)
    return [(cuts[i], max(cuts[i], cuts[i + 1])) for i in range(len(said))]


def _denials(text: str, start: int, end: int, by: str, np: tuple[int, int]) -> Iterator[Telling]:
    """Yield the words that a verb of denial takes back, up to what is admitted after it."""
    denial = words_en.DENIES.search(text, start, end)
    if denial:
        stop = words_en.DENIAL_ENDS.search(text, denial.end(), end)
        yield Telling(
            start=denial.start(), end=stop.start() if stop else end, by=by, hedge="denied", speaker=np
        )


def _hedge(words: str, by: tuple[str, ...], verb: str) -> Hedge:
    if verb.startswith(("claim", "alleg", "accus")) or words_en.ALLEGED.search(words):
        return "alleged"
    if verb.startswith(words_en.FORESEES):
        return "expected"
    if any(is_unnamed(name) for name in by) or words_en.REPORTED.search(words):
        return "reported"
    return "expected" if words_en.EXPECTED.search(words) else "stated"


def is_unnamed(by: str) -> bool:
    """Tell whether a speaker is a medium or somebody without a name."""
    inner = by.split(" < ", maxsplit=1)[0]
    if is_medium(inner, words_en.MEDIUM):
        return True
    named = re.search(rf"(?:{CAP})\s(?:{CAP})\Z", inner)
    return words_en.UNNAMED.search(inner) is not None and named is None


def _all_said(passage: Passage, start: int, end: int, thread: Thread) -> list[_Said]:
    text = passage.text
    quoted = quotations(text, start, end)
    found: list[_Said] = []
    inner = ""
    marks = sorted(
        [*words_en.VERB.finditer(text, start, end), *words_en.ACCORDING.finditer(text, start, end)],
        key=lambda m: m.start(),
    )
    for match in marks:
        if len(found) >= words_en.MAX_SAID:
            break
        if any(a < match.start() < b for a, b in quoted) or words_en.DENIED.search(text, start, match.end()):
            continue
        if match.re is words_en.ACCORDING:
            one, cited = _according(passage, match, start, end)
            inner = cited if cited and may_speak(cited, "en") else inner
        else:
            one = _by_verb(passage, match, start, end, found)
        if one is None:
            continue
        by = _resolved(one, thread, len(found) > 0)
        if not by or len(by) > MAX_SPEAKER:
            continue
        if not may_speak(by.split(" < ", maxsplit=1)[0], "en", source=match.re is words_en.ACCORDING):
            continue
        if found and found[-1].np == one.np:
            continue
        one = replace(one, by=by, raw=one.by)
        found.append(one)
        bare = by.split(" < ", maxsplit=1)[0]
        medium = is_medium(bare, words_en.MEDIUM) or words_en.MEDIUM.search(one.raw) is not None
        thread.hear(by, medium=medium, person=not medium and _is_person(bare, thread))
    if inner and found:
        found[-1] = replace(found[-1], by=chain(inner, found[-1].by))
    return found


def _is_person(by: str, thread: Thread) -> bool:
    return (
        thread.is_person(by)
        or words_en.FULL_NAME.search(by) is not None
        or bool(words_en.PERSON_NOUN.match(by))
    )


def _according(passage: Passage, match: re.Match[str], start: int, end: int) -> tuple[_Said | None, str]:
    name = words_en.NAME_AFTER.match(passage.text, match.end(), end)
    if name is None:
        return None, ""
    words = words_en.NEXT_NOUN.split(name.group().strip(), maxsplit=1)[0]
    if match.group("inner"):
        return None, _bare(words)
    span = (match.end(), match.end() + len(words))
    before = passage.text[start : match.start()].strip(" ,")
    one = _Said(start=match.start(), end=span[1], by=words, np=span, behind=len(before) > 3, verb="")
    return one, ""


def _by_verb(
    passage: Passage, match: re.Match[str], start: int, end: int, found: list[_Said]
) -> _Said | None:
    """Find the subject of a verb of saying, before it or after it; None if nobody says anything."""
    text = passage.text
    verb = match.group()
    start = max(start, match.start() - words_en.MAX_CLAUSE)
    left = text[start : match.start()]
    bare = words_en.BETWEEN.sub("", left.rstrip())
    if words_en.UNSAID.search(left) or words_en.UNSAID.search(bare):
        return None
    stripped = bare.rstrip()
    if stripped.endswith((" and", " but")) and found:  # "confirmed the plan and said": the same subject
        here = (match.start(), match.start())
        return replace(found[-1], start=match.start(), end=match.end(), np=here, behind=False, verb=verb)
    follows = end if not verb.startswith(words_en.TRANSITIVE) else match.end()
    span, behind = _subject(text, stripped, match.end(), start=start, end=follows)
    if span is None:
        return None
    if verb == "reports" and text[slice(*span)].endswith(("media", "press")):
        span = (span[0], match.end())  # a noun after all
    words = text[slice(*span)]
    before = text[start : span[0]].rstrip()
    if len(before.split()) > 2 and before[-1:] in ',"”':
        lead = before.strip(' ,"“”')
        behind = behind or not words_en.ONLY_LEADS.match(lead) or bool(words_en.FINITE.search(lead))
    told = words_en.TOLD_TO.match(text, match.end(), end) if verb in ("told", "tells") else None
    if told and (is_medium(told["np"], words_en.MEDIUM) or words_en.HEARER.match(told["np"])):
        words = chain(words, told["np"])
    return _Said(start=span[0], end=match.end(), by=words, np=span, behind=behind, verb=verb)


def _subject(
    text: str, left: str, verb_end: int, *, start: int, end: int
) -> tuple[tuple[int, int] | None, bool]:
    """Return where the subject of a verb stands, and whether it follows the verb; `left` is what precedes it."""
    if left[-1:] in ("", ",", "”", '"', "»", "“"):
        after = words_en.AFTER_VERB.match(text, verb_end, end)
        if left and after and (left[-1] != "," or words_en.SOMEBODY.match(after["np"])):
            return after.span("np"), True
        return (_before_apposition(left, start) if left.endswith(",") else None), False
    if left.endswith((" and", " but")):
        return _first_noun(left, start), False
    return _last_noun(left, start), False


def _last_noun(left: str, start: int) -> tuple[int, int] | None:
    """Return the noun phrase that a stretch of text ends in."""
    cut = 0
    for boundary in words_en.CUT.finditer(left):
        cut = boundary.end()
    for opening in (words_en.JOINER, words_en.LEAD):
        lead = opening.match(left[cut:])
        cut += lead.end() if lead else 0
    segment = left[cut:]
    noun = words_en.NP_END.search(segment)
    if noun is None:
        return None
    verbal = words_en.GERUND.match(noun.group())  # "contradicting media reports that"
    last = len(noun.group()) - len(words_en.NEXT_NOUN.split(noun.group())[-1])  # "after the deal the yard"
    return start + cut + noun.start() + (last or (verbal.end() if verbal else 0)), start + cut + noun.end()


def _before_apposition(left: str, start: int) -> tuple[int, int] | None:
    """Return the subject beside an apposition: "the minister, Ida Strand," and "Ida Strand, the minister,"."""
    inner = left.rstrip(" ,")
    at = inner.rfind(", ")
    last = inner[at + 2 :] if at >= 0 else inner
    if at < 0:
        return None
    if words_en.FULL_NAME.match(last):
        return start + at + 2, start + len(inner)
    return _last_noun(inner[:at], start) or _last_noun(inner, start)


def _first_noun(left: str, start: int) -> tuple[int, int] | None:
    """Return the subject that a clause opens with."""
    lead = re.match(r"[\"“]?\s*(?:(?:But|And|Meanwhile|However),?\s)?", left)
    at = lead.end() if lead else 0
    noun = re.compile(
        rf"(?:(?:The|A|An|Its|His|Her)\s(?:[\w’'-]+\s)?[\w’'-]+|(?:{CAP})(?:[ \u00a0]{CAP}){{0,4}})"
    ).match(left, at)
    return (start + noun.start(), start + noun.end()) if noun else None


def _bare(words: str) -> str:
    return re.sub(r"\A(?:the|The|an?|An?)\s", "", words.strip(' ,"“”'))


def _resolved(one: _Said, thread: Thread, again: bool) -> str:  # noqa: FBT001, PLR0911 - a case a kind of word
    """Return whom a subject means; empty if nobody."""
    words, _, via = one.by.partition(" < ")
    words = words.strip(' ,"“”')
    at = one.start
    if words_en.PRONOUN.match(words) or words_en.PERSON_NOUN.match(words):
        return chain(thread.person_before(at) or ("" if words_en.PRONOUN.match(words) else _bare(words)), via)
    if words_en.IT.match(words):
        return chain(thread.last, via)
    if words_en.ONE_OF.match(words):
        return chain(thread.last or _bare(words), via)
    if words_en.FIRM_NOUN.match(words):
        return chain(thread.firm_before(at) or _bare(words), via)
    if words_en.PAPER_NOUN.match(words):
        return chain(thread.medium or _bare(words), via)
    body = words_en.BODY_NOUN.match(words)
    if body and body["noun"] in thread.body:
        return chain(thread.body, via)
    if re.match(r"(?:who|which|that|there|this|these|those|what|we|i|you)\b", words, re.IGNORECASE):
        return thread.last if again else ""
    named = re.match(
        rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s(?:(?!(?:of|for|at|in|from|with|on|by|to)\s)[a-z][\w’'-]*\s){{1,5}}(?P<name>(?:{CAP})(?:[ \u00a0](?:{CAP}|of|du|de|la|le)){{0,5}})\Z",
        words,
    )
    if named:
        words = named["name"]
    words = _bare(words)
    return chain(thread.full(words) if " " not in words else words, via)


def _venue(clause: str) -> str:
    """Return where something was said, such as "social media post"; empty if the clause does not tell."""
    match = words_en.VENUE.search(clause)
    if match is None:
        return ""
    words = match.group("act") or match.group("site") or match.group("event") or ""
    return re.sub(r"\s+", " ", words).strip()
