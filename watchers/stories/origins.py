"""Count who stands behind reports: wire copies, syndication and one owner's many titles are one origin."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from watchers.stories.near import are_near, grams
from watchers.stories.outlets import outlet_key, shipped_outlets
from watchers.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.stories.near import Grams
    from watchers.stories.outlets import Outlet, Outlets
    from watchers.types import Report

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
        self._names: dict[str, list[str]] = {}  # an origin's key to its publishers
        self._owners: dict[str, str] = {}  # the same to the state behind it
        self._outlets: dict[str, list[str]] = {}
        self._carriers: dict[str, str] = {}  # an outlet's key to its origin's
        self._texts: list[tuple[Grams, str]] = []

    def add(self, report: Report, *, read: Grams | None = None) -> bool:
        """Take in a report; tell whether it brings an origin the story did not have."""
        entry = report.entry
        text = grams(entry.text) if read is None else read
        key, name = self._origin_of(report, text)
        new = key not in self._names
        publishers = self._names.setdefault(key, [])
        if name not in publishers and len(publishers) < MAX_COMPARED:
            publishers.append(name)
        self._carriers.setdefault(outlet_key(entry.outlet), key)
        carried = self._outlets.setdefault(key, [])
        if entry.outlet not in carried and len(carried) < MAX_COMPARED:
            carried.append(entry.outlet)
        if len(self._texts) < MAX_COMPARED:
            self._texts.append((text, key))
        return new

    def origins(self) -> tuple[Origin, ...]:
        """Return what has come in, by first report."""
        return tuple(
            Origin(name=self._name(key), outlets=tuple(names)) for key, names in self._outlets.items()
        )

    def _name(self, key: str) -> str:
        """Return an origin's name; of a state's two, "TRT + Anadolu Agency (Republic of Türkiye)"."""
        publishers = self._names[key]
        joined = " + ".join(publishers)
        return f"{joined} ({self._owners[key]})" if len(publishers) > 1 and key in self._owners else joined

    def _published_by(self, outlet: Outlet) -> tuple[str, str]:
        """Return the key and publisher of an outlet; what one state owns has one key."""
        if outlet.ownership != "state":
            return outlet_key(outlet.publisher), outlet.publisher
        key = f"state {outlet_key(outlet.owner)}"
        self._owners[key] = outlet.owner
        return key, outlet.publisher

    def _origin_of(self, report: Report, text: Grams) -> tuple[str, str]:
        entry = report.entry
        own = outlet_key(entry.outlet)
        for seen, key in self._texts:
            if are_near(seen, text):
                return key, self._names[key][0]
        for credited in _credited(entry.text + "\n" + entry.body[:600]):
            found = self._lookup(credited)
            if found is not None and outlet_key(credited) != own:
                return found
        outlet = self._known.find(entry.outlet, entry.link)
        if outlet is not None:
            return self._published_by(outlet)
        return own or f"feed {entry.feed}", entry.outlet or f"feed {entry.feed}"

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
                return origin, self._names[origin][0]
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
