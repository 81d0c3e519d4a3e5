"""The verdicts that the two founding articles and what others wrote on the same days must give."""

# Reports are told in whole sentences: a line each is easier to check than pieces.
# ruff: noqa: E501

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.watchers.stories.story_builders import make_report
from watchers.stories.origins import origins

if TYPE_CHECKING:
    from watchers.types.claims import Verdict

    from .conftest import Judge, Told

# In our own words, with the source and the day that the figures are known from.
AGENCY_2024 = (
    "Türkiye sold $7.154 billion of defence and aerospace goods abroad in 2024, services and sales to NATO included, the Secretariat of Defence Industries announced.",
    "en", "2025-01-03", "Daily Sabah",
)  # fmt: skip
EXPORTERS_2024 = (
    "The exporters' assembly counts Turkish defence exports of $6.734 billion in 2024, without services and sales to NATO.",
    "en", "2025-01-05", "A News",
)  # fmt: skip
TEN_FIRMS_2024 = (
    "Ten companies together exported $5.549 billion of Turkish defence goods in 2024.", "en", "2025-01-20", "TRT World",
)  # fmt: skip
TOTAL_2023 = ("Turkish defence exports came to 5.5 billion dollars in 2023.", "en", "2024-01-05", "Aerohaber")
MAKER = (
    "Turkish Aerospace, which makes the AKSUNGUR drone, delivered another one.", "en", "2025-06-02", "Daily Sabah",
)  # fmt: skip
TB2_BUYERS = ("The Bayraktar TB2 flies in about 33 countries.", "en", "2025-01-01", "Defence Review")
LONG_TALKS = (
    "Güler and Nakatani talked in Ankara for more than an hour and a half.", "en", "2025-08-20", "Hürriyet Daily News",
)  # fmt: skip
MORE_THAN_200 = (
    "Japan's Defence Ministry wants more than 200 billion yen for drones in its fiscal 2026 budget.",
    "en", "2025-08-18", "Asahi",
)  # fmt: skip
SHIELD_REQUEST = (
    "防衛省は2026年度概算要求で、無人機で沿岸を守る「SHIELD」に1287億円を要求した。", "ja", "2025-08-29", "時事",
)  # fmt: skip
ALL_UNMANNED_REQUEST = (
    "The ministry requested about 313 billion yen for unmanned systems of every kind in fiscal 2026.",
    "en", "2025-08-29", "Nippon.com",
)  # fmt: skip
SHIELD_DRAFT = (
    "The draft budget for fiscal 2026 holds 100.1 billion yen for the SHIELD drones.", "en", "2025-12-26", "Nippon.com",
)  # fmt: skip
FILED = (
    "防衛省は2026年度予算の概算要求に過去最大の8兆8454億円を計上した。", "ja", "2025-08-29", "時事",
)  # fmt: skip
DRAFT = (
    "The cabinet's draft budget gives defence 9.0353 trillion yen in fiscal 2026, the realignment of US forces included.",
    "en", "2025-12-26", "Nippon.com",
)  # fmt: skip
FISCAL_2027 = (
    "Japan plans to integrate unmanned systems into the Self-Defense Forces by the end of fiscal 2027.",
    "en", "2025-08-29", "Jiji",
)  # fmt: skip

# What the founding articles say of each, told anew; the articles themselves are read below where they are.
EXPORTS_A = ("Turkish defence exports exceeded $5.5 billion in 2024.", "en", "2025-09-01", "a trade paper")
MAKES_A = ("Baykar makes the AKSUNGUR drone.", "en", "2025-09-01", "a trade paper")
SECTOR_A = (
    "Turkey's drone industry sells abroad: its products are in use in over 170 countries.",
    "en",
    "2025-09-01",
    "a trade paper",
)
DRONES_A = ("Turkish drones are in use in over 170 countries.", "en", "2025-09-01", "a trade paper")
DRONES_FEW = ("Turkish drones are in use in 33 countries.", "en", "2025-09-01", "Defence Review")
UNSIGNED_A = (
    "No formal defence agreement was signed during the visit to Turkey.",
    "en",
    "2025-08-22",
    "a trade paper",
)
AGREED_B = (
    "Japan and Türkiye agreed to deepen defence cooperation and to launch consultations between senior officials.",
    "en",
    "2025-08-21",
    "TRT",
)
FIRST_A = (
    "Nakatani's visit to Turkey was the first by a Japanese defence minister.",
    "en",
    "2025-08-22",
    "a trade paper",
)
FIRST_B = ("Nakatani became the first Japanese defence minister to visit Türkiye.", "en", "2025-08-21", "TRT")
TALKS_B = ("Nakatani and Güler held talks of more than 90 minutes in Ankara.", "en", "2025-08-21", "TRT")
DRONES_B = (
    "Tokyo is preparing to earmark 200 billion yen from its fiscal 2026 budget for drones.",
    "en",
    "2025-08-21",
    "TRT",
)
BUDGET_B = (
    "Drones are part of Japan's record 8.8 trillion yen defence budget request for fiscal 2026.",
    "en",
    "2025-08-21",
    "TRT",
)
BY_2027_B = (
    "Japan plans to integrate drones into the Self-Defense Forces by 2027.",
    "en",
    "2025-08-21",
    "TRT",
)

