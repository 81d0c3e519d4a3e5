"""Machines by name: those the finder knows, and others by their shape or by the noun beside them."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import nouns, platforms_ja
from watchers.facts.codes import in_code, is_no_designation
from watchers.facts.passage import CAP
from watchers.types import Fact, Named

if TYPE_CHECKING:
    from watchers.facts.passage import Mask, Passage

# What navies put before a ship's name.
HULLS = r"TCG|USS|USNS|HMS|HMAS|HMCS|HMNZS|HNLMS|HDMS|HNoMS|HSwMS|JS|INS|ROKS|FGS|ITS|ESPS|KRI|KD|BRP|PNS|ORP|BNS|RSS|ENS|BAP|ARA"
# Shapes that only names of machines have: letters and digits with a hyphen, Mk and Type numbers, NxN vehicles.
_DESIGNATION = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<vessel>(?:{HULLS})\s{CAP}(?:[ \u00a0]{CAP})?)(?!\w)"
    r"|"
    rf"(?P<mk>{CAP}\s(?:Mk|Mark|MK)\.?\s?(?:[IVX]{{1,4}}|\d{{1,3}})[A-Za-z]?)(?!\w)"
    rf"|(?P<wheels>{CAP}\s(?:\d{{1,3}}\s)?[4-8]x[4-8])(?!\w)"
    rf"|(?:(?<=\b[Tt]he\s)|(?<=[a-z]-[a-z]{{8}}\s)|(?<=\b(?:its|new)\s))(?P<numbered>(?!January|February|March|April|May|June|July|August|September|October|November|December|Article|Resolution|Group){CAP}\s\d{{2,4}})(?![\w,.-]*\d|\s(?:percent|million|billion))"
    rf"|(?P<klass>{CAP}(?:[ \u00a0]{CAP})?)[\s-]class(?!\w)"
    r"|(?P<type>(?:Type|Mk|Mark|MK|Model)\.?[\s-]?\d{1,4}[A-Z]{0,3}(?:\sMod\s\d)?)(?![\w-])"
    rf"|(?P<code>(?:[A-Z]{{1,4}}[a-z]?-?\d{{1,4}}[A-Z]{{0,4}}\d?[a-z]?|[A-Z][\w]{{2,14}}-(?:[A-Z]{{1,3}}|\d{{1,4}}[A-Z]{{0,2}})|\d[A-Z]\d{{1,3}})"
    rf"(?:\s(?:MSE|ER|NG|Block\s(?:\d+|[IVX]+)|Mk\s?(?:[IVX]+|\d+)))?)(?![\w-]|['’]?\d|\.\d)"
    r")"
)
_STOP_CLASS = re.compile(
    r"(?:World|First|Second|Third|Business|Economy|Working|Middle|Upper|Ruling|Top|Same|New|The\b.*|Its|Two|Three)\Z"
)

_DEMONYM = re.compile(
    r"(?:[A-Z]\w*(?:ish|ese)|Russian|Ukrainian|Iranian|Indian|Italian|Canadian|Australian|Brazilian|Norwegian|Romanian|Bulgarian|Hungarian|Indonesian|"
    r"Malaysian|Egyptian|Algerian|Nigerian|Estonian|Lithuanian|Latvian|Ukrainian|Korean|German|American|Mexican|African|Moroccan|French|Dutch|Greek|Czech|Swiss|Thai|Welsh|Scots|Iraqi|Israeli|Saudi|Emirati|"
    r"Qatari|Omani|Kuwaiti|Pakistani|Bangladeshi|Azerbaijani|Afghan|Kazakh|Uzbek|Turk|Arab|Slovak|Pole|Swede|Finn|"
    r"European|NATO|US|U\.S|UK|EU|UN|Soviet|Western|Eastern|Allied|Nordic|Baltic|Asian|African|Gulf|American)\Z"
)
_PLAIN = frozenset(
    """trillion billion million thousand hundred dozen percent yen dollars euros record breaking update the a an this that these those its his her their our new old more most many several some all each every both
    other such no any two three four five six seven eight nine ten first second third last next former current
    combat attack strike military naval army navy marine marines coast guard air force forces defence defense armed
    unmanned uncrewed heavy light medium main battle fighter trainer transport patrol surveillance reconnaissance
    advanced modern foreign domestic local enemy friendly commercial civilian guided ballistic cruise anti surface
    aerial ground sea land maritime nuclear conventional electric hybrid kamikaze suicide loitering tactical strategic
    stealth supersonic hypersonic autonomous remote radar missile drone drones tank ship aircraft helicopter rocket
    artillery infantry mechanised mechanized airborne amphibious special royal imperial national federal state
    government ministry department company group industries industry systems technologies aerospace aviation
    production development delivery deliveries export exports import imports purchase sale sales acquisition training
    under over after before with without for from in on at by as and or but when while if although however meanwhile
    two-seat single-seat additional several future existing second-hand used armoured armored tracked wheeled
    self-propelled towed diesel fpv uav ucav uas ai vip mobile digital electronic space satellite weapon weapons defence
    security border police rescue fire medical mine option mr mrs president prime minister general admiral
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december production turkish-made us-made chinese-made
    yeni eski ilk son bu şu o bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz her tüm bütün bazı milli yerli insansız silahlı zırhlı savaş muharip keşif
    hava deniz kara kuvvetleri komutanlığı savunma sanayii türk ana ağır hafif orta eğitim genel taarruz kamikaze
    seyir balistik güdümlü gemisavar tanksavar uçak helikopter tank gemi füze roket araç sistem iha siha""".split()
)
_HEAD_EN = re.compile(
    rf"(?<![\w-])(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}}[A-Z]?(?![\d,.])|[IVX]{{1,4}}(?!\w))){{0,2}})\s"
    rf"(?P<adj>(?:{nouns.ADJECTIVE_EN}[\s-](?:and\s)?){{0,4}})(?P<head>{nouns.MACHINES_EN})\b"
)
_SHIP_EN = re.compile(
    rf"(?:the|its|their|a)\s(?:\w+\s){{0,1}}(?:frigate|corvette|destroyer|submarine|cruiser|carrier|warship|minehunter|ship)\s(?P<name>{CAP}(?:[ \u00a0]{CAP}){{0,2}})"
)
_APPOSITION_EN = re.compile(
    rf"(?<![\w-])(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}})){{0,2}}),\s(?:an?|the|its|their)\s(?:[a-z-]+\s){{0,5}}?(?P<head>{nouns.MACHINES_EN})\b"
)
_CALLED_EN = re.compile(
    rf"\b(?:{nouns.MACHINES_EN})\s(?:called|named|dubbed|known\sas|designated)\s(?:the\s)?[\"“'‘]?(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}})){{0,2}})"
)
_WEAK_HEADS = re.compile(
    r"(?:systems?|platforms?|sensors?|engines?|parts|rounds?|units?|mines?|guns?|ships?|carriers?|trucks?)\Z"
)
_COUNTED_EN = re.compile(
    rf"(?<![\w.,-])(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\s"
    rf"(?:{nouns.ADJECTIVE_EN}\s){{0,3}}(?P<name>{CAP}(?:[ \u00a0](?:{CAP}|\d{{1,4}}(?![\d,.]))){{0,2}})"
)
_HEAD_TR = re.compile(
    rf"(?<!\w)(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}}[A-Z]?(?![\d,.])|[IVX]{{1,4}}(?!\w))){{0,2}}?)\s"
    r"(?P<head>(?:(?:silahlı|taktik|taarruz|keşif|saldırı|hafif|ağır|ana|muharebe|eğitim|jet|temel|ileri|insansız|zırhlı|muharip|savaş|"
    r"kamikaze|gemisavar|tanksavar|seyir|balistik|hava|savunma|deniz|kara|genel|maksat|nakliye|çok|amaçlı|amfibi|hücum|"
    r"karakol|paletli|tekerlekli|turboprop|tipi|devriye)\s){0,4}"
    r"(?:İHA|SİHA|TİHA|insansız|uça[kğ]|jet[ilen]|helikopter|tank[ıilaen]|tank\b|füze|korvet|f[ıi]rkateyn|sınıfı|obüs|zırhlı|"
    r"dron|mühimmat|torpido|roket[ilen]|roket\b|denizaltı|radar|botu|botlar|gemisi|aracı|araçlar|araç\b|hava araç|hücumbot|avcı|füzesavar|bombası))"
)
_COUNTED_TR = re.compile(
    rf"(?<![\w.,])(?:\d[\d.]*|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli)\s(?:adet|tane)\s(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}})){{0,2}})"
)
# Programmes of the gazetteer that are fairs, exercises, funds or doctrines, and no machine or system.
_EVENTS = re.compile(
    r"Dialogue|Show\b|Airshow|Summit|[Ee]xercise|Fund\b|Industry Programme|Buildup Program|Principles|Homeland|Assistance|Scheme|List\Z|Europe\Z|Sentry|"
    r"Eurosatory|Euronaval|IDEX|NAVDEX|IDEF|DSEI|ADEX|Indo Defence|DSA|MSPO|RIMPAC|Balikatan|Sabre|Sword|Dragon|Freedom|Orient Shield|East Shield|Eagle|Defender|Zapad|Force Pacific|Pillar"
)
# Two to five capitals alone name a kind of machine (ASW, VTOL, MUSV), not one.
_KIND = re.compile(r"[A-Z]{2,5}s?\Z")
# A participle that opens a Turkish sentence: "Kalan araçlar", "Üretilen füzeler".
_PARTICIPLE_TR = re.compile(
    r"\w+(?:[ae]n|lık|lik|luk|lük|l[ıiuü]|s[ae]l|m[ıiuü]ş|[ae]c[ae][kğ]|[dt][ıiuü]ğ[ıiuü]|[ıiuü]nc[ıiuü])\Z"
)


def read_platforms(passage: Passage, mask: Mask) -> list[Fact]:
    """Return the platforms in order, each name once."""
    facts = [
        passage.fact(n.start, n.end, "platform", Named(name=n.name, entity=n.entity), rule="known-platform")
        for n in passage.names
        if n.entity.startswith(("pla:", "prg:")) and not _EVENTS.search(n.name) and mask.free(n.start, n.end)
    ]
    for fact in facts:
        mask.take(fact.start, fact.end)
    for start, end, name, rule in _OPEN[passage.lang](passage):
        if end > start and mask.free(start, end) and not _known_otherwise(passage, start, end):
            mask.take(start, end)
            facts.append(passage.fact(start, end, "platform", Named(name=name), rule=rule, confidence=0.8))
    seen: set[str] = set()
    unique = []
    for fact in sorted(facts, key=lambda f: f.start):
        if str(fact.value) not in seen:
            seen.add(str(fact.value))
            unique.append(fact)
    return unique


def is_nationality(word: str) -> bool:
    """Tell whether an English word is an adjective of a country or an alliance."""
    return _DEMONYM.match(word) is not None


def _known_otherwise(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a range is, or ends in, the name of something that is no platform."""
    known = passage.name_at(start, end)
    return known is not None and not known.entity.startswith(("pla:", "prg:"))


