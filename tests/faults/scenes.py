"""What one fault run is given, and what every run has in common: news, a fault around it, and an end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable

    from tests.faults.ledger import Due
    from tests.faults.world import World

SETTLES_WITHIN: Final = 240.0  # seconds for all of a run's messages on a busy machine; five on a quiet one
SKIPPED: Final = 8  # posts of a platform that may go well before a fault strikes; it has twelve in a run


@dataclass(slots=True, kw_only=True)
class Scene:
    """One run under way; `struck` tells in the end whether its fault happened."""

    world: World
    random: random.Random
    name: str
    due: list[Due] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    restarts: int = 0
    struck: Callable[[], bool] = lambda: True

    @property
    def tokens(self) -> list[str]:
        """Return the words that the headlines of its stories carry."""
        return [f"{self.name}s{n}" for n in range(2)]

    @property
    def skip(self) -> int:
        """Draw how many posts go well before the fault."""
        return self.random.randint(0, SKIPPED)

    async def tell(self) -> None:
        """Write the news to the outbox, which the bot empties meanwhile."""
        self.due += await self.world.tell(self.tokens)

    async def settled(self) -> None:
        """Wait until the outbox is empty."""
        await self.world.until(self.world.settled, within=SETTLES_WITHIN)

    async def restarted(self) -> None:
        """Start the bot anew after its end."""
        self.restarts += 1
        await self.world.again()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A kind of fault: its name, its row of the matrix, the sort of session it needs, and what is done."""

    name: str
    row: int
    session: str
    act: Callable[[Scene], Awaitable[None]]
    only: str = ""  # "history" or "none": the one mode in which it says something
