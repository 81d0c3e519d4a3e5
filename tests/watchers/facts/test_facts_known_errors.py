"""Readings that were once wrong, each with the words that misled, and what is no fact of a deal."""

# A case is one line, however long.
# ruff: noqa: E501

from collections.abc import Callable
from datetime import date

import pytest

from watchers.facts.extract import extract
from watchers.facts.passage import Finder

Values = Callable[[str, str, str], list[str]]

READ = {
    "three new ships are no yen": ("money", "tr", "Donanma üç yeni gemi alacak.", []),
    "but they are counted": ("quantity", "tr", "Donanma üç yeni gemi alacak.", ["3"]),
    "renewed aircraft are no yen": ("money", "tr", "10 yenilenen uçak geldi.", []),
    "yen with a case are yen": ("money", "tr", "Bütçe 200 milyar yeni aştı.", ["200000000000 JPY"]),
    "concrete steps are no currency": ("money", "tr", "Üç somut adım, iki takas konuşuldu.", []),
    "a Japanese quarter with its year": ("delivery_deadline", "ja", "納入は2027年第4四半期に始まる。", ["2027-Q4"]),
    "a Japanese quarter without a year": ("delivery_deadline", "ja", "納入は第4四半期に始まる。", ["2026-Q4"]),
    "a Japanese quarter gone by": ("date", "ja", "第2四半期の売上高は40億円だった。", ["2025-Q2"]),
    "an English quarter without a year": ("delivery_deadline", "en", "Deliveries will begin in the third quarter.", ["2026-Q3"]),
    "a Turkish quarter without a year": ("delivery_deadline", "tr", "Teslimat üçüncü çeyrekte başlayacak.", ["2026-Q3"]),
    "a month before a plain present": ("date", "en", "The fair opens in November.", ["2026-11"]),
    "a month after a past": ("date", "en", "The plant opened in November.", ["2025-11"]),
    "a Turkish month before a present": ("date", "tr", "Fuar kasımda açılıyor.", ["2026-11"]),
    "a Japanese month before a present": ("date", "ja", "入札は11月に始まる。", ["2026-11"]),
    "an hour and a quarter": ("percentage", "en", "They spoke for an hour and a quarter.", []),
    "a quarter of a year": ("percentage", "en", "It lost money for a quarter.", []),
    "a quarter of a fleet": ("percentage", "en", "A quarter of the fleet is idle.", ["25"]),
    "nothing signed, in Turkish": ("status", "tr", "Henüz imzalanmış bir sözleşme bulunmadığını söyledi.", ["not_signed"]),
    "not cleared yet": ("status", "en", "Congress has not cleared yet the sale.", ["no_decision"]),
    "not yet delivered": ("status", "en", "None of the ships have been delivered.", ["not_started"]),
    "not approved, in Turkish": ("status", "tr", "Satış henüz onaylanmadı.", ["no_decision"]),
    "not delivered, in Japanese": ("status", "ja", "機体は納入されていない。", ["not_started"]),
    "an agency's anonymity is no condition": ("status", "en", "He spoke on condition of anonymity.", []),
    "a count is no platform": ("platform", "tr", "14 İHA teslim edildi.", []),
    "it is a count": ("quantity", "tr", "14 İHA teslim edildi.", ["14"]),
    "more than fifty in Turkish": ("quantity", "tr", "Ordu 50'den fazla İHA aldı.", ["50"]),
    "a count of a designation": ("quantity", "en", "The navy flew three KX-17s.", ["3"]),
    "the designation": ("platform", "en", "The navy flew three KX-17s.", ["KX-17"]),
    "two people present are sources": ("quantity", "en", "It was tense, according to two people present.", []),
    "a town after a treaty in a headline": ("location", "en", "Oman and Chile sign submarine treaty in Varnholm\nThe Varnholm treaty is new.", ["Varnholm"]),
    "a country's own is no place": ("location", "en", "Interest in Finland's radars grows.", []),
    "two capitals of one matter": ("location", "en", "It deepens Lisbon-Doha ties.", []),
    "a ship named after a town": ("location", "en", "The corvette TCG Ankara visited Lisbon.", ["Lisbon"]),
    "two places joined": ("location", "en", "It was tested in Lisbon and Doha.", ["Lisbon", "Doha"]),
    "two sellers joined": ("party", "en", "Kenya bought guns from Finland and Oman.", ["Kenya", "Finland", "Oman"]),
    "signers in a row": ("party", "en", "Kenya, Finland and Oman signed the deal.", ["Kenya", "Finland", "Oman"]),
    "a branch of industry is no firm": ("party", "ja", "防衛産業は契約を歓迎した。", []),
    "brothers of one surname": ("person_role", "en", "Ida and Mara Lindqvist showed the defence minister the yard.", ["Ida Lindqvist", "Mara Lindqvist"]),
}  # fmt: skip
NO_FACT = {
    "a duration": ("quantity", "en", "The deal runs for 27 hours, 10 years and 6 months."),
    "a distance": ("quantity", "en", "It flew 310 km and 40 nautical miles at 500 knots."),
    "a weight": ("quantity", "en", "The 540 kg missile carries 75 kilograms."),
    "an altitude in Japanese": ("quantity", "ja", "高度3000メートルで42分飛んだ。"),
    "a displacement": ("quantity", "tr", "Gemi 2 bin 400 ton ve 99 metre."),
    "a telephone": ("quantity", "en", "Call +90 312 555 01 44 or (0312) 555 0144."),
    "a Turkish telephone": ("quantity", "tr", "Ayrıntı için 0212 555 01 44 aranabilir."),
    "a Japanese telephone": ("quantity", "ja", "電話は03-5555-0144。"),
    "a contract number": ("quantity", "en", "Contract No. FA8620-25-D-2031 was amended."),
    "a Japanese contract number": ("quantity", "ja", "契約番号は第2018-114号。"),
    "a share price": ("money", "en", "The stock closed at $41.20, up from $39.70."),
    "a Turkish share price": ("money", "tr", "Hisse 312,50 liradan kapandı."),
    "a Japanese share price": ("money", "ja", "株価は2940円で終えた。"),
    "a negated agreement": ("agreement", "en", "There was no letter of intent."),
    "a negated Turkish agreement": ("agreement", "tr", "Taraflar niyet mektubu imzalamadı."),
    "a negated Japanese agreement": ("agreement", "ja", "覚書は交わされていない。"),
    "a vague number": ("quantity", "en", "A handful of drones and several dozen tanks came."),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "lang", "text", "expected"), READ.values(), ids=READ.keys())
