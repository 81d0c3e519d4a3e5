"""Amounts of money and what each is: a deal's value, a budget, a ceiling, a price per piece, a conversion and so on."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.facts.currencies import currency_after, currency_of, of_country
from watchers.facts.passage import lower
from watchers.types import Fact, Money

if TYPE_CHECKING:
    from watchers.facts.numbers import Number
    from watchers.facts.passage import Mask, Passage

# A price under this in a sentence about the stock market is a quotation of a share, not a deal.
SHARE_PRICE_BELOW = Decimal(100_000)
# Pounds under this without a sign, a scale or "sterling" are a weight.
POUNDS_BELOW = Decimal(10_000)
_POUNDS = re.compile(r"[\s-]pounds?")
# How far before and after an amount the words that say what it is are looked for, in code points.
CUE_BEFORE = 70
CUE_AFTER = 50
# How far the stock market is looked for around a price: a long sentence; a "sentence" of a hostile text has no end.
MARKET_REACH = 400

MARKET = {
    "en": re.compile(
        r"\bshares\b(?! of)|\bshare price|\bstock(?:s| price| market| exchange)?\b(?=.*\b(?:rose|fell|gain|los|clos|"
        r"climb|drop|slid|jump|trad|surg|slip|percent|per cent|%))|\bmarket cap",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"\b(?:hisse|pay sened|borsa)", re.IGNORECASE),
    "ja": re.compile(r"株価|株式市場|日経平均|東証|終値|株は"),
}
_TAIL = {
    "en": re.compile(r"(?P<min>\s?\+| or more| plus\b)|(?P<max> or less)"),
    "tr": re.compile(
        r"(?P<min>['’]?\w{0,6}\s(?:fazla|aşkın|üzerinde|aşan|aştı|aşacağı|aşması|geçti))|(?P<max>['’]?\w{0,4}\s(?:altında|az|kadar)(?!\w))"
        r"|(?P<approx>\w{0,6}\s(?:civarında|dolayında|bulacak|buluyor))"
    ),
    "ja": re.compile(
        r"(?P<min>超|以上|を超|余り|を上回)|(?P<max>以下|未満|まで|を上限)|(?P<approx>程度|前後|ほど|弱|強|規模)"
    ),
}
# What an amount is, by its cues. The nearest cue wins; of two as near, the earlier in the table.
# Written from the list of roles in the labelling convention, not from items.
_ROLES: tuple[tuple[str, str, str, str], ...] = (
    ("per_unit", r"each\b|apiece\b|a ?piece\b|per (?:unit|aircraft|piece|tank|drone|missile|vehicle|shell|ship|head)|unit (?:cost|price)",
     r"birim (?:fiyat|maliyet)|tanesi|adedi(?=\s)|uçağın fiyatı", r"[1１一][機両隻基発門]\s?(?:当|あ)たり|(?<![\d０-９])[1１一][機両隻基発門]約\Z|単価"),
    ("ceiling", r"ceiling|upper limit|not to exceed|capped at|maximum (?:value|of)|as much as|up to", r"azami|tavan|üst sınır|kadar(?!\w)", r"上限|最大(?:で|約|\Z)|まで"),
    ("cumulative", r"cumulative|programme total|total past|to date|so far", r"toplamda|şimdiye kadar|bugüne kadar", r"累計|これまでに"),
    ("requested", r"budget (?:request|bid|proposal)|request(?:ed|s|ing)?\b|ask(?:ed|s|ing) for|sought|seek(?:s|ing)?\b", r"bütçe tale[pb]|talep|taleb", r"予算(?:の|案の)?(?:概算)?要求|要求|要望"),
    ("budget", r"budget|earmark|set(?:ting)? aside|allocat|appropriat|fund|spend", r"bütçe|ödenek|ayır|harca", r"予算|計上|経費|防衛費|建造費|充て|支出|盛り込"),
    ("estimate", r"estimate|could be worth|expected to (?:cost|be worth)", r"tahmin", r"推定|見積|試算"),
    ("revenue", r"revenue|turnover|profit", r"ciro|hasılat|kâr(?!\w)", r"売上|売り上げ|営業利益"),
    ("statistic", r"exports?\b|imports?\b|sales (?:rose|reached|of|worth|totall?ed)|backlog", r"ihracat|ithalat|bakiye sipariş", r"輸出|輸入|受注残|受注高"),
    ("loan", r"loans?\b|credit line|lend|borrow", r"kredi", r"融資|借款|借り入れ"),
    ("fine", r"fine[ds]?\b|penalt", r"para cezası", r"罰金|制裁金|課徴金"),
    ("investment", r"invest", r"yatırım|tesis", r"投資"),
    ("deal_value", r"worth|valued|value|package|costs?\b|contract|deals?\b|orders?\b|price|paid\b|pays?\b|award|sale\b|buys?\b|bought|purchas",
     r"sözleşme|bedel|değer|anlaşma|sipariş|satın|ihale|tutar|alım", r"契約|価格|購入|調達|発注|受注"),
)  # fmt: skip
# One pattern a language over folded text: a third of the time of one for all that ignores case.
_CUE = {
    "en": re.compile(r"\b(?:" + "|".join(f"(?P<{role}>{en})" for role, en, _, _ in _ROLES) + ")"),
    "tr": re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{role}>{tr})" for role, _, tr, _ in _ROLES) + ")"),
    "ja": re.compile("|".join(f"(?P<{role}>{ja})" for role, _, _, ja in _ROLES)),
}
# Another amount right before a bracket or "or": a date or a count there converts nothing.
_CONVERTED = re.compile(
    r"(?:[$€£¥₺₹₩]\s?\d[^()]{0,40}|\d[^()]{0,40}?\b(?:[mb]n|million|billion|trillion|crore|milyon|milyar|trilyon)\b[^()]{0,40}"
    r"|[\d兆億万千](?:[ァ-ヴー]{2,12}|[一-龠]{0,3}(?:円|元))[^()（）\d]{0,10})(?:[(（]|,?\sor\s|\(or\s|\(?yani\s)\Z"
)
# Cues that say what an amount is only right after it ("640 milyon avroya kadar", "3億円まで").
_RIGHT_AFTER = re.compile(r"\s?(?:kadar|まで)")
# English says what an amount is before it, Turkish and Japanese as often after it.
AFTER_PENALTY = {"en": 12, "tr": 0, "ja": 0}
# A cue beyond a comma or another amount is about something else more often than not.
BREAK_PENALTY = 25
_BREAK = re.compile(r"[,;、，]|\d")


def read_money(passage: Passage, mask: Mask, numbers: tuple[Number, ...]) -> list[Fact]:
    """Return the amounts of money; share prices are used up and give none."""
    facts: list[Fact] = []
    for i, number in enumerate(numbers):
        if not mask.free(number.at, number.end):
            continue
        currency, end = _currency(passage, numbers, i, facts)
        if not currency or _is_weight(passage, number, end):
            continue
        mask.take(number.start, end)
        if _is_share_price(passage, number):
            continue
        facts.append(_fact(passage, number, currency, end))
    return facts


def _is_weight(passage: Passage, number: Number, end: int) -> bool:
    """Tell whether "500-pound bomb" and "85 pounds" weigh what they say: small sums of money have a sign."""
    return (
        passage.lang == "en"
        and not (number.sign or number.scale)
        and number.high < POUNDS_BELOW
        and _POUNDS.fullmatch(passage.text, number.end, end) is not None
    )


def _currency(passage: Passage, numbers: tuple[Number, ...], i: int, facts: list[Fact]) -> tuple[str, int]:
    """Return a number's currency and where the amount's words end; empty if it is no money."""
    number = numbers[i]
    after = currency_after(passage.text, number.end, passage.lang)
    if number.sign and currency_of(number.sign):
        code = currency_of(number.sign)
        if after and (number.sign == "$" or after[0] == code):
            return after
        if code == "JPY" and "元" in passage.text:
            code = "CNY"
        return code, number.end
    if after and passage.lang == "tr" and not number.scale and _NEW_TR.match(passage.text, number.end):
        return "", number.end  # "üç yeni gemi": three new ships
    if after:
        return of_country(passage.text[number.end : after[1]], after[0], countries(passage)), after[1]
    return _inherited(passage, numbers, i, facts)


_NEW_TR = re.compile(r"\s?yeni")


def countries(passage: Passage) -> tuple[str, ...]:
    """Return the ISO codes of the countries named in a passage, in order."""
    return tuple(
        name.entity[4:] for name in passage.names if len(name.entity) == 6 and name.entity.startswith("loc:")
    )


_BARE_END = re.compile(
    r"\s?(?:[.,;:)]|that\b|the\b|a year\b|it\b|had\b|for\b|in\b|this\b|next\b|last\b|approved\b|requested\b|planned\b|earmarked\b|allocated\b|set\saside\b|each\b|apiece\b|more\b|less\b|going\b|to\s(?=\d)|\Z)"
)
_UP_TO = re.compile(r"\sto\s(?:about\s|some\s|around\s|nearly\s)?")
_BIG = re.compile(r"million|billion|trillion|bn|mn|tn|crore", re.IGNORECASE)


def _inherited(passage: Passage, numbers: tuple[Number, ...], i: int, facts: list[Fact]) -> tuple[str, int]:
    """Give "less than the 128.7 billion it asked for" the currency of the amount before it in the sentence.

    So is "from 410 million to 560 million euros" the first amount of that behind it.
    """
    number = numbers[i]
    if (
        passage.lang != "en"
        or not _BIG.fullmatch(number.scale)
        or not _BARE_END.match(passage.text, number.end)
    ):
        return "", number.end
    if facts and facts[-1].sentence_start == passage.sentence(number.at).start:
        value = facts[-1].value
        if isinstance(value, Money):
            return value.currency, number.end
    following = numbers[i + 1] if i + 1 < len(numbers) else None
    if following and _UP_TO.fullmatch(passage.text, number.end, following.at):
        after = currency_after(passage.text, following.end, passage.lang)  # "from 410 to 560 million euros"
        return (after[0] if after else ""), number.end
    return "", number.end


def _is_share_price(passage: Passage, number: Number) -> bool:
    """Tell whether an amount is a share's price: small, unscaled, in a sentence about the stock market."""
    if number.scale and number.scale not in ("bin", "thousand", "万", "千"):
        return False
    return number.high < SHARE_PRICE_BELOW and of_the_market(passage, number)


