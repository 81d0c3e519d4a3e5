"""Post to the preview: keep the posts for the page, tell its open tabs, and print them to a terminal."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Final, TextIO

from bot.messages import Message
from bot.platforms.base import Receipt
from bot.platforms.preview.posts import Posted
from bot.platforms.preview.render_text import render_note, render_text
from bot.wording.typed import typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from datetime import datetime, tzinfo

    from watchers.clock import Clock

logger = logging.getLogger(__name__)

KEPT = 1_000  # posts in memory, about 4 kB each; the outbox has them all
MAX_COLUMNS = 100  # beyond it lines of prose get hard to follow
_WAITING = 256  # posts an open tab may be behind; then it is let go, and catches up when it reconnects


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where to print posts, and how.

    `called` is what calls the program where lines have to name their channel, empty where there is but one.
    """

    stream: TextIO
    width: int
    colour: bool
    zone: tzinfo = UTC
    called: str = ""

    @classmethod
    def of(
        cls, stream: TextIO, environ: Mapping[str, str], *, zone: tzinfo = UTC, called: str = ""
    ) -> Terminal:
        """Fit the stream: width up to MAX_COLUMNS, colour only on a terminal that wants it (NO_COLOR)."""
        colour = stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        width = min(shutil.get_terminal_size((MAX_COLUMNS, 24)).columns, MAX_COLUMNS)
        width = width if stream.isatty() else MAX_COLUMNS
        return cls(stream=stream, width=width, colour=colour, zone=zone, called=called)

    def show(self, post: Posted) -> None:
        """Print a post, then an empty line; characters that the stream's encoding lacks become "?"."""
        message = typed(post.message, self.called, channel=post.channel) if self.called else post.message
        lines = render_text(message, width=self.width, colour=self.colour, about=self._about(post))
        self._write(lines)

    def note(self, word: str, post: Posted) -> None:
        """Print that something happened to a post, and its notice, in two lines."""
        about = self._about(post)
        self._write(render_note(word, post.message.notice, width=self.width, colour=self.colour, about=about))

    def _about(self, post: Posted) -> str:
        return f"{post.at.astimezone(self.zone):%Y-%m-%d %H:%M}  {post.channel}"

    def _write(self, lines: tuple[str, ...]) -> None:
        text = "\n".join((*lines, "", ""))
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "replace").decode(encoding))
        self.stream.flush()


class Preview:
    """A platform without a network. It is also the `PageFeed` of the page."""

    name: Final = "preview"

    def __init__(
        self, *, clock: Clock, terminal: Terminal | None = None, stored: Iterable[Posted] = ()
    ) -> None:
        self._clock = clock
        self._terminal = terminal
        self._posts: deque[Posted] = deque(maxlen=KEPT)
        self._keys: dict[str, str] = {}  # of all posts since the start, so that none is shown twice
        self._tabs: set[asyncio.Queue[Posted | None]] = set()
        for post in stored:
            self._keep(post)

    def fits(self, message: Message) -> bool:  # noqa: ARG002 - the port's name for it
        """Say yes: a page has no end."""
        return True

    async def send(
        self,
        channel: str,
        message: Message,
        *,
        key: str,
        parent: str = "",
        since: datetime | None = None,  # noqa: ARG002 - every key is known, so there is nothing to look for
    ) -> Receipt:
        """Show a message once, beneath the post `parent`; with a key that was shown before, do nothing."""
        if key not in self._keys:
            post = Posted(at=self._clock.now(), channel=channel, message=message, key=key, parent=parent)
            self._keep(post)
            self._tell(post)
            self._print("", post)
        return Receipt(id=self._keys[key], url=f"#{self._keys[key]}")

    async def find(
        self,
        channel: str,  # noqa: ARG002 - the port's names, here and below
        message: Message,  # noqa: ARG002
        *,
        key: str,
        since: datetime,  # noqa: ARG002
        parent: str = "",  # noqa: ARG002
    ) -> Receipt | None:
        """Return where the post with a key is, None if there is none."""
        shown = self._keys.get(key)
        return Receipt(id=shown, url=f"#{shown}") if shown else None

    async def last_talk(self, channel: str) -> datetime | None:  # noqa: ARG002 - the port's name for it
        """Return None: people do not write on the page."""
        return None

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change a post to another message; one that is gone is left alone."""
        index = self._find(channel, post)
        if index is None or self._posts[index].message == message:
            return
        changed = replace(self._posts[index], message=message, edited=self._clock.now())
        self._posts[index] = changed
        self._tell(changed)
        self._print("edited", changed)

    async def delete(self, channel: str, post: str) -> None:
        """Take a post back; its place stays known, its words do not."""
        index = self._find(channel, post)
        if index is None:
            return
        was = self._posts[index]
        empty = Message(kind=was.message.kind, notice="", blocks=(), thread=was.message.thread)
        self._posts[index] = replace(was, message=empty, gone=True)
        self._tell(self._posts[index])
        self._print("taken back", was)

    async def history(self, limit: int) -> tuple[Posted, ...]:
        """Return the newest posts, at most `limit`, oldest first; posts taken back keep their places."""
        return tuple(self._posts)[-limit:] if limit > 0 else ()

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[AsyncIterator[Posted]]:
        """Give every post made, edited or taken back from now on.

        The iterator ends if its reader falls _WAITING posts behind.
        """
        tab: asyncio.Queue[Posted | None] = asyncio.Queue()
        self._tabs.add(tab)
        try:
            yield _Posts(tab)
        finally:
            self._tabs.discard(tab)

    def _keep(self, post: Posted) -> None:
        if post.key not in self._keys:
            self._keys[post.key] = post.id
            self._posts.append(post)

    def _find(self, channel: str, post: str) -> int | None:
        found = (
            index
            for index, kept in enumerate(self._posts)
            if kept.id == post and kept.channel == channel and not kept.gone
        )
        return next(found, None)

    def _print(self, word: str, post: Posted) -> None:
        if self._terminal is None:
            return
        try:
            if word:
                self._terminal.note(word, post)
            else:
                self._terminal.show(post)
        except OSError:  # a closed pipe, as behind `| head`; the post itself was made
            logger.warning("The terminal is gone; posts go to the page alone.", exc_info=True)
            self._terminal = None

    def _tell(self, post: Posted) -> None:
        for tab in tuple(self._tabs):
            if tab.qsize() < _WAITING:
                tab.put_nowait(post)
            else:
                self._tabs.discard(tab)
                tab.put_nowait(None)


class _Posts:
    """Iterate over a queue until None comes out; unlike a generator it survives a cancelled wait."""

    def __init__(self, queue: asyncio.Queue[Posted | None]) -> None:
        self._queue = queue

    def __aiter__(self) -> AsyncIterator[Posted]:
        return self

    async def __anext__(self) -> Posted:
        post = await self._queue.get()
        if post is None:
            raise StopAsyncIteration
        return post
