"""The last lines of `why`: what would have turned it, with the command that does. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import ALERTING, decision
from bot.commands.why_rules import asking_now, since
from bot.messages import Actions, Button, Text
from bot.wording.phrases import say
from bot.wording.turned import Turn, away_from_alert, towards_alert

if TYPE_CHECKING:
    from bot.commands.why_facts import Case
    from bot.commands.why_stages import Verdict
    from bot.messages import Block
    from watchers.types import Report

_DECIDING: Final = frozenset({"Relevance", "Evidence", "Watch rules"})  # stages that a rule can turn


def turning(case: Case, said: Verdict) -> list[Block]:
    """Return the smallest change that would have turned what became of an article that was read."""
    report = case.report
    if report is None:
        return []
    lang = case.audience.lang
    new = asking_now(report, case) if said.stage in _DECIDING else None
    if new is not None and decision([report], case.audience) not in ALERTING:
        name = f"“{new.watch.name}” (r{new.watch.number})"
        return [Text(text=say("way_would_alert", lang, name=name, since=since(new, case)))]
    turn = _turn(report, case, said)
    if turn is None:
        return [Text(text=say("way_no_way", lang), tone="small")]
    lines = "; ".join(f"/watch {command}" for command in turn.commands)
    text = say("way_smallest", lang, words=turn.words) + (f" {lines}" if lines else "")
    buttons = tuple(Button(label=_label(command), command=command) for command in turn.commands[:2])
    return [Text(text=text), *([Actions(buttons=buttons)] if buttons else [])]


def _turn(report: Report, case: Case, said: Verdict) -> Turn | None:  # noqa: PLR0911 - a table
    outcome, lang = decision([report], case.audience), case.audience.lang
    match said.stage:
        case "Fetched":
            return _source(report, case)
        case "Mutes" if case.mute is not None:
            ends = Turn(
                words=say("turn_mute", lang, mute=f"m{case.mute.number}"),
                commands=(f"mute off m{case.mute.number}",),
                distance=0.0,
            )
            return ends if outcome in ALERTING else _and(ends, _towards(report, case), lang)
        case "Budget" if case.deferral is not None:
            more = case.deferral.budget + 1
            return Turn(
                words=say("turn_budget", lang, more=more),
                commands=(f"settings set budget {more}",),
                distance=0.0,
            )
        case "First poll":
            return None
        case "Story" if case.retracted:
            return None
        case _:
            if outcome in ALERTING:
                return away_from_alert(report, case.audience)
            return _towards(report, case)


def _towards(report: Report, case: Case) -> Turn | None:
    return next(iter(towards_alert(report, case.audience, counts=case.counts)), None)


def _and(first: Turn, second: Turn | None, lang: str) -> Turn | None:
    if second is None:
        return None
    other = second.words.removeprefix("with ").removeprefix("if ")  # which English says once for both
    return Turn(
        words=say("way_and", lang, one=first.words, other=other),
        commands=(*first.commands, *second.commands),
        distance=first.distance + second.distance,
    )


def _source(report: Report, case: Case) -> Turn:
    number, lang = report.entry.feed, case.audience.lang
    if number in case.links:
        words = say("turn_source", lang, source=f"s{number}")
        return Turn(words=words, commands=(f"source resume s{number}",), distance=0.0)
    return Turn(words=say("turn_outlet", lang), commands=(), distance=0.0)


def _label(command: str) -> str:
    noun, verb, *rest = command.split(" ")
    return f"{noun} {verb} {' '.join(rest)}"[:40]
