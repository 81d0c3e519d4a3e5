"""People with an office or rank, beside their name before or after it as the language has it."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from watchers.facts import offices, roles
from watchers.facts.pairs import read_pairs
from watchers.facts.passage import CAP
from watchers.types import Fact, Person

if TYPE_CHECKING:
    from watchers.facts.passage import Mask, Passage
    from watchers.types import Mention

_NOT_NAMES = re.compile(
    r"(?:Brothers|Sisters|The|A|An|In|On|At|For|And|But|This|That|Defen[cs]e|Ministry|Minister|Secretary|President|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Staff|Office|Scientist|Engineer|Cpl|Sgt|Warrant|Petty|Pilot|Technician|Analyst|Air|Navy|Army|Force|Dynamics|Atomics|"
    r"Motors|Electric|Assembly|Council|Committee|Industries|Systems|Aerospace|Command|Agency|Headquarters|Officer|Accounting|Services|Administration|"
    r"Savunma|Bakanlığı|Başkanlığı|Komutanlığı|Kurulu|Sanayii|Kuvvetleri|Genel)\Z"
)


# Shorter surnames are common words as often as names.
SURNAME_LENGTH = 4
# More people than this are a list, not a story.
MAX_SURNAMES = 40


def read_people(passage: Passage, mask: Mask) -> list[Fact]:
    """Return the people in order, each once: those named with an office, then those the finder knows."""
    found = _japanese(passage) if passage.lang == "ja" else _latin(passage)
    facts: list[Fact] = []
    for start, end, person in found:
        if mask.free(start, end):
            mask.take(start, end)
            facts.append(passage.fact(start, end, "person_role", person, rule="role", confidence=0.9))
    facts = _counterparts(sorted(facts, key=lambda fact: fact.start))
    facts += _known(passage, mask, facts)
    facts += _sharing_surname(passage, mask, facts)
    _use_up_surnames(passage, mask, facts)
    return sorted(_once(facts), key=lambda fact: fact.start)


def _counterparts(facts: list[Fact]) -> list[Fact]:
    """Give whoever is called a counterpart the office of the person named before."""
    office = ""
    done = []
    for fact in facts:
        value = fact.value
        if isinstance(value, Person):
            if not value.role and ("counterpart" in fact.mention or "mevkidaşı" in fact.mention):
                value = replace(value, role=office)
            office = value.role or office
            done.append(replace(fact, value=value))
    return done


_FIRST_BEFORE = re.compile(rf"(?:(?P<lead>{CAP})\s)?(?<![\w-])(?<!\bof\s)(?P<first>{CAP})\s(?:and|ve)\s\Z")


def _sharing_surname(passage: Passage, mask: Mask, facts: list[Fact]) -> list[Fact]:
    """Return who is named with a surname that stands only once: "Ada and Tom Varga"."""
    found: list[Fact] = []
    for fact in facts:
        value = fact.value
        if passage.lang == "ja" or not isinstance(value, Person) or len(value.name.split()) != 2:
            continue
        before = (
            _FIRST_BEFORE.search(passage.before(fact.start, 50))
            if value.name.split()[0] in fact.mention[:14]
            else None
        )
        start = fact.start - len(before.group()) + before.start("first") - before.start() if before else 0
        if (
            before is None
            or not mask.free(start, start + len(before["first"]))
            or _NOT_NAMES.match(before["first"])
            or (before["lead"] and not _NOT_NAMES.match(before["lead"]))  # "Tom Varga and Ana Kovel"
        ):
            continue
        end = start + len(before["first"])
        if passage.name_at(start, end):
            continue
        mask.take(start, end)
        person = Person(name=f"{before['first']} {value.name.split()[1]}", role=value.role, of=value.of)
        found.append(passage.fact(start, end, "person_role", person, rule="shared-surname", confidence=0.8))
    return found


def _use_up_surnames(passage: Passage, mask: Mask, facts: list[Fact]) -> None:
    """Use up the lone surnames of the people found: they are no firms, whatever they do in a sentence."""
    surnames = {_name(fact).split()[-1] for fact in facts if len(_name(fact).split()) > 1}
    long = sorted(re.escape(name) for name in surnames if len(name) >= SURNAME_LENGTH)
    if long:
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(long[:MAX_SURNAMES])})(?![\w-])", passage.text):
            mask.take(*match.span())


def _known(passage: Passage, mask: Mask, named: list[Fact]) -> list[Fact]:
    """Return the known people named without an office, unless they were already found with one."""
    seen = {fact.value.entity for fact in named if isinstance(fact.value, Person)}
    facts = []
    for name in passage.names:
        if name.entity.startswith("per:") and name.entity not in seen and mask.free(name.start, name.end):
            if not _is_meant(passage, name):
                continue
            seen.add(name.entity)
            mask.take(name.start, name.end)
            person = Person(name=name.name, role="", of="", entity=name.entity)
            facts.append(passage.fact(name.start, name.end, "person_role", person, rule="known-person"))
    return facts


# Words that make an office holder likelier than somebody of the same surname.
_CUE = {
    "en": re.compile(
        r"defen[cs]e|minister|secretary|president|military|missile|drone|weapon|arms\b|troop|warship|fighter|navy|army|air force|"
        r"shipyard|NATO|procurement|ceasefire|airspace|tank|nuclear|war\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"savunma|bakan|cumhurbaşkan|İHA|füze|silah|ordu|asker|donanma|tersane|NATO|uçak|gemi|tank|heyet",
        re.IGNORECASE,
    ),
    "ja": re.compile(r"防衛|国防|大臣|首相|大統領|外相|無人機|ミサイル|戦闘機|艦|自衛隊|軍|会談|装備"),
}


# A person's name at the head of another name: a centre, an airport, a street.
_INSIDE_NAME = {
    "en": re.compile(
        r"\s(?:Cent(?:er|re)|University|Airport|Institute|Foundation|Street|School|Stadium|Library|Park|Museum)\b"
    ),
    "tr": re.compile(
        rf"\s(?:{CAP}\s){{0,3}}(?:Merkezi|Üniversitesi|Havalimanı|Caddesi|Stadı|Stadyumu|Vakfı|Lisesi|Müzesi|Parkı|Kışlası|Tesisleri)"
    ),
    "ja": re.compile(r"(?:記念|通り|空港|大学)"),
}


def _is_meant(passage: Passage, name: Mention) -> bool:
    """Tell whether a known person's name is that person: in full, or beside words of office or defence.

    A hyphen after it makes it part of another name ("a Trump-class ship").
    """
    if passage.text[name.end : name.end + 1] == "-":
        return False
    if _INSIDE_NAME[passage.lang].match(passage.text, name.end):
        return False
    full = (
        " " in name.mention.strip()
        or "・" in name.mention
        or (passage.lang == "ja" and len(name.mention) > 3)
    )
    return full or _CUE[passage.lang].search(passage.text) is not None


def _once(facts: list[Fact]) -> list[Fact]:
    """Keep the first mention of each person; a lone surname is the person already named in full."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.start):
        words = set(_name(fact).split())
        if not any(words <= set(_name(other).split()) for other in kept):
            kept.append(fact)
    return kept


