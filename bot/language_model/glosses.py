"""Ask for headlines in the reader's language just before they are told, and keep what may be shown of it."""

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
from bot.language_model.faithful import is_faithful, is_headline
from bot.language_model.translation import endpoint_of, open_translator
from bot.wording.cards import headlined
from bot.wording.phrases import LANGUAGES
from watchers.errors import WatchersError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.config import Translation
    from bot.language_model.translation import Translator
    from watchers.clock import Clock
    from watchers.pipeline import Watcher
    from watchers.store.store import Rooms, Store
    from watchers.types import Entry, Report, StoryUpdate

logger = logging.getLogger(__name__)

TRANSLATES: Final = "translation"  # under this name it is kept who gets the headlines, for `status`
LOOKED_AT: Final = 100  # updates in one round: as many as are announced in one transaction
MOST: Final = 20  # headlines in one round: a new feed's archive is no reason to wait for
SIDE_BY_SIDE: Final = 4
ROUND: Final = 15.0  # seconds that all of a round's asking may take, if one answer may not take longer
READING: Final = 5.0  # seconds for reading 40 headlines: 0.4 with the model, and two more in a fresh worker
REST: Final = timedelta(
    minutes=5
)  # after a round that gave nothing, so that an endpoint that is down delays few


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A headline that is about to be told in a channel of another language."""

    report: Report
    lang: str


class Glosses:
    """Asks for what is about to be told. Made by `open_glosses`."""

    def __init__(
        self, translator: Translator, *, within: float, store: Store, watcher: Watcher, clock: Clock
    ) -> None:
        self._translator = translator
        self._within = max(ROUND, within)
        self._store = store
        self._watcher = watcher
        self._clock = clock
        self._rests_until: datetime | None = None

    async def prepare(self) -> None:
        """Ask for the headlines that the next announcements tell in another language, each once.

        Whatever becomes of that, it is over within ROUND and READING, and the alerts go out.
        """
        now = self._clock.now()
        if self._rests_until is not None and now < self._rests_until <= now + REST:
            return
        try:
            wanted = await self._wanted(now)
            if wanted and not await self._ask(wanted):
                self._rests_until = now + REST
        except (WatchersError, TimeoutError) as error:
            self._rests_until = now + REST
            reason = str(error) or "reading them took too long"
            logger.warning("No translations: %s", reason, extra={"action": "translation_failed"})

    async def _wanted(self, now: datetime) -> list[_Wanted]:
        """Return at most MOST headlines, without those that were asked for before."""
        found: dict[str, _Wanted] = {}
        pending = await self._store.announcements.unannounced(limit=LOOKED_AT)
        listening = await audiences(self._store, now=now) if pending else ()
        carded: dict[int, set[str]] = {}
        for one in pending:
            number = one.update.story.number
            if await self._store.retractions.get(number) is not None:
                continue
            if number not in carded:
                carded[number] = {card.channel for card in await self._store.announcements.cards(number)}
            for wanted in _told(one.update, listening, carded[number]):
                entry = wanted.report.entry
                name = _name(entry, wanted.lang)
                if name not in found and _kept(await self._store.kept.get(name), entry) is None:
                    found[name] = wanted
            if len(found) >= MOST:
                break
        return list(found.values())[:MOST]

    async def _ask(self, wanted: list[_Wanted]) -> bool:
        """Ask and keep what comes; tell whether anything came."""
        answers: list[tuple[_Wanted, str]] = []
        places = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(asked: _Wanted) -> None:
            entry = asked.report.entry
            async with places:
                answer = await self._translator.headline(
                    entry.title, source=entry.lang, target=asked.lang, names=_names(asked)
                )
            if answer is not None:
                answers.append((asked, answer))

        try:
            async with asyncio.timeout(self._within), asyncio.TaskGroup() as group:
                for asked in wanted:
                    group.create_task(one(asked))
        except TimeoutError:
            logger.warning(
                "%s of %s translations came in time",
                len(answers),
                len(wanted),
                extra={"action": "translation_late"},
            )
        if answers:
            await self._keep(await self._held_against(answers))
        return bool(answers)

    async def _held_against(self, answers: list[tuple[_Wanted, str]]) -> list[tuple[_Wanted, str]]:
        """Return the answers, those that do not say what the original says empty. Raises WorkerError."""
        glosses = [
            (asked, answer)
            for asked, answer in answers
            if is_headline(answer, of=asked.report.entry.title, lang=asked.lang)
        ]
        texts = [
            replace(asked.report.entry, title=title, lang=lang, summary="", body="")
            for asked, answer in glosses
            for title, lang in (
                (asked.report.entry.title, asked.report.entry.lang),
                (answer, asked.lang),
            )
        ]
        async with asyncio.timeout(READING):
            reports = await self._watcher.reread(texts, within=READING) if texts else ()
        faithful = {
            _name(asked.report.entry, asked.lang)
            for (asked, _), original, gloss in zip(glosses, reports[::2], reports[1::2], strict=True)
            if is_faithful(original, gloss)
        }
        return [
            (asked, answer if _name(asked.report.entry, asked.lang) in faithful else "")
            for asked, answer in answers
        ]

    async def _keep(self, glosses: list[tuple[_Wanted, str]]) -> None:
        async with self._store.transaction() as rooms:
            for asked, gloss in glosses:
                entry = asked.report.entry
                value = json.dumps({"of": entry.title, "gloss": gloss}, ensure_ascii=False)
                await rooms.kept.put(_name(entry, asked.lang), value)
        for asked, gloss in glosses:
            if not gloss:
                logger.info(
                    "A translation of a%s is not shown: it does not say what the headline says",
                    asked.report.entry.number,
                    extra={"action": "translation_refused"},
                )


@asynccontextmanager
async def open_glosses(
    section: Translation | None, environ: Mapping[str, str], *, store: Store, watcher: Watcher, clock: Clock
) -> AsyncIterator[Glosses | None]:
    """Open what the configuration asks for, None if that is nothing. Raises ConfigError for a key's file."""
    endpoint = endpoint_of(section, environ) if section else None
    host = endpoint.host if endpoint else ""
    if host != (await store.kept.get(TRANSLATES) or ""):
        await store.kept.put(TRANSLATES, host)
    if endpoint is None:
        yield None
        return
    logger.info("Headlines are sent for translation to %s", host, extra={"action": "translation_on"})
    async with open_translator(endpoint) as translator:
        yield Glosses(translator, within=endpoint.within, store=store, watcher=watcher, clock=clock)


