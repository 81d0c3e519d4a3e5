"""What a party does in a deal, by its case, its preposition and the voice of the verb."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.facts.extract import extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames

# The parties that are asked for, each with its role.
ROLES = {
    "who sold it to whom": ("en", "The 12 boats were sold to Oman by Baykar.", {"Oman": "buyer", "Baykar": "seller"}),
    "whose purchase it is": ("en", "Kenya's purchase of 20 radars from Baykar was approved.", {"Kenya": "buyer", "Baykar": "seller"}),
    "to whom it is awarded": ("en", "The ministry awarded the contract to Baykar.", {"Baykar": "seller"}),
    "to whom it went": ("en", "The contract went to Baykar, a maker of drones.", {"Baykar": "seller"}),
    "by whom it was signed": ("en", "A contract with Baykar was signed by the Chilean navy.", {"Chilean navy": "signer"}),
    "to whom it was handed over": ("en", "Four trainers were handed over to the Chilean air force.", {"Chilean air force": "buyer"}),
    "from whom it is leased": ("en", "Kenya has leased six helicopters from Vikander.", {"Vikander": "seller"}),
    "who says that it has an order": ("en", "Aldex said on Monday that it had received an order for 20 radars.", {"Aldex": ""}),
    "who bags it": ("en", "Vikander bags $400m frigate order", {"Vikander": ""}),
    "who taps whom": ("en", "Kenya taps Baykar for drone contract", {"Kenya": "buyer", "Baykar": "seller"}),
    "who exercises an option": ("en", "Kenya exercised an option for 20 more vehicles.", {"Kenya": ""}),
    "who takes delivery in Japanese": ("ja", "ノルウェーは最初の機体を受領した。", {"ノルウェー": ""}),
    "from whom it is leased in Japanese": ("ja", "海軍はビカンデルからヘリ6機をリースする。", {"ビカンデル": ""}),
    "who has been chosen": ("en", "Aldex has been chosen to build six patrol boats.", {"Aldex": "seller"}),
    "from whom in Turkish": ("tr", "Norveç, Hansol'dan 48 obüs satın aldı.", {"Norveç": "buyer", "Hansol": "seller"}),
    "to whom in Turkish": ("tr", "Baykar, Norveç'e 48 obüs teslim edecek.", {"Baykar": "seller", "Norveç": "buyer"}),
    "to whom in the passive in Turkish": ("tr", "İlk tanklar Kara Kuvvetleri'ne teslim edildi.", {"Kara Kuvvetleri": "buyer"}),
    "to whom it will be sold in Turkish": ("tr", "Norveç'e satılacak füzeler hazır.", {"Norveç": "buyer"}),
    "whom in Turkish": ("tr", "Norveç, radar alımı için Baykar'ı seçti.", {"Norveç": "buyer", "Baykar": "seller"}),
    "with whom an order is placed in Turkish": ("tr", "Vikander'e 12 bot siparişi verildi.", {"Vikander": "seller"}),
    "who sells to whom in Turkish": ("tr", "Norveç'e 12 bot satan Marstrand, ilk botu teslim etti.", {"Norveç": "buyer", "Marstrand": "seller"}),
    "what was taken from whom in Turkish": ("tr", "Fjordtek'ten alınan sonarlar gemilere takıldı.", {"Fjordtek": "seller"}),
    "with whom in Turkish": ("tr", "Bakanlık, Ostermann'la sözleşme imzaladı.", {"Ostermann": "signer"}),
    "what is given to whom in Japanese": ("ja", "ノルウェーに哨戒艇12隻を売却する。", {"ノルウェー": "buyer"}),
    "what is handed to whom in Japanese": ("ja", "哨戒艇12隻はノルウェーに引き渡された。", {"ノルウェー": "buyer"}),
    "with whom an order is placed in Japanese": ("ja", "海軍はアルデックスにレーダー20基を発注した。", {"アルデックス": "seller"}),
    "who won it in Japanese": ("ja", "アルデックスが落札した。", {"アルデックス": "seller"}),
    "who supplies it in Japanese": ("ja", "エンジンはモタラ重工が供給する。", {"モタラ重工": "seller"}),
}  # fmt: skip
NO_PARTY = {
    "where it is made": ("ja", "Kenya、ノルウェー製無人機を3機購入", "ノルウェー"),
    "what is made by another": ("ja", "レーダーはアルデックスが製造する。", "レーダー"),
}  # fmt: skip
NO_ROLE = {
    "for whom something is much": ("ja", "ノルウェーにとって過去最大の輸出となる。", "ノルウェー"),
    "to whom it is proposed": ("ja", "ノルウェーに潜水艦4隻を納入と提案", "ノルウェー"),
    "the ship that was handed over": ("tr", "Mayın avlama gemisi Baykar teslim edildi.", "Baykar"),
}  # fmt: skip


def roles(finder: FewNames, lang: str, text: str) -> dict[str, str]:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    return {fact.mention: fact.role for fact in facts if fact.type == "party"}


@pytest.mark.parametrize(("lang", "text", "expected"), list(ROLES.values()), ids=list(ROLES))
def test_a_party_has_the_role_that_its_clause_gives_it(
    finder: FewNames, lang: str, text: str, expected: dict[str, str]
) -> None:
    assert expected.items() <= roles(finder, lang, text).items()


@pytest.mark.parametrize(("lang", "text", "name"), list(NO_ROLE.values()), ids=list(NO_ROLE))
def test_who_only_stands_near_a_deed_has_no_role(finder: FewNames, lang: str, text: str, name: str) -> None:
    assert roles(finder, lang, text).get(name, "") == ""


@pytest.mark.parametrize(("lang", "text", "name"), list(NO_PARTY.values()), ids=list(NO_PARTY))
def test_what_others_make_is_no_party(finder: FewNames, lang: str, text: str, name: str) -> None:
    assert name not in roles(finder, lang, text)
