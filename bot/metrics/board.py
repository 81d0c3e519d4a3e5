"""Write deploy/grafana/vedette.json, the board, from `panels.py`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from bot.metrics.panels import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.metrics.panels import Panel

    Json = dict[str, object]

SCHEMA: Final = 41  # of boards in Grafana 12; an older Grafana from 10 on shows them too
WIDTH: Final = 24  # columns of a board
_SIZES: Final = {"stat": (4, 4), "timeseries": (8, 7)}  # columns and rows of a panel
_SOURCE: Final[dict[str, object]] = {"type": "prometheus", "uid": "${datasource}"}
_VARIABLES: Final[list[dict[str, object]]] = [
    {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"},
    {
        "name": "instance",
        "label": "Instance",
        "type": "query",
        "datasource": _SOURCE,
        "definition": "label_values(vedette_build_info, instance)",
        "query": {"query": "label_values(vedette_build_info, instance)", "refId": "instance"},
        "refresh": 2,
        "includeAll": True,
        "multi": True,
        "sort": 1,
        "current": {"text": ["All"], "value": ["$__all"]},
    },
]


def board() -> str:
    """Return the whole file."""
    whole: Json = {
        "uid": "vedette",
        "title": "Vedette",
        "description": "From polling to delivery. What to do about alerts: docs/metrics.md",
        "tags": ["vedette"],
        "schemaVersion": SCHEMA,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "1m",
        "time": {"from": "now-24h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": _VARIABLES},
        "annotations": {"list": []},
        "links": [],
        "panels": list(_panels()),
    }
    return json.dumps(whole, indent=2) + "\n"


def _panels() -> Iterator[Json]:
    """Lay the panels out row by row, as many side by side as there is room for."""
    number, y = 0, 0
    for row in ROWS:
        number += 1
        yield {
            "id": number,
            "type": "row",
            "title": row.title,
            "collapsed": False,
            "panels": [],
            "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": 1},
        }
        x, y, height = 0, y + 1, 0
        for panel in row.panels:
            width, tall = _SIZES[panel.shape]
            if x + width > WIDTH:
                x, y, height = 0, y + height, 0
            number += 1
            yield _panel(panel, number, {"x": x, "y": y, "w": width, "h": tall})
            x, height = x + width, max(height, tall)
        y += height


def _panel(panel: Panel, number: int, place: dict[str, int]) -> Json:
    return {
        "id": number,
        "type": panel.shape,
        "title": panel.title,
        "description": panel.says,
        "datasource": _SOURCE,
        "gridPos": place,
        "fieldConfig": {
            "defaults": {"unit": panel.unit, "min": 0, "color": _colour(panel), "thresholds": _steps(panel)},
            "overrides": [],
        },
        "options": _options(panel),
        "targets": [
            {
                "refId": chr(ord("A") + place_in_panel),
                "datasource": _SOURCE,
                "expr": expression,
                "legendFormat": legend,
                "instant": panel.shape == "stat",
                "range": panel.shape != "stat",
            }
            for place_in_panel, (expression, legend) in enumerate(panel.shows)
        ],
    }


def _colour(panel: Panel) -> Json:
    return {"mode": "thresholds" if panel.shape == "stat" else "palette-classic"}


def _steps(panel: Panel) -> Json:
    steps: list[Json] = [{"color": "green", "value": None}]
    if panel.red_from is not None:
        steps.append({"color": "red", "value": panel.red_from})
    if panel.red_below is not None:
        steps = [{"color": "red", "value": None}, {"color": "green", "value": panel.red_below}]
    return {"mode": "absolute", "steps": steps}


def _options(panel: Panel) -> Json:
    if panel.shape == "stat":
        return {
            "colorMode": "value",
            "graphMode": "none",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        }
    return {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }


if __name__ == "__main__":
    sys.stdout.write(board())
