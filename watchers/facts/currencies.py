"""Currency signs, codes and names in three languages, as tables and the patterns made of them."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re
from dataclasses import dataclass

SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "NT$": "TWD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₺": "TRY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₪": "ILS", "₴": "UAH", "₱": "PHP", "₫": "VND", "฿": "THB", "₦": "NGN", "zł": "PLN",
    "RM": "MYR", "Rp": "IDR", "Rs.": "INR", "Rs": "INR", "Fr": "CHF", "kr": "SEK", "P": "PHP", "KSh": "KES",
}  # fmt: skip
CODES = (
    "USD EUR GBP JPY CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY INR PKR BDT LKR KRW TWD CNY HKD SGD MYR IDR "
    "PHP THB VND SAR AED QAR KWD OMR BHD JOD ILS EGP MAD DZD TND NGN KES ZAR BRL CLP COP PEN MXN ARS UYU UAH RUB KZT "
    "UZS AZN GEL RSD ISK GHS ETB"
).split()
# Names with the adjectives that change them; the bare name is what most news of that language means by it.
NAMES_EN = {
    r"(?:US |U\.S\. |American )?dollars?": "USD", r"Australian dollars?": "AUD", r"Canadian dollars?": "CAD",
    r"New Zealand dollars?": "NZD", r"(?:New )?Taiwan(?:ese)? dollars?": "TWD", r"Singapore(?:an)? dollars?": "SGD",
    r"Hong Kong dollars?": "HKD", r"euros?": "EUR", r"(?:British )?pounds? sterling": "GBP",
    r"(?:British )?pounds?(?! of)": "GBP", r"Egyptian pounds?": "EGP", r"(?:Japanese )?yen": "JPY", r"yuan": "CNY",
    r"(?:Chinese )?renminbi": "CNY", r"(?:South )?(?:Korean )?won": "KRW", r"(?:Indian )?rupees?": "INR",
    r"Pakistani rupees?": "PKR", r"Sri Lankan rupees?": "LKR", r"(?:Turkish )?liras?": "TRY", r"TL": "TRY",
    r"(?:Polish )?z[lł]ot(?:ys?|ies)": "PLN", r"(?:Swedish )?kron(?:or|a)": "SEK",
    r"(?:Norwegian )?kroner?": "NOK", r"Danish (?:kroner|krone)": "DKK",
    r"Icelandic kr[oó]n(?:a|ur)": "ISK", r"(?:Czech )?(?:korunas?|crowns?)": "CZK", r"(?:Hungarian )?forints?": "HUF",
    r"(?:Romanian )?(?:lei|leu)": "RON", r"(?:Bulgarian )?lev[as]?": "BGN", r"(?:Swiss )?francs?": "CHF",
    r"(?:Russian )?r(?:o)?ubles?": "RUB", r"(?:Ukrainian )?hryvnias?": "UAH", r"(?:Kazakh )?tenge": "KZT",
    r"(?:Malaysian )?ringgit": "MYR", r"(?:Indonesian )?rupiah": "IDR", r"(?:Thai )?baht": "THB", r"dong": "VND",
    r"(?:Philippine )?pesos?": "PHP", r"Chilean pesos?": "CLP", r"Colombian pesos?": "COP", r"Mexican pesos?": "MXN",
    r"Argentin(?:e|ian) pesos?": "ARS", r"(?:Brazilian )?rea(?:is|ls?)": "BRL", r"(?:Peruvian )?soles": "PEN",
    r"(?:Saudi )?riyals?": "SAR", r"Qatari ri[ya]+ls?": "QAR", r"Omani rials?": "OMR",
    r"(?:UAE |Emirati )?dirhams?": "AED", r"Moroccan dirhams?": "MAD", r"Kuwaiti dinars?": "KWD",
    r"Algerian dinars?": "DZD", r"(?:Israeli )?(?:new )?shekels?": "ILS", r"(?:Kenyan )?shillings?": "KES",
    r"(?:South African )?rand": "ZAR", r"(?:Nigerian )?naira": "NGN", r"(?:Bangladeshi )?taka": "BDT",
    r"(?:Azerbaijani )?manats?": "AZN", r"(?:Serbian )?dinars?": "RSD", r"(?:Ghanaian )?cedis?": "GHS",
}  # fmt: skip
NAMES_TR = {
    r"(?:ABD |Amerikan )?dolar": "USD", r"Avustralya dolar": "AUD", r"Kanada dolar": "CAD", r"Tayvan dolar": "TWD",
    r"Singapur dolar": "SGD", r"Yeni Zelanda dolar": "NZD", r"Hong Kong dolar": "HKD", r"Umman riyal": "OMR",
    r"Mısır (?:lira|sterlin|pound)": "EGP", r"Cezayir dinar": "DZD", r"Sırp dinar": "RSD", r"(?:Güney Afrika )?rand": "ZAR",
    r"Şili pe[sz]o": "CLP", r"Kolombiya pe[sz]o": "COP", r"avro": "EUR", r"[Ee]uro": "EUR", r"(?:İngiliz )?sterlin": "GBP", r"pound": "GBP",
    r"(?:Türk )?lira": "TRY", r"TL": "TRY", r"(?:Japon )?yen": "JPY", r"yuan": "CNY", r"(?:Güney )?(?:Kore )?won": "KRW",
    r"(?:Hindistan |Hint )?rupi": "INR", r"Pakistan rupi": "PKR", r"zloti": "PLN", r"İsveç kron": "SEK",
    r"Norveç kron": "NOK", r"Danimarka kron": "DKK", r"Çek kron": "CZK", r"forint": "HUF",
    r"(?:Rumen |Romanya )?ley": "RON", r"(?:Bulgar(?:istan)? )?lev[a]?": "BGN", r"(?:İsviçre )?frang?": "CHF", r"ruble": "RUB", r"grivna": "UAH",
    r"tenge": "KZT", r"ringgit": "MYR", r"rupiah?": "IDR", r"baht": "THB", r"(?:Filipin )?pe[sz]o": "PHP",
    r"(?:Suudi )?riyal": "SAR", r"Katar riyal": "QAR", r"BAE dirhem": "AED", r"(?:Fas )?dirhem": "MAD",
    r"Kuveyt dinar": "KWD", r"şekel": "ILS", r"manat": "AZN", r"taka": "BDT", r"real": "BRL", r"som": "UZS",
}  # fmt: skip
NAMES_JA = {
    "米ドル": "USD", "豪ドル": "AUD", "オーストラリアドル": "AUD", "加ドル": "CAD", "カナダドル": "CAD",
    "台湾ドル": "TWD", "シンガポールドル": "SGD", "香港ドル": "HKD", "ニュージーランドドル": "NZD", "ドル": "USD",
    "ユーロ": "EUR", "ポンド": "GBP", "円": "JPY", "人民元": "CNY", "元": "CNY", "ウォン": "KRW", "トルコリラ": "TRY",
    "リラ": "TRY", "インドルピー": "INR", "パキスタンルピー": "PKR", "ルピー": "INR", "ズロチ": "PLN", "ズウォティ": "PLN",
    "スウェーデンクローナ": "SEK", "クローナ": "SEK", "ノルウェークローネ": "NOK", "デンマーククローネ": "DKK",
    "クローネ": "NOK", "チェココルナ": "CZK", "コルナ": "CZK", "フォリント": "HUF", "レイ": "RON", "スイスフラン": "CHF",
    "フラン": "CHF", "ルーブル": "RUB", "フリブナ": "UAH", "テンゲ": "KZT", "リンギット": "MYR", "リンギ": "MYR",
    "ルピア": "IDR", "バーツ": "THB", "ドン": "VND", "比ペソ": "PHP", "ペソ": "PHP", "レアル": "BRL", "リヤル": "SAR",
    "ディルハム": "AED", "シェケル": "ILS", "ランド": "ZAR", "シリング": "KES", "マナト": "AZN", "タカ": "BDT",
}  # fmt: skip


def _longest(words: list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


# Letters need a border on their left, or "RM" is found in "FIRM" and "P" in every word.
_LETTERED = [sign for sign in SIGNS if sign[0].isalpha()]
PREFIX = rf"(?:(?<![\w])(?:{_longest(_LETTERED)}|(?:{'|'.join(CODES)})(?:\s?\$)?)|{_longest([s for s in SIGNS if not s[0].isalpha()])})\s?"


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of one language as one pattern, whose numbered groups give the currency."""

    pattern: re.Pattern[str]
    codes: tuple[str, ...]


