"""The store: opening a database, its rooms, and transactions over several of them."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchers.errors import CorruptError, StoreError
from watchers.store import migrate
from watchers.store.announcements import Announcements
from watchers.store.articles import Articles
from watchers.store.asked import Asked
from watchers.store.audits import Audits
from watchers.store.backlogs import Backlogs
from watchers.store.backup import refuse_damaged
from watchers.store.budgets import Budgets
from watchers.store.channels import Channels
from watchers.store.connections import Joined, Pool, database_url, make_engine
from watchers.store.digests import Digests
from watchers.store.entries import Entries
from watchers.store.exemplars import Exemplars
from watchers.store.feeds import Feeds
from watchers.store.find import Finder
from watchers.store.followers import Followers
from watchers.store.hands import Hands
from watchers.store.kept import Kept
from watchers.store.ledgers import Ledgers
from watchers.store.lock import StoreBusyError, run_lock
from watchers.store.matched import Reports
from watchers.store.mutes import Mutes
from watchers.store.outbox import Outbox
from watchers.store.promises import Promises
from watchers.store.proposed import Proposed
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
    from collections.abc import AsyncIterator

    from watchers.clock import Clock
    from watchers.store.connections import Access

__all__ = ["Rooms", "Store", "StoreBusyError", "open_store"]

_SQLITE_HEADER: Final = b"SQLite format 3\x00"


class Rooms:
    """Every operation there is, by subject.

    Times that decide something are given; times that are merely noted come from the store's clock.
    """

    def __init__(self, access: Access) -> None:
        self.seeding = Seeding(access)
        self.feeds = Feeds(access)
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


class Store(Rooms):
    """An open database. Each call is a transaction of its own; `transaction` joins several."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Rooms]:
        """Open rooms whose changes are kept together if the block ends well, and not at all if it raises."""
        async with self._pool.writing() as connection:
            yield Rooms(Joined(connection, clock=self._pool.clock))


@asynccontextmanager
async def open_store(url: str, *, clock: Clock, exclusive: bool = False) -> AsyncIterator[Store]:
    """Open a database such as "sqlite:///path/to/file", make or upgrade its tables, and close it at the end.

    `exclusive` is for the one process that runs; others work beside it. Raises StoreBusyError when another
    one runs, NewerSchemaError for a later release's database, CorruptError for a file that is none, which is
    left untouched.
    """
    address = database_url(url)
    database = Path(address.database or "")
    _refuse_other_files(database)
    with ExitStack() as held:
        if exclusive:
            held.enter_context(run_lock(database))
            await asyncio.to_thread(refuse_damaged, database)
        engine = make_engine(address)
        try:
            pool = Pool(engine, clock=clock)
            async with pool.reading() as connection:
                revision = await connection.run_sync(migrate.current)
            if revision != migrate.HEAD:
                async with pool.writing() as connection:
                    await connection.run_sync(migrate.upgrade, database=database, locked=exclusive)
            yield Store(pool)
        finally:
            await engine.dispose()


def _refuse_other_files(database: Path) -> None:
    """Look at the file before SQLite does; a missing or empty one becomes a new database."""
    try:
        with database.open("rb") as file:
            start = file.read(len(_SQLITE_HEADER))
    except FileNotFoundError as error:
        if not os.access(database.absolute().parent, os.W_OK | os.X_OK):
            raise StoreError(f"{database} cannot be made; make its folder, or allow writing there") from error
        return
    except OSError as error:
        raise StoreError(
            f"{database} cannot be read ({error.strerror}); allow it, or name another file"
        ) from error
    if start and start != _SQLITE_HEADER:
        raise CorruptError(f"{database} is damaged or no database; it was left as it was: restore a backup")
