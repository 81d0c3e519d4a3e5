"""Serve the metrics to whoever may ask: the page, its token, and what it holds while the database is away."""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import TYPE_CHECKING, Final, Protocol

from aiohttp import web
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

from bot.metrics.catalogue import named
from bot.metrics.samples import Sample
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prometheus_client.metrics_core import Metric as Family
    from prometheus_client.registry import CollectorRegistry

    from bot.metrics.counted import Counted

logger = logging.getLogger(__name__)

PATH: Final = "/metrics"
WITHIN: Final = 5.0  # seconds that the database has; Prometheus waits 10 s as a rule


class Look(Protocol):
    """Looks how things stand when somebody asks."""

    @property
    def counted(self) -> Counted:
        """Return what was counted along the way."""
        ...

    async def around(self) -> tuple[Sample, ...]:
        """Return what stands in memory; it always answers."""
        ...

    async def stored(self) -> tuple[Sample, ...]:
        """Return what the database says at once. Raises StoreError."""
        ...

    async def feeds(self) -> tuple[Sample, ...]:
        """Return what takes it longer. Raises StoreError."""
        ...


class Served:
    """The page of metrics. With a token, only who brings it gets it."""

    def __init__(self, look: Look, *, token: str = "") -> None:
        self._look = look
        self._token = token
        self._turn = asyncio.Lock()  # two askers at once share no look at the database

    def route(self) -> web.RouteDef:
        """Return the page's route."""
        return web.get(PATH, self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with all metrics in the form that is asked for; 401 without the token."""
        if not self._may(request):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        async with self._turn:
            samples = [*await self._look.around(), *await self._stored()]
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        body = encode(_Shown(self._look.counted.registry, samples))
        return web.Response(body=body, headers={"Content-Type": kind, "Cache-Control": "no-store"})

    def _may(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "")
        expected = f"Bearer {self._token}"
        return not self._token or hmac.compare_digest(
            given.encode("utf-8", "surrogateescape"), expected.encode()
        )

    async def _stored(self) -> tuple[Sample, ...]:
        """Return what the database says; that it does not answer is a sample too."""
        try:
            async with asyncio.timeout(WITHIN):
                found = await self._look.stored()
            return (*found, *await self._look.feeds(), Sample("vedette_database_up", (), 1))
        except (StoreError, TimeoutError) as error:
            said = str(error) or f"it did not answer within {WITHIN:g} s"
            fault = error if isinstance(error, StoreError) else StoreError(said)
            self._look.counted.failed("metrics", fault)
            logger.warning("The metrics lack the database: %s", said, extra={"action": "metrics_partial"})
            return (Sample("vedette_database_up", (), 0),)


class _Shown:
    """What was counted and what was looked at, without the moment at which each series began."""

    def __init__(self, registry: CollectorRegistry, samples: Iterable[Sample]) -> None:
        self._registry = registry
        self._samples = tuple(samples)

    def collect(self) -> Iterator[Family]:
        """Give each family once."""
        for family in self._registry.collect():
            family.samples = [one for one in family.samples if not one.name.endswith("_created")]
            yield family
        yield from families(self._samples)


def families(samples: Iterable[Sample]) -> list[Family]:
    """Return samples as the library's families, each with its words from the catalogue."""
    found: dict[str, CounterMetricFamily | GaugeMetricFamily] = {}
    for sample in samples:
        if sample.name not in found:
            metric = named(sample.name)
            kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
            found[sample.name] = kind(metric.name, metric.says, labels=[*metric.labels])
        found[sample.name].add_metric(list(sample.labels), sample.value)
    return list(found.values())
