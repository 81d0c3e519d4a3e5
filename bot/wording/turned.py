"""The smallest change that would have turned a decision about an article, and the line that makes it. Pure.

Distances are in relevance where a threshold moves; other changes have a fixed one, so that a small move of
a threshold comes before them and a great one after.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import ALERTING, alike, decision
from bot.wording.phrases import say
from watchers.relevance.decide import ALERT_AT, likeness
from watchers.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.announcing.alerts import Audience
    from watchers.types import Relevance, Report, Watch

ALERT_COST: Final = 0.10  # to let a rule alert that does not: one word in one rule
EVIDENCE_COST: Final = 0.20  # nobody can change an article; it says what it lacked
RULE_COST: Final = 0.25  # a new rule finds other articles as well
LEAST_THRESHOLD: Final = 0.05  # a lower one would let everything pass
STEP: Final = 100  # thresholds are typed in hundredths
CANDIDATES: Final = 6  # words that a new rule could be made of
SHORTEST_WORD: Final = 2  # characters
_JOINT: Final = re.compile(r"\s(?:and|or)\s", re.IGNORECASE)  # it would join what is in plain quotes
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")
_RUN: Final = re.compile(r"[\u4e00-\u9fff]{2,12}|[\u30a1-\u30fc]{3,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change and how far it is. `commands` make it, none if nobody can; `after` is the channel with it."""

    words: str
    commands: tuple[str, ...]
    distance: float
    after: Audience | None = None


def towards_alert(
    report: Report, audience: Audience, *, counts: Mapping[str, int] | None = None
) -> tuple[Turn, ...]:
    """Return the changes each of which would have made an article alert that did not, the smallest first.

    `counts` says in how many articles each of `words_in` occurs; of those the rarest makes a rule.
    """
    if decision([report], audience) in ALERTING:
        return ()
    relevance = audience.judged(report)
    found = [
        *_lower_threshold(relevance, audience),
        *_rules(report, relevance, audience),
        *_likenesses(report, audience),
        *_new_rule(report, relevance, audience, counts or {}),
    ]
    return tuple(sorted(found, key=lambda turn: (turn.distance, turn.commands)))


def away_from_alert(report: Report, audience: Audience) -> Turn | None:
    """Return the change that would have kept an article from alerting, None if it did not or nothing would.

    All that alerts it must go, so it may take several lines.
    """
    if decision([report], audience) not in ALERTING:
        return None
    relevance, lang, after = audience.judged(report), audience.lang, audience
    words: list[str] = []
    commands: list[str] = []
    if relevance.evidence and relevance.score >= audience.threshold:
        threshold = _above(relevance.score)
        if threshold > 1:
            return None
        words.append(say("turn_to", lang, threshold=f"{threshold:.2f}"))
        commands.append(f"settings set threshold {threshold:.2f}")
        after = replace(after, threshold=threshold)
    for watch in fired(report, audience):
        words.append(say("turn_to_digest", lang, rule=f"r{watch.number}"))
        commands.append(f"rule edit r{watch.number} alert:digest")
        after = _with(after, replace(watch, alert="digest"))
    if decision([report], after) in ALERTING:
        return None
    return Turn(
        words=say("turn_not", lang, what=reduce(lambda a, b: say("way_and", lang, one=a, other=b), words)),
        commands=tuple(commands),
        distance=after.threshold - audience.threshold + ALERT_COST * (len(commands) - 1),
        after=after,
    )


def words_in(report: Report, audience: Audience) -> tuple[str, ...]:
    """Return words of an article that a rule could ask for: watched ones, else names, else long ones."""
    entry = report.entry
    fields = {"title": entry.title, "summary": entry.summary, "body": entry.body}
    hits = [hit for m in report.matches if m.channel == audience.home for hit in m.hits]
    watched = [fields[hit.scope][hit.start : hit.end] for hit in hits]
    evidence = audience.judged(report).evidence
    named = [m.mention for m in report.mentions if m.name in evidence]
    known = [m.mention for m in report.mentions if m.entity.startswith(("org:", "per:", "pla:"))]
    found = watched or named or known or _long(entry.title)
    lines = (" ".join(word.replace('"', " ").split()) for word in found)
    return tuple(dict.fromkeys(w for w in lines if len(w) >= SHORTEST_WORD))[:CANDIDATES]


def _long(title: str) -> list[str]:
    """Return the longest words of a headline; of a Japanese one its runs of Kanji and of Katakana."""
    found = dict.fromkeys((_RUN if is_cjk(title) else _WORD).findall(title))
    return sorted(found, key=lambda word: (-len(word), word))


