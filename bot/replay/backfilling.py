"""What `vedette poll` can be asked; what does it is imported when it runs, so that --help stays quick."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.operating.options import CONFIG, Configuration


def poll(
    config: Configuration = CONFIG,
    *,
    since: Annotated[
        str, typer.Option(help="Read what was published in this time: 30d, 12h. Older is only stored.")
    ] = "30d",
) -> None:
    """Ask every feed once, read what it holds, and announce nothing: for the days before the bot was there.

    Not while `vedette run` is running.
    """
    from watchers.workers import one_thread  # noqa: PLC0415 -- as the module says

    one_thread()
    import asyncio  # noqa: PLC0415 -- as the module says

    from bot.config import load  # noqa: PLC0415 -- as the module says
    from bot.replay.backfill import backfill_here  # noqa: PLC0415 -- as the module says

    typer.echo(asyncio.run(backfill_here(load(config), config, since=since)), nl=False)
