"""What an amount in one currency is in another, by published average rates that are kept with their date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_TABLE: Final = Path(__file__).with_name("rates.toml")
Kind = Literal["same", "per_euro", "pegged", "per_dollar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many units of a currency one unit of another was.

    `when` is the month (2025-08) or year (2025) of the average, empty for a peg. `source` names who published
    it.
    """

    code: str
    to: str
    value: Decimal
    when: str
    source: str

    def convert(self, amount: Decimal) -> Decimal:
        """Return an amount of `code` in `to`."""
        return amount / self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The data file: months of `per_euro` count from `first`, which is year * 12 + month - 1."""

    first: int
    per_euro: Mapping[str, Sequence[Decimal]]
    pegged: Mapping[str, Decimal]
    per_dollar: Mapping[str, Mapping[int, Decimal]]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Price:
    """How many units of a currency one dollar was, and of which time."""

    units: Decimal
    when: str
    kind: Kind


def rate(code: str, to: str, day: date) -> Rate | None:
    """Return what one unit of `to` cost in `code` about a day; None if the table has one of them not.

    The month's average counts, else the year's. For a day outside the table it is the nearest one's.
    """
    if code == to:
        return Rate(code=code, to=to, value=Decimal(1), when="", source="")
    one, other = _price(code, day), _price(to, day)
    if one is None or other is None:
        return None
    dated = [price for price in (one, other) if price.when]
    coarsest = min(dated, key=lambda price: (len(price.when), price.when)) if dated else one
    sources = dict.fromkeys(_table().sources[p.kind] for p in (one, other) if p.kind != "same")
    return Rate(
        code=code, to=to, value=one.units / other.units, when=coarsest.when, source=" and ".join(sources)
    )


def in_dollars(currency: str, year: int) -> Decimal | None:
    """Return how many dollars one unit was on a year's average; None for a currency the table has not."""
    units = _of_year(currency, year)
    return None if units is None else 1 / units


@cache
def _of_year(code: str, year: int) -> Decimal | None:
    """Return how many units of a currency one dollar was on a year's average."""
    table = _table()
    if code not in table.per_euro:
        price = _of_others(code, year)
        return price.units if price else None
    # A month that the table has not is its nearest, which must not weigh twice.
    prices = dict.fromkeys(_of_euro(code, month) for month in range(year * 12, year * 12 + 12))
    return sum((price.units for price in prices), Decimal(0)) / len(prices)


def _price(code: str, day: date) -> _Price | None:
    if code in _table().per_euro:
        return _of_euro(code, day.year * 12 + day.month - 1)
    return _of_others(code, day.year)


@cache
def _of_euro(code: str, month: int) -> _Price:
    """Return the price of a currency that the European Central Bank quotes, or of the euro."""
    table = _table()
    if code == "USD":
        return _Price(units=Decimal(1), when="", kind="same")
    dollars, units = table.per_euro["USD"], table.per_euro[code]
    place = min(max(month - table.first, 0), len(dollars) - 1)
    year, number = divmod(table.first + place, 12)
    price = units[min(place, len(units) - 1)] / dollars[place]
    return _Price(units=price, when=f"{year}-{number + 1:02d}", kind="per_euro")


def _of_others(code: str, year: int) -> _Price | None:
    table = _table()
    if code in table.pegged:
        return _Price(units=table.pegged[code], when="", kind="pegged")
    years = table.per_dollar.get(code)
    if years is None:
        return None
    nearest = min(max(year, min(years)), max(years))
    return _Price(units=years[nearest], when=str(nearest), kind="per_dollar")


@cache
def _table() -> _Table:
    data = tomllib.loads(_TABLE.read_text(encoding="utf-8"), parse_float=Decimal)
    monthly = data["per_euro"]
    year, month = map(int, monthly.pop("first").split("-"))
    euros = {code: tuple(map(Decimal, rates)) for code, rates in monthly.items()}
    return _Table(
        first=year * 12 + month - 1,
        per_euro=euros | {"EUR": (Decimal(1),)},
        pegged={code: Decimal(units) for code, units in data["pegged"].items()},
        per_dollar={
            code: {int(year): Decimal(units) for year, units in years.items()}
            for code, years in data["per_dollar"].items()
        },
        sources=data["sources"],
    )
