"""A language model asked for further facts: what holds is told and marked, the rest is as if never said."""

from __future__ import annotations

import json
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from bot.app import App, open_app
from bot.commands.request import Asker, Request
from bot.config import Config
from tests.feedserver import Answer, feed_server
from tests.translator_double import TranslatorDouble, completion, fixed, translator_double
from watchers.clock import SteppedClock
from watchers.facts.extract import MAX_LENGTH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import web

    from tests.feedserver import FeedServer
    from tests.translator_double import Behaviour

NOON = datetime(2025, 8, 19, 12, tzinfo=UTC)
KEY = "sk-petrel-0123456789"
TITLE = "Finland looks at a new frigate"
QUIET = "The morning was grey and the harbour was quiet. "
LATE = "Finland ordered 24 engines for 300 million euros."
BODY = (
    "Finland signed a contract with Baykar for 14 drones worth 412 million euros. "
    + QUIET * (MAX_LENGTH // len(QUIET))
    + LATE
)
TOLD = "Finland signed a contract with Baykar for 14 drones."


def feed(*items: tuple[str, str]) -> Answer:
    """Return a feed of (title, body) items with the whole article in each."""
    at = format_datetime(NOON - timedelta(minutes=30))
    entries = "".join(
        f"<item><guid>g{n}</guid><link>https://harbour.example/{n}</link><title>{title}</title>"
        f"<content:encoded>{body}</content:encoded><pubDate>{at}</pubDate></item>"
        for n, (title, body) in enumerate(items)
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = f'<rss version="2.0" {space}><channel><title>Harbour Gazette</title>{entries}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


def says(*facts: tuple[str, str, str], summary: tuple[str, ...] = ()) -> Behaviour:
    found = [{"type": kind, "value": value, "quote": quote} for kind, value, quote in facts]

    async def answer(_request: web.Request) -> web.StreamResponse:
        return completion(json.dumps({"facts": found, "summary": summary}))

    return answer


TRUE = ("money", "300000000 EUR", "24 engines for 300 million euros")
LIES = (
    ("money", "900000000 EUR", "900 million euros"),
    ("money", "12 EUR", "12 million euros"),
    ("status", "cancelled", "Finland signed a contract"),
    ("quantity", "4", "4 drones"),
    ("party", "@everyone", "@everyone"),
    ("status", "PWNED", "the harbour was quiet"),
)
LIED = ("Finland bought 900 jets.", "@everyone PWNED", "Sweden signed a contract for 14 drones.")


@dataclass
class Walk:
    """A bot with one channel on the page, between a real feed and a real endpoint."""

    app: App
    clock: SteppedClock

    async def round(self, *, minutes: float = 20) -> None:
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))
        await self.app.poll()
        await self.app.read()
        await self.app.deliver()

    async def told(self) -> str:
        return str([post.message for post in await self.app.preview.history(1000)])

    async def ask(self, text: str) -> str:
        asker = Asker(id="page:operator", name="Op", manages=True)
        answered = await self.app.commands.answer(Request(text=text, channel="preview:en", asker=asker))
        assert answered is not None
        return str(answered.message)


@asynccontextmanager
async def opened(
    folder: Path,
    server: FeedServer,
    double: TranslatorDouble | None,
    *,
    at: datetime = NOON,
    **more: object,
) -> AsyncIterator[Walk]:
    clock = SteppedClock(at)
    section = {"endpoint": double.url, "model": "small", **more} if double else None
    config = Config.model_validate(
        {
            "poll": {
                "contact": "mailto:desk@example.org",
                "every": "10m",
                "allow": (f"{server.host}:{server.port}",),
                "first": 50,
            },
            "relevance": {"embedder": "none"},
            "extraction": section,
            "channels": [
                {
                    "id": "preview:en",
                    "name": "Desk",
                    "budget": 0,
                    "rules": [{"name": "all", "expression": "frigate", "alert": "now"}],
                }
            ],
            "feeds": [{"url": server.url("/feed"), "name": "Harbour Gazette", "lang": "en"}],
        }
    )
    environ = {"VEDETTE_EXTRACTION_KEY": KEY}
    async with open_app(config, folder / "c.toml", clock=clock, terminal=None, environ=environ) as app:
        yield Walk(app=app, clock=clock)