def _english(passage: Passage) -> list[tuple[int, int, str, str]]:
    found = _designations(passage)
    for pattern, rule in (
        (_HEAD_EN, "head"),
        (_APPOSITION_EN, "head"),
        (_CALLED_EN, "head"),
        (_SHIP_EN, "ship"),
        (_COUNTED_EN, "counted"),
    ):
        for match in pattern.finditer(passage.text):
            if rule == "head" and _weak(match):
                continue
            span = _trim(passage, match.start("name"), match.end("name"), strict=rule == "counted")
            if span and rule == "head":
                found += _coordinated(passage, span[0])
            if span:
                name = passage.text[span[0] : span[1]]
                found.append((*span, _singular(name) if rule == "counted" else name, rule))
    return found


_AND_BEFORE = re.compile(
    rf"(?:[Tt]he\s)(?P<name>{CAP}(?:[ \u00a0-](?:{CAP}|\d{{1,4}}))?),?\s(?:and|or)\s(?:the\s)?\Z"
)


def _coordinated(passage: Passage, at: int) -> list[tuple[int, int, str, str]]:
    """Return the name that shares the noun behind the one at an offset: "the Heron and the Kite drones"."""
    floor = passage.sentence(at).start
    before = _AND_BEFORE.search(passage.text, max(floor, at - 50), at)
    if before is None:
        return []
    span = _trim(passage, *before.span("name"), strict=False)
    return [(*span, passage.text[slice(*span)], "head")] if span else []


