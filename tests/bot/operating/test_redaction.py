"""No secret is shown, whatever fails and however much is logged: canaries in the place of each."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
import pytest
from aiohttp import web

from bot.logs import set_up
from tests.bot.operating.program import called
from tests.discord_double import DiscordDouble
from tests.doubles import slack_faults
from tests.doubles.slack import SlackDouble
from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

ROOT: Final = Path(__file__).parents[3]
WITHIN: Final = 120.0  # seconds, on a busy machine
GLANCE: Final = 0.05  # seconds between two looks
KEYS: Final = ("VEDETTE_EMBEDDING_KEY", "VEDETTE_TRANSLATION_KEY", "VEDETTE_EXTRACTION_KEY")
CANARIES: Final = {
    "SLACK_BOT_TOKEN": "xoxb-111-222-canaryBotToken",
    "SLACK_APP_TOKEN": "xapp-1-A1-canaryAppToken",
    "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
    "DISCORD_TOKEN": "MTIzNDU2Nzg5.Gcanary.canary-of-discords-bot-token-38",
    **{name: f"sk-canary-{name.lower()}" for name in KEYS},
}
HEADLINES: Final = ("Norland orders two frigates from Port Sable", "Frigate Halcyon is laid up for repairs")
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(400)]


@dataclass(slots=True, kw_only=True)
class Desk:
    """A bot in a process of its own, what it talks to, and all that anybody was shown."""

    folder: Path
    slack: SlackDouble
    discord: DiscordDouble
    feeds: FeedServer
    port: int
    process: asyncio.subprocess.Process | None = None
    shown: list[str] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    async def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.loud_bot", "run", "-c", str(self.config)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=environment(),
                cwd=ROOT,
            )

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN):
            while not true():
                assert self.process is not None
                assert self.process.returncode is None, self.log.read_text(encoding="utf-8")[-3_000:]
                await asyncio.sleep(GLANCE)

    async def ask(self, path: str) -> None:
        """Keep what health or readiness says."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}{path}") as answer,
        ):
            self.shown.append(f"{path}: {answer.status} {await answer.text()}")

    async def call(self, *words: str) -> None:
        """Keep what a command of the program says."""
        done = await asyncio.to_thread(called, *words, "-c", self.config, environ=environment())
        self.shown.append(f"{words}: {done.stdout}{done.stderr}")

    def everything(self) -> str:
        """Return the log, all that was shown, and every byte of the database and its copies."""
        files = [one for one in self.folder.iterdir() if ".sqlite3" in one.name]
        kept = "".join(one.read_bytes().decode("latin-1") for one in files)
        posts = [f"{message.text} {message.blocks}" for message in self.slack.space.posts]
        posts += [str(post.data) for post in self.discord.world.every_post()]
        return "\n".join([self.log.read_text(encoding="utf-8"), *self.shown, *posts, kept])


def environment(**more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **CANARIES, **more}


def leaks(text: str) -> list[str]:
    """Return which secrets stand in a text."""
    return [name for name, value in CANARIES.items() if value in text]


async def tells_the_key(request: web.Request) -> web.Response:
    """Refuse as some endpoints do: with the key in the words of the refusal."""
    return web.json_response(
        {"error": {"message": f"Incorrect API key provided: {request.headers.get('Authorization')}"}},
        status=401,
    )


@asynccontextmanager
async def opened(folder: Path, port: int, *, mode: str = "socket") -> AsyncIterator[Desk]:
    async with AsyncExitStack() as held:
        slack = await held.enter_async_context(SlackDouble())
        slack.bot_token, slack.app_token = CANARIES["SLACK_BOT_TOKEN"], CANARIES["SLACK_APP_TOKEN"]
        slack.signing_secret = CANARIES["SLACK_SIGNING_SECRET"]
        discord = await held.enter_async_context(DiscordDouble(token=CANARIES["DISCORD_TOKEN"]))
        feeds = await held.enter_async_context(feed_server())
        items = (
            f"<title>{title}</title><link>https://news.example/{n}</link>"
            for n, title in enumerate(HEADLINES)
        )
        feeds.routes["/news.xml"] = Answer(body=rss(*items).encode())
        for path in ("/embed/embeddings", "/translate/chat/completions", "/extract/chat/completions"):
            feeds.routes[path] = tells_the_key
        desk = Desk(folder=folder, slack=slack, discord=discord, feeds=feeds, port=port)
        desk.config.write_text(configuration(desk, mode), encoding="utf-8")
        yield desk
        if desk.process is not None and desk.process.returncode is None:
            desk.process.kill()
            await desk.process.wait()


def configuration(desk: Desk, mode: str) -> str:
    rule = '[[channels.rules]]\nname = "ships"\nexpression = "frigate"\n'
    return f"""\
[poll]
contact = "mailto:desk@example.org"
allow = ["{desk.feeds.host}:{desk.feeds.port}"]
[page]
enabled = false
[http]
enabled = true
port = {desk.port}
[relevance]
embedder = "openai:small"
endpoint = "{desk.feeds.url("/embed")}"
[translation]
endpoint = "{desk.feeds.url("/translate")}"
model = "small"
[extraction]
endpoint = "{desk.feeds.url("/extract")}"
model = "small"
[slack]
api = "{desk.slack.api}"
mode = "{mode}"
[discord]
api = "{desk.discord.api}"
[[channels]]
id = "slack:C1"
name = "Desk"
language = "tr"
{rule}[[channels]]
id = "discord:{desk.discord.news.id}"
name = "News"
language = "tr"
{rule}[[feeds]]
url = "{desk.feeds.url("/news.xml")}"
name = "Harbour Gazette"
lang = "en"
"""


