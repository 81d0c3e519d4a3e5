"""Every metric there is: its name, kind, meaning, labels and buckets. The registry, docs and tests read it.

No label ever names a feed, channel, person, story or word: each has the few values listed here.
"""

from __future__ import annotations

from typing import Final, get_args

from bot.metrics.meters import Outcome
from bot.metrics.metric import (
    LATE,
    PLATFORMS,
    SENDING,
    SINCE_FETCHED,
    SINCE_PUBLISHED,
    TEXT,
    TICKING,
    TICKS,
    Metric,
    label,
)
from bot.operating.health import PARTS
from watchers.feeds.faults import Fault
from watchers.feeds.health import State
from watchers.relevance.decide import Decision

_PLATFORM: Final = {"platform": PLATFORMS}

_POLLING: Final = (
    Metric(
        name="vedette_polls_total",
        kind="counter",
        stage="Polling",
        says="Feeds asked, by what came of it: something new, another document with nothing new in it, the "
        "same as before, or a failure.",
        labels={"outcome": ("new", "nothing_new", "unchanged", "failed")},
    ),
    Metric(
        name="vedette_poll_failures_total",
        kind="counter",
        stage="Polling",
        says="Polls that failed, by the kind of fault.",
        labels={"fault": tuple(label(fault) for fault in get_args(Fault))},
    ),
    Metric(
        name="vedette_entries_new_total",
        kind="counter",
        stage="Polling",
        says="Entries stored that were not known before.",
    ),
    Metric(
        name="vedette_feeds",
        kind="gauge",
        stage="Polling",
        says="Feeds by how they are doing; looked at once a minute at most.",
        labels={"state": tuple(label(state) for state in get_args(State))},
    ),
    Metric(
        name="vedette_poll_lag_seconds",
        kind="gauge",
        stage="Polling",
        says="By how much the feed that waits longest is past its time, feeds never asked left out.",
    ),
)
_READING: Final = (
    Metric(
        name="vedette_entries_unread",
        kind="gauge",
        stage="Reading",
        says="Entries stored and not read yet.",
    ),
    Metric(
        name="vedette_entries_scored_total",
        kind="counter",
        stage="Reading",
        says="Entries read and scored, by the strongest decision in any channel.",
        labels={"decision": get_args(Decision)},
    ),
    Metric(
        name="vedette_entries_unreadable_total",
        kind="counter",
        stage="Reading",
        says="Entries left out because reading them failed or took too long.",
    ),
    Metric(
        name="vedette_story_updates_total",
        kind="counter",
        stage="Reading",
        says="What reports did to stories: opened one, joined one, or corrected their own earlier text.",
        labels={"kind": ("opened", "joined", "corrected")},
    ),
    Metric(
        name="vedette_model_missing",
        kind="gauge",
        stage="Reading",
        says="1 while relevance is judged without the model that the configuration names.",
    ),
)
_TELLING: Final = (
    Metric(
        name="vedette_alerts_written_total",
        kind="counter",
        stage="Telling",
        says="Cards, replies and edits about stories written to the outbox.",
    ),
    Metric(
        name="vedette_digest_lateness_seconds",
        kind="histogram",
        stage="Telling",
        says="From a digest's time of day until it was written; its count is that of digests.",
        buckets=LATE,
    ),
    Metric(
        name="vedette_digest_overdue_seconds",
        kind="gauge",
        stage="Telling",
        says="How long the digest that is overdue longest has been due; 0 if none is.",
    ),
)
_DELIVERY: Final = (
    Metric(
        name="vedette_deliveries_total",
        kind="counter",
        stage="Delivery",
        says="Attempts to deliver, by how they ended: delivered, delivered and marked as perhaps a repeat, "
        "to be retried, given up (dead), the channel closed to us, or the platform refusing all.",
        labels={**_PLATFORM, "outcome": get_args(Outcome)},
    ),
    Metric(
        name="vedette_delivery_seconds",
        kind="histogram",
        stage="Delivery",
        says="From a message's writing to its delivery; what quiet hours or talk held back is left out.",
        labels=_PLATFORM,
        buckets=SENDING,
    ),
    Metric(
        name="vedette_fetched_to_delivered_seconds",
        kind="histogram",
        stage="Delivery",
        says="From the fetching of the report that earned a card until the card was delivered; what was held "
        "back, and what a new feed held already, is left out.",
        labels=_PLATFORM,
        buckets=SINCE_FETCHED,
    ),
    Metric(
        name="vedette_published_to_delivered_seconds",
        kind="histogram",
        stage="Delivery",
        says="The same from the date that its publisher gives the report; undated ones are left out.",
        labels=_PLATFORM,
        buckets=SINCE_PUBLISHED,
    ),
    Metric(
        name="vedette_outbox_messages",
        kind="gauge",
        stage="Delivery",
        says="Messages written and neither delivered nor given up.",
        labels=_PLATFORM,
    ),
    Metric(
        name="vedette_outbox_oldest_seconds",
        kind="gauge",
        stage="Delivery",
        says="Age of the oldest message that waits, held back or not; 0 if none waits.",
        labels=_PLATFORM,
    ),
    Metric(
        name="vedette_outbox_overdue_seconds",
        kind="gauge",
        stage="Delivery",
        says="How long the message that waits longest could have gone out already; what is held back, and "
        "channels that let nothing in, are left out.",
        labels=_PLATFORM,
    ),
    Metric(
        name="vedette_platform_connected",
        kind="gauge",
        stage="Delivery",
        says="1 while the gateway or socket stands; always 1 in Slack's http mode, where Slack comes to us.",
        labels={"platform": ("slack", "discord")},
    ),
    Metric(
        name="vedette_platform_outage",
        kind="gauge",
        stage="Delivery",
        says="1 while deliveries fail in a row, so that single messages try whether the platform is back.",
        labels=_PLATFORM,
    ),
    Metric(
        name="vedette_channels",
        kind="gauge",
        stage="Delivery",
        says="Channels in use, by whether they let the bot in.",
        labels={**_PLATFORM, "state": ("open", "closed")},
    ),
)
_PROCESS: Final = (
    Metric(
        name="vedette_heartbeat_timestamp_seconds",
        kind="gauge",
        stage="Process",
        says="When each part last came round, as Unix time; they do every 15 s.",
        labels={"part": PARTS},
    ),
    Metric(
        name="vedette_tick_duration_seconds",
        kind="histogram",
        stage="Process",
        says="How long a round of each kind of work took.",
        labels={"tick": TICKS},
        buckets=TICKING,
    ),
    Metric(
        name="vedette_tick_failures_total",
        kind="counter",
        stage="Process",
        says="Rounds that an error ended; they come again.",
        labels={"tick": TICKS},
    ),
    Metric(
        name="vedette_workers_lost_total",
        kind="counter",
        stage="Process",
        says="Worker processes that were stopped for taking too long, or died; others take their place.",
        labels={"pool": ("parse", "read")},
    ),
    Metric(
        name="vedette_database_up",
        kind="gauge",
        stage="Process",
        says="1 if the database answered for this page; without it, what is read from it is missing here.",
    ),
    Metric(
        name="vedette_database_errors_total",
        kind="counter",
        stage="Process",
        says="Work that the database ended: full, locked, unreachable or damaged.",
        labels={"where": (*TICKS, "command", "metrics")},
    ),
    Metric(
        name="vedette_disk_free_bytes",
        kind="gauge",
        stage="Process",
        says="Room left on the disk that holds the database file; absent where the database is a server.",
    ),
    Metric(
        name="vedette_database_size_bytes",
        kind="gauge",
        stage="Process",
        says="Size of the database file with its write-ahead log; absent where the database is a server.",
    ),
    Metric(
        name="vedette_build_info",
        kind="gauge",
        stage="Process",
        says="Always 1; its labels tell the release, the schema, the kinds of embedder and database, Python.",
        labels=dict.fromkeys(("version", "schema", "embedder", "database", "python"), TEXT),
    ),
)
METRICS: Final = (*_POLLING, *_READING, *_TELLING, *_DELIVERY, *_PROCESS)
# What prometheus_client tells of the process itself, in its own words (absent where there is no /proc).
USUAL: Final = (
    "process_cpu_seconds_total",
    "process_max_fds",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
    "process_virtual_memory_bytes",
)


def named(name: str) -> Metric:
    """Return a metric by name. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME: Final = {metric.name: metric for metric in METRICS}
