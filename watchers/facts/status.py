"""What became of a deal, clause by clause: what is denied or open is read before what is done."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.passage import lower, whole_end
from watchers.facts.status_tables import DONE, GATES, TABLES
from watchers.facts.undone import negative_until
from watchers.types import Fact, Words

if TYPE_CHECKING:
    from watchers.facts.passage import Passage

# More than three turns in one sentence is a list of verbs, not the state of a deal.
MAX_PER_SENTENCE = 3

# What belongs to a verb on its left: auxiliaries, the word before a Turkish verb, a Japanese clause's start.
_LEFT = {
    "en": re.compile(
        r"(?:(?<!\w)(?:has|have|had|is|are|was|were|been|be|being|will|also|still|already|formally|reportedly)\s)"
        r"{1,4}\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"[\w'’]+\s\Z"),
    "ja": re.compile(r"[^、。「」\n]{1,10}\Z"),
}
LONGEST_RUN = 16  # code points of one Japanese word or number
# Where a Japanese phrase may begin: at a stop, or where kana that join words give way to other letters.
_BOUNDARY_JA = re.compile(r"[、。「」（）\s　](?s:.)|[ぁ-ん][^ぁ-ん]")
_IN_NUMBER = re.compile(r"\d[.,]\d")
# A deed that is only to come, or was history before what the sentence tells, is not the state of things.
_NOT_YET = re.compile(
    r"\b(?:will|would|to|shall|may|might|could|can|should|must)\s(?:not\s)?"
    r"(?:(?:be|have|been|\w+ly)\s){0,3}\Z",
    re.IGNORECASE,
)
_PLUPERFECT = re.compile(r"\bhad\s(?:been\s|\w+ly\s)?\Z", re.IGNORECASE)
# "Three years after they were ordered": when it was, and not what is new.
_SINCE = re.compile(
    r"\b(?:years?|months?|weeks?|days?)\s(?:after|since)\s(?:it|they)\s(?:was|were|had\sbeen)\s\Z",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|announced|confirmed|reported|added|told|revealed|disclosed|wrote|noted|stated|acknowledged|admitted|claim(?:s|ed)|clarif(?:ies|ied)|explain(?:s|ed)|warn(?:s|ed)|alleg(?:es|ed)|insist(?:s|ed)|conceded|according\sto)\b",
    re.IGNORECASE,
)


# What a deed is when it is negated, and the words that negate it.
_UNDONE = {
    "signed": "not_signed", "agreed": "not_signed", "awarded": "not_signed", "firm_order": "not_signed",
    "approved": "no_decision", "selected": "no_decision", "requested": "no_decision", "notified": "no_decision",
    "delivered": "not_started", "delivery_started": "not_started", "operational": "not_started",
    "tested": "not_started",
}  # fmt: skip
NEGATION = 80  # code points before a deed that are looked through for them
_NEGATION = re.compile(
    r"(?:\b(?:has|have|had|is|are|was|were|did|does|do|will|would|been)\s(?:yet\s)?not|\b(?:has|have|had|is|are|was|were|did|does|do|would)n['’]t|\bwon['’]t|\bnever|"
    r"\b(?:has|have|had|is|are|was|were)\s(?:yet|still)\sto|\bnot\syet|\bnone\s(?:of\s[^.,;]{2,30}\s)?(?:has|have|had|was|were|is|are)|\bno\s(?:\w+\s){1,3}(?:has|have|had|was|were|is|are)|\bno\s(?:\w+\s){0,3}(?:between|with|for|on)\s[^.,;]{2,50}\s(?:has|have|had|was|were|is|are)|\bneither\s[^.,;]{2,30}\s(?:has|have|had))"
    r"\s(?:(?:yet|been|be|so|far|formally|officially|finally|even|actually|ever)\s){0,3}\Z",
    re.IGNORECASE,
)
_WHETHER_TR = re.compile(r"(?<!\w)(\w{3,})[ıiuü]p\s\1\w*m[ae]")
_WILL_HAVE_TR = re.compile(r"\w*\solaca[kğ]")
# "The first flight, planned for May, was put off" tells of no flight.
_FLIGHT = re.compile(r"(?:maiden|first)\s(?:flight|firing)", re.IGNORECASE)
_TO_COME = frozenset(
    f"status-{label}" for label in ("planned", "expected", "delayed", "not_started", "cancelled")
)
# What follows if a condition is met is no plan of its own.
_FUTURE_TR = re.compile(r"(?:acak|ecek)(?:lar|ler|tır|tir)?\Z")
# What a request for a budget holds is asked for, not planned as well.
_ENTERED_JA = ("計上する", "盛り込む")
_GUEST_TR = re.compile(
    r"(?:['’][yn]?[ıiuü]\s(?:[\w'’]+\s){0,4}|\bmakam\w*\s|heyet\w*\s(?:\w+\s)?)\Z", re.IGNORECASE
)
# "A firm order may follow", "hopes for a firm order": none yet.
_NOUN_ORDER = re.compile(r"firm\sorders?")
_LATER = re.compile(r"[^.;]{0,60}?\b(?:may|might|could|would|will|expected|to\sfollow|later)\b")
_HOPED = re.compile(
    r"\b(?:for|before|towards?|no|until|without|pending|into|awaits?|awaiting)\s(?:an?\s|any\s)?\Z",
    re.IGNORECASE,
)
# "Hopes to win an order", "could place an order": wanted and not placed.
_WANTED = re.compile(
    r"(?:\b(?:hop(?:es?|ed|ing)|seek(?:s|ing)?|chas(?:es|ing)|compet(?:es?|ing)|bid(?:s|ding)?|await(?:s|ing)?|expect(?:s|ed|ing)?|count(?:s|ing)?\son|pursu(?:es?|ing))\s(?:for\s)?|"
    r"\b(?:to|will|would|could|may|might|can)\s(?:win|place|secure|land|get|receive|clinch)\s)\Z",
    re.IGNORECASE,
)
_PROSPECTS = frozenset({"expected", "planned", "considering", "under_negotiation"})
_NO_SUBJECT = re.compile(r"\b(?:no|none|nobody|nothing|neither)\b(?:\s[\w’'-]+){0,4}\s\Z", re.IGNORECASE)
_NOT = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot)|n['’]t)\s(?:[a-z]+ly\s|be\s|been\s)?\Z", re.IGNORECASE
)
# "Reports that it was signed are false": in English, too, what is denied stands before.
_FALSE = re.compile(r"(?:true|false|baseless|unfounded|fabricated)\Z")


# What a status's words must not end in: figures and the small words of the phrase that follows.
_LOOSE_END = re.compile(
    r"\s(?:\d[\d.,]*|of|the|an?|its|their|his|her|this|these|to|for|from|in|on|at|by|with|and|or|that|as|under|over|some|about)\Z",
    re.IGNORECASE,
)
# A Turkish relative clause tells how things came about, not how they stand, if the sentence goes on to tell that.
_RELATIVE_TR = re.compile(
    r"\w[dt][ıiuü]ğ[ıiuü]\s(?!ileri|iddia|öne|belirt|bildir|açıkla|söyle|kaydet|duyur|ifade|öğren|vurgula|yön|şek|için|zaman|gibi)",
    re.IGNORECASE,
)

# So does a Japanese verb with a noun right behind it, and no particle or stop: "購入した戦闘機の受領が完了した".
_RELATIVE_JA = re.compile(r"[^。、\n]*?[たる]\Z")
_NOUN_JA = re.compile(
    r"(?!事実|方針|意向|考え|見通|疑い|可能性|際|後|上で|結果|場合|時点|模様|段階|形|件|問題|理由|ため)[一-龠ァ-ヴA-ZＡ-Ｚ「『]"
)


def read_statuses(passage: Passage) -> list[Fact]:
    """Return the statuses in order; within a sentence no two overlap, and one class comes once."""
    low = lower(passage.text)
    gates = GATES[passage.lang]
    possible = tuple(label for label in TABLES[passage.lang] if _holds(low, gates[label]))
    facts: list[Fact] = []
    for sentence in passage.sentences:
        facts += _of_sentence(passage, low, (sentence.start, sentence.end), possible)
    return facts


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    """Tell whether one of the stems is in the text; a loop, for it runs a hundred times a text."""
    for stem in stems:  # noqa: SIM110 - any() with a generator takes three times as long
        if stem in text:
            return True
    return False


def _of_sentence(
    passage: Passage, text: str, within: tuple[int, int], possible: tuple[str, ...]
) -> list[Fact]:
    taken: list[tuple[int, int]] = []
    facts: list[Fact] = []
    low = text[within[0] : within[1]]
    gates = GATES[passage.lang]
    for label in possible:
        if len(facts) >= MAX_PER_SENTENCE:
            break
        if not _holds(low, gates[label]):
            continue
        found = _first(passage, text, label, within, taken)
        if found:
            stands, span = found
            taken.append(span)
            if not any(fact.rule == f"status-{stands}" for fact in facts):
                facts.append(
                    passage.fact(*span, "status", Words(text=stands), rule=f"status-{stands}", confidence=0.8)
                )
    return _standing(passage, facts) if len(facts) > 1 else facts


def _standing(passage: Passage, facts: list[Fact]) -> list[Fact]:
    """Leave out what is only the object of a denial, and relative clauses beside a finite verb."""
    denial = next((fact for fact in facts if fact.rule == "status-denied"), None)
    if denial:
        english = passage.lang == "en" and _FALSE.search(denial.mention) is None
        return [
            fact
            for fact in facts
            if fact is denial
            or (fact.start < denial.start if english else fact.start > denial.start)
            or ";" in passage.text[min(fact.end, denial.end) : max(fact.start, denial.start)]
        ]
    if passage.lang == "tr" and any(fact.rule == "status-conditional" for fact in facts):
        facts = [fact for fact in facts if not _FUTURE_TR.search(fact.mention)]
    if passage.lang == "ja" and any(fact.rule == "status-requested" for fact in facts):
        facts = [fact for fact in facts if not fact.mention.endswith(_ENTERED_JA)]
    if passage.lang == "en" and any(fact.rule in _TO_COME for fact in facts):
        facts = [fact for fact in facts if not _FLIGHT.fullmatch(fact.mention)]
    finite = [fact for fact in facts if not _is_relative(passage, fact)]
    return finite or facts


def _is_relative(passage: Passage, fact: Fact) -> bool:
    """Tell whether a status's verb only describes a noun, in the languages that put it before that noun."""
    if passage.lang == "tr":
        return _RELATIVE_TR.search(passage.text, fact.start, fact.end + 8) is not None
    return (
        passage.lang == "ja"
        and _RELATIVE_JA.match(fact.mention) is not None
        and _NOUN_JA.match(passage.text, fact.end) is not None
    )


