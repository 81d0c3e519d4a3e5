"""Tell how far a matter is by the words of a sentence: what was done, denied, planned, and whether it has changed."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchers.types.claims import Stage

_TABLE = Path(__file__).with_name("deeds.toml")
Mood = Literal["done", "denied", "ahead"]

# Folded text. What denies a deed stands before it in English, in or after it in Turkish and Japanese.
_NOT_BEFORE_EN = re.compile(
    r"\b(?:not|never|no|nothing|none|neither|nor|without|yet to|den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|refut(?:es|ed)|rul(?:es|ed) out|false|untrue|fail(?:s|ed) to|cannot|stopped short of|rather than|no longer|refus(?:es|ed))\b|n't\b|\bun(?=signed)"
)
_NOT_AFTER_EN = re.compile(
    r"\A\W{0,2}(?:\w+\s){0,3}?(?:(?:was|were|is|are|has|have|had|will|would)(?:n't|\snot)|never)\b|\A[^.;]{0,60}\b(?:was|were|is|are) (?:denied|false|untrue|rejected)\b"
)
_NOT_TR = re.compile(
    r"(?<=\w)m[ae](?:di(?!r)|mis|yac|yec|z\b|zlar|kte\b|dan\b(?! once)|digi|dik)\w*|(?<=\w)miyor|degil|\byok\b|yoktur|yalanla|reddet|asilsiz|gercek disi|dogru degil|(?<=\w)(?:siz|suz)in\b"
)
_NOT_JA = re.compile(
    r"ない|なかった|なく、|ず(?:、|に)|否定|至っていな|事実無根|事実ではな|見送|まだ|未(?:署名|定|着手|契約|納入|決定)|拒否|退け"
)
_UNTOLD = {
    "en": re.compile(
        r"\b(?:not|never|no|nothing|without)\b[^.;,]{0,24}?\b(?:disclos\w*|announc\w*|reveal\w*|specif\w*|known|clear|details?|comment\w*|given|published|named?)\b|n't\s(?:been\s)?(?:disclos|announc|reveal|say|said)\w*|\bdeclined to\b"
    ),
    "tr": re.compile(
        r"(?:aciklan|paylasil|belirtil|bildiril|duyurul)m[ae](?:di|mis|yan)\w*|bilinmiyor|belli degil|netles\w*m[ae]\w*"
    ),
    "ja": re.compile(
        r"(?:明らかに|公表|発表|開示|公開)(?:され|し)て(?:い|お)(?:ない|らず)|不明|非公表|分かっていない"
    ),
}
_AHEAD = {
    "en": re.compile(
        r"\b(?:will|would|shall|(?:is|are) to \w+|plans? (?:to|for|on)|planned|planning|intend(?:s|ed)?|aim(?:s|ed)?|expect(?:s|ed)?|due|set (?:to|for)|to be|takes? effect|comes? into force|hopes?|wants?|may|might|could|scheduled|likely|preparing|about to|next (?:week|month|year)|seeks? to|poised|pencil|promis(?:es|ed|ing)?|pledg(?:es|ed)?|vow(?:s|ed)?|guarantee(?:s|d)?|goal|target(?:s|ed)?|commit(?:s|ted)?|slated|earmarked|on course|(?:starts?|begins?|opens?|arrives?|launches|ends?|closes|sails|takes place|kicks off|follows?)\s(?:\w+\s){0,3}(?:in|on|by|from|next|this|before))\b"
    ),
    "tr": re.compile(
        r"(?<=\w)(?:ac[ae][kg]|ec[ae][kg])|plan|hedef|beklen|ongor|niyet|hazirlan|istiyor|soz ver|taahhut|olabilir|ihtimal|asamasinda"
    ),
    "ja": re.compile(
        r"方針|計画|予定|見通|見込|目指|考え|意向|検討|可能性|(?<!てい)(?<!た)[うくすつむるぶぐぬ](?:。|\Z|」|と(?:発表|述べ|説明|明らか|している|した|語|表明))|約束|だろう|へ(?:。|\Z)|見通し|来年|来月"
    ),
}
_TURN = {
    "en": re.compile(
        r"\b(?:rais(?:ed|es|ing)|increas(?:ed|es|ing) (?:to|its|the|from|by)|ris(?:en|es) to|rose to|climb(?:ed|s)? to|grew to|up from|down from|now (?:at|stands?|expected|planned|due|set|says?|puts?|has|been|total|wants?|counts?|only|\d)|no longer|instead of|revis|chang(?:ed|es)|cut(?:s)? (?:to|from|its|the|back)|reduc(?:ed|es)|trimm|lower(?:ed|s)|delay|postpon|push(?:ed|es) back|slip(?:ped|s)?\b|put off|deferr|mov(?:ed|es) (?:to|up|forward|back)|brought forward|bring(?:s)? forward|replac(?:ed|es)|t(?:ook|aken|akes) over|succeed(?:ed|s)|step(?:ped|s) down|since then|has since|later than|earlier than|sooner than|previous(?:ly)?|original(?:ly)?|initially|earlier (?:plan|figure|estimate|target|date)|updat|drop(?:ped|s) (?:to|from|out|its|the)|(?:risen|fallen|grown|climbed|dropped|shrunk|increased|decreased) (?:to|from|by)|fell to|expand(?:ed|s)|extend(?:ed|s)|added|than (?:first|initially|originally|earlier)|finally|at last|revers|reconsider|withdr|cancel|scrapp|abandon|terminat|up to \d+ from|from \d[\d,.]* to|brings? the (?:total|number|toll)|bringing the|taking the|takes the|another|backtrack|u-turn|rethink|resum|lifted|overtak|merged|renamed|resign|quit|exercised)"
    ),
    "tr": re.compile(
        r"artir|yukselt|cikar(?:di|ildi|tildi|ti|iyor)|(?<=[\w'’])(?:e|a) cikti|yuksel(?:di|erek)|artarak|(?<=[\w'’])(?:e|a) yuksel|(?:\d\S*|(?<=\w)yona|(?<=\w)yara|liraya|dolara|avroya|euroya) dusur|indir|azalt|ertele|otele|sark(?:ti|acak)|kaydi\b|kaydir|gecik|one cek|artik|revize|guncel|degis|yerine|devral|devret|ayril(?:di|inca|masi)|daha once|baslangicta|onceki|bu arada|nihayet|uzat|genislet|vazgec|iptal|cekil(?:di|me|erek)|ekle(?:di|ndi|n)|ilave edil|geri cek|yeniden|feshe|istifa|sonunda|alinip|oldu\b(?<=cikmis oldu)|(?<=\w)(?:e|a) dustu\b"
    ),
    "ja": re.compile(
        r"引き上げ|増や|(?:に|まで)増え|増額|(?:に|まで)増加|(?:に|まで)減(?:った|り|少)|上方修正|下方修正|修正|引き下げ|減ら|減額|延期|遅れ|遅らせ|ずれ込|先送り|後ろ倒し|繰り下げ|前倒し|繰り上げ|変更|改め|見直|当初|従来|から[^。、]{1,14}(?:に|へ)(?:増|減|変更|引き|延|拡大|修正)|交代|後任|引き継|撤回|中止|断念|ようやく|延長|拡大|追加|に上った|に達した|打ち切|離脱|撤退|辞任|代わ|転じ|再開|解除|新たに|上積み|積み増|なった(?=。)(?<=ことになった)"
    ),
}
_DELAYED = {
    "en": re.compile(
        r"\b(?:delay|postpon|push(?:ed|es|ing) back|slip|put off|deferr|(?<!no )(?<!not )later than|late\b|behind schedule|miss(?:ed|es)? (?:its|the)|not (?:until|before)|now (?:expected|due|planned|set|scheduled)|moved (?:to|back)|extended)"
    ),
    "tr": re.compile(r"ertele|otele|sark|kaydi|kayacak|kaydir|gecik|uzat|yetisme|kaldi\b|sarkt|artik|yerine"),
    "ja": re.compile(r"延期|遅れ|遅らせ|ずれ込|先送り|後ろ倒し|繰り下げ|延ば|延長|間に合わ|見直"),
}
MAX_SENTENCE = 800  # code points of a sentence that are read; a longer one is a table or an attack
NEAR_EN = 70  # code points between a denial and the English deed it denies
NEAR_AFTER = 46  # and after a Turkish or Japanese one


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A deed of the table."""

    name: str
    stage: Stage
    undone: tuple[str, ...]
    words: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Done:
    """A deed in a sentence with the mood it is told in; offsets are those of the folded sentence."""

    start: int
    end: int
    deed: str
    mood: Mood


