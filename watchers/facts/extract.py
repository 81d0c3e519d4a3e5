"""Read the facts of a text, pass after pass in a fixed order: no words are used for two kinds of fact.

Money is read before percentages, dates before measures, measures before counts: "200 billion yen over ten
years" is an amount and a span of time, and neither 200 nor ten counts anything.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from watchers.facts import events, people, places, platforms, quantities, quotes, status
from watchers.facts.dates import read_dates
from watchers.facts.money import read_money
from watchers.facts.numbers import numbers
from watchers.facts.parties import read_parties
from watchers.facts.passage import Mask, passage
from watchers.facts.said_by import attribute
from watchers.facts.shares import read_shares
from watchers.languages import READ_LANGUAGES
from watchers.types import Named

if TYPE_CHECKING:
    from datetime import date

    from watchers.facts.passage import Finder, Passage
    from watchers.types import Fact

logger = logging.getLogger(__name__)

# Longest text read, in code points: about 3 000 English words. The rest is left out.
MAX_LENGTH = 20_000
# More facts than this are a table or an attack; the first ones are kept.
MAX_FACTS = 400


def extract(text: str, *, lang: str, published: date, finder: Finder) -> tuple[Fact, ...]:
    """Return the facts of a text, ordered by where they stand. Reads at most MAX_LENGTH code points.

    Other languages than English, Turkish and Japanese give known names only: numbers and negation are written
    differently elsewhere, and a wrong amount is worse than none.
    """
    source = passage(text[:MAX_LENGTH], lang=lang, published=published, finder=finder)
    facts = _grammar(source) if lang in READ_LANGUAGES else _names(source)
    facts.sort(key=lambda fact: (fact.start, fact.end, fact.type))
    for fact in facts:
        _check(text, fact)
    return tuple(facts[:MAX_FACTS])


def _grammar(source: Passage) -> list[Fact]:
    """Run every pass over a text whose language has a grammar."""
    mask = Mask(len(source.text))
    quantities.mask_codes(source, mask)
    quotations = quotes.read_quotes(source)
    machines = platforms.read_platforms(source, mask)
    found = numbers(source.text, source.lang)
    facts = read_money(source, mask, found)
    facts += read_shares(source, mask, found)
    facts += read_dates(source, mask)
    quantities.mask_measures(source, mask, found)
    facts += quantities.read_quantities(source, mask, found)
    facts += machines
    facts += people.read_people(source, mask)
    facts += read_parties(source, mask, facts)
    facts += places.read_places(source, mask)
    facts += status.read_statuses(source)
    facts += events.read_meetings(source, facts) + events.read_agreements(source)
    facts += quotations
    return attribute(source, facts)


def _names(source: Passage) -> list[Fact]:
    """Return the known platforms, organisations and places of a text, each once."""
    facts: list[Fact] = []
    seen: set[str] = set()
    for name in source.names:
        kind = {"pla": "platform", "org": "party", "loc": "location"}.get(name.entity.partition(":")[0])
        if kind is None or name.entity in seen:
            continue
        seen.add(name.entity)
        value = Named(name=name.name, entity=name.entity)
        if kind == "platform":
            facts.append(source.fact(name.start, name.end, "platform", value, rule="known-platform"))
        elif kind == "party":
            facts.append(source.fact(name.start, name.end, "party", value, rule="known-organisation"))
        else:
            facts.append(source.fact(name.start, name.end, "location", value, rule="known-place"))
    return facts


def _check(text: str, fact: Fact) -> None:
    """Assert that a fact's words and sentence stand in the text where it says they do."""
    stands = text[fact.start : fact.end] == fact.mention and bool(fact.mention)
    inside = text[fact.sentence_start : fact.sentence_start + len(fact.sentence)] == fact.sentence
    if not (stands and inside):
        message = f"the {fact.type} at {fact.start} is not in the text: rule {fact.rule}"
        raise AssertionError(message)
