"""Who stands behind a story, where reports differ, by which rates amounts compare: as records. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording.differing import stated
from bot.wording.rates import rate_line
from watchers.claims.exactly import known_more_exactly
from watchers.facts.rates import rate
from watchers.stories.claims import disagreements
from watchers.stories.origins import folded
from watchers.stories.reference import differing
from watchers.types import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.commands.tabular import Row
    from watchers.types import Disagreement, Entry, Side, Story

COMPARED: Final = "USD"  # the currency that limits are mostly set in
MOST_RATES: Final = 40  # of one story
_WHY: Final = {
    "copy": "copy",
    "credit": "credits it",
    "publisher": "same publisher",
    "state": "same state owner",
}


def origins_of(story: Story) -> list[Row]:
    """Return the independent origins with what was folded into each, and why."""
    return [
        {
            "name": one.origin.name,
            "label": one.label,
            "outlets": list(one.origin.outlets),
            "languages": list(one.langs),
            "folded": [{"outlet": outlet, "why": _WHY[why]} for outlet, why in one.outlets],
        }
        for one in folded(story.reports)
    ]


def disagreements_of(story: Story) -> list[Row]:
    """Return what the reports disagree on, each side with its outlets, articles, sentence and link."""
    return _differences(disagreements(story.reports), story)


def more_exactly_of(story: Story) -> list[Row]:
    """Return what one report gives roughly and another exactly, the rough side first."""
    return _differences(known_more_exactly(story.reports), story)


def reference_of(story: Story) -> list[Row]:
    """Return what reports say and our own data say otherwise, with our source and its date."""
    entries = _entries(story)
    return [
        {
            "kind": one.kind,
            "about": one.about,
            "said": one.said,
            "articles": _articles(one.entries, entries),
            "sentence": one.sentence,
            "ours": one.ours,
            "source": one.source,
            "link": one.link,
            "as_of": one.as_of,
        }
        for one in differing(story.reports)
    ]


def rates_of(story: Story) -> list[Row]:
    """Return for each amount in another currency the published rate that rules compare it by."""
    found: dict[tuple[str, str], Row] = {}
    for report in story.reports:
        for fact in report.facts:
            if not isinstance(fact.value, Money) or fact.value.currency == COMPARED:
                continue
            price = rate(fact.value.currency, COMPARED, report.entry.day)
            if price is None:
                continue
            found.setdefault(
                (str(fact.value), price.when),
                {
                    "article": f"a{report.entry.number}",
                    "amount": str(fact.value),
                    "when": price.when,
                    "source": price.source,
                    "told": rate_line(fact.value, price, "en"),
                },
            )
    return list(found.values())[:MOST_RATES]


def _differences(found: Sequence[Disagreement], story: Story) -> list[Row]:
    entries = _entries(story)
    return [
        {"about": one.about, "type": one.type, "sides": [_side(side, entries) for side in one.sides]}
        for one in found
    ]


def _side(side: Side, entries: Mapping[str, Entry]) -> Row:
    return {
        "value": side.value,
        "as_read": stated(side.facts[0], "en"),
        "outlets": list(dict.fromkeys(entries[key].outlet for key in side.entries)),
        "articles": _articles(side.entries, entries),
        "sentence": side.facts[0].sentence,
        "link": entries[side.entries[0]].link,
    }


def _articles(keys: Sequence[str], entries: Mapping[str, Entry]) -> list[str]:
    return [f"a{entries[key].number}" for key in keys]


def _entries(story: Story) -> dict[str, Entry]:
    return {report.entry.key: report.entry for report in story.reports}
