"""Say which sources fail, and of what: by name if they are few, else how many and the first. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from bot.wording.phrases import say

MOST_NAMED: Final = 5  # sources that are all named
FIRST_NAMED: Final = 3  # of more
MOST_KINDS: Final = 3  # of failure that are told; what is rarer is counted together
_STATUS: Final = re.compile(r"\bstatus (\d{3})\b")  # as fetching words it
_PHRASES: Final = {
    "gone": "fault_gone",
    "refused": "fault_refused",
    "timeout": "fault_timeout",
    "unreachable": "fault_unreachable",
    "status": "fault_status",
    "not a feed": "fault_no_feed",
    "parse": "fault_parse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A source that cannot be read: the kind of its last failure and, if its server gave one, the status."""

    name: str
    fault: str = ""
    status: str = ""


def failing(name: str, fault: str, error: str) -> Failing:
    """Return a source with what its last error says."""
    found = _STATUS.search(error) if fault == "status" else None
    return Failing(name=name, fault=fault, status=found[1] if found else "")


def told(sources: tuple[Failing, ...], lang: str) -> str:
    """Name the sources that fail, with how many fail of what; of many the line is hardly theirs to mend."""
    why = _why(sources, lang)
    names = [one.name for one in sources]
    if len(names) <= MOST_NAMED:
        return say("failing", lang, names=", ".join(names), why=why)
    return say("failing_many", lang, count=len(names), names=", ".join(names[:FIRST_NAMED]), why=why)


def _why(sources: tuple[Failing, ...], lang: str) -> str:
    """Return " (2 timed out, 1 answered 404)", the commonest first; empty if nothing is known."""
    kinds = Counter((one.fault, one.status) for one in sources if one.fault in _PHRASES)
    if not kinds:
        return ""
    shown = kinds.most_common(MOST_KINDS)
    parts = [
        say("fault_answered" if status else _PHRASES[fault], lang, count=count, status=status)
        for (fault, status), count in shown
    ]
    rest = len(sources) - sum(count for _, count in shown)
    if rest:
        parts.append(say("fault_other", lang, count=rest))
    return say("faults", lang, kinds=say("faults_between", lang).join(parts))
