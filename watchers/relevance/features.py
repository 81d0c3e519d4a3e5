"""The figures that a score is made of: dense similarity, the exemplars' terms, and cues.

No subject is written here. What the numbers are weighed with is model.py's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from watchers.relevance.acts import FAMILIES
from watchers.relevance.kinship import FOLLOWS, MADE
from watchers.relevance.profile import any_of, concept_match, concept_miss
from watchers.relevance.surmise import HOME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from watchers.gazetteer.entities import Gazetteer
    from watchers.relevance.bank import Readings
    from watchers.relevance.cues import Cues
    from watchers.relevance.doings import Doings
    from watchers.relevance.profile import Profile, Terms

    Row = NDArray[np.float64]

DENSE = ("typical", "margin", "margin_defence", "bent")
TERM = (
    "concept",
    "named",
    "abroad",
    "place",
    "sides",
    "who_subject",
    "whole",
    "lone",
    "elsewhere",
    "foreign",
    "other",
    "civil",
    "stuffed",
    "gate",
    "done",
    "undone",
)
FEATURES = DENSE + TERM
CONCEPT_SCALE = 3.0  # understanding.md section 3
GATE = 0.5  # same source: half up when the text itself names something of the exemplars, half down when not
PLACE_COMPANY = 3  # places, acts and defence that must come together before a place is evidence
ENOUGH_MISSES = 2.0  # concepts foreign to the exemplars; more say nothing new
ENOUGH_CUES = 3  # more words of one page's kind say nothing new
UNOPPOSED = 3  # what a sign of another page counts in a text without a word of defence
# A background line that tells of the subject together with one of the exemplars' acts (procurement beside
# visits is .5 of one) or names, from here on: it is no background for these exemplars.
ON_SUBJECT = 0.4
# From here on signs come together in full. From .25 to .9 average precision of sets left out moves by .001.
TOGETHER = 0.4
DEAL, WEIGH, MEET = "deal", "weigh", "meet"  # classes of doings; in deals arms change hands
DEALS, MEETINGS = FAMILIES
AGREEMENT = "con:contract"  # on arms only where the text names some: states agree on much else
SALES = DEALS - {AGREEMENT}
# Two countries of theirs in one text, with nothing else of the exemplars: short of coming together in full.
SIDES_ALONE = 0.6
STIRRED = 0.5  # how much of the subject's company using arms takes away
EXPORT = "con:export"  # tells of another country without naming one


class _Signs(NamedTuple):
    """What a text has of the exemplars, each in [0, 1]."""

    named: float
    home: float
    body: float
    abroad: float
    subject: float
    thing: float
    place: float
    sides: float
    act: float
    dealing: float  # the act, meetings left out
    done: float
    undone: float
    military: bool
    trade: float

    @property
    def who(self) -> float:
        return max(self.named, self.home, self.place)

    @property
    def lone(self) -> float:
        """Tell how far the signs fail to come together, in [0, 1]: each alone is in the news every day.

        A class of system is met about everywhere; it takes somebody of theirs, or more than a meeting.
        """
        return 1.0 - min(self.together / TOGETHER, 1.0)

    @property
    def together(self) -> float:
        """Tell how far the signs come together, in [0, 1]."""
        return max(
            self.thing,
            self.abroad,
            self.sides * self.military * max(self.act, self.subject, self.named, self.home, SIDES_ALONE),
            self.trade,
            self.subject * max(self.who, self.body, self.dealing) * (1.0 - STIRRED * self.undone),
        )


def term_columns(read: Readings, profile: Profile, gazetteer: Gazetteer, dense: Row | None) -> Row:
    """Return the features in TERM, a row a text; `dense` holds those in DENSE, None without a model."""
    lean = None if dense is None else dense[:, DENSE.index("bent")]
    rows = [
        _row(read, i, profile, gazetteer, None if lean is None else float(lean[i]))
        for i in range(len(read.texts))
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(TERM))


def evident(read: Readings, index: int, profile: Profile, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return what of the exemplars the text itself names, by weight: entities, platforms, the subject.

    A firm also counts by its products, and a concept by its kinds. A place of theirs counts only in company:
    with two of a second place, one of their acts, a kind of machine and a word of defence, or with a weapon
    system. A newspaper names its own country in every second report: of 1,667 real ones with summaries 20
    alerted by place and act alone, on visits, tourism and trade. A page that is stuffed with watch words has
    no evidence.
    """
    if read.stuffed[index]:
        return ()
    terms, cues = read.terms[index], read.cues[index]
    found = {t for t in terms if t in profile.named or t in profile.subject}
    places = {p for p in profile.places if _there(terms, p)}
    places |= {f"loc:{t.removeprefix(MADE)}" for t in terms if t.startswith(MADE) and t in profile.home}
    company = (
        len(places)
        + (any(t in profile.acts for t in terms) or _done(read.doings[index], profile) >= TOGETHER)
        + any(t in profile.machines for t in terms)
        + on_defence(terms, cues, profile, gazetteer)
    )
    if _signs(read, index, None, profile, gazetteer).together < TOGETHER - profile.wide:
        places = set()
    if company >= PLACE_COMPANY or any(t.startswith("pla:") or t in profile.home for t in terms):
        found |= places
    return tuple(sorted(found, key=lambda t: (-profile.weights.get(t, 0.0), t)))


def on_defence(terms: Terms, cues: Cues, profile: Profile, gazetteer: Gazetteer) -> bool:
    """Tell whether the text has a word of defence or names a matter, a system or a maker of it."""
    if cues.speaks_for:
        return True
    for term, count in terms.items():
        entity = gazetteer.entities.get(term) if count >= 1 else None
        if entity is not None and (
            entity.field == "defence" or entity.kind == "pla" or term in profile.makers
        ):
            return True
    return False


