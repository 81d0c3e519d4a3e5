"""Jobs of several processes, on PostgreSQL: Procrastinate's queue. The only place that knows this library.

A queue has the name of its task, so that a process of an earlier release never takes a job that it does not
know. A job holds numbers alone; whatever else a later release puts into it is passed over here.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, cast

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from bot.jobs.port import Waiting
from bot.metrics.meters import SILENT
from watchers.errors import StoreError
from watchers.store.engines.queue_tables import SCHEMA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from procrastinate.types import JSONValue

    from bot.jobs.port import Batch, Task, TaskName
    from bot.metrics.meters import Meters
    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

CONNECTIONS: Final = 4  # of one process, beside one that listens and those of the store
SIDE_BY_SIDE: Final = 4  # jobs that a process does at a time; what is in them waits for servers, not for us
LOOKS_EVERY: Final = 2.0  # seconds, besides being told of new jobs: where the listening connection died
AGAIN_AFTER: Final = 1.0  # seconds after the server went away, until it is tried again
KEPT_HOURS: Final = 1  # that a failed or cancelled job stays, for whoever looks what happened
_COUNTS: Final = (
    "SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,"
    " count(*) FILTER (WHERE status = 'doing') AS under_way FROM procrastinate_jobs"
)
_OLDEST: Final = (
    "SELECT coalesce(extract(epoch FROM now() - min(event.at)), 0)::float8 AS oldest"
    " FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id"
    " AND event.type = 'deferred' WHERE job.status = 'todo'"
)
_WORKERS: Final = (
    "SELECT count(*) AS workers FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - %(stalled)s * interval '1 second'"
)
_OURS: Final = "SELECT current_setting('search_path') AS before, set_config('search_path', %s, true)"
_TABLES: Final = ["procrastinate_jobs", "procrastinate_events", "procrastinate_workers"]
_THERE: Final = "SELECT bool_and(to_regclass(name) IS NOT NULL) AS there FROM unnest(%(tables)s::text[]) name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How often a process that does jobs gives a sign of life, and after what silence it is given up."""

    every: timedelta = timedelta(seconds=5)
    stalled: timedelta = timedelta(seconds=20)


class _Found(Protocol):
    """The rows of a statement."""

    async def fetchone(self) -> tuple[str, ...] | None: ...


class _Driver(Protocol):
    """The driver's connection of a transaction, as much of it as is used here."""

    async def execute(self, query: str, params: tuple[str, ...]) -> _Found: ...


class Queue:
    """An open queue. Made by `open_queue`."""

    def __init__(self, app: App, *, pulse: Pulse, meters: Meters) -> None:
        self._app = app
        self._pulse = pulse
        self._meters = meters

    async def enqueue(self, task: TaskName, batches: Sequence[Batch], *, rooms: Rooms) -> None:
        """Write the jobs with the transaction: they are there if it is kept, and at that moment."""
        if not batches:
            return
        connection = cast("_Driver", await rooms.driver())
        found = await (await connection.execute(_OURS, (f"{SCHEMA},public",))).fetchone()
        jobs: list[dict[str, JSONValue]] = [{"ids": list(batch)} for batch in batches]
        await self._app.configure_task(task, queue=task, connection=connection).batch_defer_async(*jobs)
        before = found[0] if found else "public"
        await connection.execute("SELECT set_config('search_path', %s, true)", (before,))

    @asynccontextmanager
    async def working(self, tasks: Mapping[TaskName, Task], *, within: float) -> AsyncIterator[None]:
        """Do jobs while the context lasts; see the port. A server that goes away is waited for."""
        for name, task in tasks.items():
            self._offer(name, task)
        hand = _Hand(self._app, list(tasks), pulse=self._pulse, within=within)
        working = asyncio.create_task(hand.keep_working(), name="queue")
        try:
            yield
        finally:
            hand.stop()
            with suppress(TimeoutError):
                async with asyncio.timeout(within + AGAIN_AFTER):
                    await asyncio.shield(working)
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def rescue(self) -> int:
        """Let jobs of silent processes, and those that nobody here knew, be done by others.

        Who took such a job may have done half of it, or wake and do the rest: each looks first what is due.
        """
        manager = self._app.job_manager
        silent = self._pulse.stalled.total_seconds()
        try:
            lost = list(await manager.get_stalled_jobs(seconds_since_heartbeat=silent))
            failed = await manager.list_jobs_async(status="failed")
            lost += [job for job in failed if job.task_name not in KNOWN]
        except ConnectorException as error:
            raise _away(error) from error
        rescued = 0
        for job in lost:
            with suppress(ConnectorException):  # it was finished just now
                await manager.retry_job(job)
                rescued += 1
        if rescued:
            logger.warning("Rescued %s jobs", rescued, extra={"action": "jobs_rescued"})
        return rescued

    async def tidy(self) -> None:
        """Delete what failed long ago, and let the server count its rows: it plans badly without."""
        try:
            await self._app.job_manager.delete_old_jobs(
                KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )
            await self._app.job_manager.prune_stalled_workers(self._pulse.stalled.total_seconds() * 10)
            for table in ("procrastinate_jobs", "procrastinate_events"):
                await self._app.connector.execute_query_async(f"ANALYZE {table}")
        except ConnectorException as error:
            raise _away(error) from error

    async def waiting(self) -> Waiting:
        """Return how much there is to do. Raises StoreError."""
        ask = self._app.connector.execute_query_one_async
        try:
            counts = await ask(_COUNTS)
            oldest = await ask(_OLDEST) if counts["waiting"] else {"oldest": 0.0}
            workers = await ask(_WORKERS, stalled=self._pulse.stalled.total_seconds())
        except ConnectorException as error:
            raise _away(error) from error
        return Waiting(**counts, **oldest, **workers)

    def _offer(self, name: TaskName, task: Task) -> None:
        async def done(ids: Sequence[int], **_later: object) -> None:
            try:
                await task(tuple(ids))
            except Exception as error:
                self._meters.failed(name, error)
                logger.exception("A job failed: %s", name, extra={"action": "job_failed"})
                raise

        self._app.task(name=name, queue=name)(done)


