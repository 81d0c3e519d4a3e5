"""What the doctor found: what it is, how it stands, how to mend it; and how that is shown, no secrets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bot.wording.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

State: TypeAlias = Literal["well", "warning", "failure"]

_MARKS: Final[dict[State, str]] = {"well": "✓", "warning": "!", "failure": "✗"}
_EXITS: Final[dict[State, int]] = {"well": 0, "warning": 1, "failure": 2}
_HIDDEN: Final = "(hidden)"
# What tokens look like wherever they turn up: in a setting by mistake, or as the name of a file.
_TOKENS: Final = re.compile(r"\bxox[a-z][-.][\w.-]+|\bxapp-[\w-]+|\b[\w-]{18,40}\.[\w-]{5,10}\.[\w-]{20,}")
_LEAST_SECRET: Final = 6  # characters; what is shorter is no secret, and hiding it would garble the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `cure` is empty if all is well."""

    check: str
    state: State
    found: str
    cure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a platform answered; `skew`: seconds that our clock is ahead of its, None if it did not tell."""

    findings: tuple[Finding, ...]
    skew: float | None = None


def well(check: str, found: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(check=check, state="well", found=found)


def warning(check: str, found: str, cure: str) -> Finding:
    """Return a finding that the bot can live with."""
    return Finding(check=check, state="warning", found=found, cure=cure)


def failure(check: str, found: str, cure: str) -> Finding:
    """Return a finding that keeps the bot from its work."""
    return Finding(check=check, state="failure", found=found, cure=cure)


def cleaned(findings: Iterable[Finding], secrets: Iterable[str]) -> tuple[Finding, ...]:
    """Return the findings with these secrets and whatever looks like one hidden, and names made printable."""
    known = sorted((secret for secret in secrets if len(secret) >= _LEAST_SECRET), key=len, reverse=True)

    def clean(text: str) -> str:
        for secret in known:
            text = text.replace(secret, _HIDDEN)
        text = _TOKENS.sub(_HIDDEN, text)
        return " ".join("".join(char if char.isprintable() else " " for char in text).split())

    return tuple(replace(one, found=clean(one.found), cure=clean(one.cure)) for one in findings)


def as_text(findings: Sequence[Finding]) -> str:
    """Return a line for each finding, and beneath it how to mend what is not well."""
    lines: list[str] = []
    for one in findings:
        lines.append(f"{_MARKS[one.state]} {one.check}: {one.found}")
        if one.cure:
            lines.append(f"    → {one.cure}")
    counts = {state: sum(one.state == state for one in findings) for state in _MARKS}
    troubles = ", ".join(counted(counts[state], state) for state in ("warning", "failure"))
    lines.append(f"{counts['well']} well, {troubles}")
    return "\n".join(lines) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as a JSON list of objects with the keys check, state, found and cure."""
    rows = [
        {"check": one.check, "state": one.state, "found": one.found, "cure": one.cure} for one in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def exit_status(findings: Iterable[Finding]) -> int:
    """Return 0 if all is well, 1 with a warning, 2 with a failure."""
    return max((_EXITS[one.state] for one in findings), default=0)
