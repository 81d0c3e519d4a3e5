"""The commands of whoever runs the bot; what does the work is imported when it runs, for a quick --help."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import Annotated

import typer

from bot.operating.called import tell
from bot.operating.options import CONFIG, Configuration


def outbox(
    action: Annotated[str, typer.Argument(help="list, show, replay, drop or reopen.")] = "list",
    what: Annotated[
        str, typer.Argument(help="A message's number, for replay also all; for reopen a channel.")
    ] = "",
    config: Configuration = CONFIG,
) -> None:
    """Say what waits to be sent and what was given up; send it again or drop it, open a channel again."""
    from bot.errors import CommandError  # noqa: PLC0415 -- as the module says
    from bot.operating.outbox_cli import Action, outbox_here  # noqa: PLC0415

    try:
        wanted = Action(action)
    except ValueError as error:
        known = ", ".join(Action)
        raise CommandError(f'"{action}" is none of {known}.', example="/watch outbox") from error
    tell(outbox_here(config, wanted, what))


def forget(
    user: Annotated[str, typer.Argument(help="A person's id, such as U0123ABCD on Slack.")],
    config: Configuration = CONFIG,
    *,
    platform: Annotated[str, typer.Option(help="slack or discord; the id says it mostly.")] = "",
    name: Annotated[
        list[str] | None, typer.Option(help="A name they went by, besides those known; may be repeated.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")
    ] = False,
) -> None:
    """Remove all that is kept of a person: votes, follows, mutes, and their name and id elsewhere.

    It cannot be undone. What is kept of whom, and where else, is in docs/privacy.md.
    """
    from bot.operating.forgetting import forget_here  # noqa: PLC0415 -- as the module says

    said = forget_here(config, user, platform=platform, names=name or (), dry_run=dry_run)
    tell(said)


def migrate_data(
    config: Configuration = CONFIG,
    *,
    source: Annotated[
        str, typer.Option("--from", help="The file, as sqlite:///path; [database] path unless it is named.")
    ] = "",
    target: Annotated[
        str,
        typer.Option(
            "--to", help="The empty database; VEDETTE_DATABASE_URL unless it is named, which keeps it unseen."
        ),
    ] = "",
) -> None:
    """Carry the database file over to PostgreSQL, and compare every row; the file is only read."""
    from bot.operating.moving import move_here  # noqa: PLC0415 -- as the module says

    tell(move_here(config, source=source, target=target))


def prune(
    config: Configuration = CONFIG,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")
    ] = False,
) -> None:
    """Delete what is older than [retention] says; `vedette run` does so by itself every hour."""
    from bot.operating.pruning_cli import prune_here  # noqa: PLC0415 -- as the module says

    tell(prune_here(config, dry_run=dry_run))


def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    config: Configuration = CONFIG,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the database as it is at this moment; `vedette run` may go on meanwhile."""
    from bot.operating.backup import back_up  # noqa: PLC0415 -- as the module says

    tell(back_up(config, file, force=force))


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `vedette backup` made.")],
    config: Configuration = CONFIG,
    *,
    only_check: Annotated[
        bool, typer.Option("--check", help="Say whether the file is sound, and change nothing.")
    ] = False,
) -> None:
    """Put a backup in the place of the database, which is kept beside it under the date.

    What was read and told since the backup is taken over where the present database can be read, so that
    nobody is told anything twice.
    """
    from bot.operating.backup import check, restore_here  # noqa: PLC0415 -- as the module says

    tell(check(file) if only_check else restore_here(config, file))