def _table(names: dict[str, str], tail: str, flags: int = 0) -> _Table:
    ordered = sorted(names.items(), key=lambda item: -len(item[0]))
    forms = "|".join(f"(?:({pattern}){tail})" for pattern, _ in ordered)
    return _Table(re.compile(forms, flags), tuple(code for _, code in ordered))


_TABLES: dict[str, _Table] = {
    "en": _table(NAMES_EN, r"(?![\w])", re.IGNORECASE),
    "tr": _table(
        NAMES_TR,
        r"(?:l[ıiuü]k\w{0,6}|s?[ıiuü](?:n(?:[ae]|[ıiuü]n?|d[ae]n?))?|[yn]?[aeıiuü]|n?[ıiuü]n|[dt][ae]n?|y?l[ae]|l[ae]r\w{0,8}|[dt][ıiuü]r?|['’]\w+)?(?![\w])",
    ),
    "ja": _table({re.escape(name): code for name, code in NAMES_JA.items()}, r"(?!安|高|圏|建て)"),
}
_FIRST = {
    "en": re.compile(r"[\s-](?=[A-Za-zł])"),
    "tr": re.compile(r"[\s-]?(?=[A-Za-zşŞİ])"),
    "ja": re.compile(r""),
}
_CODE_AFTER = re.compile(rf"\s?({'|'.join(CODES)})(?!\w|\s?\d)")
_SIGN_AFTER = re.compile(r"\s?([€£¥₺₹₩₽₪₴₱zł]{1,2}|\$)(?![\w\d])")


