"""Count who stands behind reports: wire copies, syndication and one owner's many titles are one origin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.stories.near import are_near, grams
from watchers.stories.outlets import outlet_key, shipped_outlets
from watchers.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.stories.near import Grams
    from watchers.stories.outlets import Outlet, Outlets
    from watchers.types import Entry, Report

MAX_CHARACTERS = 3_000  # credits stand at the start or in the first paragraphs
MAX_COMPARED = 60  # texts of one story held against each other; hostile floods end here
_NAME = r"[^\W\d_][\w&.'’ -]{0,40}?"
# Where a text credits another newsroom. The name is looked up afterwards, so a wide net does no harm.
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\(({_NAME})\)",
        r"[（【=＝]([\w・ー]{2,20})[）】]",
        rf"\b(?i:according to|citing|reported by|told|source:)\s(?:the\s)?({_NAME})(?=[,.;:)]|\s[a-z]|$)",
        rf"\b({_NAME})\s(?:news agency\s)?(?:reported|reports|has reported|said in a report)\b",
        rf"\b({_NAME})[’']?(?:n[ıiuü]n|[ıiuü]n)\s(?:\w+\s)?haberine göre",
        rf"\b({_NAME})(?:[’']?[dt][ae]n?\s|\s)(?:bildirdi|aktardı|duyurdu)\b",
        r"([\w・ー]{2,12}?)(?:通信|新聞|テレビ)?(?:が|は)(?:報じ|伝え)",
        r"([\w・ー]{2,12})(?:によると|によれば)",
    )
)
_DATELINE = re.compile(r"(?m)^[\w’'. -]{2,30}[,(]\s?([A-Z][\w’' -]{1,30})[)]?\s?[-–—]")


# What an outlet is to the origin it counts as: itself, a near copy of its text, one that credits it, another
# title of its publisher, or another publisher of the same state.
Why = Literal["own", "copy", "credit", "publisher", "state"]
Label = Literal["", "state", "official", "maker"]


@dataclass(slots=True, kw_only=True)
class _Told:
    """What came in of one origin."""

    publishers: list[str]
    carried: dict[str, Why]  # outlets and why they were folded, oldest first
    langs: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """An origin with what was folded into it.

    `outlets` are those that stand for no origin of their own, with the reason; `langs` the languages it came
    in. `label` is what a reader should know of it: owned by a state, an office, or a maker of arms.
    """

    origin: Origin
    outlets: tuple[tuple[str, Why], ...]
    langs: tuple[str, ...]
    label: Label


def folded(reports: Sequence[Report], outlets: Outlets | None = None) -> tuple[Folded, ...]:
    """Return the independent origins as `origins` does, each with what was folded into it and why."""
    ledger = Ledger(outlets)
    for report in reports:
        ledger.add(report)
    return ledger.folded()


def origins(reports: Sequence[Report], outlets: Outlets | None = None) -> tuple[Origin, ...]:
    """Return the independent origins of reports, in order of their first report.

    An origin is named after the publisher that the outlets file gives for the outlet or for whom it credits,
    else after the outlet. The publishers of one state are one origin, named after them and the state. Its
    `outlets` are the names under which it came, oldest first.
    """
    ledger = Ledger(outlets)
    for report in reports:
        ledger.add(report)
    return ledger.origins()


class Ledger:
    """The origins of one story, kept as reports come in."""

    def __init__(self, outlets: Outlets | None = None) -> None:
        self._known = outlets or shipped_outlets()
        self._told: dict[str, _Told] = {}  # by an origin's key
        self._labelled: dict[str, Outlet] = {}  # by an origin's key, an outlet of it that the file holds
        self._carriers: dict[str, str] = {}  # an outlet's key to its origin's
        self._texts: list[tuple[Grams, str]] = []

    def add(self, report: Report, *, read: Grams | None = None) -> bool:
        """Take in a report; tell whether it brings an origin the story did not have."""
        entry = report.entry
        text = grams(entry.text) if read is None else read
        key, name, why = self._origin_of(report, text)
        new = key not in self._told
        told = self._told.setdefault(key, _Told(publishers=[name], carried={}, langs=[]))
        self._carriers.setdefault(outlet_key(entry.outlet), key)
        if entry.outlet not in told.carried and len(told.carried) < MAX_COMPARED:
            if why == "publisher" and "own" not in told.carried.values():
                why = "own"
            told.carried[entry.outlet] = why if name in told.publishers else "state"
        if name not in told.publishers and len(told.publishers) < MAX_COMPARED:
            told.publishers.append(name)
        if entry.lang not in told.langs and len(told.langs) < MAX_COMPARED:
            told.langs.append(entry.lang)
        if len(self._texts) < MAX_COMPARED:
            self._texts.append((text, key))
        return new

    def origins(self) -> tuple[Origin, ...]:
        """Return what has come in, by first report."""
        return tuple(
            Origin(name=self._name(key), outlets=tuple(told.carried)) for key, told in self._told.items()
        )

    def folded(self) -> tuple[Folded, ...]:
        """Return the same with what was folded, and why."""
        return tuple(
            Folded(
                origin=origin,
                outlets=tuple((outlet, why) for outlet, why in told.carried.items() if why != "own"),
                langs=tuple(told.langs),
                label=self._label(key),
            )
            for origin, (key, told) in zip(self.origins(), self._told.items(), strict=True)
        )

    def _name(self, key: str) -> str:
        """Return an origin's name; of a state's two, "TRT + Anadolu Agency (Republic of Türkiye)"."""
        publishers, known = self._told[key].publishers, self._labelled.get(key)
        joined = " + ".join(publishers)
        state = known is not None and known.ownership == "state" and len(publishers) > 1
        return f"{joined} ({known.owner})" if known is not None and state else joined

    def _label(self, key: str) -> Label:
        """Return what a reader should know of an origin; nothing where its name tells the state already."""
        known = self._labelled.get(key)
        if known is None or len(self._told[key].publishers) > 1:
            return ""
        if known.ownership == "state":
            return "state"
        return "official" if known.tier == "official" else "maker" if known.tier == "maker" else ""

    def _published_by(self, outlet: Outlet) -> tuple[str, str]:
        """Return the key and publisher of an outlet; what one state owns has one key."""
        state = outlet.ownership == "state"
        key = f"state {outlet_key(outlet.owner)}" if state else outlet_key(outlet.publisher)
        self._labelled.setdefault(key, outlet)
        return key, outlet.publisher

    def _origin_of(self, report: Report, text: Grams) -> tuple[str, str, Why]:
        entry = report.entry
        own = outlet_key(entry.outlet)
        for seen, key in self._texts:
            if are_near(seen, text):
                return key, self._told[key].publishers[0], self._copied(key, entry)
        for credited in _credited(entry.text + "\n" + entry.body[:600]):
            found = self._lookup(credited)
            if found is not None and outlet_key(credited) != own:
                return (*found, "credit")
        outlet = self._known.find(entry.outlet, entry.link)
        if outlet is not None:
            return (*self._published_by(outlet), "publisher")
        return own or f"feed {entry.feed}", entry.outlet or f"feed {entry.feed}", "own"

    def _copied(self, key: str, entry: Entry) -> Why:
        """Return what a near copy is: the publisher's own again, or somebody else's."""
        outlet = self._known.find(entry.outlet, entry.link)
        return "publisher" if outlet is not None and self._published_by(outlet)[0] == key else "copy"

    def _lookup(self, credited: str) -> tuple[str, str] | None:
        """Return the origin a credit names: an outlet of the file, or one whose report the story holds."""
        outlet = self._known.find(credited)
        if outlet is not None:
            return self._published_by(outlet)
        key = outlet_key(credited)
        if len(key) < 3:
            return None
        for carrier, origin in self._carriers.items():
            # "(Kita)" for the Kita Newswire: an agency is credited by the first word of its name
            if carrier == key or (len(key) >= 4 and carrier.startswith(key)):
                return origin, self._told[origin].publishers[0]
        return None


def _credited(text: str) -> Iterable[str]:
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    yield from _DATELINE.findall(text)
    for pattern in _CREDITS:
        for found in pattern.finditer(text):
            name = found[1].strip()
            yield name
            # A lazy net may hold words before the name: "Tuesday, Reuters reported".
            yield from (" ".join(name.split()[-n:]) for n in (1, 2) if len(name.split()) > n)
