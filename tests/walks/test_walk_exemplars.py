"""An exemplar and a vote change what a channel hears of next, there and in no other channel."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.app import App, open_app
from bot.commands.request import Asker, Request
from bot.config import Config
from bot.messages import Actions
from tests.bot.commands.exemplar_news import K2, TANKS, typed
from tests.feedserver import feed_server
from tests.walks.test_walk_chat import rss
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.commands.request import Reply
    from tests.feedserver import FeedServer

NOON = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
TANK_DESK, DRONE_DESK = "preview:tanks", "preview:drones"
# Each is a new event on the same matter; the words differ so that none joins another's story.
DEALS = (
    "Poland signs with Hyundai Rotem for {} K2 tanks built at Gliwice",
    "Polish army takes over {} K2 tanks from Hyundai Rotem under its contract",
    "Bumar-Labedy is to assemble {} K2PL tanks for Poland, PGZ says in Gliwice",
)
DRONES = (
    "Japan signs with Baykar for {} Bayraktar TB2 drones",
    "Tokyo weighs buying {} Turkish drones from Baykar",
)


class Desks:
    """A bot with two channels on one feed, and the clock that moves it."""

    def __init__(self, app: App, clock: SteppedClock, server: FeedServer) -> None:
        self.app = app
        self._clock = clock
        self._server = server
        self._brought = 0

    async def bring(self, title: str) -> str:
        """Let the feed bring an article and do a round; return its title."""
        self._brought += 1
        title = title.format(100 + self._brought)
        self._clock.move_to(self._clock.now() + timedelta(days=1))
        now = self._clock.now()
        self._server.routes["/feed"] = rss((f"n{self._brought}", title, f"{title}."), at=now)
        await self.app.poll()
        await self.app.read()
        await self.app.deliver()
        return title

    async def ask(self, text: str, channel: str) -> Reply:
        """Ask as the operator; a refusal fails the test."""
        operator = Asker(id="page:operator", name="The operator", manages=True)
        reply = await self.app.commands.answer(Request(text=text, channel=channel, asker=operator))
        assert reply is not None
        assert not reply.refused, reply.message.notice
        return reply

    async def press(self, reply: Reply, label: str, channel: str) -> Reply:
        """Press a button of a reply."""
        rows = [block.buttons for block in reply.message.blocks if isinstance(block, Actions)]
        (command,) = [button.command for row in rows for button in row if button.label == label]
        return await self.ask(command, channel)

    async def told(self, channel: str) -> list[str]:
        """Return what a channel was alerted of."""
        posts = await self.app.preview.history(1000)
        return [
            post.message.notice.removesuffix(" (Harbour Gazette)")
            for post in posts
            if post.channel == channel and post.message.kind == "alert"
        ]


@asynccontextmanager
async def desks(folder: Path) -> AsyncIterator[Desks]:
    """Open a bot without the model; its feed was polled before, so that nothing counts as an archive."""
    clock = SteppedClock(NOON)
    async with feed_server() as server:
        server.routes["/feed"] = rss(("first", "Harbour opens a new pier", "Ships may come."), at=NOON)
        config = Config.model_validate(
            {
                "poll": {
                    "contact": "mailto:desk@example.org",
                    "every": "10m",
                    "allow": (f"{server.host}:{server.port}",),
                },
                "relevance": {"embedder": "none"},
                "channels": [{"id": one, "name": one, "digest": None} for one in (TANK_DESK, DRONE_DESK)],
                "feeds": [{"url": server.url("/feed"), "name": "Harbour Gazette", "lang": "en"}],
            }
        )
        async with open_app(config, folder / "config.toml", clock=clock, terminal=None) as app:
            await app.poll()
            await app.read()
            yield Desks(app, clock, server)


async def test_an_exemplar_changes_the_next_alert_in_its_channel_alone_and_undo_restores_it(
    tmp_path: Path,
) -> None:
    async with desks(tmp_path) as news:
        await news.bring(DEALS[0])
        drones = [await news.bring(DRONES[0])]
        assert await news.told(TANK_DESK) == await news.told(DRONE_DESK) == drones

        shown = await news.ask(f"exemplar add {typed(K2)}", TANK_DESK)
        assert "would newly alert" in shown.message.notice
        kept = await news.press(shown, "Keep", TANK_DESK)
        deal = await news.bring(DEALS[1])
        assert await news.told(TANK_DESK) == [*drones, deal]
        assert await news.told(DRONE_DESK) == drones

        await news.press(kept, "Undo", TANK_DESK)
        await news.bring(DEALS[2])
        assert await news.told(TANK_DESK) == [*drones, deal]
        drones += [await news.bring(DRONES[1])]
        assert await news.told(DRONE_DESK) == drones


async def test_two_articles_alone_make_a_beat_of_their_own(tmp_path: Path) -> None:
    async with desks(tmp_path) as news:
        for one in TANKS:
            await news.ask(f"exemplar add {typed(one)} keep:yes", TANK_DESK)
        await news.ask("exemplar remove shared keep:yes", TANK_DESK)
        deal, drones = await news.bring(DEALS[0]), await news.bring(DRONES[0])
        assert await news.told(TANK_DESK) == [deal]
        assert await news.told(DRONE_DESK) == [drones]
        await news.ask("exemplar add shared keep:yes", TANK_DESK)
        again = await news.bring(DRONES[1])
        assert await news.told(DRONE_DESK) == [drones, again]
        assert await news.told(TANK_DESK) == [deal, again]


async def test_votes_keep_the_next_article_like_it_quiet_where_they_were_cast(tmp_path: Path) -> None:
    async with desks(tmp_path) as news:
        brought = []
        for title in (DRONES[0], "Baykar opens talks with Tokyo on building {} drones in Japan"):
            brought.append(await news.bring(title))
            (story,) = await news.app.store.find.stories(brought[-1])
            press = Request(
                text=f"vote down t{story}",
                channel=TANK_DESK,
                asker=Asker(id="page:ada", name="Ada", manages=False),
            )
            assert await news.app.commands.answer(press) is not None
        last = await news.bring(DRONES[1])
        assert await news.told(DRONE_DESK) == [*brought, last]
        assert await news.told(TANK_DESK) == brought
