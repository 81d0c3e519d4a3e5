"""Write docs/metrics.md: how to get the metrics, each of them, and each alert with what to do about it."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Final

from bot.metrics.alerting import RULES
from bot.metrics.catalogue import METRICS, USUAL
from bot.metrics.opening import LEAST_TOKEN, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.metrics.metric import Metric

_INTRO: Final = """\
# Metrics

Where `[http]` is on, `/metrics` shows Prometheus what the bot does, stage by stage, beside `/healthz` and
`/readyz`. It holds numbers alone: no feed, channel, person, story, watch word or secret is ever a label, so
there are at most {series} series, however many feeds and channels there are.

## Switch it on

```toml
[http]
enabled = true
metrics = "token"
```

| `metrics` | who gets the page |
| --- | --- |
| `"open"` | everybody who reaches the address, as `/healthz` and `/readyz` |
| `"token"` | who sends the token as `Authorization: Bearer`; others get 401 |
| `"off"` | nobody: 404, and nothing is counted |

The token is what `{token}` holds, or the file that `{token}_FILE` names, of {least} characters or
more; the preview page's is another one, made anew at each start. Without the setting it is `"token"` where
`{token}` is set, else `"open"`; but in Slack's http mode, where strangers reach the address,
it is then off.

`deploy/prometheus/` has a scrape configuration (`prometheus.yml`) and the alert rules (`vedette.rules.yml`);
`deploy/grafana/vedette.json` is a board: import it and choose the Prometheus it is to ask. One look at the
page asks the database some dozen questions. Where that takes longer than {within:g} s, or fails, the page
comes without their answers and with `vedette_database_up 0`.

Counters begin at 0 with the process. Several processes on one database tell the same of what stands in it
(feeds, outbox, digests): take `max`, not `sum`, over them.

Of [several processes](scaling-out.md) the bot that leads has this page, and tells what stands in the
database. `vedette worker --http-port 8752` and `vedette scheduler --http-port 8753` open one for themselves,
each with a port of its own, at the address and for those whom `[http]` names: `/healthz`, `/readyz`, and in
`/metrics` what that process counts itself, such as polls, entries read, ticks and lost worker processes.
"""
_STAGES: Final = {
    "Polling": "Asking feeds",
    "Reading": "Reading what came",
    "Telling": "Writing what is told",
    "Delivery": "Bringing it to the platforms",
    "Process": "The process and its database",
}
_USUAL: Final = """
What every program tells Prometheus is there too, where the system has `/proc`: {usual}.
"""
_ALERTS: Final = """
## Alerts

They stand in `bot/metrics/alerting.py`, each threshold with its source; `python -m bot.metrics.rules` writes
the file from it.
"""


def reference() -> str:
    """Return the whole page as Markdown."""
    from bot.metrics.served import WITHIN  # noqa: PLC0415 -- which loads the library

    series = math.ceil(sum(map(series_of, METRICS)) / 100) * 100
    lines = [_INTRO.format(series=series, token=TOKEN, least=LEAST_TOKEN, within=WITHIN)]
    for stage, title in _STAGES.items():
        lines.append(f"## {title}\n")
        lines += _table(
            ("metric", "kind", "labels", "what it is"),
            [_described(metric) for metric in METRICS if metric.stage == stage],
        )
        lines.append("")
    lines += [_USUAL.format(usual=", ".join(map(_code, USUAL))).strip(), _ALERTS]
    lines += _table(
        ("alert", "severity", "when", "for", "what to do"),
        [(_code(r.name), r.severity, _code(r.expression), r.lasts, r.cure) for r in RULES],
    )
    return "\n".join(lines).rstrip() + "\n"


def series_of(metric: Metric) -> int:
    """Return how many series a metric has at most."""
    rows = math.prod(max(len(values), 1) for values in metric.labels.values())
    return rows * (len(metric.buckets) + 3 if metric.kind == "histogram" else 1)  # +Inf, sum and count


def _described(metric: Metric) -> tuple[str, ...]:
    labels = "; ".join(
        f"{_code(name)}: {', '.join(values)}" if values else _code(name)
        for name, values in metric.labels.items()
    )
    buckets = f" Buckets: {', '.join(f'{bound:g}' for bound in metric.buckets)} s." if metric.buckets else ""
    return _code(metric.name), metric.kind, labels, metric.says + buckets


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield _row(header)
    yield _row(tuple("---" for _ in header))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    return f"`{text}`"


if __name__ == "__main__":
    sys.stdout.write(reference())
