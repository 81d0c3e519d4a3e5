"""Who says what in Turkish: "X … dedi", "X'e göre", "X'ten yapılan açıklamada", "… diyen X"."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import words_tr
from watchers.facts.passage import CAP
from watchers.facts.speakers import may_speak
from watchers.facts.speech import MAX_SPEAKER, Telling, chain, is_medium, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.passage import Passage
    from watchers.facts.speech import Hedge, Thread
    from watchers.types import Span

TELLS, UNVERIFIED, BARE = words_tr.TELLS, words_tr.UNVERIFIED, words_tr.BARE


def tell(passage: Passage, sentence: Span, thread: Thread) -> Iterator[Telling]:
    """Yield who says which words of a sentence; every part that is hedged is covered."""
    start = sentence.start
    for stop in re.finditer(r";\s", sentence.mention):
        yield from _of_clause(passage, start, sentence.start + stop.end(), thread)
        start = sentence.start + stop.end()
    yield from _of_clause(passage, start, sentence.end, thread)


def _of_clause(passage: Passage, start: int, end: int, thread: Thread) -> Iterator[Telling]:
    text = passage.text
    words, span = _without_machine(passage, *_speaker(passage, start, end, thread))
    by = _resolved(words, span[0], thread)
    if len(by) > MAX_SPEAKER or not may_speak(by.partition(" < ")[0], "tr"):
        by, span = "", (0, 0)
    clause = text[start:end]
    hedge = _hedge(clause, (words, by))
    if by:
        medium = is_medium(words, words_tr.MEDIUM) or is_medium(by, words_tr.MEDIUM)
        thread.hear(
            by,
            medium=medium,
            person=not medium and (thread.is_person(by) or bool(words_tr.PERSON_NOUN.match(words))),
        )
        by = chain(by, _venue(clause, by))
    if by or hedge != "stated":
        yield Telling(start=start, end=end, by=by, hedge=hedge, speaker=span)
    denial = words_tr.DENIES.search(text, start, end)
    if denial:
        first = span[1] if span[1] < denial.start() and span[1] > start else start
        yield Telling(start=first, end=denial.end(), by=by, hedge="denied", speaker=span)


def _without_machine(passage: Passage, words: str, span: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Cut off a machine that the clause goes on with: "Norveç Leopard 2 almayı reddetti"."""
    for name in passage.names:
        if name.entity.startswith("pla:") and span[0] < name.start < span[1]:
            kept = passage.text[span[0] : name.start].rstrip()
            return (kept, (span[0], span[0] + len(kept))) if words.startswith(kept) else (words, span)
    return words, span


def _hedge(clause: str, by: tuple[str, ...]) -> Hedge:
    if words_tr.ALLEGED.search(clause):
        return "alleged"
    if words_tr.REPORTED.search(clause) or any(_is_unnamed(name) for name in by):
        return "reported"
    return "expected" if words_tr.EXPECTED.search(clause) else "stated"


def _is_unnamed(by: str) -> bool:
    inner = by.partition(" < ")[0]
    return is_medium(inner, words_tr.MEDIUM) or (
        words_tr.UNNAMED.search(inner) is not None and not re.search(rf"{CAP}\s{CAP}\Z", inner)
    )


def _speaker(passage: Passage, start: int, end: int, thread: Thread) -> tuple[str, tuple[int, int]]:  # noqa: PLR0911 - a case a construction
    """Return the words that name a clause's speaker and where they stand; empty if it has none."""
    text = passage.text
    quoted = quotations(text, start, end)
    says = [
        m for m in words_tr.SAYS.finditer(text, start, end) if not any(a < m.start() < b for a, b in quoted)
    ]
    for found in (
        _by_source(text, start, end, quoted, thread),
        _by_press(text, start, says),
    ):
        if found[0]:
            return found
    if not says:
        heads = words_tr.COLON.match(text, start, end)
        return (heads.group("np"), heads.span("np")) if heads else ("", (0, 0))
    for pattern in (words_tr.FROM, words_tr.OWN):
        match = pattern.search(text, start, end)
        if match:
            name = re.sub(r"(?<=\w{4})[dt][ae]n\Z", "", words_tr.without_case(match.group("name")))
            return chain(name, match.group("act")), match.span("name")
    inverted = words_tr.INVERTED.search(text, start, end)
    if inverted:
        return inverted.group("np").strip(), inverted.span("np")
    carried = words_tr.CARRIED.search(text, start, end)
    if carried:
        act = carried.group("act").lower()
        before = thread.medium if act == "haber" else thread.last
        return (before if " < " in before else chain(before, act if act != "haber" else "")) or act, (0, 0)
    behind = _behind(text, start, end, quoted)
    if behind and _is_name(behind.group("np")):
        return behind.group("np").strip(), behind.span("np")
    if not any(match.group("active") for match in says):
        return "", (0, 0)
    return _subject(passage, start, says[-1].start(), quoted, thread)


