"""What somebody is quoted with, word for word; titles, nicknames and quoted terms are none."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.types import Fact, Words

if TYPE_CHECKING:
    from watchers.facts.passage import Passage

# The shortest quotation of a whole statement in each language; shorter ones are terms or names.
MIN_WORDS = 4
MIN_WORDS_INSIDE = 7
MIN_SIGNS_JA = 8
MAX_LENGTH = 1200

_QUOTED = re.compile(
    r"“([^“”\n]{1,1200})”|\"([^\"\n]{1,1200})\"|«([^«»\n]{1,1200})»|„([^„“”\n]{1,1200})[“”]|「([^「」\n]{1,1200})」"
)
# と after a quotation joins its speaker, unless what is quoted is only a name or a term.
_NAMED_JA = re.compile(
    r"と(?:いう|いった|は|も|の|か|なる|なった|称|題|銘打|名付|名づけ|呼|表記|書かれ|並|、)"
)
# A quoted statement has a predicate at its end.
_STATEMENT_JA = re.compile(r"(?:[るたいうくすむつぬぶぐだ]|ます|です|ない|べきだ|せん|か|ね|よ)[。」]?\Z")
_SPOKEN_JA = re.compile(
    r"(?:。|\Z|\n|と(?:述べ|語|話|強調|説明|指摘|明らか|訴え|答え|コメント|発言|主張|投稿|の(?:認識|考え|見方)|し(?:た|て)|して|期待|表明|伝え|書)|などと|と[^、。「」]{1,14}は?(?:述べ|語|話|強調|説明|指摘|明らか)|という(?:考え|認識)|。)"
)


def read_quotes(passage: Passage) -> list[Fact]:
    """Return the quotations without their marks and closing comma."""
    facts = []
    for match in _QUOTED.finditer(passage.text):
        index = match.lastindex or 1
        start, end = match.span(index)
        words = match.group(index)
        if index == 5:
            if len(words) < MIN_SIGNS_JA or not _is_spoken(passage.text, match.end(), words):
                continue
        elif len(words.split()) < _least_words(words) or _is_title(words):
            continue
        trimmed = words.rstrip(" ,.，。")
        start += len(words) - len(words.lstrip())
        end = match.start(index) + len(trimmed)
        if end > start:
            facts.append(passage.fact(start, end, "quote", Words(text=passage.text[start:end]), rule="quote"))
    return facts


def _is_spoken(text: str, end: int, words: str) -> bool:
    """Tell whether a Japanese quotation is somebody's words: by the verb after it, or as a statement before と."""
    if _SPOKEN_JA.match(text, end):
        return True
    return (
        text.startswith("と", end)
        and not _NAMED_JA.match(text, end)
        and _STATEMENT_JA.search(words) is not None
    )


def _least_words(words: str) -> int:
    """Return how many words a quotation needs: a part of a sentence, with a small letter first, needs more."""
    return MIN_WORDS_INSIDE if words.lstrip()[:1].islower() else MIN_WORDS


def _is_title(words: str) -> bool:
    """Tell whether every longer word has a capital, as in the title of a paper or an exercise."""
    longer = [word for word in words.split() if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer)
