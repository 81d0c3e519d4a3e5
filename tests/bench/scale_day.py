"""How a day's polls are spread over its hours: the real intervals of a sample of feeds, without a database.

`python -m tests.bench.scale_day [--feeds 1000]`: polls a second as if there were a hundred thousand feeds.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Final

from tests.bench.scale_desk import EVERY, START, rhythms
from watchers.feeds.due import next_poll_at, scale
from watchers.types import Feed

FEEDS: Final = 100_000
DAY: Final = timedelta(days=1)


def by_hour(feeds: int, random: Random) -> Counter[int]:
    """Return how often so many feeds are asked in each hour of a day."""
    known = rhythms(feeds, random)
    factor = scale(known, EVERY)
    found: Counter[int] = Counter()
    for number, rhythm in enumerate(known, start=1):
        feed = Feed(number=number, url="", name="", every=EVERY, rhythm=rhythm)
        at = START - DAY * random.random() / 6  # four hours are the longest interval
        while at < START + DAY:
            at = next_poll_at(feed, None, now=at, jitter=random.random(), scale=factor) or START + DAY
            if START <= at < START + DAY:
                found[at.hour] += 1
    return found


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1_000)
    asked = parser.parse_args()
    hours = by_hour(asked.feeds, Random(1))
    a_second = {hour: count / 3600 * FEEDS / asked.feeds for hour, count in sorted(hours.items())}
    total = sum(hours.values())
    sys.stdout.write(
        f"{total / asked.feeds:.1f} polls a feed and day; a second for {FEEDS} feeds: mean "
        f"{total / 86_400 * FEEDS / asked.feeds:.0f}, least {min(a_second.values()):.0f}, "
        f"most {max(a_second.values()):.0f}\n"
        + " ".join(f"{hour}h {rate:.0f}" for hour, rate in a_second.items())
        + "\n"
    )


if __name__ == "__main__":
    main()
