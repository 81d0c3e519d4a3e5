"""Say how many of something there are; in English with the noun to match, which other languages need not."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return "1 feed", "2 feeds", "1 story", "2,300 stories"; `noun` is given for one, regular nouns only."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def counted_in(lang: str, number: int, noun: str) -> str:
    """Return the number for a phrase of that language, which in English brings its noun along."""
    return str(number) if lang in {"tr", "ja"} else counted(number, noun)
