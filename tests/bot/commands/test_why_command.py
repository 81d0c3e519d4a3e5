"""`why`: every stage in order, one that decided, and what would have turned it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.announcing.announce import announce_updates
from bot.messages import FactLine, Facts, Table, Text
from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
)
from watchers.types import Hit, Match, Neighbour, Reason, Relevance, Report, View, Watch

if TYPE_CHECKING:
    from bot.commands.request import Reply
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


def judged(score: float, *parts: tuple[str, float, str], evidence: bool = True) -> Relevance:
    return Relevance(
        score=score,
        reasons=tuple(Reason(feature=f, contribution=c, words=w) for f, c, w in parts),
        evidence=("frigate",) if evidence else (),
        nearest=(Neighbour(exemplar="e1", sentence="A ministry orders a ship.", similarity=0.61),),
        model="none",
    )


async def saved(
    store: Store,
    name: str,
    relevance: Relevance,
    *,
    summary: str = "",
    hits: tuple[Hit, ...] = (),
    watch: int = 1,
    feed: int = 1,
    archive: bool = False,
) -> int:
    """Store an article that opens a story; return its number."""
    title = f"The {name} rows"  # which r1 does not ask for
    entry = make_entry(name, title=title, summary=summary, feed=feed, seen=NOON - MINUTE)
    entry = replace(entry, archive=archive)
    (entry,) = await store.entries.add([entry])
    matches = (Match(watch=watch, channel=MAIN, hits=hits),) if hits else ()
    report: Report = replace(make_report(entry, facts=()), relevance=relevance, matches=matches, mentions=())
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "store")])
        await rooms.stories.save_updates([make_update(make_story(report), report, at=NOON - MINUTE)])
    return entry.number


def table(reply: Reply) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(reply)}


def lines(reply: Reply) -> list[FactLine]:
    return [line for b in reply.message.blocks if isinstance(b, Facts) for line in b.lines]


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


@pytest.mark.parametrize(
    ("score", "evidence", "stage", "change", "command"),
    [
        pytest.param(
            0.627, True, "Relevance", "threshold 0.62", "settings set threshold 0.62", id="a little short"
        ),
        pytest.param(
            0.2, True, "Relevance", "a rule asked for", 'rule add "ketch" alert:usual', id="far short"
        ),
        pytest.param(
            0.8,
            False,
            "Evidence",
            "had named a person, firm or system",
            'rule add "ketch" alert:usual',
            id="no name",
        ),
        pytest.param(
            0.824, True, "Relevance", "the threshold 0.83", "settings set threshold 0.83", id="it alerted"
        ),
    ],
)
async def test_the_smallest_change_is_a_line_that_runs(
    ask: Ask, store: Store, *, score: float, evidence: bool, stage: str, change: str, command: str
) -> None:
    number = await saved(store, "ketch", judged(score, evidence=evidence))
    reply = await ask(f"/watch why a{number}")
    assert f"Decided at: {stage}." in said(reply)
    assert change in said(reply)
    assert command in buttons(reply).values()
    done = await ask(command)
    assert not done.refused, said(done)


async def test_lowering_the_threshold_as_told_lets_it_alert(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.627))
    await ask(next(c for c in buttons(await ask(f"why a{number}")).values() if c.startswith("settings")))
    assert table(await ask(f"why a{number}"))["Decision"] == "worth an alert"


async def test_a_mute_is_what_decided_and_its_end_the_change(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8))
    known = await store.find.why(number)
    assert known is not None
    await ask(f"mute add t{known.story} for:3d")
    reply = await ask(f"why a{number}")
    assert "Decided at: Mutes." in said(reply)
    assert "mute off m3" in buttons(reply).values()
    assert table(reply)["Mutes"] == "m3 holds it"


async def test_an_archive_is_what_decided_for_a_feeds_first_articles(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8), archive=True)
    reply = await ask(f"why a{number}")
    assert "Decided at: First poll." in said(reply)
    assert "Nothing in the settings would have turned it." in said(reply)


async def test_a_source_of_other_channels_is_what_decided_and_is_not_named(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8), feed=3)
    reply = await ask(f"why a{number}")
    assert "Decided at: Fetched." in said(reply)
    assert "Secret" not in said(reply)
    assert "s3" not in said(reply)


async def test_the_way_of_a_card_is_told_to_its_delivery(ask: Ask, store: Store, clock: SteppedClock) -> None:
    await ask("settings set quiet 11:00-15:00")
    number = await saved(store, "ketch", judged(0.8))
    await announce_updates(store, clock=clock)
    told = table(await ask(f"why a{number}"))
    assert told["Quiet hours"] == "its card was held until 19 Aug 15:00"
    assert told["Delivery"] == "its card is waiting"
    later = NOON + timedelta(hours=4)
    while items := await store.outbox.lease(20, now=later, until=later + MINUTE):
        for item in items:
            await store.outbox.delivered(item, at=later, receipt=f"m{item.id}")
    told = table(await ask(f"why a{number}"))
    assert told["Delivery"] == "its card arrived 19 Aug 16:00"
    assert told["Told"] == "here"


async def test_the_budget_is_what_decided_for_a_story_over_it(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await announce_updates(store, clock=clock)
    await ask("settings set budget 1")
    await saved(store, "yawl", judged(0.8))
    number = await saved(store, "ketch", judged(0.8))
    await announce_updates(store, clock=clock)
    reply = await ask(f"why a{number}")
    assert "Decided at: Budget." in said(reply)
    assert "the budget of 1 alerts a day was used up" in reply.message.notice
    assert "settings set budget 2" in buttons(reply).values()
    assert "1 story over it waits in the next digest" in said(await ask("status"))


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


async def test_a_likeness_is_a_stage_of_its_own_and_can_be_what_is_short(ask: Ask, store: Store) -> None:
    added = await store.watches.add(
        Watch(number=0, channel=MAIN, name="like it", expression="ketch", kind="like", alert="")
    )
    (entry,) = await store.entries.add([make_entry("ketch", title="The ketch rows", seen=NOON - MINUTE)])
    hit = Hit(term="ketch", scope="title", start=4, end=9)
    report = replace(
        make_report(entry, facts=()),
        relevance=judged(0.1),
        matches=(Match(watch=added.number, channel=MAIN, hits=(hit,)),),
        mentions=(),
        views=(View(beat=f"r{added.number}", relevance=judged(0.655)),),
    )
    await store.stories.save_reports([(report, "digest")])
    reply = await ask(f"why a{entry.number}")
    assert table(reply)["Likenesses"] == f"like it (r{added.number}): 0.66 of 0.70"
    assert table(reply)["Watch rules"] == "none of 1 met"
    assert lines(reply)[0].mention == "ketch"
    assert f"rule edit r{added.number} threshold:0.65" in buttons(reply).values()
