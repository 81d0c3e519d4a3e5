"""Our own data is held against reports only where both are plain, and named with its source and date."""

# Reports are told in whole sentences: a line each is easier to check than pieces.

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cpu import cpu_spent
from tests.known_names import shipped
from watchers.facts.extract import extract
from watchers.stories.reference import MOST, differing, shipped_makers
from watchers.types import Entry, Relevance, Report, fact_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.gazetteer.find import Finder
    from watchers.stories.reference import Differing

SHARED = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared"))
EVALS = Path(__file__).parents[2] / "evals"
# Seconds of processor time for one article of the greatest length: .6 when measured, most of it for patterns
# that are made once. Each of 20 000 letters gone through again for each before it takes far longer.
SOON = 4.0
A, B = "000_34f9703451d5242c.txt", "002_70ef3a2e302ca8f8.txt"
# Sets that were written to work with; the ones that judge stay closed here.
OPEN = ("relevance*", "facts", "facts-second", "stories", "stories-second", "stories-stream", "claims")
CLOSED = ("other-hand", "untouched")


@cache
def finder() -> Finder:
    return shipped()


def report(text: str, lang: str = "en", *, day: str = "2025-08-22", outlet: str = "Harbour Post") -> Report:
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    entry = Entry(
        key=outlet, feed=1, guid=outlet, link="https://harbour.example/1", title="", summary="", body=text,
        lang=lang, outlet=outlet, published=at, seen=at,
    )  # fmt: skip
    facts = extract(fact_text(entry), lang=lang, published=entry.day, finder=finder())
    return Report(
        entry=entry, matches=(), relevance=Relevance(score=0.5, reasons=()), facts=facts, mentions=()
    )


def found(text: str, lang: str = "en", *, day: str = "2025-08-22") -> list[tuple[str, str, str]]:
    return [(one.about, one.said, one.ours) for one in differing([report(text, lang, day=day)])]


ANOTHER_MAKER = [
    ("Baykar makes the AKSUNGUR drone.", "en"),
    ("Baykar, which makes the AKSUNGUR, opened a hall.", "en"),
    ("Baykar, the maker of the Aksungur, opened a hall.", "en"),
    ("The delegation saw Baykar's heavy Aksungur.", "en"),
    ("The Aksungur drone, made by Baykar, flew over the strait.", "en"),
    ("Baykar's products such as the TB2, the large AKSUNGUR and the TB3 drew a crowd.", "en"),
    ("- Baykar's drones: Types like the TB2, the AKSUNGUR and the TB3 stood in the hall.", "en"),
    ("Baykar'ın ürettiği AKSUNGUR sergilendi.", "tr"),
    ("Baykar tarafından geliştirilen Aksungur havalandı.", "tr"),
    ("Aksungur'u üreten Baykar yeni bir tesis açtı.", "tr"),
    ("バイカル社製のアクスングルが公開された。", "ja"),
    ("バイカルが開発したアクスングルが飛んだ。", "ja"),
]


@pytest.mark.parametrize(("text", "lang"), ANOTHER_MAKER)
def test_another_maker_is_told_beside_ours(text: str, lang: str) -> None:
    assert found(text, lang) == [("Aksungur", "Baykar", "TUSAŞ")]


def test_what_we_say_has_its_source_and_date() -> None:
    (one,) = differing([report("Baykar makes the AKSUNGUR drone.")])
    assert (one.source, one.as_of, one.entries) == ("Daily Sabah", "2026-11", ("Harbour Post",))
    assert one.link.startswith("https://dailysabah.com/")
    assert one.sentence == "Baykar makes the AKSUNGUR drone."


