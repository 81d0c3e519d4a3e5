"""Word where reports of a story differ, from each other or from our own data; never who is right. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.messages import Text
from bot.wording.phrases import known, say
from bot.wording.values import label, period, value
from watchers.claims.exactly import known_more_exactly
from watchers.stories.claims import disagreements
from watchers.stories.reference import differing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.messages import Block
    from watchers.stories.reference import Differing
    from watchers.types import Disagreement, Entry, Fact, Side, Story

MOST_DIFFERING: Final = 3  # disagreements on a card; more are on demand
MOST_EXACT: Final = 2  # values known more exactly on a card
MOST_REFERENCE: Final = 2
MOST_SIDES: Final = 4


def differences(story: Story, lang: str, *, whole: bool = False, of: str = "") -> list[Block]:
    """Return a line for each thing that a reader should know the reports differ on, disagreements first.

    A card has the first ones alone; `whole` gives all that are looked for, and `of`, an entry's key, those
    that this report has a part in.
    """
    by_key = {report.entry.key: report.entry for report in story.reports}
    apart = [one for one in disagreements(story.reports) if _has_part(of, one.sides)]
    shown = apart if whole else apart[:MOST_DIFFERING]
    blocks: list[Block] = [Text(text=disagreement(one, by_key, lang), tone="warning") for one in shown]
    if len(apart) > len(shown):
        more = say("differ_more", lang, count=len(apart) - len(shown), story=f"t{story.number}")
        blocks.append(Text(text=more, tone="small"))
    ours = [one for one in differing(story.reports) if _has_part(of, (one,))]
    blocks += [
        Text(text=against_ours(one, by_key, lang), tone="warning")
        for one in (ours if whole else ours[:MOST_REFERENCE])
    ]
    exact = [one for one in known_more_exactly(story.reports) if _has_part(of, one.sides)]
    blocks += [
        Text(text=more_exactly(one, by_key, lang), tone="small")
        for one in (exact if whole else exact[:MOST_EXACT])
    ]
    return blocks


def _has_part(key: str, sides: Sequence[Side] | tuple[Differing]) -> bool:
    return not key or any(key in side.entries for side in sides)


def disagreement(one: Disagreement, by_key: Mapping[str, Entry], lang: str) -> str:
    """Return "The reports differ on deal value: A reports €30M; B reports €45M"."""
    return _overtaken(one, by_key, lang) or say(
        "disagree", lang, about=about(one, lang), sides=_sides("side", one, by_key, lang)
    )


def more_exactly(one: Disagreement, by_key: Mapping[str, Entry], lang: str) -> str:
    """Return "Known more exactly (total): A gives more than $5.5B; B gives $7.154B"."""
    return _overtaken(one, by_key, lang) or say(
        "exactly", lang, about=about(one, lang), sides=_sides("gives", one, by_key, lang)
    )


def _overtaken(one: Disagreement, by_key: Mapping[str, Entry], lang: str) -> str:
    """Return "A now reports €45M (deal value), before €30M" of one outlet's reports; empty for several's."""
    outlets = {by_key[key].outlet for side in one.sides for key in side.entries}
    ages = [max(by_key[key].when for key in side.entries) for side in one.sides]
    if len(outlets) > 1 or ages.count(max(ages)) > 1:
        return ""
    now = one.sides[ages.index(max(ages))]
    before = [stated(side.facts[0], lang) for side in one.sides if side is not now]
    return say(
        "now_reports",
        lang,
        outlet=outlets.pop(),
        about=about(one, lang),
        value=stated(now.facts[0], lang),
        before=("、" if lang == "ja" else ", ").join(before[-MOST_SIDES:]),
    )


def against_ours(one: Differing, by_key: Mapping[str, Entry], lang: str) -> str:
    """Return what a report says of a maker or office holder beside our data, with their date and source."""
    return say(
        f"reference_{one.kind}",
        lang,
        outlet=_outlets(one.entries, by_key, lang),
        about=one.about,
        said=one.said,
        ours=one.ours,
        when=period(one.as_of, lang),
        source=one.source,
    )


def about(one: Disagreement, lang: str) -> str:
    """Return what the values are of, in a channel's language."""
    phrase = f"on.{one.about}"
    if known(phrase):
        return say(phrase, lang)
    words = label(one.sides[0].facts[0], lang)
    return words[:1].lower() + words[1:]


def stated(fact: Fact, lang: str) -> str:
    """Return a value with its bound, and who said it in brackets: "about €30M (said by the ministry)"."""
    whole = value(fact, lang)
    bare = value(replace(fact, said_by="", hedge="stated", rule=""), lang)
    notes = whole.removeprefix(bare).strip(" ·").replace(" · ", "、" if lang == "ja" else ", ")
    return say("labelled", lang, origin=bare, label=notes) if notes else bare


def _sides(phrase: str, one: Disagreement, by_key: Mapping[str, Entry], lang: str) -> str:
    told = [_side(phrase, side, by_key, lang) for side in one.sides[:MOST_SIDES]]
    rest = len(one.sides) - len(told)
    joint = "；" if lang == "ja" else "; "
    return joint.join([*told, *([say("more", lang, count=rest)] if rest else [])])


def _side(phrase: str, side: Side, by_key: Mapping[str, Entry], lang: str) -> str:
    outlets = _outlets(side.entries, by_key, lang)
    return say(phrase, lang, outlet=outlets, value=stated(side.facts[0], lang))


def _outlets(entries: Sequence[str], by_key: Mapping[str, Entry], lang: str) -> str:
    """Return the outlet of the first of these reports, and how many others there are."""
    names = list(dict.fromkeys(by_key[key].outlet for key in entries))
    return names[0] if len(names) == 1 else say("outlets", lang, outlet=names[0], count=len(names) - 1)
