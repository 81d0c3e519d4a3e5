"""The ledger's rounds: take the reports not looked at yet, read those that matter, write down what they do.

How far it is stands in the database and moves on when a round is over. A process that dies within one looks
at its reports again: what they did is written down, and told, in one transaction each, and never twice.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from watchers.ledger.cues import called_in, found_by, looks_ahead, named_in
from watchers.ledger.judge import decided, made_by, settle
from watchers.relevance.decide import DIGEST_AT
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from watchers.ledger.judge import Settled
    from watchers.store.rows_promises import Waiting
    from watchers.store.store import Rooms, Store
    from watchers.types import Entry
    from watchers.types.claims import Claim

    Read = Callable[[Sequence[Entry]], Awaitable[tuple[tuple[Claim, ...], ...]]]
    Tell = Callable[[Rooms, Sequence[int]], Awaitable[None]]

logger = logging.getLogger(__name__)

LOOKED_AT: Final = 64  # reports of a round that are looked at cheaply, about 0.3 ms each
READ: Final = 16  # of those, that are read: half a second of the worker, which reads for alerts too
CARDS: Final = 16  # new cards of a round whose stories are looked at again
UPDATES: Final = "ledger/updates"  # under these names it is kept how far the ledger is
POSTS: Final = "ledger/posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round came to: reports looked at, those read, and promises opened and decided."""

    looked_at: int = 0
    read: int = 0
    opened: int = 0
    decided: int = 0


async def take_round(store: Store, read: Read, tell: Tell, *, now: datetime) -> Round:
    """Look at the next reports. `tell` is called with the promises that one decided, in its transaction."""
    after = int(await store.kept.get(UPDATES) or 0)
    posts = int(await store.kept.get(POSTS) or 0)
    last, again = await store.promises.told_since(posts, limit=CARDS, worth=DIGEST_AT)
    fresh = await store.promises.waiting(after=after, limit=LOOKED_AT, worth=DIGEST_AT)
    wanted = [one for one in again if await _is_worth_reading(store, one)]
    passed: list[Waiting] = []
    for one in fresh:
        if not await _is_worth_reading(store, one):
            passed.append(one)
        elif len(wanted) < READ:
            wanted.append(one)
        else:
            break
    came = await _keep_all(store, read, tell, wanted, now)
    if came.opened:  # what was opened just now may be what another report of this round speaks of
        near = {one.story for one in wanted}
        more = [
            one for one in passed if (one.worth and one.story in near) or await _is_worth_reading(store, one)
        ]
        came = _sum(came, await _keep_all(store, read, tell, more, now))
    at = max((one.update for one in (*wanted, *passed)), default=after)
    if (at, last) != (after, posts):
        async with store.transaction() as rooms:
            await rooms.kept.put(UPDATES, str(max(at, after)))
            await rooms.kept.put(POSTS, str(last))
    return replace(came, looked_at=len(wanted) + len(passed))


def _sum(one: Round, other: Round) -> Round:
    return Round(
        read=one.read + other.read, opened=one.opened + other.opened, decided=one.decided + other.decided
    )


async def _keep_all(store: Store, read: Read, tell: Tell, wanted: Sequence[Waiting], now: datetime) -> Round:
    """Read reports, a bounded batch at a time, and write down what each does."""
    came = Round()
    for i in range(0, len(wanted), READ):
        some = wanted[i : i + READ]
        for one, claims in zip(some, await _read(read, some), strict=True):
            came = _sum(came, await _keep(store, tell, one, claims, now))
    return came


async def _is_worth_reading(store: Store, one: Waiting) -> bool:
    """Tell whether a report may make or decide a promise; a changed one may also take back what it made."""
    if not one.worth:
        return False
    if one.corrected or one.pursued or looks_ahead(one.report):
        return True
    return bool(await store.promises.known(named_in(one.report)))


async def _read(read: Read, some: Sequence[Waiting]) -> tuple[tuple[Claim, ...], ...]:
    """Read reports together; if that fails, one by one, and leave out the one that cannot be read."""
    try:
        return await read([one.report.entry for one in some])
    except WorkerError as error:
        if len(some) > 1:
            return tuple([claims for one in some for claims in await _read(read, (one,))])
        number = some[0].report.entry.number
        logger.warning("a%s was not read for promises: %s", number, error, extra={"action": "claims_unread"})
        return ((),)


async def _keep(store: Store, tell: Tell, one: Waiting, claims: tuple[Claim, ...], now: datetime) -> Round:
    """Write down what a report does and tell of it, both or neither."""
    entry, today = one.report.entry.number, now.date()
    if one.corrected and claims:
        await _take_back(store, entry, claims, now)
    tokens = found_by(called_in(claims), asking=True)
    held = await store.promises.candidates(one.story, tokens) if claims else ()
    # Holding a report against forty promises takes up to 50 ms, which nobody in chat should wait for.
    settled = await asyncio.to_thread(settle, entry, claims, held, today=today)
    async with store.transaction() as rooms:
        opened, changed = await write_down(rooms, settled, entry, now=now)
        if changed:
            await tell(rooms, changed)
    return Round(read=1, opened=opened, decided=len(changed))


async def write_down(
    rooms: Rooms, settled: Settled, entry: int, *, now: datetime
) -> tuple[int, tuple[int, ...]]:
    """Write down what a report does; return how many promises it opened, and those that it decided."""
    changed: list[int] = []
    opened = 0
    for one in settled.decisions:
        if not await rooms.promises.rule(one.number, one.outcome, entry=entry, at=now):
            continue
        changed.append(one.number)
        if one.successor is not None:
            later = await rooms.promises.open(one.successor, at=now)
            opened += later is not None
            later = later or (await rooms.promises.told(entry)).get(one.successor.promise.due)
            if later is not None:
                await rooms.promises.succeed(one.number, later)
    for number, promise in settled.told:
        await rooms.promises.tell(number, entry, promise)
    for new in settled.opened:
        opened += await rooms.promises.open(new, at=now) is not None
    return opened, tuple(changed)


async def _take_back(store: Store, entry: int, claims: tuple[Claim, ...], now: datetime) -> None:
    """Take back what a report that its outlet changed no longer says: promises it decided, days it named."""
    made = made_by(claims)
    today = max(now.date(), claims[0].day)
    kept = {promise.due for promise in made}
    ruled = await store.promises.decided_by(entry)
    told = await store.promises.told(entry)
    async with store.transaction() as rooms:
        for one in ruled:
            outcome = decided(replace(one, state="open", near=True), claims, made, today=today)
            said = one.ruling.new_due if one.ruling else None
            if outcome is None or (outcome.state, outcome.due) != (one.state, said):
                await rooms.promises.reopen(one.number)
            elif outcome.due is not None:
                kept.add(outcome.due)
        await rooms.promises.untell(entry, [due for due in told if due not in kept], at=now)
