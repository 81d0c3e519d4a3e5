"""How English writes dates."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import calendar as cal

if TYPE_CHECKING:
    from datetime import date

FISCAL_MONTH = 4
_MONTHS = "january february march april may june july august september october november december".split()
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}

_M = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_Y = r"(?:19[5-9]\d|20[0-6]\d)"
_YEAR_WORD = rf"(?:{_Y}(?!-\d)|(?:next|this|last)\syear)"
_TH = r"(?:st|nd|rd|th)?"
_D = r"[0-3]?\d"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|through)\s)"
_PART = r"(?:the\s)?(?:(?:very\s)?(?:early|late|mid|end|start|beginning|middle|close|spring|summer|autumn|fall|winter)(?:\sof|\sin)?[\s-])"

_FORMS = (
    rf"(?P<iso>(?<![\w-]){_Y}-(?:0[1-9]|1[0-2])-[0-3]\d(?![\w-]))",
    rf"(?P<dmy>(?<![\w.,])(?:(?P<dmy_a>{_D}){_TH}{_TO}|(?<=etween\s)(?P<dmy_b>{_D}){_TH}\sand\s)?(?P<dmy_d>{_D}){_TH}\s(?:of\s)?(?P<dmy_m>{_M})(?![a-z])(?:,?\s(?P<dmy_y>{_Y})(?!\w))?)",
    rf"(?P<mdy>(?P<between>(?<=etween\s))?\b(?P<mdy_m>{_M})\s(?P<mdy_d>{_D}){_TH}(?:(?:\s?[-–—]\s?|\s(?:to|through)\s(?={_D}{_TH}(?:[,;)]|\.(?!\d)|\s20\d\d|\Z))|(?(between)\sand\s|(?!)))(?P<mdy_b>{_D}){_TH})?(?![\w.,]?\d)(?:,?\s(?P<mdy_y>{_Y})(?!\w))?(?!\s?(?:percent|per\scent|million|billion)))",
    r"(?P<newfy>\b(?:the\s)?(?P<nf>new|next|coming|current)\s(?:fiscal|financial)\syear\b)",
    r"(?P<fiscal>\b(?:(?:FY|fiscal(?:\syear)?|financial\syear)\s?(?P<fy>20\d\d|\d\d)(?:[-/–]\d\d(?:\d\d)?)?|(?P<fy2>20\d\d)(?:[-/–]\d\d)?\s(?:fiscal|financial)\syear))(?!\w)",
    rf"(?P<quarter>\b(?:the\s)?(?:(?P<q_o>first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th))\squarter(?:\sof|\sin)?|Q(?P<q_n>[1-4])(?:\sof)?)\s(?P<q_y>{_YEAR_WORD}|fiscal\s20\d\d))(?!\w)",
    rf"(?P<half>\b(?:the\s)?(?:(?P<h_o>first|second|latter)\shalf(?:\sof|\sin)?|H(?P<h_n>[12])(?:\sof)?)\s(?P<h_y>{_YEAR_WORD}))(?!\w)",
    r"(?P<bare>\b(?:in|by|from|until|before|during|for)\s(?:the\s)?(?P<b_o>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))\squarter(?!\s?(?:of|century|\w*\sthe)\b))",
    r"(?P<split>(?<![\w-])(?P<s_a>20\d\d)\s?[-/–]\s?(?P<s_b>\d\d)(?![\w-]))",
    r"(?P<span>(?<![\w-])(?P<sp_a>20\d\d)\s?[-–]\s?(?P<sp_b>20\d\d)(?![\w-]))",
    rf"(?P<monthyear>\b(?P<my_m>{_M})(?:\sof)?,?\s(?P<my_y>{_YEAR_WORD})(?!\w))",
    r"(?P<month>\b(?:(?:[Ii]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]or|[Ff]rom|[Bb]efore|[Aa]fter|[Tt]o|[Bb]etween|and|[Dd]uring|of|[Ll]ast|[Tt]his|[Nn]ext|early|late|mid)[\s-])(?P<mo>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s\d))",
    r"(?P<weekday>\b(?:(?P<w_on>[Oo]n|[Ll]ast|[Tt]his|[Nn]ext|by|from)\s)?(?P<w_d>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!\w))",
    rf"(?P<part>\b(?:(?:[Ii]n|[Bb]y|[Ff]rom)\s)?{_PART}(?P<p_y>{_YEAR_WORD})(?!\w))",
    r"(?P<ago>\b(?P<a_w>next|last|this|the\scoming|the\sprevious|the\sfollowing)\s(?P<a_u>year|month|week)(?![\w’']))",
    r"(?P<day>\b(?P<d_w>[Yy]esterday|[Tt]omorrow)\b)",
    r"(?P<yearend>\b(?:by|before|until|at|to|towards?)\s(?:the\s)?(?:year[’']?s?[\s-]end|(?:end|close)\sof\s(?:the|this)\syear)(?!\w))",
    r"(?P<after>\bwithin\s(?P<af_n>\d{1,3})\s(?P<af_u>months|years|days|weeks)\s(?:of|after|from)\s(?:contract\s)?(?:signature|signing))",
    r"(?P<after2>\b(?P<ag_n>\d{1,3})\s(?P<ag_u>months|years|days|weeks)\s(?:after|from)\s(?:contract\s)?(?:signature|signing))",
    rf"(?P<year>(?<![\w.,#/$€£¥-])(?:(?P<y_p>[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Bb]eyond|[Tt]hrough)\s)?(?P<y>{_Y})(?![\w-]|[.,/]\d|\s?(?:%|percent|per\scent|million|billion|thousand)))",
)
# The look-behind fails at once inside a word; each form has its own border, but tested one by one they cost 2 ms.
# The second look-ahead holds the first words that a form may have: most words begin none.
_OPENERS = (
    r"(?:\d|Q[1-4]|H[12]|FY|J[au]|Feb|Ma[ry]|A[pu]|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|S[au]|"
    r"(?i:the|next|last|this|in|by|until|since|from|for|before|after|to|between|and|during|of|on|at|toward|towards|early|late|"
    r"mid|very|fiscal|financial|first|second|third|fourth|final|latter|current|coming|new|yesterday|tomorrow|within|beyond|"
    r"through|end|start|beginning|middle|close|spring|summer|autumn|fall|winter)[\s-]|[Yy]esterday|[Tt]omorrow)"
)
_PATTERN = re.compile(rf"(?<!\w)(?={_OPENERS})(?:{'|'.join(_FORMS)})")


def _month(word: str) -> int:
    return _SHORT.index(word[:3].lower()) + 1


def _year(word: str, published: date) -> int:
    if word.isdigit():
        return int(word)
    return published.year + {"next": 1, "this": 0, "last": -1}[word.split(maxsplit=1)[0]]


def _day(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001 - the Grammar's signature
    kind = match.lastgroup
    if kind == "iso":
        return match.group()
    key = "dmy" if kind == "dmy" else "mdy"
    day, month, year = int(match[f"{key}_d"]), _month(match[f"{key}_m"]), match[f"{key}_y"]
    if year:
        value = f"{cal.month_of(int(year), month)}-{day:02d}" if 1 <= day <= 31 else ""
    else:
        value = cal.nearest_day(published, month, day, ahead=ahead)
    if key == "dmy":
        return cal.through(value, int(match["dmy_a"] or match["dmy_b"] or 0), day)
    return cal.through(value, day, int(match["mdy_b"] or 0))


def _part(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001, PLR0911 - the Grammar's signature; a case a form
    """Read quarters, halves, fiscal years and pairs of years."""
    match match.lastgroup:
        case "fiscal":
            digits = match["fy"] or match["fy2"]
            return f"FY{digits if len(digits) == 4 else '20' + digits}"
        case "quarter":
            number = match["q_n"] or _ORDINALS[match["q_o"]]
            word = match["q_y"].removeprefix("fiscal ")
            return f"{_year(word, published)}-Q{number}"
        case "bare":
            return cal.nearest_quarter(published, _ORDINALS[match["b_o"]], ahead=ahead)
        case "half":
            number = match["h_n"] or (1 if match["h_o"] == "first" else 2)
            return f"{_year(match['h_y'], published)}-H{number}"
        case "split":
            return f"FY{match['s_a']}" if int(match["s_b"]) == (int(match["s_a"]) + 1) % 100 else ""
        case "span":
            return f"{match['sp_a']}-{match['sp_b']}" if match["sp_a"] < match["sp_b"] else ""
        case _:
            pass
    return ""


def _fiscal(word: str, published: date) -> str:
    """Write the current or next fiscal year, which most states that announce one begin in April."""
    began = published.year - (published.month < FISCAL_MONTH)
    return f"FY{began + (word != 'current')}"


def _relative(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001 - the Grammar's signature
    """Read weekdays and words such as "next month"."""
    kind = match.lastgroup
    if kind == "weekday":
        word = (match["w_on"] or "").lower()
        index = _WEEKDAYS.index(match["w_d"].lower())
        return cal.weekday(
            published, index, ahead=word in ("next", "by", "from") or (ahead and word != "last")
        )
    if kind == "day":
        return cal.weekday(
            published,
            (published.weekday() + (1 if match["d_w"][0] in "Tt" else -1)) % 7,
            ahead=match["d_w"][0] in "Tt",
        )
    word, unit = match["a_w"].split()[-1], match["a_u"]
    step = {"next": 1, "coming": 1, "following": 1, "this": 0}.get(word, -1)
    if unit == "year":
        return str(published.year + step)
    if unit == "month":
        return cal.month_of(published.year, published.month + step)
    return cal.week(published, step)


def _read(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: C901, FBT001, PLR0911 - the Grammar's signature; a case a form
    match match.lastgroup:
        case "iso" | "dmy" | "mdy":
            return _day(match, published, ahead)
        case "fiscal" | "quarter" | "half" | "split" | "span" | "bare":
            return _part(match, published, ahead)
        case "weekday" | "ago" | "day":
            return _relative(match, published, ahead)
        case "monthyear":
            return cal.month_of(_year(match["my_y"], published), _month(match["my_m"]))
        case "month":
            return cal.nearest_month(published, _month(match["mo"]), ahead=ahead)
        case "part":
            return str(_year(match["p_y"], published))
        case "yearend":
            return str(published.year)
        case "newfy":
            return _fiscal(match["nf"], published)
        case "after":
            return f"{match['af_n']} {match['af_u']} after signature"
        case "after2":
            return f"{match['ag_n']} {match['ag_u']} after signature"
        case _:
            pass
    return cal.year_of(match["y"])


_THING = (
    r"(?:aircraft|(?:air)?planes?|jets?|fighters?|bombers?|trainers?|tankers?|helicopters?|drones?|UAVs?|ships?|vessels?|boats?|frigates?|corvettes?|destroyers?|"
    r"carriers?|cutters?|submarines?|tanks?|vehicles?|carriages?|howitzers?|guns?|launchers?|missiles?|rockets?|torpedoes|interceptors?|radars?|systems?|batter(?:y|ies)|"
    r"satellites?|units?|batch(?:es)?|tranches?|examples?|prototypes?|airframes?|hulls?|F-\d+\w*)"
)
_SOME = r"(?:first|second|third|next|last|final|initial|remaining|lead|all|both|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3})"
_DAY_OR_NUMBER = r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d"
GRAMMAR = cal.Grammar(
    pattern=_PATTERN,
    read=_read,
    ahead_before=re.compile(
        r"\b(?:will|would|shall|due|expect(?:s|ed)?|plan(?:s|ned)?|schedul|aims?|hopes?|intends?|to be|before|until|(?:is|are)\sto|by(?=\s(?:the\s)?(?:\w+\sof\s(?:the\s)?)?\Z)|"
        r"promis|could|may|might|should|wants? to|next|ahead of|set to|slated (?:for|to)|to sign|to deliver|slip|(?:postponed|deferred|delayed|pushed\sback|puts?\s(?:off|back)|moved)\s(?:[\w-]+\s){0,2}(?:to|until|till)|runs? to|targets?|from now)\b[^;]*\Z",
        re.IGNORECASE,
    ),
    # "signed on Monday, and deliveries will begin": what a joined clause says is not of this date.
    ahead_after=re.compile(
        rf"\A(?!,?\s(?:and|but|while|whereas|with|as|which)\s(?!{_DAY_OR_NUMBER}))[^.;]{{0,30}}\b(?:will|would|is to|are to|is due|are due|is expected|are expected|is planned)\b"
    ),
    past=re.compile(r"\A[^.;]{0,20}\b(?:was|were|had|has been|rose|fell|said)\b"),
    delivery=re.compile(
        r"deliver|hand(?:ed|ing)?[\s-]?over|complet|enter(?:s|ing)? service|operational|in service|ready|finish|arriv|"
        r"roll[\s-]?out|commission|\bfollow\b|receiv|deploy|integrat|production|build|launch|conclude|field|slip|supply",
        re.IGNORECASE,
    ),
    visit=re.compile(
        rf"\b(?:ministers?|presidents?|premier|chancellor|delegations?|secretary|envoys?|ambassadors?|king|emir|general|admiral|he|she|they)\b(?:(?!\b(?:{_THING}|that|said)\b)[^.;]){{0,60}}?\b(?:arriv\w+|follow\w*|launch\w*|conclud\w+)",
        re.IGNORECASE,
    ),
    until=re.compile(
        r"\b(?:by|no later than|beyond|deadline|before the end of)\b|\bwithin\b|after sign|from sign",
        re.IGNORECASE,
    ),
    ends=re.compile(r"\b(?:by|until|till|no later than|end of|through)\b", re.IGNORECASE),
    past_tense=re.compile(
        r"\b(?:[a-z]{2,}ed|was|were|had|made|sold|won|took|came|went|began|met|flew|left|got|gave|held|bought|built|fell|rose|became|sent|led|saw|lost|last|since|after|former|earlier)\b"
    ),
    present=re.compile(
        r"\b(?:begins?|starts?|opens?|arrives?|ends?|takes?\splace|runs?|follows?|expires?|concludes?|resumes?|meets?|visits?|leaves?|returns?|holds?|votes?|decides?|hosts?|joins?|enters?|sails?|flies|comes?|(?:is|are)\s(?:open|held|scheduled|planned|on|up))\b[^.;§]{0,60}§"
    ),
    due=re.compile(
        rf"\b{_SOME}\s(?:of\s(?:the\s|its\s)?)?(?:[\w-]+\s){{0,4}}{_THING}(?:\s(?:of|for|from)\s[^,.;:]{{1,30}}?)?(?:\s(?:is|are))?\s(?:now\s)?(?:due|expected|slated|scheduled)"
        r"(?:\sto\s(?:come|land|reach\s[^,.;:]{1,30}?|join\s[^,.;:]{1,30}?))?(?:\s(?:in|by|from))?\s?§",
        re.IGNORECASE,
    ),
    begins=re.compile(
        r"\b(?:from|since|start(?:s|ing|ed)?|begin|began|first deliver|due in)\b", re.IGNORECASE
    ),
)
