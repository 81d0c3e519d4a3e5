"""Tell whether a sentence that a model worded says nothing but what a story's stored facts say. Pure.

The sentence comes as the reader that reads everything else reads it. Every figure, name
and state in it has to be one of the facts'; who says so must not be lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.language_model.faithful import is_plain
from watchers.facts.numbers import numbers
from watchers.revisions import figures
from watchers.stories.novelty import same_wording, says_the_same
from watchers.text import fold, is_cjk
from watchers.types import Named, Person, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.lens import Gist
    from watchers.types import Fact

Key = tuple[str, str]  # a fact's type and value, as words

_NAMES: Final = ("per:", "org:", "pla:", "loc:")
_DATES: Final = frozenset({"date", "delivery_deadline"})
_DOUBTED: Final = frozenset({"reported", "alleged", "expected", "denied"})
# What a sentence may begin with although it is written with a capital there and is no name.
_BEGINNINGS: Final = frozenset(
    "a an the it its this these both in on by under with for bu bir her iki ve ile".split()  # noqa: SIM905 - words
)
_CAPITALISED: Final = re.compile(r"[^\W\d_][\w’'&.-]*")
_FOREIGN: Final = re.compile(r"[ァ-ヺー]{2,}|[A-Za-z][A-Za-z0-9-]*")  # names and loan words amid Japanese


def backing(sentence: Gist, facts: Sequence[Fact], *, source: str) -> frozenset[Key]:
    """Return the stored facts that a sentence states, empty if it states none or anything beside them.

    `sentence` is what is read of the sentence as a headline; `facts` are the story's; `source` holds
    its texts, whose small words are no names.
    """
    text = sentence.entry.title
    if not sentence.facts or not is_plain(text, of="") or is_cjk(text) != (sentence.entry.lang == "ja"):
        return frozenset()
    found: set[Key] = set()
    for fact in sentence.facts:
        behind = next((one for one in facts if _backs(one, fact)), None)
        if behind is None:
            return frozenset()
        found.add(key(behind))
    words = _said(facts)
    if _has_other_figures(sentence, facts) or _has_other_names(sentence, facts, words, source):
        return frozenset()
    return frozenset(found)


def key(fact: Fact) -> Key:
    """Return what a fact is known by when it is looked for again."""
    return fact.type, str(fact.value)


def _backs(stored: Fact, told: Fact) -> bool:
    """Tell whether a stored fact says what a sentence says: as much, in that role, and as firmly."""
    if stored.type != told.type and not {stored.type, told.type} <= _DATES:
        return False
    if type(stored.value) is not type(told.value) or stored.bound != told.bound:
        return False
    if isinstance(told.value, Words) and told.type != "status" and not _same_words(stored, told):
        return False
    if told.role not in {"", stored.role} or not says_the_same(stored, told):
        return False
    firmer = stored.hedge in _DOUBTED and told.hedge != stored.hedge
    unsaid = bool(stored.said_by) and not told.said_by
    other = bool(told.said_by) and fold(told.said_by) != fold(stored.said_by)
    return not (firmer or unsaid or other)


def _same_words(stored: Fact, told: Fact) -> bool:
    """Tell whether words can be held against each other; a quotation has to be a part of the stored one."""
    if told.type == "quote" and fold(str(told.value)) not in fold(str(stored.value)):
        return False
    if told.type == "meeting" and not same_wording(stored, told):  # its kind and names alone are no words
        return False
    return is_cjk(stored.mention) == is_cjk(told.mention)


def _said(facts: Sequence[Fact]) -> frozenset[str]:
    """Return the words of the facts' mentions, values and sources, folded."""
    return frozenset(
        word
        for fact in facts
        for text in (fact.mention, str(fact.value), fact.said_by)
        for word in re.findall(r"\w+", fold(text))
    )


def _has_other_figures(sentence: Gist, facts: Sequence[Fact]) -> bool:
    """Tell whether a number stands in a sentence that no fact of it covers and no stored fact has."""
    text = sentence.entry.title
    known = {one for fact in facts for words in (fact.mention, str(fact.value)) for one in figures(words)}
    rest = list(text)
    for fact in sentence.facts:
        if fact.type != "quote":
            rest[fact.start : fact.end] = " " * (fact.end - fact.start)
    left = "".join(rest)
    spelt = any(number.spelt for number in numbers(left, sentence.entry.lang))
    return spelt or any(one not in known for one in figures(left))


def _has_other_names(sentence: Gist, facts: Sequence[Fact], words: frozenset[str], source: str) -> bool:
    entities = {fact.value.entity for fact in facts if isinstance(fact.value, Named | Person)}
    for mention in sentence.mentions:
        if mention.entity.startswith(_NAMES) and mention.entity not in entities:
            covered = any(one.start <= mention.start and mention.end <= one.end for one in sentence.facts)
            if not covered and not set(re.findall(r"\w+", fold(mention.mention))) <= words:
                return True
    text = sentence.entry.title
    if sentence.entry.lang == "ja":
        told = fold("\n".join(fact.sentence for fact in facts))
        return any(fold(word) not in told for word in _FOREIGN.findall(unicodedata.normalize("NFKC", text)))
    plain = {word for word in re.findall(r"[^\W\d_]+", source) if word[:1].islower()} | _BEGINNINGS
    for place, found in enumerate(_CAPITALISED.finditer(text)):
        word = found.group()
        if not word[0].isupper() or set(re.findall(r"\w+", fold(_bare(word)))) <= words:
            continue
        if (
            place
            or word.replace("İ", "i").replace("I", "ı" if sentence.entry.lang == "tr" else "i").lower()
            not in plain
        ):
            return True
    return False


def _bare(word: str) -> str:
    """Return a name without a Turkish or English ending after an apostrophe, or a stop."""
    return re.split(r"[’']", word)[0].strip(".-&")
