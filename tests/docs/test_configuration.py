"""The page of settings is what models and example say; the example has each key, the code each variable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import Config
from bot.operating.setup import example
from bot.settings.reference import explained, keys, reference

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\"((?:VEDETTE|SLACK|DISCORD)_[A-Z_]*[A-Z])\"")
PLACES = [place for place, _ in keys(Config)]
# Kept out of the example on purpose: addresses that tests set, and one whose password belongs elsewhere.
HIDDEN = {"database.url", "slack.api", "discord.api"}


def test_the_page_of_settings_is_what_the_models_and_the_example_say() -> None:
    committed = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert committed == reference(), "write it anew: python -m bot.settings.reference > docs/configuration.md"


def test_there_are_many_settings() -> None:
    assert len(PLACES) > 60


@pytest.mark.parametrize("place", PLACES)
def test_every_setting_is_explained(place: str) -> None:
    assert len(explained(example())[place]) > 10


@pytest.mark.parametrize("place", [place for place in PLACES if place not in HIDDEN])
def test_every_setting_stands_in_the_example(place: str) -> None:
    section, _, key = place.rpartition(".")
    header = re.search(rf"^(?:# )?\[\[?{re.escape(section)}\]\]?$", example(), re.MULTILINE)
    assert header, f"config.example.toml has no [{section}]"
    assert re.search(rf"^(?:# )?{key} *= ", example()[header.end() :], re.MULTILINE) or place == "feeds.every"


def test_no_setting_is_explained_that_there_is_not() -> None:
    assert set(explained(example())) == set(PLACES)


def test_the_page_names_every_variable_that_the_program_reads_and_no_other() -> None:
    paths = [path for room in ("bot", "watchers") for path in (ROOT / room).rglob("*.py")]
    sources = "".join(path.read_text(encoding="utf-8") for path in paths)
    table = reference().split("## Environment")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(VARIABLE.findall(sources))
