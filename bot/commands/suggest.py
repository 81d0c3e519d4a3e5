"""Find what a person means by an id or a part of a name, and offer what fits while they type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.parse import shown
from bot.commands.request import Choice
from bot.errors import CommandError
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchers.store.store import Store
    from watchers.store.suggest import Suggested

MOST: Final = 25  # choices that Discord shows
LOOKED: Final = 200  # of the newest changes; an older one is taken back by its id
_KINDS: Final[Mapping[str, Suggested]] = {
    "source": "source",
    "rule": "rule",
    "story": "story",
    "other": "story",
    "article": "article",
    "mute": "mute",
    "digest": "digest",
}


async def choices(store: Store, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
    """Return at most 25 things of a kind ("source", "rule", "story" …) whose name has the words.

    A kind of which nothing can be offered gives none.
    """
    if what.lower() == "change":
        return await _changes(store, words, channel)
    here = await store.channels.get(channel)
    home = here.bound_to or channel if here else channel
    if what.lower() == "exemplar":
        given = [(f"x{one.number}", one.exemplar.title) for one in await store.exemplars.listed(home)]
        return _fitting([Choice(label=f"{ref} {title}", value=ref) for ref, title in reversed(given)], words)
    kind = _KINDS.get(what.lower())
    if kind is None:
        return ()
    found = await store.find.suggest(kind, channel if kind == "digest" else home, words, MOST)
    hidden = set[str]()
    if kind == "rule" and here is not None and here.public:  # whoever types may be an outsider
        hidden = {f"r{one.watch.number}" for one in await store.watches.listed(home) if one.watch.internal}
    return tuple(Choice(label=one.label, value=one.value) for one in found if one.value not in hidden)


async def _changes(store: Store, words: str, channel: str) -> tuple[Choice, ...]:
    """Return the channel's own changes that can still be taken back, the newest first."""
    labelled = [
        Choice(label=f"u{one.number} {one.asker_name or 'Somebody'} {one.line}", value=f"u{one.number}")
        for one in await store.audits.listed(channel, limit=LOOKED)
        if one.undo and one.undone_at is None
    ]
    return _fitting(labelled, words)


def _fitting(offered: Sequence[Choice], words: str) -> tuple[Choice, ...]:
    wanted = fold(words.strip())
    return tuple(one for one in offered if wanted in fold(one.label))[:MOST]


def pick(found: Sequence[int], names: Mapping[int, str], words: str, *, what: str, letter: str) -> int:
    """Return the one number found; `names` are those of all such things here.

    Raises CommandError for none, with the nearest name, and for several, which it names.
    """
    here = [number for number in found if number in names]
    if len(here) == 1:
        return here[0]
    listing = f"/watch {what} list"
    if here:
        several = ", ".join(f"{names[n]} ({letter}{n})" for n in here)
        raise CommandError(
            f'"{shown(words)}" fits several: {several}.',
            nearest=f"{letter}{here[0]}",
            example=f"/watch {what} show {letter}{here[0]}" if what in {"source", "rule"} else listing,
            typed=words,
        )
    near = values.nearest(words, names.values())
    number = next((n for n, name in names.items() if name == near), None) if near else None
    raise CommandError(
        f'There is no {what} "{shown(words)}" here.',
        nearest=f"{near} ({letter}{number})" if number is not None else "",
        example=f"/watch {what} show {letter}{number}"
        if number is not None and what in {"source", "rule"}
        else listing,
        typed=words,
    )
