"""Word the steps of an affair that lie before and after a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording.phrases import say
from bot.wording.values import period, shorten

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from watchers.store.rows_stories import Step
    from watchers.store.store import Rooms

MOST_TITLE: Final = 90  # code points of another story's headline


def step_line(step: Step, audience: Audience, *, phrase: str = "earlier") -> str:
    """Return "Earlier: t12 Contract signed (3 Mar 2026)"; with the phrase "later" what came after."""
    on = period(step.at.astimezone(audience.zone).date().isoformat(), audience.lang)
    return say(
        phrase,
        audience.lang,
        story=f"t{step.story}",
        headline=shorten(step.title, MOST_TITLE),
        day=on,
    )


async def earlier_line(rooms: Rooms, story: int, audience: Audience) -> str:
    """Return the line for the last step before a story, empty if it has none or that one was taken back."""
    steps = await rooms.storylines.earlier(story)
    if not steps or await rooms.retractions.is_retracted(steps[0].story):
        return ""
    return step_line(steps[0], audience)