def test_what_misled_is_read_right(
    kind: str, lang: str, text: str, expected: list[str], values: Values
) -> None:
    assert values(kind, lang, text) == expected


@pytest.mark.parametrize(("kind", "lang", "text"), NO_FACT.values(), ids=NO_FACT.keys())
def test_a_measure_a_number_or_a_denial_is_no_fact(kind: str, lang: str, text: str, values: Values) -> None:
    assert values(kind, lang, text) == []


BOUNDS = {
    "under": ("en", "It costs under $85m.", ("max", False)),
    "just under": ("en", "It costs just under $85m.", ("max", True)),
    "just over": ("en", "It costs just over $85m.", ("min", True)),
    "over": ("en", "It costs over $85m.", ("min", False)),
    "nearly": ("en", "It costs nearly $85m.", ("", True)),
    "in Turkish": ("tr", "Bedeli 85 milyon doların altında.", ("max", False)),
    "in Japanese": ("ja", "価格は85億円未満。", ("max", False)),
}


@pytest.mark.parametrize(("lang", "text", "expected"), BOUNDS.values(), ids=BOUNDS.keys())
def test_an_amount_keeps_the_side_it_is_bounded_on(
    lang: str, text: str, expected: tuple[str, bool], finder: Finder
) -> None:
    (fact,) = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    assert (fact.bound, fact.approx) == expected


REQUESTS = {
    "an English request": ("en", "It is part of the record 8.8 trillion yen defence budget request."),
    "a Turkish request": ("tr", "8,8 trilyon yenlik bütçe talebi hazır."),
    "a Japanese request": ("ja", "予算の概算要求は8兆8000億円だ。"),
}


@pytest.mark.parametrize(("lang", "text"), REQUESTS.values(), ids=REQUESTS.keys())
def test_a_budget_that_is_asked_for_is_a_request(lang: str, text: str, finder: Finder) -> None:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    assert [fact.role for fact in facts if fact.type == "money"] == ["requested"]