PLAIN = [
    # the right maker, or one that makes it too
    ("TUSAŞ makes the AKSUNGUR drone.", "en"),
    ("Turkish Aerospace's Aksungur flew with a new engine.", "en"),
    ("Baykar makes the TB2, the TB3 and the Akıncı.", "en"),
    ("Airbus will fit out the Hürjet, made by Airbus and TUSAŞ, for Spain.", "en"),
    ("Lockheed's FA-50, as some call the trainer, flies in Poland.", "en"),
    ("TUSAŞ'ın ürettiği Aksungur sergilendi.", "tr"),
    ("トルコ航空宇宙産業製のアクスングルが飛んだ。", "ja"),
    # both named: whose is whose is for the reader to see
    ("Baykar and TUSAŞ make the TB2 and the Aksungur.", "en"),
    ("TUSAŞ and Baykar's drones, including the Aksungur, flew.", "en"),
    ("TUSAŞ ve Baykar'ın ürettiği Aksungur ve Akıncı sergilendi.", "tr"),
    ("バイカルとトルコ航空宇宙産業が開発したアクスングルとアクンジュ。", "ja"),
    # next to each other, and no statement of who makes what
    ("The minister visited Baykar and saw the Aksungur.", "en"),
    ("Baykar and the Aksungur were the talk of the fair.", "en"),
    ("Baykar engineers praised the Aksungur.", "en"),
    ("Baykar's TB2 competes with the Aksungur.", "en"),
    ("Baykar's drones, unlike the Aksungur, run on one engine.", "en"),
    ("Baykar's drones for export sell better than the Aksungur.", "en"),
    ("Baykar's chairman watched the Aksungur land.", "en"),
    ("Kyrgyzstan bought the Aksungur after Baykar's Akıncı.", "en"),
    ("Baykar, Aksungur'un rakibi olan TB2'yi üretiyor.", "tr"),
    ("Bakan, Baykar'ı ziyaret etti ve Aksungur'u inceledi.", "tr"),
    ("バイカルを視察し、アクスングルも見た。", "ja"),
    # a part of it, or something for it
    ("Aselsan's Aksungur radar passed its trials.", "en"),
    ("Aselsan makes the Aksungur's camera.", "en"),
    ("Roketsan makes munitions for the Aksungur.", "en"),
    ("Havelsan produces the Aksungur simulator.", "en"),
    ("Aselsan produces parts of the Hürjet.", "en"),
    ("Roketsan'ın Aksungur mühimmatı denendi.", "tr"),
    ("Aselsan'ın ürettiği Aksungur radarı denendi.", "tr"),
    ("アセルサン製のアクスングル用レーダー。", "ja"),
    # licence, partners, plans, doubts
    ("Hanwha produces the FA-50 under licence.", "en"),
    ("Lockheed Martin and Boeing jointly made the FA-50, he said.", "en"),
    ("Saab could make the US-2 for Sweden.", "en"),
    ("Airbus may produce the Anka in Spain.", "en"),
    ("Boeing is considering making the US-2.", "en"),
    ("If Baykar made the Aksungur, it would sell more.", "en"),
    ("Baykar'ın Aksungur üretmesi planlanıyor.", "tr"),
    ("サーブがUS-2を共同生産する計画だ。", "ja"),
    # denied or put right
    ("Baykar does not make the Aksungur.", "en"),
    ("Baykar never made the Aksungur.", "en"),
    ("A paper wrongly called the Aksungur Baykar's drone: Baykar makes the Aksungur, it said.", "en"),
    ("Contrary to reports, Baykar makes no Aksungur.", "en"),
    ("Aksungur'u üreten Baykar değil.", "tr"),
    ("アクスングルはバイカル製ではない。", "ja"),
    # copies, rivals, variants
    ("Baykar's Aksungur rival flies next year.", "en"),
    ("Elbit's Kargu clone was shown.", "en"),
    ("Baykar's TB2 replacement, a rival of the Aksungur, flies next year.", "en"),
    # the same name for something else
    ("Boeing flew over Aksungur village in Anatolia.", "en"),
    ("Leonardo's Anka was a painting shown in Ankara.", "de"),
    ("Baykar stellt die Aksungur her.", "de"),
    ("Anka, a phoenix, is Leonardo's favourite.", "en"),
    # owners and operators
    ("Poland's FA-50 jets arrived.", "en"),
    ("The Turkish Navy's Aksungur landed at Dalaman.", "en"),
    ("Korea's Hanwha sells the K9, Hyundai Rotem the K2 tank.", "en"),
    ("Hanwha's K9 and the K2 tank went to Poland.", "en"),
    ("General Atomics' SeaGuardian flies from Hachinohe.", "en"),
    ("Japan's US-2, made by ShinMaywa with Kawasaki Heavy Industries, rescues sailors.", "en"),
    ("Kawasaki's P-1 patrol aircraft took off from Atsugi.", "en"),
    ("海上自衛隊のUS-2は新明和工業製だ。", "ja"),
    ("川崎重工業のP-1哨戒機が離陸した。", "ja"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang"), PLAIN)
def test_nothing_is_told_where_a_report_does_not_plainly_say_otherwise(text: str, lang: str) -> None:
    assert found(text, lang) == []


def test_another_known_person_in_an_office_is_told_beside_who_held_it() -> None:
    told = found("Japanese Defence Minister Minoru Kihara met Güler in Ankara.")
    assert told == [("Defence Minister, Japan", "Minoru Kihara", "Gen Nakatani")]
    (one,) = differing([report("Japanese Defence Minister Minoru Kihara met Güler in Ankara.")])
    assert one.source == "Prime Minister's Office of Japan, list of cabinet members"
    assert one.as_of == "2026-01"


OFFICES = [
    ("Japanese Defence Minister Gen Nakatani met Güler in Ankara.", "2025-08-22"),
    ("Former Japanese Defence Minister Minoru Kihara met Güler.", "2025-08-22"),
    ("In 2024 Japanese Defence Minister Minoru Kihara met Güler.", "2025-08-22"),
    ("Then Japanese Defence Minister Minoru Kihara had met Güler before.", "2025-08-22"),
    ("Japanese Defence Minister Minoru Kihara met Güler in Ankara.", "2024-09-20"),
    ("Japanese Defence Minister Minoru Kihara met Güler in Ankara.", "2024-10-20"),  # papers lag
    ("Japanese Defence Minister Gen Nakatani met Güler in Ankara.", "2027-05-01"),  # our data end before
    ("Japanese Defence Minister Taro Yamada met Güler in Ankara.", "2025-08-22"),  # nobody that we know
    ("Defence Minister Minoru Kihara met Güler.", "2025-08-22"),  # whose is not told
    ("Japanese Deputy Defence Minister Minoru Kihara met Güler.", "2025-08-22"),
    ("Minoru Kihara will succeed the Japanese Defence Minister Gen Nakatani.", "2025-08-22"),
]


@pytest.mark.parametrize(("text", "day"), OFFICES)
def test_an_office_is_left_alone_where_anything_is_in_doubt(text: str, day: str) -> None:
    assert found(text, day=day) == []


def test_two_reports_that_say_the_same_are_one_line_with_both() -> None:
    text = "Baykar makes the AKSUNGUR drone."
    (one,) = differing([report(text), report(text, outlet="Coast Post"), report("Nothing of it.")])
    assert one.entries == ("Harbour Post", "Coast Post")


def test_a_flood_is_read_no_further_than_is_shown() -> None:
    platforms = shipped_makers().platforms.values()
    text = " ".join(f"The show has it that Elbit makes the {one.names[0]} drone." for one in platforms)
    many = [report(text, outlet=str(n)) for n in range(80)]
    told = differing(many)
    assert len(told) == MOST
    assert len(told[0].entries) == 60


def test_an_article_that_names_every_wrong_firm_in_every_sentence_is_read_in_bounded_time() -> None:
    known = shipped_makers()
    told = [
        f"The {one.names[0]} drone and {firm.name}, {firm.name}'s drones, such as the new, the old, the rest."
        for one in known.platforms.values()
        for key, firm in known.firms.items()
        if key not in {one.maker, *one.also}
    ]
    crowded = report(" ".join(told)[:20_000])
    with cpu_spent() as spent:  # once: a pair's patterns are remembered
        assert differing([crowded]) == ()
    assert spent.seconds < SOON


def _texts(paths: Iterator[Path]) -> Iterator[tuple[str, str, str]]:
    for path in paths:
        if any(word in path.name for word in CLOSED):
            continue
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for one in (row["left"], row["right"]) if "left" in row else (row,):
                parts = (one.get("title", ""), one.get("body") or one.get("summary", ""))
                text = one.get("text") or "\n\n".join(part for part in parts if part)
                yield text, one["lang"], one.get("published", "2025-09-01")[:10]


def _told(texts: Iterator[tuple[str, str, str]]) -> tuple[int, int, list[Differing]]:
    """Return how many texts there are, how many name a platform of the file, and what is told of them."""
    names = [name for platform in shipped_makers().platforms.values() for name in platform.names]
    count = naming = 0
    told: list[Differing] = []
    for text, lang, day in texts:
        count += 1
        naming += any(name in text for name in names)
        told += differing([report(text, lang, day=day)])
    return count, naming, told


def test_nothing_is_told_of_any_text_that_was_written_to_work_with() -> None:
    count, naming, told = _told(_texts(path for name in OPEN for path in sorted(EVALS.glob(f"{name}.jsonl"))))
    assert count > 1500
    assert naming > 120
    assert told == []


@pytest.mark.shared
def test_nothing_is_told_of_the_texts_of_others() -> None:
    names = ("relevance", "facts", "stories")
    count, naming, told = _told(_texts(SHARED / "eval" / f"{name}.jsonl" for name in names))
    assert count > 500
    assert naming > 50
    assert told == []


@pytest.mark.shared
def test_of_the_two_founding_articles_only_the_maker_is_told() -> None:
    reports = [report((SHARED / "seeds" / name).read_text("utf-8"), outlet=name) for name in (A, B)]
    (one,) = differing(reports)
    assert (one.about, one.said, one.ours, one.entries) == ("Aksungur", "Baykar", "TUSAŞ", (A,))