def _behind(text: str, start: int, end: int, quoted: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    """Return where a speaker stands behind a participle of saying, outside quotations."""
    found = words_tr.BEHIND.finditer(text, start, end)
    return next((match for match in found if not any(a < match.start() < b for a, b in quoted)), None)


def _by_source(
    text: str, start: int, end: int, quoted: tuple[tuple[int, int], ...], thread: Thread
) -> tuple[str, tuple[int, int]]:
    """Return whom "göre" names in a clause, and where; empty if it names nobody."""
    # Looking for the words before it takes long; most clauses have none.
    source = words_tr.GORE.search(text, start, end) if text.find("göre", start, end) >= 0 else None
    if source is None or any(a < source.start() < b for a, b in quoted):
        return "", (0, 0)
    press = words_tr.PRESS.search(text, start, source.end())
    if press and len(text[press.end() : source.end()].split()) <= words_tr.PRESS_WORDS:
        return _pressed(press), press.span("np")
    return _source(source, thread), source.span("name") if source.group("name") else (0, 0)


def _by_press(text: str, start: int, says: list[re.Match[str]]) -> tuple[str, tuple[int, int]]:
    """Return the medium or document in which something "is said"; empty if there is none."""
    if not says or not says[-1].group("passive") or words_tr.CARRIED.match(text, start, says[-1].end()):
        return "", (0, 0)
    press = words_tr.PRESS.search(text, start, says[-1].start())
    return (_pressed(press), press.span("np")) if press else ("", (0, 0))


def _pressed(press: re.Match[str]) -> str:
    """Return whose report it is and that it is one: "Sayıştay < rapor"; "sosyal medya" stays as it is."""
    whose, _, kind = press.group("np").rpartition(" ")
    whose = press.group("owner") or whose
    return chain(whose, kind) if words_tr.DOCUMENT.match(kind) and whose[:1].isupper() else press.group("np")


def _source(source: re.Match[str], thread: Thread) -> str:  # noqa: PLR0911 - a case a form of "göre"
    """Return whom "göre" refers to; empty if it compares or measures instead."""
    name, plain, via = source.group("name"), source.group("plain") or "", source.group("via") or ""
    if name:
        low = name.lower()
        if low in ("buna", "bu", "bunun"):
            return thread.last
        if low.startswith(("haber",)):
            return thread.medium or "haber"
        if not source.group("case") and not via and not re.search(r"(?:[ae]|n[ae])\Z", name):
            return ""
        act = {"açıklaması": "açıklama", "raporu": "rapor", "verileri": "veriler"}.get(via, "")
        bare = name if source.group("case") else words_tr.without_case(name, dative=not via)
        if bare in (
            "Habere",
            "Haberlere",
            "Kaynaklara",
            "Yetkililere",
            "İddiaya",
            "İddialara",
            "Uzmanlara",
            "Edinilen",
        ):
            return (
                thread.medium
                if bare == "Habere" and thread.medium
                else bare[0].lower() + words_tr.plain_source(bare)[1:]
            )
        return chain(bare, act)
    if re.search(r"kaynak|yetkili|haber|iddia|uzman|analist|basın|medya", plain):
        return words_tr.plain_source(plain.strip())
    if via:
        return chain(re.sub(r"(?:n?[ıiuü]n)\Z", "", plain.strip()), {"açıklaması": "açıklama"}.get(via, ""))
    return ""


def _is_name(words: str) -> bool:
    return any(word[:1].isupper() for word in words.split()) or words_tr.UNNAMED.search(words) is not None


def _subject(
    passage: Passage, start: int, verb: int, quoted: tuple[tuple[int, int], ...], thread: Thread
) -> tuple[str, tuple[int, int]]:
    """Return the subject of an active verb: the first phrase of its clause without a case ending, else who spoke last."""
    text = passage.text
    later = words_tr.OBJECT_FIRST.search(text, start, verb)
    if later and not any(a < later.start("np") < b for a, b in quoted):
        return later.group("np"), later.span("np")
    at = start
    opening = words_tr.OPENING.match(text, at)
    at = opening.end() if opening else at
    for _ in range(3):
        segment = words_tr.SEGMENT.match(text, at, verb)
        if segment is None:
            break
        words = segment.group("np").strip()
        name = words_tr.UP_TO_NAME.match(words)
        if not _may_be_subject(words) and words_tr.PEELED.search(words) and name:
            words = name.group()
        if not any(a <= at < b for a, b in quoted) and _may_be_subject(words):
            begin = at + segment.group("np").find(words)
            return words, (begin, begin + len(words))
        at = segment.end()
        while at < verb and text[at] == " ":
            at += 1
    span = _opening_name(text, opening.end() if opening else start, verb)
    if span:
        return text[slice(*span)], span
    if quoted and quoted[0][0] <= start + 1:  # "…" dedi: whoever spoke before
        later = words_tr.INITIAL.search(text, quoted[0][1], verb)
        if later and later.end("np") == later.end():
            return later.group("np"), later.span("np")
    return thread.last or thread.person_before(start), (0, 0)


def _opening_name(text: str, start: int, verb: int) -> tuple[int, int] | None:
    """Return where the name without a case ending stands that a clause begins with, or "some of" a kind."""
    some = words_tr.SOME.match(text, start, verb)
    if some:
        return some.span("np")
    name = words_tr.INITIAL.match(text, start, verb)
    if name is None or name.end("np") != name.end() or words_tr.CASED_NAME.search(name.group("np")):
        return None
    tail = words_tr.TAIL.match(text, name.end(), verb)
    return name.start("np"), tail.end() if tail else name.end("np")


def _may_be_subject(words: str) -> bool:
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    # A name takes its case after an apostrophe, any other word without one.
    cased = words_tr.CASED_NAME.search(last) if last[:1].isupper() else words_tr.ADVERBIAL.search(last)
    if not last or cased:
        return False
    if len(words.split()) > 12 or not may_speak(words, "tr"):
        return False
    return (
        _is_name(words)
        or re.match(r"(?:[Şş]irket|[Ff]irma|[Bb]akanlık|[Ss]özcü|[Mm]uhalefet|[Hh]ükümet|[Oo]rdu)", words)
        is not None
    )


def _resolved(words: str, at: int, thread: Thread) -> str:
    """Return whom a subject means."""
    name, _, via = words.partition(" < ")
    name = name.strip(" ,")
    participle = re.search(r"(?:[yı][ae]n|[ae]n|[dt][ıiuü]ğ[ıiuü])\s(?=[A-ZÇĞİÖŞÜ]|[a-zçğıöşü]+\Z)", name)
    if participle and not re.match(
        r"[A-ZÇĞİÖŞÜ]", name[max(0, participle.start() - 8) : participle.start()].split(" ")[-1]
    ):
        name = name[participle.end() :]
    owned = words_tr.OWNED_TITLE.match(name) or words_tr.BARE_TITLE.match(name)
    name = name[owned.end() :] if owned else name
    if words_tr.PERSON_NOUN.match(name):
        return chain(thread.person_before(at) or name, via)
    if words_tr.MEDIUM_NOUN.match(name):
        return chain(thread.medium or name, via)
    if words_tr.FIRM_NOUN.match(name):
        return chain(thread.firm_before(at) or name, via)
    return chain(thread.full(name) if " " not in name else name, via)


def _venue(clause: str, by: str) -> str:
    """Return where something was said, such as "sosyal medya paylaşımı"; empty if the clause does not tell."""
    if " < " in by:
        return ""
    if words_tr.SOCIAL.search(clause):
        return "sosyal medya paylaşımı"
    match = words_tr.VENUE.search(clause)
    if match is None:
        return ""
    medium = match.group("medium")
    if medium and medium not in by and by not in medium:
        return medium
    return match.group("event") or ""
