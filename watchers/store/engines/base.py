"""What the store asks of a database: how it is opened, who waits for whom, and whose fault an error was."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.engine import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from watchers.errors import StoreError


class Turn(Enum):
    """Which other writers a transaction waits for, where a database lets several write at once.

    ALL: every other of ALL, in all processes; what is decided on rows that were read holds until the commit,
    and rows that are numbered become visible in the order of their numbers.
    NONE: whoever writes the same row just now; for statements whose condition says all that must hold.
    """

    ALL = "all"
    NONE = "none"


class Held(Protocol):
    """The right to be the only process that runs, while it is held."""

    def check(self) -> None:
        """Raise StoreBusyError if another process has it by now."""
        ...


class Database(Protocol):
    """One database of one kind. Nothing of it shows a password."""

    shown: str  # where it is, for people

    @property
    def one_writer(self) -> bool:
        """Tell whether it lets one transaction at a time write at all."""
        ...

    def prepare(self) -> None:
        """Raise StoreError for what can be told without connecting, such as a file of another kind."""
        ...

    def make_engine(self) -> AsyncEngine:
        """Return an engine; nothing is connected yet."""
        ...

    def reader(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine whose transactions see one state of the database."""
        ...

    def writer(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine whose transactions write."""
        ...

    async def take(self, connection: AsyncConnection, turn: Turn) -> None:
        """Wait for the turn of a transaction, which keeps it until it ends."""
        ...

    def explained(self, error: BaseException) -> StoreError | None:
        """Return the store's error for a library's, with what to do about it; None for any other."""
        ...

    async def look(self, connection: AsyncConnection) -> None:
        """Raise StoreError for a server or a database that the store cannot work with."""
        ...

    def alone(self, engine: AsyncEngine) -> AbstractAsyncContextManager[Held]:
        """Hold the right to be the one process that runs; StoreBusyError if another one has it."""
        ...

    def together(self, engine: AsyncEngine) -> AbstractAsyncContextManager[Held]:
        """Hold the right to be one of several that share the work; StoreBusyError if one works alone.

        Raises StoreError for a database that one process works on.
        """
        ...

    def address(self, *, schema: str) -> tuple[str, dict[str, str | int]]:
        """Return the address and settings by which another user of the driver connects, with a password.

        `schema` is where its own tables are. Raises StoreError for a file.
        """
        ...

    def queue(self, connection: Connection) -> None:
        """Make the queue's tables where they are missing."""
        ...

    def upgrade(self, connection: Connection, *, locked: bool) -> None:
        """Bring the tables to the form this release knows; `locked`: the caller is the one that runs."""
        ...