# Every task there is. What a job of another name wants is known to a later release.
KNOWN: Final = frozenset({"poll"})


class _Worker(Worker):
    """The library's, which ends, to be begun anew, when any of what it does beside jobs ends.

    The library has tasks at set times, of which we have none, and looks after the rest only until that part
    is through: it would work on without a sign of life.
    """

    async def _periodic_deferrer(self) -> None:
        await asyncio.Event().wait()


class _Hand:
    """Works, and begins again after whatever ended that."""

    def __init__(self, app: App, queues: list[TaskName], *, pulse: Pulse, within: float) -> None:
        self._app = app
        self._queues = queues
        self._pulse = pulse
        self._within = within
        self._stopping = False
        self._worker: _Worker | None = None

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping = True
        if self._worker is not None:
            self._worker.stop()  # type: ignore[no-untyped-call]  # the library types its values, not this

    async def keep_working(self) -> None:
        """Work until told to stop."""
        while not self._stopping:
            self._worker = worker = self._new()
            try:
                await worker.run()  # type: ignore[no-untyped-call]  # as above
            except ConnectorException as error:
                logger.warning("The queue is away: %s", _away(error), extra={"action": "queue_away"})
            except Exception:
                logger.exception("The queue's worker ended; it begins again", extra={"action": "queue_away"})
            if not self._stopping:
                await asyncio.sleep(AGAIN_AFTER)

    def _new(self) -> _Worker:
        return _Worker(
            self._app,
            queues=self._queues,
            concurrency=SIDE_BY_SIDE,
            fetch_job_polling_interval=LOOKS_EVERY,
            shutdown_graceful_timeout=self._within,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=self._pulse.every.total_seconds(),
            stalled_worker_timeout=self._pulse.stalled.total_seconds(),
        )


@asynccontextmanager
async def open_queue(
    store: Store, *, pulse: Pulse | None = None, meters: Meters = SILENT
) -> AsyncIterator[Queue]:
    """Open the queue beside a server's store. Raises StoreError for a file, or for tables that are broken."""
    logging.getLogger("procrastinate").setLevel(
        logging.WARNING
    )  # it tells of each job; so do we, in fewer words
    address, settings = store.address(schema=SCHEMA)
    connector = PsycopgConnector(
        conninfo=address, kwargs=settings, min_size=1, max_size=CONNECTIONS, name="queue", timeout=10.0
    )
    app = App(connector=connector)
    try:
        await app.open_async()
        there = await connector.execute_query_one_async(_THERE, tables=_TABLES)
        if not there["there"]:
            raise StoreError(
                f"the queue's tables are missing in part; nothing in them need be kept: DROP SCHEMA {SCHEMA} "
                "CASCADE, and start again"
            )
        yield Queue(app, pulse=pulse or Pulse(), meters=meters)
    except ConnectorException as error:
        raise _away(error) from error
    finally:
        await app.close_async()


def _away(error: ConnectorException) -> StoreError:
    """Return the store's error for the library's; its cause is the driver's, which names no password."""
    return StoreError(f"the queue cannot be used: {error.__cause__ or error}")
