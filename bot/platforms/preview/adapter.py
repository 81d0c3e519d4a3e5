"""Post to the preview: keep the posts for the page, tell its open tabs, and print them to a terminal."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final, TextIO

from bot.platforms.base import Receipt
from bot.platforms.preview.posts import Posted
from bot.platforms.preview.render_text import render_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from datetime import tzinfo

    from bot.messages import Message
    from watchers.clock import Clock

logger = logging.getLogger(__name__)

KEPT = 1_000  # posts in memory, about 4 kB each; the outbox has them all
MAX_COLUMNS = 100  # beyond it lines of prose get hard to follow
_WAITING = 256  # posts an open tab may be behind; then it is let go, and catches up when it reconnects


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where to print posts, and how."""

    stream: TextIO
    width: int
    colour: bool
    zone: tzinfo = UTC

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str], *, zone: tzinfo = UTC) -> Terminal:
        """Fit the stream: width up to MAX_COLUMNS, colour only on a terminal that wants it (NO_COLOR)."""
        colour = stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        width = min(shutil.get_terminal_size((MAX_COLUMNS, 24)).columns, MAX_COLUMNS)
        return cls(stream=stream, width=width if stream.isatty() else MAX_COLUMNS, colour=colour, zone=zone)

    def show(self, post: Posted) -> None:
        """Print a post, then an empty line; characters that the stream's encoding lacks become "?"."""
        about = f"{post.at.astimezone(self.zone):%Y-%m-%d %H:%M}  {post.channel}"
        lines = render_text(post.message, width=self.width, colour=self.colour, about=about)
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

    async def send(self, channel: str, message: Message, *, key: str) -> Receipt:
        """Show a message once; with a key that was shown before, do nothing."""
        if key not in self._keys:
            post = Posted(at=self._clock.now(), channel=channel, message=message, key=key)
            self._keep(post)
            for tab in tuple(self._tabs):
                self._tell(tab, post)
            self._print(post)
        return Receipt(id=self._keys[key], url=f"#{self._keys[key]}")

    async def history(self, limit: int) -> tuple[Posted, ...]:
        """Return the newest posts, at most `limit`, oldest first."""
        return tuple(self._posts)[-limit:] if limit > 0 else ()

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[AsyncIterator[Posted]]:
        """Give every post from now on; the iterator ends if its reader falls _WAITING posts behind."""
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

    def _print(self, post: Posted) -> None:
        if self._terminal is None:
            return
        try:
            self._terminal.show(post)
        except OSError:  # a closed pipe, as behind `| head`; the post itself was made
            logger.warning("The terminal is gone; posts go to the page alone.", exc_info=True)
            self._terminal = None

    def _tell(self, tab: asyncio.Queue[Posted | None], post: Posted) -> None:
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
