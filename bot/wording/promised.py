"""Word promises: the reply beneath a card, the lines of a digest, the rows of a list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.messages import Divider, FactLine, Facts, Link, Links, Message, Text
from bot.wording.keyfacts import ON_DEMAND
from bot.wording.phrases import known, say
from bot.wording.values import period, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.messages import Block
    from watchers.store.rows_promises import Tracked

MOST_DUE: Final = 5  # lines of a digest on what is due
MOST_NAMES: Final = 3
MOST_SOURCES: Final = 4  # reports of one promise that are linked
BRIEF: Final = 140  # code points of a sentence in a digest's line


def outcome(one: Tracked, lang: str, *, followers: tuple[str, ...] = ()) -> Message:
    """Write what is told of a promise that was kept or moved, or of which nobody said anything."""
    return Message(
        kind="update",
        notice=f"{head(one, lang)}. {shorten(one.promise.sentence, BRIEF)}",
        blocks=outcome_blocks(one, lang),
        lang=lang,
        thread=f"t{one.story}",
        mentions=followers,
    )


def head(one: Tracked, lang: str) -> str:
    """Return how a promise stands, such as "Moved: was due Dec 31, 2027, now Dec 31, 2028"."""
    ruling = one.ruling
    return say(
        f"told.{one.state}",
        lang,
        due=_day(one.until, lang),
        now=_day(ruling.new_due, lang) if ruling and ruling.new_due else "",
        day=_day(ruling.day, lang) if ruling else "",
    )


def outcome_blocks(one: Tracked, lang: str) -> tuple[Block, ...]:
    """Return how a promise stands, with its sentence and the one that decides, and where each stands."""
    blocks: list[Block] = [
        Text(text=head(one, lang)),
        Text(text=shorten(one.promise.sentence), tone="quote"),
        Links(label=say("promise_said", lang, day=_day(one.promise.day, lang)), links=_sources(one)),
    ]
    if one.ruling is not None:
        source = Link(text=f"{one.ruling.source} (a{one.ruling.entry})", url=one.ruling.link)
        reported = say("promise_ruled", lang, day=_day(one.ruling.day, lang))
        blocks += [
            Text(text=shorten(one.ruling.sentence), tone="quote"),
            Links(label=reported, links=(source,)),
        ]
    return (*blocks, Text(text=f"p{one.number} · t{one.story}", tone="small"))


def _sources(one: Tracked) -> tuple[Link, ...]:
    """Return the reports that tell a promise, the one that stands for it first."""
    first = Link(text=f"{one.promise.source} (a{one.entry})", url=one.link)
    others = (Link(text=f"{t.source} (a{t.entry})", url=t.link) for t in one.tellings)
    return tuple(dict.fromkeys((first, *others)))[:MOST_SOURCES]


def became_blocks(outcomes: Sequence[Tracked], lang: str) -> tuple[Block, ...]:
    """Return a digest's section on what became of promises; nothing without any."""
    if not outcomes:
        return ()
    told = (block for one in outcomes for block in outcome_blocks(one, lang))
    return (Divider(), Text(text=say("promises_became", lang)), *told)


def due_blocks(due: Sequence[Tracked], lang: str, *, count: int) -> tuple[Block, ...]:
    """Return a digest's section on what is due this month, of so many; nothing without any."""
    shown = due[:MOST_DUE]
    if not shown:
        return ()
    lines = Facts(lines=tuple(_due_line(one, lang) for one in shown))
    rest = count - len(shown)
    more = (Text(text=say("due_more", lang, count=rest), tone="small"),) if rest > 0 else ()
    return (Divider(), Text(text=say("due_month", lang)), lines, *more)


def _due_line(one: Tracked, lang: str) -> FactLine:
    return FactLine(
        label=_day(one.promise.due, lang),
        value=f"{shorten(one.promise.sentence, BRIEF)} · p{one.number} · t{one.story}",
        sentence="",
        mention="",
        source=Link(text=one.promise.source, url=one.link),
    )


def rows(one: Tracked, lang: str) -> tuple[FactLine, ...]:
    """Return a promise as a list shows it: who, what, due, how it stands, and the sentence that decided."""
    others = len({telling.entry for telling in one.tellings} - {one.entry})
    more = f" +{others}" if others else ""
    stands = say(f"promise.{one.state}", lang)
    line = FactLine(
        label=f"p{one.number} · {_day(one.promise.due, lang)} · {stands}",
        value=" · ".join([*_of(one, lang), f"t{one.story}"]),
        sentence=shorten(one.promise.sentence, ON_DEMAND),
        mention=one.promise.words if one.promise.words in one.promise.sentence[:ON_DEMAND] else "",
        source=Link(
            text=f"{one.promise.source} (a{one.entry}){more}, {_day(one.promise.day, lang)}", url=one.link
        ),
    )
    return (line, *_ruled(one, lang))


def _ruled(one: Tracked, lang: str) -> tuple[FactLine, ...]:
    ruling = one.ruling
    if ruling is None:
        return ()
    now = say("promise_now", lang, now=_day(ruling.new_due, lang)) if ruling.new_due else ""
    later = f"p{one.later}" if one.later else ""
    return (
        FactLine(
            label=say(f"promise.{one.state}", lang),
            value=" · ".join(part for part in (now or _day(ruling.day, lang), later) if part),
            sentence=shorten(ruling.sentence, ON_DEMAND),
            mention="",
            source=Link(text=f"{ruling.source} (a{ruling.entry}), {_day(ruling.day, lang)}", url=ruling.link),
        ),
    )


def _of(one: Tracked, lang: str) -> list[str]:
    """Return who promises and what, as far as names and deeds tell; the sentence tells the rest."""
    who = ", ".join([name for name, _ in one.called][:MOST_NAMES])
    deeds = (f"deed.{tag.removeprefix('deed:')}" for tag in one.promise.what if tag.startswith("deed:"))
    what = ", ".join(say(deed, lang) for deed in deeds if known(deed))
    return [part for part in (who, what, f"“{one.promise.words}”" if one.promise.words else "") if part]


def _day(of: date | None, lang: str) -> str:
    return period(of.isoformat(), lang) if of else ""
