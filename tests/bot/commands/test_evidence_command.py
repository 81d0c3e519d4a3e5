"""`export story`: differences, origins with what was folded, decisions and rates are in every file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import (
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
    save_story,
)
from watchers.types import Fact, Money, Named

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store
    from watchers.types import Entry, FactType, FactValue, Report

KINDS = ("md", "json", "csv")
WIRE = (
    "Ostmark's navy has signed for four corvettes at the end of a year of talks, officials say. The "
    "yard will need a longer dock and two hundred welders more. Its neighbours had hoped for a part of "
    "the work and may get some of the masts; the unions ask for a promise that no hall will be closed. "
    "In the harbour the old ships will stay in service until crews have learnt to handle the new ones, which "
    "nobody expects to be quick."
)


def fact(
    entry: Entry, kind: FactType, value: FactValue, mention: str, *, role: str = "", bound: str = ""
) -> Fact:
    """Make a fact on words of an entry's title."""
    start = entry.title.index(mention)
    made = Fact(
        type=kind,
        value=value,
        start=start,
        end=start + len(mention),
        mention=mention,
        sentence=entry.title,
        sentence_start=0,
        role=role,
    )
    return replace(made, bound="min") if bound else made


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(low=Decimal(amount), high=Decimal(amount), currency=currency)


async def tell(store: Store) -> int:
    """Store a story of five reports that differ, one of them a copy, and return its number."""
    titles = (
        ("price", "Inland Courier", "Four corvettes for 310 million euros", ""),
        ("dearer", "Coast Post", "Corvettes cost 450 million euros", ""),
        ("total", "Yard Gazette", "A yard hall for more than 55 billion yen", WIRE),
        ("exact", "北浜新聞", "The hall costs 71 billion yen", ""),
        ("maker", "Echo", "Baykar makes the AKSUNGUR that will fly from them", WIRE + " More soon."),
    )
    entries = await store.entries.add(
        [
            replace(
                make_entry(name, title=title, summary=text, published=NOON + timedelta(minutes=n)),
                outlet=outlet,
            )
            for n, (name, outlet, title, text) in enumerate(titles)
        ]
    )
    price, dearer, total, exact, maker = entries
    facts = (
        fact(price, "money", money("310000000"), "310 million euros", role="deal_value"),
        fact(dearer, "money", money("450000000"), "450 million euros", role="deal_value"),
        fact(
            total,
            "money",
            money("55000000000", "JPY"),
            "more than 55 billion yen",
            role="investment",
            bound="min",
        ),
        fact(exact, "money", money("71000000000", "JPY"), "71 billion yen", role="investment"),
        fact(maker, "platform", Named(name="Aksungur", entity="pla:aksungur"), "AKSUNGUR"),
    )
    reports: tuple[Report, ...] = ()
    updates = []
    for entry, one in zip(entries, facts, strict=True):
        reports = (*reports, make_report(entry, facts=(one,)))
        updates.append(make_update(make_story(*reports), reports[-1]))
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now") for report in reports])
        saved = await rooms.stories.save_updates(updates)
    return saved[-1].story.number


async def exported(ask: Ask, number: int, kind: str) -> bytes:
    reply = await ask(f"export story t{number} as:{kind}")
    assert reply.file is not None
    return reply.file.body


async def test_a_record_has_where_reports_differ_with_both_sides(ask: Ask, store: Store) -> None:
    record = json.loads(await exported(ask, await tell(store), "json"))
    (price,) = record["disagreements"]
    assert price["about"] == "deal value"
    assert [(side["as_read"], side["outlets"], side["articles"]) for side in price["sides"]] == [
        ("€310M", ["Inland Courier"], ["a3"]),
        ("€450M", ["Coast Post"], ["a4"]),
    ]
    assert price["sides"][1]["sentence"] == "Corvettes cost 450 million euros"
    assert price["sides"][1]["link"] == "https://harbour.example/dearer"
    (exact,) = record["more_exactly"]
    assert [side["as_read"] for side in exact["sides"]] == ["more than ¥55B", "¥71B"]
    (maker,) = record["reference"]
    assert (maker["said"], maker["ours"], maker["source"], maker["as_of"], maker["articles"]) == (
        "Baykar",
        "TUSAŞ",
        "Daily Sabah",
        "2026-11",
        ["a7"],
    )


