"""What an import would do: which feeds are new here, known or dead, which asking them side by side tells."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from bot.commands.parse import shown
from bot.commands.trying import is_inside, tried
from bot.errors import CommandError
from bot.wording.values import shorten
from watchers.feeds.newssearch import is_search
from watchers.feeds.opml import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.trying import Tried

PLAN: Final = "plan-"
MOST: Final = 1_000  # sources of one import; as many feeds as polling is measured with
AT_ONCE: Final = 12  # feeds asked side by side; more would crowd out polling, which shares the client
_KEPT: Final = "source.import."  # and a channel's id: its last plan


class _Kept(TypedDict):
    number: int
    adds: list[list[str]]  # address, name, tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do in one channel.

    `adds` are new here; of those `failing` did not answer just now and `unasked` were not tried for want of
    time. `dead` come with why they will never be read. `beyond` are more than one import takes.
    """

    adds: tuple[Outline, ...] = ()
    known: int = 0
    dead: tuple[tuple[Outline, str], ...] = ()
    searches: tuple[Outline, ...] = ()
    failing: int = 0
    unasked: int = 0
    beyond: int = 0

    @property
    def unsure(self) -> int:
        """Return of how many it is not known that they can be read."""
        return self.failing + self.unasked


async def told_of(outlines: Sequence[Outline], desk: Desk) -> Plan:
    """Find out what an import of these feeds would do; nobody is asked for one that the bot knows."""
    here = {link.url for link in await desk.store.channels.feeds(desk.home)}
    known = {feed.url for feed in await desk.store.feeds.all()}
    fresh = [one for one in outlines if one.url not in here]
    faulty = [(one, one.fault) for one in fresh if one.fault]
    searches = tuple(one for one in fresh if not one.fault and is_search(one.url))
    rest = [one for one in fresh if not one.fault and not is_search(one.url)]
    some = rest[:MOST]
    answers = await _asked([one.url for one in some if one.url not in known], desk)
    lost = {
        url: answer for url, answer in answers.items() if answer.error and (answer.hopeless or is_inside(url))
    }
    return Plan(
        adds=tuple(one for one in some if one.url not in lost),
        known=len(outlines) - len(fresh),
        dead=(*faulty, *((one, _why(lost[one.url])) for one in some if one.url in lost)),
        searches=searches,
        failing=sum(bool(answer.error) for answer in answers.values()) - len(lost),
        unasked=sum(one.url not in known and one.url not in answers for one in some),
        beyond=len(rest) - len(some),
    )


def _why(answer: Tried) -> str:
    return shorten(str(answer.error)) if answer.error else ""


async def _asked(urls: Sequence[str], desk: Desk) -> dict[str, Tried]:
    """Ask addresses side by side, a bounded number at once, for as long as the asker's patience lasts."""
    answers: dict[str, Tried] = {}
    waiting = iter(urls)

    async def ask_on() -> None:
        for url in waiting:
            answers[url] = await tried(url, desk, offers=False)
            if desk.progress is not None:
                desk.progress(len(answers), len(urls))

    try:
        async with asyncio.timeout(desk.patience), asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(urls))):
                group.create_task(ask_on())
    except TimeoutError:
        return dict(answers)  # the rest is told as not tried
    return answers


async def keep(plan: Plan, desk: Desk) -> str:
    """Keep a plan as the channel's last, in place of the one before; return what to call it by."""
    async with desk.store.transaction() as rooms:
        last = json.loads(await rooms.kept.get(_KEPT + desk.home) or '{"number": 0}')
        number = int(last["number"]) + 1
        adds = [[one.url, one.name, *one.tags] for one in plan.adds]
        await rooms.kept.put(_KEPT + desk.home, json.dumps({"number": number, "adds": adds}))
    return f"{PLAN}{number}"


async def planned(name: str, desk: Desk) -> tuple[str, Plan]:
    """Return the kept plan of a name. Raises CommandError if it is not the channel's last one."""
    text = await desk.store.kept.get(_KEPT + desk.home)
    last: _Kept = json.loads(text) if text else {"number": 0, "adds": []}
    if name != f"{PLAN}{last['number']}":
        raise CommandError(
            f'"{shown(name)}" is not at hand any more; import the file again.',
            example="/watch source import https://example.org/feeds.opml",
        )
    adds = tuple(Outline(url=url, name=title, tags=tuple(tags)) for url, title, *tags in last["adds"])
    return name, Plan(adds=adds)
