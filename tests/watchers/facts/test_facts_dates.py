"""Dates of three languages, seen from Wednesday 11 March 2026."""

from collections.abc import Callable

import pytest

Values = Callable[[str, str, str], list[str]]

CASES = {
    "a weekday is the last one": ("en", "It signed on Monday.", "2026-03-09"),
    "a weekday ahead is the next one": ("en", "It will sign on Monday.", "2026-03-16"),
    "a day without a year": ("en", "It sailed on 2 February.", "2026-02-02"),
    "a day near ahead": ("en", "He returns on 20 March.", "2026-03-20"),
    "an American day": ("en", "It closed on October 4, 2025.", "2025-10-04"),
    "a quarter": ("en", "Due in the third quarter of 2028.", "2028-Q3"),
    "a half of next year": ("en", "Due in the second half of next year.", "2027-H2"),
    "a fiscal year is no calendar year": ("en", "The fiscal 2027 request is out.", "FY2027"),
    "a split year is fiscal": ("en", "Handed over in 2027-28.", "FY2027"),
    "months after signature": ("en", "All come within 36 months of signature.", "36 months after signature"),
    "a Turkish weekday": ("tr", "Tören salı günü yapıldı.", "2026-03-10"),
    "a Turkish day": ("tr", "Gemi 5 Ocak'ta indi.", "2026-01-05"),
    "a Turkish half": ("tr", "Teslimat 2027'nin ikinci yarısında.", "2027-H2"),
    "a Turkish next month": ("tr", "Karar gelecek ay açıklanacak.", "2026-04"),
    "a Turkish date in digits": ("tr", "İmza 04.02.2026 tarihli.", "2026-02-04"),
    "a Japanese day of the month": ("ja", "防衛省は10日に発表した。", "2026-03-10"),
    "a Japanese day of last month": ("ja", "防衛省は27日に発表した。", "2026-02-27"),
    "a Japanese quarter": ("ja", "2028年7～9月期に始まる。", "2028-Q3"),
    "a Japanese fiscal year": ("ja", "28年度に配備する。", "FY2028"),
    "an era's year": ("ja", "令和8年度の予算。", "FY2026"),
    "a Japanese next year": ("ja", "来年4月に就役する。", "2027-04"),
}
SEVERAL = {
    "English, the month last": ("en", "The fair is held on 24-26 November 2026.", "2026-11-24/2026-11-26"),
    "with a longer dash": ("en", "It runs 24–26 March at the port.", "2026-03-24/2026-03-26"),
    "in words": ("en", "The fair runs from 24 to 26 November 2026.", "2026-11-24/2026-11-26"),
    "between": ("en", "They will meet between 24 and 26 March.", "2026-03-24/2026-03-26"),
    "American": ("en", "The fair is on November 24-26, 2026.", "2026-11-24/2026-11-26"),
    "American, in words": ("en", "It will be open from March 24th to 26th.", "2026-03-24/2026-03-26"),
    "American, between": ("en", "They will meet between March 24 and 26 at sea.", "2026-03-24/2026-03-26"),
    "Turkish": ("tr", "Fuar 24–26 Kasım 2026'da yapılacak.", "2026-11-24/2026-11-26"),
    "Turkish, in words": ("tr", "Fuar 24 ile 26 Kasım arasında yapılacak.", "2026-11-24/2026-11-26"),
    "Japanese": ("ja", "展示会は11月24〜26日に開く。", "2026-11-24/2026-11-26"),
    "Japanese, with its year": ("ja", "2026年11月24日～26日に開く。", "2026-11-24/2026-11-26"),
    "Japanese, with weekdays": ("ja", "11月24日（火）から26日（木）まで開く。", "2026-11-24/2026-11-26"),
    "Japanese, without a month": ("ja", "24日から26日まで開く予定だ。", "2026-03-24/2026-03-26"),
}
ONE = {
    "days that run backwards": ("en", "It closed on 26-24 November 2025.", ["2025-11-24"]),
    "a number of aircraft": ("en", "It went on March 4 to 12 aircraft.", ["2026-03-04"]),
    "a length": ("ja", "3月2日から3日間開いた。", ["2026-03-02"]),
}
NONE = {
    "no such day": ("en", "It sailed on 31 June."),
    "a span of Japanese years": ("ja", "開発に10年かかる。"),
    "may, not May": ("en", "It may buy more."),
    "a verb, not March": ("en", "They march on."),
}


