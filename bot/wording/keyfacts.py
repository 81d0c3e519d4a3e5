"""Choose which facts of a story a card shows, and write them as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.messages import FactLine, Link
from bot.wording.fragments import text_fragment
from bot.wording.statuses import decided_early, latest_first
from bot.wording.values import QUOTE_LIMIT, label, shorten, value
from watchers.stories.novelty import says_the_same
from watchers.types.facts import MEETINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Entry, Fact, Report, Story

_WORDED: Final = frozenset({"agreement", "quote"})  # their value is the article's own words
FOREIGN: Final = 0.5  # puts an agreement behind names and numbers, which all read, and before a bare date
_NAMING: Final = frozenset({"party", "location"})
MOST: Final = 6  # facts a card shows at most; more are on demand
OF_A_TYPE: Final = 2
BARE_VERB: Final = 15  # a meeting in fewer characters that names nobody is a verb alone ("met", 視察した)
ON_DEMAND: Final = 300  # code points of a quotation that somebody asked for
# Code points quoted of one article in a message: small beside the whole. A tenth of an article is more
# only beyond 6,000, and what a feed brings of one is rarely that long.
ARTICLE_QUOTES: Final = 600
SENTENCES: Final = 2  # of one article, at most: what is quoted of a publisher stays small

# What a reader looks for first in a card: how much, how many, is it signed, when; names come after, a bare
# date or place last. A conversion repeats the amount before it; a statistic is the background of the news.
_WEIGHT: Final[dict[str, float]] = {
    "money": 10,
    "money.conversion": 1,
    "money.statistic": 3.5,
    "status": 9,
    "quantity": 8,
    "delivery_deadline": 8,
    "agreement": 7.5,
    "meeting": 7,
    "platform": 6,
    "party": 5,
    "person_role": 4.5,
    "percentage": 4,
    "quote": 3,
    "date": 2,
    "location": 2,
}


def key_facts(story: Story, lang: str = "") -> tuple[tuple[Fact, Report], ...]:
    """Return at most MOST facts of a story with the report each stands in, most telling first.

    A value that several reports give is shown once, from the earliest of them. `lang` is the readers'; empty:
    they read any.
    """
    return choose(((fact, report) for report in story.reports for fact in report.facts), lang)


def choose(candidates: Iterable[tuple[Fact, Report]], lang: str = "") -> tuple[tuple[Fact, Report], ...]:
    """Return the best of these facts: each value once, few of a type, from few sentences of an article."""
    ranked = latest_first(sorted(candidates, key=lambda pair: -_weight_for(lang, *pair)))
    chosen: list[tuple[Fact, Report]] = []
    types: dict[str, int] = {}
    sentences: dict[str, set[str]] = {}
    for fact, report in decided_early(ranked):
        quoted = sentences.setdefault(report.entry.key, set())
        if types.get(fact.type, 0) >= OF_A_TYPE or any(_repeats(fact, other) for other, _ in chosen):
            continue
        if fact.sentence not in quoted and len(quoted) >= SENTENCES:
            continue
        chosen.append((fact, report))
        types[fact.type] = types.get(fact.type, 0) + 1
        quoted.add(fact.sentence)
        if len(chosen) == MOST:
            break
    return tuple(sorted(chosen, key=ranked.index))


def _repeats(fact: Fact, other: Fact) -> bool:
    """Tell whether a fact adds nothing to one shown: "Tokyo" as a party and as a place neither.

    Nor does an amount that is a request here and a budget there.
    """
    if {fact.type, other.type} <= _NAMING:
        return str(fact.value) == str(other.value)
    if (
        fact.type == other.type == "money"
        and fact.bound == other.bound
        and str(fact.value) == str(other.value)
    ):
        return True
    return fact.type == other.type and says_the_same(other, fact)


def is_news(fact: Fact) -> bool:
    """Tell whether a fact is worth a message of its own beneath a card: not a bare date, place or verb."""
    return weight(fact) > _WEIGHT["date"]


def weight(fact: Fact) -> float:
    """Return how telling a fact is: its type's weight by the extractor's confidence in [0, 1]."""
    said = str(fact.value)
    if fact.type == "meeting" and (said in MEETINGS or (": " not in said and len(fact.mention) < BARE_VERB)):
        return _WEIGHT["date"] * fact.confidence
    return _WEIGHT.get(f"{fact.type}.{fact.role}", _WEIGHT[fact.type]) * fact.confidence


def _weight_for(lang: str, fact: Fact, report: Report) -> float:
    """Return how telling a fact is for readers of a language: little, if it is told in words of another."""
    foreign = bool(lang) and fact.type in _WORDED and report.entry.lang not in {"", lang}
    return weight(fact) * (FOREIGN if foreign else 1.0)


def lines(
    facts: Iterable[tuple[Fact, Report]], lang: str, *, quote: int = QUOTE_LIMIT
) -> tuple[FactLine, ...]:
    """Write facts for people in a language, each with its sentence and a link that opens there.

    `quote` is the longest quotation in code points; of one article at most ARTICLE_QUOTES are quoted.
    """
    return written(
        ((fact, Link(text=report.entry.outlet, url=report.entry.link)) for fact, report in facts),
        lang,
        quote=quote,
    )


def beside(
    told: str, facts: Iterable[tuple[Fact, Report]], written_lines: Iterable[FactLine], entry: Entry
) -> tuple[FactLine, ...]:
    """Return the lines of facts as they stand beneath a summary of an entry, which quotes it already.

    A sentence that the summary has is not quoted again, and nothing is beyond ARTICLE_QUOTES.
    """
    left, found, kept = ARTICLE_QUOTES - len(told), list[FactLine](), set[str]()
    for (_, report), line in zip(facts, written_lines, strict=True):
        quoted = told and line.sentence and report.entry.key == entry.key
        fits = line.sentence in kept or len(line.sentence) <= left
        if quoted and (line.sentence.strip("…") in told or not fits):
            found.append(replace(line, sentence="", mention=""))
            continue
        if quoted and line.sentence not in kept:
            left -= len(line.sentence)
            kept.add(line.sentence)
        found.append(line)
    return tuple(found)


def written(
    facts: Iterable[tuple[Fact, Link]], lang: str, *, quote: int = QUOTE_LIMIT
) -> tuple[FactLine, ...]:
    """Write facts as `lines` does, each given with its source."""
    quoted: dict[str, dict[str, int]] = {}  # of each article, the quotations and their lengths
    found = []
    for fact, source in facts:
        sentence = quotation(fact, quote)
        spent = quoted.setdefault(source.url or source.text, {})
        if sentence not in spent and sum(spent.values()) + len(sentence) > ARTICLE_QUOTES:
            sentence = ""
        else:
            spent[sentence] = len(sentence)
        found.append(
            FactLine(
                label=label(fact, lang),
                value=value(fact, lang),
                sentence=sentence,
                mention=fact.mention if sentence else "",
                source=Link(text=source.text, url=at_sentence(source.url, fact.sentence)),
            )
        )
    return tuple(found)


def at_sentence(url: str, sentence: str) -> str:
    """Return an address that opens a page at a sentence; as it is if it names a place on the page already."""
    return url if not url or "#" in url else url + text_fragment(sentence)


def quotation(fact: Fact, limit: int = QUOTE_LIMIT) -> str:
    """Return the fact's sentence, or as much around the mention as may be quoted."""
    short = shorten(fact.sentence, limit)
    if fact.mention in short:
        return short
    offset = max(0, fact.start - fact.sentence_start - limit // 3)
    return "…" + shorten(fact.sentence[offset:].lstrip(), limit - 1)
