"""`why`: every stage in order, in words that people can follow, and which rules counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.messages import Table, Text
from tests.bot.commands.command_replies import buttons, rows, said
from tests.bot.commands.why_articles import judged, lines, saved, table
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.types import Hit, Watch

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

STAGES = [
    "Fetched",
    "Seen before",
    "Also seen in",
    "First poll",
    "Watch rules",
    "Relevance",
    "Evidence",
    "Decision",
    "Story",
    "Mutes",
    "Budget",
    "Quiet hours",
    "Delivery",
    "Told",
]


async def test_every_stage_is_told_in_order_and_exactly_one_decided(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.627, ("near", 0.52, "closer to the exemplars")))
    reply = await ask(f"/watch why a{number}")
    assert reply.shown == "asker"
    names = [row[0] for row in rows(reply)]
    assert names[: len(STAGES)] == STAGES
    told = said(reply)
    assert told.count("Decided at: ") == 1
    assert "Decided at: Relevance." in told
    assert "0.07 short of 0.70" in reply.message.notice
    assert table(reply)["Fetched"] == "Harbour Post (s1), 19 Aug 11:59"
    assert table(reply)["Watch rules"] == "none of 1 met"
    assert "the shared exemplars, without a model" in table(reply)["Relevance"]


async def test_the_same_question_gives_the_same_text(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.3))
    for words in (
        f"a{number}",
        "t1",
        "the ketch rows",
        "https://harbour.example/ketch",
        "https://no.example/x",
    ):
        assert await ask(f"/watch why {words}") == await ask(f"/watch why {words}")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("a{number}", id="id"),
        pytest.param("t{story}", id="story"),
        pytest.param("https://harbour.example/ketch", id="link"),
        pytest.param("https://harbour.example/ketch?utm_source=chat&fbclid=1", id="link with trackers"),
        pytest.param("ketch ro", id="part of the title"),
    ],
)
async def test_an_article_is_found_by_whatever_people_have(ask: Ask, store: Store, words: str) -> None:
    number = await saved(store, "ketch", judged(0.3))
    known = await store.find.why(number)
    assert known is not None
    reply = await ask("/watch why " + words.format(number=number, story=known.story))
    assert "The ketch rows" in said(reply)


async def test_the_words_that_hit_are_marked_in_their_sentence(ask: Ask, store: Store) -> None:
    summary = "The harbour was calm. A new frigate left at noon, said the port."
    start = summary.index("frigate")
    hit = Hit(term="frigate", scope="summary", start=start, end=start + 7)
    await store.watches.add(
        Watch(number=0, channel=MAIN, name="tugs", expression="tug", kind="rule", alert="")
    )
    number = await saved(store, "ketch", judged(0.3), summary=summary, hits=(hit,))
    reply = await ask(f"/watch why a{number}")
    (line,) = lines(reply)
    assert (line.label, line.value) == ("ships (r1)", "frigate")
    assert (line.sentence, line.mention) == ("A new frigate left at noon, said the port.", "frigate")
    assert table(reply)["Watch rules"] == "ships (r1): frigate; 1 not met"


async def test_weights_add_up_as_they_are_shown(ask: Ask, store: Store) -> None:
    parts = [(f"f{n}", value, f"sign {n}") for n, value in enumerate((1.234, -0.876, 0.555, 0.111, -0.105))]
    parts += [(f"g{n}", 0.026, f"small {n}") for n in range(4)] + [("base", -2.345, "what matters is rare")]
    number = await saved(store, "ketch", judged(0.3, *parts))
    weights = [row for row in rows(await ask(f"/watch why a{number}")) if row[0][0] in "+-"]
    *shown, total = [float(row[0]) for row in weights]
    assert round(sum(shown), 2) == total == round(sum(part for _, part, _ in parts), 2)
    assert weights[-1][1] == "together: a relevance of 0.30"
    assert weights[-2][1] == "4 smaller reasons together"


async def test_the_verdict_and_what_spoke_for_it_most_come_first(ask: Ask, store: Store) -> None:
    parts = [
        ("near", 0.9, "closer to the exemplars"),
        ("named", 2.31, "names people, firms or systems"),
        ("civil", -0.4, "about civil matters"),
        ("base", -3.0, "what matters is rare"),
    ]
    number = await saved(store, "ketch", judged(0.8, *parts))
    _, verdict, weighed, *others = (await ask(f"/watch why a{number}")).message.blocks
    assert isinstance(verdict, Text)
    assert verdict.text.startswith("It was worth an alert: its relevance 0.80 reaches 0.70.")
    for_it = "Most for it: names people, firms or systems (+2.31): frigate."
    against = "Most against it: about civil matters (-0.40)."
    assert weighed == Text(text=f"{for_it} {against}")
    tables = [place for place, block in enumerate(others) if isinstance(block, Table)]
    quote = next(place for place, block in enumerate(others) if "Nearest exemplar" in str(block))
    change = next(place for place, block in enumerate(others) if "it would not have alerted" in str(block))
    assert quote < change < tables[0]

    stopped = await saved(store, "yawl", judged(0.3, *parts))
    _, _, weighed, *_ = (await ask(f"/watch why a{stopped}")).message.blocks
    assert weighed == Text(text=f"{against} {for_it}")


async def test_words_are_shown_as_the_article_has_them(ask: Ask, store: Store) -> None:
    summary = "The port buys 12 small drones at noon."
    found = "buys 12 small drones"
    start = summary.index(found)
    places = [
        Hit(term=term, scope="summary", start=start, end=start + len(found))
        for term in ("about:drone procurement", "about:İHA tedariki")
    ]
    name = Hit(term='entity:"Harbour Works"', scope="title", start=4, end=9)
    number = await saved(store, "ketch", judged(0.3), summary=summary, hits=(name, *places))
    reply = await ask(f"/watch why a{number}")
    words = "ketch (Harbour Works), buys 12 small drones (drone procurement, İHA tedariki)"
    assert table(reply)["Watch rules"] == f"ships (r1): {words}"
    assert lines(reply)[0].value == words


async def test_a_rule_that_came_after_the_article_is_said_not_to_have_counted(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.3))
    await ask("rule add ketch name:ketches alert:usual")
    await ask("rule add sloop name:sloops alert:usual")
    reply = await ask(f"why a{number}")
    later = "it was added after this came, 19 Aug 12:00, so it did not count then"
    told = table(reply)["Watch rules"]
    assert told == f"none of 1 met; ketches (r3) would be met now, but {later}; 1 added later"
    assert f"Such an article would alert now: “ketches” (r3) asks for it, but {later}." in said(reply)
    assert not any(command.startswith("rule add") for command in buttons(reply).values())


async def test_a_rule_that_was_changed_after_the_article_is_said_so(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    clock.move_to(NOON - 5 * MINUTE)
    await ask("rule add sloop name:boats alert:usual")
    clock.move_to(NOON)
    number = await saved(store, "ketch", judged(0.3))
    await ask("rule edit r3 expression:ketch")
    later = "it was changed after this came, 19 Aug 12:00, so it did not count then"
    assert f"boats (r3) would be met now, but {later}" in table(await ask(f"why a{number}"))["Watch rules"]


async def test_a_rule_that_was_there_before_the_article_is_not_called_later(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    clock.move_to(NOON - 5 * MINUTE)
    await ask("rule add sloop name:boats alert:usual")
    clock.move_to(NOON)
    number = await saved(store, "ketch", judged(0.3))
    assert table(await ask(f"why a{number}"))["Watch rules"] == "none of 2 met"


async def test_a_promotional_article_shows_the_sentences_that_sell(ask: Ask, store: Store) -> None:
    relevance = replace(judged(0.6), promotion=("Order now, free shipping.", "Our experts guide you."))
    number = await saved(store, "ketch", relevance)
    reply = await ask(f"/watch why a{number}")
    assert "Promotional: Order now, free shipping." in said(reply)
    assert table(reply)["Promotional"].startswith("yes, 2 sentences")


async def test_an_address_nothing_brought_names_the_sources_of_its_host(ask: Ask) -> None:
    reply = await ask("/watch why https://www.harbour.example/unknown")
    assert not reply.refused
    assert rows(reply) == [("s1", "Harbour Post", "not asked yet")]
    assert buttons(reply)["Test s1"] == "source test s1"


async def test_an_address_of_a_host_nobody_reads_leads_to_adding_it(ask: Ask) -> None:
    reply = await ask("/watch why https://secret.example/a")
    assert rows(reply) == [], "another channel's source is nobody else's business"
    assert "This channel reads no source of secret.example" in said(reply)
    assert "source add https://secret.example/" in buttons(reply).values()


async def test_words_of_no_article_are_refused(ask: Ask) -> None:
    reply = await ask("/watch why no such words at all")
    assert reply.refused
