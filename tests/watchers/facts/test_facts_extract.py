"""What holds for every text: offsets, exact numbers, bounds on hostile input, other languages, the founding articles."""

# A case is one line, however long.
# ruff: noqa: E501

import json
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.facts.extract import MAX_FACTS, MAX_LENGTH, extract
from watchers.facts.numbers import numbers
from watchers.types import Mention, Money

PUBLISHED = date(2026, 3, 11)
EVAL = Path(__file__).parents[2] / "evals" / "facts.jsonl"
# Ten times the slowest text of this list on an idle core; a quadratic pattern takes longer than that at once.
HOSTILE_SECONDS = 8.0
HOSTILE = {
    "one digit without end": "1" * 60_000,
    "one letter without end": "A" * 60_000,
    "capitalised words": "Abc " * 15_000,
    "opening marks": "“" * 60_000,
    "kanji": "一" * 60_000,
    "katakana": "ア" * 60_000,
    "amounts": "$1 " * 20_000,
    "hyphens": "A-" * 30_000,
    "right to left": "\u202e\u0627" * 30_000,
    "control characters": "\x00\x01\x1f" * 20_000,
    "negations": "no agreement " * 5_000,
    "offices": "Minister " * 7_000,
    "white space": " \n\t" * 20_000,
}
PIECES = ["$", "€5", "12 ", "2.6 billion ", "2,6 milyar avro ", "31億円", "MQ-9B ", "signed ", "Baykar ", " in Ankara", ". ", "\n", "“", "”", "no ", "on Tuesday ", "yüzde 4", "İ", "ı", "19日", "機", "\u0301", "😀"]  # fmt: skip


class NoNames:
    """Knows nothing."""

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return nothing."""
        del text, lang
        return ()


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["en", "tr", "ja"]))
@settings(deadline=None)
def test_every_fact_stands_where_it_says(pieces: list[str], lang: str) -> None:
    text = "".join(pieces)
    facts = extract(text, lang=lang, published=PUBLISHED, finder=NoNames())
    for fact in facts:
        assert text[fact.start : fact.end] == fact.mention
        assert text[fact.sentence_start : fact.sentence_start + len(fact.sentence)] == fact.sentence
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)


@given(st.text(max_size=400), st.sampled_from(["en", "tr", "ja", "fr"]))
@settings(deadline=None)
def test_no_text_is_too_strange(text: str, lang: str) -> None:
    facts = extract(text, lang=lang, published=PUBLISHED, finder=NoNames())
    assert all(text[fact.start : fact.end] == fact.mention for fact in facts)


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**9), places=2))
def test_an_english_and_a_turkish_number_come_back_exactly(value: Decimal) -> None:
    english = f"{value:,.2f}"
    turkish = english.translate(str.maketrans(",.", ".,"))
    assert [n.low for n in numbers(f"about {english} of it", "en")] == [value]
    assert [n.low for n in numbers(f"toplam {turkish} kadar", "tr")] == [value]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_japanese_myriads_add_up(high: int, low: int) -> None:
    assert [n.low for n in numbers(f"{high}億{low}万円", "ja")] == [Decimal(high * 10**8 + low * 10**4)]


@pytest.mark.parametrize("lang", ["en", "tr", "ja"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_in_bounded_time(text: str, lang: str) -> None:
    begun = time.process_time()
    facts = extract(text, lang=lang, published=PUBLISHED, finder=NoNames())
    assert time.process_time() - begun < HOSTILE_SECONDS
    assert len(facts) <= MAX_FACTS
    assert all(fact.end <= MAX_LENGTH for fact in facts)


def test_another_language_gives_no_numbers() -> None:
    text = "Le contrat de 1 200 drones vaut 3,5 milliards d'euros, signé mardi."
    assert extract(text, lang="fr", published=PUBLISHED, finder=NoNames()) == ()


def test_a_conversion_and_a_ceiling_are_told_from_the_deal() -> None:
    text = "The order is worth 300 million zloty (about $82 million), with a ceiling of 500 million zloty."
    facts = extract(text, lang="en", published=PUBLISHED, finder=NoNames())
    assert [fact.role for fact in facts if isinstance(fact.value, Money)] == [
        "deal_value",
        "conversion",
        "ceiling",
    ]


def test_who_says_so_and_how_firmly_is_kept() -> None:
    text = "According to Meridian Wire, the yard reportedly ordered 12 engines."
    facts = extract(text, lang="en", published=PUBLISHED, finder=NoNames())
    assert {(fact.said_by, fact.hedge) for fact in facts} == {("Meridian Wire", "reported")}


def test_a_body_is_named_by_the_name_after_its_description() -> None:
    text = "Exports reached 7 billion dollars, according to the procurement body SSB."
    facts = extract(text, lang="en", published=PUBLISHED, finder=NoNames())
    assert {fact.said_by for fact in facts} == {"SSB"}


ROLES = {
    "a request": ("en", "The whole defence request is put at 8.8 trillion yen.", "requested"),
    "a Japanese request": ("ja", "要求の総額は過去最大の8兆8000億円規模となる。", "requested"),
    "a purchase": ("en", "Chile buys 12 drones from Hallund for 180 million euros.", "deal_value"),
    "a backlog": ("en", "The yard marks a backlog of $30 billion.", "statistic"),
    "a price of one": ("tr", "Tanesi 21 milyon dolar.", "per_unit"),
    "a ceiling": ("tr", "640 milyon avroya kadar harcama yetkisi verildi.", "ceiling"),
    "a loan": ("en", "It took a loan of 3 billion euros.", "loan"),
    "a fine": ("en", "The court set a fine of 40 million euros.", "fine"),
    "revenue": ("en", "Revenue rose to 2 billion euros.", "revenue"),
}


@pytest.mark.parametrize(("lang", "text", "role"), ROLES.values(), ids=ROLES.keys())
def test_the_nearest_cue_says_what_an_amount_is(lang: str, text: str, role: str) -> None:
    facts = extract(text, lang=lang, published=PUBLISHED, finder=NoNames())
    assert [fact.role for fact in facts if fact.type == "money"] == [role]


def test_bounds_and_approximations_are_kept() -> None:
    text = "At least 40 tanks, up to nine ships and about 300 trucks were ordered."
    facts = [
        f for f in extract(text, lang="en", published=PUBLISHED, finder=NoNames()) if f.type == "quantity"
    ]
    assert [(str(f.value), f.bound, f.approx) for f in facts] == [
        ("40", "min", False),
        ("9", "max", False),
        ("300", "", True),
    ]


def test_most_amounts_of_the_labelled_set_are_read() -> None:
    wanted = found = 0
    for line in EVAL.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        day = date.fromisoformat(item["published"])
        got = {
            str(f.value) for f in extract(item["text"], lang=item["lang"], published=day, finder=NoNames())
        }
        for fact in item["facts"]:
            if fact["type"] in (
                "money",
                "quantity",
                "percentage",
                "date",
                "delivery_deadline",
            ) and not fact.get("optional"):
                wanted += 1
                found += fact["value"] in got
    assert found / wanted > 0.95
