"""Play a reader who votes: label items of one half as the product would choose them, judge the other half."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.scoring.calibration import brier
from bot.scoring.measures import number, share, text
from bot.scoring.relevance import RELEVANT, average_precision
from watchers.relevance.decide import alerts
from watchers.relevance.taste import label, learn, terms_named, uncertainty

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.scoring.measures import Figure, Figures, Row
    from watchers.relevance.kinship import Kinship
    from watchers.relevance.taste import Label, Taste
    from watchers.types import Relevance, Report

ASKED: Final = 3  # every third label is one the product asks for; the others are votes on its alerts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who votes: on how many items, what for (grade 2 and 3, or 3 alone), and how chance falls."""

    votes: int
    seed: int = 1
    seeds: int = 1
    wanted: int = RELEVANT

    def wants(self, grade: int) -> bool:
        """Tell whether an item of a grade is voted for."""
        return grade >= self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A labelled item, as the product read it without votes."""

    row: Row
    report: Report
    terms: frozenset[str]

    @property
    def grade(self) -> int:
        """What people say it is worth, 0 to 3."""
        return int(number(self.row, "grade"))

    def seen_with(self, taste: Taste) -> Relevance:
        """Return its relevance after votes."""
        return taste.adjust(self.report.relevance, self.report.vector, self.terms)


def items_of(rows: Sequence[Row], reports: Sequence[Report], known: Kinship) -> list[Item]:
    """Put gold and reading together."""
    return [
        Item(row=row, report=report, terms=terms_named(report.mentions, known))
        for row, report in zip(rows, reports, strict=True)
    ]


def halves(items: Sequence[Item], seed: int) -> tuple[list[Item], list[Item]]:
    """Return the half that is voted on, in the order it comes in, and the half that is judged."""
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)
    middle = len(shuffled) // 2
    return shuffled[:middle], shuffled[middle:]


def vote(half: Sequence[Item], reader: Reader) -> Taste:
    """Let the reader vote, learning after each vote.

    Of three labels two are for the earliest alerts not voted on, as the product scores by then, and one for
    the item it is least sure of. Where nothing alerts it asks. A half that is too small ends it.
    """
    labels: list[Label] = []
    taste = learn(labels)
    left = list(half)
    while left and len(labels) < reader.votes:
        seen = [item.seen_with(taste) for item in left]
        alerting = [i for i, relevance in enumerate(seen) if alerts(relevance)]
        if alerting and len(labels) % ASKED != ASKED - 1:
            chosen = alerting[0]
        else:
            chosen = max(range(len(left)), key=lambda i: uncertainty(seen[i]))
        labels.append(_label(left.pop(chosen), reader))
        taste = learn(labels)
    return taste


def play(items: Sequence[Item], reader: Reader) -> tuple[list[tuple[Item, Relevance]], Figures]:
    """Return the judged half as it is seen after the votes of one seed, and its figures before and after."""
    voted, judged = halves(items, reader.seed)
    taste = vote(voted, reader)
    after = [(item, item.seen_with(taste)) for item in judged]
    before = [(item, item.report.relevance) for item in judged]
    return after, {
        "votes": float(len(taste.labels)),
        "voted_for": float(sum(one.wanted > 0.5 for one in taste.labels)),
        "judged": float(len(judged)),
        "before": _figures(before, reader.wants),
        "after": _figures(after, reader.wants),
    }


def spread(items: Sequence[Item], reader: Reader) -> Figures:
    """Return mean, least and most of every figure over `seeds` seeds, the first of which is `seed`."""
    runs = [
        play(items, Reader(votes=reader.votes, seed=reader.seed + n, wanted=reader.wanted))[1]
        for n in range(reader.seeds)
    ]
    found: Figures = {"votes": float(reader.votes), "seeds": float(reader.seeds)}
    for when in ("before", "after"):
        tables = [table for run in runs if isinstance(table := run[when], dict)]
        for name in tables[0] if tables else ():
            values = [float(value) for table in tables if isinstance(value := table[name], float)]
            found[f"{when}:{name}"] = {
                "mean": sum(values) / len(values),
                "least": min(values),
                "most": max(values),
            }
    return found


def _label(item: Item, reader: Reader) -> Label:
    return label(
        text(item.row, "id"),
        item.report.entry.title,
        item.report.relevance,
        item.report.vector,
        item.terms,
        wanted=float(reader.wants(item.grade)),
    )


def _figures(seen: Sequence[tuple[Item, Relevance]], wants: Callable[[int], bool]) -> dict[str, Figure]:
    ranked = [(relevance.score, item.grade) for item, relevance in seen]
    fired = [item.grade for item, relevance in seen if alerts(relevance)]
    hits = sum(map(wants, fired))
    return {
        "ap": average_precision(ranked, wants),
        "brier": brier([(value, wants(grade)) for value, grade in ranked]),
        "precision": share(hits, len(fired)),
        "recall": share(hits, sum(wants(grade) for _, grade in ranked)),
        "alerts": float(len(fired)),
    }
