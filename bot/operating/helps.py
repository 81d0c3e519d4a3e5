"""What `vedette --help` says of the commands whose own help is longer than a line of 80 columns holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typer

SHORT: Final = {
    "demo": "Play the sample newsroom; nothing leaves this machine.",
    "worker": "Ask feeds and understand what came; needs PostgreSQL.",
    "bot": "Tell channels and answer them; needs PostgreSQL.",
    "scheduler": "Hand out to workers what is due; needs PostgreSQL.",
    "evaluate": "Run one part of the walk over labelled input.",
    "outbox": "Say what waits to be sent or was given up; send it again.",
    "backup": "Copy the database as it is at this moment.",
    "restore": "Put a backup in the place of the database, which is kept.",
    "poll": "Ask every feed once, and announce nothing.",
    "replay": "Read stored entries again and say what would change.",
    "forget": "Remove all that is kept of a person.",
    "prune": "Delete what is older than [retention] says.",
    "migrate-data": "Carry the database file over to PostgreSQL.",
    "healthcheck": "Exit 0 while a running process polls and delivers in time.",
    "doctor": "Look at all that has to be right; say how to mend it.",
    "setup": "Set a channel up: words, language, digest, sources.",
    "source": "Add, list, test, edit, pause or remove sources.",
    "rule": "Add, list, test, edit, pause or remove a watch.",
    "like": "Make a watch from one article.",
    "facts": "List the facts of a story or article, with sentences.",
}


def shorten(app: typer.Typer) -> None:
    """Give each command the line by which the program's own help lists it."""
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        command.short_help = SHORT.get(name)
