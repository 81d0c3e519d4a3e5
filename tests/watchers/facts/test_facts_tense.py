"""A date is of the tense of its own verb, whatever the rest of the sentence hopes for.

Published on Wednesday, 11 March 2026.
"""

import pytest

from tests.watchers.facts.conftest import Values

# Each was read a week or a year ahead, or back, by whatever verb the sentence had elsewhere.
DATES = [
    ("en", "The budget was approved by parliament on Tuesday.", "2026-03-10"),
    ("en", "The frigate was named by the queen on 6 March.", "2026-03-06"),
    ("en", "Oman could buy the system, the minister said on Monday.", "2026-03-09"),
    ("en", "The drone, which could be ordered in June, was tested on Friday.", "2026-06 2026-03-06"),
    ("en", "The aircraft, due in June, was delivered on 3 March.", "2026-06 2026-03-03"),
    ("en", "The contract, won by Saab in February, covers 12 radars.", "2026-02"),
    ("en", "The ministry said on Monday it will buy 20 jets.", "2026-03-09"),
    ("en", "The deal agreed in December has been delayed to September.", "2025-12 2026-09"),
    ("en", "The first flight, planned for May, was put off.", "2026-05"),
    (
        "en",
        "Oman signed a contract for 12 boats on Monday, and deliveries will begin in 2027.",
        "2026-03-09 2027",
    ),
    ("en", "The yard signed the deal on Tuesday and will deliver the boats in 2028.", "2026-03-10 2028"),
    ("en", "On Monday and Tuesday, ministers will meet in Doha.", "2026-03-16 2026-03-17"),
    ("tr", "Fuar cuma günü başlıyor.", "2026-03-13"),
    ("tr", "Bakan, teslimatların haziranda başlayacağını pazartesi günü söyledi.", "2026-06 2026-03-09"),
    ("tr", "Salı günü imzalanan sözleşme kapsamında teslimat kasımda başlayacak.", "2026-03-10 2026-11"),
    ("tr", "Ocak ayında onaylanan plan gereği ilk uçak ekimde uçacak.", "2026-01 2026-10"),
    ("ja", "12月に発注した20機は9月に納入される。", "2025-12 2026-09"),
    ("ja", "防衛省は2月に契約した無人機を9月に配備する予定だ。", "2026-02 2026-09"),
    ("ja", "入札を6月に延期した。", "2026-06"),
    # What held before and has to go on.
    ("en", "Saab will hand over the first aircraft on Friday.", "2026-03-13"),
    ("en", "The jets are expected to be delivered in June.", "2026-06"),
    ("en", "Parliament is to vote on Thursday.", "2026-03-12"),
    ("en", "Bids must be submitted by 15 May.", "2026-05-15"),
    ("en", "The ministry said deliveries begin in June.", "2026-06"),
    ("tr", "Sözleşmenin haziranda imzalanması bekleniyor.", "2026-06"),
    ("ja", "防衛相は10日、20機を購入すると発表した。", "2026-03-10"),
    ("ja", "9月に向けた準備を進めている。", "2026-09"),
]


@pytest.mark.parametrize(("lang", "text", "dates"), DATES)
def test_a_date_is_of_the_tense_of_its_own_verb(values: Values, lang: str, text: str, dates: str) -> None:
    deadlines = values("delivery_deadline", lang, text)
    found = values("date", lang, text)
    assert sorted(found + deadlines) == sorted(dates.split())


def test_two_digits_before_a_quarter_of_a_year_are_its_year(values: Values) -> None:
    assert values("delivery_deadline", "ja", "納入は27年4〜6月期になる。") == ["2027-Q2"]
