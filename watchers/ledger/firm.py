"""Tell a promise that can be held against somebody from the other days to come that texts name. Pure.

Of 315 entries of real defence feeds sixteen name such a day. Half of those are fairs named after their year,
guesses of analysts, and days gone by that are read as coming ones.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from watchers.claims.promises import wanted
from watchers.claims.stages import delayed, done, is_ahead
from watchers.claims.subjects import of_group, tagged
from watchers.text import fold

if TYPE_CHECKING:
    from watchers.types.claims import Promise

# A month or day without a year that lies further ahead was one gone by: so far off, the year is told.
WITHOUT_YEAR: Final = timedelta(days=270)
_YEAR: Final = re.compile(r"(?:20)?\d\d")
_WITH_YEAR: Final = re.compile(r"20\d\d|令和")
_MONTH: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?\b|july?\b|aug|sep|oct|nov|dec|ocak|subat|mart|nisan|mayis|haziran|temmuz"
    r"|agustos|eylul|ekim|kasim|aralik)|\d月"
)
# Words of a possibility, and those that make more of it.
_MAYBE: Final = {
    "en": re.compile(r"\b(?:could|might|may(?! \d)|would|analysts?|if)\b"),
    "tr": re.compile(r"\w[ae]bilir|\b(?:olasi|muhtemel|analist|eger)"),
    "ja": re.compile(r"可能性|かもしれ|恐れ|おそれ|アナリスト|もし"),
}
_SURE: Final = re.compile(r"\b(?:will|plans? to|is to|are to|scheduled|due)\b|[ae]ca[kg]|予定|計画")
_HEADLINE: Final = re.compile(r"[A-Z][^.;:]{0,60}? to [a-z]+ ")  # "AFSOC to test a trainer this year"
# What stands capitalised before a year and makes no name of it: a month, or a word of headlines.
_BEFORE: Final = re.compile(
    r"(?:in|by|until|from|since|before|after|during|for|the|of|early|late|mid|fiscal|fy|spring|summer|autumn|fall"
    r"|winter|end|year|calendar|through|between|and|to|jan\w*|feb\w*|mar\w*|apr\w*|may\w*|june?|july?|aug\w*"
    r"|sep\w*|oct\w*|nov\w*|dec\w*|ocak|subat|nisan|haziran|temmuz|agustos|eylul|ekim|kasim|aralik)"
)
# Where another clause begins, with a subject and a verb of its own.
_CLAUSE: Final = {
    "en": re.compile(
        r",?\s(?:while|whereas|although|though|but|because|as(?!\s(?:early|late|soon|much|many|well|long|part|of|an?|the"
        r"|planned|scheduled|expected|agreed|promised|its|their)\b))\s|;\s",
    ),
    "tr": re.compile(r"(?<=ken),?\s|;\s|,?\s(?:ancak|ama|fakat)\s"),
    "ja": re.compile(r"(?<=[がら中])、|(?<=中で)、|(?<=一方)、|(?<=ており)、"),
}
_LAST_WORD: Final = re.compile(r"(\w[\w’'-]*)\s+\Z")


def is_firm(promise: Promise) -> bool:
    """Tell whether a promise names a deed or thing to come, not as a mere possibility, and a real day."""
    sentence, flat = promise.sentence, fold(promise.sentence)
    things = of_group((tag for tag in promise.what if ":" not in tag), "machine", "event")
    if not (wanted(promise) or things) or _is_of_a_name(promise) or _is_gone_by(promise):
        return False
    if not (is_ahead(sentence, promise.lang) or delayed(sentence)):
        return promise.lang == "en" and _HEADLINE.match(sentence) is not None
    if not _in_one_clause(promise):
        return False
    return _MAYBE[promise.lang].search(flat) is None or _SURE.search(flat) is not None


def _in_one_clause(promise: Promise) -> bool:
    """Tell whether the clause of the day also holds the deed and says that it is to come."""
    clause = _clause(promise)
    if clause == promise.sentence or delayed(promise.sentence):
        return True
    deeds = wanted(promise)
    if deeds:
        told = bool(deeds & {one.deed for one in done(clause, promise.lang)})
    else:
        told = bool(of_group((tag.tag for tag in tagged(clause, promise.lang)), "machine", "event"))
    return told and is_ahead(clause, promise.lang)


def _clause(promise: Promise) -> str:
    """Return the clause in which a promise names its day; the sentence if it stands nowhere there."""
    sentence = promise.sentence
    at = sentence.find(promise.words)
    cuts = [0, *(cut.end() for cut in _CLAUSE[promise.lang].finditer(sentence)), len(sentence)]
    return next((sentence[a:b] for a, b in pairwise(cuts) if a <= at < b), sentence)


def _is_gone_by(promise: Promise) -> bool:
    """Tell whether a month or day without a year is rather the last one than the next."""
    if _WITH_YEAR.search(promise.words) or not _MONTH.search(fold(promise.words)):
        return False
    return promise.due - promise.day > WITHOUT_YEAR


def _is_of_a_name(promise: Promise) -> bool:
    """Tell whether a bare year ends a name, as in the name of a fair: SAHA 2026."""
    if promise.lang == "ja" or not _YEAR.fullmatch(promise.words):
        return False
    at = promise.sentence.find(promise.words)
    before = _LAST_WORD.search(promise.sentence[:at]) if at > 0 else None
    return (
        before is not None and before[1][0].isupper() and _BEFORE.fullmatch(fold(before[1]).lower()) is None
    )
