"""Open stories are found by what they share, and forgotten in whatever order they close."""

from __future__ import annotations

from tests.watchers.stories.story_builders import make_report, plain_closeness
from watchers.stories.nearest import LATEST, Nearest


def test_a_story_whose_words_later_ones_took_closes_last() -> None:
    closeness = plain_closeness()
    reading = closeness.read(make_report("Frigates for Norway"))
    nearest = Nearest(closeness)
    stories = range(1, LATEST + 2)
    for number in stories:
        nearest.add(number, reading)
    for number in reversed(stories):
        nearest.remove(number)
    assert nearest.candidates(reading, by_meaning=5, by_tokens=5) == ()
    nearest.add(1, reading)
    assert nearest.candidates(reading, by_meaning=5, by_tokens=5) == (1,)
