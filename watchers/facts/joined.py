"""Names that stand in a list with a party: "Wisla Optics and Radmet", "Demirtek ve Optimar'a", 「白峰精機とモルネ」.

One member of a list is told to be a party by its own words or by what it does; the others are what it is.
"""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from watchers.facts.acting import acts
from watchers.facts.bodies import RUN
from watchers.facts.places import stands_as_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.passage import Passage
    from watchers.types import Mention

JOINED = {
    "en": re.compile(r"(?:,|,?\s(?:and|or))\s(?:the\s)?"),
    "tr": re.compile(r"(?:,|\s(?:ve|veya|ile))\s"),
    "ja": re.compile(r"[、・]|と|や|および|及び"),
}
LONGEST_LIST = 5  # names that are looked at for one list
# A Turkish list has the case of its last member; 「カタール、ヨルダンを訪れる」 is read from its end, too.
_LOCATIVE_TR = re.compile(r"['’]?(?:[dt][ae]|nd[ae])(?:ki)?(?!\w)")
# A list that has no last member with "and" is an apposition or an address: "Baykar, Istanbul".
_LATER = {
    "en": re.compile(
        rf"(?:,\s(?P<a>{RUN}))?(?:,\s(?P<b>{RUN}))?(?:,\s(?:and|or)|\s(?:and|or|&))\s(?:the\s)?(?P<c>{RUN})(?=['’]s?\s|[,.;:)]|\s(?!(?:class|drones?|jets?|day)\b)[a-z]|\Z)"
    ),
    "tr": re.compile(
        rf"(?:['’]\w{{1,3}})?(?:,\s(?P<a>{RUN}))?(?:,\s(?P<b>{RUN}))?\s(?:ve|veya|ile)\s(?P<c>{RUN})(?=['’]|[,.;:)]|\s[a-zçğıöşü]|\Z)"
    ),
    "ja": re.compile(
        r"(?:、(?P<a>[ァ-ヴー・]{3,14}))?(?:と|や|、|および|及び)(?P<c>[ァ-ヴー・]{3,14})(?=[はがもにをの、]|の?[2-9２-９]社|など|から)"
    ),
}
_EARLIER = {
    "en": re.compile(rf"(?<![\w-])(?:(?P<a>{RUN}),\s)?(?:(?P<b>{RUN}),\s)?(?P<c>{RUN})(?:,?\s(?:and|or|&)\s(?:the\s)?)\Z"),
    "tr": re.compile(rf"(?<![\w-])(?:(?P<a>{RUN}),\s)?(?P<c>{RUN})(?:['’]\w{{1,3}})?\s(?:ve|veya)\s\Z"),
    "ja": re.compile(r"(?:(?<=^)|(?<=[、。はがのを]))(?P<c>[ァ-ヴー・]{3,14})(?:と|や|および|及び)\Z"),
}  # fmt: skip
WIDTH = 90  # code points of a list that are looked at


def joined(passage: Passage, parties: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges that stand in a list with one of the parties, whatever they are."""
    later, earlier = _LATER[passage.lang], _EARLIER[passage.lang]
    for start, end in parties:
        found = later.match(passage.after(end, WIDTH))
        if found:
            for group in ("a", "b", "c"):
                if found.groupdict().get(group):
                    yield end + found.start(group), end + found.end(group)
        before = passage.before(start, WIDTH)
        found = earlier.search(before)
        if found:
            first = start - len(before)
            for group in ("a", "b", "c"):
                if found.groupdict().get(group):
                    yield first + found.start(group), first + found.end(group)


def leads_up(passage: Passage, names: tuple[Mention, ...]) -> bool:
    """Tell whether a name begins a list whose last member acts: "Norway, Denmark and Oman sign"."""
    if passage.lang != "en":
        return False
    for left, right in pairwise(names[:LONGEST_LIST]):
        if not JOINED["en"].fullmatch(passage.text[left.end : right.start]):
            return False
        if right.entity.startswith(("loc:", "org:")) and acts(passage, right):
            return True
    return False


def in_place_list(passage: Passage, names: tuple[Mention, ...], at: int) -> bool:
    """Tell whether a name is where something happens, alone or with the list that it stands in."""
    step = -1 if passage.lang == "en" else 1
    first = at
    for _ in range(LONGEST_LIST):
        other = at + step
        if not 0 <= other < len(names):
            break
        left, right = sorted((names[at], names[other]), key=lambda name: name.start)
        if not JOINED[passage.lang].fullmatch(passage.text[left.end : right.start]):
            break
        at = other
    if passage.lang == "tr" and (at != first or _is_joined(passage, names, first)):
        return _LOCATIVE_TR.match(passage.after(names[at].end, 8)) is not None
    return stands_as_place(passage, names[at])


def _is_joined(passage: Passage, names: tuple[Mention, ...], at: int) -> bool:
    """Tell whether a name goes on a list."""
    return at > 0 and JOINED["tr"].fullmatch(passage.text[names[at - 1].end : names[at].start]) is not None