async def gloss_of(rooms: Rooms, entry: Entry, lang: str) -> str:
    """Return the gloss that is kept for a headline as it reads now, empty if there is none."""
    if not _may_be_glossed(entry, lang):
        return ""
    return _kept(await rooms.kept.get(_name(entry, lang)), entry) or ""


def _told(update: StoryUpdate, listening: tuple[Audience, ...], carded: set[str]) -> list[_Wanted]:
    """Return the headlines that an update has told in other languages, and note the cards it gives."""
    found = []
    for alert in alerts.plan(update, listening, posted=frozenset(carded)):
        report, lang = headlined(alert), alert.audience.lang
        if alert.kind != "held" and _may_be_glossed(report.entry, lang):
            found.append(_Wanted(report=report, lang=lang))
        if alert.kind == "card":
            carded.add(alert.audience.channel)
    return found


def _may_be_glossed(entry: Entry, lang: str) -> bool:
    """Tell whether a headline is in another language, and one in which its facts can be read."""
    return entry.lang in LANGUAGES and entry.lang != lang


def _names(asked: _Wanted) -> dict[str, str]:
    """Return what the names in a headline are called in English; other languages' names are not known."""
    if asked.lang != "en":
        return {}
    title = asked.report.entry.title
    return {
        m.mention: m.name
        for m in asked.report.mentions
        if not m.entity.startswith("con:") and m.mention != m.name and m.end <= len(title)
    }


def _name(entry: Entry, lang: str) -> str:
    return f"gloss/a{entry.number}/{lang}"


def _kept(value: str | None, entry: Entry) -> str | None:
    """Return what came of asking for a headline, empty if refused; None if not asked so worded."""
    kept = json.loads(value) if value else {}
    return str(kept["gloss"]) if kept.get("of") == entry.title else None
