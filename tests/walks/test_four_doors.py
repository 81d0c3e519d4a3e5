"""Every command through every door: Slack, Discord, the page and the command line mean the same by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from tests.walks.four_doors import DOORS, opened

if TYPE_CHECKING:
    from pathlib import Path

# What is typed, words that every answer holds, and who sees it where there is a channel.
COMMANDS = (
    ("help", ("Start here", "/watch source add"), "asker"),
    ("help rule", ("rule add", "alert"), "asker"),
    ("status", ("Sources", "Next digest"), "asker"),
    ("status of:feeds", ("Harbour Gazette",), "asker"),
    ("status of:delivery", ("arrived",), "asker"),
    ("source list", ("s1", "Harbour Gazette"), "asker"),
    ("source show s1", ("Harbour Gazette", "Norland orders Petrel drones"), "asker"),
    ("source test {feed}", ("Norland orders Petrel drones",), "asker"),
    ("source edit s1 tag:navy", ("s1", "navy"), "channel"),
    ("source pause s1", ("paused s1",), "channel"),
    ("source resume s1", ("s1",), "channel"),
    ("source list state:fresh tag:navy", ("s1", "Harbour Gazette"), "asker"),
    ("source list state:gone", ("No source here is gone",), "asker"),
    ("source add {page}", ("is a web page", "Coast wire", "Nothing is saved yet"), "asker"),
    ("source add {page} kind:page", ("Which of these", "Nothing is saved yet"), "asker"),
    ('source add {page} kind:page select:"h2 a"', ("Sarn gets a new quay", "Nothing is saved yet"), "asker"),
    ("source add {search}", ("personal use", "go to Google", "frigate"), "asker"),
    ("source save 99", ("not at hand any more", "/watch source add"), "asker"),
    ("source import {opml}", ("nothing is changed yet", "Read here already", "Coast (coast)"), "asker"),
    ("source import {opml} confirm:yes", ("added 1 source from a file: s2",), "channel"),
    ("source list tag:coast", ("s2", "Coast"), "asker"),
    ("source export", (".opml: 2 feeds",), "asker"),
    ("source unimport 2", ("took out 1 source: s2",), "channel"),
    ("rule list", ("petrels", "Petrel"), "asker"),
    ('rule add "frigate AND (contract OR award)" name:frigates', ("frigates",), "channel"),
    ("rule show petrels", ("petrels", "Norland orders Petrel drones"), "asker"),
    ("rule test Petrel days:7", ("1 of 1",), "asker"),
    ("rule edit petrels threshold:0.1", ("petrels",), "channel"),
    ("rule pause petrels", ("petrels",), "channel"),
    ("rule resume petrels", ("petrels",), "channel"),
    ("rule remove frigates", ("frigates",), "channel"),
    ("like t1", ("A watch for more like", "Words that it marks", "Norland orders Petrel drones"), "asker"),
    ("like save t1 name:likened", ("likened", "more like"), "channel"),
    ("rule add entity:Baykar name:makers", ("makers", "entity:Baykar"), "channel"),
    ("rule show makers", ("the organisation Baykar", "バイカル"), "asker"),
    ("rule remove makers", ("makers",), "channel"),
    ("rule add Baykar name:word", ("entity:Baykar also finds its other names", "バイカル"), "channel"),
    ("rule remove word", ("word",), "channel"),
    ('rule test about:"drone orders" days:7', ("1 of 1",), "asker"),
    ("rule test /petrels?/ days:7", ("1 of 1",), "asker"),
    ("rule test fact:contract>1m days:7", ("1 of 1",), "asker"),
    ("rule add fact:contract>1m name:bigger", ("bigger", "fact:contract>1m"), "channel"),
    ("rule show bigger", ("over 1m USD", "published average rates"), "asker"),
    ("rule remove bigger", ("bigger",), "channel"),
    ("rule test entity:Baykr", ("knows nobody", "entity:Baykar"), "asker"),
    ("exemplar add a1 good", ("would be a good exemplar here", "newly alert"), "asker"),
    ("exemplar add a1 good keep:yes", ("as a good exemplar", "Norland orders Petrel drones"), "channel"),
    ("exemplar list", ("shared", "Norland orders Petrel drones"), "asker"),
    ("exemplar list from:feedback", ("Nobody voted here yet",), "asker"),
    ("exemplar check days:1", ("others alone", "alert by the shared exemplars alone"), "asker"),
    ("exemplar remove Norland keep:yes", ("out of the good exemplars",), "channel"),
    ("digest preview since:12h", ("Norland orders Petrel drones", "$5.5"), "asker"),
    ("digest now since:12h", ("Norland orders Petrel drones", "$5.5"), "channel"),
    ("digest schedule at:07:30 days:mon-fri tz:Europe/Berlin", ("7:30",), "channel"),
    ("digest list", ("Europe/Berlin",), "asker"),
    ("digest history", ("digest",), "asker"),
    ("search Norland since:30d", ("1 entry for Norland", "Norland orders Petrel drones"), "asker"),
    (
        "search Norland fact:amount>1m",
        ("1 entry for Norland fact:amount", "orders Petrel drones"),
        "asker",
    ),
    ("search fact:amount>900bn", ("0 entries for",), "asker"),
    ("search fact:status=singed", ("There is no status", "fact:status=signed"), "asker"),
    ("why a1", ("Norland orders Petrel drones", "petrels"), "asker"),
    ("why t1", ("Norland orders Petrel drones", "petrels"), "asker"),
    ("story show t1", ("Norland orders Petrel drones", "$5.5"), "asker"),
    ("story merge t1 t1", ("one story already",), "asker"),
    ("story split t1", ("Which articles of t1",), "asker"),
    ("export story story:t1 as:json", ("vedette-t1.json",), "asker"),
    ("story timeline t1", ("t1", "Norland orders Petrel drones"), "asker"),
    ("story follow t1", ("You follow t1",), "asker"),
    ("story unfollow t1", ("no more",), "asker"),
    ("facts t1", ("Contract value", "$5.5", "signed a contract with Petrel Works"), "asker"),
    ("facts type:contract amount:>1m", ("Contract value", "$5.5"), "asker"),
    ("facts amount:>900bn", ("states no such fact",), "asker"),
    ("promises due:3650d", ("p1", "Petrel Works", "will hand over the first drone", "t1"), "asker"),
    ("promises state:kept", ("no such promise",), "asker"),
    ("promises of:Petrel", ("p1",), "asker"),
    ("promise drop p99", ("There is no promise",), "asker"),
    ("promise restore p1", ("p1 is followed already",), "asker"),
    ("mute add t1 for:3d", ("t1",), "channel"),
    ("mute list", ("t1",), "asker"),
    ("settings show", ("threshold", "quiet"), "asker"),
    ("settings set threshold 0.65", ("0.65",), "channel"),
    ("settings audit", ("0.65",), "asker"),
    ("settings forget-me", ("Forgetting",), "asker"),
    ("vote up t1", ("1 for",), "asker"),
    ("undo {change}", ("took back",), "channel"),
    ("mute off {mute}", ("t1",), "channel"),
    ("setup tz:Europe/Paris", ("Europe/Paris",), "channel"),
    ("export rules", ("vedette-rules",), "asker"),
    ("vote down t1", ("against",), "asker"),
    ("digest cancel digest", ("digest",), "channel"),
    ("source remove s1", ("s1", "Harbour Gazette"), "channel"),
    ("source add {feed}", ("Harbour Gazette",), "channel"),
    ("search", ("needs WORDS", "/watch search"), "asker"),
    ("rule remove nothing-like-it", ("no rule", "/watch rule list"), "asker"),
)

# Discord lets nobody leave out what a command needs; votes and saving a proposal are buttons there.
NOT_TYPED_ON_DISCORD = {
    "search",
    "vote up t1",
    "vote down t1",
    "like save t1 name:likened",
    "promise restore p1",
    "source save 99",
    "source unimport 2",
}


@pytest.mark.long
async def test_every_command_means_the_same_through_all_four_doors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the command line writes its files
    async with opened(tmp_path) as doors:
        faults = []
        for text, expected, shown in COMMANDS:
            for door in DOORS:
                if door == "discord" and text in NOT_TYPED_ON_DISCORD:
                    continue
                heard = await doors.ask(door, text.format(**await doors.known(door)))
                missing = [part for part in expected if part not in heard.text]
                if missing or heard.shown not in {"", shown}:
                    faults.append(f"{door}: {text}: {heard.shown}, without {missing}: {heard.text[:300]}")
        assert not faults, "\n".join(faults)
        assert not doors.walk.discord.findings


PLANT = (
    "b",
    "Petrel Works shuts its engine plant in Sarn",
    "Four hundred people lose their jobs in the mountain town when the plant closes in autumn, a union said.",
)


@pytest.mark.long
async def test_stories_are_merged_and_split_and_put_back_through_all_four_doors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path, PLANT) as doors:
        store = doors.walk.app.store
        (first,), (second,) = await store.find.stories("orders"), await store.find.stories("shuts")
        (article,) = await store.find.entries("shuts")
        for door in DOORS:

            async def said(text: str, part: str, door: str = door) -> None:
                heard = await doors.ask(door, text)
                assert part in heard.text, f"{door}: {text}: {heard.text}"
                assert heard.shown in {"", "channel"}, f"{door}: {text}"

            async def undone(back: str, part: str, door: str = door) -> None:
                change = (await doors.known(door))["change"]
                await said(back if door == "discord" else f"undo {change}", part)

            await said(f"story merge t{first} t{second}", f"merged t{second}")
            await said(f"story split t{first} a{article}", "split 1 report off")
            (new,) = await store.find.stories("shuts")
            assert new not in {first, second}
            await undone(f"story merge t{first} t{new}", f"merged t{new}")
            await undone(f"story split t{new}", f"took t{new} out of t{first}")
            await said(f"story merge t{new} t{first}", f"merged t{first}")
            await undone(f"story split t{first}", f"took t{first} out of t{new}")
            second = new
        assert not doors.walk.discord.findings


async def test_a_promise_is_taken_out_and_put_back_through_all_four_doors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path) as doors:
        for door in DOORS:
            heard = await doors.ask(door, "promise drop p1")
            assert "took p1 out of the ledger: “Petrel Works will hand over" in heard.text
            assert heard.shown in {"", "channel"}
            assert "no such promise" in (await doors.ask(door, "promises")).text
            if door == "discord":  # where a change is taken back by its button
                assert await doors.walk.app.store.promises.restore(1)
            else:
                change = (await doors.known(door))["change"]
                assert "follows p1 again" in (await doors.ask(door, f"undo {change}")).text
            assert "p1" in (await doors.ask(door, "promises")).text
        assert not doors.walk.discord.findings


def test_every_command_there_is_stands_in_the_table() -> None:
    names = {parse(text, FORMS)[0].name for text, _, _ in COMMANDS if text != "search"}
    # What takes posts back everywhere can be asked once, in test_walk_chat.py; the other by Undo alone.
    apart = {"story retract", "rule restore"}
    assert {form.name for form in FORMS} - names == apart
