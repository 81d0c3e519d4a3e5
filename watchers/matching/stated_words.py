"""Say in words what a `fact:` term asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.matching.figures import DEFAULT_CURRENCY, read_amount
from watchers.matching.known import KINDS, known_at
from watchers.matching.stated import FIELDS, TYPES

if TYPE_CHECKING:
    from watchers.matching.expression import Stated
    from watchers.matching.known import Known

_SIDES: Final = {">": "over", ">=": "of at least", "<": "under", "<=": "of at most", "=": "of about"}
_DAYS: Final = {">": "after", ">=": "in or after", "<": "before", "<=": "no later than", "=": "in"}
_WHAT: Final = {
    "amount": "an amount of money",
    "contract": "a contract's value or ceiling",
    "budget": "a budget, asked for or set",
    "price": "a price of one piece",
    "quantity": "a number of people or things",
    "percent": "a percentage",
    "deadline": "something due",
    "date": "a date",
    "party": "somebody who acts or deals",
    "buyer": "the buyer",
    "seller": "the seller",
    "platform": "a machine",
}


def in_words(term: Stated, known: Known | None = None) -> str:
    """Return what a term asks for; names are looked up in `known`, else in the shipped gazetteer."""
    match FIELDS[term.field]:
        case "money":
            return (
                f"the article states {_WHAT[term.field]} {_SIDES[term.sign]} {_amount(term.value)}; other "
                "currencies count by published average rates, “more than 5” as 5, “up to 2” as 2"
            )
        case "number":
            return f"the article states {_WHAT[term.field]} {_SIDES[term.sign]} {term.value}"
        case "day":
            return f"the article states {_WHAT[term.field]} {_DAYS[term.sign]} {term.value}"
        case "name":
            return f"the article states {_WHAT[term.field]}: {_name(term, known)}"
        case _:
            return f"the article states {_word(term)}"


def _amount(value: str) -> str:
    amount = read_amount(value, money=True)
    code = amount.code if amount else DEFAULT_CURRENCY
    return f"{value.removesuffix(code)} {code}"


def _name(term: Stated, known: Known | None) -> str:
    entity = (known or known_at()).bearer(term.value)
    if entity is None:
        return f'whose name has the words "{term.value}"'
    also = ", also its capital and its bodies" if entity.id.startswith("loc:") else ""
    return f"the {KINDS[entity.kind]} {entity.name}, by any of its names{also}"


def _word(term: Stated) -> str:
    if term.field == "status":
        return f'that something is "{term.value.replace("_", " ")}"'
    kinds = " or ".join(kind.replace("_", " ") for kind, _ in TYPES[term.value])
    roles = sorted({role.replace("_", " ") for _, some in TYPES[term.value] for role in some})
    return f"a fact of the kind {kinds}" + (f" ({', '.join(roles)})" if roles else "")
