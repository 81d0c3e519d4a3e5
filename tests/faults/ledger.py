"""What was to arrive, what the doubles stored, and the difference: lost, doubled, marked."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.messages import REPEATED
from bot.platforms.discord.render import nonce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble

MARK: Final = REPEATED.partition(":")[0]  # up to where Discord needs an escape
REFUSED: Final = frozenset({"ratelimited", "error"})  # an attempt that surely left nothing
WRITTEN: Final = "SELECT id, channel, key FROM outbox WHERE op = 'post' AND id > ? ORDER BY id"
UNDER_WAY: Final = "SELECT count(*) FROM outbox WHERE state = 'queued'"
DEAD: Final = "SELECT key, last_error FROM outbox WHERE state = 'dead'"
IN_HAND: Final = (
    "SELECT channel, key, attempts FROM outbox WHERE state = 'queued' AND lease_token IS NOT NULL"
)
LAST: Final = "SELECT coalesce(max(id), 0) FROM outbox"


@dataclass(frozen=True, slots=True)
class Due:
    """One message that is to arrive once: the channel, and the key or the word that it is known by."""

    channel: str
    key: str = ""
    token: str = ""

    def __str__(self) -> str:
        return self.key or f"{self.channel}/{self.token}"


@dataclass(frozen=True, slots=True)
class Stored:
    """One message that a double stored; `top` tells whether it stands in the channel itself."""

    channel: str
    mark: str  # Slack: the delivery's key; Discord: the nonce made from it
    text: str
    top: bool
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How the messages of a run fared. `doubled` leaves out copies that say they may be repeats."""

    deliveries: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    marked: int
    unjustified: tuple[str, ...]  # marked more often than an attempt was ambiguous


def written(database: Path, after: int) -> list[Due]:
    """Return the posts that were written to the outbox since the message of that id."""
    with closing(_read(database)) as connection:
        return [Due(channel, key) for _, channel, key in connection.execute(WRITTEN, (after,))]


def last(database: Path) -> int:
    """Return the id of the last message written to the outbox."""
    return _number(database, LAST)


def in_hand(database: Path, slack: SlackDouble, discord: DiscordDouble) -> Counter[str]:
    """Return what a dead process had in hand and no double saw: it cannot know that nothing was sent."""
    seen = _tries(slack, discord)
    with closing(_read(database)) as connection:
        held = [(mark_of(Due(channel, key)), n) for channel, key, n in connection.execute(IN_HAND)]
    return Counter(mark for mark, attempts in held if attempts > len(seen.get(mark, ())))


def under_way(database: Path) -> int:
    """Return how many messages wait."""
    return _number(database, UNDER_WAY)


def dead(database: Path) -> list[str]:
    """Return which messages were given up, and why."""
    with closing(_read(database)) as connection:
        return [f"{key}: {why}" for key, why in connection.execute(DEAD)]


def _number(database: Path, query: str) -> int:
    with closing(_read(database)) as connection:
        (found,) = connection.execute(query).fetchone()
    return int(found)


def _read(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20.0)


def stored(slack: SlackDouble, discord: DiscordDouble, *, latest: int = 0) -> list[Stored]:
    """Return everything of the bot's that the doubles hold, deleted posts too.

    `latest` looks only at so many of a platform's or a channel's latest messages.
    """
    found = []
    for message in slack.space.posts[-8 * latest :]:
        if message.is_ours:
            key = str((message.metadata.get("event_payload") or {}).get("key", ""))
            first = message.before[0] if message.before else message.wire()  # an edit takes a mark away
            text = json.dumps([first["text"], first.get("blocks")], ensure_ascii=False)
            top = not message.thread_ts or message.thread_ts == message.ts
            found.append(Stored(f"slack:{message.channel}", key, text, top, MARK in text))
    bot = discord.world.bot.id
    for post in [post for place in discord.world.channels for post in place.posts[-latest:]]:
        if post.data["author"]["id"] == bot and not post.ephemeral:
            place = post.channel.parent or post.channel
            shown = json.dumps(post.versions[0], ensure_ascii=False)
            mark = str(post.versions[0].get("nonce") or "")
            top = post.channel.parent is None
            found.append(Stored(f"discord:{place.id}", mark, shown, top, MARK in shown))
    return found


def count(due: Iterable[Due], there: Iterable[Stored], attempts: Counter[str]) -> Count:
    """Compare what was to arrive with what is there; `attempts` are those that may have been repeated."""
    due, there = list(due), list(there)
    by_mark: dict[tuple[str, str], list[Stored]] = {}
    for copy in there:
        by_mark.setdefault((copy.channel, copy.mark), []).append(copy)
    lost, doubled, unjustified, marked = list[str](), list[str](), list[str](), 0
    for one in due:
        copies = by_mark.get((one.channel, mark_of(one)), []) if one.key else _told(one, there)
        marks = sum(each.marked for each in copies)
        marked += marks
        if not copies:
            lost.append(str(one))
        if len(copies) - marks > 1:
            doubled.append(str(one))
        if one.key and marks > attempts[mark_of(one)]:
            unjustified.append(str(one))
    return Count(
        deliveries=sum(bool(one.key) for one in due) or len(due),
        lost=tuple(lost),
        doubled=tuple(doubled),
        marked=marked,
        unjustified=tuple(unjustified),
    )


def mark_of(due: Due) -> str:
    """Return what the double keeps of a delivery's key."""
    return due.key if due.channel.startswith("slack:") else str(nonce(due.key))


def _told(due: Due, there: Iterable[Stored]) -> list[Stored]:
    """Return what tells of it in its channel; answers to commands carry no delivery's mark."""
    return [
        one for one in there if one.top and one.mark and one.channel == due.channel and due.token in one.text
    ]


def repeatable(slack: SlackDouble, discord: DiscordDouble) -> Counter[str]:
    """Count for each delivery the attempts that were followed by another and were no clear refusal."""
    return Counter({mark: sum(unclear[:-1]) for mark, unclear in _tries(slack, discord).items()})


def _tries(slack: SlackDouble, discord: DiscordDouble) -> dict[str, list[bool]]:
    """Return for each delivery the attempts that the doubles saw, and which were no clear refusal."""
    tries: dict[str, list[bool]] = {}
    for call in slack.asked("chat.postMessage"):
        payload = (call.payload.get("metadata") or {}).get("event_payload") or {}
        tries.setdefault(str(payload.get("key", "")), []).append(call.outcome not in REFUSED)
    for one in discord.called("create_message"):
        clear = 400 <= one.status < 500
        tries.setdefault(str(one.body.get("nonce", "")), []).append(not clear)
    return tries
