"""Tell what kind of value a comparison is about by the few English words that name it."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.claims.subjects import tagged

if TYPE_CHECKING:
    from collections.abc import Mapping

Asked = Literal[
    "money", "count", "share", "measure", "date", "place", "party", "state", "first", "purpose", ""
]
# In order: the first that fits says it. "Date of the first delivery of 12 ships" asks for a date.
_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("first", re.compile(r"^whether\b.*\b(?:is|was|are|were) the first\b|^whether\b.*\bfor the first time$")),
    ("party", re.compile(r"\borigin\b|^(?:the )?(?:country|nation|firm|company|name)\b")),
    ("count", re.compile(r"^(?:the )?(?:number|count|how many)\b")),
    ("measure", re.compile(r"^(?:the )?(?:time (?:to|allowed|in|taken|spent|needed|under|the)|length|duration|how long|range|speed|weight|height|age|depth|area|size of the (?:site|training area|base))\b")),
    ("purpose", re.compile(r"\bwhat (?:the |an? )?[\w\s]{1,40}\b(?:is|are|was|were) for\b|\b(?:purpose|use|cause|reason|aim|why)\b")),
    ("state", re.compile(r"^(?:whether|if)\b|\b(?:whether|status|fate|state of|outcome|confirmed|existence)\b")),
    ("date", re.compile(r"^when\b|^(?:the )?(?:day|date|year|month|time(?! (?:allowed|in|taken|spent|needed|under))|start|end|deadline|schedule|timing|moment)\b|\b(?:date|day|deadline|timetable|schedule|year in which|entry into service|when)\b|^(?:first )?deliver(?:y|ies) of\b|^completion of\b|^launch of\b|\b(?:year|month|day|date)$")),
    ("place", re.compile(r"^where\b|\b(?:place|location|site of|venue|city|where|(?:home |^)port|town|host|destination|base of|birthplace)\b")),
    ("party", re.compile(r"^who\b|\b(?:who|maker|manufacturer|builder|buyer|seller|supplier|owner|operator|winner|leader|name|nationality|chief|executive(?! (?:contract|order|agreement|decree))|president|boss|ceo|captain|ambassador|which (?:company|country|firm|yard|ship|aircraft|missile|engine|system|bidder)|signator|partner|chairman|head of|commander|identity|signed for|designer|developer|customer|contractor|type of|origin)\b")),
    ("count", re.compile(r"^(?:number|count|total) of\b|\b(?:number of|how many|dead|deaths|killed|injured|wounded|casualties|victims|survivors|hostages|headcount|count of|toll|crew size|fleet size|size of the (?:crew|order|fleet|force|contingent|staff))\b")),
    ("measure", re.compile(r"\b(?:duration|length|how long|endurance|range|speed|weight|payload|altitude|displacement|distance|height|thrust|power|depth|area|wingspan|time allowed|time in|time taken|time spent|capacity in|lasting|lifetime|service life|period|radius|age|capacity|temperature|frequency|(?:flight|flying|response|travel|lead|reaction|repair|turnaround) time)\b")),
    ("share", re.compile(r"\b(?:share|percent|percentage|rate|growth|proportion|ratio|rise in|increase in|fall in|drop in|part of|stake|localisation|local content|domestic content)\b")),
    ("money", re.compile(r"\b(?:value|price|cost|costs|worth|sum|amount|budget|revenue|turnover|profit|spending|exports?|imports?|backlog|money|fine|loan|investment|payment|paid|funding|fund|earnings|aid|salary|bill|order book|sales|donation|grant|debt|damage|deficit|subsidy|subsidies|capital|proceeds|wages?|pay|rent|ransom|compensation|yield|savings|overrun|order book)\b")),
    ("first", re.compile(r"\b(?:first of its kind|first-ever|first visit|first time|whether it is the first)\b")),
    ("count", re.compile(r"\b(?:crew|ships|aircraft|tanks|missiles|vehicles|drones|jets|helicopters|soldiers|bidders|countries|jobs|staff|workers|people|refugees|students|recruits|troops|men|women|spectators|visitors|members|families|strength|pilots|deliveries|losses|production|output|order)\b")),
)  # fmt: skip


# What is asked stands before these: "debt of the aircraft maker" asks for a sum, not for a maker.
_HEAD_ENDS = re.compile(r"\s(?:of|in|for|at|on|by|from|under|booked|paid|given|held|that|which)\s")


# "Tomahawks Japan ordered" and "F-16s in the package" ask how many.
_THINGS = re.compile(r"(?:[A-Z][\w-]*\s)?(?:[A-Z]\w*-?\d*s|[A-Z]+\d*\s(?-i:[a-z]+s))\b(?!['’])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is compared: the kind of value, empty if the words do not tell, and tags of what it is of."""

    asked: Asked
    focus: tuple[str, ...]


def question(about: str) -> Question:
    """Read what a comparison is about."""
    low = about.lower()
    head = _HEAD_ENDS.split(low, maxsplit=1)[0]
    asked = _kind(head) or _kind(low) or ("count" if _THINGS.match(about) else "")
    focus = tuple(dict.fromkeys(tag.tag for tag in tagged(about, "en")))
    return Question(asked=asked, focus=focus)


def _kind(words: str) -> Asked:
    return next((kind for kind, pattern in _ASKED if pattern.search(words)), "")


# Which kinds of claims may answer, the likeliest first.
ANSWERS: Mapping[Asked, tuple[str, ...]] = {
    "money": ("money", "share"),
    "share": ("share", "money"),
    "count": ("count",),
    "measure": ("measure",),
    "date": ("date",),
    "place": ("place",),
    "party": ("party",),
    "state": ("state",),
    "first": ("first",),
    "purpose": (),
    "": ("money", "count", "share", "measure", "date"),
}
