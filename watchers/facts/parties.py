"""Firms, forces and states that hold a role in a deal or act in a sentence; who only reports it is left out."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from watchers.facts import bodies, nouns
from watchers.facts.acting import acts, deals_tr, is_dealing, role_of
from watchers.facts.concerned import is_concerned
from watchers.facts.joined import JOINED, in_place_list, joined, leads_up
from watchers.facts.no_party import is_no_party
from watchers.facts.owners import of_owned
from watchers.facts.places import is_demonym
from watchers.facts.platforms import ORGANISED
from watchers.types import Fact, Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.facts.passage import Mask, Passage

_OPEN = {
    "en": (
        bodies.SUFFIX_EN,
        bodies.OF_EN,
        bodies.OWNED_EN,
        bodies.FORCE_EN,
        bodies.SUBJECT_EN,
        bodies.OBJECT_EN,
        bodies.LINKED_EN,
        bodies.OWNER_EN,
        bodies.WHOSE_EN,
        bodies.STATE_EN,
        bodies.AMONG_EN,
        bodies.CALLED_EN,
        bodies.OVER_EN,
    ),
    "tr": (
        bodies.SUFFIX_TR,
        bodies.NAMED_TR,
        bodies.KIND_TR,
        bodies.DOER_TR,
        bodies.ACTOR_TR,
        bodies.SUBJECT_TR,
        bodies.WITH_TR,
        bodies.OBJECT_TR,
        bodies.WHOSE_TR,
        bodies.BODY_TR,
        bodies.AMONG_TR,
        bodies.ANY_SUBJECT_TR,
    ),
    "ja": (bodies.SUFFIX_JA, bodies.FIRM_JA, bodies.STATE_JA),
}
_REPORTED_BY = {
    "en": re.compile(
        r"(?:according to|reported by|told|quoted by|interview with|as reported in|cited by)\s(?:the\s)?\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?!)"),
    "ja": re.compile(r"(?!)"),
}
_REPORTS = {
    "en": re.compile(
        # a firm that reports its figures is no medium
        r"\s(?:(?:reported|reports)(?!\s(?:an?|its|net|record|first|second|third|fourth|quarterly|annual|sales|revenues?|profits?|loss(?:es)?)\b)|wrote)\b"
    ),
    "tr": re.compile(r"['’]?\w{0,4}\s(?:göre|yazdı|bildirdi|muhabirine)"),
    "ja": re.compile(r"(?:によると|が報じ|は報じ|が伝え|通信|新聞)"),
}
# "in Muscat" is where, whatever verb stands before it.
_PLACED = re.compile(r"\b(?:in|at|near|on|off|of|since|during|until|around)\s(?:the\s)?\Z")
_OWNER = re.compile(r".*\S['’]s\s(?=\S+\s\S)")
_STATE_BODY = re.compile(
    r"(?:Navy|Army|Force|Forces|Corps|Guard|Ministry|Department|Agency|Command|Parliament|Cabinet|Senate|Congress|Council|Police|Marines|marines)\Z"
)
# "AB" and "AG" at the end of a firm's name are its legal form, whatever else they may stand for.
LEGAL_FORM = 3


# A Turkish name takes an apostrophe before its case; a lone word without one that opens a sentence is a common noun.
_INFLECTED_TR = re.compile(
    r"\w{3,}(?:[dt][ae]n?|nd[ae]n?|l[ae]r[ıi]?|l[ae]r[ıi]n|n[ıiuü]n|ken|rak|rek|ince|ınca|sa|se)"
)


def read_parties(passage: Passage, mask: Mask, read: Sequence[Fact] = ()) -> list[Fact]:
    """Return the parties in order, each name once, with its role in the deal where the sentence tells.

    A state that acts somewhere stands there, though a sentence before only named it. `read` are the facts
    that passes before this one have found.
    """
    found = [*_known(passage, mask, read)]
    taken = [(start, end) for start, end, _, _ in found]
    for start, end in chain(_open(passage, mask), _joined(passage, mask, taken)):
        inside = [span for span in taken if span[0] < end and start < span[1]]
        if inside and not _widens(found, (start, end)):
            continue
        found = [item for item in found if not (item[0] < end and start < item[1])]
        taken.append((start, end))
        found.append((start, end, Named(name=passage.text[start:end]), "open-party"))
    facts = []
    seen: set[str] = set()
    for start, end, _, rule in found:
        if rule not in _STATES:
            mask.take(start, end)  # "Ege Tersanesi" is no place
    acting = {value.entity for _, _, value, rule in found if rule == "known-state"}
    for start, end, value, rule in sorted(found, key=lambda item: item[0]):
        if rule == "named-state" and value.entity in acting:
            continue  # what it does is told further on
        key = value.entity or value.name
        if key in seen:
            continue
        seen.add(key)
        facts.append(
            passage.fact(
                start,
                end,
                "party",
                value,
                rule=rule,
                role=role_of(passage, start, end),
                confidence=_CONFIDENCE[rule],
            )
        )
    return of_owned(passage, facts)


_STATES = frozenset({"known-state", "named-state"})
# Of those that are only named a card with room for two parties shows none before one that acts.
_CONFIDENCE = {"known-organisation": 0.9, "known-state": 0.9, "open-party": 0.7, "named-state": 0.5}


def _widens(found: list[tuple[int, int, Named, str]], span: tuple[int, int]) -> bool:
    """Tell whether an open name is a state's body around the known name of the state, such as a navy."""
    over = [item for item in found if item[0] < span[1] and span[0] < item[1]]
    return all(
        span[1] - span[0] > item[1] - item[0]
        and (item[2].entity.startswith("loc:") or (item[1] == span[1] and item[1] - item[0] <= LEGAL_FORM))
        for item in over
    )


