"""Read entries in the reader's process, a batch in one call, and find the one that cannot be read."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from watchers.lens_asked import read_batch
from watchers.types import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store
    from watchers.types import Report
    from watchers.workers import Workers

logger = logging.getLogger(__name__)

READ_TIMEOUT: Final = 60.0  # seconds for a batch, the model's loading included
FIT_TIMEOUT: Final = 600.0  # seconds to make ready: a slow model takes minutes at its first start
BATCH: Final = 32  # entries read in one call: 300 ms with the model
# What any reader can read that is well: it tells an entry's fault from the machine's.
_PLAIN: Final = Entry(
    key="0000000000000000",
    feed=0,
    guid="",
    link="",
    title="Frigate launched",
    summary="The shipyard launched a frigate on Monday.",
    body="",
    lang="en",
    outlet="",
    published=None,
    seen=datetime(2026, 1, 5, 12, tzinfo=UTC),
)


class Batches:
    """Reads what is stored. An entry is given up only by a reader that reads another text well."""

    def __init__(self, store: Store, readers: Workers) -> None:
        self._store = store
        self._readers = readers
        self._given_up = 0

    async def read(
        self, entries: Sequence[Entry], spec: LensSpec, *, progress: Callable[[int], None]
    ) -> tuple[list[Report], int, Exception | None]:
        """Read entries in their order; return the reports, how many were given up, and what ended it.

        With None all were read or given up. Else the reader is not well, and the others stay unread.
        `progress` is told how many entries each batch had.
        """
        reports: list[Report] = []
        self._given_up = 0
        for done in range(0, len(entries), BATCH):
            some = tuple(entries[done : done + BATCH])
            try:
                reports += await self._batch(some, spec)
            except Exception as error:  # noqa: BLE001 - the caller raises it, with what was read on record
                return reports, self._given_up, error
            progress(len(some))
        return reports, self._given_up, None

    async def _batch(self, entries: tuple[Entry, ...], spec: LensSpec) -> tuple[Report, ...]:
        try:
            return await self._readers.run(read_batch, spec, entries, timeout=READ_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end all reading
            logger.warning(
                "A batch could not be read, each entry is tried alone: %s",
                error,
                extra={"action": "batch_unread"},
            )
            return await self._one_by_one(entries, spec)

    async def _one_by_one(self, entries: tuple[Entry, ...], spec: LensSpec) -> tuple[Report, ...]:
        """Read a batch that failed; give up what cannot be read. Raises what a reader that is not well does.

        What kills a reader is often its model's loading, and each that died loads it again: it is well again
        before an entry is tried, and before one is given up.
        """
        reports: list[Report] = []
        await self._see_that_it_is_well(spec)
        for entry in entries:
            try:
                reports += await self._readers.run(read_batch, spec, (entry,), timeout=READ_TIMEOUT)
            except Exception as error:  # noqa: BLE001 - as above
                await self._see_that_it_is_well(spec)
                logger.warning(
                    "Entry a%s could not be read: %s", entry.number, error, extra={"action": "entry_unread"}
                )
                await self._store.entries.mark_read([entry.number])
                self._given_up += 1
        return tuple(reports)

    async def _see_that_it_is_well(self, spec: LensSpec) -> None:
        await self._readers.run(read_batch, spec, (_PLAIN,), timeout=FIT_TIMEOUT)
