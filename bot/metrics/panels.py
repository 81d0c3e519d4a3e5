"""What the Grafana board shows, stage by stage: titles, units and expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shape = Literal["timeseries", "stat"]

_OWN: Final = 'instance=~"$instance"'  # the board's choice of instances
_POLLS: Final = 'part="poll"'
_AILING: Final = 'state=~"failing|gone|not_a_feed"'
_DEAD: Final = 'outcome="dead"'
_CLOSED: Final = 'state="closed"'
_EVERY: Final = "$__rate_interval"  # Grafana's: four scrapes at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel. `shows` are expressions with their legends; `unit` is Grafana's word for it."""

    title: str
    shows: tuple[tuple[str, str], ...]
    unit: str = "short"
    shape: Shape = "timeseries"
    says: str = ""
    red_from: float | None = None  # the value from which a stat is red; None: never
    red_below: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The panels of one stage."""

    title: str
    panels: tuple[Panel, ...]


def _sum(metric: str, by: str, *, over: str = _EVERY) -> str:
    return f"sum by ({by}) (rate({_of(metric)}[{over}]))"


def _of(metric: str, more: str = "") -> str:
    """Return a metric of the chosen instances, and of `more`, labels with what they are to be."""
    return f"{metric}{{{_OWN}{',' + more if more else ''}}}"


def _quantile(share: float, metric: str, by: str = "") -> str:
    labels = f"{by}, le" if by else "le"
    return f"histogram_quantile({share}, {_sum(f'{metric}_bucket', labels, over='15m')})"


ROWS: Final = (
    Row(
        "At a glance",
        (
            Panel(
                title="Platforms not connected",
                shows=((f"sum(1 - {_of('vedette_platform_connected')})", ""),),
                shape="stat",
                red_from=1,
            ),
            Panel(
                title="Seconds since a poll",
                shows=((f"time() - min({_of('vedette_heartbeat_timestamp_seconds', _POLLS)})", ""),),
                unit="s",
                shape="stat",
                red_from=120,
            ),
            Panel(
                title="Waiting past its time",
                shows=((f"max({_of('vedette_outbox_overdue_seconds')})", ""),),
                unit="s",
                shape="stat",
                red_from=300,
            ),
            Panel(
                title="Feeds that cannot be read",
                shows=((f"sum(max by (state) ({_of('vedette_feeds', _AILING)}))", ""),),
                shape="stat",
                says="Processes that share a database tell of the same feeds, which count once.",
            ),
            Panel(
                title="Given up in a day",
                shows=((f"sum(increase({_of('vedette_deliveries_total', _DEAD)}[1d]))", ""),),
                shape="stat",
                red_from=1,
            ),
            Panel(
                title="Database",
                shows=((f"min({_of('vedette_database_up')})", ""),),
                shape="stat",
                says="1 while it answers.",
                red_below=1,
            ),
        ),
    ),
    Row(
        "Polling",
        (
            Panel(
                title="Polls by outcome",
                shows=((_sum("vedette_polls_total", "outcome"), "{{outcome}}"),),
                unit="ops",
            ),
            Panel(
                title="Failed polls by fault",
                shows=((_sum("vedette_poll_failures_total", "fault"), "{{fault}}"),),
                unit="ops",
            ),
            Panel(title="Feeds by state", shows=((f"max by (state) ({_of('vedette_feeds')})", "{{state}}"),)),
            Panel(
                title="How late feeds are asked",
                shows=((f"max by (instance) ({_of('vedette_poll_lag_seconds')})", "{{instance}}"),),
                unit="s",
            ),
        ),
    ),
    Row(
        "Reading",
        (
            Panel(
                title="Entries an hour",
                shows=(
                    (f"sum(increase({_of('vedette_entries_new_total')}[1h]))", "new"),
                    (f"sum(increase({_of('vedette_entries_scored_total')}[1h]))", "scored"),
                    (f"sum(increase({_of('vedette_entries_unreadable_total')}[1h]))", "unreadable"),
                ),
            ),
            Panel(
                title="Decisions an hour",
                shows=(
                    (
                        f"sum by (decision) (increase({_of('vedette_entries_scored_total')}[1h]))",
                        "{{decision}}",
                    ),
                ),
            ),
            Panel(
                title="Stories an hour",
                shows=((f"sum by (kind) (increase({_of('vedette_story_updates_total')}[1h]))", "{{kind}}"),),
            ),
            Panel(
                title="Waiting to be read",
                shows=(
                    (f"max by (instance) ({_of('vedette_entries_unread')})", "{{instance}}"),
                    (f"max({_of('vedette_model_missing')})", "without the model"),
                ),
            ),
        ),
    ),
    Row(
        "Telling and delivery",
        (
            Panel(
                title="Written an hour",
                shows=(
                    (f"sum(increase({_of('vedette_alerts_written_total')}[1h]))", "alerts"),
                    (f"sum(increase({_of('vedette_digest_lateness_seconds_count')}[1h]))", "digests"),
                ),
            ),
            Panel(
                title="Deliveries by platform and outcome",
                shows=((_sum("vedette_deliveries_total", "platform, outcome"), "{{platform}} {{outcome}}"),),
                unit="ops",
            ),
            Panel(
                title="From fetched to delivered",
                shows=tuple(
                    (_quantile(share, "vedette_fetched_to_delivered_seconds"), said)
                    for share, said in ((0.5, "median"), (0.95, "95%"), (0.99, "99%"))
                ),
                unit="s",
            ),
            Panel(
                title="From published to delivered",
                shows=tuple(
                    (_quantile(share, "vedette_published_to_delivered_seconds"), said)
                    for share, said in ((0.5, "median"), (0.95, "95%"))
                ),
                unit="s",
            ),
            Panel(
                title="From written to delivered, 95%",
                shows=((_quantile(0.95, "vedette_delivery_seconds", "platform"), "{{platform}}"),),
                unit="s",
            ),
            Panel(
                title="Outbox",
                shows=((f"max by (platform) ({_of('vedette_outbox_messages')})", "{{platform}}"),),
            ),
            Panel(
                title="How long messages wait",
                shows=(
                    (f"max by (platform) ({_of('vedette_outbox_oldest_seconds')})", "{{platform}} oldest"),
                    (
                        f"max by (platform) ({_of('vedette_outbox_overdue_seconds')})",
                        "{{platform}} past its time",
                    ),
                ),
                unit="s",
            ),
            Panel(
                title="Platforms and channels",
                shows=(
                    (f"min by (platform) ({_of('vedette_platform_connected')})", "{{platform}} connected"),
                    (f"max by (platform) ({_of('vedette_platform_outage')})", "{{platform}} outage"),
                    (
                        f"max by (platform) ({_of('vedette_channels', _CLOSED)})",
                        "{{platform}} channels closed",
                    ),
                ),
            ),
            Panel(
                title="Digests overdue",
                shows=((f"max({_of('vedette_digest_overdue_seconds')})", "overdue"),),
                unit="s",
            ),
        ),
    ),
    Row(
        "Process",
        (
            Panel(
                title="Rounds, 95%",
                shows=((_quantile(0.95, "vedette_tick_duration_seconds", "tick"), "{{tick}}"),),
                unit="s",
            ),
            Panel(
                title="Trouble an hour",
                shows=(
                    (
                        f"sum by (tick) (increase({_of('vedette_tick_failures_total')}[1h]))",
                        "{{tick}} failed",
                    ),
                    (
                        f"sum by (where) (increase({_of('vedette_database_errors_total')}[1h]))",
                        "database, {{where}}",
                    ),
                    (
                        f"sum by (pool) (increase({_of('vedette_workers_lost_total')}[1h]))",
                        "{{pool}} workers lost",
                    ),
                ),
            ),
            Panel(
                title="Memory",
                shows=((_of("process_resident_memory_bytes"), "{{instance}}"),),
                unit="bytes",
                says="Of the main process; workers have their own.",
            ),
            Panel(
                title="CPU",
                shows=((_sum("process_cpu_seconds_total", "instance"), "{{instance}}"),),
                unit="short",
            ),
            Panel(
                title="Disk",
                shows=(
                    (f"min by (instance) ({_of('vedette_disk_free_bytes')})", "{{instance}} free"),
                    (f"max by (instance) ({_of('vedette_database_size_bytes')})", "{{instance}} database"),
                ),
                unit="bytes",
            ),
            Panel(
                title="Releases",
                shows=(
                    (
                        f"count by (version, schema, embedder, database) ({_of('vedette_build_info')})",
                        "{{version}} schema {{schema}} {{embedder}} {{database}}",
                    ),
                ),
            ),
        ),
    ),
)