EXPORTS = "value of Turkish defence exports"
DRONE_SUM = "value of Japan's budget for unmanned aircraft"
ROWS: tuple[tuple[str, Told, Told, str, set[Verdict]], ...] = (
    ("a bound and the official figure", EXPORTS_A, AGENCY_2024, EXPORTS, {"tighter_value"}),
    ("with and without services", AGENCY_2024, EXPORTERS_2024, EXPORTS, {"different_scope"}),
    ("ten firms and all of them", TEN_FIRMS_2024, AGENCY_2024, EXPORTS, {"different_scope"}),
    ("two years", TOTAL_2023, AGENCY_2024, EXPORTS, {"different_scope"}),
    ("two makers", MAKES_A, MAKER, "maker of the AKSUNGUR", {"contradiction"}),
    ("the sector and one drone", SECTOR_A, TB2_BUYERS, "number of countries", {"different_scope"}),
    ("drones and drones", DRONES_A, DRONES_FEW, "number of countries", {"contradiction"}),
    ("nothing signed and talks agreed", UNSIGNED_A, AGREED_B, "whether an agreement was signed", {"not_comparable", "same"}),
    ("first visit", FIRST_A, FIRST_B, "first visit of a minister", {"same"}),
    ("minutes and hours", TALKS_B, LONG_TALKS, "duration of the talks", {"same"}),
    ("a bound at the value", DRONES_B, MORE_THAN_200, DRONE_SUM, {"consistent"}),
    ("plan and request of a part", DRONES_B, SHIELD_REQUEST, DRONE_SUM, {"different_scope"}),
    ("plan and request of more", DRONES_B, ALL_UNMANNED_REQUEST, DRONE_SUM, {"different_scope"}),
    ("plan and draft", DRONES_B, SHIELD_DRAFT, DRONE_SUM, {"different_scope"}),
    ("a rounded sum", BUDGET_B, FILED, "Japan's defence budget for fiscal 2026", {"same"}),
    ("request and draft", FILED, DRAFT, "Japan's defence budget for fiscal 2026", {"different_scope"}),
    ("calendar and fiscal year", BY_2027_B, FISCAL_2027, "date of the integration of drones", {"consistent"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "about", "wanted"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_reports_of_the_visit_get_the_verdicts_that_their_sources_bear_out(
    judge: Judge, left: Told, right: Told, about: str, wanted: set[Verdict]
) -> None:
    assert judge(left, right, about) in wanted
    assert judge(right, left, about) in wanted


# The same news as one broadcaster tells it in five languages.
TOLD_IN_FIVE = {
    "en": "Japan's defence minister looks at drones in Ankara",
    "no": "Japans forsvarsminister ser på droner i Ankara",
    "ja": "日本の防衛相、アンカラで無人機を視察",
    "fa": "وزیر دفاع ژاپن در آنکارا از پهپادها بازدید کرد",
    "id": "Menteri pertahanan Jepang meninjau drone di Ankara",
}


def test_one_broadcaster_in_five_languages_is_one_origin() -> None:
    reports = [
        make_report(words, lang=lang, outlet="TRT Global", link=f"https://www.trt.global/{lang}/article/7")
        for lang, words in TOLD_IN_FIVE.items()
    ]
    assert len(origins(reports)) == 1


SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
A, B = "000_34f9703451d5242c.txt", "002_70ef3a2e302ca8f8.txt"
# The same rows with the articles whole: which article stands on the left, and the day it is known or taken to be of.
WHOLE: tuple[tuple[str, str, Told, str, set[Verdict]], ...] = (
    ("a bound and the official figure", A, AGENCY_2024, EXPORTS, {"tighter_value"}),
    ("two makers", A, MAKER, "maker of the AKSUNGUR", {"contradiction"}),
    ("the sector and one drone", A, TB2_BUYERS, "number of countries", {"different_scope"}),
    ("nothing signed and talks agreed", A, AGREED_B, "whether an agreement was signed", {"not_comparable", "same"}),
    ("first visit", A, FIRST_B, "first visit of a minister", {"same"}),
    ("minutes and hours", B, LONG_TALKS, "duration of the talks", {"same"}),
    ("a bound at the value", B, MORE_THAN_200, DRONE_SUM, {"consistent"}),
    ("plan and request of a part", B, SHIELD_REQUEST, DRONE_SUM, {"different_scope"}),
    ("plan and request of more", B, ALL_UNMANNED_REQUEST, DRONE_SUM, {"different_scope"}),
    ("plan and draft", B, SHIELD_DRAFT, DRONE_SUM, {"different_scope"}),
    ("a rounded sum", B, FILED, "Japan's defence budget for fiscal 2026", {"same"}),
    ("calendar and fiscal year", B, FISCAL_2027, "date of the integration of drones", {"consistent"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def articles() -> dict[str, str]:
    """Read the founding articles; they stay outside the repository."""
    if not SEEDS.is_dir():
        pytest.skip("the founding articles are absent")
    return {name: (SEEDS / name).read_text(encoding="utf-8") for name in (A, B)}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("article", "right", "about", "wanted"), [r[1:] for r in WHOLE], ids=[r[0] for r in WHOLE]
)
def test_the_founding_articles_whole_get_the_same_verdicts(
    judge: Judge, articles: dict[str, str], *, article: str, right: Told, about: str, wanted: set[Verdict]
) -> None:
    day = {A: "2025-08-22", B: "2025-08-21"}[article]
    left = (articles[article], "en", day, "a founding article")
    assert judge(left, right, about) in wanted
    assert judge(right, left, about) in wanted


@pytest.mark.shared
def test_the_two_founding_articles_do_not_contradict_each_other_on_agreements(
    judge: Judge, articles: dict[str, str]
) -> None:
    found = judge(
        (articles[A], "en", "2025-08-22", "a trade paper"),
        (articles[B], "en", "2025-08-21", "TRT"),
        "whether an agreement was signed",
    )
    assert found in {"not_comparable", "same"}
