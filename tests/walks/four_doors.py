"""A bot with one story told, and its four doors: Slack, Discord, the page and the command line."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.operating.console import answer_here
from bot.platforms.discord.tree import slots
from bot.run import page_of
from tests.discord_asked import DEFERRED
from tests.doubles.slack_state import Person
from tests.feedserver import Answer, feed_server
from tests.walks.chat_walk import ChatWalk, chat_walk, words
from tests.walks.test_walk_chat import FIVE, RULE, rss
from watchers.clock import SystemClock
from watchers.feeds.opml import Outline, write_opml

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

FOLLOWS_WITHIN = 5.0  # seconds from a private answer to the one for the channel, on a busy machine
EDITOR = "U02"  # whom the configuration names; there a Slack id has three letters at least
DOORS = ("slack", "discord", "page", "shell")


_PAGE = b"""<html><head><title>Coast</title>
<link rel="alternate" type="application/rss+xml" title="Coast wire" href="/coast"></head><body><main>
<article><h2><a href="/2025/08/sarn-gets-a-new-quay">Sarn gets a new quay after nine years</a></h2></article>
<article><h2><a href="/2025/08/petrel-yard-opens">The Petrel yard opens its gates to all</a></h2></article>
<article><h2><a href="/2025/08/norland-buys-boats">Norland buys twelve boats for its coast</a></h2></article>
<article><h2><a href="/2025/08/two-piers-close">Two piers close for the whole winter</a></h2></article>
</main></body></html>"""


@dataclass(frozen=True)
class Heard:
    """What an answer said and who saw it."""

    text: str
    shown: str


@dataclass
class Doors:
    """One running bot, asked through each of its doors; every door has a channel of its own."""

    walk: ChatWalk
    config: Path
    link: str
    session: aiohttp.ClientSession
    feed: str

    async def known(self, door: str) -> dict[str, str]:
        """Return what a line may name: the feed, and the channel's last change and mute."""
        channel = {"slack": "slack:C1", "discord": self.walk.discord_channel, "page": "preview:desk"}.get(
            door, "preview:shell"
        )
        store = self.walk.app.store
        changes = [one.number for one in await store.audits.listed(channel) if one.undo]
        mutes = [one.number for one in await store.mutes.listed(channel)]
        return {
            "feed": self.feed,
            "page": self.feed.replace("/feed", "/"),
            "opml": self.feed.replace("/feed", "/mine.opml"),
            "search": "https://news.google.com/rss/search?q=frigate",
            "change": f"u{max(changes, default=0)}",
            "mute": f"m{max(mutes, default=0)}",
        }

    async def ask(self, door: str, text: str) -> Heard:
        """Ask through one door."""
        return await getattr(self, door)(text)  # type: ignore[no-any-return]  # one of the methods below

    async def slack(self, text: str) -> Heard:
        slack = self.walk.slack
        private, public = len(slack.ephemerals(EDITOR)), len(slack.messages("C1"))
        answered = len(slack.asked("response_url"))
        await slack.command(f"/watch {text}", user=EDITOR)
        await slack.called("response_url", answered + 1, within=15, settled=True)
        if len(slack.messages("C1")) > public:
            return Heard(_read(words([m.blocks for m in slack.messages("C1")[public:]])), "channel")
        return Heard(_read(words([m.blocks for m in slack.ephemerals(EDITOR)[private:]])), "asker")

    async def discord(self, text: str) -> Heard:
        form, command = parse(text, FORMS)
        options: dict[str, str] = dict(command.options)
        free = [slot.name for slot in slots(form) if slot.value]
        for n, name in enumerate(free):
            taken = command.values[n : None if n == len(free) - 1 else n + 1]
            if taken:
                options[name] = " ".join(taken)
        asked = await self.walk.discord.command("watch", form.name.split(), options)
        await asked.until(lambda one: bool(one.posts), within=60)
        if asked.callback == DEFERRED and (form.right or "show" in options):
            # What took long was promised to the asker alone; an answer for the channel follows that one.
            with suppress(TimeoutError):
                await asked.until(lambda one: not one.ephemeral, within=FOLLOWS_WITHIN)
        return Heard(_read(asked.text), "asker" if asked.ephemeral else "channel")

    async def page(self, text: str) -> Heard:
        origin = str(URL(self.link).origin())
        async with self.session.post(
            f"{origin}/answer",
            data={"command": text},
            headers={"Origin": origin, "Accept": "application/json"},
        ) as response:
            html = (await response.json())["html"]
        plain = unescape(re.sub(r"<[^>]+>", " ", html))
        return Heard(_read(plain), "channel" if "veryone here sees this" in plain else "asker")

    async def shell(self, text: str) -> Heard:
        pieces = re.findall(r'[a-z]+:"[^"]*"|"[^"]*"|\S+', text)
        said, _ = await asyncio.to_thread(answer_here, self.config, pieces, channel="preview:shell")
        # What is "/watch …" in a channel is "vedette …" in a shell, which names the channel beside it.
        return Heard(re.sub(r"vedette (?:--channel preview:shell )?", "/watch ", _read(said)), "")


def _read(text: str) -> str:
    """Return a text as eyes take it: no escapes, no markup, single blanks."""
    plain = re.sub(r"<(https?:[^|>]*)\|([^>]*)>", r"\2", unescape(text))
    plain = re.sub(r"\[((?:\\.|[^\]\\])*)\]\(<?[^)]*\)", r"\1", plain)
    return " ".join(re.sub(r"\\(?=\W)|[*_`]", "", plain).split())


@asynccontextmanager
async def opened(folder: Path, *more: tuple[str, str, str]) -> AsyncIterator[Doors]:
    """Open a bot with one story told, or several, and its doors."""
    async with feed_server() as server:
        now = SystemClock().now()  # the command line knows no other time
        told = f"{FIVE} Petrel Works will hand over the first drone by the end of {now.year + 1}."
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", told), *more, at=now)
        feed, coast = server.url("/feed"), server.url("/coast")
        server.routes["/coast"] = rss(("c", "Sarn gets a new quay", FIVE), at=now)
        server.routes["/"] = Answer(body=_PAGE, headers={"Content-Type": "text/html"})
        mine = (Outline(url=feed, name="Gazette"), Outline(url=coast, name="Coast", tags=("coast",)))
        server.routes["/mine.opml"] = Answer(body=write_opml(mine, title="Mine", at=now).encode())
        allow = [f"{server.host}:{server.port}"]
        config = folder / "config.toml"
        config.write_text(
            f'[poll]\ncontact = "mailto:desk@example.org"\nallow = {allow}\n'
            '[relevance]\nembedder = "none"\n[[channels]]\nid = "preview:shell"\nname = "Shell"\n',
            encoding="utf-8",
        )
        async with (
            chat_walk(
                folder,
                at=now - timedelta(hours=1),
                feeds=[{"url": feed, "name": "Harbour Gazette", "lang": "en"}],
                allow=allow,
                channel=RULE | {"digest": {"at": "08:00"}},
                more=("preview:shell",),
                editors=(EDITOR,),  # stories and promises are changed for every channel
                roles=("Moderator",),
            ) as walk,
            page_of(walk.app, host="127.0.0.1", port=0) as link,
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
        ):
            walk.slack.space.people[EDITOR] = Person(id=EDITOR, name="editor")
            await walk.round()
            walk.clock.move_to(now)
            async with session.get(link) as response:
                assert response.status == 200
            yield Doors(walk=walk, config=config, link=link, session=session, feed=feed)
