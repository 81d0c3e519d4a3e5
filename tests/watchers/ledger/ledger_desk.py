"""A ledger over a real database: reports come on a day and are told or not, and rounds follow them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, make_entry, make_letter, make_report, make_story
from tests.known_names import shipped
from watchers.claims.read import read_claims
from watchers.facts.extract import extract
from watchers.ledger.rounds import take_round
from watchers.store.rows import Channel
from watchers.types import StoryUpdate, fact_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.clock import SteppedClock
    from watchers.gazetteer.find import Finder
    from watchers.ledger.rounds import Round
    from watchers.store.rows_promises import Tracked
    from watchers.store.store import Rooms, Store
    from watchers.types import Entry, Report, Story
    from watchers.types.claims import Claim


@cache
def known() -> Finder:
    """Load the shipped gazetteer once."""
    return shipped()


@dataclass
class Desk:
    """What a test of the ledger says: this report came, that story was told, go round."""

    store: Store
    clock: SteppedClock
    read: list[str] = field(default_factory=list)  # titles of the reports that were read
    decided: list[int] = field(default_factory=list)
    _came: int = 0
    _stories: dict[int, Story] = field(default_factory=dict)

    async def open(self) -> Desk:
        """Make a channel with two sources."""
        await self.store.channels.save(Channel(id=MAIN, name="Main"))
        for name in ("harbour", "coast"):
            feed = await self.store.feeds.add(
                f"https://{name}.example/feed", name=name.title(), every=timedelta(minutes=15)
            )
            await self.store.channels.follow(MAIN, feed.number)
        return self

    async def come(
        self,
        text: str,
        lang: str = "en",
        day: str | date = "2026-03-11",
        *,
        source: str = "Harbour Post",
        story: int | None = None,
        score: float = 0.8,
        told: bool = True,
    ) -> int:
        """Store a report of a day, in a story of its own or another's; return the story's number."""
        on = date.fromisoformat(day) if isinstance(day, str) else day
        at = datetime.combine(on, time(9), UTC)
        if at > self.clock.now():
            self.clock.move_to(at)
        self._came += 1
        made = replace(
            make_entry(f"e{self._came}", title=text, seen=at, published=at), lang=lang, outlet=source
        )
        async with self.store.transaction() as rooms:
            return await self._keep(rooms, made, at, story, score=score, told=told)

    async def _keep(
        self, rooms: Rooms, made: Entry, at: datetime, story: int | None, *, score: float, told: bool
    ) -> int:
        (entry,) = await rooms.entries.add([made])
        one = replace(make_report(entry, score=score, facts=_facts(entry)), mentions=_mentions(entry))
        one = replace(one, matches=())
        before = self._stories.get(story or 0)
        reports: tuple[Report, ...] = (*(before.reports if before else ()), one)
        this = replace(before, reports=reports, updated=at) if before else make_story(one, updated=at)
        update = StoryUpdate(
            story=this,
            report=one,
            kind="joined" if before else "opened",
            new_facts=(),
            new_origin=True,
            at=at,
        )
        await rooms.stories.save_reports([(one, "now" if score >= 0.5 else "store")])
        (saved,) = await rooms.stories.save_updates([update], silent=frozenset({entry.key}))
        if told and before is None:
            await self.card(rooms, saved.story.number)
        self._stories[saved.story.number] = saved.story
        return saved.story.number

    async def card(self, rooms: Rooms, story: int) -> None:
        """Note that the channel has a story's card."""
        number = await rooms.outbox.enqueue(make_letter(f"{MAIN}/t{story}/card", story=story))
        assert number is not None
        await rooms.announcements.note_card(story, MAIN, outbox=number)

    async def round(self) -> Round:
        """Go round until there is nothing left to look at; return the last round that found something."""
        last = came = await self.once()
        while came.looked_at:
            last, came = came, await self.once()
        return last

    async def once(self) -> Round:
        return await take_round(self.store, self.claims, self.tell, now=self.clock.now())

    async def claims(self, entries: Sequence[Entry]) -> tuple[tuple[Claim, ...], ...]:
        """Read claims in this process."""
        self.read += [entry.title for entry in entries]
        return tuple(read_claims(fact_text(e), e.lang, e.day, e.outlet, known()) for e in entries)

    async def tell(self, _rooms: Rooms, numbers: Sequence[int]) -> None:
        self.decided += numbers

    async def all(self) -> tuple[Tracked, ...]:
        """Return every promise that counts, the first due first."""
        _, found = await self.store.ledgers.listed(limit=1000)
        return found


def _facts(entry: Entry):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as `extract`
    return extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=known())


def _mentions(entry: Entry):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as `find`
    return known().find(entry.text, entry.lang)