@pytest.mark.long
async def test_no_secret_is_shown_while_every_endpoint_fails_and_tokens_are_taken_away(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    async with opened(tmp_path, unused_tcp_port) as desk:
        posting = "chat.postMessage"
        failed = [
            desk.slack.inject(posting, slack_faults.server_error(500)),
            desk.slack.inject(posting, slack_faults.accepted_then_dropped()),
            desk.slack.inject(posting, slack_faults.refused("token_revoked")),
        ]
        refused = desk.discord.fault("500", channel=desk.discord.news.id, times=2)
        await desk.start()
        await desk.until(lambda: len(desk.slack.messages("C1")) >= 1 and refused.done > 0)
        for path in ("/embed/embeddings", "/translate/chat/completions", "/extract/chat/completions"):
            await desk.until(lambda path=path: bool(desk.feeds.asked(path)))  # type: ignore[misc]  # bound here
        await desk.until(lambda: any(one.done for one in failed))
        await desk.slack.command("/watch status")
        await desk.slack.command("/watch source test s1")
        desk.discord.server.token = "MTIzNDU2Nzg5.another.token-that-is-newer"
        desk.slack.bot_token = "xoxb-another-that-is-newer"
        await desk.slack.command("/watch search frigate")
        for path in ("/healthz", "/readyz", "/metrics"):
            await desk.ask(path)
        for words in (("status",), ("status", "of:delivery"), ("doctor",), ("doctor", "--json"), ("outbox",)):
            await desk.call(*words, *(("--channel", "slack:C1") if words[0] == "status" else ()))
        await desk.call("outbox", "show", "1")
        await desk.call("discord", "sync")
        await desk.call("backup", str(tmp_path / "copy.sqlite3"))
        assert desk.process is not None
        desk.process.terminate()
        assert await asyncio.wait_for(desk.process.wait(), WITHIN) == 0
        everything = desk.everything()
        assert "401" in everything, "an endpoint's refusal is told"
        assert '"level": "debug"' in everything
        assert not leaks(everything)


@pytest.mark.parametrize("how", ["wrong secret", "old"])
async def test_no_secret_is_shown_when_requests_are_signed_wrongly(
    tmp_path: Path, unused_tcp_port: int, how: str
) -> None:
    async with opened(tmp_path, unused_tcp_port, mode="http") as desk:
        await desk.start()
        await desk.until(lambda: "started" in desk.log.read_text(encoding="utf-8"))
        people = desk.slack.http(f"http://127.0.0.1:{unused_tcp_port}/slack/events", how=how)  # type: ignore[arg-type]  # one of the double's
        await people.command("/watch status")
        await desk.ask("/readyz")
        assert not leaks(desk.everything())


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "DISCORD_TOKEN", *KEYS])
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.mkdir(), id="a folder"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfe canary-of-this-file"), id="not text"),
        pytest.param(lambda path: path.with_name("other"), id="not there"),
    ],
)
def test_row_38_a_secrets_file_that_cannot_be_read_is_named_by_its_setting_and_never_shown(
    tmp_path: Path, name: str, spoil: Callable[[Path], object]
) -> None:
    config, file = tmp_path / "config.toml", tmp_path / "secret"
    spoil(file)
    config.write_text(unreachable(), encoding="utf-8")
    others = {one: value for one, value in environment().items() if one != name}
    done = called("run", "-c", config, environ={**others, f"{name}_FILE": str(file)})
    assert done.returncode == 78
    assert done.stderr.startswith(f"{name}_FILE: {file} cannot be read") or f"\n{name}_FILE: " in done.stderr
    assert "canary" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def unreachable() -> str:
    """Return a configuration that names everything that needs a secret, none of it there."""
    nowhere = "http://127.0.0.1:9"
    return (
        '[poll]\ncontact = "mailto:desk@example.org"\n[page]\nenabled = false\n'
        f'[relevance]\nembedder = "openai:small"\nendpoint = "{nowhere}"\n'
        f'[translation]\nendpoint = "{nowhere}"\nmodel = "small"\n'
        f'[extraction]\nendpoint = "{nowhere}"\nmodel = "small"\n'
        f'[slack]\napi = "{nowhere}/api/"\nmode = "http"\n[http]\nenabled = true\nport = 0\n'
        f'[discord]\napi = "{nowhere}"\n'
        '[[channels]]\nid = "slack:C1"\nname = "Desk"\n'
    )


@pytest.fixture
def untouched_logging() -> Iterator[None]:
    """Put the loggers back as they were."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    root.handlers[:], root.level = before
    for name in ("bot", "watchers"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.usefixtures("untouched_logging")
@pytest.mark.parametrize("terminal", [True, False], ids=["in a terminal", "in a file"])
def test_a_traceback_shows_no_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    set_up(level=logging.DEBUG)
    try:
        _fails(CANARIES["SLACK_BOT_TOKEN"])
    except ValueError:
        logging.getLogger("bot.somewhere").exception("It failed")
    shown = capsys.readouterr().err
    assert "It failed" in shown
    assert "_fails" in shown
    assert not leaks(shown)


def _fails(token: str) -> Sequence[str]:
    raise ValueError(f"{len(token)} characters will not do")