def currency_after(text: str, end: int, lang: str) -> tuple[str, int] | None:
    """Return the currency named right after an offset and where its name ends; None if there is none."""
    code = _CODE_AFTER.match(text, end)
    if code:
        return code.group(1), code.end()
    sign = _SIGN_AFTER.match(text, end)
    if sign and sign.group(1) in SIGNS:
        return SIGNS[sign.group(1)], sign.end()
    first = _FIRST[lang].match(text, end)
    if first is None:
        return None
    table = _TABLES[lang]
    match = table.pattern.match(text, first.end())
    if match is None or match.lastindex is None:
        return None
    return table.codes[match.lastindex - 1], match.end()


def currency_of(sign: str) -> str:
    """Return the ISO code of a sign or code before a number; empty when it is none."""
    bare = sign.strip()
    return SIGNS.get(bare) or (bare[:3] if bare[:3] in CODES else "")


# Names that several currencies share, by the country that the text is about.
_SHARED = (
    (re.compile(r"crown|kron|クローナ|クローネ", re.IGNORECASE), {"CZ": "CZK", "NO": "NOK", "SE": "SEK", "DK": "DKK", "IS": "ISK"}),
    (re.compile(r"pe[sz]o|ペソ", re.IGNORECASE), {"PH": "PHP", "CL": "CLP", "CO": "COP", "MX": "MXN", "AR": "ARS", "UY": "UYU"}),
    (re.compile(r"rupee|rupi|ルピー", re.IGNORECASE), {"IN": "INR", "PK": "PKR", "LK": "LKR"}),
    (re.compile(r"dinar|ディナール", re.IGNORECASE), {"RS": "RSD", "KW": "KWD", "DZ": "DZD", "JO": "JOD", "BH": "BHD", "TN": "TND"}),
    (re.compile(r"ri[ya]*l|リヤル", re.IGNORECASE), {"SA": "SAR", "QA": "QAR", "OM": "OMR"}),
    (re.compile(r"dirh[ae]m|ディルハム", re.IGNORECASE), {"AE": "AED", "MA": "MAD"}),
    (re.compile(r"pound|ポンド", re.IGNORECASE), {"GB": "GBP", "EG": "EGP"}),
    (re.compile(r"shilling|シリング", re.IGNORECASE), {"KE": "KES", "TZ": "TZS", "UG": "UGX"}),
)  # fmt: skip
_BARE = re.compile(r"[\s-]*[^\W\d_]+['’]?\w*\Z")


def of_country(words: str, code: str, countries: tuple[str, ...]) -> str:
    """Return what a bare currency name means in a text that names these countries (ISO codes, in order).

    "Crowns" are Norwegian where Norway is the first country with crowns; with an adjective of its own the name
    already told which.
    """
    if not countries or not _BARE.match(words):
        return code
    for pattern, codes in _SHARED:
        if pattern.search(words):
            return next((codes[country] for country in countries if country in codes), code)
    return code
