"""Meetings held, by their kind and who is named, and agreements made; negated ones are neither."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from watchers.facts.bodies import ON_EN
from watchers.facts.passage import UPPER, whole_end
from watchers.types import Fact, Named, Person, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.facts.passage import Passage

_MEETINGS = {
    "en": re.compile(
        rf"\b(?:met(?:\swith)?\s(?:(?:in|on)\s\w+\s(?:with\s)?)?(?=(?:his|her|its|their|the|with|Turkish|Japanese|(?:[{UPPER}]\w+))\b)(?:(?![“”\"]){ON_EN}){{4,70}}|"
        rf"held\s(?:\w+\s){{0,3}}(?:talks|meetings?|consultations)\b{ON_EN}{{0,40}}|(?:hosted|received|welcomed)\s(?:his|her)\s(?:\w+\s){{0,3}}counterpart{ON_EN}{{0,30}}|"
        rf"(?:\w+-day\s)?meeting\s(?:in|at)\s(?=[A-Z])\w+|(?:(?<=\s)visit(?:ed|s)(?=\s[A-Z])|(?<=\s)visited|tour(?:ed|s)(?=\s[A-Z])|toured|(?<=\s)meets(?:\swith)?)\s(?:(?!\sand\s|\sto\s){ON_EN}){{4,50}}(?!\w)|"
        rf"(?:additional|further|bilateral|separate|several|series\sof)\s(?:\w+\s)?(?:meetings|talks)\swith\s{ON_EN}{{4,40}}(?!\w)|(?:sat\sdown|conferred|dined)\swith\s{ON_EN}{{4,40}}(?!\w)|"
        rf"(?:hosted|received|welcomed)\s(?:the\s)?(?:[A-Z][\w’']+\s){{0,3}}(?:(?:[Dd]efen[cs]e|[Ff]oreign|[Pp]rime)\s[Mm]inister|President|Chancellor|Premier|King|General|Admiral){ON_EN}{{0,40}}|"
        rf"(?:[Aa]fter|[Ff]ollowing|[Dd]uring|[Ff]or)\s(?:[\w-]+\s){{0,4}}?(?:talks|meetings?|discussions)\swith\s{ON_EN}{{4,50}}(?!\w)|"
        # "Nakatani and Güler met in Ankara on Tuesday": whom they met stands before; targets "were met".
        rf"(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)(?<!are\s)(?<!is\s)met\s(?:again\s|(?:privately|briefly|separately)\s)?(?:in|at|on)\s(?=[{UPPER}])\w+(?:\s[{UPPER}]\w+)?|"
        rf"met\sfor\s(?:talks|the){ON_EN}{{0,30}}|(?:talks|meeting)\s(?:was|were|took\splace)\s(?:held\s)?(?:in|at|on)\s{ON_EN}{{2,30}})"
    ),
    "tr": re.compile(
        r"(?:(?:ikili\s|baş\sbaşa\s)?görüş(?:tü|tüler|me\sgerçekleştir\w+|me\syap\w+)(?!\w)|bir\saraya\sgeldi\w*|kabul\setti(?!\w)(?=.{0,20}\Z)|ağırladı\w*|(?:toplantı|görüşme)\w{0,4}\s(?:yaptı|düzenledi|gerçekleştirdi|düzenlendi|gerçekleştirildi|yapıldı)\w*|ziyaretinde\sbulundu\w*|(?<=\s)gez(?:di|diler|erek)(?!\w)|konuk\setti\w*|buluştu(?:lar)?(?!\w)|masaya\soturdu\w*|temaslarda\sbulundu\w*|ziyaret\setti\w*)"
    ),
    "ja": re.compile(
        r"(?:(?:首脳|防衛相|電話|個別)?会談(?=し|した|を行|で|に臨|、)|面会した|面会し|会った|懇談した|視察した|視察し|訪問した|訪問し|訪問(?=[　\s]|\Z)|会談(?=[　\s]|\Z)|視察(?=[　\s]|\Z)|会合を(?:開い|持っ)|協議を行っ)"
    ),
}
_AGREEMENTS = {
    "en": re.compile(
        r"\bagree(?:d|ing)\s(?:in\sprinciple\s)?(?:to|on)\s(?!disagree)[^.,;“”]{6,200}?(?=\s(?:but|while|although|after)\b|[.,;]|\Z)|"
        r"\b(?:memorand(?:um|a)\sof\s(?:understanding|cooperation)|letters?\sof\sintent|framework\s(?:agreement|contract|deal)|joint\sventure|(?:strategic\s|industrial\s|defen[cs]e\s|security\s)?(?:cooperation|partnership)\s(?:agreement|pact|accord|protocol)|"
        r"(?:working-level|staff)\s(?:discussions|talks|consultations)|(?:co-production|licen[cs]e|teaming|offset|loan|government-to-government|export)\s(?:agreement|deal|pact))\b"
    ),
    "tr": re.compile(
        r"(?:(?<![\w'’])(?:[\w'’]{1,40}\s){1,6}(?:konusunda|hususunda|üzerinde|için)\s(?:anlaştı\w*|anlaşmaya\svar\w+|uzlaş\w+|mutabakata\svar\w+|mutabık\skal\w+)|mutabakat\s(?:zaptı|muhtırası|metni)|niyet\s(?:mektubu|beyanı)|çerçeve\s(?:anlaşma\w*|sözleşme\w*)|ortak\sgirişim|"
        r"(?:iş\s?birliği|savunma|ortaklık)\s(?:protokolü|anlaşması|mutabakatı)|(?<![\w'’])(?:[\w'’]{1,40}\s){1,6}(?:kararlaştırdı|kararlaştırıldı)\w*)(?!\w)"
    ),
    "ja": re.compile(
        r"(?:[^、。「」]{4,40}(?:で|に)(?:大筋)?(?:合意|一致)(?=し)|覚書|基本合意書?|枠組み合意|枠組み協定|(?:合弁|共同)(?:会社|事業)(?:の設立)?|(?:装備品・?技術移転|防衛装備品移転|物品役務相互提供)協定|意向書)"
    ),
}
_NEGATED = {
    "en": re.compile(
        r"\b(?:no|not|without|never|n['’]t|yet\sto|neither|failed|den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refus\w*|declin\w*|short\sof|avoid\w*|rul\w+\sout|far\sfrom|instead\sof|rather\sthan|close\sto|considering|before)\b[^.;,]{0,60}\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?!)"),
    "ja": re.compile(r"(?!)"),
}
_NEGATED_AFTER = {
    "en": re.compile(r"\A[^.;,]{0,30}\b(?:was|were|has|have|had|is)\snot\b", re.IGNORECASE),
    "tr": re.compile(
        r"\A[^.;,]{0,40}\w+(?:madı|medi|mamış|memiş|mayacak|meyecek|mıyor|miyor)\b|\A\w*\syok\b"
    ),
    "ja": re.compile(r"\A[^。]{0,16}(?:なかった|ていない|ない。|見送)"),
}


# What else than talks a meeting is, by its verb; receiving a guest is the visit seen from the other side.
_VISITS = re.compile(
    r"(?:visit(?:ed|s)|tour(?:ed|s)|hosted|received|welcomed)\b|gez|ziyaret|kabul|ağırla|konuk|視察|訪問",
    re.IGNORECASE,
)
# The verb of an English meeting, before whom or what it was with.
_MEETING_EN = re.compile(
    r"(?:held\s(?:\w+\s){0,3}(?:talks|meetings?|consultations)"
    r"|(?:additional|further|bilateral|separate|several|series\sof|after|following|during|for|met\sfor)\s(?:[\w-]+\s)?(?:talks|meetings?|discussions)"
    r"|(?:talks|meeting)\s(?:was|were|took\splace)(?:\sheld)?|(?:\w+-day\s)?meeting|sat\sdown|\w+)\b(?:(?:\s(?:in|on)\s\w+)?\swith\b)?\s*",
    re.IGNORECASE,
)
_WHERE_OR_WHEN = re.compile(r"(?:in|on|at|for|about|over|during|after|before|by|to)\b")
_GUEST_TR = re.compile(r"(?:heyet|konu[kğ]|mevkida|bakan[ıi]|büyükelçi|komutan|başkan[ıi])", re.IGNORECASE)
# Who goes somewhere, other than who receives a guest, who may come from the place that is named.
_GOES = re.compile(r"ziyaret|gez|訪問|視察")
# Who visits stands before this, and what is visited behind it: 英首相が訪問.
_SUBJECT = re.compile(r"[がは、]|,")
MOST_MET = 4  # people and bodies named of one meeting
_TAKING_PART = frozenset({"person_role", "party"})


def read_meetings(passage: Passage, named: Sequence[Fact]) -> list[Fact]:
    """Return the meetings, one a sentence at most.

    The value is one word for every language, "talks" or "visit", and who of the people and parties `named`
    in the text stands in the sentence: "talks: Gen Nakatani, Yaşar Güler". Where that leaves out whom or what
    it was with, the article's words for it follow: "visit: Gen Nakatani, the missile plant".
    """
    facts = [
        fact
        for fact in _read(passage, "meeting", _MEETINGS[passage.lang])
        if not fact.mention.startswith("kabul") or _has_guest(fact, named)
    ]
    return [replace(fact, value=Words(text=_meeting(passage, fact, named))) for fact in facts]


def _has_guest(of: Fact, named: Sequence[Fact]) -> bool:
    """Tell whether a sentence names somebody who can be received: a bill is "kabul edildi", too."""
    end = of.sentence_start + len(of.sentence)
    persons = (fact for fact in named if fact.type == "person_role")
    return _GUEST_TR.search(of.sentence) is not None or any(
        of.sentence_start <= person.start < end for person in persons
    )


def _meeting(passage: Passage, fact: Fact, named: Sequence[Fact]) -> str:
    kind = "visit" if _VISITS.match(fact.mention) else "talks"
    met = _met(passage, fact, named)
    who = list(met)
    if passage.lang != "en":
        if _GOES.match(fact.mention) and len(met) < 2:
            who += [place for place in _visited(passage, fact, named) if place not in met]
        return f"{kind}: {', '.join(who)}" if who else kind
    verb = _MEETING_EN.match(fact.mention)
    rest = fact.mention[verb.end() :].rstrip() if verb else ""
    within = [name for name, at in met.items() if fact.start <= at < fact.end]
    if rest and not _WHERE_OR_WHEN.match(rest) and (len(met) < 2 or not within):
        who = [*(name for name in met if name not in within), rest]
    return f"{kind}: {', '.join(who)}" if who else kind


def _met(passage: Passage, of: Fact, named: Sequence[Fact]) -> dict[str, int]:
    """Return who is named in a fact's sentence and where, in order; states only where nobody else is."""
    start, end = of.sentence_start, of.sentence_start + len(of.sentence)
    found: dict[str, int] = {}
    known: set[str] = set()
    for fact in named:
        if fact.type in _TAKING_PART and isinstance(fact.value, Person | Named):
            known.add(fact.value.entity)
            if start <= fact.start < end:
                found.setdefault(fact.value.name, fact.start)
    for name in passage.names:  # a fact has but the first place at which somebody is named
        if name.entity in known and start <= name.start < end:
            found[name.name] = min(name.start, found.get(name.name, name.start))
    states = {name.name for name in passage.names if name.entity.startswith("loc:")}
    ordered = sorted(found, key=found.__getitem__)
    kept = [name for name in ordered if name not in states] or ordered
    return {name: found[name] for name in kept[:MOST_MET]}


