"""Names as values: the label of a claim, whether it is a place, and its form that compares across scripts."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchers import gazetteer
from watchers.claims.names import Name, spelt
from watchers.stories.sounds import sounds
from watchers.types.claims import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchers.types.claims import Claim

_CITIES = Path(gazetteer.__file__).with_name("cities.toml")
_COUNTRY = re.compile(r"loc:([A-Z]{2})\Z")
_KATAKANA = re.compile(r"[ァ-ヴ]")
_CJK = re.compile(r"[一-龠ぁ-ヴ]")
_ENTITY = re.compile(r"(?:org|per|loc|pla|prg):")


def label_of(claim: Claim) -> Label:
    """Return a claim's label; one without a name if its value is no label."""
    return claim.value if isinstance(claim.value, Label) else Label(name="")


def is_place(claim: Claim) -> bool:
    """Tell whether a claim's label is a country, a city or a region of the gazetteer."""
    return label_of(claim).entity.startswith("loc:")


def named(label: Label) -> Name:
    """Return a label as a name that can be compared across scripts."""
    katakana, latin = ([label.name], []) if _KATAKANA.search(label.name) else ([], [label.name])
    return Name(0, 0, label.name, label.entity, frozenset(sounds(katakana, spelt(latin))))


def written(who: str) -> Name:
    """Return a gazetteer id or a name as written as a name."""
    return named(Label(name="", entity=who) if _ENTITY.match(who) else Label(name=who))


def comparable(left: Name, right: Name) -> bool:
    """Tell whether two names can be held against each other: both known, both sounded, or in one script."""
    if (left.entity and right.entity) or (left.sounds and right.sounds):
        return True
    return bool(_CJK.search(left.name)) == bool(_CJK.search(right.name)) and not (left.entity or right.entity)


@cache
def _cities() -> Mapping[str, str]:
    """Return the country of each city and region of the gazetteer, by its id."""
    rows = tomllib.loads(_CITIES.read_text(encoding="utf-8"))
    return {place: str(row.get("country", "")) for place, row in rows.items()}


def is_country(entity: str) -> bool:
    """Tell whether a gazetteer id is a country's."""
    return _COUNTRY.match(entity) is not None


def country_of(entity: str) -> str:
    """Return the ISO code of a country's, city's or region's id, empty for any other."""
    match = _COUNTRY.match(entity)
    return match[1] if match else _cities().get(entity, "")
