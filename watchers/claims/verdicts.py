"""Judge two claims: same, consistent, tighter, of another scope, moved on, contradicting, not comparable."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.claims import scopes
from watchers.claims.extents import relation
from watchers.claims.labels import country_of, is_country, named
from watchers.claims.names import is_same
from watchers.claims.stages import deeds
from watchers.claims.subjects import of_group
from watchers.types.claims import Claim, Extent, Label

if TYPE_CHECKING:
    from watchers.claims.extents import Relation
    from watchers.types.claims import Verdict

# Days after which another value is news of what became of the matter rather than another account of it:
# outlets that report one event do so within two weeks.
MOVED_ON = 14
# Days within which a denial and an assertion are two accounts of one moment.
ONE_MOMENT = 3
# Below this share of the other, a sum or count is of a part of it; disagreements of stories stop at a half
# already, and of our own pairs that are contradictions none lies lower.
PART = Decimal("0.3")
# How far a matter has come, for telling an advance from a difference.
_RANKS = {
    "considered": 1, "planned": 2, "negotiated": 3, "requested": 3, "drafted": 4, "selected": 5, "agreed": 5,
    "approved": 6, "signed": 7, "started": 8, "tested": 9, "delivered": 10, "operational": 11,
}  # fmt: skip
_NAMED = frozenset({"party", "place", "makes", "office"})


def verdict(left: Claim, right: Claim) -> Verdict:
    """Judge two claims that were chosen as being about the same thing."""
    if left.kind != right.kind:
        return "not_comparable"
    if isinstance(left.value, Extent) and isinstance(right.value, Extent):
        return _valued(left, right, left.value, right.value)
    if isinstance(left.value, Label) and isinstance(right.value, Label):
        if left.kind == "state":
            return _stated(left, right, left.value, right.value)
        if left.kind in _NAMED:
            return _labelled(left, right, left.value, right.value)
        return "same"  # both say that something is the first of its kind
    return "not_comparable"


def gap(left: Claim, right: Claim) -> int:
    """Return how many days lie between two reports."""
    return abs((left.day - right.day).days)


def ordered(left: Claim, right: Claim) -> tuple[Claim, Claim]:
    """Return the earlier and the later claim."""
    return (left, right) if left.day <= right.day else (right, left)


def moved_on(left: Claim, right: Claim) -> bool:
    """Tell whether the later report itself says that things have changed."""
    earlier, later = ordered(left, right)
    return later.turn or (gap(left, right) == 0 and earlier.turn)


def related(left: Claim, right: Claim) -> Relation:
    """Return how two values relate, unlike if either is none."""
    if not isinstance(left.value, Extent) or not isinstance(right.value, Extent):
        return "unlike"
    return relation(left.value, right.value, year=min(left.day, right.day).year)


def of_values(left: Claim, right: Claim) -> Verdict:
    """Judge two claims that both have a number or day."""
    if not isinstance(left.value, Extent) or not isinstance(right.value, Extent):
        return "not_comparable"
    return _valued(left, right, left.value, right.value)


def _valued(left: Claim, right: Claim, a: Extent, b: Extent) -> Verdict:  # noqa: PLR0911 - one for each reason
    """Judge two values by how they relate, after what sets them apart."""
    found = related(left, right)
    if left.kind == "date" and found in {"equal", "inside"} and _came_true(left, right, a, b):
        return "superseded"
    if found == "unlike":
        both = {a.unit, b.unit}
        return "different_scope" if both == {"percent", "points"} else "not_comparable"
    if struck(left) and struck(right) and not set(left.head) & set(right.head):
        return "different_scope"
    if _other_year(left, right):
        return "different_scope"
    if found == "equal":
        return "superseded" if _advanced(left, right) else "same"
    if found in {"near", "inside"} and gap(left, right) >= MOVED_ON and _other_budget(left, right):
        return "different_scope"
    if found == "near":
        return "consistent"
    if found == "inside":
        return "different_scope" if _other_part(left, right) else "tighter_value"
    return _differing(left, right)


def _differing(left: Claim, right: Claim) -> Verdict:
    """Judge two values that exclude each other as statements about one thing."""
    if left.kind != "date":
        if scopes.opposed(left.scope, right.scope) and not moved_on(left, right):
            return "different_scope"
        if moved_on(left, right):
            return "superseded"
        if scopes.one_sided(left.scope, right.scope) or _other_kin(left, right):
            return "different_scope"
    elif moved_on(left, right) and not happened(left, right):
        return "superseded"
    if gap(left, right) >= MOVED_ON:
        return "superseded"
    return "contradiction"


def happened(left: Claim, right: Claim) -> bool:
    """Tell whether two dates lie before their reports: what has happened is no longer put off."""
    ends = [(c.value.high, c.day) for c in (left, right) if isinstance(c.value, Extent)]
    return all(high is not None and high <= day.toordinal() for high, day in ends)


def bound_of(claim: Claim) -> Decimal | None:
    """Return the lower end of a value, the upper if it has none; None for a name."""
    extent = claim.value
    if not isinstance(extent, Extent):
        return None
    return extent.low if extent.low is not None else extent.high


def _other_kin(left: Claim, right: Claim) -> bool:
    """Tell whether one count of countries or firms is for one platform and the other for all there are."""
    bodies = of_group((*left.head, *right.head), "body")
    platforms = [any(entity.startswith("pla:") for entity in claim.entities) for claim in (left, right)]
    return left.kind == "count" and bool(bodies) and platforms[0] != platforms[1]


def _other_budget(left: Claim, right: Claim) -> bool:
    """Tell whether two sums are of two stages of a budget: what was asked for and what the draft holds."""
    sides = [[word for word in claim.scope if word.startswith("budget:")] for claim in (left, right)]
    return left.kind == "money" and scopes.opposed(*sides)


def struck(claim: Claim) -> bool:
    """Tell whether a count is of dead or injured: of one accident both may be told."""
    return bool({"dead", "injured"} & set(claim.head))


def _came_true(left: Claim, right: Claim, a: Extent, b: Extent) -> bool:
    """Tell whether the earlier report announces a date that the later one looks back on."""
    earlier, later = ordered(left, right)
    first, second = (a, b) if earlier is left else (b, a)
    if gap(left, right) == 0 or first.high is None or second.high is None:
        return False
    return first.high > earlier.day.toordinal() and second.high <= later.day.toordinal()


def _other_part(left: Claim, right: Claim) -> bool:
    """Tell whether one value is for a quarter, a batch or a piece and the other for another of that kind."""
    sides = [
        [word for word in claim.scope if word.startswith(("per:", "part:", "firm:"))]
        for claim in (left, right)
    ]
    return scopes.opposed(*sides)


def _other_year(left: Claim, right: Claim) -> bool:
    """Tell whether two values are for different years; a fiscal year is none of the calendar.

    Months tell apart only what flows: exports of August and those from January to August.
    """
    if left.kind == "date" or not left.period or not right.period or left.period == right.period:
        return False
    if "-" in left.period and "-" in right.period:
        return bool(of_group((*left.head, *right.head), "sum"))
    return "-" not in left.period and "-" not in right.period


def _advanced(left: Claim, right: Claim) -> bool:
    """Tell whether one value stands at a later stage in the later report."""
    earlier, later = ordered(left, right)
    before, after = _RANKS.get(earlier.stage, 0), _RANKS.get(later.stage, 0)
    return gap(left, right) > ONE_MOMENT and left.kind in {"money", "count"} and 0 < before < after


def _labelled(left: Claim, right: Claim, a: Label, b: Label) -> Verdict:  # noqa: PLR0911 - one for each reason
    """Judge who or where by two reports."""
    if a.generic and b.generic:
        return "same"
    if a.generic or b.generic:
        return "tighter_value"
    if is_same(named(a), named(b)):
        return "same"
    if left.kind == "place" and _holds(a.entity, b.entity):
        return "tighter_value"
    if left.kind == "office":
        return "not_comparable"
    if (moved_on(left, right) and gap(left, right)) or gap(left, right) >= MOVED_ON:
        return "superseded" if left.kind != "makes" else "contradiction"
    return "contradiction"


def _holds(a: str, b: str) -> bool:
    """Tell whether one of two places is the country of the other."""
    return country_of(a) == country_of(b) != "" and a != b and (is_country(a) or is_country(b))


def _stated(left: Claim, right: Claim, a: Label, b: Label) -> Verdict:  # noqa: PLR0911 - one for each reason
    """Judge what was done, denied or planned by two reports."""
    earlier, later = ordered(left, right)
    if not a.name or not b.name:
        return "not_comparable"
    if a.name == b.name:
        if left.negated != right.negated:
            if later.negated:
                return "contradiction" if gap(left, right) < MOVED_ON else "superseded"
            return "superseded" if gap(left, right) > ONE_MOMENT else "contradiction"
        if left.stage == right.stage or left.negated:
            return "same"
        return _by_rank(earlier, later)
    if b.name in deeds()[a.name].undone or a.name in deeds()[b.name].undone:
        if left.negated != right.negated:
            return "same"
        later_news = gap(left, right) >= MOVED_ON or (later.turn and gap(left, right) > ONE_MOMENT)
        return "superseded" if later_news else "contradiction"
    if left.negated or right.negated:
        return "not_comparable"
    return _by_rank(earlier, later)


def _by_rank(earlier: Claim, later: Claim) -> Verdict:
    before, after = _RANKS.get(earlier.stage, 0), _RANKS.get(later.stage, 0)
    days = (later.day - earlier.day).days
    if not before or not after:
        return (
            "superseded" if later.stage in {"halted", "cancelled", "delayed"} and days else "not_comparable"
        )
    if before == after:
        return "same"
    return "superseded" if days and before < after else "consistent"
