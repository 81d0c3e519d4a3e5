"""Tell whether an outlet changed an article's figures afterwards, and which facts that corrects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watchers.facts.numerals import KANJI_SCALES, SCALES
from watchers.facts.proposed import FROM_MODEL
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types import Entry, Fact, FactType

# What readers act on. A party or a quotation that reads otherwise is mostly the extractor's other view.
CORRECTED: Final[frozenset[FactType]] = frozenset(
    {"money", "quantity", "percentage", "date", "delivery_deadline", "status"}
)
_POWERS: Final = {words: value.adjusted() for words, value in SCALES.items() if value.adjusted() % 3 == 0} | {
    words: value.adjusted() for words, value in KANJI_SCALES.items()
}
_WORDS: Final = "|".join(sorted((w for w in _POWERS if w.isascii()), key=len, reverse=True))
# Number words as `fold` writes them, in English and Turkish; not one, bir and on, which mostly count nothing.
_WORDED: Final = re.compile(
    r"(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozen|hundred|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|yirmi|otuz|"
    r"kirk|elli|altmis|yetmis|seksen|doksan|yuz)(?!\w)"
)
_NUMBER: Final = re.compile(
    r"(?P<whole>\d{1,3}(?:[ ,.']\d{3})+(?!\d)|\d+)(?:[.,](?P<rest>\d+))?"
    rf"(?:(?P<kanji>[{''.join(KANJI_SCALES)}])|[ -]?(?P<scale>{_WORDS})(?![^\W_]))?"
)


def figures(text: str) -> tuple[str, ...]:
    """Return the numbers of a text, sorted as words, each as often as it stands there.

    A multiplier belongs to its number ("5.5 million" is "5.5e6"). Thousands separators, the kind of decimal
    point, zeros at either end and all other punctuation make no difference.
    """
    return tuple(sorted(map(_plain, _NUMBER.finditer(fold(text)))))


def is_revision(old: Entry, new: Entry) -> bool:
    """Tell whether an article's new text has other figures or number words than the old one.

    A text that is gone, as when a feed leaves its summaries out for a day, revises nothing.
    """
    if (old.title, old.summary, old.body) == (new.title, new.summary, new.body):
        return False
    if (old.summary or old.body) and not (new.summary or new.body):
        return False
    return any(told(_whole(old)) != told(_whole(new)) for told in (figures, _worded))


def corrections(old: Sequence[Fact], new: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return the facts that a revised text gives for the first time, and those it gives no longer.

    Both are empty unless one of them is of a kind that readers act on. What a language model had pointed at
    is not looked for anew, so it is not missed either.
    """
    before, after = {_identity(fact) for fact in old}, {_identity(fact) for fact in new}
    come = tuple(fact for fact in new if _identity(fact) not in before)
    gone = tuple(f for f in old if _identity(f) not in after and f.rule != FROM_MODEL)
    if any(fact.type in CORRECTED for fact in (*come, *gone)):
        return come, gone
    return (), ()


def paired(was: Iterable[Fact], now: Iterable[Fact]) -> tuple[tuple[Fact | None, Fact | None], ...]:
    """Put each fact that is gone beside the one that took its place: the next of its type and role.

    None stands where nothing took its place, and before facts that replace none.
    """
    left = list(now)
    pairs: list[tuple[Fact | None, Fact | None]] = []
    for old in was:
        place = next((i for i, one in enumerate(left) if (one.type, one.role) == (old.type, old.role)), None)
        pairs.append((old, None if place is None else left.pop(place)))
    return (*pairs, *((None, one) for one in left))


def _worded(text: str) -> tuple[str, ...]:
    return tuple(sorted(_WORDED.findall(fold(text))))


def _plain(found: re.Match[str]) -> str:
    whole = re.sub(r"\D", "", found["whole"]).lstrip("0") or "0"
    rest = (found["rest"] or "").rstrip("0")
    power = _POWERS.get(found["kanji"] or found["scale"] or "", 0)
    return whole + (f".{rest}" if rest else "") + (f"e{power}" if power else "")


def _whole(entry: Entry) -> str:
    return f"{entry.title}\n{entry.summary}\n{entry.body}"


def _identity(fact: Fact) -> tuple[str, str, str]:
    return fact.type, fact.role, str(fact.value)
