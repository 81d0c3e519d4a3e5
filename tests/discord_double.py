"""A Discord on loopback for tests: REST and gateway, as strict as the real one, with faults to order.

async with DiscordDouble() as discord_double, discord_double.pointed():
    …                                    # start a bot; `pointed` turns discord.py to the double
    await discord_double.ready()
    answered = await discord_double.command("watch", ["why"], {"article": "a1"})
    assert answered.ephemeral
"""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import yarl
from aiohttp import web

from tests.discord_asked import Asked
from tests.discord_asking import NotPossibleError
from tests.discord_faults import KINDS, Call, Fault, Limits, Upload
from tests.discord_gateway import Gateway
from tests.discord_interactions import Interactions
from tests.discord_json import Bell, JsonObject, SetClock, Snowflakes
from tests.discord_payloads import channel_json
from tests.discord_people import People
from tests.discord_posts import Desk
from tests.discord_rest import Rest
from tests.discord_server import Server
from tests.discord_world import FORUM, PERMISSIONS, TEXT, Channel, Member, Post, Role, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

__all__ = ["Asked", "Channel", "DiscordDouble", "Member", "NotPossibleError", "Post", "Role", "Upload"]

TOKEN = "double.token.of-nobody"
LOG_VARIABLE = "DISCORD_DOUBLE_LOG"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a real Discord would refuse or an operator would regret: in which call, and what."""

    method: str
    message: str


class DiscordDouble(People):
    """One guild with "news" and "desk" to write in, a forum "stories", ada who manages, and bob who does not.

    `strict` refuses messages without allowed_mentions, which Discord takes. `bucket` is how many calls of one
    route and channel pass in how many seconds, `rate` how many calls in all in one. `start` is what its clock
    begins with. `log` is a file for JSON lines of all calls; DISCORD_DOUBLE_LOG names one too.
    """

    def __init__(
        self,
        *,
        strict: bool = True,
        start: datetime | None = None,
        log: Path | None = None,
        bucket: tuple[int, float] = (50, 1.0),
        rate: int = 50,
        token: str = TOKEN,
    ) -> None:
        named = os.environ.get(LOG_VARIABLE)
        self.token = token
        self.bell, self.clock = Bell(), SetClock(start)
        self.world = World(Snowflakes(self.clock))
        self.findings: list[Finding] = []
        self.gateway = Gateway(self.world, self.bell, self.clock, self._find, token=token)
        self.desk = Desk(self.world, self.gateway, self.bell, self.clock, self._find, strict=strict)
        self.rest, self.interactions = Rest(self.desk), Interactions(self.desk)
        self.server = Server(
            {**self.rest.routes, **self.interactions.routes},
            bell=self.bell,
            clock=self.clock,
            find=self._find,
            limits=Limits(bucket, rate),
            token=token,
            uploads=self.desk.uploads,
            log=log or (Path(named) if named else None),
        )
        self.port = 0
        self._runner: web.AppRunner | None = None
        self.world.add_role("Moderator", ("manage_channels",))
        self.world.add_role("Desk", ())
        self.ada, self.bob = self.add_member("ada", manages=True), self.add_member("bob")
        self.news, self.office = self.add_channel("news"), self.add_channel("desk")
        self.forum = self.add_channel("stories", kind=FORUM)

    async def __aenter__(self) -> Self:
        application = self.server.application(self.gateway.serve)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway"
        self.desk.files = f"http://127.0.0.1:{self.port}/files"
        return self

    async def __aexit__(self, *_about: object) -> None:
        self.gateway.refusing = True
        self.gateway.abort()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """What discord.http.Route.BASE has to be."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    @contextmanager
    def pointed(self) -> Iterator[None]:
        """Turn discord.py to the double, REST base and first gateway both, and back at the end."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop on 3.11 and 3.12
            from discord.gateway import DiscordWebSocket  # noqa: PLC0415 — only tests of Discord need it
            from discord.http import Route  # noqa: PLC0415
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api, yarl.URL(self.gateway.url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    # What is there.

    @property
    def calls(self) -> list[Call]:
        """Every request, oldest first."""
        return self.server.calls

    def called(self, method: str) -> list[Call]:
        """Return the requests of one name, such as "create_message"."""
        return [call for call in self.calls if call.method == method]

    @property
    def invalid(self) -> int:
        """How many calls were answered with 401, 403 or 429: 10,000 in ten minutes get an address banned."""
        return sum(call.status in {401, 403, 429} for call in self.calls)

    def posts(self, channel: Channel | str | None = None) -> list[Post]:
        """Return what stands in a channel, or in all, oldest first; ephemeral and deleted posts left out."""
        places = self.world.channels if channel is None else [self.channel(channel)]
        return [post for place in places for post in place.shown()]

    @property
    def ephemerals(self) -> list[Post]:
        """What single people saw."""
        return self.world.hidden

    @property
    def deleted(self) -> list[Post]:
        """What was taken away."""
        return [post for post in self.world.every_post() if post.deleted]

    @property
    def commands(self) -> list[JsonObject]:
        """All commands that were synced, for the guild and global."""
        return [command for scope in self.rest.commands.values() for command in scope]

    def threads(self, channel: Channel | str) -> list[Channel]:
        """Return a channel's threads."""
        parent = self.channel(channel)
        return [one for one in self.world.channels if one.parent is parent]

    # Setting it up.

    def add_member(self, name: str, *, manages: bool = False, roles: tuple[str, ...] = ()) -> Member:
        """Let somebody in; `manages` gives the role that may manage channels."""
        return self.world.add_member(name, (*roles, *(("Moderator",) if manages else ())))

    def add_role(self, name: str, *permissions: str) -> Role:
        """Make a role; permissions by Discord's names in lower case."""
        return self.world.add_role(name, permissions)

    def add_channel(self, name: str, *, kind: int = TEXT) -> Channel:
        """Open a channel and tell the bot."""
        channel = self.world.add_channel(name, kind)
        self.gateway.dispatch("CHANNEL_CREATE", channel_json(self.world, channel))
        return channel

    def remove_channel(self, channel: Channel | str) -> None:
        """Delete a channel and tell the bot."""
        gone = self.channel(channel)
        told = channel_json(self.world, gone)
        self.world.channels = [
            one for one in self.world.channels if one is not gone and one.parent is not gone
        ]
        self.gateway.dispatch("CHANNEL_DELETE", told)

    def deny(self, channel: Channel | str, *permissions: str, who: Member | Role | None = None) -> None:
        """Take permissions in a channel from the bot, or from somebody; without any, give them back."""
        place = self.channel(channel)
        place.denied[(who or self.world.bot).id] = sum(PERMISSIONS[name] for name in permissions)
        self.gateway.dispatch("CHANNEL_UPDATE", channel_json(self.world, place))

    def dm(self, person: Member | str) -> Channel:
        """Return the bot's direct conversation with somebody."""
        return self.rest.direct(self.member(person))

    def fault(
        self,
        kind: str,
        on: str = "create_message",
        *,
        times: int = 1,
        skip: int = 0,
        seconds: float = 1.0,
        channel: Channel | str | None = None,
        then: Callable[[], None] | None = None,
    ) -> Fault:
        """Order a fault of `discord_faults.KINDS` for a method ("*" is every one).

        `seconds` is the wait of a 429 or of a slow answer; `then` is called when it happens, for an accept_…
        after the effect and before the answer.
        """
        if kind not in KINDS:
            raise ValueError(f"no fault {kind!r}; there are {sorted(KINDS)}")
        place = "" if channel is None else self.channel(channel).id
        order = Fault(kind=kind, on=on, channel=place, times=times, skip=skip, seconds=seconds, then=then)
        self.server.faults.orders.append(order)
        return order

    # Waiting.

    async def ready(self, sessions: int = 1, *, within: float = 5.0) -> None:
        """Wait until so many bots are connected."""
        await self.gateway.until_ready(sessions, within=within)

    async def until(self, true: Callable[[], bool], *, within: float = 5.0) -> None:
        """Wait until something is true of the double; TimeoutError if it does not come."""
        await self.bell.until(true, within=within)

    def _find(self, method: str, message: str) -> None:
        self.findings.append(Finding(method, message))
