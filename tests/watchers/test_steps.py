"""Stories are linked with earlier steps of their affairs, whether those are remembered or read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Final

import pytest

from tests.contracts.store.store_builders import NOON, make_entry, make_report, make_story, make_update
from tests.watchers.stories.test_stories_evals import knowledge
from watchers import steps
from watchers.clock import SteppedClock
from watchers.facts.extract import extract
from watchers.steps import Affairs, link_steps
from watchers.store.store import open_store
from watchers.types import fact_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store
    from watchers.types import StoryUpdate

CHOSEN: Final = "Australia selects Japan's Mogami frigate for its navy"
SIGNED: Final = "Australia and Japan sign the contract for Mogami frigates"
MONTHS: Final = timedelta(days=90)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    """Open a database with a feed."""
    database = tmp_path / "db"
    copyfile(empty_database, database)
    async with open_store(f"sqlite:///{database}", clock=SteppedClock(NOON)) as opened:
        await opened.feeds.add("https://harbour.example/feed", name="Harbour", every=timedelta(hours=1))
        yield opened


async def told(store: Store, name: str, title: str, *, later: timedelta = timedelta()) -> StoryUpdate:
    """Store a story of one article, read as every entry is but without a model."""
    _, finder, _ = knowledge("none")
    at = NOON + later
    (entry,) = await store.entries.add([make_entry(name, title=title, published=at, seen=at)])
    text = fact_text(entry)
    facts = extract(text, lang="en", published=at.date(), finder=finder)
    report = replace(make_report(entry, facts=facts), mentions=finder.find(entry.text, "en"), vector=None)
    story = replace(make_story(report, updated=at), opened=at)
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        (saved,) = await rooms.stories.save_updates([make_update(story, report, at=at)])
    return saved


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "read again"])
async def test_a_contract_is_linked_with_the_choice_before_it(store: Store, *, remembered: bool) -> None:
    affairs, closeness = Affairs(), knowledge("none")[2]
    chosen = await told(store, "chosen", CHOSEN)
    await link_steps(store, [chosen], closeness, affairs, at=NOON)
    assert affairs.known(chosen.story.number) is not None
    if not remembered:
        affairs.forget()
    signed = await told(store, "signed", SIGNED, later=MONTHS)
    await link_steps(store, [signed], closeness, affairs, at=NOON)
    assert [one.story for one in await store.storylines.earlier(signed.story.number)] == [chosen.story.number]
    assert affairs.known(chosen.story.number) is not None, "it is remembered from now on"


async def test_what_was_corrected_is_read_again(store: Store) -> None:
    affairs, closeness = Affairs(), knowledge("none")[2]
    chosen = await told(store, "chosen", CHOSEN)
    await link_steps(store, [chosen], closeness, affairs, at=NOON)
    await link_steps(store, [replace(chosen, kind="corrected")], closeness, affairs, at=NOON)
    assert affairs.known(chosen.story.number) is None


async def test_no_more_are_remembered_than_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "REMEMBERED", 2)
    affairs, closeness = Affairs(), knowledge("none")[2]
    numbers = []
    for n in range(4):
        update = await told(store, f"e{n}", f"{CHOSEN}, says minister {n}", later=timedelta(days=n))
        affairs.of(update.story, closeness)
        numbers.append(update.story.number)
    assert [affairs.known(number) is not None for number in numbers] == [False, False, True, True]