def _name(fact: Fact) -> str:
    return fact.value.name if isinstance(fact.value, Person) else ""


def _latin(passage: Passage) -> list[tuple[int, int, Person]]:
    """Return people in an English or Turkish text."""
    text = passage.text
    found = read_pairs(passage) if passage.lang == "en" else []
    patterns = (
        (roles.BEFORE_TR,)
        if passage.lang == "tr"
        else (roles.BEFORE_EN, roles.AFTER_EN, roles.COMMA_EN, roles.COMMANDS_EN)
    )
    for pattern in patterns:
        for match in pattern.finditer(text):
            person = _person(passage, match)
            if person:
                start = _without_lead(
                    passage, match, pattern is roles.BEFORE_EN or pattern is roles.BEFORE_TR
                )
                found.append((start, _name_end(passage, match), person))
    return found


def _name_end(passage: Passage, match: re.Match[str]) -> int:
    end = match.end()
    if passage.text[match.end("name") : match.end("name") + 1] in "'’" and match.end("name") >= end:
        return match.end("name")
    return end - 1 if passage.text[end - 1] == "," else end


def _person(passage: Passage, match: re.Match[str]) -> Person | None:
    """Make a person of a match, None when the name is a firm, a place or a common word."""
    name = match.group("name").strip()
    words = name.split()
    while words and _NOT_NAMES.match(words[-1]):
        words.pop()
    if not words or _NOT_NAMES.match(words[0]):
        return None
    known = passage.name_at(match.start("name"), match.start("name") + len(words[0]))
    if known and not known.entity.startswith("per:"):
        return None
    if len(words) == 1 and match.group("role")[0].islower() and known is None:
        return None
    role = re.sub(r"\s+", " ", match.group("role")).strip(" ,")
    of = _of(passage, match)
    entity = known.entity if known else ""
    if _COUNTERPART.match(role):  # "his Turkish counterpart" holds the office of whoever was named before
        role, of = "", of or _country_in(passage, match.start("role"), match.end("role"))
    return Person(
        name=known.name if known else " ".join(words), role=offices.english(role), of=of, entity=entity
    )