def _first(
    passage: Passage,
    text: str,
    label: str,
    within: tuple[int, int],
    taken: list[tuple[int, int]],
) -> tuple[str, tuple[int, int]] | None:
    """Return a label and the first range (of the text in lower case) that says so and is not taken yet.

    The label is another one where the words are negated: "has not cleared" is no clearance. None if nothing is found.
    """
    for match in TABLES[passage.lang][label].finditer(text, *within):
        before = passage.text[within[0] : match.start()]
        if passage.lang == "en" and _is_nothing(label, match, before[-NEGATION:]):
            continue
        if passage.lang == "tr" and (_is_open_tr(text, match) or _is_received(label, match, before)):
            continue
        negation = _NEGATION.search(before[-NEGATION:]) if passage.lang == "en" and label in _UNDONE else None
        if negation is None and passage.lang == "en" and label in DONE and not _is_done(before):
            continue
        span = _whole(passage, match, within[0])
        negative = negative_until(text, passage.lang, *match.span()) if label in _UNDONE else 0
        if negation:
            span = (match.start() - len(before[-NEGATION:]) + negation.start(), span[1])
        span = (span[0], max(span[1], negative))
        span = (max([span[0], *(end for _, end in taken if end <= match.start())]), span[1])
        if not any(span[0] < end and start < span[1] for start, end in taken):
            return (_UNDONE[label] if negation or negative else label), span
    return None


