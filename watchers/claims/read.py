"""Read the claims of a text: each value, date, name and deed, what it is of, what narrows it, who says so."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchers.claims import acts
from watchers.claims.amounts import Amount, amounts
from watchers.claims.lines import Line, lines
from watchers.claims.loose import loose
from watchers.claims.names import Name, distinct, generic, names, region
from watchers.claims.periods import dated, decades, today, yearless
from watchers.claims.stages import denies, is_denied, stage_of
from watchers.claims.subjects import COUNTABLE, Tagged, group_of, of_group, related, tagged
from watchers.claims.years import year_label
from watchers.facts.extract import extract
from watchers.sentences import sentences
from watchers.text import fold
from watchers.types.claims import Claim, Extent, Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from watchers.claims.stages import Done
    from watchers.claims.subjects import Group
    from watchers.facts.passage import Finder
    from watchers.types import Fact
    from watchers.types.claims import ClaimKind, Stage

GRAMMARS = frozenset({"en", "tr", "ja"})
MAX_TEXT = 10_000  # code points read, more than a long article has; the rest is left out
MAX_CLAIMS = 400  # of one text; more are a table or an attack, and so are more sentences
MAX_SENTENCES = 400
AROUND = 120  # code points around a value that are looked at
NEAR = 60  # code points within which a word can be what a number is of
_BACKWARDS = {
    "en": 8,
    "tr": 8,
    "ja": 0,
}  # a noun before a number is as near as one that much further behind it
_BREAK = 18  # what a comma between costs
_WANTED: dict[str, tuple[Group, ...]] = {
    "count": ("machine", "people", "body"),
    "money": ("sum",),
    "share": ("gauge", "sum", "people"),
    "measure": ("gauge", "event"),
    "date": ("event",),
}
_DATED = frozenset({"date", "delivery_deadline"})
_CASUALTIES = frozenset({"dead", "injured"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read once a text: its language, day and outlet, its sentences, names and facts."""

    text: str
    lang: str
    published: date
    source: str
    names: tuple[Name, ...]
    facts: tuple[Fact, ...]
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def line(self, at: int) -> Line:
        """Return the sentence that holds an offset, the one before if none does."""
        return self.lines[max(0, bisect_right(self.starts, at) - 1)]


def read_claims(text: str, lang: str, published: date, source: str, finder: Finder) -> tuple[Claim, ...]:
    """Return the claims of a text in order; none in a language without a grammar. Reads MAX_TEXT points."""
    text = text[:MAX_TEXT]
    spans = sentences(text)[:MAX_SENTENCES]
    if lang not in GRAMMARS or not spans:
        return ()
    facts = extract(text, lang=lang, published=published, finder=finder)
    named = names(text, lang, facts, finder)
    reading = Reading(
        text=text,
        lang=lang,
        published=published,
        source=source,
        names=named,
        facts=facts,
        lines=lines(text, lang, spans, tags=tagged(text, lang), names=named, facts=facts),
        starts=tuple(span.start for span in spans),
    )
    found = [*_values(reading), *_dates(reading), *_named(reading), *_states(reading)]
    for kind, start, end, label, head in acts.read(text, lang, facts, reading.names, spans):
        at = reading.line(start).span
        denied = kind == "first" and is_denied(fold(at.mention), lang, start - at.start, end - at.start)
        found.append(_claim(reading, kind, start, end, label, head, negated=denied))
    found.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
    return tuple(found[:MAX_CLAIMS])


def _claim(  # noqa: PLR0917 - what differs from claim to claim, in the order of its fields
    reading: Reading,
    kind: ClaimKind,
    start: int,
    end: int,
    value: Extent | Label,
    head: tuple[str, ...] = (),
    stage: Stage = "",
    *,
    negated: bool = False,
) -> Claim:
    line = reading.line(start)
    undated = kind in {"date", "state", "party", "place"}
    return Claim(
        start=start,
        end=end,
        mention=reading.text[start:end],
        kind=kind,
        value=value,
        head=head,
        subject=tuple(dict.fromkeys(tag.tag for tag in line.tags)),
        entities=line.entities,
        period=""
        if undated
        else year_label(reading.facts, line.span, reading.published, start, reading.lang),
        scope=line.scope,
        stage=stage,
        negated=negated,
        turn=line.turn,
        said_by=line.said_by,
        hedge=line.hedge,
        source=reading.source,
        day=reading.published,
        lang=reading.lang,
        sentence=line.span.mention,
    )


def _values(reading: Reading) -> Iterator[Claim]:
    for amount in amounts(reading.text, reading.lang, reading.facts)[:MAX_CLAIMS]:
        if amount.role == "conversion":  # the sum beside it is the one that was told
            continue
        line = reading.line(amount.start)
        denied = amount.kind != "count" and _is_denied(reading, line, amount.start)
        yield _claim(
            reading,
            amount.kind,
            amount.start,
            amount.end,
            amount.extent,
            _head(reading, amount),
            _stage(line, amount.start),
            negated=denied,
        )


def _is_denied(reading: Reading, line: Line, at: int) -> bool:
    start = max(0, at - line.span.start - AROUND)
    flat = fold(line.span.mention[start : start + 2 * AROUND])
    offset = at - line.span.start - start
    return is_denied(flat, reading.lang, offset, offset + 1)


