"""Hold what reports say of makers and office holders against our own data, which is a source like any other.

Only what is said plainly and differs plainly: another maker of a platform whose maker we read on a page, or
another known person in an office whose holder that day is on record.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from watchers.errors import KnowledgeError
from watchers.sentences import sentences
from watchers.stories.holders import holder
from watchers.stories.makers import maker_named
from watchers.types import Named, Person, fact_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchers.types import Fact, Report

MOST_REPORTS: Final = 60  # of one story that are held against it; hostile floods end here
MAX_LENGTH: Final = 20_000  # code points of an article, as many as facts are read from
MAX_SENTENCES: Final = 400
MAX_TRIED: Final = 60  # platforms with a firm in a sentence that are looked at in one report; most have none
MOST: Final = 8  # differences of one story


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """A platform with the firm that makes it, and the page that says so."""

    names: tuple[str, ...]
    maker: str  # its id
    also: tuple[str, ...]  # ids of firms that may be called its makers too
    source: str
    publisher: str
    seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm by the name that people know, and all names that texts may have for it."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Makers:
    """Platforms and firms by gazetteer id."""

    platforms: Mapping[str, Maker]
    firms: Mapping[str, Firm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """What a report says and our data say otherwise. `as_of` is the data's date, to the month or day."""

    kind: Literal["makes", "office"]
    about: str  # the platform, or the office and whose it is
    said: str  # the maker or holder by the report
    ours: str
    source: str  # who says so to us
    link: str  # the page, empty where our data name none
    as_of: str
    entries: tuple[str, ...]  # keys of the reports that say so
    sentence: str  # of the first of them


@cache
def shipped_makers() -> Makers:
    """Return the makers of the shipped file; read once."""
    return read_makers(resources.files(__package__).joinpath("reference.toml").read_text("utf-8"))


def read_makers(document: str) -> Makers:
    """Read makers from TOML; raises KnowledgeError that names the row without a source, a date or a firm."""
    try:
        rows = tomllib.loads(document)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"The reference file cannot be read: {error}.") from error
    firms = {key: Firm(name=row["name"], names=tuple(row["names"])) for key, row in rows["makers"].items()}
    platforms = {key: _platform(key, row, firms) for key, row in rows["platforms"].items()}
    return Makers(MappingProxyType(platforms), MappingProxyType(firms))


def _platform(key: str, row: Mapping[str, object], firms: Mapping[str, Firm]) -> Maker:
    names, also, seen = row.get("names"), row.get("also", []), row.get("seen")
    source, publisher, maker = (str(row.get(name, "")) for name in ("source", "publisher", "maker"))
    if not (names and isinstance(names, list) and isinstance(also, list)):
        raise KnowledgeError(f"reference.toml: {key} has no names.")
    if not (source.startswith(("https://", "http://")) and publisher and isinstance(seen, date)):
        raise KnowledgeError(f"reference.toml: {key} lacks the page, its publisher or the day it was read.")
    if maker not in firms or maker in also:
        raise KnowledgeError(f"reference.toml: {key} is made by nobody in the file.")
    return Maker(
        names=tuple(map(str, names)),
        maker=maker,
        also=tuple(map(str, also)),
        source=source,
        publisher=publisher,
        seen=seen,
    )


def differing(reports: Sequence[Report], makers: Makers | None = None) -> tuple[Differing, ...]:
    """Return what reports of a story say of makers and office holders and our data say otherwise.

    At most MOST, of the first MOST_REPORTS reports; one for each thing and what is said of it.
    """
    known = makers or shipped_makers()
    found: dict[tuple[str, str], Differing] = {}
    for report in reports[:MOST_REPORTS]:
        for one in (*_makes(report, known), *_holds(report)):
            before = found.get((one.about, one.said))
            entries = (*before.entries, *one.entries) if before else one.entries
            if before or len(found) < MOST:
                found[one.about, one.said] = replace(before or one, entries=tuple(dict.fromkeys(entries)))
    return tuple(found.values())


def _makes(report: Report, known: Makers) -> Iterator[Differing]:
    things = {
        fact.value.entity: fact
        for fact in report.facts
        if isinstance(fact.value, Named) and fact.value.entity in known.platforms
    }
    if not things:
        return
    tried = islice(_named_together(report, things, known), MAX_TRIED)
    for sentence, thing, firm in tried:
        platform = known.platforms[thing]
        if not maker_named(sentence, report.entry.lang, firm=known.firms[firm].names, thing=platform.names):
            continue
        yield Differing(
            kind="makes",
            about=str(things[thing].value),
            said=known.firms[firm].name,
            ours=known.firms[platform.maker].name,
            source=platform.publisher,
            link=platform.source,
            as_of=platform.seen.isoformat()[:7],
            entries=(report.entry.key,),
            sentence=sentence,
        )


def _named_together(
    report: Report, things: Mapping[str, Fact], known: Makers
) -> Iterator[tuple[str, str, str]]:
    """Yield each sentence with a platform and a firm that it names and that does not make it.

    Nothing of a sentence that names a right maker too: whose is whose is then for the reader to see.
    """
    text = fact_text(report.entry)[:MAX_LENGTH]
    for sentence in (span.mention for span in sentences(text)[:MAX_SENTENCES]):
        named = [key for key, firm in known.firms.items() if any(name in sentence for name in firm.names)]
        for thing in things if named else ():
            platform = known.platforms[thing]
            right = {platform.maker, *platform.also} & set(named)
            if not right and any(name in sentence for name in platform.names):
                yield from ((sentence, thing, firm) for firm in named)


def _holds(report: Report) -> Iterator[Differing]:
    for fact in report.facts:
        person = fact.value
        if not isinstance(person, Person) or fact.hedge != "stated":
            continue
        ours = holder(person, report.entry.day, fact.sentence, report.entry.lang)
        if ours is not None:
            yield Differing(
                kind="office",
                about=f"{person.role}, {person.of}",
                said=person.name,
                ours=ours.name,
                source=ours.source,
                link="",
                as_of=ours.as_of,
                entries=(report.entry.key,),
                sentence=fact.sentence,
            )
