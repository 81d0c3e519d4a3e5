"""Who can speak at all: a name, or a noun phrase whose head is somebody, a body, a medium or a document."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import Final

from watchers.facts import nouns
from watchers.facts.passage import UPPER

# A figure or a year within a name; "Channel 4" and "17 lawmakers" have none.
_FIGURE: Final = re.compile(r"(?<!\S)[\d$€£¥][\d.,:/-]*[\w%’']*(?=\s|\Z)")
_NUMBERED: Final = re.compile(rf"[{UPPER}][\w-]*\s\d{{1,2}}\Z")
_SMALL: Final = (
    r"if|when|while|as|because|since|although|though|unless|until|than|so|that|which|who|whom|whose|what|why|how|after|before|during|despite|amid|per|not|no|yet|then|is|are|was|were|be|been|being|has|have|had|"
    r"would|could|might|shall|should|must|do|does|did|he|she|it|they|we|you|i"
)
_WITHIN_EN: Final = re.compile(rf"(?:\A|\s)(?:{_SMALL}|will|can|may)(?=\s|\Z)")
_OPENS_EN: Final = re.compile(
    rf"(?![A-Z]{{2}})(?:in|on|at|of|for|from|with|by|to|into|about|over|under|and|or|but|{_SMALL})(?![\w.])",
    re.IGNORECASE,
)
_CLOSES_EN: Final = re.compile(
    r"(?<![\w’'-])(?:of|in|on|at|for|from|with|by|to|into|about|over|and|or|but|the|an?|its|their|his|her|[Aa]ll)\Z"
)
# What may follow a head: where it sits, what it knows.
_COMPLEMENT_EN: Final = re.compile(
    r"\s(?:of|in|at|for|from|with|on|to|near|behind|inside|outside|within|close|familiar|present|briefed|involved|aware|there|here|based|aboard)(?=\s|\Z)"
)
_AGENT_EN: Final = re.compile(
    r"(?:\w*(?:person|people|m[ae]n|wom[ae]n|ists?|ians?|yers?|eers?|folk)|persons|children|\w{2,}(?:ers?|ors?)|chiefs?|heads?|officials?|sources?|insiders?|experts?|critics?|diplomats?|analysts?|aides?|envoys?|generals?|admirals?|colonels?|majors?|captains?|lieutenants?|rebels?|"
    r"residents?|relatives?|witness(?:es)?|executives?|representatives?|chairs?|boss(?:es)?|ceo|premiers?|presidents?|king|queen|princ(?:e|es|ess)|judges?|deput(?:y|ies)|secretar(?:y|ies)|counterparts?|guests?|hosts?|victims?|mps?|cadets?|veterans?|students?|pupils?|academics?|technicians?|delegates?|"
    r"candidates?|nominees?|crews?|pilots?|troops|locals|agents?|correspondents?|opponents?|dissidents?|consultants?|assistants?|commandants?|sergeants?|participants?|parents?|crowds?|public|spokes\w+|"
    r"ministr(?:y|ies)|departments?|agenc(?:y|ies)|offices?|governments?|nav(?:y|ies)|arm(?:y|ies)|forces?|corps|guards?|commands?|police|parliaments?|senate|congress|house|cabinet|councils?|committees?|commissions?|courts?|tribunals?|unions?|associations?|federations?|organi[sz]ations?|"
    r"institut(?:es?|ions?)|universit(?:y|ies)|academ(?:y|ies)|think-?tanks?|cent(?:re|er)s?|banks?|funds?|firms?|compan(?:y|ies)|corporations?|groups?|yards?|shipyards?|consorti(?:um|a)|ventures?|subsidiar(?:y|ies)|arm|units?|divisions?|bureaus?|services?|administrations?|authorit(?:y|ies)|"
    r"embass(?:y|ies)|delegations?|sides?|part(?:y|ies)|opposition|coalition|alliances?|military|industry|staff|headquarters|teams?|board|management|chambers?|airlines?|squadrons?|brigades?|regiments?|battalions?|bases?|missions?|secretariat|directorate|presidency|chancellery|palace|treasury|"
    r"intelligence|states?|countr(?:y|ies)|nations?|all(?:y|ies)|cit(?:y|ies)|museums?|schools?|clubs?|church(?:es)?|hospitals?|clinics?|assembl(?:y|ies)|circles|movements?|militias?|front|league|watchdogs?|charit(?:y|ies)|"
    r"media|press|papers?|newspapers?|dail(?:y|ies)|weekl(?:y|ies)|magazines?|outlets?|websites?|sites?|television|tv|radio|blogs?|journals?|newsletters?|newswires?|channels?|networks?|portals?|tabloids?|bulletins?|reports?|articles?|books?|editorials?|columns?|"
    r"statements?|notices?|filings?|figures|data|documents?|letters?|memos?|stud(?:y|ies)|surveys?|polls?|budgets?|audits?|tenders?|contracts?|records?|releases?|minutes|estimates?|statistics|posts?|bills?|decrees?|transcripts?|verdicts?|rulings?|images|imagery|footage|index|rankings?|databases?|registers?|files?|"
    r"two|three|four|five|six|one|others?|another|some|many|several|both|most)",
    re.IGNORECASE,
)
# Words in "-er" and "-or" for things that say nothing.
_THING_EN: Final = re.compile(
    rf"{nouns.MACHINES_EN}|(?:cruis|destroy|fight|launch|carri|tank|bomb|minelay|minesweep|trainer|land|boost|transf|ord|off|numb|pow|wat|quart|matt|charact|cent|summ|wint|rec|oth|moth|furth|bett|cov|fib|las|weath)ers?|"
    r"radars?|sensors?|motors?|errors?|reactors?|factors?|harbou?rs?|colou?rs?|vectors?|tractors?|mirrors?|corridors?|simulators?|door|floor|poor|for|or|per|her|over|under|after|ever|never|however|other|together",
    re.IGNORECASE,
)
_LOWER_EN: Final = re.compile(r"[a-z][\w-]*")

_LAST_TR: Final = re.compile(
    r"(?<!\w)[a-zçğıöşü]{2,}(?:[fstkçşhp]t|[aeıioöuürlnymzvğb]d)[ıiuü]\Z|[ıiuü]yor\Z|[ae]c[ae]k\Z|\A(?:[Bb]azı|[Bb]irçok|[Bb]irkaç|[Kk]imi|[Çç]oğu)\Z"
)
_NAMELESS: Final = re.compile(r"\W*\w?\W*")

_LAST_JA: Final = re.compile(
    r"(?:ヘリ(?:コプター)?|ドローン|フリゲート|コルベット|ミサイル|センサー|レーダー|ロケット|システム|エンジン|トラック|ボート|ヨット|シリーズ|クラス|モデル|タイプ|トン|キロ|メートル|ドル|ユーロ|パーセント)\Z"
)
_FIGURE_JA: Final = re.compile(r"[0-9０-９](?:年|月|日|円|億|万|ドル|[%％])")


def may_speak(words: str, lang: str, *, source: bool = False) -> bool:
    """Tell whether words can be a speaker's name; of a `source` ("according to …") the head may be anything."""
    if lang == "ja":
        return _LAST_JA.search(words) is None and _FIGURE_JA.search(words) is None
    if _NAMELESS.fullmatch(words):
        return False
    figure = _FIGURE.search(words)
    if figure and not _NUMBERED.search(words) and (lang == "tr" or figure.end() == len(words)):
        return False
    if lang == "tr":
        return _LAST_TR.search(words) is None
    return _may_speak_en(words, source=source)


def _may_speak_en(words: str, *, source: bool) -> bool:
    core = _COMPLEMENT_EN.split(words, maxsplit=1)[0]
    if _OPENS_EN.match(words) or _WITHIN_EN.search(core) or _CLOSES_EN.search(words):
        return False
    head = core.split()[-1].rstrip("’'s") if core.endswith(("'s", "’s")) else core.split()[-1].rstrip("’'")
    if source or not _LOWER_EN.fullmatch(head):
        return True
    return _AGENT_EN.fullmatch(head) is not None and _THING_EN.fullmatch(head) is None
