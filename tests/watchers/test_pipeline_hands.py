"""What people decide about stories holds while the bot reads on, and over a restart; steps are linked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import make_entry
from tests.watchers.test_pipeline_corrections import START, desk
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.watchers.test_pipeline_corrections import Desk
    from watchers.types import StoryUpdate

ORDER = "Norway orders four frigates from Harbour Yards"
FIRE = "Fire breaks out aboard frigates at Calver dockyard"
TEXT = (
    "The ministry in Oslo signed a contract worth 5.5 billion euros for four frigates on Monday, the yard "
    "said, and the first of them joins the fleet of the northern coast in spring 2029."
)
BLAZE = (
    "Eleven sailors were hurt when two frigates burned for six hours at the Calver dockyard, the navy said."
)


async def tell(one: Desk, name: str, title: str, summary: str = "") -> StoryUpdate:
    """Let an article come in an hour later and be read."""
    one.clock.move_to(one.clock.now() + timedelta(hours=1))
    at = one.clock.now()
    await one.store.entries.add([make_entry(name, title=title, summary=summary, published=at, seen=at)])
    (update,) = await one.watcher.read_unread()
    return update


async def keys(one: Desk, number: int) -> list[str]:
    story = await one.store.stories.get(number)
    return [report.entry.key for report in story.reports] if story else []


async def test_a_merge_by_another_process_is_heeded_by_the_running_watcher(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        first = (await tell(one, "order", ORDER, TEXT)).story.number
        second = (await tell(one, "fire", FIRE, BLAZE)).story.number
        assert first != second
        async with open_store(f"sqlite:///{tmp_path / 'v.sqlite3'}", clock=one.clock) as shell:
            await shell.hands.merge(first, second, by="shell", by_name="Ada", at=one.clock.now())
        update = await tell(one, "fire2", FIRE, BLAZE + " An inquiry follows.")
        assert (update.kind, update.story.number) == ("joined", first)
        assert await keys(one, first) == ["order", "fire", "fire2"]
        assert not update.new_origin
        assert one.watcher._placing is not None
        assert [story.number for story in one.watcher._placing.index.stories] == [first]


async def test_no_later_report_and_no_restart_undoes_a_split(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        first = (await tell(one, "order", ORDER, TEXT)).story.number
        assert (await tell(one, "copy", ORDER, TEXT + " It is the largest.")).story.number == first
        hand = await one.store.hands.split(first, [2], by="", by_name="Ada", at=one.clock.now())
        later = await tell(one, "third", ORDER, TEXT + " It is the largest so far.")
        assert later.story.number in {first, hand.other}
        assert "order" in await keys(one, first)
        assert "copy" in await keys(one, hand.other)
        at = one.clock.now()
    async with desk(tmp_path, at=at) as again:
        again.clock.move_to(at)
        await tell(again, "fourth", ORDER, TEXT + " It is the largest by far.")
        assert "order" in await keys(again, first)
        assert "copy" in await keys(again, hand.other)
        assert (await tell(again, "other", FIRE, BLAZE)).story.number > hand.other


async def test_a_contract_half_a_year_after_the_choice_is_a_later_step_and_a_story_of_its_own(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        choice = await tell(
            one,
            "choice",
            "Australia selects Japan's Mogami frigates",
            "Mitsubishi Heavy Industries beat a German bid to build frigates for Australia, Canberra said.",
        )
        await tell(
            one,
            "visit",
            "Japanese frigates of the Mogami class call at Manila",
            "Two frigates from Japan visited the Philippines on Monday.",
        )
        one.clock.move_to(START + timedelta(days=180))
        contract = await tell(
            one,
            "contract",
            "Australia signs contracts for first three Mogami frigates",
            "Mitsubishi Heavy Industries of Japan builds the frigates; Australia pays 6.5 billion dollars.",
        )
        assert (contract.kind, contract.story.number) == ("opened", 3)
        steps = await one.store.storylines.earlier(contract.story.number)
        assert [step.story for step in steps] == [choice.story.number]
        assert await one.store.storylines.earlier(2) == ()
