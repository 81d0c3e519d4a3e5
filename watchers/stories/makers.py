"""Tell where a sentence plainly says that a firm makes a platform: no licence, part, partner, doubt or denial."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

MAX_SENTENCE = 800  # code points; a longer one is a table or an attack
MOST_PATTERNS = 256  # kept compiled: a row of names for each platform and language

# What turns a statement of who makes something into another one. One such word and nothing is told.
_BLURRED = {
    "en": re.compile(r"\b(?:not|never|no longer|den(?:y|ies|ied)|deni\w+|wrong\w*|mistak\w+|incorrect\w*|false\w*|contrary|unlike|instead of|rather than|licen[cs]\w+|joint\w*|together|co-?(?:produc|develop)\w+|partner\w*|consortium|team\w*|subcontract\w*|tier|suppl(?:y|ies|ied|ier|iers)|parts?|components?|sub-?systems?|rumou?r\w*|alleged\w*|reported\w*|supposed\w*|could|might|may|would|should|if|hop\w+|offer\w*|propos\w+|plan(?:s|ned|ning)?|considering|talks)\b|n['’]t\b", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:değil|yanlış|hatalı|iddia|lisans|ortak|birlikte|konsorsiyum|parça|alt sistem|tedarik|plan|öner|aksine|yerine|eğer|belki)\w*", re.IGNORECASE),
    "ja": re.compile(r"ではな|でな[いく]|誤|否定|ライセンス|共同|合弁|部品|下請|供給|予定|計画|検討|可能性|と(?:いう|の)(?:説|噂)"),
}  # fmt: skip
# Behind the platform: then it is of a part of it, or of something for it.
_PART = {
    "en": r"(?!['’]?s?[ -](?:[\w-]+[ -]){0,2}?(?:engines?|radars?|sensors?|pods?|wings?|fuselages?|cameras?|missiles?|munitions?|payloads?|simulators?|trainers? for|ground|control|station|software|avionics|upgrades?|variants?|versions?|derivatives?|copies|copy|clones?|rivals?|competitors?|successors?|replacements?|programmes?|programs?|parts|components|turrets?|guns?|tyres?|gearbox\w*|transmissions?|support|training|maintenance|deal|order|contract))",
    "tr": r"(?!['’]?\w{0,4} (?:[\w-]+ ){0,2}?(?:motor|radar|mühimmat|füze|kamera|simülatör|yazılım|parça|kanat|kule|top|versiyon|sürüm|model|rakib|rakip|alternatif))",
    "ja": r"(?!の?(?:エンジン|レーダー|センサー|ミサイル|弾|翼|部品|カメラ|シミュレーター|派生|改良|後継|競合|向け|用))",
}  # fmt: skip
_ADJECTIVES = r"(?:(?!(?:and|or|for|of|with|to|from|by|in|on|at|that|which|while|but|as)\b)[\w’'-]+ ){0,4}?"
# What may stand between "Baykar's" and a platform: a noun there would be somebody or something of the firm's.
_KIND_OF = r"(?:(?:new|own|heavy|light|large|larger|largest|big|latest|famous|armed|unmanned|national|popular|advanced|[a-z]+(?:-[a-z]+)+) ){0,2}?"
_LISTED = r"(?:capabilit(?:y|ies)|products?|portfolio|platforms?|drones?|aircraft|systems?|uavs?|ucavs?|jets?|range|line-?up|models?|vehicles?)"
# Between the head of a list and the platform: items alone, so no word that begins a clause.
_ITEMS = r"(?:(?!\b(?:with|for|against|from|by|to|where|which|that|who|while|alongside|than|versus|after|before|when|is|are|was|were|has|have|had|will|on|onto)\b)[^.;:!?]){0,160}?"
_AND = r"(?:, |, and |and |like |such as |including |: |as well as )"


def maker_named(sentence: str, lang: str, *, firm: tuple[str, ...], thing: tuple[str, ...]) -> bool:
    """Tell whether a sentence says that the firm makes the thing, each given by all its names.

    False in a language without patterns, and wherever a word blurs it.
    """
    patterns = _patterns(lang, firm, thing) if lang in _BLURRED else ()
    text = sentence[:MAX_SENTENCE]
    return any(one.search(text) for one in patterns) and not _BLURRED[lang].search(text)


def names(of: tuple[str, ...], lang: str) -> str:
    """Return a pattern for any of some names, not inside a longer word."""
    either = "|".join(re.escape(one) for one in sorted(of, key=len, reverse=True))
    return rf"(?:{either})" if lang == "ja" else rf"(?<![\w-])(?:{either})(?![\w-])"


@lru_cache(maxsize=MOST_PATTERNS)
def _patterns(lang: str, firm: tuple[str, ...], thing: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    made = {"en": _english, "tr": _turkish, "ja": _japanese}[lang]
    return tuple(re.compile(one) for one in made(names(firm, lang), names(thing, lang) + _PART[lang]))


def _english(firm: str, thing: str) -> tuple[str, ...]:
    its = rf"{firm}['’]s? "
    makes = (
        r"(?:also |now |itself |that |which |who )?(?:makes|made|manufactures|manufactured|produces|produced)"
    )
    return (
        rf"{its}{_KIND_OF}{thing}",
        rf"{its}(?:[\w-]+ ){{0,3}}?(?i:{_LISTED})(?:,? (?:such as|like|including)| includes?|: (?:\w+ (?:like|such as|including) )?|,)(?:{_ITEMS}{_AND}| ){_ADJECTIVES}{thing}",
        rf"{firm},? {makes} (?:the |its )?{_ADJECTIVES}{thing}",
        rf"{firm},? (?:the |an? )?(?:[\w-]+ ){{0,3}}?(?:maker|manufacturer|producer) of (?:the )?{_ADJECTIVES}{thing}",
        rf"{thing}(?: [\w-]+){{0,4}}?,? (?:which is |is |are |was |were )?(?:made|manufactured|produced) by {firm}(?! and\b)",
        rf"{firm}-made {_ADJECTIVES}{thing}",
    )


def _turkish(firm: str, thing: str) -> tuple[str, ...]:
    its = rf"{firm}['’]n?[ıiuü]n"
    return (
        rf"{its} (?:(?:ürettiği|geliştirdiği|imal ettiği) (?:[\w-]+ ){{0,3}}?)?{thing}",
        rf"{firm} (?:üretimi|yapımı|imalatı) (?:[\w-]+ ){{0,3}}?{thing}",
        rf"{firm} tarafından (?:üretilen|geliştirilen|imal edilen) (?:[\w-]+ ){{0,3}}?{thing}",
        rf"{thing}['’]?\w{{0,4}} üret(?:en|icisi)(?: olan)? {firm}",
    )


def _japanese(firm: str, thing: str) -> tuple[str, ...]:
    between = r"[「『（(]?(?:[ァ-ヴー一-龠]{1,8}の?)?[「『（(]?"
    return (
        rf"{firm}(?:社)?(?:製の?|が(?:製造|生産|開発)(?:する|した|している)|の){between}{thing}",
        rf"{thing}[」』）)]?を(?:製造|生産|開発)(?:する|した|している){firm}",
    )
