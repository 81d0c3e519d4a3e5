"""Score who says each fact and how firmly: speakers, hedges, attributed claims that are shown as plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.scoring.matching import name_equal, normal
from bot.scoring.measures import Figure, Row, share, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

LINK: Final = " < "  # between a speaker and where the words were said, innermost first
PLAIN: Final = "stated"
# What an article and a preposition add to a name is not part of it.
_LOOSE: Final = frozenset("the a an of for in by to its his her their".split())  # noqa: SIM905 - a list of words


class Attributed(NamedTuple):
    """How many credited facts have a speaker or a hedge in gold, and how many of those were got right."""

    spoken: int = 0
    spoken_right: int = 0
    hedged: int = 0
    hedged_right: int = 0
    doubtful: int = 0  # with a speaker, or a hedge other than PLAIN
    shown_plain: int = 0  # of those, predicted with neither

    def plus(self, other: Attributed) -> Attributed:
        """Return the sum of two."""
        return Attributed(*(a + b for a, b in zip(self, other, strict=True)))

    def figures(self) -> dict[str, Figure]:
        """Return the three shares, each with what it is a share of."""
        return {
            "said_by": {"n": self.spoken, "right": share(self.spoken_right, self.spoken)},
            "hedge": {"n": self.hedged, "right": share(self.hedged_right, self.hedged)},
            "attributed_shown_plain": {
                "n": self.doubtful,
                "shown": self.shown_plain,
                "share": share(self.shown_plain, self.doubtful),
            },
        }


def attributed(pairs: Iterable[tuple[Row, Row]]) -> Attributed:
    """Count over predictions and the gold facts that they are credited for."""
    total = Attributed()
    for said, gold in pairs:
        speaker, hedge = text(gold, "said_by"), text(gold, "hedge")
        doubtful = bool(speaker) or hedge not in ("", PLAIN)
        plain = not text(said, "said_by") and text(said, "hedge") in ("", PLAIN)
        total = total.plus(
            Attributed(
                spoken=bool(speaker),
                spoken_right=any(speaker_equal(text(said, "said_by"), one) for one in _readings(gold)),
                hedged=bool(hedge),
                hedged_right=bool(hedge) and (text(said, "hedge") or PLAIN) == hedge,
                doubtful=doubtful,
                shown_plain=doubtful and plain,
            )
        )
    return total


def _readings(gold: Row) -> tuple[str, ...]:
    """Return who says a gold fact and its `said_by_also`, readings as right; empty if nobody does."""
    speaker = text(gold, "said_by")
    return (speaker, *texts(gold, "said_by_also")) if speaker else ()


def speaker_equal(said: str, wanted: str) -> bool:
    """Tell whether two chains share a speaker or source: all words of the shorter name in the longer."""
    return any(
        name_equal(_bare(one), _bare(other)) for one in said.split(LINK) for other in wanted.split(LINK)
    )


def _bare(name: str) -> str:
    words = normal(name).split()
    return " ".join(word for word in words if word not in _LOOSE) or " ".join(words)
