"""Ask a language model for further facts just before a story is told; keep what our own parser reads too."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing import alerts
from bot.announcing.audiences import audiences
from bot.language_model.completions import Endpoint, NoAnswerError, open_completions
from bot.language_model.extraction_answer import answer, data, sendable, task
from bot.language_model.extraction_backing import backing, key
from bot.settings.secrets import secret
from watchers.errors import WatchersError
from watchers.facts.proposed import confirmed, is_known, places
from watchers.text import is_cjk
from watchers.types import fact_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.config import Extraction as Section
    from bot.language_model.completions import Completions
    from bot.language_model.extraction_answer import Answer
    from bot.language_model.extraction_backing import Key
    from watchers.clock import Clock
    from watchers.facts.proposed import Place, Proposal
    from watchers.pipeline import Watcher
    from watchers.store.store import Rooms, Store
    from watchers.types import Entry, Fact, Report, Story

logger = logging.getLogger(__name__)

KEY: Final = "VEDETTE_EXTRACTION_KEY"
EXTRACTS: Final = "extraction"  # under this name it is kept who gets the articles, for `status`
CALLS: Final = "extraction/calls"  # a day (UTC) and how many calls it had
FAULT: Final = "extraction/fault"  # why the endpoint gave nothing, empty while it answers
LOOKED_AT: Final = 100  # updates in one round: as many as are announced in one transaction
MOST: Final = 8  # stories in one round
SIDE_BY_SIDE: Final = 4
ROUND: Final = 30.0  # seconds that a round's asking may hold alerts up, if one answer may not take longer
READING: Final = 5.0  # seconds for reading an answer's quotations again: 2 ms each
MOST_READINGS: Final = 60  # quotations and sentences of one answer that are read again
REST: Final = timedelta(minutes=5)  # after a round that gave nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """A proposal and a place where its quotation stands."""

    proposal: Proposal
    report: Report
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What of an answer holds: facts by report, and sentences with the facts behind each."""

    facts: tuple[tuple[Report, Fact], ...]
    worded: tuple[tuple[str, frozenset[Key]], ...]


class Extraction:
    """Asks about what is about to be told. Made by `open_extraction`."""

    def __init__(
        self, completions: Completions, section: Section, *, store: Store, watcher: Watcher, clock: Clock
    ) -> None:
        self._completions = completions
        self._section = section
        self._store = store
        self._watcher = watcher
        self._clock = clock
        self._fault = ""
        self._rests_until: datetime | None = None

    async def prepare(self) -> None:
        """Ask about the stories that the next announcements and digests tell, each once.

        Whatever becomes of that, it is over within ROUND and READING, and the alerts go out.
        """
        now = self._clock.now()
        if self._rests_until is not None and now < self._rests_until <= now + REST:
            return
        try:
            wanted = await self._reserved(await self._wanted(now), now)
            faults = await self._ask(wanted)
        except WatchersError as error:
            faults = [str(error)]
        if faults:
            await self._tell_of("" if "" in faults else faults[0])

    async def _ask(self, stories: Sequence[Story]) -> list[str]:
        """Ask about stories side by side; return for each why it gave nothing, empty if it answered."""
        if not stories:
            return []
        turns = asyncio.Semaphore(SIDE_BY_SIDE)
        try:
            async with asyncio.timeout(max(ROUND, self._section.within.total_seconds()) + READING):
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(self._about(story, turns)) for story in stories]
        except TimeoutError:
            return ["the answers took too long together"]
        return [task.result() for task in tasks]

    async def _wanted(self, now: datetime) -> list[Story]:
        """Return the stories worth telling that nobody was told of and that were not asked about before."""
        pending = await self._store.announcements.unannounced(limit=LOOKED_AT)
        listening = await audiences(self._store, now=now) if pending else ()
        found: dict[int, Story] = {}
        for one in pending:
            story = one.update.story
            if story.number in found or not sendable(story) or not _is_worth_it(story, listening):
                continue
            if await self._store.retractions.get(story.number) is not None:
                continue
            if await self._store.kept.get(_name(story)) is None:
                found[story.number] = story
            if len(found) == MOST:
                break
        return list(found.values())

    async def _reserved(self, stories: Sequence[Story], now: datetime) -> Sequence[Story]:
        """Return those stories for which the day has calls left, and note the calls before they are made."""
        if not stories:
            return ()
        today = now.date().isoformat()
        async with self._store.transaction() as rooms:
            made = await calls_made(rooms, today)
            chosen = stories[: max(self._section.calls - made, 0)]
            if chosen:
                value = json.dumps({"day": today, "calls": made + len(chosen)})
                await rooms.kept.put(CALLS, value)
            for story in chosen:
                await rooms.kept.put(_name(story), "{}")
        return chosen

    async def _about(self, story: Story, turns: asyncio.Semaphore) -> str:
        """Ask about one story and keep what holds; return why it gave nothing, empty if it answered."""
        reports = sendable(story)
        lang = reports[0].entry.lang
        try:
            async with turns:
                asked = task(lang, worded=self._section.summaries)
                said = answer(await self._completions.ask(asked, data(reports), temperature=0))
            async with asyncio.timeout(READING):
                held = await self._held_against(story, reports, said)
            await self._keep(story, held)
        except NoAnswerError as error:
            return str(error)
        except (ValueError, RecursionError):
            return "no JSON of the shape that was asked for"
        except (WatchersError, TimeoutError) as error:
            return f"its answer could not be held against the articles: {error}".removesuffix(": ")
        logger.info(
            "A language model proposed %s facts for t%s, %s of them hold; %s of %s sentences do",
            len(said.proposals),
            story.number,
            len(held.facts),
            len(held.worded),
            len(said.sentences),
            extra={"action": "extraction_answered"},
        )
        return ""

    async def _held_against(self, story: Story, reports: Sequence[Report], said: Answer) -> _Held:
        """Have our own parser read every quotation and sentence. Raises WorkerError, TimeoutError."""
        tries = [
            _Try(proposal=proposal, report=report, place=place)
            for proposal in said.proposals
            for report in reports
            for place in places(proposal, fact_text(report.entry))
        ][:MOST_READINGS]
        texts = [
            _alone(one.report.entry, text) for one in tries for text in (one.place.quote, one.place.window)
        ]
        sentences = said.sentences if self._section.summaries else ()
        texts += [_alone(reports[0].entry, sentence) for sentence in sentences]
        gists = await self._watcher.facts_in(texts, within=READING) if texts else ()
        facts: list[tuple[Report, Fact]] = []
        for one, quote, window in zip(tries, gists[::2], gists[1::2], strict=False):
            fact = confirmed(one.proposal, one.place, quote=quote.facts, window=window.facts)
            known = (*one.report.facts, *(f for of, f in facts if of.entry.key == one.report.entry.key))
            if fact is not None and not is_known(fact, known):
                facts.append((one.report, fact))
        stored = [*(f for report in story.reports for f in report.facts), *(f for _, f in facts)]
        source = "\n".join(fact_text(report.entry) for report in reports)
        backed = [
            (sentence, backing(gist, stored, source=source))
            for sentence, gist in zip(sentences, gists[2 * len(tries) :], strict=True)
        ]
        return _Held(facts=tuple(facts), worded=tuple(pair for pair in backed if pair[1]))

    async def _keep(self, story: Story, held: _Held) -> None:
        async with self._store.transaction() as rooms:
            for entry in dict.fromkeys(report.entry for report, _ in held.facts):
                facts = [fact for report, fact in held.facts if report.entry == entry]
                await rooms.proposed.add(entry, facts)
            worded = [{"text": text, "of": sorted(map(list, behind))} for text, behind in held.worded]
            await rooms.kept.put(_name(story), json.dumps({"worded": worded}, ensure_ascii=False))

    async def _tell_of(self, fault: str) -> None:
        """Log that the endpoint gives nothing, once until it answers again, and keep it for `status`."""
        if fault:
            self._rests_until = self._clock.now() + REST
        if bool(fault) == bool(self._fault):
            return
        self._fault = fault
        await self._store.kept.put(FAULT, fault)
        if fault:
            logger.warning(
                "The language model gave nothing: %s", fault, extra={"action": "extraction_failed"}
            )
        else:
            logger.info("The language model answers again", extra={"action": "extraction_back"})


