"""Facts that were found after a report was written: added to it, never in place of what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from watchers.store.connections import Room
from watchers.store.reports import FACT, fact_row, read_entry, read_fact
from watchers.store.schema import entry, fact, report
from watchers.types import fact_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Entry, Fact


class Proposed(Room):
    """Facts that somebody else than our own reading pointed at, and that were held against the article."""

    async def add(self, of: Entry, facts: Iterable[Fact]) -> int:
        """Add facts to an entry's report; return how many. None where the text was changed meanwhile.

        A fact that stands there already, with that type and value at that place, is not added again.
        """
        async with self._writing() as connection:
            query = (
                select(entry)
                .join(report, report.c.entry == entry.c.number)
                .where(entry.c.number == of.number, entry.c.read_at.is_not(None))
            )
            row = (await connection.execute(query)).mappings().first()
            if row is None or fact_text(read_entry(row)) != fact_text(of):
                return 0
            held = await connection.execute(select(*FACT).where(fact.c.entry == of.number))
            known = {_identity(read_fact(*columns)) for (*columns,) in held}
            last = await connection.scalar(select(func.max(fact.c.position)).where(fact.c.entry == of.number))
            new = [one for one in dict.fromkeys(facts) if _identity(one) not in known]
            first = 0 if last is None else last + 1
            rows = [fact_row(of.number, place, one) for place, one in enumerate(new, first)]
            if rows:
                await connection.execute(insert(fact), rows)
            return len(rows)


def _identity(one: Fact) -> tuple[str, str, int]:
    return one.type, str(one.value), one.start
