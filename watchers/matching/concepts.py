"""The concepts that `about:` knows, and which of them a phrase names."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from watchers.errors import KnowledgeError
from watchers.matching.inflect import noun_forms, verb_forms
from watchers.matching.scan import Scanner, Sought, sought_word
from watchers.matching.words import searchable

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["thing", "general", "act"]

TABLE = Path(__file__).with_name("concepts.toml")
MOST_CONCEPTS = 4  # of one phrase; each further one makes it rarer, and people join them with AND
_KINDS = ("thing", "general", "act")
_KEYS = frozenset(("kind", "en", "do", "tr", "ja", "includes"))
# What may stand between the words of a phrase and means nothing by itself.
_FILLERS = frozenset(
    (
        *("of", "the", "a", "an", "for", "by", "to", "in", "on", "and", "with", "from", "ve", "ile", "icin"),
        *(
            "の",
            "を",
            "が",
            "は",
            "に",
            "で",
            "と",
            "へ",
            "も",
            "する",
            "した",
            "される",
            "された",
            "している",
        ),
    )
)
_WORD = re.compile(r"[\u3040-\u309f]+|[^\W\u3040-\u309f]+")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea with its forms by language, English as written in the table first."""

    name: str
    kind: Kind
    words: Mapping[str, tuple[str, ...]]  # en, tr and ja, as people read them
    sought: tuple[Sought, ...]

    def __hash__(self) -> int:
        return hash(self.name)


class UnknownConceptError(Exception):
    """A word of a phrase is in no concept: `word`, and the known ones nearest to it, best first."""

    def __init__(self, word: str, near: tuple[str, ...]) -> None:
        super().__init__(word)
        self.word = word
        self.near = near


class Concepts:
    """All concepts, and their words in running text."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self.all = concepts
        self._by_form: dict[Sought, Concept] = {}
        for concept in concepts:
            for sought in concept.sought:
                # What a narrower concept shares with a wider one is the narrower one's: it is written there.
                held = self._by_form.get(sought)
                if held is None or len(concept.sought) < len(held.sought):
                    self._by_form[sought] = concept
        self._scanner = Scanner(self._by_form)

    def named(self, phrase: str) -> tuple[Concept, ...]:
        """Return the concepts of a phrase in its order, each once; raises UnknownConceptError."""
        text = searchable(phrase).text
        rest = list(text)
        named: list[Concept] = []
        for start, end, concept in self.within(phrase):
            rest[start:end] = " " * (end - start)
            if concept not in named:
                named.append(concept)
        for word in _WORD.findall("".join(rest)):
            if word not in _FILLERS:
                raise UnknownConceptError(word, self._near(word))
        return tuple(named)

    def within(self, text: str) -> list[tuple[int, int, Concept]]:
        """Return the concepts in a text, in order and without overlaps, the longest first."""
        field = searchable(text)
        found = [(s, e, self._by_form[one]) for one, s, e in self._scanner.find(field, text, "")]
        kept: list[tuple[int, int, Concept]] = []
        for start, end, concept in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
            if all(end <= other[0] or start >= other[1] for other in kept):
                kept.append((start, end, concept))
        return sorted(kept, key=lambda f: f[0])

    def _near(self, word: str) -> tuple[str, ...]:
        """Return the known words nearest to one, as they are written in the table."""
        known: dict[str, str] = {}
        for concept in self.all:
            for words in concept.words.values():
                for form in words:
                    known.setdefault(searchable(form.removesuffix("*")).text, form.removesuffix("*"))
        close = difflib.get_close_matches(word, known, n=_NEAREST, cutoff=0.7)
        return tuple(known[form] for form in close)


@cache
def concepts() -> Concepts:
    """Return the concepts of the table, read once a process. Raises KnowledgeError for a broken table."""
    return read_concepts(TABLE.read_text(encoding="utf-8"), TABLE.name)


@lru_cache(maxsize=2_048)
def concepts_of(phrase: str) -> tuple[Concept, ...]:
    """Return the concepts that a phrase names, in its order; raises UnknownConceptError."""
    return concepts().named(phrase)


def read_concepts(content: str, where: str) -> Concepts:
    """Return the concepts that a TOML text lists. Raises KnowledgeError that names the entry at fault."""
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{where} cannot be read as TOML: {error}") from error
    for name, table in tables.items():
        wrong = sorted(table.keys() - _KEYS) if isinstance(table, dict) else [name]
        if wrong or table.get("kind", "thing") not in _KINDS:
            raise KnowledgeError(f'{where}, "{name}": {", ".join(wrong) or "its kind"} cannot stand there.')
        missing = [key for key in ("en", "tr", "ja") if not table.get(key)]
        missing += [other for other in table.get("includes", ()) if other not in tables]
        if missing:
            raise KnowledgeError(f'{where}, "{name}": there is no {", ".join(missing)}.')
    return Concepts(tuple(_concept(name, tables) for name in tables))


def _concept(name: str, tables: Mapping[str, Mapping[str, object]]) -> Concept:
    words: dict[str, dict[str, None]] = {"en": {}, "tr": {}, "ja": {}}
    sought: dict[Sought, None] = {}
    for key in (name, *_strings(tables[name], "includes")):
        table = tables[key]
        english = [form for noun in _strings(table, "en") for form in noun_forms(noun)]
        english += [form for verb in _strings(table, "do") for form in verb_forms(verb)]
        words["en"].update(dict.fromkeys(english))
        sought.update(dict.fromkeys(map(sought_word, english)))
        for lang in ("tr", "ja"):
            forms = _strings(table, lang)
            words[lang].update(dict.fromkeys(forms))
            sought.update(dict.fromkeys(sought_word(form, suffixed=lang == "tr") for form in forms))
    return Concept(
        name=name.replace("-", " "),
        kind=cast("Kind", tables[name].get("kind", "thing")),
        words={lang: tuple(forms) for lang, forms in words.items()},
        sought=tuple(sought),
    )


def _strings(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", table.get(key, [])))
