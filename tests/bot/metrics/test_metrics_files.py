"""The files beside the metrics: rules, board and page are what the code says, and name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.metrics.alerting import JOB, RULES, Rule
from bot.metrics.board import board
from bot.metrics.catalogue import METRICS
from bot.metrics.panels import ROWS
from bot.metrics.reference import reference, series_of
from bot.metrics.rules import rules
from tests.bot.metrics.promql import PromQLError, asked

if TYPE_CHECKING:
    from bot.metrics.metric import Metric

ROOT = Path(__file__).parents[3]
SHOWN = [
    pytest.param(expression, id=f"{panel.title}: {legend}")
    for row in ROWS
    for panel in row.panels
    for expression, legend in panel.shows
]


@pytest.mark.parametrize(
    ("path", "written", "command"),
    [
        pytest.param("docs/metrics.md", reference, "reference", id="the page"),
        pytest.param("deploy/prometheus/vedette.rules.yml", rules, "rules", id="the rules"),
        pytest.param("deploy/grafana/vedette.json", board, "board", id="the board"),
    ],
)
def test_a_file_is_what_the_code_says(path: str, written: Any, command: str) -> None:  # noqa: ANN401 -- a function
    committed = (ROOT / path).read_text(encoding="utf-8")
    assert committed == written(), f"write it anew: python -m bot.metrics.{command} > {path}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_asks_for_what_there_is_and_its_threshold_and_cure_are_on_the_page(rule: Rule) -> None:
    assert asked(rule.expression)
    row = next(line for line in reference().splitlines() if line.startswith(f"| `{rule.name}` |"))
    threshold = re.findall(r"(?:[><]=?|==) ?([\d.]+)", rule.expression)
    assert threshold
    assert all(figure in row for figure in threshold)
    assert rule.cure.replace("|", "\\|") in row
    assert rule.lasts in row
    assert rule.summary.endswith(".")
    told = set(re.findall(r"\$labels\.(\w+)", rule.summary))
    assert told <= {"instance", *(name for m in METRICS if m.name in rule.expression for name in m.labels)}


@pytest.mark.parametrize("expression", SHOWN)
def test_a_panel_asks_for_what_there_is(expression: str) -> None:
    assert asked(expression)


def test_every_metric_is_on_the_board() -> None:
    shown = {name for row in ROWS for panel in row.panels for one, _ in panel.shows for name in asked(one)}
    series = {re.sub(r"_(?:bucket|count|sum)$", "", name) for name in shown}
    assert {metric.name for metric in METRICS} <= series


def test_the_board_is_one_that_grafana_takes() -> None:
    made = json.loads(board())
    assert made["uid"]
    assert made["schemaVersion"] >= 36  # the first in which every panel names its own source
    variables = {one["name"]: one for one in made["templating"]["list"]}
    assert variables["datasource"]["type"] == "datasource"
    numbers = [panel["id"] for panel in made["panels"]]
    assert len(numbers) == len(set(numbers))
    taken: set[tuple[int, int]] = set()
    for panel in made["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, f"{panel['title']} lies over another"
        taken |= cells
        for target in panel.get("targets", ()):
            assert target["datasource"]["uid"] == "${datasource}"
            legend = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            assert legend <= {*re.findall(r"\w+", target["expr"]), "instance"}


def test_the_scrape_configuration_has_the_job_that_the_rules_name() -> None:
    text = (ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8")
    assert f"job_name: {JOB}\n" in text
    assert f'job="{JOB}"' in RULES[0].expression
    assert "- vedette.rules.yml\n" in text


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_metric_has_the_name_that_its_kind_asks_for(metric: Metric) -> None:
    assert re.fullmatch(r"vedette(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") == (metric.kind == "counter")
    assert metric.name.endswith("_seconds") or metric.kind != "histogram"
    assert bool(metric.buckets) == (metric.kind == "histogram")
    assert list(metric.buckets) == sorted(metric.buckets)
    assert metric.says.endswith(".")
    assert all(re.fullmatch(r"[a-z_]+", value) for values in metric.labels.values() for value in values)
    assert not {"feed", "url", "channel", "user", "story", "word"} & metric.labels.keys()


def test_all_metrics_together_have_as_many_series_as_the_page_says() -> None:
    said = re.search(r"at most (\d+) series", reference())
    assert said
    assert sum(map(series_of, METRICS)) <= int(said[1]) <= 1000


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("vedette_poll_total > 0", id="a metric that is not there"),
        pytest.param('vedette_polls_total{outcome="lost"} > 0', id="a value that is never there"),
        pytest.param('vedette_polls_total{url="x"} > 0', id="a label that is not there"),
        pytest.param("rate(vedette_polls_total)", id="a rate without a range"),
        pytest.param("vedette_polls_total[5m] > 0", id="a range where none may stand"),
        pytest.param("rate(vedette_feeds[5m])", id="the rate of a gauge"),
        pytest.param("sum by (platform) (vedette_polls_total)", id="by a label that is not there"),
        pytest.param("sum(vedette_polls_total", id="a bracket left open"),
        pytest.param("sum(vedette_polls_total))", id="a bracket too many"),
        pytest.param(
            "histogram_quantile(0.9, sum(rate(vedette_delivery_seconds_bucket[5m])))",
            id="a quantile without buckets",
        ),
        pytest.param("vedette_feeds / vedette_channels", id="sides that never match"),
        pytest.param("rate(vedette_polls_total[5])", id="a range without a unit"),
    ],
)
def test_an_expression_that_would_find_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(PromQLError):
        asked(wrong)
