"""`search`, `facts` and `rule` by what articles state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.messages import Facts, Heading
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MINUTE, NOON, make_entry, make_fact, make_report
from watchers.types import Money, Named

if TYPE_CHECKING:
    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

MANY = 24  # more than a page of facts holds


@pytest.fixture
async def deals(store: Store) -> Store:
    """Add deals of 1 to 24 billion yen; Japan buys in the even ones, and Baykar sells in all."""
    entries = [
        make_entry(f"deal{n}", title=f"Deal {n} on air defence", seen=NOON + n * MINUTE)
        for n in range(1, MANY + 1)
    ]
    reports = []
    for n, one in enumerate(await store.entries.add(entries), 1):
        amount = Money(low=Decimal(n) * 10**9, high=Decimal(n) * 10**9, currency="JPY")
        money = replace(make_fact(one, amount), bound="", approx=False)
        buyer = Named(name="Japan", entity="loc:JP") if n % 2 == 0 else Named(name="Norland Navy")
        parties = (
            replace(money, type="party", value=buyer, role="buyer"),
            replace(money, type="party", value=Named(name="Baykar", entity="org:baykar"), role="seller"),
        )
        reports.append(make_report(one, score=0.2, facts=(money, *parties)))
    await store.stories.save_reports([(one, "digest") for one in reports])
    return store


def titles(reply: Reply) -> list[str]:
    return [block.text for block in reply.message.blocks if isinstance(block, Heading)][1:]


def lines(reply: Reply) -> list[str]:
    return [line.value for block in reply.message.blocks if isinstance(block, Facts) for line in block.lines]


@pytest.mark.usefixtures("deals")
async def test_a_search_takes_terms_about_facts_beside_its_words_and_pages(ask: Ask) -> None:
    first = await ask('/watch search "air defence" fact:amount>2bnJPY sort:newest')
    assert "22 entries for" in said(first)
    assert "fact:amount>2bnJPY" in said(first)
    assert titles(first)[0] == "Deal 24 on air defence"
    rest = await ask("/watch " + buttons(first)["Next"])
    assert titles(rest)[0] == "Deal 16 on air defence"
    assert titles(rest) != titles(first)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("search fact:amount>100m", 10, id="dollars, by the rate of August 2025"),
        pytest.param("search fact:amount>2bnJPY fact:buyer=Japan", 11, id="two terms"),
        pytest.param("search fact:amount>2bnJPY -fact:buyer=Japan", 11, id="what must not be"),
        pytest.param('search fact:buyer="Norland Navy" deal', 12, id="a name of two words"),
        pytest.param("search \"fact:buyer='Norland Navy' deal\"", 12, id="a whole field, quoted on its way"),
        pytest.param("search fact:seller=日本", 0, id="none"),
        pytest.param("search fact:buyer=Japan|Norland", 24, id="one of two names"),
        pytest.param("search -fact:type=party -frigate -corvette", 0, id="only what must not be"),
        pytest.param("search frigate fact:amount>0", 1, id="a word, and any amount"),
    ],
)
@pytest.mark.usefixtures("deals")
async def test_a_search_by_facts_finds(ask: Ask, line: str, found: int) -> None:
    noun = "entry" if found == 1 else "entries"
    assert f"{found} {noun} for" in said(await ask(f"/watch {line}"))


@pytest.mark.parametrize(
    ("line", "example"),
    [
        pytest.param("search navy fact:amount:1bn", '/watch search navy "fact:amount>1bn"', id="a sign"),
        pytest.param("facts amount:1bn", "/watch facts amount:>1bn buyer:Japan", id="no sign"),
        pytest.param("facts amount:>lots", "/watch facts amount:>1bn buyer:Japan", id="no amount"),
        pytest.param("facts buyer:a|b", "/watch facts amount:>1bn buyer:Japan", id="two buyers"),
        pytest.param("facts", "/watch facts t1", id="nothing"),
        pytest.param("facts amount:>900bn", "/watch facts t1", id="nothing found"),
    ],
)
@pytest.mark.usefixtures("deals")
async def test_an_error_shows_a_line_that_works(ask: Ask, line: str, example: str) -> None:
    reply = await ask(f"/watch {line}")
    assert reply.refused
    assert example in said(reply)
    again = await ask(example)
    assert not again.refused or "The archive states no such fact" in said(again)


@pytest.mark.usefixtures("deals")
async def test_facts_are_narrowed_by_amount_buyer_and_type_with_the_rate_beneath(ask: Ask) -> None:
    reply = await ask("/watch facts type:contract amount:>100m buyer:Japan")
    assert lines(reply)[0].startswith("¥24B")
    assert len(lines(reply)) == 5  # of 16, 18, 20, 22 and 24 billion
    assert "¥24B counts as $162M: 1 USD = 147.7 JPY, average of August 2025" in said(reply)
    assert {line[:3] for line in lines(await ask("/watch facts type:party buyer:Japan"))} == {"Jap", "Bay"}


@pytest.mark.usefixtures("deals")
async def test_narrowed_facts_come_page_by_page(ask: Ask) -> None:
    first = await ask('/watch facts type:money amount:"> 2 bn JPY" since:30d')
    assert len(lines(first)) == 20
    second = await ask("/watch " + buttons(first)["Next"])
    assert [line[:3] for line in lines(second)] == ["¥4B", "¥3B"]


@pytest.mark.usefixtures("deals")
async def test_a_rule_about_facts_is_tried_on_what_was_read_and_told_in_words(ask: Ask) -> None:
    tried = await ask("/watch rule test fact:amount>2bnJPY days:7")
    assert "would have matched 22 of 26 articles" in said(tried)
    added = await ask('/watch rule add "fact:amount>20bnJPY AND fact:buyer=Japan" name:big')
    assert "it would have brought 2 alerts" in said(added)
    shown = said(await ask("/watch rule show big"))
    assert "the article states an amount of money over 20bn JPY" in shown
    assert "the buyer: the place Japan" in shown
