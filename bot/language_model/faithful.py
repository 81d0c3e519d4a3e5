"""Hold a translated headline against the original: the same figures and names, and nothing else in it. Pure.

Both come as reports of the headline alone, read by the reader that reads everything else. What that reader
does not see cannot be held against anything: an unknown firm's name, or which of two figures counts what.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from watchers.languages import DENSITY
from watchers.revisions import figures
from watchers.stories.novelty import says_the_same
from watchers.text import fold, is_cjk
from watchers.types import Count, Person

if TYPE_CHECKING:
    from watchers.types import Fact, FactType, Report

LONGEST: Final = 300  # code points of a gloss; a longer answer is no headline
# A translation's length over the original's, a Japanese character counted as DENSITY letters. Our own
# translations of the tests' headlines lie between 0.6 and 1.96; a lone word in a sentence's place does not.
SHORTEST_SHARE, LONGEST_SHARE = 0.4, 2.5
_NAMES: Final = (
    "per:",
    "org:",
    "pla:",
    "loc:",
)  # entities that a reader acts on; concepts may be put otherwise
_VALUES: Final[frozenset[FactType]] = frozenset({"money", "percentage", "date", "delivery_deadline"})
_NEGATED: Final = frozenset(
    {"not_signed", "no_decision", "denied", "not_started", "cancelled", "delayed"}
)  # what a lost "not" turns into its opposite
# Signs that make links, mentions or markup on some platform. One that the outlet wrote itself may stay.
_MARKING: Final = frozenset("@<>*_`~|#[]{}\\^")
_LINK: Final = re.compile(r"://|www\.|(?<![^\W_])[a-z0-9-]{1,60}\.[a-z]{2,10}(?![^\W_])", re.IGNORECASE)
# "F-35B", "TB2", "KX-17": designations, which no language translates. An English plural is not part of one.
_DESIGNATION: Final = re.compile(
    r"(?<![^\W_])([a-z]{1,5})-?(\d{1,4})([a-rt-z]{0,2})(?=s?(?![a-z0-9]))", re.ASCII
)
_LATIN: Final = re.compile(r"[a-z]{2,}", re.ASCII)


def is_faithful(original: Report, gloss: Report) -> bool:
    """Tell whether a translation says what the original says, as far as figures and names show it.

    Each is the report of a headline without summary or body, in its own language.
    """
    return (
        is_headline(gloss.entry.title, of=original.entry.title, lang=gloss.entry.lang)
        and _same_figures(original, gloss)
        and _same_names(original, gloss)
        and _is_negated(original) == _is_negated(gloss)
    )


def is_headline(text: str, *, of: str, lang: str) -> bool:
    """Tell whether a text is one plain line of about the original's length, in the language's script."""
    if fold(text) == fold(of) or not is_plain(text, of=of):
        return False
    share = _weight(text) / max(_weight(of), 1)
    return is_cjk(text) == (lang == "ja") and SHORTEST_SHARE <= share <= LONGEST_SHARE


def is_plain(text: str, *, of: str) -> bool:
    """Tell whether a text is one line without markup, links or mentions but those of the original."""
    if not 0 < len(text) <= LONGEST:
        return False
    if any(unicodedata.category(c)[0] in "CZ" and c not in " \u3000" for c in text):
        return False
    return not (_MARKING & set(text) - set(of) or (_LINK.search(text) and not _LINK.search(of)))


def _weight(text: str) -> float:
    return sum(DENSITY if is_cjk(c) else 1 for c in text)


def _same_figures(original: Report, gloss: Report) -> bool:
    there, here = ([f for f in one.facts if f.type in _VALUES] for one in (original, gloss))
    if not (_all_in(there, here) and _all_in(here, there)):
        return False
    counted, told = _counts(original), _counts(gloss)
    if any(counted[count] != told[count] for count in counted.keys() & told.keys()):
        return False
    left, right = (_leftover(one) for one in (original, gloss))
    return _designations(left) == _designations(right) and _numbers(original, left) == _numbers(gloss, right)


def _all_in(facts: list[Fact], others: list[Fact]) -> bool:
    """Tell whether each fact has its like among others; a date and a deadline may stand for each other.

    A coarser date may stand for a finer one, so that both ways have to be asked.
    """
    return all(any(_is_like(fact, other) for other in others) for fact in facts)


def _is_like(left: Fact, right: Fact) -> bool:
    if type(left.value) is not type(right.value) or _limit(left) != _limit(right):
        return False
    return says_the_same(left, right)


def _limit(fact: Fact) -> str:
    """Return whether a value is a least or a most; a period's edges are put in too many ways to compare."""
    return fact.bound if fact.bound in {"min", "max"} else ""


def _leftover(report: Report) -> str:
    """Return a headline without what was understood of it: figures of facts, and what is known by name."""
    text = list(report.entry.title)
    values = [fact for fact in report.facts if fact.type in _VALUES or isinstance(fact.value, Count)]
    for span in (*values, *report.mentions):
        # "3 KX-35Bs" counts them, but their designation has to be in both headlines.
        named = _DESIGNATION.search(span.mention.lower()) if span in values else None
        length = named.start() if named else span.end - span.start
        text[span.start : span.start + length] = "|" * length
    return fold("".join(text))


def _designations(folded: str) -> frozenset[str]:
    return frozenset("".join(found.groups()) for found in _DESIGNATION.finditer(folded))


def _numbers(report: Report, leftover: str) -> frozenset[Decimal]:
    """Return every number that is no amount, share or date.

    What is read as a number of things in one language may be a mere figure in the other.
    """
    counted = {Decimal(n) for count in _counts(report) for n in (count.low, count.high)}
    return frozenset(counted | {Decimal(n) for n in figures(_DESIGNATION.sub("|", leftover))})


def _counts(report: Report) -> dict[Count, str]:
    """Return the numbers of things that were read as such, and how each is limited."""
    return {fact.value: _limit(fact) for fact in report.facts if isinstance(fact.value, Count)}


def _same_names(original: Report, gloss: Report) -> bool:
    known, told = (_entities(one) for one in (original, gloss))
    if known != told or not (_people_kept(original, gloss) and _people_kept(gloss, original)):
        return False
    if not (_latin_kept(original, gloss) and _latin_kept(gloss, original)):
        return False
    # Without a name in it, a headline is at least about the same thing.
    about, still = ({m.entity for m in one.mentions} for one in (original, gloss))
    return not about or bool(about & still)


def _entities(report: Report) -> frozenset[str]:
    return frozenset(m.entity for m in report.mentions if m.entity.startswith(_NAMES))


def _people_kept(report: Report, other: Report) -> bool:
    """Tell whether people who are no known entity are named in the other headline, where scripts are one."""
    if is_cjk(report.entry.title) or is_cjk(other.entry.title):
        return True
    words = set(re.findall(r"\w+", fold(other.entry.title)))
    people = (fact.value for fact in report.facts if isinstance(fact.value, Person) and not fact.value.entity)
    return all(set(re.findall(r"\w+", fold(person.name))) <= words for person in people)


def _latin_kept(report: Report, other: Report) -> bool:
    """Tell whether Latin words amid Japanese, which are names, stand in the other headline too."""
    if not is_cjk(report.entry.title):
        return True
    return set(_LATIN.findall(_leftover(report))) <= set(_LATIN.findall(fold(other.entry.title)))


def _is_negated(report: Report) -> bool:
    return any(
        fact.hedge == "denied" or (fact.type == "status" and str(fact.value) in _NEGATED)
        for fact in report.facts
    )
