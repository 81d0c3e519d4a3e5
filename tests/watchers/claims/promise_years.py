"""Three invented years of dated claims and what became of each, drawn from a seed."""

# Reports are told in whole sentences: a line each is easier to check than pieces.
# ruff: noqa: E501

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from watchers.types.claims import PromiseState

FIRST, LAST = date(2024, 1, 8), date(2026, 12, 20)
# Latin name, Katakana name: invented.
FIRMS = (
    ("Redmere", "レッドミア"), ("Halvorsen Marine", "ハルヴォルセン・マリン"), ("Karatay Savunma", "カラタイ・サヴンマ"),
    ("Castleford Dynamics", "カッスルフォード・ダイナミクス"), ("Ostmark Werke", "オストマルク・ヴェルケ"), ("Sancak Havacılık", "サンジャク・ハヴァジュルック"),
)  # fmt: skip
# Of which more names are made, in both scripts.
SYLLABLES = (
    ("ka", "カ"), ("ki", "キ"), ("ko", "コ"), ("sa", "サ"), ("so", "ソ"), ("ta", "タ"), ("to", "ト"), ("na", "ナ"), ("ni", "ニ"),
    ("mo", "モ"), ("ha", "ハ"), ("ra", "ラ"), ("ri", "リ"), ("ro", "ロ"), ("ba", "バ"), ("bo", "ボ"), ("be", "ベ"), ("re", "レ"),
)  # fmt: skip
# In English (one, many), Turkish and Japanese.
THINGS = (
    ("frigate", "frigates", "fırkateyn", "フリゲート"), ("submarine", "submarines", "denizaltı", "潜水艦"),
    ("howitzer", "howitzers", "obüs", "りゅう弾砲"), ("helicopter", "helicopters", "helikopter", "ヘリコプター"),
    ("radar", "radars", "radar", "レーダー"), ("tank", "tanks", "tank", "戦車"), ("satellite", "satellites", "uydu", "衛星"),
)  # fmt: skip
PROMISED = {
    "en": (
        "{firm} will deliver its first {one} {when}.",
        "The first {one} from {firm} is due {when}.",
        "{firm} plans to hand over the first {one} {when}, the company said.",
    ),
    "tr": ("{firm} ilk {tr} teslimatını {when} yapacak.", "{firm}, ilk {tr} için teslimatın {when} yapılacağını açıkladı."),
    "ja": ("{firm}は{ja}の初号機を{when}引き渡す予定だ。", "{firm}は{when}{ja}1基目を納入すると発表した。"),
}  # fmt: skip
KEPT = {
    "en": (
        "{firm} handed over the first {one} on Monday.",
        "The first {one} built by {firm} has been delivered.",
    ),
    "tr": (
        "{firm} ilk {tr} teslimatını gerçekleştirdi.",
        "{firm} tarafından üretilen ilk {tr} bugün teslim edildi.",
    ),
    "ja": ("{firm}は{ja}を引き渡した。", "{firm}の{ja}が納入された。"),
}
SLIPPED = {
    "en": ("{firm} has postponed delivery of its first {one} to {year}.", "The first {one} from {firm} will not arrive before {year}."),
    "tr": ("{firm} ilk {tr} teslimatını {year} yılına erteledi.", "{firm}: İlk {tr} {year} yılında teslim edilecek."),
    "ja": ("{firm}の{ja}の納入は{year}年にずれ込む。", "{firm}は{ja}の引き渡しを{year}年に延期した。"),
}  # fmt: skip
BESIDE = {
    "en": ("{other} delivered a batch of {others}.", "{firm} presented its results for the year.", "{other} postponed its {others} to {year}."),
    "tr": ("{other} yeni {tro} teslim etti.", "{firm} fuara katıldı.", "{other} {tro} teslimatını {year} yılına erteledi."),
    "ja": ("{other}は{jao}を引き渡した。", "{firm}は決算を公表した。", "{other}の{jao}の納入は{year}年にずれ込む。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report as an outlet would write it."""

    text: str
    lang: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A promise with its later reports, the day it is asked about, and what is true then."""

    promise: Told
    later: tuple[Told, ...]
    asked: date
    due: date
    state: PromiseState


def _year(chance: random.Random, day: date) -> tuple[dict[str, str], date]:
    year = day.year + chance.randint(1, 2)
    return {"en": f"by {year}", "tr": f"{year} sonuna kadar", "ja": f"{year}年末までに"}, date(year, 12, 31)


def _quarter(chance: random.Random, day: date) -> tuple[dict[str, str], date]:
    year, quarter = day.year + 1, chance.randint(1, 4)
    ordinal = ("first", "second", "third", "fourth")[quarter - 1]
    turkish = ("ilk", "ikinci", "üçüncü", "dördüncü")[quarter - 1]
    last = date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)
    return {
        "en": f"in the {ordinal} quarter of {year}",
        "tr": f"{year} yılının {turkish} çeyreğinde",
        "ja": f"{year}年第{quarter}四半期に",
    }, last


def _month(chance: random.Random, day: date) -> tuple[dict[str, str], date]:
    ahead = day + timedelta(days=chance.randint(70, 300))
    last = date(ahead.year + ahead.month // 12, ahead.month % 12 + 1, 1) - timedelta(days=1)
    turkish = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()  # noqa: SIM905 - a list of words
    return {
        "en": f"in {ahead:%B} {ahead.year}",
        "tr": f"{turkish[ahead.month - 1]} {ahead.year}'{'de' if ahead.year in {2025, 2027} else 'da'}",
        "ja": f"{ahead.year}年{ahead.month}月に",
    }, last


def _fiscal(chance: random.Random, day: date) -> tuple[dict[str, str], date]:
    year = day.year + chance.randint(0, 1)
    return {
        "en": f"by the end of fiscal {year}", "tr": f"{year} mali yılında", "ja": f"{year}年度末までに",
    }, date(year + 1, 3, 31)  # fmt: skip


DUES: tuple[Callable[[random.Random, date], tuple[dict[str, str], date]], ...] = (
    _year,
    _quarter,
    _month,
    _fiscal,
)


def followed(seed: int, count: int) -> tuple[Followed, ...]:
    """Return so many promises with what became of them; a seed gives the same ones each time."""
    chance = random.Random(seed)
    return tuple(_one(chance, FIRMS) for _ in range(count))


def apart(seed: int, count: int) -> tuple[Followed, ...]:
    """Return so many promises of firms that promise nothing else, so that all can be followed at once."""
    chance = random.Random(seed)
    names: dict[str, tuple[str, str]] = {}
    while len(names) < 2 * count:
        beats = [chance.choice(SYLLABLES) for _ in range(5)]
        latin, kana = ("".join(side) for side in zip(*beats, strict=True))
        more = chance.choice(FIRMS)  # most of those have a second word
        second = [name.partition(mark)[2] for name, mark in zip(more, " ・", strict=True)]
        names.setdefault(
            latin, (f"{latin.capitalize()} {second[0]}".strip(), "・".join(filter(None, (kana, second[1]))))
        )
    firms = tuple(names.values())
    return tuple(_one(chance, firms[2 * n : 2 * n + 2]) for n in range(count))


def _one(chance: random.Random, firms: Sequence[tuple[str, str]]) -> Followed:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days - 500))
    when, due = chance.choice(DUES)(chance, day)
    firm, other = chance.sample(firms, 2)
    thing, another = chance.sample(THINGS, 2)
    words = {
        "one": thing[0], "others": another[1], "tr": thing[2], "tro": another[2], "ja": thing[3], "jao": another[3],
        "year": str(due.year + chance.randint(1, 2)),
    }  # fmt: skip

    def told(table: Mapping[str, tuple[str, ...]], on: date) -> Told:
        lang = chance.choice(("en", "tr", "ja"))
        names = {"firm": firm[lang == "ja"], "other": other[lang == "ja"], "when": when[lang]}
        return Told(text=chance.choice(table[lang]).format(**words, **names), lang=lang, day=on)

    state: PromiseState = chance.choice(("open", "kept", "slipped", "silent"))
    span = (due - day).days
    promise = told(PROMISED, day)
    if "fiscal" in promise.text and promise.lang == "en":  # whose fiscal year it is must be told
        promise = Told(text=promise.text.replace("fiscal", "Japan's fiscal"), lang="en", day=day)
    noise = [told(BESIDE, day + timedelta(days=chance.randint(1, span))) for _ in range(chance.randint(0, 2))]
    asked = due + timedelta(days=chance.randint(1, 200))
    if state == "open":
        asked = day + timedelta(days=chance.randint(span // 2, span))
    elif state in {"kept", "slipped"}:
        on = day + timedelta(days=chance.randint(span // 3 + 1, span))
        noise.append(told(KEPT if state == "kept" else SLIPPED, on))
    return Followed(promise=promise, later=tuple(noise), asked=asked, due=due, state=state)
