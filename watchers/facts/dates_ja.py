"""How Japanese writes dates."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import calendar as cal

if TYPE_CHECKING:
    from datetime import date

_FULL = str.maketrans("０１２３４５６７８９", "0123456789")
_N2 = r"[0-9０-９]{1,2}"
_Y4 = r"(?:19[5-9]|20[0-6])[0-9]|２０[０-６][０-９]"
_YEARS = {"来": 1, "翌": 1, "再来": 2, "今": 0, "本": 0, "同": 0, "昨": -1, "去": -1, "前": -1, "一昨": -2}
_WEEKDAYS = "月火水木金土日"
_ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
# Two digits and 年 are a year only where a point in time follows; else "10年" lasts ten years.
_Y2 = rf"(?<![0-9０-９約間後])(?P<y2>[1-6２-３][0-9０-９])年(?=度|末|中|から|まで|[春夏秋冬]|に(?!わた|及|もわ)|の|、|は(?!り)|初|前半|後半|半ば|{_N2}(?:[～〜~\-－–]{_N2})?月|第)"
_YW = r"(?P<yw>来|再来|今|昨|去|翌|一昨)年"
_YR = rf"(?:(?P<y4>{_Y4})年|令和(?P<rw>{_N2}|元)年|{_Y2}|{_YW})"
# What leads from the first day of several to the last, which is no length such as 3日間.
_TO = rf"(?:日?[～〜~\-－–]|日(?:[(（][月火水木金土日][)）])?(?:[～〜~\-－–]|から))(?={_N2}日(?!間|以|後|前|目|連続|程))"

_FORMS = (
    rf"(?P<fiscal>(?:(?P<f4>{_Y4})|令和(?P<fr>{_N2}|元)|(?<![0-9０-９])(?P<f2>[1-6][0-9])|(?P<fw>来|再来|今|本|昨))年度)",
    rf"(?P<full>{_YR}(?:(?P<q1>{_N2})[～〜~\-－–](?P<q2>{_N2})月期|(?P<m>{_N2})月(?:(?:(?P<d0>{_N2}){_TO})?(?P<d>{_N2})日)?|第?(?P<qn>[1-4一二三四])四半期|(?P<h>上半期|下半期|上期|下期|前半|後半)|(?:末|初め|初頭|春|夏|秋|冬|中|半ば)?)(?:ごろ|頃)?)",
    rf"(?P<quarter>(?<![0-9０-９])(?P<p1>{_N2})[～〜~\-－–](?P<p2>{_N2})月期)",
    r"(?P<bare>第?(?P<bq>[1-4一二三四])四半期)",
    rf"(?P<md>(?<![0-9０-９])(?P<md_m>{_N2})月(?:(?:(?P<md_d0>{_N2}){_TO}|(?:{_N2}日?[、・]){{1,6}}(?={_N2}(?:日|の?両日)))?(?P<md_d>{_N2})(?:日|の?両日))?(?!分|号|曜))",
    rf"(?P<dom>(?<![0-9０-９月.．第])(?:(?P<dd0>{_N2})日(?:[～〜~\-－–]|から)(?={_N2}日(?!以|連続)))?(?P<dd>{_N2})(?:日|の?両日)(?!間|本|米|程|以内|数|目|連続|ごと|前|後|分|系|豪|英|印))",
    r"(?P<month>(?P<mw>来|今|先)月)",
    r"(?P<inyear>(?<![\d０-９])年(?:内|末)(?:に|まで|の)?)",
    r"(?P<week>(?<!再)(?P<ww>来|今|先)週)",
    r"(?P<weekday>(?P<wd>[月火水木金土日])曜日?)",
    r"(?P<dayword>昨日|明日)",
    rf"(?P<after>契約(?:締結)?(?:後|から)(?P<an>{_N2}|[0-9]{{3}})(?P<au>[カかヵヶ]月|年|日|週間)(?:以内)?)",
)
# The look-ahead fails at once at every sign that no form begins with.
_PATTERN = re.compile(rf"(?=[\d０-９令来再今昨去翌一二三四第本先年明月火水木金土日契])(?:{'|'.join(_FORMS)})")
_UNITS = {"月": "months", "年": "years", "日": "days", "間": "weeks"}


def _int(digits: str) -> int:
    return 1 if digits == "元" else int(digits.translate(_FULL))


def _year(match: re.Match[str], published: date) -> int:
    if match["y4"]:
        return _int(match["y4"])
    if match["rw"]:
        return 2018 + _int(match["rw"])
    if match["y2"]:
        return 2000 + _int(match["y2"])
    return published.year + _YEARS[match["yw"]]


def _fiscal(match: re.Match[str], published: date) -> str:
    """Write a Japanese fiscal year, which begins in April."""
    if match["f4"]:
        return f"FY{_int(match['f4'])}"
    if match["fr"]:
        return f"FY{2018 + _int(match['fr'])}"
    if match["f2"]:
        return f"FY20{match['f2']}"
    current = published.year if published.month >= 4 else published.year - 1
    return f"FY{current + _YEARS[match['fw']]}"


def _full(match: re.Match[str], published: date) -> str:
    year = _year(match, published)
    if match["q1"]:
        return f"{year}-Q{(_int(match['q2']) + 2) // 3}"
    if match["qn"]:
        return f"{year}-Q{_ORDINALS[match['qn']]}"
    if match["h"]:
        return f"{year}-H{1 if match['h'] in ('上半期', '上期', '前半') else 2}"
    if match["m"]:
        month = cal.month_of(year, _int(match["m"]))
        if not match["d"]:
            return month
        first, last = _int(match["d0"] or "0"), _int(match["d"])
        return cal.through(f"{month}-{max(first, last):02d}", first, last)
    return str(year) if cal.FIRST_YEAR <= year <= cal.LAST_YEAR else ""


def _near(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001, PLR0911 - the Grammar's signature; a case a form
    """Read dates without a year."""
    match match.lastgroup:
        case "quarter":
            first = cal.nearest_month(published, _int(match["p1"]), ahead=ahead)
            return f"{first[:4]}-Q{(_int(match['p2']) + 2) // 3}"
        case "bare":
            return cal.nearest_quarter(published, _ORDINALS[match["bq"]], ahead=ahead)
        case "md":
            month = _int(match["md_m"])
            if not 1 <= month <= 12:
                return ""
            if match["md_d"]:
                begin, end = _int(match["md_d0"] or "0"), _int(match["md_d"])
                day = cal.nearest_day(published, month, max(begin, end), ahead=ahead)
                return cal.through(day, begin, end)
            return cal.nearest_month(published, month, ahead=ahead)
        case "dom":
            begin, end = _int(match["dd0"] or "0"), _int(match["dd"])
            return cal.through(cal.day_of_month(published, end, ahead=ahead), begin, end)
        case _:
            pass
    return cal.weekday(published, _WEEKDAYS.index(match["wd"]), ahead=ahead)


def _read(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001, PLR0911 - the Grammar's signature; a case a form
    steps = {"来": 1, "今": 0, "先": -1}
    match match.lastgroup:
        case "fiscal":
            return _fiscal(match, published)
        case "full":
            return _full(match, published)
        case "inyear":
            return str(published.year)
        case "month":
            return cal.month_of(published.year, published.month + steps[match["mw"]])
        case "week":
            return cal.week(published, steps[match["ww"]])
        case "dayword":
            tomorrow = match.group() != "昨日"
            return cal.weekday(published, (published.weekday() + (1 if tomorrow else -1)) % 7, ahead=tomorrow)
        case "after":
            return f"{_int(match['an'])} {_UNITS[match['au'][-1]]} after signature"
        case _:
            pass
    return _near(match, published, ahead)


GRAMMAR = cal.Grammar(
    pattern=_PATTERN,
    read=_read,
    ahead_before=re.compile(r"(?:来|次の|早ければ|遅くとも|今後)[^。]{0,4}\Z"),
    ahead_after=re.compile(
        r"\A[^。]{0,40}?(?:予定|見通し|見込|方針|計画|目指|始まる|始める|する。|される。|なる。|延期|先送り|繰り下げ|ずれ込|終わる|開く。|迎える|配備する|引き渡す)"
    ),
    past=re.compile(r"\A[^。]{0,30}?(?:た。|た」|ていた|[たし]、)"),
    delivery=re.compile(r"納入|引き渡|納期|完成|完了|就役|配備|運用|導入|受領|量産|終わ|構築|開始|整備"),
    until=re.compile(r"までに?|以内|遅くとも"),
    ends=re.compile(r"まで|末"),
    ahead_sure=re.compile(
        r"\A[^。、]{0,24}?(?:[めえれけ]る|する|なる|開く|行う|結ぶ|選ぶ|送る|買う|進む)(?:予定だ?|見通しだ?|方針だ?)?と(?:の(?:考え|見通し|方針)を)?[^、。]{0,12}?(?:明らか|発表|述べ|語|説明|表明|話|報じ|伝え)"
    ),
    past_tense=re.compile(r"た。|た」|ていた|[たし]、|たと|った|した|前|昨|以来"),
    present=re.compile(r"§[^。]{0,40}?(?:[るうくすつむぶぐ]|だ|です|である)(?:。|、|\Z)"),
    due=re.compile(
        r"(?:初号機|[1-9１-９一二三]番[機艦]|(?:最初|残り)の[^。、は]{0,12}(?:機|艦|艇|車両?|戦車|ミサイル|ヘリ|システム))[^。§]{0,16}§[^。]{0,16}?(?:到着|届く|届け)"
    ),
    begins=re.compile(r"から|以降|始ま|開始"),
)
