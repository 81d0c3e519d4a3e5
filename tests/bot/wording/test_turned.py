"""The smallest change that would have turned a decision."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.alerts import ALERTING, Audience, decision
from bot.wording.turned import away_from_alert, fired, towards_alert, words_in
from tests.contracts.store.store_builders import MAIN, make_entry, make_report
from watchers.types import Hit, Match, Mention, Relevance, Report, View, Watch

DESK = Audience(
    channel=MAIN,
    home=MAIN,
    name="Desk",
    lang="en",
    zone=ZoneInfo("Asia/Tokyo"),
    threshold=0.7,
    watches=(),
    feeds=frozenset({1}),
)
RULE = Watch(number=4, channel=MAIN, name="ships", expression="sails", kind="rule")
WORDS = Watch(number=5, channel=MAIN, name="keywords", expression="sails")
LIKE = Watch(number=6, channel=MAIN, name="like it", expression="sails", kind="like")
SAILS = Hit(term="sails", scope="title", start=12, end=17)


def article(
    score: float, *, met: tuple[Watch, ...] = (), evidence: bool = True, like: float | None = None
) -> Report:
    def judged(value: float) -> Relevance:
        return Relevance(score=value, reasons=(), evidence=("frigate",) if evidence else (), model="none")

    base = make_report(make_entry("frigate"))
    return replace(
        base,
        relevance=judged(score),
        matches=tuple(Match(watch=watch.number, channel=MAIN, hits=(SAILS,)) for watch in met),
        mentions=(Mention(start=4, end=11, mention="frigate", entity="con:frigate", name="frigate"),),
        views=() if like is None else (View(beat="r6", relevance=judged(like)),),
    )


def desk(*watches: Watch, threshold: float = 0.7) -> Audience:
    return replace(DESK, watches=watches, threshold=threshold)


@pytest.mark.parametrize(
    ("report", "audience", "command", "words"),
    [
        pytest.param(
            article(0.627), desk(), "settings set threshold 0.62", "threshold 0.62", id="a little short"
        ),
        pytest.param(
            article(0.3),
            desk(),
            'rule add "frigate" alert:usual',
            "“frigate”",
            id="far short: a rule by a name",
        ),
        pytest.param(
            article(0.3, met=(WORDS,)),
            desk(WORDS),
            'rule add "sails" alert:usual',
            "“sails”",
            id="far short: a rule by the keyword",
        ),
        pytest.param(
            article(0.41, met=(RULE,)),
            desk(replace(RULE, threshold=0.5)),
            "rule edit r4 threshold:0.41",
            "only 0.41 instead of 0.50",
            id="a rule asks for a little more relevance",
        ),
        pytest.param(
            article(0.002, met=(RULE,)),
            desk(replace(RULE, threshold=0.2)),
            "rule edit r4 threshold:off",
            "no relevance instead of 0.20",
            id="a rule asks for relevance where there is none",
        ),
        pytest.param(
            article(0.3, met=(RULE,)),
            desk(replace(RULE, alert="digest")),
            "rule edit r4 alert:usual",
            "instead of waiting for the digest",
            id="a rule waits for the digest",
        ),
        pytest.param(
            article(0.1, like=0.65),
            desk(LIKE),
            "rule edit r6 threshold:0.65",
            "only 0.65 instead of 0.70",
            id="a likeness is a little short",
        ),
        pytest.param(
            article(0.1, like=0.9),
            desk(replace(LIKE, alert="digest")),
            "rule edit r6 alert:usual",
            "instead of waiting",
            id="a likeness waits for the digest",
        ),
        pytest.param(
            article(0.8, evidence=False, met=(WORDS,)),
            desk(WORDS),
            'rule add "sails" alert:usual',
            "named a person, firm or system of the exemplars",
            id="no evidence",
        ),
    ],
)
def test_the_smallest_change_comes_first(
    report: Report, audience: Audience, command: str, words: str
) -> None:
    first = towards_alert(report, audience)[0]
    assert first.commands == (command,)
    assert words in first.words


@pytest.mark.parametrize(
    ("report", "audience", "commands"),
    [
        pytest.param(article(0.824), desk(), ("settings set threshold 0.83",), id="relevance alone"),
        pytest.param(
            article(0.1, met=(RULE,)), desk(RULE), ("rule edit r4 alert:digest",), id="a rule alone"
        ),
        pytest.param(
            article(0.824, met=(RULE,)),
            desk(RULE),
            ("settings set threshold 0.83", "rule edit r4 alert:digest"),
            id="both",
        ),
        pytest.param(article(0.1, like=0.8), desk(LIKE), ("rule edit r6 alert:digest",), id="a likeness"),
    ],
)
def test_what_alerted_tells_what_kept_it(
    report: Report, audience: Audience, commands: tuple[str, ...]
) -> None:
    turn = away_from_alert(report, audience)
    assert turn is not None
    assert turn.commands == commands
    assert towards_alert(report, audience) == ()


def test_the_rarest_word_makes_the_rule() -> None:
    hits = (SAILS, Hit(term="frigate", scope="title", start=4, end=11))
    report = replace(article(0.01), matches=(Match(watch=5, channel=MAIN, hits=hits),))
    assert words_in(report, desk(WORDS)) == ("sails", "frigate")
    turn = towards_alert(report, desk(WORDS), counts={"sails": 2, "frigate": 90})[0]
    assert turn.commands == ('rule add "sails" alert:usual',)
    assert turn.words == "if a rule asked for “sails”, a word of 2 articles"


SCORES = st.floats(min_value=0, max_value=0.999)
THRESHOLDS = st.integers(min_value=1, max_value=99).map(lambda n: n / 100)
WATCHES = st.lists(
    st.builds(
        Watch,
        number=st.sampled_from([4, 5, 7]),
        channel=st.just(MAIN),
        name=st.just("w"),
        expression=st.just("sails"),
        kind=st.sampled_from(["rule", "keywords"]),
        alert=st.sampled_from(["", "now", "digest"]),
        threshold=st.none() | THRESHOLDS,
    ),
    max_size=3,
    unique_by=lambda watch: watch.number,
)

LIKES = st.lists(
    st.builds(
        Watch,
        number=st.just(6),
        channel=st.just(MAIN),
        name=st.just("w"),
        expression=st.just("sails"),
        kind=st.just("like"),
        alert=st.sampled_from(["", "now", "digest"]),
        threshold=st.none() | THRESHOLDS,
    ),
    max_size=1,
)


@given(
    score=SCORES,
    like=SCORES,
    threshold=THRESHOLDS,
    watches=WATCHES,
    likes=LIKES,
    evidence=st.booleans(),
    met=st.booleans(),
)
def test_every_change_does_what_it_says(
    *,
    score: float,
    like: float,
    threshold: float,
    watches: list[Watch],
    likes: list[Watch],
    evidence: bool,
    met: bool,
) -> None:
    report = article(score, met=tuple(watches) if met else (), evidence=evidence, like=like)
    audience = desk(*watches, *likes, threshold=threshold)
    alerted = decision([report], audience) in ALERTING
    turns = towards_alert(report, audience)
    assert alerted is bool(fired(report, audience) or (evidence and score >= threshold))
    assert bool(turns) is not alerted, "a rule with a word of the article is always left"
    assert [turn.distance for turn in turns] == sorted(turn.distance for turn in turns)
    assert turns == towards_alert(report, audience)
    for turn in turns:
        if turn.after is not None:
            assert decision([report], turn.after) in ALERTING
        if turn.commands and turn.commands[0].startswith("settings set threshold") and turn.after is not None:
            higher = replace(turn.after, threshold=turn.after.threshold + 0.01)
            assert decision([report], higher) not in ALERTING, "no higher threshold would have done"
    away = away_from_alert(report, audience)
    full = evidence and score >= threshold and f"{score:.2f}" == "1.00"  # above that no threshold can be set
    assert (away is not None) is (alerted and not full)
    if away is not None and away.after is not None:
        assert decision([report], away.after) not in ALERTING