def _visited(passage: Passage, of: Fact, named: Sequence[Fact]) -> list[str]:
    """Return the last place before a visit's verb in its clause, unless it is where somebody is from."""
    homes = {fact.value.of for fact in named if isinstance(fact.value, Person)}
    places = [
        name.name
        for name in passage.names
        if name.entity.startswith("loc:")
        and of.sentence_start <= name.start < of.start
        and not _SUBJECT.search(passage.text, name.end, of.start)
    ]
    return [place for place in places if place not in homes][-1:]


def read_agreements(passage: Passage) -> list[Fact]:
    """Return the agreements in the text's own words, one a sentence at most; negated ones give none."""
    return _read(passage, "agreement", _AGREEMENTS[passage.lang])


# A text without one of these has no meeting or agreement; asked first, for speed.
_TRIGGERS = {
    ("meeting", "en"): re.compile(
        r"\bmet\b|\bheld\b|host|receiv|welcom|meet|visit|tour|talks|sat\sdown|conferred|dined"
    ),
    ("meeting", "tr"): re.compile(r"görüş|araya|kabul|ağırla|toplantı|temas|ziyaret|gez|konuk|buluş|masaya"),
    ("meeting", "ja"): re.compile(r"会談|面会|会った|懇談|視察|訪問|会合|協議を"),
    ("agreement", "en"): re.compile(
        r"agree|[Mm]emorand|[Ll]etters?\sof|[Ff]ramework|venture|ooperation|partnership|discussions|talks|consultations|deal|pact"
    ),
    ("agreement", "tr"): re.compile(
        r"anlaş|uzlaş|mutab|niyet|çerçeve|ortak|protokol|kararlaştır", re.IGNORECASE
    ),
    ("agreement", "ja"): re.compile(r"合意|一致|覚書|枠組み|合弁|共同|協定|意向書"),
}


def _read(passage: Passage, kind: str, pattern: re.Pattern[str]) -> list[Fact]:
    facts: list[Fact] = []
    if not _TRIGGERS[kind, passage.lang].search(passage.text):
        return facts
    for sentence in passage.sentences:
        match = pattern.search(passage.text, sentence.start, sentence.end)
        if match is None or _negated(passage, match, sentence.end):
            continue
        start, end = match.start(), match.start() + len(match.group().rstrip())
        end = whole_end(passage.text, start, end) if passage.lang == "en" else end
        words = Words(text=passage.text[start:end])
        facts.append(
            passage.fact(
                start, end, "meeting" if kind == "meeting" else "agreement", words, rule=kind, confidence=0.7
            )
        )
    return facts


def _negated(passage: Passage, match: re.Match[str], end: int) -> bool:
    before = passage.before(match.start(), 50)
    after = passage.text[match.end() : min(end, match.end() + 60)]
    return bool(_NEGATED[passage.lang].search(before)) or bool(_NEGATED_AFTER[passage.lang].match(after))
