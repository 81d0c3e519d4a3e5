"""`like`: a whole watch from one article, and the forecast that it comes with."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.announcing.alerts import plan
from bot.announcing.audiences import audiences
from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, Request, filled
from bot.judging import JudgingAlone
from bot.messages import Links
from tests.bot.commands.command_replies import buttons, pairs, rows, said
from tests.contracts.store.store_builders import MAIN, NOON, make_entry
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.stories.cluster import Index

if TYPE_CHECKING:
    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.lens import Lens
    from watchers.store.store import Store
    from watchers.types import Entry, Watch

EVALS = Path(__file__).parents[2] / "evals"
SPEC = LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none")
DAYS = 10
PASTED = (
    "Norland orders four frigates from Kestrel Yards.\n"
    "The defence ministry signed a contract for four frigates on Tuesday. The first frigate will be "
    "delivered to the navy in 2031, and two of the four ships are to be built in Norland itself."
)


@pytest.fixture(scope="module")
def lens() -> Lens:
    return build(SPEC)


def news(name: str = "frigates", feed: int = 1) -> list[Entry]:
    """Return one beat's labelled items as the entries of ten days, oldest first, behind an article of it."""
    article = load_exemplars(EVALS / f"exemplars-{name}")[1]
    first = make_entry(f"{name}-article", feed=feed, title=article.title, seen=NOON - timedelta(days=DAYS))
    lines = (EVALS / f"relevance-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    step = timedelta(days=DAYS) / len(lines)
    return [
        replace(first, body=article.text.removeprefix(article.title).strip(), published=first.seen),
        *(
            replace(
                make_entry(item["id"], feed=feed, title=item["title"], summary=item["summary"]),
                lang=item["lang"],
                published=NOON - timedelta(days=DAYS) + i * step,
                seen=NOON - timedelta(days=DAYS) + i * step,
            )
            for i, item in enumerate(map(json.loads, lines))
        ),
    ]


async def keep(store: Store, lens: Lens, entries: list[Entry]) -> tuple[Entry, ...]:
    """Store entries as the walk does: read, and gathered into stories."""
    kept = await store.entries.add(entries)
    index = Index(lens.knowledge.closeness)
    reports = read(kept, lens)
    updates = [index.place(report, now=report.entry.when) for report in reports]
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "store") for report in reports])
        await rooms.stories.save_updates(updates)
    return kept


async def watch(store: Store, number: int) -> Watch:
    return next(one.watch for one in await store.watches.listed(MAIN) if one.watch.number == number)


def linked(reply: Reply) -> list[str]:
    """Return the texts of all links of a reply."""
    return [link.text for block in reply.message.blocks if isinstance(block, Links) for link in block.links]


@pytest.fixture
async def frigates(store: Store, lens: Lens) -> tuple[Entry, ...]:
    return await keep(store, lens, news())


async def test_an_article_by_its_number_is_proposed_as_a_whole_watch(
    ask: Ask, frigates: tuple[Entry, ...]
) -> None:
    reply = await ask(f"like a{frigates[0].number}")
    proposed = pairs(reply)
    assert reply.shown == "asker"
    assert 'about:"frigate' in proposed["Words that it marks"]
    assert proposed["Carried it"] == "Harbour Post (s1)"
    assert proposed["Carry such news"].startswith("Harbour Post (s1) ")
    assert "Japanese フリゲート" in said(reply)
    assert "Turkish fırkateyn" in said(reply)
    assert "alerts, about" in said(reply)
    assert len(linked(reply)) == 5
    assert buttons(reply)["Save"] == f"like save a{frigates[0].number}"


