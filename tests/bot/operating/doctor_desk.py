"""A desk for the doctor: both platforms' doubles, a feed, and a configuration that names them."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.operating.doctor import examined
from bot.operating.findings import Finding, as_json, as_text, exit_status
from tests.discord_double import DiscordDouble
from tests.doubles.slack import SlackDouble
from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SteppedClock, SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

SLACK_BOT, SLACK_APP = "xoxb-111-222-canaryBotToken", "xapp-1-A1-canaryAppToken"
SIGNING, DISCORD = "0123456789abcdef" * 2, "MTIzNDU2Nzg5.Gcanary.canary-of-discords-bot-token-38"
CANARIES = (SLACK_BOT, SLACK_APP, SIGNING, DISCORD)


@dataclass
class Desk:
    """Both platforms, a feed, and a configuration that names them; each part can be put out of order."""

    folder: Path
    slack: SlackDouble
    discord: DiscordDouble
    feeds: FeedServer
    environ: dict[str, str]
    slack_channel: str = "C1"
    discord_channel: str = ""
    slack_more: str = ""
    extra: str = ""
    sections: set[str] = field(default_factory=lambda: {"slack", "discord"})

    @property
    def path(self) -> Path:
        return self.folder / "config.toml"

    def write(self) -> None:
        """Write the configuration as it is described now."""
        text = f"""\
[poll]
contact = "mailto:desk@example.org"
allow = ["127.0.0.1:{self.feeds.port}"]
[[feeds]]
url = "{self.feeds.url("/news.xml?key=canary-of-the-feed")}"
name = "Harbour Gazette"
"""
        if "slack" in self.sections:
            text += f'[slack]\napi = "{self.slack.api}"\n{self.slack_more}\n'
            text += f'[[channels]]\nid = "slack:{self.slack_channel}"\nname = "Desk"\n'
        if "discord" in self.sections:
            text += f'[discord]\napi = "{self.discord.api}"\n'
            text += f'[[channels]]\nid = "discord:{self.discord_channel}"\nname = "Desk"\n'
        self.path.write_text(text + self.extra, encoding="utf-8")

    async def look(self, *, ahead: timedelta = timedelta()) -> tuple[Finding, ...]:
        """Examine everything, with a clock that is ahead of the platforms'."""
        self.write()
        clock = SteppedClock(datetime.now(UTC) + ahead) if ahead else SystemClock()
        return await examined(self.path, self.environ, clock=clock)

    async def stored(self) -> None:
        """Make a database with a channel on each platform, as people set up in chat."""
        async with open_store(f"sqlite:///{self.folder / 'vedette.sqlite3'}", clock=SystemClock()) as store:
            await store.channels.save(Channel(id="slack:C2", name="Procurement", origin="chat"))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as held:
        slack = await held.enter_async_context(SlackDouble())
        slack.bot_token, slack.app_token, slack.signing_secret = SLACK_BOT, SLACK_APP, SIGNING
        discord = await held.enter_async_context(DiscordDouble(token=DISCORD))
        feeds = await held.enter_async_context(feed_server())
        feeds.routes["/news.xml"] = Answer(body=rss("<title>Frigate ordered</title>").encode())
        environ = {"SLACK_BOT_TOKEN": SLACK_BOT, "SLACK_APP_TOKEN": SLACK_APP, "DISCORD_TOKEN": DISCORD}
        desk = Desk(folder, slack, discord, feeds, environ, discord_channel=discord.news.id)
        yield desk


def one(found: tuple[Finding, ...], check: str) -> Finding:
    """Return the worst finding of a check."""
    of_it = [finding for finding in found if finding.check == check]
    assert of_it, f"nothing was found of {check}: {[finding.check for finding in found]}"
    return max(of_it, key=lambda finding: exit_status([finding]))


class Fault(NamedTuple):
    """A fault: what is spoilt, where it shows, and words of what is told and how to mend it."""

    name: str
    spoil: Callable[[Desk], object]
    check: str
    state: str
    told: str
    cure: str

    async def shows(self, desk: Desk, *printed: Callable[[], str]) -> None:
        """Spoil the desk, and hold the doctor to naming it; no canary is in what is told or printed."""
        self.spoil(desk)
        found = await desk.look()
        here = f"discord:{desk.discord_channel}"
        finding = one(found, here if self.check == "discord:here" else self.check)
        assert finding.state == self.state, finding
        assert self.told in finding.found, finding
        assert self.cure in finding.cure, finding
        assert exit_status(found) >= {"warning": 1, "failure": 2}[self.state]
        shown = "".join((as_text(found), as_json(found), *(output() for output in printed)))
        assert "canary" not in shown.lower()


def with_secret(name: str, value: str) -> Callable[[Desk], None]:
    return lambda desk: desk.environ.update({name: value})


def with_file(name: str, path: str) -> Callable[[Desk], None]:
    def put(desk: Desk) -> None:
        del desk.environ[name]
        desk.environ[f"{name}_FILE"] = path

    return put
