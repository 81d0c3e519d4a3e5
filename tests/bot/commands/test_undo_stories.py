"""Undo of merged and split stories: each does exactly its own part, or says what stands in its way."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import save_story

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

Places = dict[int, int]  # the story that each report is in
CHAINS = 5
STEPS = 16


async def places(store: Store) -> Places:
    """Return the story that each report is in; a story that no number leads to would be missing."""
    last = await store.stories.last_number()
    stories = [await store.stories.get(number) for number in range(1, last + 1)]
    return {report.entry.number: story.number for story in stories if story for report in story.reports}


@dataclass(frozen=True)
class Moved:
    """A change: its Undo, and where the reports were before it and after."""

    undo: str
    before: Places
    after: Places


@dataclass
class Chain:
    """A chain of decisions drawn by chance; what is taken back goes from one list to the other."""

    ask: Ask
    store: Store
    chance: random.Random
    standing: list[Moved] = field(default_factory=list)  # oldest first
    gone: list[Moved] = field(default_factory=list)  # what took changes back, which can be taken back, too

    async def draw(self) -> None:
        """Merge, split, or take something back, whether it makes sense or not."""
        if self.chance.random() < 0.4:
            if found := self.standing + self.gone:
                await self.take_back(self.chance.choice(found))
            return
        now = await places(self.store)
        one, other = self.chance.choices(range(1, await self.store.stories.last_number() + 1), k=2)
        inside = [entry for entry, story in now.items() if story == one]
        some = self.chance.sample(inside, self.chance.randint(1, len(inside))) if inside else []
        split = " ".join([f"story split t{one}", *(f"a{entry}" for entry in some)])
        if done := await self.change(self.chance.choice([f"story merge t{one} t{other}", split])):
            self.standing.append(done)

    async def change(self, line: str) -> Moved | None:
        """Ask for a change; None if it was refused, which moves nothing."""
        before = await places(self.store)
        reply = await self.ask(line)
        after = await places(self.store)
        assert after.keys() == before.keys(), "no report is lost"
        if reply.refused:
            assert after == before
            return None
        return Moved(undo=buttons(reply)["Undo"], before=before, after=after)

    async def take_back(self, one: Moved) -> bool:
        """Take a change back, and see that what it moved went back to where it was, and nothing else."""
        done = await self.change(one.undo)
        if done is None:
            return False
        back = {entry: story for entry, story in one.before.items() if one.after[entry] != story}
        assert done.after == {**done.before, **back}
        taken, other = (self.standing, self.gone) if one in self.standing else (self.gone, self.standing)
        taken.remove(one)
        other.append(done)
        return True


@pytest.mark.long
@pytest.mark.parametrize("seed", range(CHAINS))
async def test_whatever_was_done_all_of_it_taken_back_leaves_the_stories_as_they_were(
    ask: Ask, store: Store, seed: int
) -> None:
    for names in (("sloop", "cutter"), ("brig", "ketch")):
        await save_story(store, *names)
    chain, start = Chain(ask, store, random.Random(seed)), await places(store)
    for _ in range(STEPS):
        await chain.draw()
    for one in reversed(chain.standing.copy()):
        assert await chain.take_back(one)
    assert await places(store) == start


async def test_a_merging_is_not_taken_back_over_a_split_of_what_it_brought(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop", "cutter")
    first = buttons(await ask("story merge t1 t2"))["Undo"]
    second = buttons(await ask("story split t1 a3"))["Undo"]
    merged = await places(store)
    told = said(await ask(first))
    assert "Ada split 1 report off t1 “The frigate sails” as t3: a3 (u2). Take that back first." in told
    assert f"Try: /watch {second}" in told
    assert await places(store) == merged
    assert not (await ask(second)).refused
    assert not (await ask(first)).refused
    assert await places(store) == {1: 1, 2: 1, 3: 2, 4: 2}


async def test_decisions_on_other_parts_of_one_story_stand_in_no_ones_way(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop")
    await save_story(store, "cutter")
    await ask("story merge t1 t2")
    undos = [buttons(await ask(line))["Undo"] for line in ("story merge t1 t3", "story split t1 a2")]
    for undo in ("undo u1", *undos):
        assert not (await ask(undo)).refused
    assert await places(store) == {1: 1, 2: 1, 3: 2, 4: 3}


async def test_a_merging_that_comes_back_holds_what_was_split_off_it_meanwhile(
    ask: Ask, store: Store
) -> None:
    await save_story(store, "sloop", "cutter")
    await ask("story merge t1 t2")
    await ask("story split t1 a3")
    for line in ("story split t2", "undo u3", "undo u2", "undo u1"):
        assert not (await ask(line)).refused
    assert await places(store) == {1: 1, 2: 1, 3: 2, 4: 2}


async def test_what_would_leave_a_story_without_a_report_says_what_helps(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop", "cutter")
    undo = buttons(await ask("story merge t1 t2"))["Undo"]
    off = buttons(await ask("story split t1 a1 a2"))["Undo"]
    told = said(await ask(undo))
    assert "t1 would be left without a report. Bring back first what was split off it." in told
    assert not (await ask(off)).refused
    await ask("story split t1 a3 a4")
    assert "none of its reports is in t1 any more" in said(await ask("story split t2"))
