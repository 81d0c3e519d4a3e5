"""What a large installation's watches cost an entry."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

from watchers.matching.match import Watchlist, compile_watches, scan
from watchers.matching.words import searchable
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.matching.meets import Scope
    from watchers.text import Folded

PHRASES = 10_000
MOST_MILLISECONDS = 0.03  # an entry, for finding the terms of all watches
_SYLLABLES = ("ba", "ko", "ri", "ta", "nu", "şe", "lı", "mo", "den", "kar")
_WORDS = tuple("".join(three) for three in itertools.product(_SYLLABLES, repeat=3))
_TEXT = "The ministry weighs {} {} against an older {}, officials in the capital said on Tuesday. " * 8


def watchlist() -> Watchlist:
    pairs = itertools.islice(itertools.product(_WORDS, _WORDS[7:400:3]), PHRASES)
    watches = [
        Watch(number=n, channel=f"c{n % 50}", name="", expression=f'"{one} {two}"', kind="rule")
        for n, (one, two) in enumerate(pairs)
    ]
    return compile_watches(watches)


def test_ten_thousand_phrases_of_fifty_channels_cost_an_entry_next_to_nothing() -> None:
    watches = watchlist()
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
    best = min(_milliseconds(watches, articles, fields) for _ in range(9))
    assert [s.term.text for s in scan(articles[7], fields[7], watches, "en")] == [first]
    assert best <= MOST_MILLISECONDS


def _milliseconds(
    watches: Watchlist, articles: list[dict[Scope, str]], fields: list[dict[Scope, Folded]]
) -> float:
    began = time.process_time()
    for article, folded in zip(articles, fields, strict=True):
        scan(article, folded, watches, "en")
    return (time.process_time() - began) / len(articles) * 1000