async def test_nothing_is_watched_before_the_button_is_pressed(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    before = await store.watches.listed(MAIN)
    await ask(f"like a{frigates[0].number}")
    assert await store.watches.listed(MAIN) == before
    assert await store.exemplars.beats(()) == ()


async def test_the_button_saves_the_watch_with_its_article(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    proposal = await ask(f"like a{frigates[0].number}")
    reply = await ask(buttons(proposal)["Save"])
    assert reply.shown == "channel"
    saved = await watch(store, 3)
    assert (saved.kind, saved.alert, saved.threshold) == ("like", "", None)
    (beat,) = await store.exemplars.beats(())
    assert (beat.key, beat.exemplars[0].title) == ("r3", frigates[0].title)


async def test_who_may_not_change_things_may_look_at_a_proposal_and_not_save_it(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    proposal = await ask(f"like a{frigates[0].number}", manages=False)
    assert not proposal.refused
    assert (await ask(buttons(proposal)["Save"], manages=False)).refused
    assert len(await store.watches.listed(MAIN)) == 1


async def test_a_pasted_text_is_saved_by_its_button_after_a_restart(
    ask: Ask, store: Store, clock: object
) -> None:
    form = (await ask("like")).sheet
    assert form is not None
    proposal = await ask(filled(form, {"text": PASTED, "alert": "now"}))
    assert "Norland orders four frigates" in said(proposal)
    again = await ask(filled(form, {"text": PASTED, "alert": "now"}))
    assert buttons(again) == buttons(proposal)  # it is kept once
    assert await store.exemplars.listed(MAIN) == ()
    layer = CommandLayer(store, clock=clock, reading=None, judging=JudgingAlone(SPEC))  # type: ignore[arg-type]
    asker = Asker(id="slack:U1", name="Ada", manages=True)
    await layer.answer(Request(text=buttons(proposal)["Save"], channel=MAIN, asker=asker))
    saved = await watch(store, 3)
    assert (saved.kind, saved.alert, saved.name) == (
        "like",
        "now",
        "Norland orders four frigates from Kestrel Yards.",
    )
    (beat,) = await store.exemplars.beats(())
    assert "two of the four ships" in beat.exemplars[0].text


async def test_a_likeness_is_taken_out_and_brought_back_just_as_it_was(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    await ask(f"like save a{frigates[0].number} name:hulls alert:digest threshold:0.6")
    await ask("rule edit hulls expression:\"'sea power'\" mention:role:7")
    removed = await ask("rule remove hulls")
    assert await store.exemplars.beats(()) == ()
    await ask(buttons(removed)["Undo"])
    back = await watch(store, 3)
    assert (back.kind, back.name, back.alert, back.threshold) == ("like", "hulls", "digest", 0.6)
    assert (back.expression, back.mention) == ('"sea power"', "role:7")
    (beat,) = await store.exemplars.beats(())
    assert (beat.key, beat.exemplars[0].title) == ("r3", frigates[0].title)


async def test_two_past_articles_stand_beside_one_that_says_little(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    short = next(one for one in frigates if one.title.startswith("Copenhagen delays frigate choice"))
    proposal = await ask(f"like a{short.number}")
    also = pairs(proposal)["Also like"]
    assert also.count("(a") == 2
    assert f"(a{short.number})" not in also
    assert "Also like" not in pairs(await ask(f"like a{frigates[0].number}"))
    await ask(buttons(proposal)["Save"])
    await ask(buttons(proposal)["Save it alone"])
    sizes = {beat.key: len(beat.exemplars) for beat in await store.exemplars.beats(())}
    assert sizes == {"r3": 3, "r4": 1}
    removed = await ask("rule remove r3")
    await ask(buttons(removed)["Undo"])
    beats = {beat.key: beat.exemplars for beat in await store.exemplars.beats(())}
    assert beats["r3"][0].title == short.title
    assert len(beats["r3"]) == 3


async def test_saving_is_undone_by_its_button(ask: Ask, store: Store, frigates: tuple[Entry, ...]) -> None:
    saved = await ask(f"like save a{frigates[0].number}")
    await ask(buttons(saved)["Undo"])
    assert len(await store.watches.listed(MAIN)) == 1
    assert await store.exemplars.beats(()) == ()


async def test_the_same_article_twice_makes_two_watches_only_where_they_differ(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    line = f"like save a{frigates[0].number}"
    replies = await asyncio.gather(*(ask(line) for _ in range(3)))
    assert [reply.refused for reply in replies].count(False) == 1
    again = await ask(line)
    assert "watches for that already." in said(again)
    assert "Try: /watch rule show r3" in said(again)
    await ask(f"{line} threshold:0.8")
    assert (await watch(store, 4)).name == f"{(await watch(store, 3)).name} (2)"
    assert len(await store.watches.listed(MAIN)) == 3


async def test_a_link_that_a_feed_brought_is_known_and_another_is_to_be_pasted(
    ask: Ask, frigates: tuple[Entry, ...]
) -> None:
    known = await ask(f"like {frigates[3].link}?utm_source=chat")
    assert frigates[3].title in said(known)
    unknown = await ask("like https://elsewhere.example/news/1")
    assert unknown.refused
    assert "Paste the headline" in said(unknown)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("like drones", 'no article "drones"', id="a word that no title has"),
        pytest.param("like a999", 'no article "a999"', id="an article that is not there"),
        pytest.param("like x9", "no exemplar x9", id="an exemplar that is not there"),
        pytest.param("like t99", "no story", id="a story that is not there"),
        pytest.param("like a1 threshold:7", "0 to 1", id="a likeness that cannot be"),
        pytest.param("like a1 alert:off", "now, usual or digest", id="a likeness that only marks"),
    ],
)
async def test_what_cannot_be_likened_is_refused_with_an_example(ask: Ask, line: str, told: str) -> None:
    reply = await ask(line)
    assert reply.refused
    assert told in said(reply)
    assert "/watch " in said(reply)


async def test_a_story_is_likened_by_the_article_that_opened_it(ask: Ask) -> None:
    assert "The frigate sails" in said(await ask("like t1"))


async def test_rules_list_and_show_and_edit_know_a_likeness(
    ask: Ask, store: Store, frigates: tuple[Entry, ...]
) -> None:
    await ask(f"like save a{frigates[0].number} name:hulls")
    assert rows(await ask("rule list"))[1][:2] == ("r3", "hulls")
    shown = pairs(await ask("rule show hulls"))
    assert shown["Watches for"] == f"likeness to “{frigates[0].title}” (x1)"
    assert shown["Likeness it needs"] == "0.7, as usual"
    await ask("rule edit hulls threshold:0.8 alert:now")
    changed = await watch(store, 3)
    assert (changed.kind, changed.alert, changed.threshold) == ("like", "now", 0.8)
    assert (await ask("rule edit hulls alert:off")).refused


async def test_a_likeness_is_tested_by_judging_and_not_by_its_words(
    ask: Ask, frigates: tuple[Entry, ...]
) -> None:
    await ask(f'like save a{frigates[0].number} name:hulls words:"zeppelin"')
    found = said(await ask("rule test hulls days:14"))
    assert "Likeness to the articles of “hulls” would have found " in found
    assert "would have found 0 " not in found


async def test_the_forecast_is_what_a_replay_delivers(
    ask: Ask, store: Store, lens: Lens, frigates: tuple[Entry, ...]
) -> None:
    kept = (*frigates, *await keep(store, lens, news("tanks", feed=2)))
    saved = await ask(f"like save a{frigates[0].number}")
    assert not saved.refused
    told = said(await ask("rule test r3 days:10"))
    beats = await store.exemplars.beats(SPEC.exemplars)
    later = build(replace(SPEC, beats=beats, watches=await store.watches.active()))
    index = Index(later.knowledge.closeness)
    posted: set[str] = set()
    (here,) = [one for one in await audiences(store) if one.channel == MAIN]
    only = replace(here, threshold=1.0, watches=tuple(w for w in here.watches if w.number == 3))
    for report in read(kept, later):
        update = index.place(report, now=report.entry.when)
        story = f"t{update.story.number}"
        channels = frozenset({MAIN} if story in posted else ())
        posted |= {story for alert in plan(update, (only,), posted=channels) if alert.kind == "card"}
    assert len(posted) >= 5
    a_day = float(told.split(" alerts, about ")[1].split(" a day")[0])
    assert a_day == pytest.approx(len(posted) / DAYS, rel=0.2)
