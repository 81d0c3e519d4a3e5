"""A feed with news that no two runs share, so that each item becomes a story of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from tests.feedserver import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

CONSONANTS: Final = "bdfghjklmnprstvz"
VOWELS: Final = "aeiou"
# Sentences of different words: names alone, drawn by chance, at times sound alike.
HEADLINES: Final = (
    "{a} buys the hull {token} that {b} built in {c}",
    "Fire damages hull {token} at the {c} dock of {b}, says {a}",
    "Why {a} insures hull {token} twice: a letter from {c} to {b}",
    "{c} court orders {a} to scrap hull {token}; {b} appeals",
    "Divers of {b} find hull {token} off {c}, three years after {a} lost her",
    "{a} paints hull {token} white for the queen of {c}, and {b} pays",
    "Strike at {b} stops hull {token}: {a} looks for welders in {c}",
    "A museum in {c} wants hull {token}, which {a} leased from {b}",
)


def fresh_items(tokens: Sequence[str], random: Random) -> Answer:
    """Return a feed with one item for each token."""
    items = "".join(_item(token, random) for token in tokens)
    body = f'<rss version="2.0"><channel><title>Harbour Gazette</title>{items}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


def _item(token: str, random: Random) -> str:
    def name() -> str:
        return "".join(random.choice(CONSONANTS) + random.choice(VOWELS) for _ in range(4)).title()

    at = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
    a, b, c = name(), name(), name()
    title = random.choice(HEADLINES).format(a=a, b=b, c=c, token=token)
    return (
        f"<item><guid>{token}</guid><link>https://harbour.example/{token}</link>"
        f"<title>{title}</title><description>{name()} told {name()} about {token}.</description>"
        f"<pubDate>{at}</pubDate></item>"
    )
