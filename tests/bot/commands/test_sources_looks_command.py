"""What is shown before a source is saved, and how sources are doing, as Slack and Discord show it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from tests.contracts.store.store_builders import MINUTE, NOON, make_entry
from tests.doubles.slack_check import check_message
from watchers.errors import FetchError
from watchers.feeds.discover import Found
from watchers.feeds.listpage import Suggestion
from watchers.feeds.opml import Outline
from watchers.store.rows import Polled
from watchers.types import Rhythm, Wishes

if TYPE_CHECKING:
    from bot.messages import Message
    from tests.bot.commands.command_replies import Ask
    from tests.bot.commands.conftest import FeedsAtHand
    from watchers.store.store import Store

GOLDENS = Path(__file__).parents[2] / "data" / "messages" / "sources"
PAGE, FEED, OTHER = "https://example.org/", "https://example.org/feed.xml", "https://example.org/*all*.xml"
NEWS, OPML = "https://example.org/news", "https://example.org/mine.opml"
LINES = {
    "choices": f"source add {PAGE}",
    "list": f"source add {NEWS} kind:page",
    "preview": f'source add {NEWS} select:"h2 a"',
    "terms": "source add https://news.google.com/rss/search?q=frigate+contract",
    "dry-run": f"source import {OPML}",
    "added": f"source add {FEED}",
    "show": "source show s1",
    "states": "source list state:failing",
}


@pytest.fixture
async def looked(ask: Ask, store: Store, reading: FeedsAtHand) -> Ask:
    """Return a way to ask about a page with two feeds, a list, a file with one feed of each kind, and s1."""
    reading.answers[PAGE] = FetchError("it sent a web page", url=PAGE, status=200)
    reading.named[PAGE] = (
        Found(url=FEED, title="Harbour <news>", kind="rss"),
        Found(url=OTHER, title="", kind="atom"),
    )
    reading.answers[OTHER] = (make_entry("x", title="Two *frigates* & a `sloop`"),)
    reading.lists[NEWS] = (Suggestion(selector="h2 a", titles=("The echo sails", "The fog lifts"), count=7),)
    gone = "https://gone.example/feed"
    reading.files[OPML] = (
        Outline(url=FEED, name="Harbour <news>", tags=("navy",)),
        Outline(url="https://harbour.example/feed", name="Harbour Post"),
        Outline(url=gone, name="Gone"),
    )
    reading.answers[gone] = FetchError("it answers 404", url=gone, status=404)
    hours = Polled(
        feed=1,
        at=NOON,
        next_poll_at=NOON + 20 * MINUTE,
        new=2,
        changed=True,
        beyond=12,
        rhythm=Rhythm(hours=(1.0,) * 24, days=24.0),
        wishes=Wishes(least=10 * MINUTE, skip_hours=(3,)),
    )
    await store.feeds.record(hours)
    failed = Polled(feed=2, at=NOON, next_poll_at=NOON + 20 * MINUTE, error="HTTP 503", fault="status")
    await store.feeds.record(failed)
    return ask


async def shown(ask: Ask, name: str) -> Message:
    return (await ask(LINES[name])).message


@pytest.mark.parametrize("name", LINES)
async def test_an_answer_about_sources_looks_on_slack_as_agreed(looked: Ask, name: str) -> None:
    payload = slack.payload(await shown(looked, name))
    posted = {"text": payload.text, "blocks": list(payload.blocks)}
    assert posted == json.loads((GOLDENS / "slack" / f"{name}.json").read_text(encoding="utf-8"))
    check_message(posted, method="chat.postMessage")


@pytest.mark.parametrize("name", LINES)
async def test_an_answer_about_sources_looks_on_discord_as_agreed(looked: Ask, name: str) -> None:
    agreed = json.loads((GOLDENS / "discord" / f"{name}.json").read_text(encoding="utf-8"))
    assert discord.payload(await shown(looked, name)) == agreed


@pytest.mark.parametrize("look", ["slack", "discord"])
def test_every_golden_of_sources_has_its_answer(look: str) -> None:
    assert {path.stem for path in (GOLDENS / look).glob("*.json")} == set(LINES)
