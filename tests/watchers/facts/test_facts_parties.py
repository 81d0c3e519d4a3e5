"""Who is a party although no verb of a deal has them for its subject: in lists, as owners, as those concerned."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cpu import least_cpu
from watchers.facts.extract import MAX_LENGTH, extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames, Values

# The names that are asked for and those that must not be read.
FOUND = {
    "to whom something may be sold": ("en", "The ministry denied that it would offer two batteries to Oman.", ["Oman"]),
    "from where troops come": ("en", "The drill brings together 3,400 troops from Finland, Kenya and Chile.", ["Finland", "Kenya", "Chile"]),
    "who takes part": ("en", "Finland and Kenya take part in the exercise for the first time.", ["Finland", "Kenya"]),
    "who is in a list with a firm": ("en", "Work goes to Brannvik Optics, Radmet and Ulvik by the end of 2030.", ["Brannvik Optics", "Radmet", "Ulvik"]),
    "who is among those that bid": ("en", "The bidders include Avelar and Nimbus for the contract.", ["Avelar", "Nimbus"]),
    "whose machine it is": ("en", "Talarion's new tanker made its first flight.", ["Talarion"]),
    "whose trade opens the sentence": ("en", "Builder Estal Moura blamed a shortage of gearboxes.", ["Estal Moura"]),
    "who was passed over": ("en", "The army picked Ostrava Arms over Brandt Artillerie for its guns.", ["Ostrava Arms", "Brandt Artillerie"]),
    "what kind of bodies they are": ("en", "Orlen Aero and Hansaflug, the lead contractors, were not asked.", ["Orlen Aero", "Hansaflug"]),
    "a state that no list holds": ("en", "With the Republic of Karsovia talks go on.", ["Republic of Karsovia"]),
    "several ministers of one office": ("tr", "Norveç ve Finland savunma bakanları niyet mektubunu imzaladı.", ["Norveç", "Finland"]),
    "whom candidates are among": ("tr", "Adaylar arasında Rotavia ve Helitek bulunuyor.", ["Rotavia", "Helitek"]),
    "who is named before a comma": ("tr", "Anlaşma kapsamında Halberd Denizel, sözleşme bedelini ödeyecek.", ["Halberd Denizel"]),
    "an agency that is no news agency": ("tr", "Kıyı Tedarik Ajansı, yeni ihaleyi duyurdu.", ["Kıyı Tedarik Ajansı"]),
    "a yard in katakana": ("ja", "建造を担うブラットビク造船所は人員を減らす。", ["ブラットビク造船所"]),
    "whose rival it is": ("ja", "競合モルネの主張を退けた。", ["モルネ"]),
    "a government that no list holds": ("ja", "タルガル政府は計画を見直す。", ["タルガル政府"]),
    "who is invited in Japanese": ("ja", "会合にはノルウェーも招かれた。", ["ノルウェー"]),
}  # fmt: skip
NOT_FOUND = {
    "where bases are": ("en", "The army keeps bases in Finland, Kenya and Oman with 400 troops.", {"Finland", "Kenya", "Oman"}),
    "whose intent it is": ("en", "The order of 12 drones signals Finland's intent.", {"Finland"}),
    "whose minister it is": ("en", "The drones were shown to Finland's new defence minister.", {"Finland"}),
    "where a flight began": ("en", "The drone made its first flight from Moses Lake on 2 March.", {"Moses Lake"}),
    "of which nationality firms are": ("en", "A contract with Polish firms was signed.", {"Polish"}),
    "a match": ("en", "Finland beat Kenya 4-2 in a friendly.", {"Finland", "Kenya"}),
    "where people met in Turkish": ("tr", "Heyet, Finland ve Norveç'te anlaşma için görüştü.", {"Finland", "Norveç"}),
    "where it is made in Japanese": ("ja", "ノルウェー製のミサイルを調べた。", {"ノルウェー"}),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_those_concerned_are_parties(values: Values, lang: str, text: str, expected: list[str]) -> None:
    assert values("party", lang, text) == expected


@pytest.mark.parametrize(("lang", "text", "wrong"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_those_only_named_are_none(values: Values, lang: str, text: str, wrong: set[str]) -> None:
    assert not wrong & set(values("party", lang, text))


def test_a_state_that_is_only_named_is_less_sure_than_one_that_acts(finder: FewNames) -> None:
    text = "Kenya ordered 12 boats; Oman was told about the drones."
    facts = extract(text, lang="en", published=date(2026, 3, 11), finder=finder)
    sure = {str(fact.value): fact.confidence for fact in facts if fact.type == "party"}
    assert sure["Oman"] < sure["Kenya"]


def test_a_state_that_acts_further_on_has_its_role_though_the_headline_only_names_it(
    finder: FewNames,
) -> None:
    text = "Finland looks at a new frigate\nFinland signed a contract with Baykar for 14 drones."
    facts = extract(text, lang="en", published=date(2026, 3, 11), finder=finder)
    assert [(str(fact.value), fact.role) for fact in facts if fact.type == "party"] == [
        ("Finland", "signer"),
        ("Baykar", "signer"),
    ]


@pytest.mark.long
@pytest.mark.parametrize(("lang", "words"), [("en", "Finland and "), ("tr", "Norveç ve "), ("tr", "Aa Bb, ")])
def test_a_sentence_of_nothing_but_names_is_read_quickly(finder: FewNames, lang: str, words: str) -> None:
    text = (words * MAX_LENGTH)[:MAX_LENGTH]
    # A third of a second; by reading it for each name, 19 to 79.
    assert (
        least_cpu(lambda: extract(text, lang=lang, published=date(2026, 3, 11), finder=finder), under=8) < 8
    )
