"""What is a promise to be followed, and which names are surely one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.watchers.ledger.ledger_desk import known
from watchers.claims.read import read_claims
from watchers.ledger.identity import same_name
from watchers.ledger.judge import made_by

FIRM = {
    "a plan": ("Halvorsen Marine plans to deliver the frigate in 2027.", "en", 1),
    "a headline": ("AFSOC to test a new trainer in the desert this year", "en", 1),
    "turkish": ("Karatay Savunma ilk uyduyu 2027 yılında teslim edecek.", "tr", 1),
    "japanese": ("レッドミアは潜水艦を2027年に引き渡す予定だ。", "ja", 1),
    "a fair named after its year": ("Drones will be shown under the spotlight at SAHA 2027.", "en", 0),
    "a possibility": ("Rebuilding the stock of missiles could be completed in 2030.", "en", 0),
    "a turkish possibility": ("Fırkateyn 2027 yılında teslim edilebilir.", "tr", 0),
    "what goes on": ("The yard has been launching boats at a record pace in 2026.", "en", 0),
    "a day gone by without its year": ("The jet was grounded on February 19 and will be delivered.", "en", 0),
    "another clause's deed": (
        "The minister will tour the yard next week as Oslo weighs the order of frigates.",
        "en",
        0,
    ),
    "another clause's deed, after but": (
        "Talks go on next week, but the ministry will order the frigate.",
        "en",
        0,
    ),
    "a deed with its day beside another clause": (
        "Halvorsen Marine will deliver the frigate in 2027, while the navy trains crews.",
        "en",
        1,
    ),
    "as that begins no clause": (
        "Halvorsen Marine will deliver the frigate as part of a larger programme in 2027.",
        "en",
        1,
    ),
    "turkish, another clause's deed": (
        "Oslo fırkateyn siparişini değerlendirirken bakan gelecek hafta tersaneyi gezecek.",
        "tr",
        0,
    ),
    "japanese, another clause's deed": (
        "政府が護衛艦の発注を検討する中、大臣は来週に都内で演説する予定だ。",
        "ja",
        0,
    ),
    "a delay with both its dates": (
        "Delivery of the frigate, planned for 2027, has been postponed to 2029.",
        "en",
        1,
    ),
}


@pytest.mark.parametrize(("text", "lang", "count"), FIRM.values(), ids=FIRM.keys())
def test_only_what_can_be_held_against_somebody_is_followed(text: str, lang: str, count: int) -> None:
    claims = read_claims(text, lang, date(2026, 3, 11), "a paper", known())
    assert len(made_by(claims)) == count


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (("Halvorsen Marine", ""), ("Halvorsen", ""), True),
        (("Halvorsen Marine", ""), ("ハルヴォルセン・マリン", ""), True),
        (("Halvorsen Marine", ""), ("Redmere Marine", ""), False),
        (("ハルヴォルセン・マリン", ""), ("レッドミア・マリン", ""), False),
        (("川崎重工", ""), ("三菱重工", ""), False),
        (("Baykar", "org:baykar"), ("バイカル", "org:baykar"), True),
        (("Baykar", "org:baykar"), ("Saab", "org:saab"), False),
        (("Karatay Savunma", ""), ("Karatay", ""), True),
    ],
)
def test_a_shared_word_makes_no_two_names_one(
    left: tuple[str, str], right: tuple[str, str], *, same: bool
) -> None:
    assert same_name(left, right) is same_name(right, left) is same


@pytest.mark.parametrize(
    ("text", "lang", "due"),
    [
        ("Halvorsen Marine will deliver the frigate next week.", "en", date(2026, 3, 22)),
        ("Halvorsen Marine will deliver the frigate this week.", "en", date(2026, 3, 15)),
        ("Karatay Savunma fırkateyni gelecek hafta teslim edecek.", "tr", date(2026, 3, 22)),
        ("レッドミアは潜水艦を来週引き渡す予定だ。", "ja", date(2026, 3, 22)),
        ("Halvorsen Marine will deliver the frigate next month.", "en", date(2026, 4, 30)),
    ],
)
def test_a_week_is_due_on_its_sunday(text: str, lang: str, due: date) -> None:
    claims = read_claims(text, lang, date(2026, 3, 11), "a paper", known())  # a Wednesday
    assert [promise.due for promise in made_by(claims)] == [due]
