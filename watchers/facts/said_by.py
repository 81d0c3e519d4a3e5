"""Who says a sentence and how firmly: stated, reported, alleged, expected or denied."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from watchers.facts.passage import CAP

if TYPE_CHECKING:
    from watchers.facts.passage import Passage
    from watchers.types import Fact, Span

Hedge = Literal["stated", "reported", "alleged", "expected", "denied"]

_HEDGES: dict[str, tuple[tuple[Hedge, re.Pattern[str]], ...]] = {
    "en": (
        ("alleged", re.compile(r"\balleg(?:ed|edly|es)|\bclaim(?:s|ed)\b|\brumou?r|\bunconfirmed|\bpurported", re.IGNORECASE)),
        ("reported", re.compile(r"\breported(?:ly)?\b|\bmedia (?:have |has )?report|\baccording to\b|\bfamiliar with\b|\bsources? (?:said|told)", re.IGNORECASE)),
        ("expected", re.compile(r"\b(?:is|are) (?:expected|likely|due|set) to\b|\bexpects to\b|\bcould\b", re.IGNORECASE)),
        ("denied", re.compile(r"\bden(?:ied|ies|y)\b", re.IGNORECASE)),
    ),
    "tr": (
        ("alleged", re.compile(r"iddia|öne sürül|ileri sürül|söylenti|doğrulanma", re.IGNORECASE)),
        ("reported", re.compile(r"göre(?!\w)|bildiril|haberlere|kaynaklar", re.IGNORECASE)),
        ("expected", re.compile(r"bekleniyor|öngörülüyor|tahmin", re.IGNORECASE)),
        ("denied", re.compile(r"yalanla|reddet", re.IGNORECASE)),
    ),
    "ja": (
        ("alleged", re.compile(r"疑い|未確認|と主張|うわさ|との観測")),
        ("reported", re.compile(r"によると|と報じ|関係者|という。|と伝え")),
        ("expected", re.compile(r"見通し|見込み|とみられ|可能性")),
        ("denied", re.compile(r"否定")),
    ),
}  # fmt: skip
_VERBS = r"(?:said|says|told|announced|added|confirmed|admitted|stated|wrote|reported|reports|warned|noted|denied|claimed|claims|insisted|explained|stressed|emphasi[sz]e[sd]|argued|estimates?|asked)"
_NP = rf"(?:(?:[Tt]he|[Aa]n?|[Tt]wo|[Ss]everal|[Ii]ts|[Hh]is|[Hh]er)\s(?:[\w’'-]+\s){{0,5}}?[\w’'-]+|(?:{CAP})(?:\s(?:{CAP}|of|the|chief|executive|minister|officials?|media|sources?|spokes\w+|ministry)){{0,7}})"
# After "according to" the phrase runs up to a comma, a verb or a preposition of time; it holds no other.
_TOLD = r"(?:(?!(?:on|in|who|which|that|whose|after|as|when|and|but|at|by|with|from|to|said|says|is|are|was|were|has|have|had|will)\s)[\w’'&.-]*[\w’'&](?:\s|(?=[,.;:)”\"]|\Z))){1,9}(?:of\s(?:the\s)?[\w’'-]+(?:\s[A-Z][\w’'-]+)*)?"
# "the procurement body SSB": the name at the end is who it is.
_NAMED_AT_END = re.compile(
    rf"\A(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s(?:[a-z][\w’'-]*\s){{1,5}}(?P<name>(?:{CAP})(?:\s{CAP}){{0,4}})\Z"
)
_SPEAKER = {
    "en": re.compile(
        rf"\b[Aa]ccording\sto\s(?P<a>{_TOLD})|(?:(?<=^)|(?<=[,;.—–\"”]\s)|(?<=\n)|(?<=and\s)|(?<=but\s))(?P<b>{_NP})(?:,\s[^,.;\"“”]{{3,70}},)?\s(?:have\s|has\s|had\s|also\s)?{_VERBS}\b|(?<=[\"”]\s){_VERBS}\s(?P<c>{_NP})|(?<=,\s)(?:said|says)\s(?P<d>{_NP})"
    ),
    "tr": re.compile(
        rf"(?P<a>(?:{CAP})(?:\s[\w'’]+){{0,3}}?)['’]?\w{{0,3}}\s(?:göre)(?!\w)|(?:(?<=^)|(?<=[.;]\s)|(?<=\n))(?P<b>(?:{CAP})(?:\s{CAP}){{0,6}}),?\s(?=[^.]*(?:dedi|söyledi|açıkladı|belirtti|duyurdu|bildirdi|ifade etti|ifadesini|vurguladı|kaydetti|hatırlattı|yalanladı)(?!\w))"
    ),
    "ja": re.compile(
        r"(?P<a>[^、。「」はがに]{2,20})によると|(?:(?<=^)|(?<=[。」\n]))(?P<b>[^、。「」はが]{2,20})は(?=[^。]*(?:述べ|語|話し|発表|明らか|説明|表明|強調|指摘|と報じ|伝え|否定))"
    ),
}


# A sentence without one of these has no speaker; asked first, for speed.
_TELLS = {
    "en": re.compile(rf"[Aa]ccording\sto|\b{_VERBS}\b"),
    "tr": re.compile(
        r"göre(?!\w)|dedi(?!\w)|söyledi|açıkladı|belirtti|duyurdu|bildirdi|ifade|vurguladı|kaydetti|hatırlattı|yalanladı"
    ),
    "ja": re.compile(r"によると|述べ|語|話し|発表|明らか|説明|表明|強調|指摘|と報じ|伝え|否定"),
}


def attribute(passage: Passage, facts: list[Fact]) -> list[Fact]:
    """Fill in who said each fact's sentence and how firmly, read once a sentence."""
    text = passage.text
    hedges = tuple((hedge, pattern) for hedge, pattern in _HEDGES[passage.lang] if pattern.search(text))
    told = _TELLS[passage.lang].search(text) is not None
    if not hedges and not told:
        return facts
    spoken: dict[int, tuple[str, Hedge]] = {}
    attributed = []
    for fact in facts:
        if fact.sentence_start not in spoken:
            spoken[fact.sentence_start] = _read(passage, passage.sentence(fact.start), hedges, told=told)
        by, hedge = spoken[fact.sentence_start]
        attributed.append(replace(fact, said_by=by, hedge=hedge) if by or hedge != "stated" else fact)
    return attributed


def _read(
    passage: Passage, sentence: Span, hedges: tuple[tuple[Hedge, re.Pattern[str]], ...], *, told: bool
) -> tuple[str, Hedge]:
    """Return a sentence's speaker, perhaps empty, and its hedge."""
    match = None
    if told and _TELLS[passage.lang].search(passage.text, sentence.start, sentence.end):
        match = _SPEAKER[passage.lang].search(passage.text, sentence.start, sentence.end)
    by = next((words for words in match.groups() if words), "").strip() if match else ""
    named = _NAMED_AT_END.match(by)
    if named:
        by = named.group("name")
    for hedge, pattern in hedges:
        if pattern.search(sentence.mention):
            return by.strip(), hedge
    return by.strip(), "stated"
