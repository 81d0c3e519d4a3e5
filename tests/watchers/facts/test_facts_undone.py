"""What is denied gives nobody a part in a deal: negated verbs, refusals and denials in three languages."""

# A case is one line, however long.
# ruff: noqa: E501

from collections.abc import Callable
from datetime import date

import pytest

from watchers.facts.extract import extract
from watchers.facts.passage import Finder

Parts = Callable[[str, str], list[str]]


@pytest.fixture
def parts(finder: Finder) -> Parts:
    def read(lang: str, text: str) -> list[str]:
        """Return the parties that have a part in the deal, and the statuses of deeds done."""
        facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
        undone = {"not_signed", "no_decision", "not_started", "denied", "cancelled"}
        return [
            f"{fact.value}: {fact.role or 'status'}"
            for fact in facts
            if fact.role in {"signer", "buyer", "seller"}
            or (fact.type == "status" and str(fact.value) not in undone)
        ]

    return read


UNDONE = [
    ("en", "No contract was signed with Finland."),
    ("en", "No contract between Baykar and Finland has been signed."),
    ("en", "Baykar has yet to sign a deal with Kenya."),
    ("en", "Chile refused to buy 20 drones from Baykar."),
    ("en", "Baykar's team left Doha without signing a contract with Chile."),
    ("en", "Kenya signed no contract with Baykar."),
    ("en", "Baykar denied that it had signed an agreement with Oman."),
    ("en", "Reports that Chile signed a contract with Baykar are false."),
    ("en", "A contract with Oman has not been signed."),
    ("tr", "Norveç ile imza yok."),
    ("tr", "Baykar ile Norveç arasında sözleşme imzalanmadı."),
    ("tr", "Norveç henüz imzalamadı."),
    ("tr", "Norveç ile anlaşma sağlanamadı."),
    ("tr", "Baykar, Norveç ile sözleşme imzalamadan salondan ayrıldı."),
    ("tr", "Norveç, Baykar'a sipariş vermekten vazgeçti."),
    ("tr", "Norveç ile sözleşme imzalandığı iddiası doğru değil."),
    ("tr", "Baykar ihaleyi kazanamadı."),
    ("ja", "ノルウェーは契約に署名していない。"),
    ("ja", "ノルウェーとの契約には至っていない。"),
    ("ja", "ノルウェーはまだ発注していない。"),
    ("ja", "ノルウェーは無人機を購入しなかった。"),
    ("ja", "ノルウェーは無人機を発注したとの報道を否定した。"),
    ("ja", "ノルウェーは無人機の購入を見送った。"),
]


@pytest.mark.parametrize(("lang", "text"), UNDONE)
def test_nobody_has_a_part_in_what_was_not_done(lang: str, text: str, parts: Parts) -> None:
    assert parts(lang, text) == []


DONE = [
    ("en", "The minister of Finland agreed in Doha to open talks, his office said.", ["agreed: status"]),
    ("en", "Without naming the price, Finland signed a contract with Baykar.", ["Finland: signer", "signed: status", "Baykar: signer"]),
    ("en", "Chile has not bought the frigates, but Finland ordered 20 drones from Baykar.", ["Finland: buyer", "Baykar: seller"]),
    ("en", "Baykar, which did not bid last year, won a contract from Oman.", ["Baykar: seller", "awarded: status", "Oman: buyer"]),
    ("tr", "Norveç, Baykar ile sözleşme imzaladı ancak fiyatı açıklamadı.", ["Norveç: signer", "Baykar: signer", "signed: status"]),
    ("tr", "Baykar ile anlaşan Norveç henüz ödeme yapmadı.", ["Baykar: signer"]),
    ("ja", "ノルウェーは契約を結んだが、金額は公表していない。", ["ノルウェー: signer", "signed: status"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), DONE)
def test_a_negation_elsewhere_takes_nothing_back(
    lang: str, text: str, expected: list[str], parts: Parts
) -> None:
    assert parts(lang, text) == expected


WHOLE = [
    ("ja", "要求の総額は過去最大の9兆8000億円規模となる見通し。", "9兆8000億円規模となる見通し"),
    ("ja", "要求の総額は過去最大の9兆8,000億円規模となる見通し。", "9兆8,000億円規模となる見通し"),
    ("ja", "20機を購入することを決めた。", "20機を購入することを決めた"),
    ("ja", "納入は2027年度に延期された。", "納入は2027年度に延期された"),
    (
        "en",
        "The sale is subject to case-by-case approval by the National Security Council.",
        "is subject to case-by-case approval by the National",
    ),
    ("tr", "Yarısı 2,5 imzalandı.", "imzalandı"),
]


@pytest.mark.parametrize(("lang", "text", "words"), WHOLE)
def test_the_words_of_a_status_cut_no_number_and_no_word(
    lang: str, text: str, words: str, finder: Finder
) -> None:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    assert [fact.mention for fact in facts if fact.type == "status"] == [words]
