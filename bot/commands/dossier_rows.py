"""A story's record as rows of one table, for a spreadsheet. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.tabular import cell_of, some

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.commands.tabular import Row

_FACT_COLUMNS: Final = (
    *("type", "role", "value", "as_read", "bound", "approximate", "hedge", "said_by", "mention", "start"),
    *("end", "sentence", "confidence"),
)
COLUMNS: Final = (
    *("row", "story", "id", "outlet", "language", "title", "link", "published", "seen", "sha256", "at"),
    *_FACT_COLUMNS,
    "note",
)


def rows(records: Row) -> list[dict[str, str]]:
    """Return a row for each report, fact, origin, difference, step and decision; `row` says which it is."""
    story: Row = {"story": records["story"]}
    return [
        {name: cell_of(value) for name, value in (row | story).items() if name in COLUMNS}
        for row in (*_articles(records), *_around(records), *_differences(records), *_changes(records))
    ]


def _articles(records: Row) -> Iterable[Row]:
    for report in some(records["reports"]):
        yield report | {"row": "report"}
        for fact in some(report["facts"]):
            yield fact | {"row": "fact", "id": report["id"], "link": report["link"]}


def _around(records: Row) -> Iterable[Row]:
    for origin in some(records["origins"]):
        yield {"row": "origin", "outlet": origin["name"], "note": origin["outlets"]}
        for one in some(origin["folded"]):
            yield {"row": "folded", "outlet": one["outlet"], "note": f"{origin['name']}: {one['why']}"}
    for stand in some(records["progress"]):
        yield (
            stand
            | {"row": "progress", "id": stand["article"], "value": stand["status"]}
            | {"note": stand["also"]}
        )
    for side in ("earlier", "later"):
        for step in some(records[side]):
            yield {"row": side, "id": step["story"], "title": step["headline"], "at": step["at"]}


def _differences(records: Row) -> Iterable[Row]:
    for kind, name in (("disagreements", "disagreement"), ("more_exactly", "known more exactly")):
        for one in some(records[kind]):
            for side in some(one["sides"]):
                note = f"{one['about']}; {cell_of(side['outlets'])} {cell_of(side['articles'])}"
                yield side | {"row": name, "type": one["type"], "note": note}
    for one in some(records["reference"]):
        note = f"{one['said']}; our reference data of {one['as_of']}: {one['ours']} ({one['source']})"
        yield one | {"row": "reference", "type": one["kind"], "value": one["about"], "note": note}
    for one in some(records["rates"]):
        yield {"row": "rate", "id": one["article"], "value": one["amount"], "note": one["told"]}


def _changes(records: Row) -> Iterable[Row]:
    for one in some(records["corrections"]):
        for row, side in (("corrected from", "was"), ("corrected to", "now")):
            for fact in some(one[side]):
                yield fact | {"row": row, "id": one["article"], "at": one["at"]}
    for hand in some(records["decisions"]):
        note = f"{hand['told']} {cell_of(hand['articles'])}"
        yield {"row": hand["kind"], "at": hand["at"], "note": note}
    if isinstance(gone := records["retracted"], dict):
        yield {"row": "retracted", "at": gone["at"], "note": gone["reason"]}
