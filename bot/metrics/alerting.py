"""What an operator is woken for: each rule's expression, threshold, words, and what to do about it.

`python -m bot.metrics.rules` writes deploy/prometheus/vedette.rules.yml from these; docs/metrics.md has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.announcing.due import LATE
from bot.operating.health import STALE
from bot.operating.machine import LITTLE_DISK

Severity = Literal["critical", "warning"]

JOB: Final = "vedette"  # the scrape job's name in deploy/prometheus/prometheus.yml
# Seconds a part may be silent: twice as long as for `vedette healthcheck`, which wakes nobody.
SILENT_FOR: Final = int(2 * STALE.total_seconds())
# Seconds a due feed may wait: a round takes 30 s at the worst, and feeds are asked every 15 min as a rule.
BEHIND: Final = 600
# Seconds a message may wait past its time: retries come within a minute at first, an outage of some minutes
# heals by itself.
OVERDUE: Final = 300
FAILING_SHARE: Final = 0.2  # of the feeds in use; some percent are down at any time
FAILING_LEAST: Final = 3  # of few feeds two are no pattern
DIGEST_LATE: Final = int(LATE.total_seconds()) // 3  # well before the digest itself says that it is late
DATABASE_ERRORS: Final = 3  # in ten minutes: one may be somebody's backup that held the lock
UNREAD: Final = 2000  # entries; some two minutes' reading, and a feed's first poll brings as many at most
LOST_WORKERS: Final = 10  # in an hour: one hostile feed costs one a poll
SLOW: Final = 300  # seconds from fetched to delivered for the slowest twentieth; some 10 s are usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An alert. `lasts` is how long it must hold, as Prometheus writes it; `summary` may name labels."""

    name: str
    severity: Severity
    expression: str
    lasts: str
    summary: str
    cure: str


_HEARTBEAT: Final = (
    'time() - max by (instance) (vedette_heartbeat_timestamp_seconds{{part="{part}"}}) > {most}'
)
_AILING: Final = 'sum by (instance) (vedette_feeds{state=~"failing|gone|not_a_feed"})'
_USED: Final = 'sum by (instance) (vedette_feeds{state!="paused"})'