def _known(passage: Passage, mask: Mask, read: Sequence[Fact]) -> Iterator[tuple[int, int, Named, str]]:
    """Yield the known organisations, and the states and capitals that act as one."""
    acting = 0  # where the last name ended that acts: "bought from Norway and Poland" names two sellers
    names = passage.names
    for i, name in enumerate(names):
        if not mask.free(name.start, name.end):
            continue
        value = Named(name=name.name, entity=name.entity)
        joined = acting and JOINED[passage.lang].fullmatch(passage.text[acting : name.start])
        if name.entity.startswith("org:"):
            if not bodies.MEDIA.search(name.name) and not _only_reports(passage, name.start, name.end):
                acting = name.end
                yield name.start, name.end, value, "known-organisation"
        elif (
            name.entity.startswith("loc:")
            and not is_demonym(name)
            and (
                (joined and passage.text[name.end : name.end + 1] not in "'’製")
                or acts(passage, name)
                or leads_up(passage, names[i:])
            )
            and not in_place_list(passage, names, i)
        ):
            acting = name.end
            yield name.start, name.end, value, "known-state"
        elif not (is_demonym(name) or in_place_list(passage, names, i)) and is_concerned(passage, name, read):
            yield name.start, name.end, value, "named-state"


def _only_reports(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a name is only where the news comes from."""
    if _REPORTED_BY[passage.lang].search(passage.before(start, 24)):
        return True
    return _REPORTS[passage.lang].match(passage.after(end, 24)) is not None


def _open(passage: Passage, mask: Mask) -> Iterator[tuple[int, int]]:
    """Yield the ranges of organisations that the finder does not know."""
    for pattern in _OPEN[passage.lang]:
        for match in pattern.finditer(passage.text):
            for group in ("name", "name2", "name3", "name4"):
                if match.groupdict().get(group) is None:
                    continue
                span = _clean(passage, mask, *match.span(group), pattern)
                if span:
                    yield span


def _joined(passage: Passage, mask: Mask, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of organisations in a list with one of those that are taken, also of those just found."""
    for start, end in joined(passage, taken):
        span = _clean(passage, mask, start, end, None)
        if span:
            yield span


def _clean(
    passage: Passage, mask: Mask, start: int, end: int, pattern: re.Pattern[str] | None
) -> tuple[int, int] | None:
    """Cut common words off a candidate's front; None when it is no organisation after all."""
    text = passage.text
    suffixed = pattern in (
        bodies.SUFFIX_EN,
        bodies.OF_EN,
        bodies.OWNED_EN,
        bodies.FORCE_EN,
        bodies.SUFFIX_TR,
        bodies.SUFFIX_JA,
        bodies.FIRM_JA,
    )
    start = _after_leads(text, start, end)
    if not suffixed:
        start = _after_nation(passage, start, end)
    owner = _OWNER.match(text[start:end]) if pattern is bodies.SUFFIX_EN else None
    if owner and not _STATE_BODY.search(text[start:end]):
        start += owner.end()
    name = text[start:end]
    if "\n" in name or not mask.free(start, end) or _is_none(passage, start, end, pattern):
        return None
    if suffixed:
        alone = " " not in name and passage.lang != "ja" and pattern is not bodies.FORCE_EN
        return (
            None if alone or name[0].isdigit() or not _may_hold(passage, start, end, "loc:") else (start, end)
        )
    if _PLACED.search(text[max(0, start - 14) : start]) or name[0].isdigit():
        return None
    common = name[0].islower() or all(_bare(word) in bodies.COMMON for word in name.split())
    return None if common or not _may_hold(passage, start, end, "") else (start, end)


def _after_nation(passage: Passage, start: int, end: int) -> int:
    """Return where a candidate begins without the nation it is of: "Norveçli Fjordtek", "Israeli Orlight"."""
    known = passage.name_at(start, end)
    leads = known is not None and (known.start == start or passage.lang == "tr")
    if known and leads and known.entity.startswith("loc:") and known.end < end:
        if passage.lang == "en" and not is_demonym(known):
            return start
        rest = re.match(r"\w{0,4}\s(?=\w)", passage.text[known.end : end])
        name = passage.text[known.end + rest.end() : end] if rest else ""
        return start if rest is None or ORGANISED.search(name) else known.end + rest.end()
    return start


def _may_hold(passage: Passage, start: int, end: int, kind: str) -> bool:
    """Tell whether no known name is in a range, or one of a kind that an organisation's own name may hold."""
    known = passage.name_at(start, end)
    return known is None or (bool(kind) and known.entity.startswith(kind))


def _is_none(passage: Passage, start: int, end: int, pattern: re.Pattern[str] | None) -> bool:
    """Tell whether a candidate is a medium, a heading, an inflected noun or in a place that names no party."""
    name = passage.text[start:end]
    if bodies.BRANCH_JA.search(passage.text[max(0, end - 6) : end]):
        return True
    short = len(name.replace("&", "")) < 3 - (passage.lang == "ja")
    if short or bodies.MEDIA.search(name) or is_no_party(passage, start, end):
        return True
    if passage.lang == "en":
        from_where = pattern is bodies.LINKED_EN and passage.before(start, 9).endswith(("from ", "from the "))
        if (from_where and not is_dealing(passage, start, end)) or passage.in_heading(start):
            return True
        if nouns.COUNTED_EN.fullmatch(name):
            return True
    if pattern in (bodies.SUBJECT_TR, bodies.ANY_SUBJECT_TR) and (
        _INFLECTED_TR.fullmatch(name) or not deals_tr(passage.sentence(start).mention)
    ):
        return True
    return _only_reports(passage, start, end)


def _after_leads(text: str, start: int, end: int) -> int:
    """Return where a candidate begins without the words that open a sentence or a phrase."""
    while start < end:
        word = re.match(r"\S+\s?", text[start:end])
        if word is None or _bare(word.group()) not in bodies.LEADS or word.end() == end - start:
            break
        start += word.end()
    return start


def _bare(word: str) -> str:
    return word.strip(" ,.;:").replace("İ", "i").lower()
