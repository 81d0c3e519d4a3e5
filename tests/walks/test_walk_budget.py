"""A day with more alerts than a channel wants: cards up to the budget, the rest in the digest."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.commands.request import Asker, Request
from tests.bot.commands.command_replies import said
from tests.feedserver import Answer, FeedServer, feed_server
from tests.walks.chat_walk import PREVIEW, ChatWalk, chat_walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOON: Final = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
DESK: Final = {
    "rules": [
        {"name": "petrels", "expression": "Petrel"},
        {"name": "coups", "expression": "mutiny", "alert": "now"},
    ],
    "budget": 3,
    "digest": {"at": "18:00"},
}
FIRE: Final = (
    "Fire at the Petrel test field destroys 3 aircraft",
    "A hangar of Petrel Works burned at the Eastport test field; 3 aircraft were destroyed.",
)
ORDERS: Final = {
    "n1": ("Norland orders Petrel drones", "The coast guard of Norland signed a contract for 12 aircraft."),
    "s1": ("Sudlund cancels its Petrel tender", "Parliament in Sudlund found the price of $90 million high."),
    "k1": ("Petrel Works opens a plant in Kesteria", "The factory will employ 400 people from spring on."),
    "f1": FIRE,
    "p1": ("Professor reviews the history of the Petrel", "Her book covers forty years of wing design."),
}
MUTINY: Final = ("Mutiny on a Norland frigate", "Sailors refuse to leave the harbour of Eastport.")
AGAIN: Final = (
    FIRE[0],
    "A hangar of Petrel Works burned on Monday; 3 aircraft were destroyed at the test field.",
)
LATER: Final = (
    FIRE[0],
    "A hangar of Petrel Works burned at the Eastport test field, 3 aircraft were destroyed there.",
)


def rss(items: dict[str, tuple[str, str]]) -> Answer:
    entries = "".join(
        f"<item><guid>{guid}</guid><link>https://harbour.example/{guid}</link><title>{title}</title>"
        f"<description>{text}</description></item>"
        for guid, (title, text) in items.items()
    )
    body = f'<rss version="2.0"><channel><title>Harbour Gazette</title>{entries}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


@asynccontextmanager
async def desk_walk(folder: Path, server: FeedServer) -> AsyncIterator[ChatWalk]:
    server.routes["/feed"] = rss({"old": ("Harvest begins", "Farmers expect a good year.")})
    async with chat_walk(
        folder,
        at=NOON,
        feeds=[{"url": server.url("/feed"), "name": "Harbour Gazette", "lang": "en"}],
        allow=[f"{server.host}:{server.port}"],
        channel=DESK,
    ) as walk:
        await walk.round()
        yield walk


async def cards(walk: ChatWalk) -> int:
    return len(await walk.app.store.announcements.carded(PREVIEW))


async def reports(walk: ChatWalk, number: int) -> int:
    story = await walk.app.store.stories.get(number)
    return len(story.reports) if story else 0


async def ask(walk: ChatWalk, text: str) -> str:
    who = Asker(id="page:operator", name="Ada", manages=True)
    reply = await walk.app.commands.answer(Request(text=text, channel=PREVIEW, asker=who))
    assert reply is not None
    return said(reply)


async def test_what_is_over_the_budget_is_in_the_digest_with_a_mark(tmp_path: Path) -> None:
    async with feed_server() as server, desk_walk(tmp_path, server) as walk:
        server.routes["/feed"] = rss(ORDERS)
        await walk.round()
        assert len(walk.slack_posts()) == len(walk.discord_posts()) == await cards(walk) == 3
        told = await ask(walk, "status")
        assert "3 a day, 3 used today; 2 stories over it wait in the next digest" in told
        await walk.app.read()
        await walk.round()
        assert len(walk.slack_posts()) == 3, "reading again writes nothing twice"

        await walk.round(minutes=6 * 60)
        (digest,) = walk.slack_posts()[3:]
        assert digest.count("kept for the digest: budget of 3 reached") == 2
        assert digest.count("already alerted") == 3
        for title, _ in ORDERS.values():
            assert title in digest
        assert "2 earned an alert over the budget of 3 a day" in digest
        assert "3 used today" in await ask(walk, "status")
        assert "wait in the next digest" not in await ask(walk, "status")


async def test_a_rule_that_says_now_is_free_and_a_later_day_has_a_budget_of_its_own(tmp_path: Path) -> None:
    async with feed_server() as server, desk_walk(tmp_path, server) as walk:
        server.routes["/feed"] = rss(ORDERS)
        await walk.round()
        server.routes["/feed"] = rss({**ORDERS, "m1": MUTINY})
        await walk.round()
        assert await cards(walk) == 4
        assert any(MUTINY[0] in post for post in walk.slack_posts())

        kept = [one.story for one in await walk.app.store.budgets.deferred(PREVIEW)]
        assert len(kept) == 2
        (fire,) = [number for number in kept if FIRE[0] in await ask(walk, f"story show t{number}")]
        server.routes["/feed"] = rss({**ORDERS, "m1": MUTINY, "f2": AGAIN})
        await walk.round()
        assert await reports(walk, fire) == 2
        assert await cards(walk) == 4, "a further report on the same day finds no room either"

        await walk.round(minutes=24 * 60)
        assert await cards(walk) == 4
        server.routes["/feed"] = rss({**ORDERS, "m1": MUTINY, "f2": AGAIN, "f3": LATER})
        await walk.round()
        assert await reports(walk, fire) == 3
        assert await cards(walk) == 5
        assert fire in await walk.app.store.announcements.carded(PREVIEW)


async def test_a_channel_without_a_digest_has_no_budget(tmp_path: Path) -> None:
    async with feed_server() as server, desk_walk(tmp_path, server) as walk:
        await ask(walk, "digest cancel d1")
        server.routes["/feed"] = rss(ORDERS)
        await walk.round()
        assert await cards(walk) == 5
        assert "it holds once there is a digest" in await ask(walk, "status")