def _is_nothing(label: str, match: re.Match[str], before: str) -> bool:
    """Tell whether English words say that nobody plans or denies what they name: "no breakthrough is expected"."""
    if label == "firm_order" and _NOUN_ORDER.fullmatch(match.group()):
        return _LATER.match(match.string, match.end()) is not None or _HOPED.search(before) is not None
    if label == "firm_order" and _WANTED.search(before):
        return True
    if label == "denied":
        return _NOT.search(before) is not None
    return label in _PROSPECTS and _NO_SUBJECT.search(before) is not None


def _is_received(label: str, match: re.Match[str], before: str) -> bool:
    """Tell whether "kabul etti" is what a host does with a guest: "Bakan, Varga'yı makamında kabul etti"."""
    return label == "approved" and match.group().startswith("kabul") and _GUEST_TR.search(before) is not None


def _is_open_tr(text: str, match: re.Match[str]) -> bool:
    """Tell whether Turkish words say "whether or not", or what will have been done: "imzalanıp imzalanmayacağı"."""
    return (
        _WHETHER_TR.search(text, max(0, match.start() - 30), match.end()) is not None
        or _WILL_HAVE_TR.match(text, match.end()) is not None
    )


def _is_done(before: str) -> bool:
    """Tell whether an English verb of doing is no infinitive, no future and no history."""
    if _NOT_YET.search(before[-30:]):
        return False
    if _SINCE.search(before[-40:]):
        return False
    return not _PLUPERFECT.search(before[-24:]) or _SAYING.search(before) is not None


def _unbroken(text: str, lang: str, begin: tuple[int, int], end: int, floor: int) -> tuple[int, int]:
    """Return a range that begins and ends in no number and no word; `begin` is where it does and may at most."""
    start, latest = begin
    if lang == "ja":
        about = range(max(floor, start - LONGEST_RUN), latest + 1)
        starts = [at for at in about if at == floor or _BOUNDARY_JA.match(text[at - 1 : at + 1])]
        start = max((at for at in starts if at <= start), default=min(starts, default=latest))
        return start, end + (text[end : end + 1] == "た")
    if _IN_NUMBER.match(text[max(floor, start - 2) : start + 1]):
        start = latest
    return start, end


def _whole(passage: Passage, match: re.Match[str], floor: int) -> tuple[int, int]:
    """Return a match's range with what belongs to it on the left, without white space and stops around it."""
    start, end = match.span()
    left = _LEFT[passage.lang].search(passage.text[max(floor, start - 40) : start])
    if left:
        start -= len(left.group())
    text = passage.text
    start, end = _unbroken(text, passage.lang, (start, match.start()), end, floor)
    while start < end and text[start] in " \n、。,":
        start += 1
    if passage.lang == "en":
        end = whole_end(text, start, end)
        while loose := _LOOSE_END.search(text, match.start(), end):
            end = loose.start()
    while end > start and text[end - 1] in " \n。,":
        end -= 1
    return start, end
