"""Tell cheaply whether a report may make or decide a promise, by its stored facts and names alone. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watchers.claims.labels import label_of
from watchers.claims.names import spelt
from watchers.claims.periods import span_of
from watchers.claims.subjects import tagged
from watchers.languages import READ_LANGUAGES
from watchers.stories.sounds import sounds
from watchers.text import fold
from watchers.types import Named, Period, Person, fact_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Fact, Report
    from watchers.types.claims import Claim

LOOKED_AT: Final = 12_000  # code points of a text that are looked at; an article of a feed has about 3,000
MOST_NAMES: Final = 120
STEM: Final = 5  # letters of a word that its endings leave alone
SOUND: Final = 4  # consonants that two spellings of one name begin with
SHORTEST: Final = 3
# Words of names that hundreds of reports share: found by one of these, a promise would meet them all.
_COMMON_WORDS: Final = """
ministry minister defence defense department national nation government army navy navies air force
forces group holding systems system industries industrial industry technologies technology company
corporation limited marine maritime aerospace aviation dynamics military command agency council
commission parliament senate congress house office general president secretary director state states
united european union world international north south east west northern southern eastern western
central royal republic federal new the first second third security police coast guard shipyard works
yard base centre center bakanlığı bakanı savunma milli başkanlığı başkanı sanayi sanayii genelkurmay
komutanlığı kuvvetleri deniz hava kara türk türkiye japan japanese turkish american british german
french chinese russian india indian prime chief staff party bank fund program programme project reuters
said january february march april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday 防衛省 海上自衛隊 航空自衛隊 陸上自衛隊 自衛隊 and for with from
"""
_COMMON: Final = frozenset(word[:STEM] for word in fold(_COMMON_WORDS).split())
_DATED: Final = frozenset({"date", "delivery_deadline"})
_RUN: Final = re.compile(r"[A-ZÇĞİÖŞÜÄÉÅØ][\w’'-]{1,30}(?: [A-ZÇĞİÖŞÜÄÉÅØ0-9][\w’'-]{0,30}){0,3}")
_KATAKANA: Final = re.compile(r"[ァ-ヴー]{3,20}(?:[・＝=][ァ-ヴー]{2,20}){0,3}")
_KATAKANA_END: Final = re.compile(r"[ァ-ヴー]")
_KANJI: Final = re.compile(r"[一-龠]{2,12}")
_CJK: Final = re.compile(r"[一-龠ァ-ヴ]")
# What names a time to come without being a date fact: quarters and halves, spans, decades.
_AHEAD: Final = re.compile(
    r"\b(?:quarter|(?:first|second) half|within (?:\w+ ){1,3}(?:days|weeks|months|years?)|20[2-6]0s"
    r"|(?:this|next|the) (?:year|month|week|spring|summer|autumn|fall|winter))\b"
    r"|çeyre|yarıyıl|yılın (?:ilk|ikinci) yarı|(?:gün|hafta|ay|yıl) içinde|20[2-6]0['’]?l"
    r"|(?:bu|gelecek|önümüzdeki) (?:yıl|ay|hafta|yaz|kış|bahar)|yıl sonu"
    r"|四半期|[前後]半|(?:日|週間|か月|カ月|ヶ月|年)以内|年代|年度?内|[今来][年月夏秋冬春]",
    re.IGNORECASE,
)


def looks_ahead(report: Report) -> bool:
    """Tell whether a report may name a day after its own: a dated fact does, or words that are no fact."""
    entry = report.entry
    if entry.lang not in READ_LANGUAGES:
        return False
    if any(_is_ahead(fact, report) for fact in report.facts if fact.type in _DATED):
        return True
    return _AHEAD.search(fact_text(entry)[:LOOKED_AT]) is not None


def _is_ahead(fact: Fact, report: Report) -> bool:
    if not isinstance(fact.value, Period):
        return False
    span = span_of(fact.value.text, signed=report.entry.day)
    # A month without a year may have been read as the last one, where the next is meant.
    return span is None or span[1] > report.entry.day or re.search(r"\d{4}", fact.mention) is None


def named_in(report: Report) -> frozenset[str]:
    """Return what promises about somebody in a report may be found by, without reading its claims."""
    if report.entry.lang not in READ_LANGUAGES:
        return frozenset()
    text = fact_text(report.entry)[:LOOKED_AT]
    named = [(one.name, one.entity) for one in report.mentions if not one.entity.startswith("con:")]
    values = (fact.value for fact in report.facts)
    named += [(one.name, one.entity) for one in values if isinstance(one, Named | Person) and one.name]
    runs = (_KATAKANA, _KANJI) if report.entry.lang == "ja" else (_RUN,)
    found = dict.fromkeys(run.group() for pattern in runs for run in pattern.finditer(text))
    named += [(run, "") for run in list(found)[:MOST_NAMES]]
    return found_by(named, asking=True)


def called_in(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Return the names among claims with their gazetteer ids, each once, in order."""
    parties = ((label_of(c), c) for c in claims if c.kind == "party")
    return tuple(
        dict.fromkeys(
            (one.name, one.entity)
            for one, claim in parties
            if one.name and not one.generic and (one.entity or not _is_thing(one.name, claim))
        )
    )


def _is_thing(name: str, claim: Claim) -> bool:
    """Tell whether a Katakana name is a word for a thing, or the end of one: フリゲート1, コプター."""
    if not _KATAKANA.match(name):
        return False
    at = claim.sentence.find(name)
    return bool(tagged(name, claim.lang)) or (
        at > 0 and _KATAKANA_END.match(claim.sentence[at - 1]) is not None
    )


def found_by(named: Iterable[tuple[str, str]], *, asking: bool = False) -> frozenset[str]:
    """Return the tokens that names, with their gazetteer ids, are found by: ids, places, stems, and sounds.

    A promise is noted under what its names give. `asking` gives what a report's names look for: a Katakana
    name asks for the sounds of Latin ones, and the other way round.
    """
    tokens: set[str] = set()
    for name, entity in named:
        if entity:
            tokens.add(entity)
        if not entity.startswith("loc:"):
            tokens |= words_of(name) | sounds_of(name, asking=asking)
    return frozenset(tokens)


def words_of(name: str) -> set[str]:
    """Return the stems of a name's words, without those that many names have."""
    if _CJK.search(name):
        stem = fold(name)[:STEM]
        return set() if stem in _COMMON else {f"w:{stem}"}
    words = (re.sub(r"\W", "", word) for word in fold(re.sub(r"['’]\w{0,3}\b", "", name)).split())
    stems = {word[:STEM] for word in words if len(word) >= SHORTEST and not word.isdigit()}
    return {f"w:{stem}" for stem in stems - _COMMON}


def sounds_of(name: str, *, asking: bool) -> set[str]:
    """Return how a name begins in sounds, one mute consonant of a Latin one left out or not."""
    katakana = _KATAKANA.fullmatch(name) is not None
    if not katakana and (_CJK.search(name) or not words_of(name)):
        return set()
    kind = "k" if katakana != asking else "l"
    keys: set[str] = set()
    for skeleton in sounds([name], []) if katakana else sounds([], spelt([name])):
        keys.add(skeleton[:SOUND])
        if len(skeleton) <= SOUND:
            keys.add(skeleton[: SOUND - 1])
        elif not katakana:
            keys.update((skeleton[:i] + skeleton[i + 1 :])[:SOUND] for i in range(1, SOUND))
    return {f"{kind}:{key}" for key in keys if len(key) >= SHORTEST}
