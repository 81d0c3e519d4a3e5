"""States that a sentence about a deal or an exercise names without saying what they do in it.

"Officials would sell two batteries to Ukraine", "troops from Qatar, Jordan and Pakistan", 「日本と韓国も招かれた」: no verb
has the state for its subject, and the affair is its own all the same. Where a thing is made, whose minister
somebody is and which language is spoken makes nobody a party.
"""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from watchers.facts.acting import DEAL_JA, DEAL_NOUN, DEAL_TR, MATTER_EN, OFFICE_TR
from watchers.facts.nouns import MACHINES_EN
from watchers.facts.roles import ROLE_EN, ROLE_JA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.facts.passage import Passage
    from watchers.types import Fact, Mention

# What a sentence about machines, money or people under arms has besides its words.
_FIGURES = frozenset({"money", "quantity", "platform"})
_COUNTRY = re.compile(r"loc:[A-Z]{2}\Z")
_MATTER = {
    "en": re.compile(
        rf"{MATTER_EN.pattern}|\b(?:exercises?|drills?|t(?:ake|akes|aking|ook)\spart|join\w*|invit\w+|attend\w*|partners?|programme|program|cost\sshare|neighbou?rs)\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(rf"{DEAL_TR.pattern}|katıl|davet|tatbikat|ortak|program", re.IGNORECASE),
    "ja": re.compile(rf"{DEAL_JA}|参加|招|訓練|加わ|加盟|出席|共同|分担|交渉|協議"),
}
# "Aeronova of Spain" is from there; "against Serbia" is at odds with it and no partner.
_NOT_BEFORE_EN = re.compile(
    r"\b(?:of|against|than|like|unlike|versus|beat|across|war\swith|borders?\swith|(?:north|south|east|west|centr)\w*)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
# "Japan's intent" makes it no party, "Malaysia's Anka-S deliveries" does.
_WHOSE_ELSE_EN = rf"['’]s\s(?!(?:(?!(?:to|of|for|in|on|with|by|and)\s)[\w-]+\s){{0,4}}?(?:{MACHINES_EN}\b|deliver|{DEAL_NOUN}|[\w-]*\d))"
# "Polonya ve Romanya savunma bakanları imzaladı": several in one office, without a name, act for their states.
_MINISTERS_TR = (
    r"(?:(?:,|\sile|\sve)\s\w+)*\s(?:[\w’']+\s){0,2}?(?:bakan|başkan|komutan|heyet|yetkili)l[ae]r[ıi](?!n)"
)
_NOT_AFTER = {
    "en": re.compile(
        rf"(?:['’]s\s(?:[\w-]+\s){{0,3}}?{ROLE_EN}\b|{_WHOSE_ELSE_EN}|-|\s(?:War|war|Times|Post|ambassador|embassy|coast|border)\b)"
    ),
    "tr": re.compile(
        rf"(?!{_MINISTERS_TR}){OFFICE_TR.pattern.removeprefix(chr(92) + 'A')}|\s(?:menşeli|yapımı|merkezli|uyruklu|asıllı|kökenli|basın|medya|sınır|kıyı|asker\w*|vatandaş)|['’]?n?[ıiuü]n\s(?:[\w’']+\s){{0,2}}?(?:başkent|[Bb]üyükelçi|sınır|kıyı)"
    ),
    "ja": re.compile(
        rf"(?:製|人|語|[東西南北中]部|系|産|式|出身|国籍|経由|領|紙|戦|内|外|国内|周辺|近海|海峡|時間|メディア|国境|大使|出資)|の?[ァ-ヴー・一-龠]{{0,10}}{ROLE_JA}"
    ),
}
# "U.S. models", 「日米」: an abbreviation is an adjective as often as a name.
_WHOLE_NAME = {
    "en": re.compile(r"(?=.*[a-z])"),
    "tr": re.compile(r"(?=.*[a-zçğıöşü])"),
    "ja": re.compile(r"[ァ-ヴー・]{3,}\Z|[一-龠]国\Z|日本\Z|台湾\Z|豪州\Z"),
}


def is_concerned(passage: Passage, name: Mention, read: Sequence[Fact]) -> bool:
    """Tell whether a country is named in a sentence about a deal or an exercise; `read` are its figures."""
    if not _COUNTRY.match(name.entity) or not _WHOLE_NAME[passage.lang].match(name.mention):
        return False
    if _NOT_AFTER[passage.lang].match(passage.after(name.end, 60)):
        return False
    if passage.lang == "en" and _NOT_BEFORE_EN.search(passage.before(name.start, 16)):
        return False
    sentence = passage.sentence(name.start)
    return _is_about(passage.lang, sentence.mention) or any(
        fact.type in _FIGURES and sentence.start <= fact.start < sentence.end for fact in read
    )


@lru_cache(maxsize=16)
def _is_about(lang: str, sentence: str) -> bool:
    """Tell whether a sentence is about a deal or an exercise."""
    return _MATTER[lang].search(sentence) is not None
