"""`vedette backup` and `vedette restore`: what is done, and what it means, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.config import load
from bot.database import where
from watchers.clock import SystemClock
from watchers.store import backup as copies
from watchers.store.restore import restore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from watchers.store.backup import Inspected
    from watchers.store.carried import Carried

APART: Final = "The configuration file and the tokens are not in it: keep them apart."


def back_up(config: Path, target: Path, *, force: bool) -> str:
    """Write a copy of the database, beside a running process or without one; return what is to be said."""
    database = where(load(config), config).as_file()
    held = copies.back_up(database, target, force=force)
    return "\n".join([f"Written: {target}, {_size(held.size)}", *_contents(held), APART, ""])


def check(file: Path) -> str:
    """Return what a sound backup holds, in words. Raises the store's errors for one that is not."""
    held = copies.inspect(file)
    return "\n".join([f"{file} is sound: {_size(held.size)}, revision {held.revision}", *_contents(held), ""])


def restore_here(config: Path, file: Path) -> str:
    """Put a backup in the place of the database; return what was done and what it means.

    Raises StoreBusyError while `vedette run` is on, and the store's errors for a file that will not do.
    """
    database = where(load(config), config).as_file()
    done = restore(database, file, clock=SystemClock())
    lines = [f"Restored: {database} from {file}", *_contents(done.held), *_meaning(done.carried)]
    if done.kept is not None:
        lines.append(f"The database from before is kept as {done.kept}")
    return "\n".join([*lines, "Start it again: vedette run", ""])


def _meaning(carried: Carried) -> Iterator[str]:
    if not carried.why:
        yield (
            f"Taken over from the present database: {carried.stories} stories, {carried.messages} messages "
            f"delivered and {carried.retractions} retractions since the backup, with digests and mutes. "
            "Nothing is told twice, and nothing is lost."
        )
        yield "Channels, rules, sources, exemplars, votes and settings are as they were in the backup."
        if carried.left:
            yield f"Damaged in the present database, and as in the backup: {', '.join(carried.left)}"
        return
    yield f"Nothing was taken over from the present database: {carried.why}."
    if carried.retractions:
        yield f"But for {carried.retractions} retractions: what was taken back stays so."
    yield (
        "What was told since the backup may be told once more, where a feed still has it; so may a digest of "
        "today. Nothing is lost that a feed still has."
    )


def _contents(held: Inspected) -> Iterator[str]:
    yield "  " + ", ".join(f"{name}: {count}" for name, count in held.counts)
    yield f"  last article read {_at(held.last_entry)}, last message delivered {_at(held.last_delivery)}"


def _size(held: int) -> str:
    return f"{held / 1_000_000:.1f} MB"


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"
