"""The store: opening a database, its rooms, and transactions over several of them."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from watchers.store import migrate
from watchers.store.announcements import Announcements
from watchers.store.articles import Articles
from watchers.store.asked import Asked
from watchers.store.audits import Audits
from watchers.store.backlogs import Backlogs
from watchers.store.budgets import Budgets
from watchers.store.channels import Channels
from watchers.store.claims import Claims
from watchers.store.connections import Explained, Joined, Pool
from watchers.store.departures import Departures
from watchers.store.digests import Digests
from watchers.store.engines import addresses
from watchers.store.engines.base import Turn
from watchers.store.entries import Entries
from watchers.store.exemplars import Exemplars
from watchers.store.feeds import Feeds
from watchers.store.find import Finder
from watchers.store.followers import Followers
from watchers.store.hands import Hands
from watchers.store.kept import Kept
from watchers.store.leases import LASTS, LeaseLostError, leading
from watchers.store.ledgers import Ledgers
from watchers.store.lock import StoreBusyError
from watchers.store.matched import Reports
from watchers.store.mutes import Mutes
from watchers.store.outbox import Outbox
from watchers.store.people import People
from watchers.store.promises import Promises
from watchers.store.proposed import Proposed
from watchers.store.pruning import Pruning
from watchers.store.pulse import Pulse
from watchers.store.queue import Queue
from watchers.store.replayed import Replayed
from watchers.store.retractions import Retractions
from watchers.store.search import Search
from watchers.store.seeding import Seeding
from watchers.store.stories import Stories
from watchers.store.storylines import Storylines
from watchers.store.subscriptions import Subscriptions
from watchers.store.votes import Ballot
from watchers.store.watches import Watches

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import timedelta

    from watchers.clock import Clock
    from watchers.store.connections import Access
    from watchers.store.leases import Lease

__all__ = ["Leader", "LeaseLostError", "Rooms", "Store", "StoreBusyError", "open_store"]


class Rooms:
    """Every operation there is, by subject.

    Times that decide something are given; times that are merely noted come from the store's clock.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self.seeding = Seeding(access)
        self.feeds = Feeds(access)
        self.claims = Claims(access)
        self.channels = Channels(access)
        self.watches = Watches(access)
        self.exemplars = Exemplars(access)
        self.subscriptions = Subscriptions(access)
        self.digests = Digests(access)
        self.entries = Entries(access)
        self.articles = Articles(access)
        self.reports = Reports(access)
        self.stories = Stories(access)
        self.replayed = Replayed(access)
        self.proposed = Proposed(access)
        self.hands = Hands(access)
        self.storylines = Storylines(access)
        self.promises = Promises(access)
        self.ledgers = Ledgers(access)
        self.announcements = Announcements(access)
        self.budgets = Budgets(access)
        self.outbox = Outbox(access)
        self.backlogs = Backlogs(access)
        self.queue = Queue(access)
        self.find = Finder(access)
        self.pulse = Pulse(access)
        self.mutes = Mutes(access)
        self.votes = Ballot(access)
        self.followers = Followers(access)
        self.audits = Audits(access)
        self.asked = Asked(access)
        self.retractions = Retractions(access)
        self.kept = Kept(access)
        self.search = Search(access)
        self.people = People(access)
        self.pruning = Pruning(access)
        self.departures = Departures(access)

    async def driver(self) -> object:
        """Return the driver's own connection, for what is to be part of the same transaction.

        Only within `Store.transaction`; a queue writes its jobs with it.
        """
        async with self._access.writing() as connection:
            return (await connection.get_raw_connection()).driver_connection

    def when_kept(self, then: Callable[[], None]) -> None:
        """Call this once the transaction is committed, if it ever is. Only within `Store.transaction`."""
        self._access.when_kept(then)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Rooms]:
        """Join the transaction that these rooms are of; what raises within is let through, and ends it."""
        yield self


class Store(Rooms):
    """An open database. Each call is a transaction of its own; `transaction` joins several."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Rooms]:
        """Open rooms whose changes are kept together if the block ends well, and not at all if it raises."""
        async with self._pool.writing() as connection:
            joined = Joined(connection, clock=self._pool.clock)
            yield Rooms(joined)
        for then in joined.kept:
            then()

    @asynccontextmanager
    async def leader(
        self, name: str, *, lasts: timedelta = LASTS, wait: bool = True
    ) -> AsyncIterator[Leader]:
        """Hold the lease of a name, which one process has at a time, and keep it until the block ends.

        `wait`: as a stand-by, until whoever has it gives it back or is silent for as long as the lease lasts;
        else StoreBusyError. Write through the leader's own `store`: once the lease is another's, it raises
        LeaseLostError and nothing is changed. `lasts` is at least 3 s.
        """
        async with leading(self._pool, name, lasts=lasts, wait=wait) as lease:
            yield Leader(lease, Store(self._pool.fenced(lease.fence)))

    def address(self, *, schema: str) -> tuple[str, dict[str, str | int]]:
        """Return how another user of the server's driver connects; it holds the password."""
        return self._pool.database.address(schema=schema)

    @property
    def where(self) -> str:
        """Return where the database is, without its password, for people."""
        return self._pool.database.shown


class Leader:
    """A lease that is held, and the store that writes only as long as it is."""

    def __init__(self, lease: Lease, store: Store) -> None:
        self.lease = lease
        self.store = store


@asynccontextmanager
async def open_store(
    url: str, *, clock: Clock, exclusive: bool = False, together: bool = False
) -> AsyncIterator[Store]:
    """Open a database, make or upgrade its tables, and close it at the end.

    `url` is such as "sqlite:///path/to/file" or "postgresql://user:password@host/database".
    `exclusive` is for the one process that runs; others work beside it. `together` is for those that share
    its work on a server: any number of them, and none that is exclusive. Raises StoreBusyError when another
    one runs, NewerSchemaError for a later release's database, CorruptError for a file that is none, which is
    left untouched, and StoreError for a server that cannot be reached or worked with.
    """
    async with open_pool(url, clock=clock, exclusive=exclusive, together=together) as pool:
        yield Store(pool)


@asynccontextmanager
async def open_pool(
    url: str, *, clock: Clock, exclusive: bool = False, together: bool = False
) -> AsyncIterator[Pool]:
    """Open a database as `open_store` does, for what is no room: reads and writes every table itself."""
    database = addresses.database(url)
    database.prepare()
    async with AsyncExitStack() as stack:
        engine = database.make_engine()
        stack.push_async_callback(engine.dispose)
        pool = Pool(database, engine, clock=clock)
        if exclusive:
            with Explained(database):
                pool.held = await stack.enter_async_context(database.alone(engine))
        async with pool.reading() as connection:
            await database.look(connection)
            revision = await connection.run_sync(migrate.current)
        if revision != migrate.HEAD:
            async with pool.writing(Turn.NONE) as connection:
                await connection.run_sync(database.upgrade, locked=exclusive)
        if together:  # after the upgrade, which is refused while anybody works
            with Explained(database):
                pool.held = await stack.enter_async_context(database.together(engine))
            async with pool.writing(Turn.NONE) as connection:
                await connection.run_sync(database.queue)
        yield pool