RULES: Final = (
    Rule(
        name="VedetteDown",
        severity="critical",
        expression=f'up{{job="{JOB}"}} == 0',
        lasts="2m",
        summary="Vedette on {{ $labels.instance }} does not answer.",
        cure="See whether the process runs and what its log says last; `vedette doctor` looks at the rest.",
    ),
    Rule(
        name="VedettePollerStuck",
        severity="critical",
        expression=_HEARTBEAT.format(part="poll", most=SILENT_FOR),
        lasts="1m",
        summary="No feed has been asked on {{ $labels.instance }} for {{ $value | humanizeDuration }}.",
        cure="`vedette healthcheck` says the same; the log has the reason (tick_failed). Restart it "
        "if it has none.",
    ),
    Rule(
        name="VedetteReaderStuck",
        severity="critical",
        expression=_HEARTBEAT.format(part="read", most=SILENT_FOR),
        lasts="1m",
        summary="Nothing that came in on {{ $labels.instance }} was understood for "
        "{{ $value | humanizeDuration }}.",
        cure="The log has the reason (tick_failed), and `vedette doctor` names it. What came in is kept.",
    ),
    Rule(
        name="VedetteCourierStuck",
        severity="critical",
        expression=_HEARTBEAT.format(part="deliver", most=SILENT_FOR),
        lasts="1m",
        summary="Nothing has been sent on {{ $labels.instance }} for {{ $value | humanizeDuration }}.",
        cure="The log has the reason (tick_failed). What waits is kept; a restart sends it.",
    ),
    Rule(
        name="VedettePollingBehind",
        severity="warning",
        expression=f"vedette_poll_lag_seconds > {BEHIND}",
        lasts="10m",
        summary="Feeds on {{ $labels.instance }} are asked {{ $value | humanizeDuration }} after their time.",
        cure="Look for slow hosts (`vedette status of:feeds`) and a busy machine; lengthen [poll] "
        "every, or pause feeds.",
    ),
    Rule(
        name="VedetteManyFeedsFailing",
        severity="warning",
        expression=f"{_AILING} / {_USED} > {FAILING_SHARE} and {_AILING} >= {FAILING_LEAST}",
        lasts="30m",
        summary="{{ $value | humanizePercentage }} of the feeds on {{ $labels.instance }} cannot be read.",
        cure="Many at once are the network, DNS or a proxy: `vedette doctor`. Single ones: `vedette "
        "status of:feeds`.",
    ),
    Rule(
        name="VedetteUnreadPilingUp",
        severity="warning",
        expression=f"vedette_entries_unread > {UNREAD}",
        lasts="15m",
        summary="{{ $value }} entries on {{ $labels.instance }} wait to be read.",
        cure="See in the log whether the model was loaded (model_refused) or the worker dies; else "
        "the machine is busy.",
    ),
    Rule(
        name="VedetteWorkersDying",
        severity="warning",
        expression=f"increase(vedette_workers_lost_total[1h]) > {LOST_WORKERS}",
        lasts="5m",
        summary="Workers that {{ $labels.pool }} die again and again on {{ $labels.instance }}.",
        cure="Too little memory kills them (dmesg), or a hostile feed: `vedette status of:feeds` "
        "shows whose fault is parse.",
    ),
    Rule(
        name="VedetteGatewayDown",
        severity="critical",
        expression="vedette_platform_connected == 0",
        lasts="5m",
        summary="{{ $labels.platform }} is not connected on {{ $labels.instance }}.",
        cure="See /readyz and the platform's status page; a token taken away is in the log. `vedette "
        "doctor` tries it.",
    ),
    Rule(
        name="VedettePlatformOutage",
        severity="warning",
        expression="vedette_platform_outage == 1",
        lasts="10m",
        summary="{{ $labels.platform }} takes no messages from {{ $labels.instance }}.",
        cure="What waits is kept and sent when it is back; see the platform's status page and "
        "`vedette outbox`.",
    ),
    Rule(
        name="VedetteOutboxOld",
        severity="critical",
        expression=f"vedette_outbox_overdue_seconds > {OVERDUE}",
        lasts="5m",
        summary="A message for {{ $labels.platform }} has been due for {{ $value | humanizeDuration }}.",
        cure="`vedette outbox` says what waits and why.",
    ),
    Rule(
        name="VedetteMessagesGivenUp",
        severity="warning",
        expression='increase(vedette_deliveries_total{outcome="dead"}[1h]) > 0',
        lasts="0m",
        summary="Messages for {{ $labels.platform }} were given up within the last hour.",
        cure="`vedette outbox` lists them with the reason; mend that, then `vedette outbox replay all`.",
    ),
    Rule(
        name="VedetteChannelClosed",
        severity="warning",
        expression='vedette_channels{state="closed"} > 0',
        lasts="1h",
        summary="{{ $value }} channels on {{ $labels.platform }} let the bot in no more.",
        cure="`vedette status` names them; invite the bot again, or take the channel out of the "
        "configuration.",
    ),
    Rule(
        name="VedetteNewsSlow",
        severity="warning",
        expression=(
            "histogram_quantile(0.95, sum by (instance, le) "
            f"(rate(vedette_fetched_to_delivered_seconds_bucket[1h]))) > {SLOW}"
        ),
        lasts="30m",
        summary="The slowest twentieth of cards on {{ $labels.instance }} takes {{ $value | "
        "humanizeDuration }}.",
        cure="The board shows the stage: unread entries, the outbox by platform, or the machine.",
    ),
    Rule(
        name="VedetteDigestsLate",
        severity="warning",
        expression=f"vedette_digest_overdue_seconds > {DIGEST_LATE}",
        lasts="2m",
        summary="A digest on {{ $labels.instance }} has been due for {{ $value | humanizeDuration }}.",
        cure="The log says why it could not be written (tick_failed, digest); it is written once when "
        "that is mended.",
    ),
    Rule(
        name="VedetteDatabaseUnreachable",
        severity="critical",
        expression="vedette_database_up == 0",
        lasts="2m",
        summary="The database of {{ $labels.instance }} does not answer.",
        cure="`vedette doctor` says what is wrong with it; nothing is lost that was written before.",
    ),
    Rule(
        name="VedetteDatabaseErrors",
        severity="critical",
        expression=f"sum by (instance) (increase(vedette_database_errors_total[10m])) > {DATABASE_ERRORS}",
        lasts="0m",
        summary="The database of {{ $labels.instance }} refused work {{ $value }} times in ten minutes.",
        cure="The log has its words (disk full, locked, damaged); docs/operations.md says what to do "
        "about each.",
    ),
    Rule(
        name="VedetteDiskNearlyFull",
        severity="critical",
        expression=f"vedette_disk_free_bytes < {LITTLE_DISK} or vedette_disk_free_bytes < "
        f"vedette_database_size_bytes",
        lasts="5m",
        summary="{{ $value | humanize1024 }}B are left beside the database of {{ $labels.instance }}.",
        cure="Make room, or move the database with [database] path; a backup needs as much room as it has.",
    ),
)
