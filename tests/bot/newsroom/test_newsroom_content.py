"""What the sample newsroom says, and the rules about whom it may name."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.newsroom.content import FIRST, LAST, Item, Outlet, load
from watchers.errors import KnowledgeError
from watchers.languages import detect
from watchers.text import fold, is_cjk

OUTLETS = load()
ITEMS = [(outlet, item) for outlet in OUTLETS for item in outlet.items]
SEEDS = Path(os.environ.get("VEDETTE_SHARED", "../shared")) / "seeds"

# Everybody and every firm of section 3 of the research, and others whose names news of this beat is full of.
REAL = (
    "Gen Nakatani", "中谷元", "中谷防衛相", "Yaşar", "ギュレル", "Selçuk", "セルチュク", "Haluk",
    "ハルク", "Görgün", "Burç", "Baykar", "バイカル", "TUSAŞ", "Turkish Aerospace", "SSB", "ATLA",
    "自衛隊", "Self-Defense", "防衛省", "TRT", "Japan Times", "TB2", "TB3", "Aksungur", "Hürjet",
    "NSosyal", "Aselsan", "Roketsan", "Lockheed", "Boeing", "Airbus", "Mitsubishi", "三菱",
    "Rheinmetall", "Erdoğan", "Ishiba", "石破", "Fidan", "Anduril", "Leonardo", "NATO",
)  # fmt: skip
# First names of athletes who bear the look-alikes' surnames.
ATHLETES = ("Junto", "Shinnosuke", "Arda", "Altay", "Sinan", "Onur", "Muhammed", "潤人", "進之介")
# Every figure that section 3 records and the newsroom repeats.
RECORDED_FIGURES = {
    "19", "20", "90", "2023", "2024", "2025", "2026", "2027", "200", "1.4", "8.8", "2000", "8", "8000",
    "5,5", "7.154", "7,154", "6,734", "3", "2",
}  # fmt: skip
IDS = [f"{outlet.slug}/{item.slug}" for outlet, item in ITEMS]


def test_there_are_feeds_in_three_languages_and_items_enough() -> None:
    assert 35 <= len(ITEMS) <= 50
    langs = [outlet.lang for outlet in OUTLETS]
    assert (langs.count("en"), langs.count("tr"), langs.count("ja")) == (5, 2, 2)
    assert {outlet.format for outlet in OUTLETS} == {"rss", "atom", "rdf"}
    assert all(outlet.site.endswith(".example") for outlet in OUTLETS)


@pytest.mark.parametrize(("outlet", "item"), ITEMS, ids=IDS)
def test_an_item_is_short_in_its_outlets_language_and_on_its_day(outlet: Outlet, item: Item) -> None:
    sentences = re.findall(r"[.!?](?=\s|$)|。", item.summary)
    assert 1 <= len(sentences) <= 3
    assert len(item.title) <= 100
    assert FIRST <= item.published <= LAST
    assert detect(f"{item.title}. {item.summary}") == outlet.lang


@pytest.mark.parametrize(("outlet", "item"), ITEMS, ids=IDS)
def test_real_people_and_firms_are_in_recorded_items_only(outlet: Outlet, item: Item) -> None:
    named = [name for name in REAL if holds(name, f"{item.title} {item.summary}")]
    assert bool(named) is not item.invented, (outlet.name, named)
    assert bool(item.records) is not item.invented


@pytest.mark.parametrize(("outlet", "item"), ITEMS, ids=IDS)
def test_a_recorded_item_gives_no_figure_that_the_record_lacks(outlet: Outlet, item: Item) -> None:
    if item.invented:
        return
    figures = set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"SHIELD|TB\d", "", f"{item.title} {item.summary}")))
    assert figures <= RECORDED_FIGURES, outlet.name


def test_look_alikes_share_a_name_with_the_beat_and_no_first_name_with_an_athlete() -> None:
    alike = [item for _, item in ITEMS if item.kind == "look-alike"]
    text = fold(" ".join(f"{item.title} {item.summary}" for item in alike))
    for word in (
        "Nakatani",
        "中谷",
        "Güler",
        "Bayraktar",
        "Baykara",
        "Kızılelma",
        "Turkish drones",
        "drone procurement",
    ):
        assert fold(word) in text
    assert not [name for name in ATHLETES if holds(name, text)]


def test_the_visit_is_told_in_three_languages_and_the_tour_a_day_later_is_its_own_story() -> None:
    def told(story: str) -> list[tuple[str, datetime]]:
        return [(outlet.lang, item.published) for outlet, item in ITEMS if item.story == story]

    talks, tour, order = told("talks"), told("tour"), told("valmora-order")
    assert {lang for lang, _ in talks} == {lang for lang, _ in tour} == {"en", "tr", "ja"}
    assert len({lang for lang, _ in order}) == 2
    assert max(at for _, at in talks) < datetime(2025, 8, 20, tzinfo=UTC) < min(at for _, at in tour)


def test_one_order_has_two_prices_and_the_exports_two_figures() -> None:
    order = " ".join(item.summary for _, item in ITEMS if item.story == "valmora-order")
    talks = " ".join(item.summary for _, item in ITEMS if item.story == "talks")
    assert "180 million euros" in order
    assert "210 million euros" in order
    assert "7.154 billion dollars" in talks
    assert "5,5 milyar doları" in talks


@pytest.mark.shared
def test_no_run_of_seven_words_comes_from_the_founding_articles() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the founding articles are not here")
    seeds = " ".join(runs(path.read_text("utf-8"))[0] for path in SEEDS.glob("*.txt"))
    for outlet, item in ITEMS:
        if outlet.lang == "en":
            whole, words = runs(item.summary)
            shared = [" ".join(words[i : i + 7]) for i in range(len(words) - 6)]
            assert not [run for run in shared if run in seeds], whole


BROKEN = [
    pytest.param(
        "published = 2025-08-19T11:20:00Z", "published = 2025-08-19T11:20:00", "no zone", id="a naive time"
    ),
    pytest.param(
        "published = 2025-08-19T11:20:00Z", "published = 2025-08-21T11:20:00Z", "outside", id="another day"
    ),
    pytest.param('records = ["B-01"]', "records = []", "records", id="no record"),
    pytest.param('records = ["B-01"]', 'records = ["hearsay"]', "records", id="no known record"),
    pytest.param(
        'records = ["B-01"]', 'invented = true\nkind = "defence"\nrecords = ["B-01"]', "records", id="both"
    ),
    pytest.param('records = ["B-01"]', 'colour = "red"', "unknown key", id="an unknown key"),
    pytest.param('site = "quay.example"', 'site = "quay.org"', ".example", id="a site that could exist"),
    pytest.param('slug = "talks"', 'slug = "../talks"', "slug", id="a slug that is a path"),
    pytest.param('format = "rss"', 'format = "json"', "format", id="an unknown format"),
]
GOOD = """
name = "Quay"
site = "quay.example"
lang = "en"
format = "rss"
about = "Ships"
[[item]]
slug = "talks"
published = 2025-08-19T11:20:00Z
story = "talks"
records = ["B-01"]
title = "Talks"
summary = "Talks were held."
"""


@pytest.mark.parametrize(("line", "instead", "says"), BROKEN)
def test_content_that_breaks_a_rule_is_refused_by_file_and_reason(
    tmp_path: Path, line: str, instead: str, says: str
) -> None:
    (tmp_path / "quay.toml").write_text(GOOD, "utf-8")
    assert load(tmp_path)[0].items[0].records == ("B-01",)
    (tmp_path / "quay.toml").write_text(GOOD.replace(line, instead), "utf-8")
    with pytest.raises(KnowledgeError, match=r"quay\.toml") as caught:
        load(tmp_path)
    assert says in str(caught.value)


def test_an_empty_folder_is_no_newsroom(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        load(tmp_path)


def holds(name: str, text: str) -> bool:
    """Tell whether a name stands in a text as a word of its own, or anywhere if Japanese."""
    pattern = re.escape(fold(name))
    return re.search(pattern if is_cjk(name) else rf"(?<!\w){pattern}(?!\w)", fold(text)) is not None


def runs(text: str) -> tuple[str, list[str]]:
    """Return a text's words, joined and apart, folded."""
    words = re.findall(r"\w+", fold(text))
    return " ".join(words), words
