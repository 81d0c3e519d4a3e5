"""What a large installation's watches cost an entry: hardly more than a small one's."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.cpu import growth
from watchers.matching.match import Watchlist, compile_watches, scan
from watchers.matching.words import searchable
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.matching.meets import Scope

PHRASES = 10_000
FEW = PHRASES // 100
# How many times the processor time of FEW all PHRASES may take: 1.3 when measured, as all are looked for at
# once; looked for one by one, a hundred times as many take nearly a hundred times as long.
MOST_GROWTH = 10
_SYLLABLES = ("ba", "ko", "ri", "ta", "nu", "şe", "lı", "mo", "den", "kar")
_WORDS = tuple("".join(three) for three in itertools.product(_SYLLABLES, repeat=3))
_TEXT = "The ministry weighs {} {} against an older {}, officials in the capital said on Tuesday. " * 8


def watchlist(phrases: int) -> Watchlist:
    pairs = itertools.islice(itertools.product(_WORDS, _WORDS[7:400:3]), phrases)
    watches = [
        Watch(number=n, channel=f"c{n % 50}", name="", expression=f'"{one} {two}"', kind="rule")
        for n, (one, two) in enumerate(pairs)
    ]
    return compile_watches(watches)


def test_ten_thousand_phrases_of_fifty_channels_cost_an_entry_next_to_nothing() -> None:
    watches = watchlist(PHRASES)
    assert watches.scanner.patterns == PHRASES
    texts = [
        _TEXT.format(*(_WORDS[(n * 37 + place * 11) % len(_WORDS)] for place in range(24)))
        for n in range(200)
    ]
    first = watches.watches[4_321].watch.expression.strip('"')
    texts[7] += first
    articles: list[dict[Scope, str]] = [
        {"title": text[:80], "summary": text[80:300], "body": text[300:]} for text in texts
    ]
    fields = [{scope: searchable(text) for scope, text in article.items()} for article in articles]

    def scan_all(watches: Watchlist) -> None:
        for article, folded in zip(articles, fields, strict=True):
            scan(article, folded, watches, "en")

    assert [s.term.text for s in scan(articles[7], fields[7], watches, "en")] == [first]
    assert growth(scan_all, watchlist(FEW), watches, under=MOST_GROWTH) < MOST_GROWTH
