"""`facts`: every fact of a story or article, or of the archive, with its sentence and link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.commands import pages, stated
from bot.commands.expressions import names
from bot.commands.replies import audience_of, only, reply
from bot.commands.times import moment_of
from bot.errors import CommandError
from bot.messages import Facts, Heading, Link, Text
from bot.wording.keyfacts import ON_DEMAND, written
from bot.wording.phrases import say
from bot.wording.rates import rates_of
from watchers.matching.expression import Stated
from watchers.matching.stating import is_met, kinds_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.matching.known import Known
    from watchers.store.rows import StoredFact
    from watchers.types import FactType

_EXAMPLE: Final = "/watch facts t1"
_AMOUNT: Final = "/watch facts amount:>1bn buyer:Japan"
MOST: Final = 400  # facts looked at; a story of fifty reports has about that many
SIEVED: Final = 4000  # facts of the wanted types looked at where more is asked of them; a third of a second
RATES: Final = 3  # rates told beneath a page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of each fact, and of the other facts of its article."""

    terms: tuple[Stated, ...]
    buyer: Stated | None
    since: datetime | None

    @property
    def narrowed(self) -> bool:
        return bool(self.terms or self.buyer)


async def answer(command: Command, desk: Desk) -> Message:
    """List the facts of what was named, or the newest of the archive."""
    audience = await audience_of(desk)
    asked = _Asked(
        terms=_terms(command),
        buyer=_term("buyer", "=", command.options.get("buyer", "")),
        since=moment_of(
            command, "since", audience, now=desk.clock.now(), example="/watch facts type:money since:7d"
        ),
    )
    words = " ".join(command.values)
    if not words and not asked.narrowed and asked.since is None:
        raise CommandError("Facts of what? Name a story, an article, or a type.", example=_EXAMPLE)
    name, story, entry = await _named(words, desk)
    found = await _found(asked, story, entry, desk)
    if not found:
        raise CommandError(f"{name or 'The archive'} states no such fact.", example=_EXAMPLE)
    page = pages.chosen(command, len(found), example="/watch facts t1 page:2")
    title = say("facts_of", audience.lang, name=name) if name else say("facts_newest", audience.lang)
    shown = found[page.start : page.start + pages.ROWS]
    lines = written(
        ((one.fact, Link(text=f"{one.outlet} (a{one.entry})", url=one.link)) for one in shown),
        audience.lang,
        quote=ON_DEMAND,
    )
    rates = dict.fromkeys(
        line for one in shown for line in rates_of(asked.terms, one.fact, one.day, audience.lang)
    )
    small = (Text(text=line, tone="small") for line in list(rates)[:RATES])
    return reply(
        title,
        Heading(text=title),
        Facts(lines=lines),
        *small,
        *pages.footer(page, again=_again(name, command), lang=audience.lang),
        lang=audience.lang,
    )


def _terms(command: Command) -> tuple[Stated, ...]:
    kind, amount = command.options.get("type"), command.options.get("amount")
    terms = [_term("type", "=", kind)] if kind else []
    if amount is not None:
        sign = amount[: len(amount) - len(amount.lstrip("<>=≤≥"))]
        if not sign:
            raise CommandError(
                "amount takes a sign and an amount, such as >1bn.",
                nearest=f"amount:>{amount}",
                example=_AMOUNT,
            )
        terms.append(_term("amount", sign, amount[len(sign) :]))
    return tuple(term for term in terms if term is not None)


def _term(field: str, sign: str, value: str) -> Stated | None:
    """Return a term of an option; None without a value."""
    if not value and sign == "=":
        return None
    try:
        read = stated.expression_of(f'fact:{field}{sign}"{value}"')
    except CommandError as error:
        raise CommandError(error.message, example=_AMOUNT) from error
    if not isinstance(read, Stated):
        raise CommandError(f"{field} takes one value here.", example=_AMOUNT)
    return read


async def _named(words: str, desk: Desk) -> tuple[str, int | None, int | None]:
    """Return the short id of what was named, and the number of the story or else of the article."""
    if not words:
        return "", None, None
    is_article = words[:1].lower() == "a" and words[1:].isdigit()
    stories = () if is_article else await desk.store.find.stories(words)
    if len(stories) == 1:
        return f"t{stories[0]}", stories[0], None
    entries = await desk.store.find.entries(words)
    number = only(entries, words, what="story or article", letter="a", example=_EXAMPLE)
    return f"a{number}", None, number


async def _found(asked: _Asked, story: int | None, entry: int | None, desk: Desk) -> tuple[StoredFact, ...]:
    """Return the facts that are asked for, newest article first."""
    kinds: set[FactType] = {kind for term in asked.terms for kind in kinds_of(term)}
    for term in asked.terms:
        kinds &= {*kinds_of(term)}
    if asked.terms and not kinds:
        return ()
    facts = desk.store.stories.facts
    limit = SIEVED if asked.narrowed else MOST
    found = await facts(
        story_number=story, entry_number=entry, kinds=tuple(kinds), since=asked.since, limit=limit
    )
    if not asked.narrowed:
        return found
    known = await names(desk)
    kept = tuple(one for one in found if all(_meets(term, one, known) for term in asked.terms))
    if asked.buyer is None:
        return kept
    parties = await facts(
        story_number=story, entry_number=entry, kind="party", since=asked.since, limit=limit
    )
    theirs = {one.entry for one in parties if _meets(asked.buyer, one, known)}
    return tuple(one for one in kept if one.entry in theirs)


def _meets(term: Stated, one: StoredFact, known: Known) -> bool:
    return is_met(term, one.fact, day=one.day, known=known)


def _again(name: str, command: Command) -> str:
    """Return the command without its page, as a button asks it again."""
    options = "".join(
        f' {key}:"{value}"' if " " in value else f" {key}:{value}"
        for key, value in command.options.items()
        if key not in {"page", "show"}
    )
    return f"facts {name}{options}".replace("  ", " ")
