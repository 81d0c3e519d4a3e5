"""Open what an App is made of, in the order in which each part needs the ones before it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clockwatch import ClockWatch
from bot.database import where
from bot.delivery.courier import Courier
from bot.doors import open_doors
from bot.judging import lens_of
from bot.language_model.endpoints import name_endpoints
from bot.language_model.extraction import open_extraction
from bot.language_model.glosses import open_glosses
from bot.parts import open_fetching, open_understanding
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.history import history
from bot.settings.seeding import seed_aloud
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AsyncExitStack
    from pathlib import Path

    from bot.commands.request import Commands
    from bot.config import Config
    from bot.delivery.guard import Lead
    from bot.doors import Doors
    from bot.language_model.extraction import Extraction
    from bot.language_model.glosses import Glosses
    from bot.metrics.meters import Meters
    from bot.parts import Fetching
    from bot.platforms.base import Platform
    from bot.platforms.preview.adapter import Terminal
    from bot.understanding import Understanding
    from bot.waking import Wakes
    from watchers.clock import Clock
    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every part stands on; `held` closes them all. With a `lead` others ask feeds and understand."""

    held: AsyncExitStack
    config: Config
    environ: Mapping[str, str]
    clock: Clock
    meters: Meters
    wakes: Wakes
    lead: Lead | None
    store: Store
    lens: LensSpec  # as the file has it; the watches come from the database


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What asks feeds and understands what they bring."""

    fetching: Fetching
    understanding: Understanding
    glosses: Glosses | None  # None: nobody is asked for translations
    extraction: Extraction | None  # None: no language model is asked for facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What talks with people."""

    doors: Doors
    preview: Preview
    platforms: Mapping[str, Platform]
    courier: Courier
    watch: ClockWatch


async def open_ground(
    held: AsyncExitStack,
    config: Config,
    path: Path,
    environ: Mapping[str, str],
    *,
    clock: Clock,
    meters: Meters,
    wakes: Wakes,
    lead: Lead | None,
) -> Ground:
    """Open the database, carry the file's channels and feeds into it, and free what a crash left taken."""
    if lead is not None:
        store, alone = lead.store, lead.lease.alone
    else:
        database = where(config, path, environ).url
        store = await held.enter_async_context(open_store(database, clock=clock, exclusive=True))
        alone = True
        await store.claims.forget()
        # It has the database to itself: who left a sign of a role does not run any more.
        await store.pulse.forget([name for name in await store.pulse.beats() if "/" in name])
    lens = await asyncio.to_thread(lens_of, config, path)
    await seed_aloud(store, config, gazetteer=lens.gazetteer)
    if alone:  # else its predecessor may wake in the middle of sending what it has leased
        await store.outbox.expire_leases(now=clock.now())
    await store.channels.reopen()  # an operator may have mended what kept us out
    return Ground(
        held=held,
        config=config,
        environ=environ,
        clock=clock,
        meters=meters,
        wakes=wakes,
        lead=lead,
        store=store,
        lens=lens,
    )


async def open_reading(ground: Ground) -> Reading:
    """Open what asks feeds, their workers, and what understands entries."""
    held, config, store, clock = ground.held, ground.config, ground.store, ground.clock
    fetching = await held.enter_async_context(
        open_fetching(config, store=store, clock=clock, wakes=ground.wakes, meters=ground.meters)
    )
    understanding = await held.enter_async_context(
        open_understanding(
            config,
            ground.lens,
            ground.environ,
            store=store,
            clock=clock,
            wakes=ground.wakes,
            meters=ground.meters,
            fetching=fetching,
            clusters=ground.lead is None,
        )
    )
    environ, watcher = ground.environ, understanding.watcher
    glosses = open_glosses(config.translation, environ, store=store, watcher=watcher, clock=clock)
    extraction = open_extraction(config.extraction, environ, store=store, watcher=watcher, clock=clock)
    return Reading(
        fetching=fetching,
        understanding=understanding,
        glosses=await held.enter_async_context(glosses),
        extraction=await held.enter_async_context(extraction),
    )


async def open_telling(ground: Ground, commands: Commands, *, terminal: Terminal | None) -> Telling:
    """Open the doors to the platforms, and what brings messages there."""
    config, store, clock, lead = ground.config, ground.store, ground.clock, ground.lead
    preview = Preview(clock=clock, terminal=terminal, stored=await history(store))
    doors = await ground.held.enter_async_context(
        open_doors(
            slack=config.slack,
            discord=config.discord,
            commands=commands,
            store=store,
            clock=clock,
            environ=ground.environ,
            call=config.delivery.call.total_seconds(),
            may_speak=lead.may_speak if lead else None,
        )
    )
    platforms: dict[str, Platform] = {**doors.platforms, preview.name: preview}
    await name_endpoints(store)
    courier = Courier(
        store,
        platforms,
        clock=clock,
        limits=config.delivery.limits,
        meters=ground.meters,
        guard=lead.guard(clock, config.delivery.lease) if lead else None,
    )
    watch = ClockWatch(store, clock, forget=courier.clock_was_set)
    await watch.begin()
    return Telling(doors=doors, preview=preview, platforms=platforms, courier=courier, watch=watch)