async def test_a_record_has_the_origins_with_what_was_folded_and_why(ask: Ask, store: Store) -> None:
    record = json.loads(await exported(ask, await tell(store), "json"))
    assert [one["name"] for one in record["origins"]] == [
        "Inland Courier",
        "Coast Post",
        "Yard Gazette",
        "北浜新聞",
    ]
    assert record["origins"][2]["folded"] == [{"outlet": "Echo", "why": "copy"}]
    assert record["origins"][2]["outlets"] == ["Yard Gazette", "Echo"]
    assert "Echo folded: copy" in (await exported(ask, 2, "md")).decode()


async def test_a_record_has_the_published_rate_of_each_amount_with_its_month(ask: Ask, store: Store) -> None:
    record = json.loads(await exported(ask, await tell(store), "json"))
    yen = next(one for one in record["rates"] if one["amount"] == "71000000000 JPY")
    assert (yen["when"], yen["source"], yen["article"]) == ("2025-08", "European Central Bank", "a6")
    assert yen["told"].startswith("¥71B counts as $481M: 1 USD = 147.7 JPY, average of August 2025")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_file_tells_of_differences_origins_decisions_and_rates(
    ask: Ask, store: Store, kind: str
) -> None:
    number = await tell(store)
    await save_story(store, "sloop")
    await ask(f"story merge t{number} t{number + 1}")
    body = (await exported(ask, number, kind)).decode("utf-8-sig")
    for words in (
        "€310M",
        "€450M",
        "more than ¥55B",
        "¥71B",
        "TUSAŞ",
        "Daily Sabah",
        "Yard Gazette",
        f"t{number + 1} was merged into t{number}.",
        "1 USD = 147.7 JPY",
        "European Central Bank",
    ):
        assert words in body, words


async def test_a_table_has_a_row_for_each_side_origin_and_rate(ask: Ask, store: Store) -> None:
    body = await exported(ask, await tell(store), "csv")
    table = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    kinds = [row["row"] for row in table]
    assert kinds.count("disagreement") == 2
    assert kinds.count("known more exactly") == 2
    assert kinds.count("reference") == 1
    assert kinds.count("rate") == 4
    dearer = next(row for row in table if row["row"] == "disagreement" and "Coast Post" in row["note"])
    assert (dearer["type"], dearer["value"], dearer["as_read"]) == ("money", "450000000 EUR", "€450M")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_is_the_same_bytes_until_something_of_the_story_changes(
    ask: Ask, store: Store, clock: SteppedClock, kind: str
) -> None:
    number = await tell(store)
    first = await exported(ask, number, kind)
    clock.move_to(NOON + timedelta(days=400))
    await ask(f"vote up t{number}")
    await ask(f"mute add t{number} for:3d")
    await ask("settings set lang tr")
    assert await exported(ask, number, kind) == first
    await save_story(store, "sloop")
    merged = await ask(f"story merge t{number} t{number + 1}")
    assert await exported(ask, number, kind) != first
    await ask(buttons(merged)["Undo"])
    assert await exported(ask, number, kind) == first


async def test_a_story_shows_all_its_differences_and_who_owns_its_outlets(ask: Ask, store: Store) -> None:
    number = await tell(store)
    text = said(await ask(f"story show t{number}"))
    assert "The reports differ on deal value: Inland Courier reports €310M; Coast Post reports €450M" in text
    assert "Known more exactly (investment): Yard Gazette gives more than ¥55B; 北浜新聞 gives ¥71B" in text
    assert (
        "Echo reports Aksungur as made by Baykar; our reference data of November 2026: made by TUSAŞ" in text
    )
