"""Find in one entry what is more than a term: names with their look-alikes, concepts, regexes, facts."""

from __future__ import annotations

import time
from bisect import bisect_left
from typing import TYPE_CHECKING

from watchers.matching.about import together
from watchers.matching.concepts import concepts_of
from watchers.matching.expression import About, Named, Regex, Stated, Word
from watchers.matching.meets import FIELDS, Occurrence
from watchers.matching.regexes import read_regex
from watchers.matching.scan import Sought
from watchers.matching.searching import ENTRY_SECONDS, Texts, search
from watchers.matching.stating import meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from watchers.matching.expression import Longer
    from watchers.matching.known import Known
    from watchers.matching.meets import Scope
    from watchers.text import Folded
    from watchers.types import Fact

PART = "\n\n"  # between the parts of `fact_text`
_Found = dict["Longer", list[Occurrence]]


class Reading:
    """One entry, its fields and the terms found in them; `unsettled` are regexes there was no time for."""

    def __init__(
        self,
        originals: Mapping[Scope, str],
        fields: Mapping[Scope, Folded],
        terms: Mapping[Sought, Sequence[Occurrence]],
        *,
        lang: str,
        known: Known | None,
        day: date,
        facts: Sequence[Fact] = (),
        meter: Callable[[], float] = time.thread_time,
    ) -> None:
        self._originals = originals
        self._fields = fields
        self._terms = terms
        self._lang = lang
        self._known = known
        self._facts = facts
        self._day = day
        self._meter = meter
        self.unsettled: frozenset[Regex] = frozenset()

    def places(self, asked: Iterable[Longer]) -> _Found:
        """Return where each stands, in reading order."""
        found: _Found = {leaf: [] for leaf in asked}
        self._name([leaf for leaf in found if isinstance(leaf, Named)], found)
        self._run([leaf for leaf in found if isinstance(leaf, Regex)], found)
        for leaf in found:
            if isinstance(leaf, About):
                found[leaf] = self._about(leaf)
            elif isinstance(leaf, Stated):
                found[leaf] = self._stated(leaf)
        return found

    def _stated(self, leaf: Stated) -> list[Occurrence]:
        """Return where the facts stand that are asked for; see `fact_text` for what their offsets count."""
        found = []
        for fact in meeting(leaf, self._facts, day=self._day, known=self._known):
            title = len(self._originals["title"])
            scope: Scope = "title" if fact.start < title else "body" if self._originals["body"] else "summary"
            begin = 0 if scope == "title" or not title else title + len(PART)
            if fact.end - begin <= len(self._originals[scope]):
                found.append(self._occurrence(scope, fact.start - begin, fact.end - begin))
        return found

    def _about(self, leaf: About) -> list[Occurrence]:
        named = concepts_of(leaf.phrase)
        places = [
            sorted(
                (
                    (FIELDS.index(o.scope), o.start, o.end)
                    for one in concept.sought
                    for o in self._terms.get(one, ())
                ),
                key=lambda place: (place[0], place[1], -place[2]),
            )
            for concept in named
        ]
        if not all(places):
            return []
        found = []
        for number, scope in enumerate(FIELDS):
            there = [[(start, end) for at, start, end in rows if at == number] for rows in places]
            ranges = together(named, there, self._fields[scope].text)
            found += [Occurrence(scope, start, end) for start, end in ranges]
        return found

    def _name(self, names: list[Named], found: _Found) -> None:
        """Add where names stand; the text is read for them once, and only if a sign of one is in it."""
        if self._known is None:
            return
        wanted: dict[str, list[Named]] = {}
        for leaf in names:
            entity = self._known.entity(leaf.name)
            if self._signed(self._known.signs(entity)):
                wanted.setdefault(entity.id, []).append(leaf)
        if not wanted:
            return
        starts, text = [], ""
        for scope in FIELDS:
            starts.append(len(text))
            text += self._originals[scope] + "\n"
        for place in self._known.places(text, self._lang):
            for leaf in wanted.get(place.entity, ()):
                number = max(n for n, start in enumerate(starts) if start <= place.start)
                scope = FIELDS[number]
                first, last = place.start - starts[number], place.end - starts[number]
                found[leaf].append(self._occurrence(scope, first, last))

    def _run(self, regexes: list[Regex], found: _Found) -> None:
        """Run regular expressions, each with an equal share of the time that is left."""
        left, texts = ENTRY_SECONDS, Texts(self._originals)
        for number, leaf in enumerate(regexes):
            regex = read_regex(leaf.source, exact_case=leaf.exact_case)
            if regex.signs and not self._signed(regex.signs):
                continue
            began = self._meter()
            share = left / (len(regexes) - number)
            for scope in FIELDS:
                field, text = texts.of(scope, exact_case=leaf.exact_case)
                spent = self._meter() - began
                ranges, through = search(regex, text, seconds=share - spent, meter=self._meter)
                for start, end in ranges:
                    first, last = field.span(start, end)
                    found[leaf].append(self._occurrence(scope, first, last))
                if not through:
                    self.unsettled |= {leaf}
            left -= self._meter() - began

    def _signed(self, signs: frozenset[str]) -> bool:
        return any(Sought(Word(sign), anywhere=True) in self._terms for sign in signs)

    def _occurrence(self, scope: Scope, first: int, last: int) -> Occurrence:
        """Return a range of the original as one of the searchable text."""
        offsets = self._fields[scope].offsets
        if offsets is None:
            return Occurrence(scope, first, last)
        start = min(bisect_left(offsets, first), len(offsets) - 2)
        return Occurrence(scope, start, max(start + 1, bisect_left(offsets, last)))
