"""Articles' own pages: what the program opens for them, and what a card says of one that is gone."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.wording.phrases import say
from watchers.pages.extracting import Extractor
from watchers.pages.fetch import Pages
from watchers.pages.first_look import FirstLook
from watchers.pages.reader import PageReader, TextKeeper
from watchers.pages.reservations import Reservations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings.articles import Articles
    from bot.waking import Wakes
    from watchers.clock import Clock
    from watchers.feeds.guard import Client
    from watchers.pages.robots import Robots
    from watchers.store.store import Rooms, Store
    from watchers.types import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePages:
    """What fetches pages and deletes texts. `reader` and `first_look` are None where no pages are fetched."""

    keeper: TextKeeper
    reader: PageReader | None = None
    first_look: FirstLook | None = None

    async def tick(self) -> None:
        """Fetch what is due, and delete what was kept long enough."""
        await self.keeper.drop()
        if self.reader is not None:
            await self.reader.look()


@asynccontextmanager
async def open_articles(
    settings: Articles,
    *,
    store: Store,
    client: Client,
    robots: Robots,
    clock: Clock,
    wakes: Wakes,
    limit: int,
) -> AsyncIterator[ArticlePages]:
    """Open what fetches articles' pages; `limit` is how many bytes a page may have."""
    keeper = TextKeeper(store, clock=clock, keep=settings.keep)
    if not settings.enabled:
        yield ArticlePages(keeper=keeper)
        return
    async with AsyncExitStack() as held:
        extractor = await held.enter_async_context(Extractor())
        first_look = FirstLook(store, clock=clock, wanted=wakes.pages)
        reader = PageReader(
            store=store,
            pages=Pages(client, robots, Reservations(client, clock), clock=clock, limit=limit),
            robots=robots,
            extract=extractor.extract,
            first_look=first_look,
            clock=clock,
            most=settings.most,
            again=settings.again,
            changed=wakes.read,
        )
        yield ArticlePages(keeper=keeper, reader=reader, first_look=first_look)


async def lost_lines(rooms: Rooms, story: Story, lang: str) -> tuple[str, ...]:
    """Return what a card says of a story's articles that are withdrawn or gone; nothing while all stand."""
    states = await rooms.articles.lost([report.entry.number for report in story.reports])
    lines: list[str] = []
    for state in ("withdrawn", "gone"):
        outlets = [r.entry.outlet for r in story.reports if states.get(r.entry.number) == state]
        if outlets:
            lines.append(say(f"article_{state}", lang, outlets=", ".join(dict.fromkeys(outlets))))
    return tuple(lines)