@pytest.mark.parametrize(("lang", "text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_date_is_resolved(lang: str, text: str, expected: str, values: Values) -> None:
    assert values("date", lang, text) + values("delivery_deadline", lang, text) == [expected]


@pytest.mark.parametrize(("lang", "text", "expected"), SEVERAL.values(), ids=SEVERAL.keys())
def test_days_from_one_to_another_are_one_date_and_no_deadline(
    lang: str, text: str, expected: str, values: Values
) -> None:
    assert values("date", lang, text) == [expected]
    assert values("delivery_deadline", lang, text) == []


@pytest.mark.parametrize(("lang", "text", "expected"), ONE.values(), ids=ONE.keys())
def test_what_only_looks_like_days_from_one_to_another_is_read_as_it_was(
    lang: str, text: str, expected: list[str], values: Values
) -> None:
    assert values("date", lang, text) == expected


@pytest.mark.parametrize(("lang", "text"), NONE.values(), ids=NONE.keys())
def test_what_is_no_date_gives_none(lang: str, text: str, values: Values) -> None:
    assert values("date", lang, text) + values("delivery_deadline", lang, text) == []


DUE = {
    "the first of several": ("en", "First aircraft are due in 2027.", "2027"),
    "as a headline has it": ("en", "First two frigates due in 2027, says the yard.", "2027"),
    "with a part of a year": ("en", "The first jets are due in the second half of 2028.", "2028-H2"),
    "due to arrive": ("en", "The remaining six tanks are due to arrive in 2028.", "2028"),
    "expected": ("en", "The last of the submarines is expected in 2031.", "2031"),
    "slated": ("en", "The drones are slated for delivery in 2027.", "2027"),
    "due by": ("en", "The last boat is due by 2030.", "2030"),
    "Turkish": ("tr", "İlk uçaklar 2027'de gelecek.", "2027"),
    "Turkish, expected": ("tr", "Kalan altı tankın 2027'de ulaşması bekleniyor.", "2027"),
    "Turkish deliveries that begin": ("tr", "Teslimatlar 2027'de başlayacak.", "2027"),
    "Japanese": ("ja", "初号機は2027年に届く見通しだ。", "2027"),
    "Japanese, arriving": ("ja", "最初の2機は2027年に到着する予定だ。", "2027"),
}
NOT_DUE = {
    "a report": ("en", "The first report is due in 2027."),
    "a vote": ("en", "A second round of talks is due in April."),
    "a payment": ("en", "The final payment is due in 2027."),
    "a ship in a port": ("en", "The ship is due in Lisbon on 20 March."),
    "a first that was": ("en", "The first aircraft crashed in 2027."),
    "a Turkish visitor": ("tr", "Bakan 20 Mart'ta Doha'ya gelecek."),
    "a Japanese visitor": ("ja", "大臣は3月20日に到着する予定だ。"),
}


@pytest.mark.parametrize(("lang", "text", "expected"), DUE.values(), ids=DUE.keys())
def test_the_day_that_things_ordered_are_due_is_a_deadline(
    lang: str, text: str, expected: str, values: Values
) -> None:
    assert values("delivery_deadline", lang, text) == [expected]


@pytest.mark.parametrize(("lang", "text"), NOT_DUE.values(), ids=NOT_DUE.keys())
def test_what_else_is_due_has_a_date_and_no_deadline(lang: str, text: str, values: Values) -> None:
    assert len(values("date", lang, text)) == 1
    assert values("delivery_deadline", lang, text) == []


def test_a_hand_over_to_come_is_a_deadline(values: Values) -> None:
    assert values("delivery_deadline", "en", "The ships will be delivered by 2031.") == ["2031"]