def _head(reading: Reading, amount: Amount) -> tuple[str, ...]:
    """Return the tags of what a value is of: the nearest of its kind in the sentence and the related."""
    near = [
        (_distance(reading, amount, tag), tag.tag)
        for tag in reading.line(amount.start).tags
        if abs(tag.start - amount.start) <= AROUND and group_of(tag.tag) in _WANTED[amount.kind]
    ]
    near = sorted(pair for pair in near if pair[0] <= NEAR)
    if not near:
        return ()
    if amount.kind != "count":
        return tuple(dict.fromkeys(tag for _, tag in near))
    first = near[0][1]
    if group_of(first) == "people":
        struck = tuple(dict.fromkeys(tag for _, tag in near if tag in _CASUALTIES))
        if struck:
            return struck[:1]
    return tuple(dict.fromkeys(tag for _, tag in near if related(first, tag)))


def _distance(reading: Reading, amount: Amount, tag: Tagged) -> int:
    """Return how far a tag's words stand from a value, in code points."""
    if tag.start < amount.end and amount.start < tag.end:
        return 0
    after = tag.start >= amount.end
    between = reading.text[amount.end : tag.start] if after else reading.text[tag.end : amount.start]
    distance = len(between) + (0 if after else _BACKWARDS[reading.lang])
    return distance + _BREAK * sum(between.count(stop) for stop in ",;、，")


def _stage(line: Line, at: int) -> Stage:
    """Return how far a matter is: the stage of the deed told nearest to an offset in its sentence."""
    told = [deed for deed in line.deeds if deed.mood != "denied" and stage_of(deed.deed)]
    nearest = min(told, key=lambda deed: abs(line.span.start + deed.start - at), default=None)
    return _told(nearest) if nearest else ""


def _told(deed: Done) -> Stage:
    if deed.mood == "ahead" and stage_of(deed.deed) not in {"requested", "negotiated", "considered"}:
        return "planned"
    return stage_of(deed.deed)


def _dates(reading: Reading) -> Iterator[Claim]:
    lands = tuple(name.country for name in reading.names if name.country)
    country = "JP" if reading.lang == "ja" or "JP" in lands else lands[0] if lands else "JP"
    leaning = tuple(decades(reading.text, reading.lang))
    for start, end, decade in leaning:
        yield _dated(reading, start, end, decade)
    told = [f for f in reading.facts if not any(f.start < end and start < f.end for start, end, _ in leaning)]
    for fact in told:
        extent = dated(fact, reading.text, reading.lang, country=country, published=reading.published)
        if extent is not None:
            yield _dated(reading, fact.start, fact.end, extent)
    for start, end, extent in today(reading.text, reading.lang, reading.published):
        if not any(f.start < end and start < f.end for f in reading.facts if f.type in _DATED):
            yield _dated(reading, start, end, extent)
    loose_ones = (
        *yearless(reading.text, reading.lang, reading.published),
        *loose(reading.text, reading.lang, reading.published),
    )
    for start, end, extent in loose_ones:
        if not any(f.start < end and start < f.end for f in reading.facts if f.type in _DATED):
            yield _dated(reading, start, end, extent)


def _dated(reading: Reading, start: int, end: int, extent: Extent) -> Claim:
    line = reading.line(start)
    events = of_group((tag.tag for tag in line.tags), "event")
    return _claim(reading, "date", start, end, extent, events, _stage(line, start))


def _named(reading: Reading) -> Iterator[Claim]:
    """Yield each name as somebody and, where it is a place, as somewhere; and what stands for a name."""
    nobody, somewhere = generic(reading.text, reading.lang), region(reading.text, reading.lang)
    for name in distinct(reading.names):
        label = Label(name=name.name, entity=name.entity)
        if not _within(name, nobody):
            yield _claim(reading, "party", name.start, name.end, label)
        if (name.is_place or not name.entity) and not _within(name, nobody) and not _within(name, somewhere):
            yield _claim(reading, "place", name.start, name.end, label)
    unnamed = Label(name="", generic=True)
    if nobody is not None:
        yield _claim(reading, "party", *nobody, unnamed)
    for span in (nobody, somewhere):
        if span is not None:
            yield _claim(reading, "place", *span, unnamed)


def _within(name: Name, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= name.start < span[1]


def _states(reading: Reading) -> Iterator[Claim]:
    for line in reading.lines:
        span, told = line.span, line.deeds
        denied = denies(span.mention, reading.lang)
        yield _claim(reading, "state", span.start, span.end, Label(name=""), negated=denied)
        for deed in told:
            start = span.start + min(deed.start, len(span.mention) - 1)
            yield _claim(
                reading,
                "state",
                start,
                min(span.start + deed.end, span.end),
                Label(name=deed.deed),
                (),
                "planned" if deed.mood == "ahead" else stage_of(deed.deed),
                negated=deed.mood == "denied",
            )


def countable(claim: Claim) -> tuple[str, ...]:
    """Return the things a claim's text speaks of, whatever is counted."""
    return of_group(claim.subject, *COUNTABLE)
