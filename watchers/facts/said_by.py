"""Who says each fact, as a chain from the speaker outwards, and how firmly.

A speaker is read sentence by sentence; pronouns and "the minister" mean who spoke before, and a quotation
that has no speaker of its own goes on from the sentence before it or belongs to the one after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchers.facts import speech_en, speech_ja, speech_tr
from watchers.facts.speech import Telling, quotations, thread

if TYPE_CHECKING:
    from watchers.facts.passage import Passage
    from watchers.facts.speech import Hedge, Thread
    from watchers.types import Fact, Span

_LANGUAGES = {"en": speech_en, "tr": speech_tr, "ja": speech_ja}
_MARKS = "“\"«„「'‘”»」’.,。、 "


def attribute(passage: Passage, facts: list[Fact]) -> list[Fact]:
    """Fill in who said each fact and how firmly."""
    grammar = _LANGUAGES[passage.lang]
    if not grammar.TELLS.search(passage.text):
        return facts
    told = _told(passage, thread(facts, passage.lang))
    return [_attributed(fact, told.get(fact.sentence_start, ())) for fact in facts]


def _attributed(fact: Fact, tellings: tuple[Telling, ...]) -> Fact:
    within = [
        t for t in tellings if t.start < fact.end <= t.end
    ]  # its last word, for a status takes in a word before
    if not within:
        return fact
    telling = min(within, key=lambda t: (t.end - t.start, t.hedge != "denied"))
    names_speaker = fact.start < telling.speaker[1] and telling.speaker[0] < fact.end
    if names_speaker and fact.type in ("person_role", "party", "location"):
        return fact  # a speaker does not say his own name
    denied = fact.type == "party" and telling.hedge == "denied"
    hedge = fact.hedge if telling.hedge == "stated" else telling.hedge
    return replace(
        fact, said_by=telling.by, hedge=hedge, role="" if denied else fact.role
    )  # who is denied to have signed has no part in the deal


def _told(passage: Passage, heard: Thread) -> dict[int, tuple[Telling, ...]]:
    """Return what is told in each sentence, by where the sentence begins."""
    grammar = _LANGUAGES[passage.lang]
    told: dict[int, tuple[Telling, ...]] = {}
    waiting: list[Span] = []
    goes_on = False
    before: int | None = None  # where the last sentence begins
    untold: Span | None = None  # that sentence, if nobody says it
    for sentence in passage.sentences:
        speaks = heard.last
        tellings = tuple(grammar.tell(passage, sentence, heard))
        spoken = next((t for t in tellings if t.by), None)
        if spoken is None and _is_quotation(passage, sentence):
            if goes_on and speaks:
                tellings = (_whole(sentence, speaks, "stated"),)
            else:
                waiting.append(sentence)
                continue
        elif spoken is not None and waiting:
            told |= {late.start: (_whole(late, spoken.by, spoken.hedge),) for late in waiting}
        waiting.clear()
        if before is not None and grammar.UNVERIFIED.search(sentence.mention):
            told[before] = tuple(_doubted(telling) for telling in told[before])
        if spoken is not None and untold is not None and grammar.BARE.search(sentence.mention):
            told[untold.start] = (*told[untold.start], _whole(untold, spoken.by, spoken.hedge))
        before = sentence.start
        untold = sentence if spoken is None else None
        goes_on = spoken is not None or (goes_on and bool(tellings))
        told[sentence.start] = tellings
    return told


def _whole(sentence: Span, by: str, hedge: Hedge) -> Telling:
    return Telling(start=sentence.start, end=sentence.end, by=by, hedge=hedge)


def _doubted(telling: Telling) -> Telling:
    """Return what somebody said as a claim, for the text goes on to call it one."""
    return replace(telling, hedge="alleged") if telling.by and telling.hedge != "denied" else telling


def _is_quotation(passage: Passage, sentence: Span) -> bool:
    """Tell whether a sentence is nothing but what somebody is quoted with."""
    spans = quotations(passage.text, sentence.start, sentence.end)
    if not spans:
        return False
    rest = passage.text[sentence.start : spans[0][0]] + passage.text[spans[-1][1] : sentence.end]
    return not rest.strip(_MARKS)
