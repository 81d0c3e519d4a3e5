"""Tell whether an extracted fact is a gold fact: lenient on wording, strict on numbers and negation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.scoring.measures import Json, Row, text, texts

NUMERIC = frozenset({"money", "quantity", "percentage"})
DATES = frozenset({"date", "delivery_deadline"})
WORDED = frozenset({"agreement", "meeting"})
NEGATIVE = frozenset({"not_signed", "no_decision", "denied", "not_started", "cancelled"})
MONEY_TOLERANCE = 0.005
_PERCENT = frozenset({"%", "PERCENT", "PCT"})
_PUNCTUATION = re.compile(r"[\s\-–—_.,;:'’\"“”「」()]+")
_ONE_I = str.maketrans("İIı", "iii")
_UNIT_BEHIND = re.compile(r"([A-Za-z%]+)\s*\Z")
_UNIT_BEFORE = re.compile(r"([A-Z]{3})\s*(?=[\d.])")
_DIGITS = re.compile(r"\d+(?:\.\d+)?(?:[eE]\d+)?")
_FISCAL = re.compile(r"(?:FISCAL YEAR|FISCAL|FY|財政年度)\s*")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def normal(value: Json) -> str:
    """Return a value as it is compared: no case, no diacritics, no punctuation."""
    plain = unicodedata.normalize("NFKC", str(value).translate(_ONE_I)).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not "\u0300" <= c <= "\u036f")
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def overlap(left: Json, right: Json) -> float:
    """Return the longest common run as a share of the shorter text, in [0, 1]."""
    short, long = sorted((normal(left), normal(right)), key=len)
    if not short:
        return 0.0
    if short in long:
        return 1.0
    longest, before = 0, [0] * (len(long) + 1)
    for letter in short:
        row = [0]
        for column, other in enumerate(long):
            row.append(before[column] + 1 if letter == other else 0)
        longest = max(longest, *row)
        before = row
    return longest / len(short)


def value_equal(kind: str, said: Json, wanted: Json) -> bool:
    """Tell whether two numeric values are one: same unit and ends, money within MONEY_TOLERANCE."""
    try:
        numbers, unit = _numbers(said)
        gold_numbers, gold_unit = _numbers(wanted)
    except (TypeError, ValueError):
        return False
    tolerance = MONEY_TOLERANCE if kind == "money" else 1e-9
    return (
        bool(numbers)
        and len(numbers) == len(gold_numbers)
        and unit == gold_unit
        and all(
            abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-9)
            for a, b in zip(numbers, gold_numbers, strict=True)
        )
    )


def date_equal(said: Json, wanted: Json) -> bool:
    """Tell whether two dates agree as far as the coarser goes; a fiscal year is no calendar year."""
    left, right = _date(said), str(wanted).strip().upper()
    if left == right:
        return True
    if left.startswith("FY") != right.startswith("FY"):
        return False
    left = left.partition("T")[0]
    if not (re.match(r"\d{4}", left) and re.match(r"\d{4}", right)):
        return False
    return left.startswith(right) or right.startswith(left)


def name_equal(left: Json, right: Json) -> bool:
    """Tell whether two names are one: equal, or all words of the shorter in the longer."""
    a, b = normal(left), normal(right)
    if not a or not b or a == b:
        return bool(a) and a == b
    short, long = (b, a) if len(b) < len(a) else (a, b)
    if len(short) < 2:
        return False
    if _JAPANESE.search(short):
        return short in long
    return len(short) >= 3 and set(short.split()) <= set(long.split())


def fact_equal(said: Row, gold: Row) -> bool:
    """Tell whether an extracted fact is this gold fact."""
    said_kind, kind = text(said, "type"), text(gold, "type")
    if said_kind != kind and not {said_kind, kind} <= DATES:
        return False
    return _EQUAL.get(kind, _named_equal)(said, gold)


def _numeric_equal(said: Row, gold: Row) -> bool:
    value = said.get("value")
    return value_equal(text(gold, "type"), text(said, "mention") if value is None else value, gold["value"])


def _dated_equal(said: Row, gold: Row) -> bool:
    value, wanted = said.get("value"), gold["value"]
    same_type = text(said, "type") == text(gold, "type")
    return date_equal(value, wanted) or (same_type and normal(value) == normal(wanted))


def _quote_equal(said: Row, gold: Row) -> bool:
    quoted = said.get("value") or text(said, "mention")
    is_whole = len(normal(quoted)) >= 0.6 * len(normal(gold["value"]))
    return is_whole and overlap(quoted, gold["value"]) >= 0.8


def _worded_equal(said: Row, gold: Row) -> bool:
    by_mention = overlap(text(said, "mention"), gold["mention"])
    return by_mention >= 0.5 or overlap(said.get("value") or "", gold["value"]) >= 0.8


def _named_equal(said: Row, gold: Row) -> bool:
    names = (text(gold, "value"), text(gold, "mention"), *texts(gold, "aliases"))
    candidates = [name for name in (said.get("value"), text(said, "mention")) if name]
    return any(name_equal(name, wanted) for name in candidates for wanted in names)


def _status_equal(said: Row, gold: Row) -> bool:
    value, mention = said.get("value"), text(said, "mention")
    shared = overlap(mention, gold["mention"])
    if value == gold["value"]:
        return shared >= 0.3 if mention else True
    return (value in NEGATIVE) == (gold["value"] in NEGATIVE) and shared >= 0.5


def _person_equal(said: Row, gold: Row) -> bool:
    value = said.get("value")
    name: Json = value.get("name") if isinstance(value, Mapping) else str(value or "").partition(";")[0]
    name = name or text(said, "mention")
    full = text(gold, "value").partition(";")[0]
    if any(name_equal(name, other) for other in (full, text(gold, "mention"), *texts(gold, "aliases"))):
        return True
    family = normal(full).split()[-1:]
    return bool(set(family) & set(normal(name).split()))


_EQUAL: Mapping[str, Callable[[Row, Row], bool]] = {
    **dict.fromkeys(NUMERIC, _numeric_equal),
    **dict.fromkeys(DATES, _dated_equal),
    **dict.fromkeys(WORDED, _worded_equal),
    "quote": _quote_equal,
    "status": _status_equal,
    "person_role": _person_equal,
}


def _numbers(value: Json) -> tuple[list[float], str]:
    if isinstance(value, Mapping):
        unit = str(value.get("currency") or value.get("unit") or "").upper()
        low, high = value.get("min"), value.get("max")
        if low is not None and high is not None:
            return [_float(low), _float(high)], unit
        amount = value.get("amount", value.get("value"))
        return ([] if amount is None else [_float(amount)]), unit
    plain = str(value).strip().replace(",", "")
    found = _UNIT_BEHIND.search(plain) or _UNIT_BEFORE.match(plain)
    unit = found[1].upper() if found else ""
    if found:
        plain = plain.replace(found[1], " ")
    return [float(digits) for digits in _DIGITS.findall(plain)[:2]], "" if unit in _PERCENT else unit


def _float(value: Json) -> float:
    if isinstance(value, (int, float, str)):
        return float(value)
    raise TypeError("not a number")


def _date(value: Json) -> str:
    plain = str(value).strip().upper()
    found = _FISCAL.match(plain)
    return f"FY{plain[found.end() :]}" if found else plain
