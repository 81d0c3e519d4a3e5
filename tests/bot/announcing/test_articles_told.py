"""What channels see of articles' pages: facts on a card, one reply to a correction, marks on what is gone."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.app import App, open_app
from bot.commands.request import Asker, Request
from bot.config import Config
from bot.messages_json import to_json
from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.messages import Message
    from bot.platforms.preview.posts import Posted

# Worker processes are started for each test; on a machine that is busy with others that takes its time.
pytestmark = pytest.mark.timeout(600)

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TITLE = "Norland orders Petrel drones"
LANGS = ("en", "tr", "ja")
RULE = {"rules": [{"name": "petrels", "expression": "Petrel"}], "digest": None}


def page(amount: str = "5.5") -> Answer:
    """Return the article with an amount."""
    words = (
        "<p>The coast guard of Norland signed a contract with Petrel Works for 12 drones worth "
        f"${amount} million.</p><p>The drones fly from its patrol ships and look for boats in distress, a "
        "spokeswoman told reporters in the harbour; the crews begin their training in the autumn.</p>"
    )
    body = f"<html lang=en><head><title>{TITLE}</title></head><body><article>{words}</article></body></html>"
    return Answer(body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def words(message: Message) -> str:
    """Return all that a message holds, readable in every language."""
    return json.dumps(json.loads(to_json(message)), ensure_ascii=False)


@dataclass
class Desk:
    """A bot with a channel for each language, and the site of the one feed it reads."""

    app: App
    server: FeedServer
    clock: SteppedClock

    async def round(self, **wait: float) -> None:
        """Let time pass and do a round of every kind; what waited for its page is read after it."""
        self.clock.move_to(self.clock.now() + timedelta(**wait))
        await self.app.poll()
        await self.app.read()
        await self.app.pages()
        await self.app.read()
        await self.app.deliver()

    async def posts(self, lang: str = "en") -> list[Posted]:
        """Return a channel's posts."""
        return [p for p in await self.app.preview.history(100) if p.channel == f"preview:{lang}"]

    async def card(self, lang: str = "en") -> str:
        """Return the one card of a channel as it stands."""
        (card,) = [post for post in await self.posts(lang) if post.message.kind == "alert"]
        return words(card.message)

    async def replies(self) -> list[str]:
        """Return what stands beneath the card."""
        return [words(p.message) for p in await self.posts() if p.message.kind == "update"]


@asynccontextmanager
async def desk(
    folder: Path, empty: Path, *, enabled: bool = True, channel: Mapping[str, object] | None = None
) -> AsyncIterator[Desk]:
    copyfile(empty, folder / "vedette.sqlite3")
    clock = SteppedClock(START)
    async with feed_server() as server:
        config = Config.model_validate(
            {
                "poll": {
                    "contact": "mailto:desk@example.org",
                    "every": "10m",
                    "allow": (f"{server.host}:{server.port}",),
                },
                "articles": {"enabled": enabled},
                "relevance": {"embedder": "none"},
                "channels": [
                    {"id": f"preview:{lang}", "name": lang, "language": lang, **(channel or RULE)}
                    for lang in LANGS
                ],
                "feeds": [{"url": server.url("/feed"), "name": "Harbour Gazette", "lang": "en"}],
            }
        )
        item = (
            f"<title>{TITLE}</title><link>{server.url('/a')}</link><guid>a</guid>"
            "<pubDate>Tue, 03 Mar 2026 08:30:00 GMT</pubDate><description>For the coast guard …</description>"
        )
        server.routes["/feed"] = Answer(
            body=rss(item).encode(), headers={"Content-Type": "application/rss+xml"}
        )
        async with open_app(config, folder / "config.toml", clock=clock, terminal=None) as app:
            await app.pages()
            yield Desk(app=app, server=server, clock=clock)


async def test_a_card_has_the_facts_of_the_page_a_correction_edits_it_and_a_410_marks_it(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/a"] = page("5.5")
        await one.round()
        assert "5.5" in await one.card()
        assert await one.replies() == []

        one.server.routes["/a"] = replace(
            page("5.5"), body=page("5.5").body.replace(b" signed", b", signed,")
        )
        await one.round(minutes=30)
        assert await one.replies() == []

        one.server.routes["/a"] = page("7.1")
        await one.round(minutes=31)
        card = await one.card()
        assert "7.1" in card
        assert "5.5" not in card
        (reply,) = await one.replies()
        assert "5.5" in reply
        assert "7.1" in reply

        one.server.routes["/a"] = Answer(status=410)
        await one.round(hours=3)
        for lang, mark in zip(
            LANGS, ("Taken down since", "Sonradan yayından", "その後ページ削除"), strict=True
        ):
            assert mark in await one.card(lang)
        assert len(await one.replies()) == 1
        assert len(await one.posts()) == 2


async def test_a_page_that_comes_late_edits_the_card_without_a_word_beneath_it(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/a"] = Answer(status=503)
        await one.round()
        assert "5.5" not in await one.card()
        one.server.routes["/a"] = page("5.5")
        await one.round(minutes=10)
        assert "5.5" in await one.card()
        asker = Asker(id="preview:me", name="Ada", manages=True)
        why = await one.app.commands.answer(Request(text="why t1", channel="preview:en", asker=asker))
        assert why is not None
        assert "read; looked at again" in words(why.message)
        assert await one.replies() == []

        retracted = TITLE.encode() + b"</title>"
        withdrawn = page().body.replace(retracted, b"RETRACTED: " + retracted, 1)
        one.server.routes["/a"] = Answer(body=withdrawn, headers={"Content-Type": "text/html"})
        await one.round(minutes=30)
        for lang, mark in zip(LANGS, ("Withdrawn by", "geri çekti", "取り下げ"), strict=True):
            assert mark in await one.card(lang)


async def test_a_page_may_earn_the_alert_that_its_teaser_did_not(
    tmp_path: Path, empty_database: Path
) -> None:
    rules = [
        {"name": "petrels", "expression": "Petrel", "alert": "digest"},
        {"name": "boats", "expression": '"boats in distress"'},
    ]
    channel = {"rules": rules, "digest": None, "threshold": 1.0}
    async with desk(tmp_path, empty_database, channel=channel) as one:
        one.server.routes["/a"] = Answer(status=503)
        await one.round()
        assert await one.posts() == []
        one.server.routes["/a"] = page("5.5")
        await one.round(minutes=10)
        assert "5.5" in await one.card()


async def test_an_article_withdrawn_before_anybody_was_told_gets_no_card(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/a"] = Answer(
            body=b"<html><title>RETRACTED: Norland orders Petrel drones</title><p>Gone.</p></html>",
            headers={"Content-Type": "text/html"},
        )
        await one.round()
        assert await one.posts() == []


@pytest.mark.parametrize("enabled", [True, False])
async def test_pages_are_fetched_unless_the_configuration_says_no(
    tmp_path: Path, empty_database: Path, *, enabled: bool
) -> None:
    async with desk(tmp_path, empty_database, enabled=enabled) as one:
        one.server.routes["/a"] = page("5.5")
        await one.round()
        assert ("5.5" in await one.card()) == enabled
        assert bool(one.server.asked("/a")) == enabled
