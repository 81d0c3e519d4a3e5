"""What a chat platform is given before the bot can work there: a manifest, an invitation, the commands."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Literal

from bot.errors import CommandError, ConfigError
from bot.platforms.discord.invite import invite
from bot.platforms.slack.manifest import manifest
from bot.settings.secrets import required
from bot.wording.called import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def slack_manifest(*, mode: Literal["socket", "http"], command: str, url: str) -> str:
    """Return the manifest to make the Slack app from, as JSON. Raises CommandError."""
    try:
        return json.dumps(manifest(mode=mode, command=command, url=url), indent=2, ensure_ascii=False)
    except ValueError as error:
        named = "" if command == USUAL else f" --command {command}"
        example = f"/watch slack manifest --mode http{named} --url https://news.example.org"
        raise CommandError(f"{error}.", example=example) from None


def discord_invite(application_id: str) -> str:
    """Return the link that brings the bot into a server. Raises CommandError."""
    try:
        return invite(application_id)
    except ValueError as error:
        raise CommandError(f"{error}.") from None


def discord_sync(config: Path, environ: Mapping[str, str]) -> str:
    """Tell Discord the commands, whether it knows them or not, and return what was done.

    Raises ConfigError, also for a token that is missing or refused, and DeliveryError.
    """
    from bot.config import load  # noqa: PLC0415 - the other two need no configuration
    from bot.platforms.discord.diagnosis import tell_commands  # noqa: PLC0415 - imports Discord's library

    settings = load(config).discord
    if settings is None:
        raise ConfigError(f"{config}: there is no [discord] section")
    token = required("DISCORD_TOKEN", environ, why="[discord] needs the bot's token")
    name = asyncio.run(tell_commands(settings, token=token))
    return f"Discord knows {name} now. Reload the client (Ctrl+R) if it does not show yet."