def _weak(match: re.Match[str]) -> bool:
    """Tell whether the head noun follows firms and forces as often as machines, and nothing else speaks for one."""
    groups = match.groupdict()
    return (
        bool(_WEAK_HEADS.match(groups.get("head") or ""))
        and not groups.get("adj")
        and not re.search(r"\d", groups["name"] or "")
    )


ORGANISED = re.compile(
    r"(?:Industries|Systems|Aerospace|Aviation|Defen[cs]e|Dynamics|Technolog\w+|Shipyards?|Shipbuilding|Group|Corporation|Corp|Inc|Ltd|GmbH|"
    r"Marine|Naval|Robotics|Navy|Army|Force|Forces|Guard|Ministry|Department|Agency|Command|Parliament|Congress|Senate|Government|Cabinet|"
    r"Airlines|Police|Kuvvetleri|Komutanlığı|Bakanlığı|Savunma|Havacılık|Başkanlığı|Sanayii?|Teknoloji\w*|Şirketi|Ordusu)\Z"
)


def _trim(passage: Passage, start: int, end: int, *, strict: bool) -> tuple[int, int] | None:
    """Drop words that are no name from the front of a candidate; None when nothing or an organisation is left."""
    words = list(re.finditer(r"[^\s]+", passage.text[start:end]))
    while words:
        word = words[0].group()
        bare = word.rstrip("'’s") if word.endswith(("'s", "’s")) else word
        known = passage.name_at(start + words[0].start(), start + words[0].start() + len(word))
        other = known is not None and not known.entity.startswith("pla:")
        if (
            bare.lower().replace("i̇", "i") in _PLAIN
            or _DEMONYM.match(bare)
            or other
            or word.endswith(("'s", "’s"))
        ):
            words.pop(0)
            continue
        break
    if not words or any(ORGANISED.match(w.group()) for w in words):
        return None
    first = start + words[0].start()
    if not any(map(str.isalpha, passage.text[first:end])):
        return None  # "İlk 60 araç"
    if "\n" in passage.text[first:end] or (passage.lang == "en" and passage.in_heading(first)):
        return None
    opens = first == passage.sentence(first).start
    if len(words) > 1:
        none = opens and all(w.group().isdigit() for w in words[1:])
    else:
        none = _is_common(passage, words[0].group(), end, opens=opens)
    if none or (strict and (words[0].group()[0].isdigit() or passage.text[end : end + 2] in ("'s", "’s"))):
        return None
    return first, end


