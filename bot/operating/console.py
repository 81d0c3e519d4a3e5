"""Answer a command on the command line, beside a running process or without one."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.asking import client_of
from bot.commands.answer import CommandLayer
from bot.commands.desk import PATIENCE as USUAL_PATIENCE
from bot.commands.request import Asker, File, Request
from bot.commands.values import nearest
from bot.config import load
from bot.database import where
from bot.errors import BotError, CommandError
from bot.judging import JudgingAlone, lens_of
from bot.models import reader_start
from bot.operating.called import as_typed, called_as
from bot.platforms.preview.adapter import Terminal
from bot.platforms.preview.render_text import render_text
from bot.reading import ReadingAlone
from bot.replay.progress import Progress
from bot.wording.typed import typed
from watchers.clock import SystemClock
from watchers.feeds.opml import MAX_OPML
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.request import Reply
    from bot.config import Config

PATIENCE = 600.0  # seconds that an import may ask feeds; a person at a terminal sees how far it is
OPERATOR = Asker(id="shell:operator", name="The operator", manages=True)


def answer_here(config: Path, words: Sequence[str], *, channel: str) -> tuple[str, bool]:
    """Return the reply to a command as text and whether it was carried out; `channel` empty: the only one.

    A file in the reply is written to the current folder. Raises CommandError, ConfigError and the store's
    errors, whose messages say what to do.
    """
    reply, named = asyncio.run(_answer(config, words, channel=channel))
    terminal = Terminal.of(sys.stdout, os.environ)
    called = called_as(os.environ)
    message = typed(reply.message, called, channel=named)
    lines = list(render_text(message, width=terminal.width, colour=terminal.colour))
    if reply.file is not None:
        Path(reply.file.name).write_bytes(reply.file.body)
        lines.append(f"Written: {reply.file.name}")
    return as_typed("\n".join(lines), called) + "\n", not reply.refused


async def _answer(path: Path, words: Sequence[str], *, channel: str) -> tuple[Reply, str]:
    """Return the reply, and the channel if there are several, so that each line has to name it."""
    config = load(path)
    database = where(config, path).existing()
    clock = SystemClock()
    reader_start(config.relevance, os.environ)()  # this process may come to read, too
    async with open_store(database, clock=clock) as store:
        known = [one.id for one in await store.channels.all() if one.active]
        about = _channel(channel, known, config, words)
        request = Request(
            text=" ".join(map(_quoted, words)),
            channel=about,
            asker=OPERATOR,
            file=_file(words),
        )
        alone = ReadingAlone(lambda: client_of(config.poll), clock=clock)
        # Whoever imports asks hundreds of feeds, for which client and worker are opened once.
        many = request.text.startswith("source import")
        async with alone.opened() if many else nullcontext(alone) as reading:
            reply = await CommandLayer(
                store,
                clock=clock,
                reading=reading,
                judging=JudgingAlone(lens_of(config, path)),
                patience=PATIENCE if many else USUAL_PATIENCE,
                progress=Progress(sys.stderr, "feeds").at if many else None,
            ).answer(request)
    if reply is None:
        raise BotError("that was answered before")
    return reply, about if len(known) > 1 else ""


def _file(words: Sequence[str]) -> File | None:
    """Return the file that a command names which takes one, None if it names none. Raises CommandError."""
    if tuple(words[:2]) != ("source", "import"):
        return None
    path = next((Path(word) for word in words[2:] if "://" not in word and Path(word).is_file()), None)
    if path is None:
        return None
    try:
        with path.open("rb") as opened:
            return File(name=path.name, body=opened.read(MAX_OPML + 1))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _channel(named: str, known: Sequence[str], config: Config, words: Sequence[str]) -> str:
    """Return the channel a command is about. Raises CommandError if it has to be named, or is none."""
    if named and named not in known and named not in {one.id for one in config.channels}:
        raise CommandError(
            f'There is no channel "{named}"; there are {", ".join(known) or "none"}.',
            nearest=nearest(named, known),
        )
    if not named and len(known) > 1:
        whole = f"/watch {shlex.join(words)} --channel {known[0]}"
        raise CommandError(f"Which channel? There are {', '.join(known)}.", example=whole)
    return named or (known[0] if known else config.first_channel)


def _quoted(word: str) -> str:
    """Return an argument as it would be typed in chat: the shell has taken its quotes."""
    return f'"{word}"' if not word or (any(c.isspace() for c in word) and '"' not in word) else word
