"""What the parts of the bot tell of their work, for whoever counts; they know of no library for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from watchers.relevance.decide import Decision
    from watchers.store.rows import OutboxItem
    from watchers.store.rows_feeds import Polled
    from watchers.types import Report, StoryUpdate

# How an attempt to deliver ended. "marked" arrived with the remark that it may be a repeat, "closed" is a
# channel that lets nothing in, "refused" a platform that takes nothing from us at all.
Outcome = Literal["delivered", "marked", "retried", "dead", "closed", "refused"]


class Meters(Protocol):
    """Is told what happened. It decides nothing, never fails and never waits."""

    def polled(self, polled: Polled) -> None:
        """Tell what a poll came to, once it is on record."""

    def understood(
        self, unreadable: int, decided: Sequence[tuple[Report, Decision]], updates: Sequence[StoryUpdate]
    ) -> None:
        """Tell how many entries could not be read, and what is on record now of the others."""

    def alerted(self, messages: int) -> None:
        """Tell how many messages about stories were written to the outbox."""

    def digested(self, late: timedelta) -> None:
        """Tell that a digest was written, and how long after its time."""

    def sent(self, item: OutboxItem, outcome: Outcome, *, at: datetime) -> None:
        """Tell how an attempt to deliver a message ended."""

    def ticked(self, tick: str, seconds: float) -> None:
        """Tell how long a round of a kind of work took."""

    def failed(self, where: str, error: BaseException) -> None:
        """Tell what ended a round of a kind of work, or a "command"."""


class Silent:
    """Counts nothing."""

    def polled(self, polled: Polled) -> None:
        """Let it pass."""

    def understood(
        self, unreadable: int, decided: Sequence[tuple[Report, Decision]], updates: Sequence[StoryUpdate]
    ) -> None:
        """Let it pass."""

    def alerted(self, messages: int) -> None:
        """Let it pass."""

    def digested(self, late: timedelta) -> None:
        """Let it pass."""

    def sent(self, item: OutboxItem, outcome: Outcome, *, at: datetime) -> None:
        """Let it pass."""

    def ticked(self, tick: str, seconds: float) -> None:
        """Let it pass."""

    def failed(self, where: str, error: BaseException) -> None:
        """Let it pass."""


SILENT: Final[Meters] = Silent()
