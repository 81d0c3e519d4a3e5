"""The names of one's own: the check of the configuration knows them, and a broken file stops nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.commands.request import Asker, Request
from bot.config import load
from bot.errors import ConfigError
from bot.judging import lens_of
from bot.operating.setup import checked
from tests.bot.commands.command_replies import said
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from pathlib import Path

OWN = '["org:kestrel-works"]\nname = "Kestrel Works"\naliases = { tr = ["Kerkenez Atölyesi"] }\n'
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"

[relevance]
embedder = "none"
gazetteer = "own.toml"

[[channels]]
id = "preview:desk"
name = "Desk"
keywords = ["Kestrel Works", "entity:Kestrel Works", "about:frigate"]

[[channels.rules]]
name = "kestrel"
expression = 'entity:"Kerkenez Atölyesi" OR frigate'
"""


def written(folder: Path, config: str = CONFIG, own: str = OWN) -> Path:
    (folder / "own.toml").write_text(own, encoding="utf-8")
    path = folder / "c.toml"
    path.write_text(config, encoding="utf-8")
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        checked(path)
    return caught.value.faults


def test_the_check_knows_the_names_of_ones_own(tmp_path: Path) -> None:
    assert checked(written(tmp_path))[0].endswith(": sound")


def test_the_check_takes_a_folder_of_names(tmp_path: Path) -> None:
    path = written(tmp_path, CONFIG.replace("own.toml", "names"))
    (tmp_path / "names").mkdir()
    (tmp_path / "own.toml").rename(tmp_path / "names" / "own.toml")
    assert checked(path)[0].endswith(": sound")


def test_the_check_says_where_nobody_is_named(tmp_path: Path) -> None:
    config = CONFIG.replace("Kerkenez Atölyesi", "Kerkenes Atölyesi").replace("about:frigate", "about:frigat")
    keyword, rule = faults(written(tmp_path, config))
    assert "c.toml:11: channels[0].keywords[2]: expected a watch expression; " in keyword
    assert "about:frigate" in keyword
    assert "c.toml:15: channels[0].rules[0].expression: expected a watch expression; " in rule
    assert 'entity:"Kerkenez Atölyesi"' in rule


@pytest.mark.parametrize(
    ("own", "told"),
    [
        pytest.param(OWN + "name = [", "own.toml cannot be read as TOML", id="no TOML"),
        pytest.param('["org:kestrel-works"]\nnames = "x"\n', "org:kestrel-works", id="no name"),
    ],
)
def test_the_check_says_what_is_wrong_with_the_file_of_names(tmp_path: Path, own: str, told: str) -> None:
    (fault,) = faults(written(tmp_path, own=own))
    assert "c.toml:6: relevance.gazetteer: " in fault
    assert told in fault


def test_the_check_says_that_the_file_of_names_is_not_there(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "own.toml").unlink()
    (fault,) = faults(path)
    assert "c.toml:6: relevance.gazetteer: " in fault
    assert "neither a file nor a folder" in fault


async def test_a_bot_with_a_broken_file_of_names_says_so_once_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(tmp_path, own="broken = [")
    config = load(path)
    with caplog.at_level(logging.WARNING):
        async with open_app(config, path, clock=SystemClock(), terminal=None) as app:
            asker = Asker(id="page:operator", name="Operator", manages=True)
            for text in ("rule add entity:Baykar", "rule test entity:TUSAŞ", "rule show keywords"):
                reply = await app.commands.answer(Request(text=text, channel="preview:desk", asker=asker))
                assert reply is not None
                assert not reply.refused, said(reply)
            assert app.lens.gazetteer == ""
    refused = [r for r in caplog.records if getattr(r, "action", "") == "gazetteer_refused"]
    assert [record.levelname for record in refused] == ["ERROR"]
    assert "own.toml cannot be read" in refused[0].getMessage()


def test_good_names_are_handed_on_to_whoever_reads(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert lens_of(load(path), path).gazetteer == str(tmp_path / "own.toml")