_COUNTERPART = re.compile(r"(?:(?:his|her|its|their)\s.*)?counterpart\Z|mevkidaşı\Z", re.IGNORECASE)


def _country_in(passage: Passage, start: int, end: int) -> str:
    """Return the known country named in a range, as an adjective or not; empty if there is none."""
    known = passage.name_at(start, end)
    return known.name if known and known.entity.startswith("loc:") else ""


def _of(passage: Passage, match: re.Match[str]) -> str:
    """Return the country or firm of an office, by its English name if known."""
    if not match.group("of"):
        return ""
    known: Mention | None = passage.name_at(match.start("of"), match.end("of"))
    if known and known.entity.startswith(("loc:", "org:")):
        return known.name
    words = match.group("of").strip().split()
    while words and (
        words[0] in ("The", "In", "On", "At", "But", "And", "While", "When", "As", "Its", "His")
        or words[0].endswith("ly")
    ):
        words.pop(0)
    return re.sub(r"['’]s?\Z", "", " ".join(words))


def _without_lead(passage: Passage, match: re.Match[str], before: bool) -> int:  # noqa: FBT001 - one caller
    """Return where a person's words begin, without a capitalised sentence opener."""
    start = match.start()
    lead = re.match(r"(?:The|In|On|At|But|And|While|When|As)\s", passage.text[start : match.end()])
    return start + lead.end() if before and lead else start


def _japanese(passage: Passage) -> list[tuple[int, int, Person]]:
    """Return people in a Japanese text: a name right before an office."""
    found = []
    matches = [*roles.BEFORE_JA.finditer(passage.text), *roles.KATAKANA_JA.finditer(passage.text)]
    for match in matches:
        start, end = match.start("name"), match.end("role")
        known = passage.name_at(start, match.end("name"))
        name = match.group("name")
        if known and known.entity.startswith("per:"):
            person = Person(
                name=known.name,
                role=offices.english(match.group("role")),
                of=_country_before(passage, known.start),
                entity=known.entity,
            )
            found.append((known.start, max(end, known.end), person))
            continue
        while known and known.start <= start and known.end < match.end("name"):
            start = known.end
            name = passage.text[start : match.end("name")].strip("・の")
            known = passage.name_at(start, match.end("name"))
        if known or len(name) < 2 or roles.NOT_NAMES_JA.match(name):
            continue
        found.append(
            (
                start,
                end,
                Person(
                    name=name, role=offices.english(match.group("role")), of=_country_before(passage, start)
                ),
            )
        )
    return found


def _country_before(passage: Passage, at: int) -> str:
    """Return the known country or body right before a Japanese name, as in トルコのギュレル国防相."""
    known = passage.name_at(max(0, at - 2), at)
    return known.name if known and known.entity.startswith(("loc:", "org:")) else ""
