"""A configuration's keyword list in the database: what an upgrade makes of it, and what people made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.config import parse
from bot.settings.seeding import seed
from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.matching.keywords import list_of
from watchers.store.seeds import ChannelSeed, Seeded, WatchSeed
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Config
    from watchers.store.store import Store
    from watchers.types import Watch

DESK = "preview:desk"
OWN = '["org:kestrel-works"]\nname = "Kestrel Works"\naliases = { ja = ["ケストレル工房"] }\n'


def config(*keywords: str) -> Config:
    listed = ", ".join(f"'{keyword}'" for keyword in keywords)
    text = f"""
[poll]
contact = "mailto:desk@example.org"

[[channels]]
id = "{DESK}"
name = "Desk"
digest = {{}}
keywords = [{listed}]
"""
    return parse(text, Path("c.toml"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'v.sqlite3'}", clock=SteppedClock(NOON)) as opened:
        yield opened


async def only(store: Store) -> Watch:
    (listed,) = await store.watches.listed(DESK)
    return listed.watch


async def as_before_names_were_known(store: Store, *keywords: str) -> None:
    """Seed as it was done when a list was nothing but its words."""
    await seed(store, config())
    channel = ChannelSeed(id=DESK, name="Desk", lang="en", timezone="UTC")
    watch = WatchSeed(channel=DESK, name="keywords", expression=list_of(keywords))
    await store.seeding.seed(channels=[channel], feeds=[], watches=[watch])


async def test_a_list_of_the_file_becomes_names_and_concepts(store: Store) -> None:
    await seed(store, config("Baykar", "drone procurement", "frigate"))
    assert (await only(store)).expression == 'entity:Baykar OR about:"drone procurement" OR frigate'
    assert await seed(store, config("Baykar", "drone procurement", "frigate")) == Seeded()


async def test_an_upgrade_takes_up_what_is_known_of_a_list_and_says_nothing_of_it(store: Store) -> None:
    await as_before_names_were_known(store, "Baykar", "frigate")
    assert (await only(store)).expression == "Baykar OR frigate"
    assert ("watch", f"{DESK} keywords") not in (await seed(store, config("Baykar", "frigate"))).changed
    assert (await only(store)).expression == "entity:Baykar OR frigate"
    assert await seed(store, config("Baykar", "frigate")) == Seeded()


async def test_an_upgrade_leaves_what_people_changed_in_chat(store: Store) -> None:
    await as_before_names_were_known(store, "Baykar", "frigate")
    await store.watches.edit(replace(await only(store), expression="Baykar OR sloop"))
    for _ in range(2):
        assert ("watch", f"{DESK} keywords") not in (await seed(store, config("Baykar", "frigate"))).changed
        assert (await only(store)).expression == "Baykar OR sloop"


@pytest.mark.parametrize(
    ("keywords", "expression"),
    [
        pytest.param(("Baykar", "sloop"), "entity:Baykar OR sloop", id="another word"),
        pytest.param(('"Baykar"', "frigate"), '"Baykar" OR frigate', id="quotes around a word"),
        pytest.param(
            ("Baykar", "about:frigate"), "entity:Baykar OR about:frigate", id="a concept said outright"
        ),
    ],
)
async def test_a_list_changed_in_the_file_is_applied_over_chat(
    store: Store, keywords: tuple[str, ...], expression: str
) -> None:
    await seed(store, config("Baykar", "frigate"))
    await store.watches.edit(replace(await only(store), expression="brig"))
    assert ("watch", f"{DESK} keywords") in (await seed(store, config(*keywords))).changed
    assert (await only(store)).expression == expression


async def test_a_list_taken_out_and_put_back_is_as_chat_left_it(store: Store) -> None:
    await seed(store, config("Baykar"))
    await store.watches.edit(replace(await only(store), expression="brig"))
    await seed(store, config())
    assert ("watch", f"{DESK} keywords") in (await seed(store, config("Baykar"))).returned
    assert (await only(store)).expression == "brig"


async def test_a_name_of_ones_own_is_taken_up_when_it_comes_to_be_known(store: Store, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    await seed(store, config("Kestrel Works"))
    assert (await only(store)).expression == '"Kestrel Works"'
    for _ in range(2):
        assert await seed(store, config("Kestrel Works"), gazetteer=str(own)) == Seeded()
        assert (await only(store)).expression == 'entity:"Kestrel Works"'
    assert await seed(store, config("Kestrel Works")) == Seeded(), "and given up when the file is gone"
    assert (await only(store)).expression == '"Kestrel Works"'
