"""The tutorial, walked by somebody new: its lines one after the other, to two alerts of their own."""

from __future__ import annotations

import asyncio
import re
import shlex
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.operating.console import answer_here
from tests.docs.test_docs import blocks
from tests.docs.test_docs_walked import BETWEEN, WITHIN, done, feed, on_loopback, serving
from tests.feedserver import Answer, feed_server
from watchers.errors import WatchersError

ROOT = Path(__file__).parents[2]
PAGE = "docs/tutorial.md"
TYPED = re.compile(r"^```(sh|)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "https://example.org/feed.xml"  # stands for one of the reader's own
RELEVANT = "Nakatani tours Baykar as Japan weighs Turkish drones"
MATCHING = "Norvik Yards signs frigate contract with Caldera"


def written() -> str:
    """Return the page on one line."""
    return " ".join((ROOT / PAGE).read_text(encoding="utf-8").split())


def lines() -> list[tuple[str, list[str]]]:
    """Return what is typed in the terminal ("sh") and into the page (""), in order, as words."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    return [(where, shlex.split(line)) for where, body in TYPED.findall(text) for line in body.splitlines()]


def told(config: Path, fragment: str, *, within: float = WITHIN) -> str:
    """Wait until an article with these words was told of; return why."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            text, known = answer_here(config, ["why", fragment], channel="")
        except (BotError, WatchersError):
            known, text = False, ""
        if known and "It was worth an alert" in text:
            return text
        time.sleep(BETWEEN)
    raise AssertionError(f"nobody was told of {fragment!r} in time")


@pytest.mark.long
@pytest.mark.timeout(600)  # the bot starts twice, on a machine that may run other tests beside
async def test_the_lines_of_the_tutorial_lead_a_newcomer_to_two_alerts(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    typed = lines()
    async with AsyncExitStack() as held:
        feeds = await held.enter_async_context(feed_server())
        feeds.routes["/news.xml"] = Answer(body=feed(RELEVANT, "A match was played in the rain"))
        elsewhere = feed(MATCHING).replace(b"news.example", b"harbour.example")
        feeds.routes["/own.xml"] = Answer(body=elsewhere)
        for where, words in typed:
            if words == ["./run", "demo"]:
                continue  # the README's first line, which its own test starts
            if words[:2] == ["./run", "vedette"] and words[2:] == ["run"]:
                await held.enter_async_context(serving("run", cwd=tmp_path))
                assert "relevance" in await asyncio.to_thread(told, config, RELEVANT)
            elif words[:2] == ["./run", "vedette"]:
                status, said = await done(*words[2:], cwd=tmp_path)
                assert status == 0, said
                if words[2] == "init":
                    assert (
                        f"{said.partition('with ')[2].split('.')[0]} in" in written()
                    )  # "36 feeds in English"
                    text = on_loopback(config.read_text(encoding="utf-8"), feeds.url("/news.xml"), feeds.pair)
                    config.write_text(text, encoding="utf-8")
            else:
                assert (where, words[0]) == ("", "/watch")
                asked = [word.replace(ADDRESS, feeds.url("/own.xml")) for word in words[1:]]
                text, known = await asyncio.to_thread(answer_here, config, asked, channel="")
                assert known, f"{words}: {text}"
        assert "frigates" in await asyncio.to_thread(told, config, MATCHING)


def test_every_step_of_the_tutorial_is_typed() -> None:
    page = {line for block in blocks("sh") if block.page == PAGE for line in block.lines}
    assert {"./run demo", "./run vedette check", "./run vedette run"} <= page
    asked = {" ".join(words[1:3]) for where, words in lines() if where == ""}
    assert {"rule add", "source add", "like a1", "exemplar add", "digest preview", "why a1"} <= asked
