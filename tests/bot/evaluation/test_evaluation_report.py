"""The relevance report: a page that says what it should, escapes what feeds wrote, and loads nothing."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from bot.errors import ConfigError
from bot.evaluation import plots
from bot.evaluation.report import report_html, write_report
from bot.scoring.calibration import reliability
from watchers.types import Entry, Reason, Relevance, Report

if TYPE_CHECKING:
    from pathlib import Path

    from bot.scoring.measures import Row

EVIL = '<script>alert(1)</script> & "quoted" {{ 7 * 7 }} <img src=x onerror=alert(1)>'
VOID = {"meta", "link", "img", "br", "input", "base"}


def report(
    key: str, score: float, *, title: str = "A title", evidence: tuple[str, ...] = ("Baykar",)
) -> Report:
    logit = math.log(score / (1 - score))
    return Report(
        entry=Entry(
            key=key,
            feed=1,
            guid=key,
            link="https://desk.example/1",
            title=title,
            summary="",
            body="",
            lang="en",
            outlet="Desk",
            published=None,
            seen=datetime(2025, 9, 1, tzinfo=UTC),
        ),
        matches=(),
        relevance=Relevance(
            score=score,
            reasons=(
                Reason(feature="sides", contribution=logit + 1, words=f"words of {title}"),
                Reason(feature="base", contribution=-1.0, words="what matters is rare"),
            ),
            evidence=evidence,
            model="none",
        ),
        facts=(),
        mentions=(),
    )


def drawing(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own drawing


def row(key: str, grade: int, lang: str = "en") -> Row:
    return {"id": key, "lang": lang, "grade": grade, "category": "sort"}


ROWS = [row("a", 3), row("b", 2, "tr"), row("c", 1), row("d", 0, "ja"), row("e", 2), row("f", 0, "tr")]
REPORTS = [
    report("a", 0.95),
    report("b", 0.4, title="Missed for its score"),
    report("c", 0.8, title=EVIL, evidence=(EVIL,)),
    report("d", 0.02),
    report("e", 0.9, title="Missed for want of evidence", evidence=()),
    report("f", 0.1),
]


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(ROWS, REPORTS)


class Seen(HTMLParser):
    """Tags with their attributes, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_has_no_script_and_asks_for_nothing(page: str) -> None:
    seen = Seen()
    seen.feed(page)
    assert seen.open == []
    assert not {tag for tag, _ in seen.tags} & {"script", "img", "link", "iframe", "object", "base", "form"}
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert not any({"src", "href"} & set(attributes) for _, attributes in seen.tags)
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_what_feeds_wrote_is_shown_as_they_wrote_it(page: str) -> None:
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quoted&#34; {{ 7 * 7 }}" in page
    assert page.count("&lt;img src=x") == 3  # title, evidence and the words of a reason


def test_misses_and_false_alarms_are_listed_with_score_reasons_and_evidence(page: str) -> None:
    alarms, misses = page.split("<h2>False alarms: 1</h2>")[1].split("<h2>Misses: 2</h2>")
    assert "score 0.800" in alarms
    assert "+2.39 words of" in alarms
    assert "what matters is rare" not in alarms
    assert misses.index("Missed for its score") < misses.index("Missed for want of evidence")
    assert "evidence: none" in misses
    assert "A title" not in alarms + misses


def test_figures_come_for_all_and_each_language_with_intervals(page: str) -> None:
    figures = page.split("<h2>Figures</h2>")[1].split("<h2>Plots</h2>", maxsplit=1)[0]
    assert re.findall(r'<th scope="row">(\w+)</th><td>(\d)</td>', figures) == [
        ("all", "6"),
        ("en", "3"),
        ("ja", "1"),
        ("tr", "2"),
    ]
    assert re.search(r"<small>0\.\d\d to [01]\.\d\d</small>", figures)
    japanese = figures.split(">ja<")[1].split(">tr<")[0]
    assert "–" in japanese  # nothing is wanted there, so there is no average precision


def test_the_table_of_thresholds_marks_the_shipped_one_and_counts_only_what_has_evidence(page: str) -> None:
    table = page.split("<h2>Thresholds</h2>")[1].split("</table>", maxsplit=1)[0]
    lines = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', table)
    assert [name for name, _ in lines] == ["0.3", "0.4", "0.5", "0.6", "0.7 (shipped)", "0.8", "0.9"]
    shipped = dict(lines)["0.7 (shipped)"]
    assert re.findall(r"<td>([^<]+)</td>", shipped) == ["2", "0.500", "0.333", "1.000", "1.000", "0.000"]


def test_plots_are_drawings_that_say_in_words_what_they_show(page: str) -> None:
    drawings = [drawing(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]
    assert [one.findtext("title") for one in drawings] == [
        "Precision and recall",
        "Calibration",
        "Scores of each grade",
    ]
    assert all(one.findtext("desc") for one in drawings)
    assert "grade 3: 1 of 1 at 0.70 or above" in (drawings[2].findtext("desc") or "")


def test_every_mark_lies_within_the_drawing() -> None:
    bins = reliability([(n / 50, n % 3 == 0) for n in range(51)])
    drawn = drawing(re.findall(r"<svg.*</svg>", plots.calibration(bins))[0])
    circles = drawn.findall("circle")
    assert len(circles) == 10
    for circle in circles:
        assert plots.LEFT <= float(circle.get("cx", "nan")) <= plots.WIDTH - plots.RIGHT
        assert plots.TOP <= float(circle.get("cy", "nan")) <= plots.HEIGHT - plots.FOOT


@pytest.mark.parametrize(
    ("rows", "reports"),
    [
        pytest.param([], [], id="nothing at all"),
        pytest.param([row("a", 0)], [report("a", 0.1)], id="nothing wanted"),
        pytest.param([row("a", 3)], [report("a", 0.1, evidence=())], id="nothing alerts"),
    ],
)
def test_a_page_comes_out_of_any_set(rows: list[Row], reports: list[Report]) -> None:
    assert "Relevance report" in report_html(rows, reports)


def test_the_same_set_gives_the_same_page(page: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    write_report(path, ROWS, REPORTS)
    assert path.read_text(encoding="utf-8") == page


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        write_report(tmp_path, ROWS, REPORTS)
