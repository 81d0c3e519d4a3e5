"""Where there are several channels, printed lines name the one they are about and can be typed again."""

from __future__ import annotations

import asyncio
import io
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from bot.messages import Actions, Button, Message, Text
from bot.platforms.preview.adapter import Preview, Terminal
from tests.bot.operating.program import called
from watchers.clock import SteppedClock, SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = '[poll]\ncontact = "mailto:desk@example.org"\n'
ONE = '[[channels]]\nid = "preview:main"\nname = "Main"\n'
TWO = '[[channels]]\nid = "preview:other"\nname = "Other"\n'
ABOUT = ("--channel", "preview:other")


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Path:
    """Write a configuration with two channels beside a database that knows them."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + ONE + TWO, encoding="utf-8")
    (tmp_path / "vedette.sqlite3").write_bytes(empty_database.read_bytes())

    async def fill() -> None:
        async with open_store(f"sqlite:///{tmp_path / 'vedette.sqlite3'}", clock=SystemClock()) as store:
            for name in ("main", "other"):
                await store.channels.save(Channel(id=f"preview:{name}", name=name))

    asyncio.run(fill())
    return path


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((*ABOUT,), id="the channel"),
        pytest.param(("--channel=preview:other",), id="the channel as one word"),
        pytest.param(("/watch", *ABOUT), id="a line copied from a page"),
    ],
)
def test_a_channel_named_before_the_noun_is_taken(config: Path, before: tuple[str, ...]) -> None:
    environ = {"VEDETTE_CONFIG": str(config)}
    first = called(*before, "settings", "show", environ=environ)
    assert first.returncode == 0, first.stderr
    assert first.stdout == called("settings", "show", *ABOUT, environ=environ).stdout
    assert "Settings of other" in first.stdout


def test_a_configuration_named_before_the_noun_is_taken(config: Path) -> None:
    done = called("--config", config, *ABOUT, "settings", "show", environ={})
    assert "Settings of other" in done.stdout, done.stderr


def test_options_before_no_noun_at_all_are_refused_as_they_were(config: Path) -> None:
    assert "No such option" in called(*ABOUT, environ={"VEDETTE_CONFIG": str(config)}).stderr


@pytest.mark.parametrize("asked", [("rule", "show", "r9"), ("settings", "set", "language", "trk")])
def test_a_line_to_try_names_the_channel_and_is_taken_as_it_stands(
    config: Path, asked: tuple[str, ...]
) -> None:
    environ = {"VEDETTE_CONFIG": str(config)}
    refused = called(*asked, *ABOUT, environ=environ)
    (line,) = re.findall(r"vedette (--channel preview:other .*)", refused.stdout + refused.stderr)
    done = called(*shlex.split(line), environ=environ)
    assert "Which channel?" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_what_can_be_asked_next_is_shown_once_as_it_is_typed(config: Path) -> None:
    environ = {"VEDETTE_CONFIG": str(config)}
    done = called("settings", "set", "language", "tr", *ABOUT, environ=environ)
    (line,) = re.findall(r"Type it so: vedette (.*)", done.stdout)
    again = called(*shlex.split(line), environ=environ)
    assert again.returncode == 0, again.stderr


def test_a_misspelt_channel_is_told_the_nearest(config: Path) -> None:
    done = called("status", "--channel", "preview:othr", environ={"VEDETTE_CONFIG": str(config)})
    assert "Did you mean preview:other?" in done.stderr


@pytest.mark.parametrize(("name", "lines"), [("vedette", 2), ("", 0)])
async def test_posts_are_printed_with_a_line_for_their_channel_where_there_are_several(
    name: str, lines: int
) -> None:
    stream = io.StringIO()
    terminal = Terminal(stream=stream, width=100, colour=False, called=name)
    preview = Preview(clock=SteppedClock(SystemClock().now()), terminal=terminal)
    blocks = (Text(text="More: /watch status"), Actions(buttons=(Button(label="Why", command="why t1"),)))
    message = Message(kind="alert", notice="x", blocks=blocks)
    await preview.send("preview:other", message, key="k1")
    wanted = {
        "More: vedette --channel preview:other status",
        "Type it so: vedette --channel preview:other why t1",
    }
    assert len(wanted & set(stream.getvalue().splitlines())) == lines
    assert [post.message for post in await preview.history(1)] == [message], "the page keeps its own lines"
