"""Places: known cities and countries where something happens, and unknown ones after "in", -de or で."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.acting import acts
from watchers.facts.bodies import COMMON, MEDIA
from watchers.facts.nouns import COUNTED_EN
from watchers.facts.passage import CAP
from watchers.facts.platforms import HULLS, ORGANISED
from watchers.types import Fact, Named

if TYPE_CHECKING:
    from watchers.facts.passage import Mask, Passage
    from watchers.types import Mention

_DEMONYM = re.compile(
    r"(?:.*(?:ish|ese|ian|ean|aean)|French|Dutch|Greek|Czech|Swiss|Thai|German|Korean|South Korean|American|Norwegian|Roman|Serb|Croat|Slovak|Iraqi|Israeli|Saudi|Emirati|Qatari|Omani|Kuwaiti|"
    r"Pakistani|Bangladeshi|Azerbaijani|Azeri|Afghan|Kazakh|Uzbek|Turkmen|Kyrgyz|Turk|Arab|Filipino|Finn|Swede|Dane|Pole|Moroccan|Mexican|Chilean|German|African|Cypriot|Yemeni|Somali|"
    r"Türk|Japon|Alman|Fransız|İngiliz|Rus|Yunan|İtalyan|İspanyol|Çinli|Polonyalı|Ukraynalı|Katarlı|Amerikan|Amerikalı|Azerbaycanlı|Koreli|Güney Koreli|Hint|Arap|Macar|Rumen|Bulgar|Sırp|Hollandalı|Norveçli|İsveçli|Finli)(?:s|['’].*)?\Z"
)
_COUNTRIES_LIKE_DEMONYMS = frozenset(
    {"Iran", "Sudan", "Japan", "Oman", "Pakistan", "Jordan", "Azerbaijan", "Kazakhstan", "Taiwan"}
)

_IN_EN = re.compile(
    r"\b(?:in|at|near|off|outside|around|across|inside|throughout|over|within|into|based in|visit(?:ed)? to|visited)\s(?:the\s)?(?:(?:north|south|east|west|central)\w*\s)?\Z",
    re.IGNORECASE,
)
_SITE_OF_EN = re.compile(r"\b(?:port|city|town|village|island|province|region)\sof\s\Z", re.IGNORECASE)
_TRAVEL_EN = re.compile(
    r"\b(?:visit|trip|travel|tour|take|took|went|go|goes|fly|flew|return|head|arriv|sail|sent|fly)\w*\s(?:[\w’'-]+\s){0,7}to\s(?:the\s)?\Z|\band\sto\s\Z",
    re.IGNORECASE,
)
_ENTERED_EN = re.compile(
    r"\b(?:entered|enters|invaded|invades|reached|reaches|crossed\sinto|left|leaves|overflew|violated|hit|struck)\s(?:the\s)?\Z"
)
_PREFERRED_EN = re.compile(
    r"\b(?:pick|cho[os]|select|opt|prefer|favou?r|beat|w[io]n)\w*\b[^.;]*\bover\s(?:[\w’'-]+(?:,\s|\sand\s|,?\s)){0,4}\Z",
    re.IGNORECASE,
)
_JOINED_PLACE = {
    "en": re.compile(r"(?:,|,?\s(?:and|or))\s(?:the\s)?"),
    "tr": re.compile(r"(?:['’]\w{1,3})?(?:,|\s(?:ve|veya|ile))\s"),
    "ja": re.compile(r"[、・]|と|や|および|及び"),
}
_ACTS_EN = re.compile(
    r"['’]s\s(?:government|cabinet|parliament|ministry|defen[cs]e)|(?:(?:,|\sand)\s(?:the\s)?[A-Z][\w-]+)?\s(?:(?:(?:defen[cs]e|foreign|finance|prime|trade)\s)?"
    r"(?:ministers?|officials|leaders|governments?|ministry|lawmakers|diplomats|cabinet|parliament)|will|has|had|have|is|was|are|were|would|signed)\b"
)
# A city that opens a sentence and a verb in the present or past after it: its government speaks or acts.
_VERB_EN = re.compile(
    rf"\s(?!{COUNTED_EN.pattern}|(?:shipyards|talks|summits|streets|skies|suburbs|visits|news|politics|business|needs|red)\b)[a-z]{{3,}}(?<!ss)(?:s|ed)\s(?!of\b)"
)
_ACTS_TR = re.compile(
    r"(?:\s(?:ile|ve)\s\w+)?\s(?:(?:savunma|dışişleri|maliye)\sbakan|(?:yönetimi|hükümeti|hükûmeti)\b)",
    re.IGNORECASE,
)
_PREPOSITION_EN = re.compile(r"\b(?:to|from|via|through|toward|towards|of|for)\s(?:the\s)?\Z", re.IGNORECASE)
_IN_TR = re.compile(
    r"['’]?(?:da|de|ta|te|nda|nde)(?:ki|n\b|yken)?(?!\w)|\s(?:merkezli|açıklarında|yakınlarında|kent|kıyı|üzerinde|semalarında)"
)
_IN_JA = re.compile(
    r"(?:で|において|近郊|郊外|沖|市内|都内|国内|内(?=で|の)|にある|に到着|入り|を?(?:公式)?訪(?:問|れ)|を歴訪|を出発|へ出発|に向か)"
)
_OPEN_EN = re.compile(
    rf"\b(?:at|over|above|near|on|in)\s(?:the\s)?(?P<name2>(?:{CAP})(?:[ \u00a0-](?:{CAP}))?)(?=\s(?:air\s?base|naval\s(?:base|station)|air\sforce\sbase|(?:firing\s|test\s|missile\s)?range|test\ssite|proving\sground|airfield|peninsula|training\sarea)\b)"
    rf"|\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|[Oo]utside|(?:sailed|flew|fired|launched|took\soff|departed|shipped)\s(?:\w+\s){{0,2}}from|(?<=time\s)from|(?:flight|launch|firing|take-off|departure)\sfrom|plant\sat|yard\sat|base\sat|(?:port|city|town|village|island|province)\sof|of)\s(?P<name>(?:{CAP})(?:[ \u00a0-](?:{CAP})){{0,2}})(?=,\s[A-Z]|[\s,.;)]|\Z)"
)
# Who is "at" such a body works there.
_STAFF_EN = re.compile(
    r"\b(?:analysts?|fellows?|researchers?|economists?|professors?|experts?|scholars?|strategists?|partners?|executives?|officers?|managers?|directors?|engineers?|people|historians?|head)\sat\s\Z",
    re.IGNORECASE,
)
_OPEN_TR = re.compile(
    rf"(?<![\w-])(?P<name>(?:{CAP})(?:[ \u00a0]{CAP})?)(?:['’](?:(?:da|de|ta|te|nda|nde)(?:ki)?(?!\w)|[dt][ae]n\s(?:yola|havalan|kalk|ayrıl|fırlat|ateşle|hareket)))"
    rf"|(?<![\w-])(?P<name2>(?:{CAP})(?:[ \u00a0]{CAP})?)\s(?:açık|yakın|kıyı|sema|dış)(?:lar|ler)ında(?!\w)"
)
_OPEN_JA = re.compile(
    r"(?:首都|[東西南北]部|中部|[南北][東西]部|港町|州都|近郊の|県都|の都市|の港)の?(?P<name2>[ァ-ヴー]{2,12})(?=[でのにへ、。沖]|近郊|から)|(?P<name3>(?:[一-龠]{2,3}|[ァ-ヴー]{2,10})沖)(?=[でのにへ])"
    r"|(?<![ァ-ヴー])(?P<name4>(?!ヘリ|レーダー|ロケット|ミサイル|ドローン)[ァ-ヴー]{2,10})(?=近郊|郊外|(?:空軍|海軍|陸軍)?(?:基地|演習場|試験場|射場)で)"
    r"|(?:^|[、。日はがにの])(?P<name>[ァ-ヴー]{2,10}|[一-龠]{2,4}(?:市|県|町|島|港|基地|駐屯地|空港|飛行場|演習場|射場|造船所))(?=で(?!き|あ|は?な|も|す))"
)
_NOT_PLACES = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Parliament|Congress|Senate|"
    r"Contract|Phase|Block|Batch|Defence|Defense|Bayraktar|Understanding|Intent|Staff|State|War|Navy|Army|Air|Q\d|FY\d*|H\d|IDEF|SAHA|DSEI|Eurosatory|Farnborough|Paris\sAir|"
    r"Spring|Summer|Autumn|Winter|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık)\b"
)
_NOT_PLACES_JA = re.compile(
    r".*(?:ドローン|ミサイル|システム|メディア|テレビ|ドル|ユーロ|ベース|レベル|トップ|オンライン|リモート|メーカー|パーセント|トルコ|ネット|ウェブ|サイト)\Z"
)


# NSosyal, YouTube: products of the web, not places.
_INNER_CAPITAL = re.compile(r"[A-Z][A-ZÇĞİÖŞÜ]\w*[a-z]|[a-z][A-Z]")


# "Asia-Europe cooperation", "Ankara-Tokyo ties": between two places is no place.
_HYPHENED = re.compile(r"\w[-–]\||.{0,2}\|[-–][A-Z]")


# A newspaper or an agency that is named after a place is no place.
_MEDIUM_AFTER = re.compile(
    r"(?:通信|新聞|日報|テレビ|放送|紙)|\s(?:Times|Post|News|Herald|Gazetesi|Haber|Ajansı)\b"
)
# "TCG Ankara" is a ship.
_HULL = re.compile(rf"(?<!\w)(?:{HULLS})\s\Z")


def is_demonym(name: Mention) -> bool:
    """Tell whether a country's name stands as its adjective or inhabitant, such as Turkish or Japon."""
    return (
        name.mention not in _COUNTRIES_LIKE_DEMONYMS
        and name.mention != name.name
        and bool(_DEMONYM.match(name.mention))
    )


