"""Capitalised words that stand where a party of a deal would, and are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.passage import CAP
from watchers.facts.platforms import is_nationality

if TYPE_CHECKING:
    from watchers.facts.passage import Passage

# "Arden Corp., Fort Hall, Texas, is awarded": after a firm, where it is.
_SEATED = re.compile(rf",\s{CAP}(?:\s{CAP})?,\s(?:is|are|was|were|has|have|had|will)\b")
# A lone word in -ing that opens a sentence is a deed: "Signing is planned for May".
_GERUND = re.compile(r"[A-Z][a-z]+ing\Z")
# "signed the Lunna House agreement": the name of what was signed.
_TITLE = re.compile(
    r"\s(?:[Aa]greement|[Tt]reaty|[Aa]ccords?|[Dd]eclaration|[Pp]rotocol|[Cc]onvention|[Cc]ompact)\b"
)
_SIGNED = re.compile(r"\b(?:sign(?:ed|s)?|ratif(?:y|ied|ies)|conclude[ds]?|joine?d?|under|by)\s(?:the|a)\s\Z")
# "60 SİHA teslim edecek": what is counted gives or takes nothing.
_COUNTED = re.compile(r"\d\s\Z")
# "its first flight from Moses Lake": where it set out.
_SET_OUT = re.compile(
    r"\b(?:flight|flew|flown|fired|firing|launch\w*|t(?:ook|aken|aking)\soff|sail\w*|depart\w*|shot)\b[^.;,]{0,24}\sfrom\s(?:the\s)?\Z"
)


def is_no_party(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a candidate is a town beside its state, a nationality, where a flight began or counted."""
    name = passage.text[start:end]
    if passage.lang == "tr":
        return name.isupper() and _COUNTED.search(passage.text[max(0, start - 2) : start]) is not None
    if passage.lang != "en":
        return False
    if _SET_OUT.search(passage.before(start, 50)) or is_nationality(name):
        return True
    if _GERUND.match(name) and start == passage.sentence(start).start:
        return True
    if _TITLE.match(passage.text, end) and _SIGNED.search(passage.before(start, 16)):
        return True
    return passage.text[max(0, start - 2) : start] == ", " and _SEATED.match(passage.text, end) is not None
