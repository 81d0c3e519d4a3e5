"""The measures that several tasks share, and how rows of JSON are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Row = Mapping[str, Json]
Figures = dict[str, "Figure"]
Figure = float | str | list[str] | dict[str, "Figure"]


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean; 0 if both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(part: float, whole: float, *, empty: float = 0.0) -> float:
    """Return part / whole, or `empty` where there is no whole."""
    return part / whole if whole else empty


class Tally(NamedTuple):
    """True positives, false positives, false negatives."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    def figures(self) -> dict[str, Figure]:
        """Return counts, precision, recall and F1."""
        precision, recall = (
            share(self.hits, self.hits + self.extra),
            share(self.hits, self.hits + self.missed),
        )
        return {
            "tp": self.hits,
            "fp": self.extra,
            "fn": self.missed,
            "p": precision,
            "r": recall,
            "f1": f1(precision, recall),
        }


def text(row: Row, key: str) -> str:
    """Return a field as text, empty if it is missing or null."""
    value = row.get(key)
    return "" if value is None else str(value)


def number(row: Row, key: str) -> float:
    """Return a field as a number, 0 if it is missing, null or not one."""
    value = row.get(key)
    try:
        return float(value) if isinstance(value, (int, float, str)) else 0.0
    except ValueError:
        return 0.0


def rows(row: Row, key: str) -> list[Row]:
    """Return a field that holds objects; empty if it is missing."""
    return [item for item in _members(row, key) if isinstance(item, Mapping)]


def texts(row: Row, key: str) -> list[str]:
    """Return a field that holds plain values, as text; empty if it is missing."""
    return [str(item) for item in _members(row, key)]


def by_id(predictions: Iterable[Row], key: str = "id") -> dict[str, Row]:
    """Return rows by their id; of two with one id the later counts."""
    return {text(row, key): row for row in predictions}


def _members(row: Row, key: str) -> Sequence[Json]:
    value = row.get(key)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
