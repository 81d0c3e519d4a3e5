"""What of a report can tell that another speaks of the same event: names, numbers, acts, words.

All of it is read from title and summary without a model; the names of the gazetteer come with the report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from watchers.stories.acts import acts, event_days
from watchers.stories.names import capitalised, designators, firm, katakana, stem_of, stems, subjects
from watchers.stories.numbers import read_counts, read_numbers, read_sums
from watchers.stories.sounds import sounds
from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from watchers.types import Fact, Mention

MAX_CHARACTERS = 2_000  # what the embedder reads too; hostile texts end here
BRIEF = 100  # characters: a headline alone, seldom with a summary
BRIEF_JAPANESE = 40
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]{1,6})?")
_COUNTRY = re.compile(r"loc:[A-Z]{2}")
# An outlet does not name its own country.
_HOMES = {
    "ja": ("loc:JP", re.compile("政府|防衛省|防衛装備庁|装備庁|自衛隊|[陸海空]自|国会|閣議|首相官邸|防衛費")),
    "tr": (
        "loc:TR",
        re.compile(r"\b(?:milli savunma|msb|tsk|cumhurbaskan|tbmm|savunma ve havacilik|savunma ihracat)"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What a report offers for comparison. All of it is language-free but `words`."""

    lang: str
    entities: frozenset[str]
    concepts: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]  # folded Latin names, cut to a stem, and designators
    firm: frozenset[str]  # those of the names that are beyond doubt and that the gazetteer does not know
    sounds: frozenset[str]  # consonant skeletons of names, so that メルボルン meets Melbourne
    numbers: tuple[float, ...]
    shares: frozenset[float]
    counts: frozenset[tuple[str, float]]  # what is counted, see counted.py, and how many
    sums: frozenset[tuple[str, float]]  # currency and amount
    acts: frozenset[str]
    lead_acts: frozenset[str]  # those of the headline
    lead_names: frozenset[str]  # its names that the gazetteer does not know; empty if it is all in capitals
    lead_words: frozenset[str]  # what of it may be a name or a word that begins a sentence
    lead_places: frozenset[str]
    lead_known: frozenset[str]  # its people and machines that the gazetteer knows
    days: frozenset[int]  # ordinals of the days it names, resolved against its own
    statuses: frozenset[str]  # how far its facts say that a matter is
    words: frozenset[str]
    is_brief: bool  # so short that it cannot be expected to share much


def read_signals(
    text: str,
    lang: str,
    *,
    published: date | None = None,
    mentions: Sequence[Mention] = (),
    facts: Sequence[Fact] = (),
    countries: Mapping[str, str] = MappingProxyType({}),
) -> Signals:
    """Return what a text offers for comparison; only its first MAX_CHARACTERS are read.

    Without `published` the days that it names stay unresolved. `countries` gives a town's country, since one
    outlet's "Ankara" is the other's "Turkey".
    """
    end = (text.find("\n") + 1 or len(text) + 1) - 1
    title = unicodedata.normalize("NFKC", text[: min(end, MAX_CHARACTERS)])
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    flat, lead = fold(text), fold(title)
    ids = frozenset(m.entity for m in mentions)
    lead_ids = frozenset(m.entity for m in mentions if m.start < end)
    numbers, shares = read_numbers(flat, facts)
    firmly = frozenset(firm(text, mentions))
    leads, doubtful = subjects(title, text, mentions)
    marks, kana = designators(flat), katakana(text)
    return Signals(
        lang=lang,
        entities=frozenset(i for i in ids if not i.startswith("con:") and not _COUNTRY.fullmatch(i)),
        concepts=frozenset(i for i in ids if i.startswith("con:")),
        places=_places(ids, countries) or _home(flat, lang),
        names=stems(text) | marks | frozenset(kana),
        firm=(frozenset(map(stem_of, firmly)) - {""}) | marks | frozenset(kana),
        sounds=frozenset(sounds(kana, capitalised(text))),
        numbers=numbers,
        shares=shares,
        counts=read_counts(facts),
        sums=read_sums(facts),
        acts=acts(flat),
        lead_acts=acts(lead),
        lead_names=leads,
        lead_words=doubtful,
        lead_places=_places(lead_ids, countries) or _home(lead, lang),
        lead_known=frozenset(i for i in lead_ids if i.startswith(("per:", "pla:"))),
        days=event_days(flat, published) if published else frozenset(),
        statuses=frozenset(str(fact.value) for fact in facts if fact.type == "status"),
        words=words(flat),
        is_brief=len(text) < (BRIEF_JAPANESE if is_cjk(text) else BRIEF),
    )


def _places(ids: frozenset[str], countries: Mapping[str, str]) -> frozenset[str]:
    return frozenset(countries.get(i, i) for i in ids if i in countries or _COUNTRY.fullmatch(i))


def _home(flat: str, lang: str) -> frozenset[str]:
    """Return the country a text means by "the government" if it names none."""
    home = _HOMES.get(lang)
    return frozenset({home[0]}) if home and home[1].search(flat) else frozenset()


def words(flat: str) -> frozenset[str]:
    """Return a folded text's words, cut to six letters in place of a stemmer; of Japanese, letter pairs."""
    if is_cjk(flat):
        runs = re.findall(r"[\u30a0-\u30ff]{2,}|[\u4e00-\u9fff]{2,}", flat)
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return frozenset(w.split("'")[0][:6] for w in _WORD.findall(flat) if len(w) > 2)
