"""Forgetting somebody: whom an id means, and what was removed of them, in words."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from bot.config import load
from bot.database import where
from bot.errors import CommandError
from bot.platforms.inert import one_line
from bot.wording.phrases import say
from watchers.clock import SystemClock
from watchers.store.people import Person
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from watchers.store.people import Kept

EXAMPLE: Final = "/watch forget U0123ABCD --dry-run"
# Slack's ids of people begin with U or W, Discord's are numbers ("Working with Slack IDs", "Snowflakes").
PLATFORMS: Final = {"slack": re.compile(r"[UW][A-Z0-9]{2,20}"), "discord": re.compile(r"\d{5,20}")}
_AS_MENTIONED: Final = re.compile(
    r"<@!?([A-Z0-9]{3,21})(?:\|[^<>]{0,100})?>|@?(?:(\w{1,10}):)?([A-Z0-9]{3,21})"
)
_KINDS: Final = (
    "votes",
    "follows",
    "mutes",
    "changes",
    "makings",
    "pings",
    "messages",
    "askings",
    "mentions",
)


def person_of(text: str, platform: str = "", names: Sequence[str] = ()) -> Person:
    """Return whom an id means, as copied from Slack or Discord. Raises CommandError for what is none."""
    if platform and platform not in PLATFORMS:
        raise CommandError(
            f'People are known on {" and ".join(PLATFORMS)}, not on "{one_line(platform)}".', example=EXAMPLE
        )
    found = _AS_MENTIONED.fullmatch(text.strip())
    own = (found[1] or found[3]) if found else ""
    said = (found[2] or platform) if found else ""
    fitting = [name for name, ids in PLATFORMS.items() if ids.fullmatch(own) and said in {"", name}]
    if not fitting or (platform and said != platform):
        raise CommandError(
            f'"{one_line(text)}" is no id of a person: Slack shows one in a profile under "Copy member ID", '
            'Discord in developer mode under "Copy User ID".',
            example=EXAMPLE,
        )
    return Person(id=f"{fitting[0]}:{own}", names=frozenset(filter(None, (n.strip() for n in names))))


def removed(kept: Kept, lang: str) -> Iterator[str]:
    """Return what was removed of somebody, or would be, a line a kind with its number."""
    for kind in _KINDS:
        if count := getattr(kept, kind):
            yield say(f"forget_{kind}", lang, count=count)


def forget_here(
    config: Path, user: str, *, platform: str = "", names: Sequence[str] = (), dry_run: bool = False
) -> str:
    """Forget somebody beside a running process or without one, and return what is to be said.

    Raises CommandError for what is no person's id, ConfigError without a database, and the store's errors.
    """
    return asyncio.run(_forgotten(config, person_of(user, platform, names), dry_run=dry_run))


async def _forgotten(path: Path, person: Person, *, dry_run: bool) -> str:
    async with open_store(where(load(path), path).existing(), clock=SystemClock()) as store:
        kept = await (store.people.kept(person) if dry_run else store.people.forget(person))
    return "\n".join(_said(kept, person, dry_run=dry_run)) + "\n"


def _said(kept: Kept, person: Person, *, dry_run: bool) -> Iterator[str]:
    if not kept.total:
        yield f"Nothing is kept of {person.id}."
        return
    yield f"{'This would be removed' if dry_run else 'Removed'} of {person.id}:"
    for line in removed(kept, "en"):
        yield f"  {line}"
    if dry_run:
        yield "Nothing was changed."
        return
    yield "Backups, logs and exported files may still name them; docs/privacy.md says what to do about those."
