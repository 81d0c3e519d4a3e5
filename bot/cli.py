"""The program `vedette`. What a command needs is imported when it runs: `--help` must answer at once."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from bot.evaluation.command import evaluate
from bot.operating.called import as_typed, called_as, from_chat, noun_first, tell, without_chat
from bot.operating.commands import backup, forget, migrate_data, outbox, prune, restore
from bot.operating.helps import shorten
from bot.operating.options import CONFIG, LOOPBACK, Configuration, PageBind, PageHosts
from bot.replay.backfilling import poll
from bot.replay.replaying import replay
from bot.roles.commands import bot, scheduler, worker

app = typer.Typer(
    name="vedette",
    help="An alerting bot for defence news: facts you can check, one story per event, in chat.",
    no_args_is_help=True,
    rich_markup_mode=None,  # --help takes 0.09 s this way and 0.22 s with panels
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

# Exit statuses of sysexits.h, as container managers and mail filters know them.
USAGE, UNAVAILABLE, CONFIGURATION = 64, 69, 78


class Mode(StrEnum):
    """How Slack's requests come in."""

    SOCKET = "socket"
    HTTP = "http"


class Role(StrEnum):
    """A process that shares the work with others."""

    WORKER = "worker"
    BOT = "bot"
    SCHEDULER = "scheduler"


def main() -> None:
    """Run the program; a fault we know becomes a sentence on standard error and an exit status."""
    from bot.errors import BotError, CommandError, ConfigError
    from watchers.errors import WatchersError

    called = called_as(os.environ)
    try:
        app(prog_name=called, args=noun_first(without_chat(sys.argv[1:])))
    except ConfigError as error:
        for fault in error.faults:
            tell(fault, failed=True)
        raise SystemExit(CONFIGURATION) from None
    except CommandError as error:
        tell(error.message, failed=True)
        if error.nearest:
            tell(f"Did you mean {error.nearest}?", failed=True)
        if error.example:
            tell(f"Try: {from_chat(error.example, called)}", failed=True)
        raise SystemExit(USAGE) from None
    except (BotError, WatchersError) as error:
        tell(f"vedette: {error}", failed=True)
        raise SystemExit(UNAVAILABLE) from None


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Play it through, print everything, and end.")] = False,
    port: Annotated[int, typer.Option(help="Port of the page on 127.0.0.1; 0 takes a free one.")] = 8750,
) -> None:
    """Play the sample newsroom: nothing to set up, nothing leaves this machine."""
    from bot.demo import play, play_once

    if once:
        play_once()
    else:
        play(port=port)


@app.command()
def run(
    config: Configuration = CONFIG,
    page_bind: PageBind = LOOPBACK,
    page_hosts: PageHosts = None,
) -> None:
    """Watch the feeds and tell the channels, until stopped."""
    from watchers.ahead import start_workers_ahead, uncollected

    if config.exists():
        start_workers_ahead()  # its imports go on beside ours
    with uncollected():
        from bot.database import look_ahead
        from bot.operating.setup import runnable

        settings = runnable(config, os.environ)
        look_ahead(settings, config)
        from bot.run import run_until_stopped

    run_until_stopped(settings, config, page_bind=page_bind, page_hosts=tuple(page_hosts or ()))


@app.command()
def check(config: Configuration = CONFIG) -> None:
    """Say what is wrong with a configuration, all of it at once."""
    from bot.operating.setup import checked

    for line in checked(config, os.environ):
        tell(line)


@app.command()
def init(
    config: Configuration = CONFIG,
    contact: Annotated[
        str, typer.Option(help="Where publishers can reach you: an e-mail address or a page.")
    ] = "",
    timezone: Annotated[str, typer.Option(help="Time zone of the digests, such as Europe/Istanbul.")] = "",
    languages: Annotated[str, typer.Option(help="Of the feeds, the alerts' first: en,tr,ja.")] = "",
) -> None:
    """Write a configuration, asking for what only you know."""
    from bot.operating.setup import write_new

    tell(write_new(config, contact=contact, timezone=timezone, languages=languages))


for _command in (
    worker,
    bot,
    scheduler,
    evaluate,
    outbox,
    backup,
    restore,
    poll,
    replay,
    forget,
    prune,
    migrate_data,
):
    app.command(_command.__name__.replace("_", "-"))(_command)


@app.command()
def healthcheck(
    config: Configuration = CONFIG,
    role: Annotated[
        Role | None, typer.Option(help="Look only at the worker, bot or scheduler on this machine.")
    ] = None,
) -> None:
    """Exit 0 while a running process polls and delivers in time, or all that share the work are well."""
    from bot.operating.health import check_health

    fault = check_health(config, role=role.value if role else "")
    if fault:
        tell(fault, failed=True)
        raise SystemExit(1)


