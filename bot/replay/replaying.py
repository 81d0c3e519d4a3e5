"""What `vedette replay` can be asked; what does it is imported when it runs, so that --help stays quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.operating.options import CONFIG, Configuration

_Since = Annotated[
    str, typer.Option(help="From when: 30d, 12h, or a day (2026-03-01, UTC); none: the beginning.")
]
_Until = Annotated[
    str, typer.Option(help="Until when: 30d, 12h, or the day to stop before (UTC); none: the end.")
]
_Out = Annotated[Path | None, typer.Option("--out", help="Where each change goes, one JSON object a line.")]
_Embedder = Annotated[
    str, typer.Option(help="builtin, or none for the mode without a model; empty: as the file says.")
]
_Apply = Annotated[
    bool, typer.Option("--apply", help="Write the new reports. Stories stay; nothing is posted.")
]


def replay(
    config: Configuration = CONFIG,
    *,
    since: _Since = "",
    until: _Until = "",
    out: _Out = None,
    embedder: _Embedder = "",
    apply: _Apply = False,
) -> None:
    """Read all stored entries again with today's rules and models, and say what would change.

    Memory stays flat, however many there are. Without --apply nothing is written.
    """
    from watchers.workers import one_thread  # noqa: PLC0415 -- as the module says

    one_thread()
    import asyncio  # noqa: PLC0415 -- as the module says

    from bot.config import load  # noqa: PLC0415 -- as the module says
    from bot.replay.spans import moment  # noqa: PLC0415 -- as the module says
    from bot.replay.told import replay_stored  # noqa: PLC0415 -- as the module says
    from watchers.clock import SystemClock  # noqa: PLC0415 -- as the module says

    now = SystemClock().now()
    told = replay_stored(
        load(config),
        config,
        apply=apply,
        start=moment("--since", since, now=now),
        end=moment("--until", until, now=now),
        out=out,
        embedder=embedder,
    )
    typer.echo(asyncio.run(told), nl=False)