def stands_as_place(passage: Passage, name: Mention) -> bool:  # noqa: PLR0911 - a case a kind of place
    """Tell whether a known country or city is where something happens, and no actor."""
    city = not re.match(r"loc:[A-Z]{2}\Z", name.entity)
    after = passage.after(name.end, 16)
    if passage.lang == "tr":
        return bool(_IN_TR.match(after)) or (
            city and bool(re.match(r"['’](?:ya|ye|a|e|dan|den|tan|ten)\b", after))
        )
    if passage.lang == "ja":
        return bool(_IN_JA.match(after)) or (
            city and bool(re.match(r"(?:の|市|都|湾|沖|県|空港|港|基地|に|へ|、)", after))
        )
    before = passage.before(name.start, 64)
    if after.startswith(("'s ", "’s ")) and not city:
        return False  # "interest in Turkey's radars" is in no place
    if before.endswith(("over ", "over the ")) and _PREFERRED_EN.search(passage.before(name.start, 90)):
        return False
    if (
        _SITE_OF_EN.search(before)
        or _IN_EN.search(before)
        or _TRAVEL_EN.search(before)
        or _ENTERED_EN.search(before)
    ):
        return True
    if not city:
        return False
    if _PREPOSITION_EN.search(before) or after.startswith("-based"):
        return True
    return re.match(r",\s[A-Z]", after) is not None and not _ACTS_EN.match(passage.after(name.end, 60))