async def test_a_fact_that_holds_is_told_and_marked_and_its_sentence_words_the_digest(tmp_path: Path) -> None:
    async with feed_server() as server, translator_double() as double:
        server.routes["/feed"] = feed((TITLE, BODY))
        double.behaviour = says(TRUE, *LIES, summary=(TOLD, *LIED))
        async with opened(tmp_path, server, double) as walk:
            await walk.round()
            card = await walk.told()
            assert "found by a language model" in card
            assert "€300M" in card
            assert card.count("found by a language model") == 1
            (story,) = await walk.app.store.stories.recent(since=NOON - timedelta(days=2))
            (mine,) = [fact for fact in story.lead.facts if fact.rule == "model"]
            assert str(mine.value) == "300000000 EUR"
            walk.clock.move_to(walk.clock.now() + timedelta(minutes=1))
            digest = await walk.ask("digest now")
            assert f"worded by a language model: {TOLD}" in digest
            for lie in ("900", "@everyone", "PWNED", "Sweden"):
                assert lie not in card + digest
            for _ in range(2):
                await walk.round()
        async with opened(tmp_path, server, double, at=NOON + timedelta(hours=3)) as walk:
            await walk.round()
            assert "Language model calls today (UTC)', '1'" in await walk.ask("status")
    (question,) = double.questions
    assert question.authorization == f"Bearer {KEY}"
    assert LATE in json.loads(question.headline)["reports"][0]["text"]


@pytest.mark.long
@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(None, id="hangs"),
        pytest.param(fixed(b"", status=500), id="fails"),
        pytest.param(fixed(b"<html>" + KEY.encode()), id="answers with a page"),
        pytest.param(fixed(b"x" * 5_000_000), id="answers with far too much"),
        pytest.param(fixed(b'{"choices": 7}'), id="answers with nonsense"),
        pytest.param(says(*LIES, summary=LIED), id="lies"),
    ],
)
async def test_an_endpoint_that_misbehaves_changes_nothing_and_is_told_of_once(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: Behaviour | None,
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "aiosqlite")  # every row that is read
    monkeypatch.setattr("bot.language_model.extraction.ROUND", 1.0)
    async with feed_server() as server, translator_double() as double:
        server.routes["/feed"] = feed((TITLE, BODY))
        (tmp_path / "without").mkdir()
        async with opened(tmp_path / "without", server, None) as walk:
            await walk.round()
            expected = await walk.told()
        double.behaviour = behaviour or double.hang
        (tmp_path / "with").mkdir()
        async with opened(tmp_path / "with", server, double, within="1s") as walk:
            walk.clock.move_to(NOON + timedelta(minutes=20))
            await walk.app.poll()
            await walk.app.make_ready()
            began = time.monotonic()
            await walk.app.read()
            # One that hangs is given a second; without that it hangs for good.
            assert time.monotonic() - began < 60
            await walk.app.deliver()
            assert await walk.told() == expected
            lies = behaviour is not None and behaviour.__qualname__.startswith("says")
            status = await walk.ask("status")
            assert ("The language model gave nothing" in status) != lies
            server.routes["/feed"] = feed((TITLE, BODY), ("Another frigate", ""))
            await walk.round(minutes=15)
            assert "Another frigate" in await walk.told()
            assert caplog.text.count("The language model gave nothing") == (not lies)
    assert KEY not in caplog.text


async def test_a_day_has_its_calls_and_no_more(tmp_path: Path) -> None:
    items = [
        ("A frigate leaves Lisbon for the south", ""),
        ("Peru looks at a frigate from Korea", ""),
        ("Engines of a Danish frigate fail in a storm", ""),
    ]
    async with feed_server() as server, translator_double() as double:
        double.behaviour = says()
        server.routes["/feed"] = feed(*items)
        async with opened(tmp_path, server, double, calls=1) as walk:
            await walk.round()
            told = await walk.told()
            assert all(title in told for title, _ in items)
            await walk.round()
            assert len(double.questions) == 1
            walk.clock.move_to(NOON + timedelta(days=1))
            server.routes["/feed"] = feed(*items, ("A frigate of another day", ""))
            await walk.round()
    assert len(double.questions) == 2


async def test_off_by_default_nobody_is_asked_or_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with feed_server() as server, translator_double() as double:
        server.routes["/feed"] = feed((TITLE, BODY))
        async with opened(tmp_path, server, None) as walk:
            await walk.round()
            assert "Articles are sent" not in await walk.ask("status") + caplog.text
        async with opened(tmp_path, server, double) as walk:
            assert "Articles are sent for facts to 127.0.0.1" in caplog.text
            assert "('Articles are sent for facts to', '127.0.0.1')" in await walk.ask("status")
        assert not double.questions
    assert KEY not in caplog.text


async def test_an_article_in_another_language_is_not_sent_and_its_card_says_that_no_figures_are_read(
    tmp_path: Path,
) -> None:
    text = "Norge kjøper 14 droner fra Baykar for 412 millioner kroner, sier forsvarsministeren i Oslo."
    async with feed_server() as server, translator_double() as double:
        server.routes["/feed"] = feed(("Forsvaret vil ha en ny frigate (frigate) til Marinen", text))
        async with opened(tmp_path, server, double) as walk:
            await walk.round()
            card = await walk.told()
            assert "In Norwegian: read for names and keywords only" in card
            (story,) = await walk.app.store.stories.recent(since=NOON - timedelta(days=2))
            assert {fact.type for fact in story.lead.facts} <= {"party", "platform", "location"}
    assert not double.questions
