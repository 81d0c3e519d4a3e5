"""How a story grew, as its timeline tells it, and the files of evidence that are exported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import NOON, make_entry, make_fact, make_report, save_story
from watchers.types import Fact, Money, StoryUpdate, Words

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


def status(words: str, text: str) -> Fact:
    """Make a status fact on a word of an entry's title."""
    start = text.index(words)
    return Fact(
        type="status",
        value=Words(text=words),
        start=start,
        end=start + len(words),
        mention=words,
        sentence=text,
        sentence_start=0,
    )


async def tell(store: Store, name: str, words: str, *, days: int, outlet: str = "Harbour Post") -> None:
    """Let one more report of t1 say how far it is."""
    title = f"The deal is {words}"
    at = NOON + timedelta(days=days)
    new = replace(make_entry(name, title=title, published=at, seen=at), outlet=outlet)
    (entry,) = await store.entries.add([new])
    story = await store.stories.get(1)
    assert story is not None
    report = make_report(entry, facts=(status(words, title),))
    grown = replace(story, reports=(*story.reports, report), updated=at)
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        update = StoryUpdate(
            story=grown, report=report, kind="joined", new_facts=report.facts, new_origin=False, at=at
        )
        await rooms.stories.save_updates([update])


async def test_the_timeline_has_each_claim_of_progress_with_its_day_and_source(
    ask: Ask, store: Store
) -> None:
    await tell(store, "plan", "planned", days=1)
    await tell(store, "paper", "signed", days=3)
    await tell(store, "echo", "signed", days=4, outlet="Coast Post")
    await tell(store, "no", "denied", days=5)
    await tell(store, "yes", "signed", days=6)
    text = said(await ask("story timeline t1")).split("\n")
    start = text.index("What was said of how far it is")
    claims = [
        text[i : i + 2]
        for i, line in enumerate(text)
        if i > start and line.startswith("2") and " Aug " in line
    ]
    assert claims[:4] == [
        ["20 Aug 2025", "planned"],
        ["22 Aug 2025", "signed"],
        ["24 Aug 2025", "denied"],
        ["25 Aug 2025", "signed"],
    ]
    assert "Harbour Post, Coast Post (a4)" in text


async def correct(store: Store, amount: str) -> None:
    """Let the first article of t1 give another amount, as a feed that changed its text."""
    old = await store.stories.get(1)
    assert old is not None
    was = old.lead
    value = Money(low=Decimal(amount), high=Decimal(amount), currency="EUR")
    now = replace(was, facts=(make_fact(was.entry, value),))
    update = StoryUpdate(
        story=replace(old, reports=(now, *old.reports[1:])),
        report=now,
        kind="corrected",
        new_facts=now.facts,
        new_origin=False,
        at=NOON + timedelta(hours=int(amount)),
        was=was.facts,
    )
    changed = replace(was.entry, number=0, guid="urn:frigate", summary=f"It costs {amount} euros.")
    await store.entries.add([changed])
    async with store.transaction() as rooms:
        (again,) = await rooms.entries.unread()
        now = replace(now, entry=again)
        await rooms.stories.save_reports([(now, "now")])
        await rooms.stories.save_updates([replace(update, report=now)])


async def test_a_changed_figure_is_told_before_and_after_in_show_timeline_and_export(
    ask: Ask, store: Store
) -> None:
    await correct(store, "7")
    await correct(store, "8")
    for command in ("story show t1", "story timeline t1"):
        text = said(await ask(command))
        value = "Contract value: more than about {} (reported, said by the ministry)"
        for was, now in (("€2.4 to €3B", "€7"), ("€7", "€8")):
            before, after = value.format(was), value.format(now).removeprefix("Contract value: ")
            assert f"Harbour Post changed its report. {before} → {after}" in text
    reply = await ask("export story t1 as:json")
    assert reply.file is not None
    found = json.loads(reply.file.body)["corrections"]
    assert [([f["value"] for f in c["was"]], [f["value"] for f in c["now"]]) for c in found] == [
        (["2.4-3000000000 EUR"], ["7 EUR"]),
        (["7 EUR"], ["8 EUR"]),
    ]


