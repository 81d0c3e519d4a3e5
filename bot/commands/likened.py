"""What `like` is given: a stored article, a story, an exemplar that was kept aside, or pasted text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.commands.exemplars_given import MOST_TITLE, article, as_entry, number_of
from bot.commands.replies import only, reply, story_named
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.errors import CommandError
from bot.messages import Text
from watchers.feeds.links import canonical

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.types import Entry, Exemplar

EXAMPLE: Final = "/watch like a1"
PASTE: Final = '/watch like "Headline and first paragraphs of the article"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Likened:
    """An article to find more of.

    `entry` is it as one that a feed brought, with number 0 if none did; `ref` is what it is called in
    commands, empty for pasted text until it is kept. `feeds` brought it.
    """

    ref: str
    exemplar: Exemplar
    entry: Entry
    story: int | None = None
    feeds: frozenset[int] = frozenset()


async def article_of(words: str, command: Command, desk: Desk) -> Likened:
    """Return the article that is meant. Raises CommandError for one nobody brought, and for too little."""
    kept = number_of(words)
    if kept is not None:
        return await _kept(kept, desk)
    bare = replace(command, options={})  # the words are what is meant, wherever they stood
    number = await _number(words, desk)
    why = await desk.store.find.why(number) if number is not None else None
    if why is None:
        one = await article(words, bare, desk)
        return Likened(ref="", exemplar=one, entry=as_entry(one, desk))
    return Likened(
        ref=f"a{number}",
        exemplar=await article(f"a{number}", bare, desk),
        entry=why.entry,
        story=why.story,
        feeds=frozenset({why.entry.feed, *(one.feed for one in why.sightings)}),
    )


async def _number(words: str, desk: Desk) -> int | None:
    """Return the stored article that words name, None if they name none. Raises CommandError for several."""
    if words[:1].lower() == "t" and words[1:].isdigit():
        return (await story_named(desk, words, example="/watch like t1")).lead.entry.number
    if "://" in words and not any(map(str.isspace, words)):
        link = words.strip("<>").partition("|")[0]
        found = await desk.store.find.entries(link) or await desk.store.find.entries(canonical(link))
        return found[0] if found else None
    found = await desk.store.find.entries(words) if len(words) <= MOST_TITLE else ()
    return only(found, words, what="article", letter="a", example=EXAMPLE) if found else None


async def _kept(number: int, desk: Desk) -> Likened:
    given = await desk.store.exemplars.get(desk.home, number)
    if given is None:
        raise CommandError(f"There is no exemplar x{number} here.", example="/watch exemplar list")
    return Likened(ref=f"x{number}", exemplar=given.exemplar, entry=as_entry(given.exemplar, desk))


async def kept_aside(likened: Likened, desk: Desk) -> Likened:
    """Keep a pasted article, out of use, so that a button can save it after a restart too."""
    if likened.ref:
        return likened
    one = likened.exemplar
    before = await desk.store.exemplars.alike(desk.home, one.text)
    row = next((given for given in before if given.removed and given.good and given.watch is None), None)
    row = row or await desk.store.exemplars.add(
        desk.home, title=one.title, text=one.text, lang=one.lang, by_name=desk.asker.name, in_use=False
    )
    return replace(likened, ref=f"x{row.number}")


def sheet() -> Reply:
    """Return the form that an article is pasted into, and the same in words for doors without one."""
    words = (
        "Give an article to find more of: its link, if a feed brought it, its number such as a88, a story "
        f"such as t7, or its text: {PASTE}"
    )
    form = Sheet(
        title="Watch for more like it",
        command="like",
        questions=(
            Question(
                name="text",
                label="The article",
                hint="Headline and first paragraphs; or its link or number",
                required=True,
                long=True,
            ),
            Question(name="name", label="Name", hint="Alerts give it as their reason"),
            Question(
                name="alert",
                label="What such an article does",
                value="usual",
                choices=(
                    Choice(label="alerts", value="usual"),
                    Choice(label="alerts at once, also in quiet hours", value="now"),
                    Choice(label="goes into the digest", value="digest"),
                ),
            ),
        ),
    )
    return Reply(message=reply(words, Text(text=words)), sheet=form)