def _is_common(passage: Passage, word: str, end: int, *, opens: bool) -> bool:
    """Tell whether a lone capitalised word is a kind of machine, or a common word that opens its sentence."""
    if _KIND.match(word):
        return True
    if not opens:
        return False
    if passage.lang == "tr":
        return _PARTICIPLE_TR.match(word) is not None
    return re.fullmatch(
        r"[A-Z][a-z]+(?:ed|ing|al|ous|ive|ern|ly|ary|er|ers|s)", word
    ) is not None or not _named_again(passage, word, end)


def _named_again(passage: Passage, word: str, end: int) -> bool:
    """Tell whether a word that a capital begins because it opens a sentence has one elsewhere too."""
    if not word.isalpha() or not word[1:].islower():
        return True
    again = passage.text.find(f" {word}", end)
    before = passage.text.find(f" {word}", 0, end - len(word))
    return again >= 0 or before >= 0


def _singular(name: str) -> str:
    return name[:-1] if re.search(r"[a-z\d]s\Z", name) and not name.endswith("ss") and " " in name else name


def _designations(passage: Passage) -> list[tuple[int, int, str, str]]:
    """Return names by their shape alone."""
    found = []
    for match in _DESIGNATION.finditer(passage.text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        name = match.group(kind)
        if kind == "code" and (is_no_designation(name) or in_code(passage.text, start, end)):
            continue
        if kind == "klass":
            span = _trim(passage, start, end, strict=False)
            if span is None or _STOP_CLASS.match(passage.text[span[0] : span[1]]):
                continue
            start, end = span[0], match.end()
            name = f"{passage.text[span[0] : span[1]]}-class"
        if kind in ("mk", "wheels"):
            span = _trim(passage, start, end, strict=False)
            if span is None:
                continue
            start = span[0]
            name = passage.text[start:end]
        found.append((start, end, re.sub(r"(?<=\d)s\Z", "", name), f"shape-{kind}"))
    return found


def _turkish(passage: Passage) -> list[tuple[int, int, str, str]]:
    found = _designations(passage)
    for pattern, rule in ((_HEAD_TR, "head"), (_COUNTED_TR, "counted")):
        for match in pattern.finditer(passage.text):
            span = _trim(passage, match.start("name"), match.end("name"), strict=False)
            if span is None:
                continue
            name = passage.text[span[0] : span[1]]
            if rule == "head" and match.group("head").endswith("sınıfı"):
                found.append((span[0], match.end(), f"{name}-class", "shape-klass"))
            else:
                found.append((*span, name, rule))
    return found


_OPEN = {"en": _english, "tr": _turkish, "ja": platforms_ja.read}
