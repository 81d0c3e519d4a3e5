"""The README's lines as somebody types them, and the example's way to a first alert on both platforms."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import shlex
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import parse
from bot.errors import BotError
from bot.http import build_http, serve_http
from bot.operating.console import answer_here
from tests.discord_double import DiscordDouble
from tests.docs.test_docs import blocks, uncommented
from tests.doubles.slack import SlackDouble
from tests.feeddocuments import rss
from tests.feedserver import Answer, feed_server
from watchers.clock import SystemClock
from watchers.errors import WatchersError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+")
WITHIN = 120.0  # seconds for a process on a busy machine
BETWEEN = 0.2  # seconds between two looks at a bot that is to have read something


def feed(*titles: str) -> bytes:
    """Return a feed whose entries are an hour apart, the first the newest."""
    now = datetime.now(UTC)
    items = (
        f"<title>{title}</title><link>https://news.example/{number}</link>"
        f"<pubDate>{format_datetime(now - timedelta(hours=number))}</pubDate>"
        f"<description>{title}, officials said on the day.</description>"
        for number, title in enumerate(titles, 1)
    )
    return rss(*items).encode()


def on_loopback(text: str, url: str, pair: tuple[str, int]) -> str:
    """Return a configuration with one feed, on this machine, in place of the starter pack."""
    text = text.split("[[feeds]]", 1)[0].replace("allow = []", f'allow = ["{pair[0]}:{pair[1]}"]')
    text = text.replace('embedder = "builtin"', 'embedder = "none"').replace("port = 8750", "port = 0")
    return f'{text}\n[[feeds]]\nurl = "{url}"\nname = "Harbour Gazette"\n'


async def started(
    *words: str, cwd: Path, stdin: int = asyncio.subprocess.DEVNULL
) -> asyncio.subprocess.Process:
    environ = {name: value for name, value in os.environ.items() if name != "VEDETTE_CONFIG"}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=cwd, stdin=stdin, stdout=pipe, stderr=pipe,
        env={**environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
    )  # fmt: skip


async def done(*words: str, cwd: Path, stdin: int = asyncio.subprocess.DEVNULL) -> tuple[int, str]:
    """Run a command to its end; return its status and what it said."""
    process = await started(*words, cwd=cwd, stdin=stdin)
    async with asyncio.timeout(WITHIN):
        out, errors = await process.communicate()
    return process.returncode or 0, (out + errors).decode()


@asynccontextmanager
async def serving(*words: str, cwd: Path) -> AsyncIterator[None]:
    """Start what runs until it is stopped, wait for its page's link, and stop it as a terminal does."""
    process = await started(*words, cwd=cwd)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(WITHIN):
            while not LINK.search((line := await process.stdout.readline()).decode()):
                assert line, f"{words} ended before it told where its page is"
        yield
    finally:
        process.terminate()
        async with asyncio.timeout(WITHIN):
            await process.communicate()
    assert process.returncode == 0


async def answered(*words: str, answers: str, cwd: Path) -> tuple[int, str]:
    """Run a command in a terminal, in which somebody types the answers."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answers.encode())
        return await done(*words, cwd=cwd, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.long
async def test_the_lines_of_the_readme_run_one_after_the_other(tmp_path: Path) -> None:
    typed = [line for b in blocks("sh") if b.page == "README.md" and not b.needs for line in b.lines]
    lines = [shlex.split(line, comments=True) for line in typed]
    usage = (ROOT / "run").read_text(encoding="utf-8")
    async with AsyncExitStack() as held:
        feeds = await held.enter_async_context(feed_server())
        feeds.routes["/news.xml"] = Answer(body=feed(*(f"Frigate number {n} was ordered" for n in range(9))))
        for runner, command, *words in lines:
            assert runner == "./run"
            if command == "demo":
                async with serving("demo", "--port", "0", cwd=tmp_path):
                    pass
            elif command == "test":
                assert "./run test" in usage
            elif words == ["init"]:
                status, said = await answered(
                    "init", answers="desk@example.org\nEurope/Istanbul\nen,ja\n", cwd=tmp_path
                )
                assert status == 0, said
                config = tmp_path / "config.toml"
                text = on_loopback(config.read_text(encoding="utf-8"), feeds.url("/news.xml"), feeds.pair)
                config.write_text(text, encoding="utf-8")
            elif words == ["run"]:
                await held.enter_async_context(serving("run", cwd=tmp_path))
                await asyncio.to_thread(read_through, tmp_path / "config.toml")
            else:
                status, said = await done(*words, cwd=tmp_path)
                assert status == 0 or (words == ["doctor"] and status == 1), f"{words}: {said}"
                assert said, words
    assert ["./run", "vedette", "doctor"] in lines


def read_through(config: Path) -> None:
    """Wait until the feed's last entries were read; a program a look would keep the bot from its work."""
    deadline = time.monotonic() + WITHIN
    while not explained(config):
        assert time.monotonic() < deadline, "the bot did not read the last entries"
        time.sleep(BETWEEN)


def explained(config: Path) -> bool:
    """Tell whether `why` knows one of the last entries."""
    try:
        return answer_here(config, ["why", "a1"], channel="")[1]
    except (BotError, WatchersError):
        return False


async def test_the_examples_chat_sections_lead_to_a_first_alert_on_both_platforms(tmp_path: Path) -> None:
    async with AsyncExitStack() as held:
        slack = await held.enter_async_context(SlackDouble())
        discord = await held.enter_async_context(DiscordDouble())
        feeds = await held.enter_async_context(feed_server())
        feeds.routes["/news.xml"] = Answer(
            body=feed(
                "Nakatani tours Baykar as Japan weighs Turkish drones", "A match was played in the rain"
            )
        )
        text = on_loopback(uncommented(), feeds.url("/news.xml"), feeds.pair)
        text = text.replace("mailto:you@example.org", "mailto:desk@example.org").replace(
            "port = 8751", "port = 0"
        )
        text = text.replace("[slack]", f'[slack]\napi = "{slack.api}"')
        text = text.replace("[discord]", f'[discord]\napi = "{discord.api}"')
        text = text.replace("slack:C0123ABCD", "slack:C1")
        text += f'[[channels]]\nid = "discord:{discord.news.id}"\nname = "News"\nbound_to = "preview:main"\n'
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        (tmp_path / "token").write_text(f"{slack.app_token}\n", encoding="utf-8")
        environ = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN_FILE": str(tmp_path / "token"),
            "DISCORD_TOKEN": discord.token,
        }
        app = await held.enter_async_context(
            open_app(parse(text, path), path, clock=SystemClock(), terminal=None, environ=environ)
        )
        http = build_http(app.store, faults=app.doors.faults, routes=app.doors.routes)
        assert await held.enter_async_context(serve_http(http, "127.0.0.1", 0))
        await app.poll()
        await app.read()
        await app.deliver()
        told = [message.text for message in slack.messages("C1")]
        assert len(told) == 1
        assert "Baykar" in told[0]
        assert [("Baykar" in post.text) for post in discord.posts("news")] == [True]
        assert discord.findings == []
