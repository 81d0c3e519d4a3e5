"""Put the tests that take long first, so that no process is left alone with one when the others are done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

# Seconds that the tests of a folder, or of a file, take together in a plain run of four processes. What
# shares something made once for a process (a model's vectors, a browser) is one line, so that few processes
# make it. What holds how soon commands are acknowledged and a bot stops is not here: at the start the machine
# is at its busiest.
LONG: Final = {
    "tests/faults/": 120,
    "tests/contracts/store/": 110,
    "tests/browser/": 60,
    "tests/watchers/relevance/": 100,
    "tests/watchers/store/": 55,
    "tests/bot/operating/test_redaction.py": 15,
    "tests/bot/platforms/test_wire.py": 15,
    "tests/walks/test_walk_demo.py": 22,
    "tests/walks/test_walk_newsroom.py": 45,
    "tests/walks/test_four_doors.py": 20,
    "tests/docs/test_docs_walked.py": 20,
    "tests/watchers/stories/test_stories_evals.py": 16,
    "tests/walks/test_walk_gloss.py": 14,
    "tests/watchers/pages/": 10,
    "tests/walks/test_walk_chat.py": 10,
    "tests/walks/test_walk_real_feeds.py": 20,
    "tests/watchers/feeds/test_hostile_endpoints.py": 30,
    "tests/watchers/stories/test_stories_floods.py": 12,
    "tests/walks/test_walk_forms.py": 10,
}


def long_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """Return the tests so that each process, given as many in a row as any other, begins with long ones."""
    groups: dict[str, list[pytest.Item]] = {place: [] for place in LONG}
    short: list[pytest.Item] = []
    for item in items:
        place = next((place for place in LONG if item.nodeid.startswith(place)), None)
        (short if place is None else groups[place]).append(item)
    begins: list[list[pytest.Item]] = [[] for _ in range(processes)]
    seconds = [0] * processes
    for place, group in groups.items():
        least = seconds.index(min(seconds))
        begins[least] += group
        seconds[least] += LONG[place] if group else 0
    ordered: list[pytest.Item] = []
    for n, begin in enumerate(begins):
        size = (len(items) - len(ordered)) // (processes - n)  # as xdist's worksteal deals them out
        fill = max(0, size - len(begin))
        ordered += [*begin, *short[:fill]]
        short = short[fill:]
    return [*ordered, *short]