def read_places(passage: Passage, mask: Mask) -> list[Fact]:
    """Return the places in order, each once."""
    facts: list[Fact] = []
    seen: set[str] = set()
    placed = -1  # where the last place ended: "in Warsaw and Lublin" names two
    for name in passage.names:
        if name.entity in seen or not mask.free(name.start, name.end) or not _may_be_place(passage, name):
            continue
        country = re.match(r"loc:[A-Z]{2}\Z", name.entity) is not None
        joined = (
            0 <= placed < name.start
            and _JOINED_PLACE[passage.lang].fullmatch(passage.text[placed : name.start]) is not None
            and not acts(passage, name)
        )
        if not joined and not stands_as_place(passage, name) and (country or _acts(passage, name)):
            continue
        placed = name.end
        seen.add(name.entity)
        facts.append(
            passage.fact(
                name.start,
                name.end,
                "location",
                Named(name=name.name, entity=name.entity),
                rule="known-place",
            )
        )
    for start, end in _open(passage, mask):
        name_words = passage.text[start:end]
        if name_words not in seen:
            seen.add(name_words)
            mask.take(start, end)
            facts.append(
                passage.fact(
                    start, end, "location", Named(name=name_words), rule="open-place", confidence=0.7
                )
            )
    return sorted(facts, key=lambda fact: fact.start)


def _may_be_place(passage: Passage, name: Mention) -> bool:
    """Tell whether a known name is a country or town, and no adjective, newspaper, ship or pair of capitals."""
    if not name.entity.startswith("loc:") or is_demonym(name) or _HULL.search(passage.before(name.start, 8)):
        return False
    around = passage.text[max(0, name.start - 2) : name.start] + "|" + passage.text[name.end : name.end + 2]
    return not (_MEDIUM_AFTER.match(passage.text, name.end) or _HYPHENED.match(around))


def _acts(passage: Passage, name: Mention) -> bool:
    """Tell whether a text has a capital speak or act for its state."""
    after = passage.after(name.end, 60)
    if passage.lang == "tr" and _ACTS_TR.match(after):
        return True
    if passage.lang == "en":
        if _ACTS_EN.match(after) or _ACTS_EN.match(passage.text[name.start - 1 : name.start] + after):
            return True
        if name.start == passage.sentence(name.start).start and _VERB_EN.match(after):
            return True
    return acts(passage, name)


_OPEN = {"en": _OPEN_EN, "tr": _OPEN_TR, "ja": _OPEN_JA}


def _open(passage: Passage, mask: Mask) -> list[tuple[int, int]]:
    """Return the ranges of places that the finder does not know."""
    found = []
    for match in _OPEN[passage.lang].finditer(passage.text):
        start, end = next(match.span(group) for group in match.re.groupindex if match.group(group))
        first, _, rest = passage.text[start:end].partition(" ")
        if passage.lang == "tr" and rest and first.replace("İ", "i").lower() in COMMON:
            start = end - len(rest)
        name = passage.text[start:end]
        if not mask.free(start, end) or passage.name_at(start, end) or _is_no_place(passage, match, name):
            continue
        found.append((start, end))
    return found


def _is_no_place(passage: Passage, match: re.Match[str], name: str) -> bool:
    if passage.lang == "ja":
        return bool(_NOT_PLACES_JA.match(name))
    name_at = next(match.start(group) for group in match.re.groupindex if match.group(group))
    if passage.in_heading(name_at) or (
        passage.lang == "en" and _STAFF_EN.search(passage.before(name_at, 24))
    ):
        return True
    first = name.split(maxsplit=1)[0].replace("İ", "i").lower()
    if (
        MEDIA.search(name)
        or _INNER_CAPITAL.search(name)
        or _NOT_PLACES.match(name)
        or first in COMMON
        or name.isupper()
        or ORGANISED.search(name)
        or "\n" in name
        or re.search(r"\d", name)
    ):
        return True
    return passage.lang == "en" and match.group().lower().startswith("of ")
