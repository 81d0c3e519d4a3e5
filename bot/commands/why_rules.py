"""What `why` says of a channel's rules and likenesses: which were met, by what, which came later. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording.found import words_found
from bot.wording.phrases import say
from bot.wording.values import moment
from watchers.relevance.decide import ALERT_AT, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.why_facts import Case
    from bot.commands.why_later import Later
    from watchers.types import Report, Watch

MOST_RULES: Final = 5  # named in a row; the rest are counted


def met(report: Report, case: Case) -> str:
    """Return the rules and keywords an article met with the words found, and those that came after it."""
    audience, lang = case.audience, case.audience.lang
    watches = {watch.number: watch for watch in audience.watches}
    alike = {number for number, watch in watches.items() if watch.kind == "like"}  # their words only mark
    mine = [m for m in report.matches if m.channel == audience.home and m.watch not in alike]
    named = []
    for match in mine[:MOST_RULES]:
        words = ", ".join(words_found(report.entry, match.hits)) or say("way_no_word", lang)
        watch = watches.get(match.watch)
        name = _name(watch) if watch else say("way_rule_then", lang)
        named.append(f"{name}: {words}{_short(watch, report, case)}")
    later = [one for one in case.later if one.watch.kind != "like"]
    counted = watches.keys() - alike - {one.watch.number for one in later}
    missed = len(counted - {match.watch for match in mine})
    if not named:
        named = [say("way_none_met", lang, count=missed)] if missed else []
        missed = 0
    rest = [say("way_more_met", lang, count=len(mine) - MOST_RULES)] if len(mine) > MOST_RULES else []
    unmet = [say("way_not_met", lang, count=missed)] if missed else []
    return "; ".join([*named, *rest, *unmet, *_later(later, case)]) or say("way_has_none", lang)


def alike(report: Report, watches: Sequence[Watch], case: Case) -> str:
    """Return how like an article is to each likeness, and how like it would have to be."""
    views, lang = likeness(report), case.audience.lang
    later = {one.watch.number: one for one in case.later}
    said = []
    for watch in watches[:MOST_RULES]:
        needs = ALERT_AT if watch.threshold is None else watch.threshold
        view, new = views.get(watch.number), later.get(watch.number)
        score = say("way_unmeasured", lang)
        if view:
            score = say("way_of", lang, score=f"{view.score:.2f}", needs=f"{needs:.2f}")
        elif new:
            score = say("way_because", lang, what=score, why=since(new, case))
        said.append(f"{_name(watch)}: {score}")
    return "; ".join(said)


def since(one: Later, case: Case) -> str:
    """Return why a watch did not count for an article: what became of it after that came, and when."""
    lang = case.audience.lang
    if one.at is None:
        return say("way_since_unknown", lang)
    return say(f"way_since_{one.how}", lang, when=moment(one.at, case.audience.zone, lang))


def asking_now(report: Report, case: Case) -> Later | None:
    """Return a rule that would alert an article if it came now and did not count then, None without."""
    score = case.audience.judged(report).score
    return next(
        (
            one
            for one in case.later
            if one.meets
            and one.watch.kind == "rule"
            and one.watch.alert != "digest"
            and (one.watch.threshold is None or score >= one.watch.threshold)
        ),
        None,
    )


def _later(later: Sequence[Later], case: Case) -> list[str]:
    """Return the watches that would be met now, and how many others were added later."""
    meeting = [one for one in later if one.meets]
    lang = case.audience.lang
    named = [
        say("way_would_meet", lang, name=_name(one.watch), since=since(one, case))
        for one in meeting[:MOST_RULES]
    ]
    others = len(later) - len(named)
    return [*named, *([say("way_later", lang, count=others)] if others else [])]


def _name(watch: Watch) -> str:
    return f"{watch.name} (r{watch.number})"


def _short(watch: Watch | None, report: Report, case: Case) -> str:
    """Return what keeps a rule whose words were found from alerting, empty if nothing does."""
    if watch is None:
        return ""
    score, lang = case.audience.judged(report).score, case.audience.lang
    if watch.threshold is not None and score < watch.threshold:
        return say("way_needs", lang, threshold=f"{watch.threshold:.2f}")
    if watch.alert == "digest":
        return say("way_for_digest", lang)
    return say("way_only_marks", lang) if watch.kind == "keywords" else ""
