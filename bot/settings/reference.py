"""Write docs/configuration.md: each key of the configuration, its usual value and what it is."""

from __future__ import annotations

import re
import sys
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final, get_args

from pydantic import BaseModel

from bot.config import Config
from bot.operating.setup import example
from bot.settings.values import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

_INTRO: Final = """\
# Configuration

Each key of `config.toml`, the value that holds without it, and what it is.
[config.example.toml](../config.example.toml) shows them in their places, with the starter pack of feeds;
`vedette init` writes a file like it, `vedette check` says what is wrong with yours. Durations are written
`"90s"`, `"15m"`, `"2h"`, `"30d"`, sizes `"64KiB"`, `"16MiB"`, times of day `"08:00"`. A relative path counts
from the configuration file. What people changed in chat goes before the file, until the entry is changed in
the file.

This page is made from the program: `python -m bot.settings.reference > docs/configuration.md`.

## Environment

Secrets never stand in the file. Each may be in the variable, or in a file that the same name with `_FILE`
behind it names.

| variable | what it is |
| --- | --- |
| `SLACK_BOT_TOKEN` | the bot's token, `xoxb-…`; needed with `[slack]` |
| `SLACK_APP_TOKEN` | the app's token, `xapp-…`; needed in socket mode |
| `SLACK_SIGNING_SECRET` | what Slack signs its requests with; needed in http mode |
| `DISCORD_TOKEN` | the bot's token; needed with `[discord]` |
| `VEDETTE_DATABASE_URL` | the address of a PostgreSQL database, in place of `[database]` |
| `VEDETTE_EMBEDDING_KEY` | the key for `[relevance] endpoint` |
| `VEDETTE_TRANSLATION_KEY` | the key for `[translation] endpoint` |
| `VEDETTE_EXTRACTION_KEY` | the key for `[extraction] endpoint` |
| `VEDETTE_METRICS_TOKEN` | what has to be sent for `/metrics`, 16 characters or more |
| `VEDETTE_CONFIG` | the configuration file, without `_FILE`; `config.toml` unless set |
| `VEDETTE_CALLED_AS` | how hints name the program, without `_FILE`; `./run` sets it; else `vedette` |
"""
# What the example leaves out, for hardly anybody sets it, or shows rather than says.
_SAID: Final = {
    "database.url": 'a PostgreSQL server, such as "postgresql://user@host/database", in place of path',
    "slack.api": "the address of Slack's API; for tests and gateways of your own",
    "discord.api": "the address of Discord's API; for tests and gateways of your own",
    "slack.mode": '"socket" needs no public address; "http" needs one, [http] and SLACK_SIGNING_SECRET',
    "extraction.summaries": "it also words what a digest says of a story; false: it words nothing",
    "channels.id": '"preview:" and a name of small letters, digits and hyphens, or "slack:" or "discord:" '
    "and the channel's id there",
    "channels.rules.expression": "what to watch for ([rules](rules.md)); a long one may run over several "
    "lines between three quotes",
}
_SIZES: Final = frozenset({"poll.size", "poll.page", "poll.headers"})  # in bytes
_LEAST_INDENT: Final = 8  # spaces in front of a comment that goes on with the line above
_HEADER: Final = re.compile(r"^(?:# )?\[\[?([a-z.]+)\]\]?$")
_KEY: Final = re.compile(r"^(?:# )?([a-z_]+) *= (.*)$")
_INLINE: Final = re.compile(r"  +# (.*)$")
_LISTED: Final = re.compile(r"^#   ([a-z]+) {2,}(.*)$")  # the keys of a feed's block stand in a list
_FEEDS: Final = "feeds"


def reference() -> str:
    """Return the whole page as Markdown."""
    told = explained(example())
    lines = [_INTRO]
    for place, model, repeated in _sections(Config, ""):
        title = f"[[{place}]]" if repeated else f"[{place}]"
        lines += [f"## {title}\n", *_about(model), *_table(place, model, told), ""]
    return "\n".join(lines).rstrip() + "\n"


def explained(text: str) -> dict[str, str]:
    """Return what the example's comments say of each key, by its place, such as `poll.every`."""
    told = dict(_SAID)
    place, above, last = "", list[str](), ""
    for line in text.splitlines():
        if header := _HEADER.match(line):
            place, above, last = header[1], [], ""
        elif listed := _LISTED.match(line):
            last = f"{_FEEDS}.{listed[1]}"
            told[last] = listed[2]
        elif (key := _KEY.match(line)) and place:
            last = f"{place}.{key[1]}"
            inline = _INLINE.search(key[2])
            told.setdefault(last, inline[1] if inline else " ".join(above))
            above = []
        elif line.startswith("#"):
            words = line[1:]
            if last and len(words) - len(words.lstrip()) >= _LEAST_INDENT:
                told[last] += f" {words.strip()}"
            else:
                above, last = [*above, words.strip()], ""
        else:
            above, last = [], ""
    return told


def keys(model: type[BaseModel], place: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield the place of each key beneath a model, sections left out, such as `channels.digest.at`."""
    for name, field in model.model_fields.items():
        inner, where = _section(field.annotation), f"{place}.{name}".lstrip(".")
        if inner is None:
            yield where, field
        else:
            yield from keys(inner, where)


def _sections(model: type[BaseModel], place: str) -> Iterator[tuple[str, type[BaseModel], bool]]:
    for name, field in model.model_fields.items():
        inner, where = _section(field.annotation), f"{place}.{name}".lstrip(".")
        if inner is not None:
            yield where, inner, str(field.annotation).startswith("tuple")
            yield from _sections(inner, where)


def _section(annotation: object) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `tuple[Channel, ...]` or `Slack | None`, if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _section(part)) is not None), None)


def _about(model: type[BaseModel]) -> list[str]:
    """Return the first line of a section's own description."""
    return [f"{(model.__doc__ or '').strip().splitlines()[0]}\n"]


def _table(place: str, model: type[BaseModel], told: Mapping[str, str]) -> Iterator[str]:
    yield "| key | without it | what it is |"
    yield "| --- | --- | --- |"
    for name, field in model.model_fields.items():
        where = f"{place}.{name}"
        if _section(field.annotation) is None:
            yield f"| `{name}` | {_usual(where, field)} | {_cell(told[where])} |"


def _cell(text: str) -> str:
    words = " ".join(text.split()).replace("|", "\\|")
    return words[:1].lower() + words[1:]


def _usual(where: str, field: FieldInfo) -> str:
    if field.is_required():
        return "has to be there"
    value = field.default
    if where in _SIZES:
        return f'`"{value // 1024}KiB"`' if value < 1024**2 else f'`"{value // 1024**2}MiB"`'
    return "" if value is None or str(value) == "" else f"`{_toml(value)}`"


def _toml(value: object) -> str:
    """Return a value as people write it in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f'"{spelled(value)}"'
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int | float) else f'"{value}"'


if __name__ == "__main__":
    sys.stdout.write(reference())
