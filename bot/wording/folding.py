"""Word who stands behind a story: its independent origins, what was folded into them, who owns them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from babel import Locale

from bot.wording.phrases import say
from bot.wording.values import period
from watchers.stories.origins import folded
from watchers.stories.outlets import shipped_outlets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.stories.origins import Folded
    from watchers.types import Story

MOST_ORIGINS: Final = 8  # named in a line; the rest are counted
MOST_FOLDED: Final = 4  # outlets named of one origin
MOST_LANGUAGES: Final = 5
MOST_BEHIND: Final = 8  # outlets whose owner is told on demand


def confirmation(story: Story, lang: str) -> str:
    """Return how many independent origins report a story, and which; one alone leaves it unconfirmed."""
    return _counted(folded(story.reports), lang)


def standing_lines(story: Story, lang: str) -> tuple[str, ...]:
    """Return the same with who was first, and where anything was folded a line that says what."""
    independent = folded(story.reports)
    first = say("first", lang, outlet=story.lead.entry.outlet)
    folds = [_fold(one, lang) for one in independent if one.outlets or len(one.langs) > 1]
    lines = [f"{_counted(independent, lang)} · {first}"]
    if folds:
        joint = "；" if lang == "ja" else "; "
        lines.append(say("folded", lang, folds=joint.join(_some(folds, MOST_ORIGINS, lang))))
    return tuple(lines)


def behind(story: Story, lang: str) -> tuple[str, ...]:
    """Return a line for each outlet of a story whose owner our file knows, with who says so and when."""
    outlets = shipped_outlets()
    entries = (report.entry for report in story.reports)
    known = dict.fromkeys(outlets.find(entry.outlet, entry.link) for entry in entries)
    return tuple(
        say(
            "behind",
            lang,
            outlet=one.name,
            tier=say(f"tier.{one.tier}", lang),
            ownership=say(f"ownership.{one.ownership}", lang),
            owner=one.owner,
            source=(urlsplit(one.source).hostname or one.source).removeprefix("www."),
            day=period(one.seen, lang),
        )
        for one in [one for one in known if one is not None][:MOST_BEHIND]
    )


def language_name(code: str, lang: str) -> str:
    """Return a language's name in another language, the code itself where it has none."""
    return str(Locale.parse(lang).languages.get(code, code))


def _counted(independent: Sequence[Folded], lang: str) -> str:
    names = _list([_name(one, lang) for one in independent], MOST_ORIGINS, lang)
    if len(independent) == 1:
        return say("origins_one", lang, names=names)
    return say("origins", lang, count=len(independent), names=names)


def _name(one: Folded, lang: str) -> str:
    if not one.label:
        return one.origin.name
    return say("labelled", lang, origin=one.origin.name, label=say(f"label.{one.label}", lang))


def _fold(one: Folded, lang: str) -> str:
    """Return "Reuters with Coast Post (copy)", or in which languages one text came."""
    name = one.origin.name
    if len(one.langs) > 1:
        languages = _list([language_name(code, lang) for code in one.langs], MOST_LANGUAGES, lang)
        name = say("fold_languages", lang, origin=name, languages=languages)
    if not one.outlets:
        return name
    told = [say(f"fold_{why}", lang, outlet=outlet) for outlet, why in one.outlets]
    return say("fold", lang, origin=name, outlets=_list(told, MOST_FOLDED, lang))


def _list(told: Sequence[str], most: int, lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(_some(told, most, lang))


def _some(told: Sequence[str], most: int, lang: str) -> list[str]:
    """Return the first of these, and how many more there are."""
    rest = len(told) - most
    return [*told[:most], *([say("more", lang, count=rest)] if rest > 0 else [])]
