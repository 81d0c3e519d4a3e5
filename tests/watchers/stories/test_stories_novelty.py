"""Which facts a story did not have yet."""

from __future__ import annotations

import pytest

from tests.watchers.stories.story_builders import count, deadline, make_fact, money
from watchers.stories.novelty import MAX_KNOWN, Known
from watchers.types import Fact, Named, Person, Words


def quote(words: str, by: str = "") -> Fact:
    return make_fact("quote", Words(text=words), words, said_by=by)


def status(name: str) -> Fact:
    return make_fact("status", Words(text=name), f"was {name}")


def meeting(value: str, words: str) -> Fact:
    return make_fact("meeting", Words(text=value), words)


def party(name: str, entity: str = "") -> Fact:
    return make_fact("party", Named(name=name, entity=entity))


MINISTER = make_fact("person_role", Person(name="Tess Marlowe", role="minister", of="Australia"))

NOT_NEW = [
    pytest.param(money("370000000"), money("371000000"), id="money within half a per cent"),
    pytest.param(money("370000000", role="deal_value"), money("370000000"), id="the same price without role"),
    pytest.param(money("5"), money("6", "USD", role="conversion"), id="a conversion in brackets"),
    pytest.param(count(14, "boats"), count(14, "ships"), id="the same count"),
    pytest.param(deadline("2028-Q4"), deadline("2028"), id="a coarser date"),
    pytest.param(
        party("Türk Havacılık", "org:x"), party("Turkish Aerospace", "org:x"), id="one firm, two names"
    ),
    pytest.param(MINISTER, make_fact("person_role", Person(name="Marlowe", role="", of="")), id="a surname"),
    pytest.param(status("signed"), status("signed"), id="the same status"),
    pytest.param(
        quote("We are ready to work together"), quote("We are ready to work together."), id="a quote"
    ),
    pytest.param(
        meeting("talks: A, B", "A met B"), meeting("talks: B, A", "B, A ile görüştü"), id="the same talks"
    ),
    pytest.param(
        meeting("talks: A, B", "met in Lima"), meeting("talks", "会談"), id="talks that name nobody further"
    ),
    pytest.param(
        meeting("visit: A, the missile plant in Ostervik", "visited the missile plant in Ostervik"),
        meeting("visit: A, the Ostervik missile plant", "visited the Ostervik missile plant"),
        id="a plant in nearly the same words",
    ),
    pytest.param(meeting("talks: A", "A met them"), meeting("talks: A", "A met them"), id="the same words"),
    pytest.param(
        quote("Hazırız", "Marlowe"), quote("用意がある", "Marlowe"), id="one speaker, two languages"
    ),
]
NEW = [
    pytest.param(money("370000000"), money("375000000"), id="money more than half a per cent off"),
    pytest.param(money("370000000"), money("370000000", "USD"), id="another currency"),
    pytest.param(money("5", role="deal_value"), money("5", role="per_unit"), id="another role"),
    pytest.param(deadline("2028"), deadline("2028-Q4"), id="a finer date"),
    pytest.param(status("approved"), status("signed"), id="the next status"),
    pytest.param(party("Varnholm"), party("Ostmark"), id="another firm"),
    pytest.param(meeting("talks: A, B", "A met B"), meeting("visit: A, B", "B hosted A"), id="a visit"),
    pytest.param(meeting("talks: A", "A met them"), meeting("talks: A, B", "A ile B"), id="who else met"),
    pytest.param(
        meeting("talks: A", "bir araya geldi"), meeting("talks: A, B", "bir araya geldi"), id="with whom"
    ),
    pytest.param(
        meeting("talks: A, B", "bir araya geldi"),
        meeting("talks: C, D", "bir araya geldi"),
        id="others who met",
    ),
    pytest.param(
        meeting("talks: Ana Kovel, Tom Varga", "met General Tom Varga in Lisbon"),
        meeting("talks: Ana Kovel, the King", "met the King"),
        id="a king",
    ),
    pytest.param(
        meeting("talks: Ana Kovel, the Foreign Minister of Japan", "met the Foreign Minister of Japan"),
        meeting("talks: Ana Kovel, the President of Kenya", "met the President of Kenya"),
        id="another state's president",
    ),
    pytest.param(
        meeting("visit: Ana Kovel, Japan on Monday", "visited Japan on Monday"),
        meeting("visit: Ana Kovel, Kenya on Monday", "visited Kenya on Monday"),
        id="another state",
    ),
    pytest.param(
        meeting("visit: Ana Kovel, the plant in Lisbon", "visited the plant in Lisbon"),
        meeting("visit: Ana Kovel, the plant in Doha", "visited the plant in Doha"),
        id="a plant elsewhere",
    ),
    pytest.param(
        meeting("visit: A, the Norrby shipyard", "visited the Norrby shipyard"),
        meeting("visit: A, the Ostervik plant", "visited the Ostervik plant"),
        id="another plant",
    ),
    pytest.param(quote("We are ready to work"), quote("Prices are far too high now"), id="another quote"),
]


@pytest.mark.parametrize(("old", "again"), NOT_NEW)
def test_what_the_story_has_is_not_new(old: Fact, again: Fact) -> None:
    known = Known()
    assert known.take([old]) == (old,)
    assert known.take([again]) == ()


@pytest.mark.parametrize(("old", "other"), NEW)
def test_what_the_story_lacks_is_new(old: Fact, other: Fact) -> None:
    known = Known()
    known.take([old])
    assert known.take([other]) == (other,)


MET = make_fact(
    "meeting",
    Words(text="talks: Ana Kovel, Tom Varga"),
    "Ana Kovel met Japanese minister Tom Varga in Lisbon",
)


@pytest.mark.parametrize(
    "value",
    [
        "talks",
        "talks: Ana Kovel",
        "talks: Ana Kovel, his Japanese counterpart in Lisbon on Monday",
        "talks: Ana Kovel, her counterpart at the ministry",
        "talks: Ana Kovel, the Japanese minister",
        "talks: Ana Kovel, Varga this week",
        "talks: Tom Varga, ministers in Doha",
    ],
)
def test_one_meeting_in_other_words_is_not_new(value: str) -> None:
    known = Known()
    known.take([MET])
    assert known.take([meeting(value, "met somebody")]) == ()


@pytest.mark.parametrize("when", ["this week", "for two days", "on Friday", "in May"])
def test_when_a_state_was_visited_makes_no_new_visit(when: str) -> None:
    known = Known()
    known.take([meeting("visit: Ana Kovel, Japan on Monday", "visited Japan on Monday")])
    assert known.take([meeting(f"visit: Ana Kovel, Japan {when}", f"visited Japan {when}")]) == ()


def test_a_flood_of_facts_ends_at_the_bound() -> None:
    known = Known()
    flood = [count(n, "boats") for n in range(MAX_KNOWN + 50)]
    assert len(known.take(flood)) == MAX_KNOWN