def _lower_threshold(relevance: Relevance, audience: Audience) -> Iterator[Turn]:
    threshold = _below(relevance.score)
    if relevance.evidence and LEAST_THRESHOLD <= threshold < audience.threshold:
        yield Turn(
            words=say("turn_threshold", audience.lang, threshold=f"{threshold:.2f}"),
            commands=(f"settings set threshold {threshold:.2f}",),
            distance=audience.threshold - threshold,
            after=replace(audience, threshold=threshold),
        )


def _rules(report: Report, relevance: Relevance, audience: Audience) -> Iterator[Turn]:
    met = {match.watch for match in report.matches}
    for watch in audience.watches:
        if watch.kind != "rule" or watch.number not in met:
            continue
        short = watch.threshold is not None and relevance.score < watch.threshold
        if watch.alert == "digest" and not short:
            yield _let_alert(watch, audience)
        elif watch.alert != "digest" and short:
            yield _ask_less(watch, relevance, audience, watch.threshold or 0.0)


def _likenesses(report: Report, audience: Audience) -> Iterator[Turn]:
    views = likeness(report)
    enough = {watch.number for watch, _ in alike(report, audience.watches)}
    for watch in audience.watches:
        if watch.number in enough and watch.alert == "digest":
            yield _let_alert(watch, audience)
        elif watch.number in views and watch.number not in enough and watch.alert != "digest":
            view = views[watch.number]
            if view.evidence and _below(view.score) >= LEAST_THRESHOLD:
                now = ALERT_AT if watch.threshold is None else watch.threshold
                yield _ask_less(watch, view, audience, now)


def _let_alert(watch: Watch, audience: Audience) -> Turn:
    return Turn(
        words=say("turn_let", audience.lang, rule=f"r{watch.number}", name=watch.name),
        commands=(f"rule edit r{watch.number} alert:usual",),
        distance=ALERT_COST,
        after=_with(audience, replace(watch, alert="")),
    )


def _ask_less(watch: Watch, relevance: Relevance, audience: Audience, now: float) -> Turn:
    threshold = _below(relevance.score)
    typed = f"{threshold:.2f}" if threshold else "off"
    rule = {"rule": f"r{watch.number}", "name": watch.name, "now": f"{now:.2f}"}
    less = say("turn_less", audience.lang, threshold=typed, **rule)
    return Turn(
        words=less if threshold else say("turn_any", audience.lang, **rule),
        commands=(f"rule edit r{watch.number} threshold:{typed}",),
        distance=now - threshold,
        after=_with(audience, replace(watch, threshold=threshold or None)),
    )


def _new_rule(
    report: Report, relevance: Relevance, audience: Audience, counts: Mapping[str, int]
) -> Iterator[Turn]:
    words = words_in(report, audience)
    rarest = min(words, key=lambda word: (counts.get(word, 0), -len(word), word), default="")
    asked = f"'{rarest}'" if _JOINT.search(rarest) else rarest
    command = (f'rule add "{asked}" alert:usual',) if rarest else ()
    if relevance.score >= audience.threshold and not relevance.evidence:
        lacked = say("turn_named", audience.lang)
        yield Turn(words=lacked, commands=command, distance=EVIDENCE_COST)
    if rarest:
        often = counts.get(rarest, 0)
        alone = say("turn_rule", audience.lang, word=rarest)
        common = say("turn_rule_often", audience.lang, word=rarest, count=often)
        yield Turn(words=common if often > 1 else alone, commands=command, distance=RULE_COST)


def fired(report: Report, audience: Audience) -> tuple[Watch, ...]:
    """Return the rules and likenesses that alert an article, whatever the channel's threshold."""
    relevance = audience.judged(report)
    met = {match.watch for match in report.matches}
    enough = {watch.number for watch, _ in alike(report, audience.watches)}
    return tuple(
        watch
        for watch in audience.watches
        if watch.alert != "digest"
        and (
            watch.number in enough
            if watch.kind == "like"
            else watch.kind == "rule"
            and watch.number in met
            and (watch.threshold is None or relevance.score >= watch.threshold)
        )
    )


def _with(audience: Audience, changed: Watch) -> Audience:
    watches = tuple(changed if one.number == changed.number else one for one in audience.watches)
    return replace(audience, watches=watches)


def _below(score: float) -> float:
    """Return the highest threshold in hundredths that a score reaches."""
    return math.floor(score * STEP) / STEP


def _above(score: float) -> float:
    """Return the lowest threshold in hundredths above a score as it is shown; of a score of 1 it is none."""
    return (round(score * STEP) + 1) / STEP