@cache
def deeds() -> Mapping[str, Deed]:
    """Return the deeds by name."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        name: Deed(
            name=name,
            stage=cast("Stage", row["stage"]),
            undone=tuple(row.get("undone", ())),
            words={
                lang: re.compile(row[lang] if lang == "ja" else rf"(?<!\w)(?:{row[lang]})")
                for lang in ("en", "tr", "ja")
            },
        )
        for name, row in rows.items()
    }


def done(sentence: str, lang: str) -> tuple[Done, ...]:
    """Return the deeds of a sentence, each deed once by its clearest mood: denied before ahead before done."""
    flat = fold(sentence[:MAX_SENTENCE])
    found: dict[str, Done] = {}
    order = ("denied", "ahead", "done")
    for deed in deeds().values():
        for match in deed.words[lang].finditer(flat):
            mood = _mood(flat, lang, match.start(), match.end())
            known = found.get(deed.name)
            if known is None or order.index(mood) < order.index(known.mood):
                found[deed.name] = Done(match.start(), match.end(), deed.name, mood)
    return tuple(sorted(found.values(), key=lambda d: d.start))


def _mood(flat: str, lang: str, start: int, end: int) -> Mood:
    if is_denied(flat, lang, start, end):
        return "denied"
    if lang == "en":
        clause = flat[max(0, start - 40) : start]
        return "ahead" if _AHEAD["en"].search(clause) else "done"
    after = flat[start : end + 24]
    return "ahead" if _AHEAD[lang].search(after) else "done"


def is_denied(flat: str, lang: str, start: int, end: int) -> bool:
    """Tell whether the words of a folded sentence from `start` to `end` are denied there.

    What is only not disclosed or not known is not denied.
    """
    flat = _UNTOLD[lang].sub(lambda match: " " * len(match.group()), flat)
    if lang == "en":
        before = flat[max(0, start - NEAR_EN) : end]
        denial = list(_NOT_BEFORE_EN.finditer(before))
        if denial and not re.search(r";|\bbut\b|\bwhile\b", before[denial[-1].end() :]):
            return True
        return _NOT_AFTER_EN.search(flat[end:]) is not None
    after = flat[start : end + NEAR_AFTER]
    stop = re.search(r"[;。]", after)
    if stop:
        after = after[: stop.start()]
    return (_NOT_TR if lang == "tr" else _NOT_JA).search(after) is not None


def denies(sentence: str, lang: str) -> bool:
    """Tell whether a sentence denies anything at all; what is only not disclosed is not denied."""
    flat = _UNTOLD[lang].sub("", fold(sentence[:MAX_SENTENCE]))
    return {"en": _NOT_BEFORE_EN, "tr": _NOT_TR, "ja": _NOT_JA}[lang].search(flat) is not None


def turned(sentence: str, lang: str) -> bool:
    """Tell whether a sentence itself says that things have changed: raised, postponed, replaced, no longer."""
    return _TURN[lang].search(fold(sentence[: 3 * MAX_SENTENCE])) is not None


def is_ahead(sentence: str, lang: str) -> bool:
    """Tell whether a sentence speaks of what is to come."""
    return _AHEAD[lang].search(fold(sentence[:MAX_SENTENCE])) is not None


def stage_of(deed: str) -> Stage:
    """Return the stage that a deed stands for once done."""
    return deeds()[deed].stage


def delayed(sentence: str) -> bool:
    """Tell whether a sentence of any of the three languages says that something comes later than it was to."""
    flat = fold(sentence[:MAX_SENTENCE])
    return any(pattern.search(flat) for pattern in _DELAYED.values())