@app.command()
def doctor(
    config: Configuration = CONFIG,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a list of objects: check, state, found, cure.")
    ] = False,
) -> None:
    """Look at the machine, configuration, secrets, chat platforms, database and a feed; say how to mend each.

    Exits with 0 if all is well, 1 with a warning, 2 with a failure. It changes nothing.
    """
    from bot.operating.doctor import examine
    from bot.operating.findings import as_json as json_of
    from bot.operating.findings import as_text, exit_status

    called = called_as(os.environ)
    found = tuple(
        replace(one, found=as_typed(one.found, called), cure=as_typed(one.cure, called))
        for one in examine(config, os.environ)
    )
    print(json_of(found) if as_json else as_text(found), end="")
    raise SystemExit(exit_status(found))


slack = typer.Typer(help="What the Slack app is made with.", no_args_is_help=True, rich_markup_mode=None)
discord = typer.Typer(
    help="Invite the Discord bot; tell Discord its commands.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(slack, name="slack")
app.add_typer(discord, name="discord")


@slack.command("manifest")
def _manifest(
    *,
    mode: Annotated[Mode, typer.Option(help="socket needs no public address; http does.")] = Mode.SOCKET,
    command: Annotated[str, typer.Option(help="The slash command, as [slack] command says it.")] = "/watch",
    url: Annotated[
        str, typer.Option(help="For http: the public address, such as https://news.example.org")
    ] = "",
) -> None:
    """Print the manifest to make the app from, as JSON."""
    from bot.operating.joining import slack_manifest

    print(slack_manifest(mode=mode.value, command=command, url=url))


@discord.command("invite")
def _invite(
    *, application_id: Annotated[str, typer.Option(help="On the application's page General Information.")]
) -> None:
    """Print the link that brings the bot into a server, with the permissions it uses."""
    from bot.operating.joining import discord_invite

    print(discord_invite(application_id))


@discord.command("sync")
def _sync(config: Configuration = CONFIG) -> None:
    """Tell Discord the slash commands now; `vedette run` does so by itself whenever they changed."""
    from bot.operating.joining import discord_sync

    tell(discord_sync(config, os.environ))


@app.command()
def version(
    config: Configuration = CONFIG,
    *,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print an object: schema, embedder, database and libraries too."),
    ] = False,
) -> None:
    """Print the version."""
    if as_json:
        from bot.metrics.build import build_here

        print(build_here(config))
        return
    from importlib.metadata import version as of

    print(f"vedette {of('vedette')}")


def _watch_command(noun: str, does: str) -> None:
    """Offer one noun of the chat vocabulary on the command line, with the operator's rights."""

    @app.command(noun, help=does, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    def _command(
        context: typer.Context,
        config: Configuration = CONFIG,
        channel: Annotated[
            str, typer.Option(help="The channel it is about; the only one if there is one.")
        ] = "",
    ) -> None:
        from bot.operating.console import answer_here

        text, done = answer_here(config, [noun, *context.args], channel=channel)
        print(text, end="", file=sys.stdout if done else sys.stderr)
        if not done:
            raise SystemExit(USAGE)


# The nouns of /watch; what each does is told by `vedette NOUN --help` and, in full, by `vedette help`.
for _noun, _does in (
    ("help", "Say what can be asked, and how."),
    ("setup", "Set a channel up: words, language, time zone, digest, sources."),
    ("status", "Say how feeds and delivery are doing."),
    ("source", "Add, import, export, list, show, test, edit, pause, resume or remove sources."),
    ("rule", "Add, list, show, test, edit, pause, resume or remove a watch."),
    ("exemplar", "List the articles that relevance is measured against."),
    ("digest", "Preview, post, schedule, list or cancel digests."),
    ("search", "Search everything that was read."),
    ("why", "Say why an article was told or left out."),
    ("story", "Show a story, how it grew, or take its posts back."),
    ("like", "Make a watch from one article: a link, an article's number or a text."),
    ("promises", "List what was announced for a date, and what became of it."),
    ("promise", "Drop a promise, or restore one that was dropped."),
    ("facts", "List the facts of a story or article, each with its sentence."),
    ("vote", "Say whether a story is what a channel wants: up or down."),
    ("mute", "Keep a story, source, rule or words quiet."),
    ("settings", "Show or change a channel's settings, and who changed what."),
    ("export", "Write items, facts, rules or feedback to a file."),
    ("undo", "Take a change back, by its number in `settings audit`."),
):
    _watch_command(_noun, _does)

shorten(app)
