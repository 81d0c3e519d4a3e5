"""One interaction of the Discord double, as whoever asked sees it: the answer, follow-ups, edits, a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_check import LOADING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_json import Bell, JsonObject
    from tests.discord_world import Channel, Member, Post

COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5  # types of interactions
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9  # types of callbacks


@dataclass(slots=True, kw_only=True, eq=False)
class Asked:
    """One interaction and all that was answered; it goes on changing as follow-ups and edits arrive.

    `seconds` from the asking to the callback, None if there was none. `refused` holds the error codes that
    callbacks and follow-ups met.
    """

    id: str
    token: str
    kind: int
    member: Member
    channel: Channel
    packet: JsonObject
    began: float
    bell: Bell
    source: Post | None = None  # the post whose component was used
    seconds: float | None = None
    callback: int = 0  # its type
    data: JsonObject = field(default_factory=dict)  # the callback's own data
    original: Post | None = None
    followups: list[Post] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Whether a callback arrived in time."""
        return self.seconds is not None

    @property
    def deferred(self) -> bool:
        """Whether the bot has been "thinking" so far."""
        return self.original is not None and bool(self.original.data["flags"] & LOADING)

    @property
    def posts(self) -> list[Post]:
        """The answer and its follow-ups, without those taken away and one that still loads."""
        found = [*([self.original] if self.original is not None else []), *self.followups]
        return [post for post in found if not post.deleted and not post.data["flags"] & LOADING]

    @property
    def text(self) -> str:
        """All that can be read in the answers."""
        return "\n".join(post.text for post in self.posts)

    @property
    def ephemeral(self) -> bool:
        """Whether every answer is for the asker alone."""
        return bool(self.posts) and all(post.ephemeral for post in self.posts)

    @property
    def choices(self) -> list[JsonObject]:
        """What autocomplete offers."""
        return list(self.data.get("choices") or []) if self.callback == SUGGESTIONS else []

    @property
    def modal(self) -> JsonObject | None:
        """The form that was opened."""
        return self.data if self.callback == MODAL else None

    async def until(self, true: Callable[[Asked], bool], *, within: float = 5.0) -> Asked:
        """Wait until something is true of the answers."""
        await self.bell.until(lambda: true(self), within=within)
        return self
