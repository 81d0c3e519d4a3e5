"""What a channel is told of a story, and when: cards, replies, digests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.announcing import alerts
from bot.announcing.alerts import Audience
from bot.messages import Facts, Heading, Links, Text
from bot.wording import cards, digest
from bot.wording.failing import Failing
from bot.wording.keyfacts import MOST, OF_A_TYPE, SENTENCES, choose, is_news
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report, make_story
from tests.watchers.stories.story_builders import make_fact, money
from watchers.types import Count, Fact, Named, Relevance, Report, StoryUpdate, Watch, Words

if TYPE_CHECKING:
    from bot.wording.digest import Digest

DESK = Audience(
    channel=MAIN,
    home=MAIN,
    name="Desk",
    lang="en",
    zone=ZoneInfo("Europe/Istanbul"),
    threshold=0.7,
    watches=(Watch(number=1, channel=MAIN, name="keywords", expression="Petrel"),),
    feeds=frozenset({1, 2}),
)


def report(
    name: str, score: float, *, outlet: str = "Harbour Post", lang: str = "en", feed: int = 1
) -> Report:
    made = make_report(make_entry(name, feed=feed), score=score)
    return replace(
        made,
        entry=replace(made.entry, outlet=outlet, lang=lang, number=7),
        relevance=Relevance(score=score, reasons=(), evidence=("unmanned aircraft",), model="none"),
    )


def update(
    *reports: Report, new_facts: tuple[Fact, ...] | None = None, new_origin: bool = False
) -> StoryUpdate:
    last = reports[-1]
    return StoryUpdate(
        story=replace(make_story(*reports), number=3),
        report=last,
        kind="opened" if len(reports) == 1 else "joined",
        new_facts=last.facts if new_facts is None else new_facts,
        new_origin=new_origin,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("score", "planned"),
    [
        pytest.param(0.95, [("card", True)], id="urgent"),
        pytest.param(0.75, [("card", False)], id="now"),
        pytest.param(0.6, [], id="for the digest"),
        pytest.param(0.1, [], id="stored only"),
    ],
)
def test_relevance_decides_what_is_told_now(score: float, planned: list[tuple[str, bool]]) -> None:
    found = alerts.plan(update(report("sails", score)), [DESK], posted=frozenset())
    assert [(alert.kind, alert.urgent) for alert in found] == planned


@pytest.mark.parametrize(
    ("new_facts", "new_origin", "planned"),
    [
        pytest.param((), False, ["edit"], id="nothing new: the card's list of reports alone changes"),
        pytest.param((), True, ["edit"], id="a new origin: the card's count changes, nobody is told"),
        pytest.param(None, False, ["reply", "edit"], id="a new fact is told beneath the card"),
    ],
)
def test_what_a_further_report_does_to_a_card(
    *, new_facts: tuple[Fact, ...] | None, new_origin: bool, planned: list[str]
) -> None:
    joined = update(
        report("sails", 0.9), report("sails-too", 0.9), new_facts=new_facts, new_origin=new_origin
    )
    found = alerts.plan(joined, [DESK], posted=frozenset({MAIN}))
    assert [alert.kind for alert in found] == planned


def test_a_channel_hears_nothing_of_sources_it_does_not_read() -> None:
    elsewhere = update(report("sails", 0.95, feed=9))
    assert alerts.plan(elsewhere, [DESK], posted=frozenset()) == ()
    assert alerts.plan(elsewhere, [DESK], posted=frozenset({MAIN})) == ()


def test_a_card_says_why_who_and_what_with_the_sentence() -> None:
    (alert,) = alerts.plan(update(report("sails", 0.95)), [DESK], posted=frozenset())
    message = cards.compose(alert)
    assert message.urgent
    assert message.thread == "t3"
    heading = message.blocks[0]
    assert isinstance(heading, Heading)
    assert heading.url == "https://harbour.example/sails"
    words = " ".join(block.text for block in message.blocks if isinstance(block, Text))
    assert "like the exemplars (0.95) and names unmanned aircraft" in words
    assert "Unconfirmed: one origin, Harbour Post" in words
    assert "19 Aug 15:00" in words  # noon in Greenwich is three in Istanbul
    (facts,) = [block for block in message.blocks if isinstance(block, Facts)]
    for line in facts.lines:
        assert line.mention in line.sentence
        assert line.source.url.startswith("https://harbour.example/sails#:~:text=")


def test_a_reply_names_the_outlet_and_its_language() -> None:
    joined = update(report("sails", 0.9), report("sails-too", 0.9, outlet="Kıyı", lang="tr"), new_origin=True)
    alert, _ = alerts.plan(joined, [DESK], posted=frozenset({MAIN}))
    message = cards.compose(alert)
    assert message.kind == "update"
    assert message.thread == "t3"
    assert any(isinstance(b, Text) and b.text == "Kıyı (Turkish) reports it too" for b in message.blocks)
    _, edit = alerts.plan(joined, [DESK], posted=frozenset({MAIN}))
    card = cards.compose(edit)
    (links,) = [block for block in card.blocks if isinstance(block, Links)]
    assert [link.text for link in links.links] == ["Harbour Post (English)", "Kıyı (Turkish)"]
    assert card.blocks[0] == Heading(text="The sails sails", url="https://harbour.example/sails")


@pytest.mark.parametrize("lang", ["en", "tr", "ja"])
def test_a_card_speaks_the_channels_language_whole(lang: str) -> None:
    (alert,) = alerts.plan(update(report("sails", 0.95)), [replace(DESK, lang=lang)], posted=frozenset())
    text = " ".join(block.text for block in cards.compose(alert).blocks if isinstance(block, Text))
    told = {"en": "Unconfirmed", "tr": "Doğrulanmadı", "ja": "未確認"}
    assert told[lang] in text
    assert not any(word in text for other, word in told.items() if other != lang)


def test_key_facts_are_few_varied_and_from_few_sentences() -> None:
    base = make_report(make_entry("sails"))
    made = [
        replace(
            base.facts[0],
            type="quantity",
            value=Count(low=n, high=n),
            sentence=f"sentence {n % 4}",
            confidence=1,
        )
        for n in range(20)
    ]
    made += [
        replace(base.facts[0], type="party", value=Named(name=f"Firm {n}"), sentence="sentence 1")
        for n in range(9)
    ]
    made += [replace(base.facts[0], type="location", value=Named(name="Firm 1"), sentence="sentence 1")]
    chosen = choose((fact, base) for fact in made)
    assert len(chosen) <= MOST
    for kind in ("quantity", "party"):
        assert sum(fact.type == kind for fact, _ in chosen) <= OF_A_TYPE
    assert len({fact.sentence for fact, _ in chosen}) <= SENTENCES
    assert len({str(fact.value) for fact, _ in chosen if fact.type in {"party", "location"}}) == len(
        [fact for fact, _ in chosen if fact.type in {"party", "location"}]
    )


def test_an_amount_is_shown_once_whatever_it_is_called() -> None:
    one = report("sails", 0.9)
    asked, planned = money("200000000000", "JPY", role="request"), money("200000000000", "JPY", role="budget")
    more = money("200000000000", "JPY", role="budget", bound="min")
    assert [fact for fact, _ in choose([(asked, one), (planned, one)])] == [asked]
    assert len(choose([(asked, one), (more, one)])) == 2, "more than an amount is another statement"


def test_a_years_total_comes_after_what_happened() -> None:
    one = report("sails", 0.9)
    total, said = money("5500000000", "USD", role="statistic"), replace(one.facts[0], type="party")
    assert [fact for fact, _ in choose([(total, one), (said, one)])] == [said, total]


def test_words_of_another_language_go_behind_what_all_can_read() -> None:
    base = report("sails", 0.9)
    one = replace(base, entry=replace(base.entry, lang="ja"))
    agreed, named = replace(base.facts[0], type="agreement"), replace(base.facts[0], type="party")
    for lang, first in (("en", named), ("ja", agreed), ("", agreed)):
        assert choose([(named, one), (agreed, one)], lang)[0] == (first, one), lang


def test_a_meeting_of_nobody_is_no_news_however_long_its_words_are() -> None:
    met = replace(report("sails", 0.9).facts[0], type="meeting", mention="two-day meeting in the capital")
    assert not is_news(replace(met, value=Words(text="talks")))
    assert is_news(replace(met, value=Words(text="talks: Ana Kovel, Tom Varga")))


def test_a_digest_says_nothing_twice_of_a_story() -> None:
    told = "Gen Nakatani toured the drone maker Baykar on 20 August."
    one = report("sails", 0.9)
    entry = replace(one.entry, title="Nakatani tours Baykar a day after the talks", summary=told)
    facts = (
        make_fact("meeting", Words(text="tours Baykar a day after the talks")),
        make_fact("meeting", Words(text="toured the drone maker Baykar on 20 August")),
        make_fact("party", Named(name="Baykar")),
        make_fact("party", Named(name="Kestrel Yards"), role="seller"),
        make_fact("quantity", Count(low=12, high=12)),
    )
    text = f"{entry.title}\n\n{told}"
    placed = tuple(replace(fact, start=max(text.find(fact.mention), 0), sentence=told) for fact in facts)
    message = digest.compose(day(replace(one, entry=entry, facts=placed)))
    (shown,) = [block for block in message.blocks if isinstance(block, Facts)]
    assert [(line.label, line.value) for line in shown.lines] == [
        ("Quantity", "12"),
        ("Seller", "Kestrel Yards"),
    ]


def day(*reports: Report, alerted: frozenset[int] = frozenset(), entries: int = 5) -> Digest:
    stories = tuple(replace(make_story(one), number=number) for number, one in enumerate(reports, 1))
    return digest.Digest(
        audience=DESK,
        of=date(2025, 8, 20),
        start=NOON,
        end=NOON + timedelta(days=1),
        stories=stories,
        alerted=alerted,
        entries=entries,
    )


def test_a_digest_ranks_by_relevance_and_says_what_was_alerted() -> None:
    message = digest.compose(
        day(report("low", 0.55), report("high", 0.95), report("none", 0.1), alerted=frozenset({2}))
    )
    headings = [block.text for block in message.blocks if isinstance(block, Heading)][1:]
    assert headings == ["The high sails", "The low sails"]
    lines = [block.text for block in message.blocks if isinstance(block, Text)]
    assert any(line.startswith("already alerted") and "t2" in line for line in lines)
    assert any(line.startswith("new") and "t1" in line for line in lines)
    assert "5 entries read, 2 stories" in message.notice


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(day(entries=0), "No entry came in", id="nothing came"),
        pytest.param(
            day(report("none", 0.1), entries=9),
            "9 entries came in, and nothing of it is told here",
            id="all filtered",
        ),
        pytest.param(
            replace(day(entries=0), failing=(Failing(name="Harbour Post", fault="timeout"),)),
            "Feeds failing: Harbour Post (1 timed out)",
            id="a feed is down",
        ),
        pytest.param(
            replace(day(entries=9), muted=2), "2 stories held back by mutes", id="what was worth it is muted"
        ),
    ],
)
def test_an_empty_digest_says_why(content: Digest, told: str) -> None:
    assert any(told in block.text for block in digest.compose(content).blocks if isinstance(block, Text))


def test_a_long_digest_counts_what_it_does_not_tell() -> None:
    message = digest.compose(day(*(report(f"n{n}", 0.6 + n / 100) for n in range(15))))
    assert any(isinstance(b, Text) and b.text == "and 3 more" for b in message.blocks)


def test_the_window_covers_the_weekend_but_not_a_month() -> None:
    now = datetime(2025, 8, 25, 5, 0, tzinfo=UTC)
    assert digest.window_start(now - timedelta(days=3), now) == now - timedelta(days=3)
    assert digest.window_start(now - timedelta(days=40), now) == now - timedelta(days=14)
    assert digest.window_start(None, now) == now - timedelta(days=1)
