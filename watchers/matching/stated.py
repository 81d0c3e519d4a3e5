"""Read `fact:amount>100m`, `fact:status=signed`, `fact:buyer=Japan`; say what is wrong with what is none."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from watchers.facts.currencies import CODES
from watchers.matching.expression import Stated
from watchers.matching.figures import SCALES, days_of, read_amount
from watchers.matching.words import QUOTES, pattern_of
from watchers.types import FactType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal["money", "number", "day", "name", "word"]
# What of a fact can be asked for, and how it is compared.
FIELDS: Final[dict[str, Kind]] = {
    "amount": "money", "contract": "money", "budget": "money", "price": "money", "quantity": "number",
    "percent": "number", "deadline": "day", "date": "day", "party": "name", "buyer": "name", "seller": "name",
    "platform": "name", "status": "word", "type": "word",
}  # fmt: skip
# The classes of watchers.facts.status_tables; a test holds the two together.
STATUSES: Final = (
    "agreed", "approved", "awarded", "cancelled", "conditional", "considering", "delayed", "delivered",
    "delivery_started", "denied", "expected", "firm_order", "no_decision", "not_signed", "not_started",
    "notified", "operational", "planned", "requested", "selected", "signed", "tested", "under_negotiation",
)  # fmt: skip
# Names for types that people type sooner than ours, and what they gather: (type, roles; none for any).
TYPES: Final[dict[str, tuple[tuple[FactType, frozenset[str]], ...]]] = {
    **{kind: ((kind, frozenset[str]()),) for kind in get_args(FactType)},
    "contract": (("money", frozenset({"deal_value", "ceiling"})), ("agreement", frozenset())),
    "budget": (("money", frozenset({"budget", "requested"})),),
    "deadline": (("delivery_deadline", frozenset()),),
    "person": (("person_role", frozenset()),),
}
_SPELT: Final = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<=", "==": "=", "＝": "=", "＞": ">", "＜": "<"}
_SIGNS: Final[dict[Kind, tuple[str, ...]]] = {
    "money": (">", ">=", "<", "<=", "="),
    "number": (">", ">=", "<", "<=", "="),
    "day": (">", ">=", "<", "<=", "="),
    "name": ("=",),
    "word": ("=",),
}
# What people write for a field we call otherwise, beside slips of the finger.
_OTHERS: Final = {
    "value": "amount", "money": "amount", "worth": "amount", "sum": "amount", "cost": "amount",
    "deal": "contract",
    "usd": "amount", "count": "quantity", "number": "quantity", "units": "quantity", "percentage": "percent",
    "share": "percent", "due": "deadline", "delivery": "deadline", "by": "deadline", "when": "date",
    "customer": "buyer", "supplier": "seller", "vendor": "seller", "maker": "seller", "company": "party",
    "country": "party", "actor": "party", "system": "platform", "state": "status", "kind": "type",
    "unit_price": "price",
}  # fmt: skip
_EXAMPLES: Final[dict[str, str]] = {
    "money": "100m", "number": "50", "day": "2028", "party": "Baykar", "buyer": "Japan", "seller": "Baykar",
    "platform": "TB3", "status": "signed", "type": "contract",
}  # fmt: skip
_TERM: Final = re.compile(
    r"fact[:：]\s*(\w{1,30}?)\s*([<>=!≥≤＜＞＝:：]{1,2})\s*(.*)", re.IGNORECASE | re.DOTALL
)
# A term as the grammar cuts it out: blanks may stand around the sign and before a scale or currency.
_END: Final = r"(?![^\s()（）])"
PATTERN: Final = (
    r"[fF][aA][cC][tT][:：](?:\s*\w{1,30}\s*[<>=!≥≤＜＞＝:]{1,2}\s*"
    rf"(?:[^\d\s()（）]{{0,3}}\d[\d.,]*\s?(?i:{SCALES})?\s?(?:{'|'.join(CODES)}){_END}"
    rf"|\d[\d.,]*\s(?i:{SCALES}){_END}"
    r"|\"[^\"]*\"|[“”„][^“”„]*[“”]|「[^」]*」|[^\s()（）\"“”„「」]*)"
    r"|[^\s()（）\"“”„「」]*)"
)
LONGEST_VALUE: Final = 120  # characters, as of a name
MOST_VALUES: Final = 12  # alternatives of one term


class StatedFault(Exception):  # noqa: N818 - it is what was found, and ends as an ExpressionError
    """What is wrong with a term, at which of its characters, and terms to write instead, the best first."""

    def __init__(self, message: str, place: int, instead: Iterable[str]) -> None:
        super().__init__(message)
        self.place = place
        self.instead = tuple(instead)


def read_stated(text: str) -> tuple[Stated, ...]:
    """Return what a term asks for: several alternatives where | stands between values. Raises StatedFault."""
    found = _TERM.fullmatch(text.strip())
    if found is None:
        raise _without_sign(text)
    name, sign = found[1].lower(), _SPELT.get(found[2], found[2])
    if name not in FIELDS:
        raise _no_field(name, found)
    kind = FIELDS[name]
    value = " ".join(QUOTES.sub(" ", found[3]).split())
    if sign not in _SIGNS[kind]:
        raise _no_sign(name, sign, value, found.start(2))
    if not value:
        raise StatedFault(f"fact:{name} takes a value behind its {sign}.", len(text), [_example(name, sign)])
    values = [one.strip() for one in value.split("|") if one.strip()] if sign == "=" else [value]
    if not 1 <= len(values) <= MOST_VALUES:
        says = f"fact:{name} takes one to {MOST_VALUES} values with | between; join more with OR."
        raise StatedFault(says, found.start(3), [f"fact:{name}={'|'.join(values[:MOST_VALUES])}"])
    return tuple(Stated(name, sign, _value(name, sign, one, found.start(3))) for one in values)


def _value(name: str, sign: str, value: str, place: int) -> str:
    """Return a value in its canonical form. Raises StatedFault."""
    match FIELDS[name]:
        case "money" | "number" as kind:
            amount = read_amount(value, money=kind == "money")
            if amount is None:
                raise _no_figure(name, sign, value, place)
            return str(amount)
        case "day":
            text = re.sub(r"(?<=\d)(?=[QH]\d)", "-", value.upper())
            if days_of(text) is None or text.startswith("FY"):
                says = f'"{value}" is no date; it is a year, month, day or quarter, such as 2028 or 2028-Q4.'
                years = re.findall(r"(?:19|20)\d\d", value)
                raise StatedFault(says, place, [f"fact:{name}{sign}{year}" for year in [*years, "2028"]])
            return text
        case "word":
            return _word(name, value, place)
        case "name":
            if not pattern_of(value) or len(value) > LONGEST_VALUE or "*" in value:
                says = f"fact:{name} takes a name of at most {LONGEST_VALUE} characters, without a *."
                plain = value.replace("*", "").strip()[:LONGEST_VALUE]
                raise StatedFault(
                    says,
                    place,
                    [str(Stated(name, "=", plain))] if pattern_of(plain) else [_example(name, "=")],
                )
            return value


def _word(name: str, value: str, place: int) -> str:
    known: Sequence[str] = STATUSES if name == "status" else tuple(TYPES)
    word = re.sub(r"[\s-]+", "_", value.lower())
    if word in known:
        return word
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    hint = f"near it are {', '.join(near)}" if near else f"there are {', '.join(known)}"
    words = [one for one in re.split(r"[,;/+&]", value) if one]
    instead = [f"fact:{name}={'|'.join(words)}"] if len(words) > 1 else []
    raise StatedFault(
        f'There is no {name} "{value[:40]}"; {hint}.',
        place,
        [*instead, *(f"fact:{name}={one}" for one in near or known[:1])],
    )


def _without_sign(text: str) -> StatedFault:
    """Return the fault of a term that compares nothing."""
    value = re.split("[:：]", text, maxsplit=1)[-1].strip()
    word = value.lower().replace("-", "_")
    says = (
        f"fact: takes a field, a sign and a value, such as fact:amount>100m; fields are {', '.join(FIELDS)}."
    )
    instead = [_example(_OTHERS.get(word, word), "")] if _OTHERS.get(word, word) in FIELDS else []
    if word in STATUSES:
        instead.append(f"fact:status={word}")
    elif word in TYPES:
        instead.append(f"fact:type={word}")
    elif amount := read_amount(value.lstrip("<>="), money=True):
        instead.append(f"fact:amount{'<' if value.startswith('<') else '>'}{amount}")
    elif pattern_of(value) and not instead:
        instead.append(str(Stated("party", "=", QUOTES.sub("", value)[:LONGEST_VALUE])))
    return StatedFault(says, len(text) - len(value), [*instead, _example("amount", "")])


def _no_field(name: str, found: re.Match[str]) -> StatedFault:
    near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=0.6)
    meant = _OTHERS.get(name) or (near[0] if near else "")
    says = f'fact: has no field "{name}"; it has {", ".join(FIELDS)}.'
    sign = _SPELT.get(found[2], found[2])
    fitting = sign if meant and sign in _SIGNS[FIELDS[meant]] else ""
    instead = [f"fact:{meant}{fitting}{found[3]}"] if fitting else []
    return StatedFault(says, found.start(1), [*instead, _example(meant or "amount", "")])


def _no_sign(name: str, sign: str, value: str, place: int) -> StatedFault:
    fitting = _SIGNS[FIELDS[name]]
    says = f"fact:{name} takes {' '.join(fitting)} and not {sign}."
    first = "=" if sign in {"!=", ":", "："} and FIELDS[name] in {"name", "word"} else fitting[0]
    if sign[0] in ":：" and sign[1:] in fitting:
        first = sign[1:]
    term = f"fact:{name}{first}{value}" if " " not in value else f'fact:{name}{first}"{value}"'
    return StatedFault(says, place, [f"-{term}" if sign == "!=" else term, _example(name, first)])


def _no_figure(name: str, sign: str, value: str, place: int) -> StatedFault:
    money = FIELDS[name] == "money"
    says = f'"{value[:40]}" is no {"amount" if money else "number"}; ' + (
        "it is written 100m, 1.5bn or 100mEUR." if money else "it is written 50 or 1.5m."
    )
    dotted = re.sub(r"(?<=\d),(?=\d)", ".", value)
    digits = re.match(r"\D{0,3}([\d.]+\s?[a-z]{0,8})", dotted, re.IGNORECASE)
    tries = [dotted, digits[1] if digits else "", re.sub(r"[^\d.]", "", dotted)]
    amounts = (read_amount(one, money=money) for one in tries)
    return StatedFault(
        says, place, [*(f"fact:{name}{sign}{one}" for one in amounts if one), _example(name, sign)]
    )


def _example(name: str, sign: str) -> str:
    kind = FIELDS[name]
    return f"fact:{name}{sign or _SIGNS[kind][0]}{_EXAMPLES.get(name) or _EXAMPLES[kind]}"