@asynccontextmanager
async def open_extraction(
    section: Section | None, environ: Mapping[str, str], *, store: Store, watcher: Watcher, clock: Clock
) -> AsyncIterator[Extraction | None]:
    """Open what the configuration asks for, None if that is nothing. Raises ConfigError for a key's file."""
    endpoint = endpoint_of(section, environ) if section else None
    host = endpoint.host if endpoint else ""
    for name, value in ((EXTRACTS, host), (FAULT, "")):
        if value != (await store.kept.get(name) or ""):
            await store.kept.put(name, value)
    if section is None or endpoint is None:
        yield None
        return
    logger.info("Articles are sent for facts to %s", host, extra={"action": "extraction_on"})
    async with open_completions(endpoint) as completions:
        yield Extraction(completions, section, store=store, watcher=watcher, clock=clock)


def endpoint_of(section: Section, environ: Mapping[str, str]) -> Endpoint:
    """Return the configured endpoint with its key, if any. Raises ConfigError for an unreadable file."""
    return Endpoint(
        url=section.endpoint,
        model=section.model,
        within=section.within.total_seconds(),
        key=secret(KEY, environ),
    )


async def calls_made(rooms: Rooms, day: str) -> int:
    """Return how many calls were made on a day (UTC, 2025-08-19)."""
    kept = json.loads(await rooms.kept.get(CALLS) or "{}")
    return int(kept["calls"]) if kept.get("day") == day else 0


async def worded_of(rooms: Rooms, story: Story) -> str:
    """Return what a model worded of a story, without what the facts of today no longer back; else empty."""
    kept = json.loads(await rooms.kept.get(_name(story)) or "{}")
    known = {key(fact) for report in story.reports for fact in report.facts}
    sentences = [one["text"] for one in kept.get("worded", ()) if {(a, b) for a, b in one["of"]} <= known]
    return ("" if any(map(is_cjk, sentences)) else " ").join(sentences)


def _is_worth_it(story: Story, listening: Sequence[Audience]) -> bool:
    return any(alerts.decision(story.reports, audience) != "store" for audience in listening)


def _alone(entry: Entry, text: str) -> Entry:
    """Return a text as if it were an entry's headline, and all of it."""
    return replace(entry, title=text, summary="", body="")


def _name(story: Story) -> str:
    return f"extraction/t{story.number}"