def on_subject(read: Readings, profile: Profile, gazetteer: Gazetteer) -> list[bool]:
    """Tell of each text whether it tells of the exemplars' own subject."""
    signs = (_signs(read, i, None, profile, gazetteer) for i in range(len(read.texts)))
    return [s.subject * max(s.who, s.act) >= ON_SUBJECT for s in signs]


def _signs(read: Readings, index: int, bent: float | None, profile: Profile, gazetteer: Gazetteer) -> _Signs:
    terms, cues, doings = read.terms[index], read.cues[index], read.doings[index]
    military = on_defence(terms, cues, profile, gazetteer)
    present = sorted(
        (w * there for p, w in profile.places.items() if (there := _there(terms, p))), reverse=True
    )
    done = _done(doings, profile)
    dealing = _dealing(terms, doings, profile, bent) if military else 0.0
    undone = max((*(-profile.doings.get(d, 0.0) for d in doings), 0.0))
    home = max((w for t, w in profile.home.items() if terms.get(t, 0.0) >= 1), default=0.0)
    act = _act(any_of(terms, profile.acts), done - undone, bent) if military else 0.0
    foreign = any(t in profile.foreign for t in terms)
    goods = any(t in profile.machines or t in profile.makers or t.startswith("pla:") for t in terms)
    sold = DEAL in doings or any(t in SALES for t in terms)
    dealt = sold or (goods and (WEIGH in doings or AGREEMENT in terms))
    away = EXPORT in terms or any(t in profile.abroad for t in terms)
    strongest = present[0] if present else 0.0
    return _Signs(
        named=any_of(terms, profile.named),
        home=home,
        body=max((w * min(1.0, terms[t]) for t, w in profile.bodies.items() if t in terms), default=0.0),
        abroad=home * profile.wide if any(t in profile.abroad for t in terms) else 0.0,
        subject=max((w * min(1.0, terms[t]) for t, w in profile.subject.items() if t in terms), default=0.0),
        thing=any_of(terms, profile.things),
        place=sum(present) / sum(profile.places.values()) if present and military else 0.0,
        sides=present[1] if len(present) > 1 else 0.0,
        act=act,
        dealing=dealing,
        trade=strongest * act * profile.wide
        if dealt and away and not foreign and len(profile.places) > 1
        else 0.0,
        done=done if military else 0.0,
        undone=undone,
        military=military,
    )


def _there(terms: Terms, place: str) -> float:
    """Return how surely a place is meant, in [0, 1]: named, followed from a name, or told by home words."""
    told = FOLLOWS if place.replace("loc:", HOME) in terms else 0.0
    return max(min(1.0, terms.get(place, 0.0)), told)


def _act(named: float, told: float, bent: float | None) -> float:
    """Return how much is done as in the exemplars, in [0, 1]: by ideas named, by words, by the vector."""
    words = max(named, told) + min(told, 0.0)
    return min(max(words, 0.0 if bent is None else (words + bent) / 2, 0.0), 1.0)


def _dealing(terms: Terms, doings: Doings, profile: Profile, bent: float | None) -> float:
    """Return how much is dealt as in the exemplars, in [0, 1]. Without a word of it no vector counts."""
    named = any_of({t: n for t, n in terms.items() if t not in MEETINGS}, profile.acts)
    told = _done({d: n for d, n in doings.items() if d != MEET}, profile)
    undone = max((*(-profile.doings.get(d, 0.0) for d in doings), 0.0))
    return _act(named, told - undone, bent if max(named, told) > 0 else None)


def _done(doings: Doings, profile: Profile) -> float:
    return max((*(profile.doings.get(d, 0.0) for d in doings), 0.0))


def _foreign(terms: Terms, signs: _Signs, profile: Profile) -> float:
    """Tell whether a text is about a system that is neither theirs nor of their sort, in {0, 1}.

    Not where their own class of system is named too, nor where a place of theirs passes the system on.
    """
    passed_on = EXPORT in terms and signs.place > 0
    return float(not (signs.subject or passed_on) and any(t in profile.foreign for t in terms))


def _weighed(found: float, cues: Cues, enough: float) -> float:
    """Return how much the signs of other pages say, in [0, 1]: more where few words of defence contradict."""
    opposed = len(cues.speaks_for)
    share = found / (found + opposed) if found else 0.0
    return share * min(found * (1 if opposed else UNOPPOSED), enough) / enough


def _row(
    read: Readings, index: int, profile: Profile, gazetteer: Gazetteer, bent: float | None
) -> tuple[float, ...]:
    terms, cues = read.terms[index], read.cues[index]
    signs = _signs(read, index, bent, profile, gazetteer)
    elsewhere, civil = concept_miss(terms, profile, gazetteer)
    return (
        CONCEPT_SCALE * concept_match(terms, profile),
        signs.named,
        signs.abroad,
        signs.place,
        signs.sides if signs.military else 0.0,
        signs.who * signs.subject,
        (signs.sides if signs.military else 0.0) * max(signs.subject, signs.act),
        signs.lone,
        min(elsewhere, ENOUGH_MISSES) / ENOUGH_MISSES,
        _foreign(terms, signs, profile),
        _weighed(cues.against, cues, ENOUGH_CUES),
        _weighed(civil, cues, ENOUGH_MISSES),
        float(read.stuffed[index]),
        GATE if evident(read, index, profile, gazetteer) else -GATE,
        signs.done,
        signs.undone,
    )
