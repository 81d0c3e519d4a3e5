"""`facts`: every fact of a story or article, or of the archive, with its sentence and link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from bot.commands import pages
from bot.commands.replies import audience_of, only, reply
from bot.commands.times import moment_of
from bot.errors import CommandError
from bot.keyfacts import ON_DEMAND, written
from bot.messages import Facts, Heading, Link
from bot.phrases import say

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import StoredFact
    from watchers.types import FactType

_EXAMPLE: Final = "/watch facts t1"
MOST: Final = 400  # facts looked at; a story of fifty reports has about that many


async def answer(command: Command, desk: Desk) -> Message:
    """List the facts of what was named, or the newest of the archive."""
    audience = await audience_of(desk)
    wanted = cast("FactType | None", command.options.get("type"))
    since = moment_of(
        command, "since", audience, now=desk.clock.now(), example="/watch facts type:money since:7d"
    )
    words = " ".join(command.values)
    if not words and wanted is None and since is None:
        raise CommandError("Facts of what? Name a story, an article, or a type.", example=_EXAMPLE)
    name, found = await _found(words, wanted, desk)
    if since is not None:
        recent = await desk.store.stories.facts(kind=wanted, since=since, limit=MOST)
        found = recent if not words else tuple(f for f in found if f in set(recent))
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
    options = "".join(
        f" {key}:{value}" for key, value in command.options.items() if key not in {"page", "show"}
    )
    again = f"facts {name}{options}".replace("  ", " ")
    return reply(title, Heading(text=title), Facts(lines=lines), *pages.footer(page, again=again))


async def _found(words: str, wanted: FactType | None, desk: Desk) -> tuple[str, tuple[StoredFact, ...]]:
    """Return the short id of what was named and its facts; without words, the newest of the archive."""
    if not words:
        return "", await desk.store.stories.facts(kind=wanted, limit=MOST)
    is_article = words[:1].lower() == "a" and words[1:].isdigit()
    stories = () if is_article else await desk.store.find.stories(words)
    if len(stories) == 1:
        found = await desk.store.stories.facts(story_number=stories[0], kind=wanted, limit=MOST)
        return f"t{stories[0]}", found
    entries = await desk.store.find.entries(words)
    number = only(entries, words, what="story or article", letter="a", example=_EXAMPLE)
    return f"a{number}", await desk.store.stories.facts(entry_number=number, kind=wanted, limit=MOST)
