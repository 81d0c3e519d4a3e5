"""Look whether the platforms' secrets are there and look as they should; none is ever shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError
from bot.operating.findings import cleaned, failure, warning, well
from bot.settings.secrets import secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Config, Discord, Slack
    from bot.operating.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a secret looks like, and where it is found; `certain`: no other shape will do."""

    name: str
    looks: re.Pattern[str]
    like: str
    where: str
    certain: bool = True


SLACK_BOT: Final = Shape(
    name="SLACK_BOT_TOKEN",
    looks=re.compile(r"xoxb-[A-Za-z0-9-]{4,}"),
    like="a bot token begins with xoxb-",
    where="copy the Bot User OAuth Token from the app's page OAuth & Permissions (api.slack.com/apps)",
)
SLACK_APP: Final = Shape(
    name="SLACK_APP_TOKEN",
    looks=re.compile(r"xapp-[A-Za-z0-9-]{4,}"),
    like="an app token begins with xapp-",
    where="make one under Basic Information, App-Level Tokens, with the scope connections:write",
)
SLACK_SIGNING: Final = Shape(
    name="SLACK_SIGNING_SECRET",
    looks=re.compile(r"[0-9a-f]{32}"),
    like="a signing secret is 32 digits and letters from a to f",
    where="copy the Signing Secret (not the Client Secret) from the app's page Basic Information",
    certain=False,  # it is only known to Slack, and its length is nowhere promised
)
DISCORD: Final = Shape(
    name="DISCORD_TOKEN",
    looks=re.compile(r"[A-Za-z0-9_-]{3,}\.[A-Za-z0-9_-]{3,}\.[A-Za-z0-9_-]{3,}"),
    like='a bot token is three parts with dots between, without "Bot" in front',
    where="press Reset Token on the application's Bot page (discord.com/developers/applications) and copy "
    "it; the public key and the client secret are something else",
)
EVERY: Final = (SLACK_BOT, SLACK_APP, SLACK_SIGNING, DISCORD)


def wanted(*, slack: Slack | None = None, discord: Discord | None = None) -> tuple[Shape, ...]:
    """Return the secrets that the platforms need which are configured."""
    found: list[Shape] = []
    if slack is not None:
        found += (SLACK_BOT, SLACK_SIGNING if slack.mode == "http" else SLACK_APP)
    if discord is not None:
        found.append(DISCORD)
    return tuple(found)


def refused(config: Config, environ: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the platforms' secrets, and how to mend it; all of it, and none is shown."""
    findings = [look(shape, environ)[1] for shape in wanted(slack=config.slack, discord=config.discord)]
    faults = [one for one in cleaned(findings, values(environ)) if one.state == "failure"]
    return [
        f"{one.found}; {one.cure}"
        if one.found.startswith(one.check)
        else f"{one.check}: {one.found}; {one.cure}"
        for one in faults
    ]


def look(shape: Shape, environ: Mapping[str, str]) -> tuple[str, Finding]:
    """Return a secret and what was found of it; it is empty if it is missing or will not do."""
    file = f"{shape.name}_FILE"
    source = shape.name if environ.get(shape.name, "").strip() else file
    try:
        value = secret(shape.name, environ)
    except ConfigError as error:
        named = environ.get(file, "").strip()
        if shape.looks.fullmatch(named):
            found, cure = (
                f"{file} holds the secret itself",
                f"set {shape.name} to it, or {file} to a file's name",
            )
        else:
            found, cure = str(error), f"allow this user to read that file, or correct {file}"
        return "", failure(shape.name, found, cure)
    if not value:
        return "", failure(
            shape.name, "not set", f"{shape.where}; set it in the environment, or name its file in {file}"
        )
    if shape.looks.fullmatch(value):
        return value, well(shape.name, f"set by {source}, and of the right shape")
    if not shape.certain:
        return value, warning(
            shape.name, f"set by {source}, but of an unusual shape: {shape.like}", shape.where
        )
    other = next((one.name for one in EVERY if one.certain and one.looks.fullmatch(value)), "")
    mixed = f"; it looks like what {other} should be" if other else ""
    return "", failure(
        shape.name, f"set by {source}, but {shape.like}, and this does not{mixed}", shape.where
    )


def values(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return every secret there is, whatever its shape, so that it can be kept out of what is shown."""
    found: list[str] = []
    for shape in EVERY:
        named = environ.get(f"{shape.name}_FILE", "").strip()
        if shape.looks.fullmatch(named):
            found.append(named)
        found.append(environ.get(shape.name, "").strip())
        try:
            found.append(secret(shape.name, environ))
        except ConfigError:
            continue  # `look` tells of it
    return tuple(value for value in found if value)
