"""How Turkish writes dates."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import calendar as cal

if TYPE_CHECKING:
    from datetime import date

_MONTHS = "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık".split()
_WEEKDAYS = "pazartesi salı çarşamba perşembe cuma cumartesi pazar".split()
_ORDINALS = {"ilk": 1, "birinci": 1, "ikinci": 2, "üçüncü": 3, "dördüncü": 4, "son": 4}

_M = "(?:[Oo]cak|[Şş]ubat|[Mm]art|[Nn]isan|[Mm]ayıs|[Hh]aziran|[Tt]emmuz|[Aa]ğustos|[Ee]ylül|[Ee]kim|[Kk]asım|[Aa]ralık)"
_W = "(?:[Pp]azartesi|[Ss]alı|[Çç]arşamba|[Pp]erşembe|[Cc]umartesi|[Cc]uma|[Pp]azar)"
_Y = r"(?:19[5-9]\d|20[0-6]\d)"
_YEAR = rf"(?:{_Y}|(?:[Gg]elecek|[Öö]nümüzdeki|[Bb]u|[Gg]eçen)\syıl)"
_OF = r"(?:['’]?(?:n?[ıiuü]n)|\syılının|\syılı|ın)?"

_FORMS = (
    r"(?P<num>(?<![\w.])(?P<n_d>[0-3]?\d)[./](?P<n_m>[01]?\d)[./](?P<n_y>20\d\d)(?![\w]))",
    rf"(?P<dmy>(?<![\w.,])(?:(?P<dmy_a>[0-3]?\d)(?:\s?[-–—]\s?|\s(?:ile|ila)\s))?(?P<dmy_d>[0-3]?\d)\s(?P<dmy_m>{_M})(?:\s(?P<dmy_y>{_Y})(?!\d))?(?:\s(?:{_W}))?)",
    r"(?P<fiscal>(?<!\w)(?P<fy>20\d\d)(?:[-/]\d\d)?\s(?:mali|bütçe)\s[yd])",
    rf"(?P<quarter>(?<!\w)(?P<q_y>{_YEAR}){_OF}\s(?P<q_o>ilk|birinci|ikinci|üçüncü|dördüncü|son)\sçeyre\w*)",
    r"(?P<bare>(?<!\w)(?:[Yy]ılın\s)?(?P<b_o>ilk|birinci|ikinci|üçüncü|dördüncü|son)\sçeyre[kğ]\w*)",
    rf"(?P<half>(?<!\w)(?P<h_y>{_YEAR}){_OF}\s(?P<h_o>ilk|birinci|ikinci)\syarı\w*)",
    r"(?P<barehalf>(?<!\w)[Yy]ılın\s(?P<bh_o>ilk|ikinci)\syarı\w*)",
    rf"(?P<yearend>(?<!\w)(?P<e_y>{_YEAR}){_OF}\s(?:başı|ortası|sonu)\w*(?:\s(?:kadar|itibarıyla|itibariyle))?)",
    r"(?P<span>(?<![\w-])(?P<sp_a>20\d\d)\s?[-–]\s?(?P<sp_b>20\d\d)(?![\w-]))",
    rf"(?P<monthyear>(?<!\w)(?:(?P<my_m>{_M})\s(?P<my_y>{_Y})|(?P<ym_y>{_YEAR}){_OF}\s(?P<ym_m>{_M}))(?!\d))",
    rf"(?P<month>(?<!\w)(?P<mo>{_M})(?:['’]?(?:da|de|ta|te|a|e)(?!\w)|\say\w*|\ssonu\w*|\sbaşı\w*|['’]?(?:a|e)\skadar))",
    rf"(?P<weekday>(?<!\w)(?:(?P<w_p>[Gg]eçen|[Gg]elecek|[Öö]nümüzdeki|[Bb]u)\s)?(?P<w_d>{_W})(?:\sgün(?:ü|kü)|\sakşamı|\ssabahı|\sgecesi))",
    r"(?P<ago>(?<!\w)(?P<a_w>[Gg]elecek|[Öö]nümüzdeki|[Gg]eçen|[Gg]eçtiğimiz|[Bb]u)\s(?P<a_u>yıl|ay|hafta)(?:\s(?:sonu|sonuna|sonunda|başında|içinde)(?:\skadar)?)?(?!\w*lar|\w*ler))",
    r"(?P<thisend>(?<!\w)[Yy]ıl\ssonu\w*(?:\s(?:kadar|itibarıyla))?)",
    r"(?P<day>(?<!\w)(?P<d_w>[Dd]ün|[Yy]arın)(?!\w))",
    r"(?P<after>(?:(?<!\w)imza\w*(?:\sitibaren|\ssonra)?\s)(?P<af_n>\d{1,3})\s(?P<af_u>ay|yıl|gün|hafta)(?:\siçinde|\ssonra))",
    rf"(?P<year>(?<![\w.,#/$€£¥₺-])(?P<y>{_Y})(?:['’]\w+|\syılı\w*|(?=\s\w)|(?=[\s,.;)]|\Z))(?:\skadar)?)",
)
_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(_FORMS)})")
_UNITS = {"ay": "months", "yıl": "years", "gün": "days", "hafta": "weeks"}


def _lower(word: str) -> str:
    return word.replace("İ", "i").replace("I", "ı").lower()


def _month(word: str) -> int:
    return _MONTHS.index(_lower(word)) + 1


def _year(word: str, published: date) -> int:
    if word.isdigit():
        return int(word)
    return published.year + _step(word)


def _step(word: str) -> int:
    return {"gelecek": 1, "önümüzdeki": 1, "bu": 0}.get(_lower(word).split()[0], -1)


def _day(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001 - the Grammar's signature
    if match.lastgroup == "num":
        return published.replace(
            year=int(match["n_y"]), month=int(match["n_m"]), day=int(match["n_d"])
        ).isoformat()
    day, month, year = int(match["dmy_d"]), _month(match["dmy_m"]), match["dmy_y"]
    if year:
        value = published.replace(year=int(year), month=month, day=day).isoformat()
    else:
        value = cal.nearest_day(published, month, day, ahead=ahead)
    return cal.through(value, int(match["dmy_a"] or 0), day)


def _part(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001, PLR0911 - the Grammar's signature; a case a form
    match match.lastgroup:
        case "fiscal":
            return f"FY{match['fy']}"
        case "quarter":
            return f"{_year(match['q_y'], published)}-Q{_ORDINALS[match['q_o']]}"
        case "bare":
            return cal.nearest_quarter(published, _ORDINALS[match["b_o"]], ahead=ahead)
        case "barehalf":
            return f"{published.year}-H{_ORDINALS[match['bh_o']]}"
        case "half":
            return f"{_year(match['h_y'], published)}-H{min(2, _ORDINALS[match['h_o']])}"
        case "yearend":
            return str(_year(match["e_y"], published))
        case "monthyear":
            year, month = match["my_y"] or match["ym_y"], match["my_m"] or match["ym_m"]
            return cal.month_of(_year(year, published), _month(month))
        case _:
            pass
    return f"{match['sp_a']}-{match['sp_b']}" if match["sp_a"] < match["sp_b"] else ""


def _relative(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001 - the Grammar's signature
    match match.lastgroup:
        case "weekday":
            step = _step(match["w_p"]) if match["w_p"] else 0
            return cal.weekday(
                published, _WEEKDAYS.index(_lower(match["w_d"])), ahead=step > 0 or (ahead and step == 0)
            )
        case "day":
            ahead = match["d_w"][0] in "Yy"
            return cal.weekday(published, (published.weekday() + (1 if ahead else -1)) % 7, ahead=ahead)
        case _:
            pass
    step, unit = _step(match["a_w"]), match["a_u"]
    if unit == "yıl":
        return str(published.year + step)
    return cal.month_of(published.year, published.month + step) if unit == "ay" else cal.week(published, step)


def _read(match: re.Match[str], published: date, ahead: bool) -> str:  # noqa: FBT001, PLR0911 - the Grammar's signature; a case a form
    match match.lastgroup:
        case "num" | "dmy":
            return _day(match, published, ahead)
        case "fiscal" | "quarter" | "half" | "barehalf" | "yearend" | "monthyear" | "span" | "bare":
            return _part(match, published, ahead)
        case "weekday" | "ago" | "day":
            return _relative(match, published, ahead)
        case "thisend":
            return str(published.year)
        case "month":
            words = match.group()
            return cal.nearest_month(
                published, _month(match["mo"]), ahead=ahead or words.endswith(("ına", "kadar"))
            )
        case "after":
            return f"{match['af_n']} {_UNITS[match['af_u']]} after signature"
        case _:
            pass
    return cal.year_of(match["y"])


_FUTURE = r"\w+(?:ecek|acak|eceği|acağı|ecekler|acaklar|ecektir|acaktır)\w*|beklen\w+|planl\w+|hedefle\w+|öngör\w+|kadar"
GRAMMAR = cal.Grammar(
    pattern=_PATTERN,
    read=_read,
    ahead_before=re.compile(r"(?:gelecek|önümüzdeki|en geç)\s\Z", re.IGNORECASE),
    ahead_after=re.compile(rf"\A[^.;]*?(?<!\w)(?:{_FUTURE})", re.IGNORECASE),
    past=re.compile(
        r"\A(?!\w{0,6}\s\w+\s(?:beklen|planlan|hedeflen|öngörül))[^.;]{0,40}\w(?:ıldı|ildi|uldu|üldü|andı|endi|mıştı|mişti|muştu|müştü|tı|ti|dı|di)(?=[.,;\s])"
    ),
    delivery=re.compile(
        r"tesli|tamamla|envanter|hizmete|göreve|hazır|gönderil|üreti|bitir|bitecek|kurul|alınacak|verilecek|katıl",
        re.IGNORECASE,
    ),
    visit=re.compile(
        r"(?:toplantı|zirve|görüşme|tatbikat|fuar|tören|ziyaret|konferans|müzakere)\w*(?:\s[\w’']+){0,8}?\skatıl\w+",
        re.IGNORECASE,
    ),
    until=re.compile(r"kadar|en geç|itibarıyla|içinde(?!\w)|sonuna"),
    ends=re.compile(r"kadar|en geç|sonu"),
    past_tense=re.compile(
        r"\w(?:[dt][ıiuü]|m[ıiuü]ş|[dt][ıiuü]ğ[ıiuü]\w*|[ae]n)(?:lar|ler)?(?!\w)|geçen|önce"
    ),
    present=re.compile(r"§[^.;]{0,60}?\w(?:[ıiuü]yor|m[ae]kte)(?:lar|ler|dir|dır)?(?!\w)"),
    due=re.compile(
        r"(?<!\w)(?:[İi]lk|[Ss]on|[Kk]alan|[Bb]irinci|[İi]kinci|iki|üç|dört|beş|altı|on|\d{1,3})\s(?:[\w-]+\s){0,4}(?:uçak|uça[ğk]|jet|helikopter|gemi|fırkateyn|korvet|denizaltı|tank|araç|arac|obüs|füze|"
        r"radar|sistem|batarya|uydu|İHA|SİHA|F-\d+)[\w’']*\s[^.;§]{0,20}§[^.;]{0,30}?(?<!\w)(?:gel(?:ecek|mesi)|ulaş(?:acak|ması)|var(?:acak|ması)\s)"
    ),
    begins=re.compile(r"itibaren|başla|ilk teslim|['’](?:den|dan|ten|tan)(?!\w)", re.IGNORECASE),
)
