"""Answer a command on the command line, beside a running process or without one."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from bot.commands.answer import Request, answer
from bot.config import load
from bot.errors import CommandError, ConfigError
from bot.platforms.preview.adapter import Terminal
from bot.platforms.preview.render_text import render_text
from bot.setup import beside
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.messages import Message


def answer_here(config: Path, words: Sequence[str], *, channel: str) -> str:
    """Return the reply to a command as text; `channel` empty means the only one.

    Raises CommandError, ConfigError and the store's errors, whose messages say what to do.
    """
    message = asyncio.run(_answer(config, words, channel=channel))
    terminal = Terminal.of(sys.stdout, os.environ)
    return "\n".join(render_text(message, width=terminal.width, colour=terminal.colour)) + "\n"


async def _answer(path: Path, words: Sequence[str], *, channel: str) -> Message:
    config = load(path)
    channels = [c.id for c in config.channels]
    if not channel and len(channels) > 1:
        raise CommandError(
            f"Which channel? There are {', '.join(channels)}.", example=f"--channel {channels[0]}"
        )
    if channel and channel not in channels:
        raise CommandError(f'There is no channel "{channel}"; there are {", ".join(channels)}.')
    database = beside(path, config.database.path)
    if not database.exists():
        raise ConfigError(f"{database}: not there yet; start `vedette run` once")
    clock = SystemClock()
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        request = Request(text=" ".join(map(_quoted, words)), channel=channel or channels[0], may_change=True)
        return await answer(request, store=store, clock=clock)


def _quoted(word: str) -> str:
    """Return an argument as it would be typed in chat: the shell has taken its quotes."""
    return f'"{word}"' if not word or (any(c.isspace() for c in word) and '"' not in word) else word
