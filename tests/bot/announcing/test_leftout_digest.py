"""What a digest says was left out: nothing told elsewhere, nothing internal or muted, in its own language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences
from bot.announcing.digests import gather
from bot.wording.phrases import known, say
from tests.contracts.store.store_builders import (
    MAIN,
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
)
from watchers.clock import SteppedClock
from watchers.relevance.explain import BASE
from watchers.relevance.features import FEATURES
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Hit, Match, Reason, Relevance, Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.wording.digest import LeftOut
    from watchers.store.store import Store
    from watchers.types import Report

HOUR = timedelta(hours=1)
TOWN = "preview:town"
AGAINST = Reason(feature="civil", contribution=-2.0, words="about civil matters")


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    """Open a store with a desk, a public channel bound to it, and one feed that both read."""
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as opened:
        await opened.channels.save(Channel(id=MAIN, name="Desk"))
        await opened.channels.save(Channel(id=TOWN, name="Town", public=True, bound_to=MAIN))
        feed = await opened.feeds.add("https://harbour.example/feed", name="Harbour", every=HOUR)
        await opened.channels.follow(MAIN, feed.number)
        yield opened


def left(name: str, *watches: int, score: float = 0.1) -> Report:
    """Make a report that names a word of those watches and is worth nothing by itself."""
    hit = Hit(term="sails", scope="title", start=len(name) + 5, end=len(name) + 10)
    return replace(
        make_report(make_entry(name), score=score),
        matches=tuple(Match(watch=watch, channel=MAIN, hits=(hit,)) for watch in watches),
        relevance=Relevance(score=score, reasons=(AGAINST,), evidence=(), model="none"),
    )


async def keep(store: Store, *reports: Report) -> list[Report]:
    """Store entries and their reports."""
    entries = await store.entries.add([report.entry for report in reports])
    kept = [replace(report, entry=entry) for report, entry in zip(reports, entries, strict=True)]
    await store.stories.save_reports([(one, "now" if one.relevance.score > 0.5 else "store") for one in kept])
    return kept


async def watch(store: Store, name: str, *, internal: bool = False) -> int:
    """Add a keyword list, which by itself tells of nothing."""
    added = Watch(number=0, channel=MAIN, name=name, expression="sails", threshold=0.9, internal=internal)
    return (await store.watches.add(added)).number


async def left_of(store: Store, channel: str = MAIN) -> tuple[LeftOut, ...]:
    """Return what the digest of a channel says was left out."""
    (audience,) = [one for one in await audiences(store, now=NOON) if one.channel == channel]
    found = await gather(audience, NOON - HOUR, NOON + HOUR, store, of=NOON.date())
    return found.left_out


async def test_a_public_channel_is_not_told_what_an_internal_watch_looks_for(store: Store) -> None:
    open_to_all, internal = await watch(store, "ships"), await watch(store, "secret", internal=True)
    await keep(store, left("brig", open_to_all), left("sloop", internal))
    assert {one.entry.key for one in await left_of(store)} == {"brig", "sloop"}
    assert {one.entry.key for one in await left_of(store, TOWN)} == {"brig"}


async def test_what_is_told_as_a_storys_report_is_not_left_out(store: Store) -> None:
    ships = await watch(store, "ships")
    first, second = await keep(store, left("brig", ships, score=0.8), left("sloop", ships, score=0.3))
    updates = [
        make_update(make_story(first), replace(first)),
        make_update(make_story(first, second), second),
    ]
    assert {one.entry.key for one in await left_of(store)} == {"sloop"}
    async with store.transaction() as rooms:
        await rooms.stories.save_updates(updates)
    assert await left_of(store) == ()


@pytest.mark.parametrize(("kind", "target"), [("source", "1"), ("words", "brig")])
async def test_what_is_muted_is_not_named_as_left_out(store: Store, kind: str, target: str) -> None:
    await keep(store, left("brig", await watch(store, "ships")))
    assert len(await left_of(store)) == 1
    await store.mutes.add(MAIN, kind=kind, target=target, until=None)  # type: ignore[arg-type]
    assert await left_of(store) == ()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "names sails, but its relevance is 0.10: about civil matters"),
        ("tr", "sails geçiyor, ama ilgililiği 0.10: sivil konularla ilgili"),
        ("ja", "「sails」を含むが関連度は0.10：民生の話題"),
    ],
)
async def test_the_reason_is_said_in_the_channels_language(store: Store, lang: str, said: str) -> None:
    await store.channels.save(Channel(id=MAIN, name="Desk", lang=lang))
    await keep(store, left("brig", await watch(store, "ships")))
    assert [one.why for one in await left_of(store)] == [said]


@pytest.mark.parametrize("feature", [*FEATURES, BASE, "promotion", "votes"])
def test_every_reason_has_words_in_every_language(feature: str) -> None:
    assert known(f"against.{feature}")
    assert len({say(f"against.{feature}", lang) for lang in ("en", "tr", "ja")}) == 3
