"""The names in a text as values: who and where, by gazetteer id, by sound across scripts, or only in general."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchers.facts.passage import CAP
from watchers.stories.sounds import sounds
from watchers.text import fold
from watchers.types import Named, Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.facts.passage import Finder
    from watchers.types import Fact

_UNNAMED = Path(__file__).with_name("unnamed.toml")
_CAPITALS = re.compile(rf"{CAP}(?:\s{CAP}){{0,4}}")
_KATAKANA = re.compile(r"[ァ-ヴー]{2,}(?:[・＝=][ァ-ヴー]{2,}){1,3}|[ァ-ヴー]{3,}(?:[A-Z0-9-]{1,6})?")
_KANJI_BODY = re.compile(
    r"[一-龠ァ-ヴー]{1,10}(?:造船|重工|製作所|電機|航空|工業|商事|電気|製鋼所|省|庁|社(?!員|長|会))"
)
HIRAGANA = re.compile(r"(?<=[「『])[ぁ-ゖー]{2,12}(?=[」』\d])")  # the name of a ship or missile
_VOWELS = {
    kana: vowel
    for vowel, row in zip(
        "aiueo",
        (
            "アカサタナハマヤラワガザダバパ",
            "イキシチニヒミリギジヂビピ",
            "ウクスツヌフムユルグズヅブプ",
            "エケセテネヘメレゲゼデベペ",
            "オコソトノホモヨロヲゴゾドボポ",
        ),
        strict=True,
    )
    for kana in row
}
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
# After a lone capitalised word that opens a sentence: what makes it a name.
_ACTS = re.compile(
    r"\A(?:['’]s\b|\s(?:has|have|had|is|was|will|would|said|says|won|wins|signed|signs|built|builds|makes|made|took|takes|"
    r"leads|led|heads|sold|sells|delivered|delivers|ordered|orders|bought|buys|plans|got|gets|picked|chose|beat|and\s[A-Z]))"
)
_FIRST_WORD = re.compile(r"(?:\A|[.!?:;\n]\s*|[“\"]\s*)\Z")
_MONTHS = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık|"
    r"Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar)\b"
)
# A thing that holds the place of a name without naming anybody.
_GENERIC = {
    "en": re.compile(
        r"\b(?:an?|one|another|some) (?:as yet )?(?:unnamed |undisclosed |unidentified |unspecified |foreign |european |asian |african |gulf |middle eastern |nato |eu |neighbou?ring |friendly |allied |local |domestic |overseas |south[- ]?east asian |latin american |baltic |nordic |balkan |\w{2,12}(?:ish|ese|ian) ){0,3}(?:country|nation|state|member(?: state)?|start-?up|newcomer|subsidiary|customer|buyer|client|company|firm|yard|shipyard|manufacturer|supplier|operator|ally|partner|city|town|site|port|official|general|minister|consortium)\b|\b(?:unnamed|undisclosed|unidentified) \w+|did not (?:name|identify)|without naming",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?:adı|ismi|kimliği) (?:açıklanmayan|verilmeyen|belirtilmeyen|gizli)|(?:bir|tek bir) (?:\w+ )?(?:\w+ )?(?:ülke|firma|şirket|girişim|kuruluş|müşteri|alıcı|üye|kent|şehir|liman|tersane|müttefik|üretici|yetkili)",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        r"ある(?:国|企業|顧客)|(?:新興|地元|民間|中小|軍需|防衛|外資系|国有|大手)企業|某国|某社|匿名|非公表|(?:欧州|アジア|中東|アフリカ|NATO加盟|EU加盟|海外|外国|東南アジア|湾岸|近隣|同盟|北欧|東欧|南米|国内)の?(?:[一1]?[かカヵヶケ]?国|企業|顧客|メーカー|造船所|都市|港)|国名を明らかに"
    ),
}
# A part of a country rather than a place with a name of its own.
_REGION = {
    "en": re.compile(r"\b(?:(?:central|northern|southern|eastern|western|north|south|east|west|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|coastal|inland|upper|lower) (?:[A-Z]\w{1,30}|coast|of the country|part)|(?:[A-Z]\w{1,30} )?(?:region|province|district|prefecture|county|coast|peninsula)\b|(?:near|outside|off|close to) (?:the )?(?:capital|border|coast|[A-Z]\w{1,30}))"),
    "tr": re.compile(r"(?:(?:Orta|İç|Kuzey|Güney|Doğu|Batı|Güneydoğu|Kuzeybatı|Güneybatı|Kuzeydoğu) [A-ZÇĞİÖŞÜ]\w{1,30}|(?<=\w) (?:bölgesi|kıyısı|sahili|eyaleti)|(?:ülkenin|yurdun) (?:kuzey|güney|doğu|batı|iç)\w*)"),
    "ja": re.compile(r"(?:北部|南部|東部|西部|中部|北東部|北西部|南東部|南西部|沿岸部?|地方|地域|県内|近郊|内陸|州|半島)"),
}  # fmt: skip
_COUNTRY = re.compile(r"loc:[A-Z]{2}\Z")
STEM = 5  # letters of a name that its endings leave alone
SURE_SKELETON = 6  # consonants; two that differ by one are still one name
MAX_NAMES = 300  # of one text; the rest are left out
KNOWN_PARTS = 4096  # names whose words are remembered: each is held against every other of two texts
MIN_NAME = 2  # letters
LONG_SKELETON = 4  # consonants; a shorter skeleton begins others by chance


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: where it stands, its gazetteer id or "", how it sounds, and what it may be."""

    start: int
    end: int
    name: str
    entity: str
    sounds: frozenset[str]
    country: str = ""  # ISO code, of countries and of what lies in one

    @property
    def is_place(self) -> bool:
        """Tell whether it is a country, a city or a region."""
        return self.entity.startswith("loc:")


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the capitalised words (in lower case) and the Katakana words that are no names."""
    rows = tomllib.loads(_UNNAMED.read_text(encoding="utf-8"))
    return frozenset(rows["capitalised"].split()), frozenset(rows["katakana"].split())


def names(text: str, lang: str, facts: Sequence[Fact], finder: Finder) -> tuple[Name, ...]:
    """Return the names of a text in order: the gazetteer's, the facts' and capitalised or Katakana runs."""
    found = [
        _name(mention.start, mention.end, mention.name, mention.entity, mention.mention)
        for mention in finder.find(text, lang)
        if not mention.entity.startswith("con:")
    ]
    for fact in facts:
        value = fact.value
        if isinstance(value, Named) or (isinstance(value, Person) and value.name):
            found += _told(text, fact, value.name, value.entity)
    found += _open(text, lang)
    kept: list[Name] = []
    for name in sorted(found[:MAX_NAMES], key=lambda n: (not n.entity, n.start, -n.end)):
        if not any(name.start < other.end and other.start < name.end for other in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda n: n.start))


def distinct(found: Sequence[Name]) -> tuple[Name, ...]:
    """Return names in order, each only where it stands first."""
    unique: list[Name] = []
    written = {(name.entity, name.name): name for name in reversed(found)}  # the first of those alike
    for name in sorted(written.values(), key=lambda n: n.start):
        if not any(is_same(name, other) for other in unique):
            unique.append(name)
    return tuple(unique)


def _told(text: str, fact: Fact, name: str, entity: str) -> Iterator[Name]:
    """Yield the names of a fact; two that "and" joins are two."""
    for part in [name] if entity else re.split(r" and | ve ", name):
        at = max(fact.start, text.find(part, fact.start, fact.end))
        yield _name(at, min(fact.end, at + len(part)), part, entity, part)


def spelt(latin: list[str]) -> list[str]:
    """Return Latin names with what w and the Turkish ç sound like: ヴェルケ for Werke, サルチャム for Sarıçam."""
    german = [re.sub("[wW]", "v", name) for name in latin if "w" in name.lower()]
    return [*latin, *german, *(re.sub("[çÇ]", "ch", name) for name in latin if "ç" in name.lower())]


def _name(start: int, end: int, name: str, entity: str, mention: str) -> Name:
    katakana = _KATAKANA.findall(mention)
    latin = [] if katakana else [name]
    country = entity[4:] if _COUNTRY.match(entity) else ""
    return Name(start, end, name, entity, frozenset(sounds(katakana, spelt(latin))), country)


def _open(text: str, lang: str) -> Iterator[Name]:
    if lang == "ja":
        for pattern in (_KANJI_BODY, _KATAKANA):
            for match in pattern.finditer(text):
                if match.group() in _words()[1]:
                    continue
                yield _name(*match.span(), match.group(), "", match.group())
        for match in HIRAGANA.finditer(text):
            kana = match.group().translate(_TO_KATAKANA)
            yield _name(*match.span(), kana, "", kana)
        return
    dated = [match.span() for match in _MONTHS.finditer(text)]
    for match in _CAPITALS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dated):
            continue
        start, words = match.start(), match.group().split()
        while words and words[0].lower() in _words()[0]:
            start += len(words[0]) + 1
            words = words[1:]
        opens = len(words) == 1 and start == match.start() and _FIRST_WORD.search(text[:start]) is not None
        if not words or len(words[0]) < MIN_NAME or (opens and not _stands_as_name(text, match.end())):
            continue
        end = start + len(" ".join(words))
        yield _name(start, end, " ".join(words), "", " ".join(words))


def _stands_as_name(text: str, end: int) -> bool:
    """Tell whether a lone capitalised word that opens a sentence does what only a name does."""
    return _ACTS.match(text[end:]) is not None or text[end : end + 1] in {"'", "’"}


@lru_cache(maxsize=KNOWN_PARTS)
def _parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name)))


def is_same(left: Name, right: Name) -> bool:
    """Tell whether two names may be one: same id, words of one in the other, or the same sounds."""
    if left.entity and right.entity:
        return left.entity == right.entity
    a, b = _parts(left.name), _parts(right.name)
    short, long = sorted((a, b), key=len)
    if short and (
        short <= long
        or any(len(x) >= STEM and any(len(y) >= STEM and x.startswith(y[:STEM]) for y in long) for x in short)
    ):
        return True
    return any(_sound_alike(x, y) for x in left.sounds for y in right.sounds)


def _sound_alike(a: str, b: str) -> bool:
    """Tell whether two skeletons are one, or one the beginning of the other: an h or a suffix more at the end."""
    short, long = sorted((a, b), key=len)
    if len(short) >= SURE_SKELETON and len(long) == len(short) + 1:  # the mute t of Castleford
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return long.startswith(short) and (len(short) >= LONG_SKELETON or len(long) - len(short) <= 1)


def kana_vowels(kana: str) -> str:
    """Return the vowels of Hiragana in order: うみほたる gives uioau."""
    return "".join(vowel for char in kana for vowel in _VOWELS.get(char.translate(_TO_KATAKANA), ""))


def generic(text: str, lang: str) -> tuple[int, int] | None:
    """Return where a text speaks of somebody or a place without naming it, None if it does not."""
    match = _GENERIC[lang].search(text)
    return match.span() if match else None


def region(text: str, lang: str) -> tuple[int, int] | None:
    """Return where a text places something in a part of a country, None if it does not."""
    match = _REGION[lang].search(text)
    return match.span() if match else None