@pytest.mark.parametrize("kind", ["md", "json", "csv"])
async def test_two_exports_of_an_unchanged_story_are_the_same_bytes(
    ask: Ask, store: Store, clock: SteppedClock, kind: str
) -> None:
    await correct(store, "7")
    await tell(store, "plan", "planned", days=1)
    first = await ask(f"export story t1 as:{kind}")
    clock.move_to(NOON + timedelta(days=40))
    await ask("vote up t1")
    other = await save_story(store, "sloop")
    second = await ask(f"export story as:{kind} story:t1")
    assert first.shown == "asker"
    assert first.file is not None
    assert second.file is not None
    assert first.file.name == f"vedette-t1.{kind}"
    assert (first.file.name, first.file.body) == (second.file.name, second.file.body)
    await ask(f"story merge t1 t{other.number}")
    third = await ask(f"export story t1 as:{kind}")
    assert third.file is not None
    assert third.file.body != first.file.body


async def test_the_hashes_of_an_export_prove_what_was_read(ask: Ask, store: Store) -> None:
    reply = await ask("export story t1 as:json")
    assert reply.file is not None
    record = json.loads(reply.file.body)
    story = await store.stories.get(1)
    assert story is not None
    assert [(one["id"], one["sha256"]) for one in record["reports"]] == [
        (f"a{e.number}", sha256(f"{e.title}\n{e.summary}\n{e.body}".encode()).hexdigest())
        for e in (report.entry for report in story.reports)
    ]
    (fact,) = record["reports"][0]["facts"]
    assert (fact["value"], fact["bound"], fact["said_by"]) == ("2.4-3000000000 EUR", "min", "the ministry")
    assert fact["sentence"][fact["start"] : fact["end"]] == fact["mention"]
    assert [(one["name"], one["outlets"]) for one in record["origins"]] == [
        ("Harbour Post", ["Harbour Post"])
    ]
    as_table = await ask("export story t1 as:csv")
    as_text = await ask("export story t1")
    assert as_table.file is not None
    assert as_text.file is not None
    table = list(csv.DictReader(io.StringIO(as_table.file.body.decode("utf-8-sig"))))
    hashes = [one["sha256"] for one in record["reports"]]
    assert [row["sha256"] for row in table if row["row"] == "report"] == hashes
    assert [row["row"] for row in table] == ["report", "fact", "report", "fact", "origin", "rate"]
    assert all(one in as_text.file.body.decode() for one in hashes)


async def test_hostile_text_is_inert_in_every_file(ask: Ask, store: Store) -> None:
    title = "=HYPERLINK(1) | [x](javascript:1) <script>\n# heading"
    entry = make_entry("evil", title=title, link="https://evil.example/>) <b>")
    (entry,) = await store.entries.add([entry])
    report = make_report(entry)
    story = await store.stories.get(1)
    assert story is not None
    grown = replace(story, reports=(*story.reports, report))
    update = StoryUpdate(story=grown, report=report, kind="joined", new_facts=(), new_origin=False, at=NOON)
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        await rooms.stories.save_updates([update])
    text, table = await ask("export story t1"), await ask("export story t1 as:csv")
    assert text.file is not None
    assert table.file is not None
    lines = text.file.body.decode().split("\n")
    assert not any(line.startswith("# heading") or "<script" in line or "<b>" in line for line in lines)
    parsed = list(csv.DictReader(io.StringIO(table.file.body.decode("utf-8-sig"))))
    assert any(row["title"].startswith("'=HYPERLINK") for row in parsed)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("export story", "Which story?", id="no story"),
        pytest.param("export story t9", 'no story "t9"', id="no such story"),
        pytest.param("export stories", "Did you mean story?", id="nearly"),
    ],
)
async def test_an_export_of_no_story_is_refused(ask: Ask, line: str, told: str) -> None:
    reply = await ask(line)
    assert reply.refused
    assert told in said(reply)