def of_the_market(passage: Passage, number: Number) -> bool:
    """Tell whether the sentence around a number is about the stock market."""
    near = passage.before(number.at, MARKET_REACH) + passage.after(number.at, MARKET_REACH)
    return MARKET[passage.lang].search(near) is not None


def _fact(passage: Passage, number: Number, currency: str, end: int) -> Fact:
    tail = _TAIL[passage.lang].match(passage.text, end)
    bound = number.bound
    approx = number.approx
    if tail:
        bound = bound or ("min" if tail.group("min") else "max" if tail.group("max") else "")
        approx = approx or bool(tail.groupdict().get("approx"))
        if passage.lang == "ja":
            end = tail.end()
    return passage.fact(
        number.start,
        end,
        "money",
        Money(low=number.low, high=number.high, currency=currency),
        rule="money",
        role=_role(passage, number.start, end),
        bound=bound,
        approx=approx,
    )


def _role(passage: Passage, start: int, end: int) -> str:
    """Name what an amount is by the words around it; empty when they do not tell."""
    if _CONVERTED.search(passage.before(start, 64)):
        return "conversion"
    pattern, penalty = _CUE[passage.lang], AFTER_PENALTY[passage.lang]
    best, nearest = "", CUE_BEFORE + BREAK_PENALTY + 1
    before = lower(passage.before(start, CUE_BEFORE))
    for cue in pattern.finditer(before):
        between = before[cue.end() :]
        distance = len(between) + (BREAK_PENALTY if _BREAK.search(between) else 0)
        if distance <= nearest and not _RIGHT_AFTER.fullmatch(cue.group()):
            best, nearest = cue.lastgroup or "", distance
    after = lower(passage.after(end, CUE_AFTER))
    for cue in pattern.finditer(after):
        between = after[: cue.start()]
        distance = len(between) + penalty + (BREAK_PENALTY if _BREAK.search(between) else 0)
        if distance < nearest and (len(between) < 2 or not _RIGHT_AFTER.fullmatch(cue.group())):
            best, nearest = cue.lastgroup or "", distance
    if passage.text[start:end].lower().startswith(("up to", "as much as", "as many as", "最大")):
        return "per_unit" if best == "per_unit" else "ceiling"
    return best or ("deal_value" if "総額" in before else "")
