"""The page on privacy is whole: every column that may hold a person's id, name or words stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.language_model.endpoints import _KEPT
from bot.settings.retention import Retention
from watchers.store.columns import metadata
from watchers.store.people import MADE_BY, TYPED

PAGE = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE))
# Names of columns that say who did something, wherever they stand.
BY_WHOM = {"asker", "asker_name", "by", "by_name", "mention", "event", "line", "undo", "command", "note"}
# Likewise named, and of the news alone.
OF_THE_NEWS = {"fact.mention"}


def columns() -> set[str]:
    return {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}


def test_every_column_with_a_person_stands_on_the_page() -> None:
    of_people = {one for one in columns() if one.partition(".")[2] in BY_WHOM} - OF_THE_NEWS
    of_people |= {f"{table.name}.{name}" for table, *both in MADE_BY for name in both if name}
    of_people |= {f"{table.name}.{column}" for table, column in TYPED} | {"outbox.payload", "audit.undo"}
    assert of_people <= NAMED, f"docs/privacy.md says nothing of {sorted(of_people - NAMED)}"


def test_the_page_names_no_column_that_there_is_not() -> None:
    assert not NAMED - columns() - {"config.toml"}


@pytest.mark.parametrize("key", list(Retention.model_fields))
def test_every_time_that_can_be_set_is_explained(key: str) -> None:
    assert f"`[retention] {key}`" in PAGE


def test_every_kind_of_endpoint_is_named() -> None:
    for _, what in _KEPT:
        first = what.partition(" are sent")[0].lower()
        assert re.search(rf"^\| {first}", PAGE, re.MULTILINE), what
