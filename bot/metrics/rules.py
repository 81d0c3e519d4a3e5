"""Write deploy/prometheus/vedette.rules.yml from `alerting.py`: strings of JSON are strings of YAML too."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from bot.metrics.alerting import RULES

if TYPE_CHECKING:
    from bot.metrics.alerting import Rule

_INTRO: Final = """\
# When somebody is to look after Vedette. Written by: python -m bot.metrics.rules
# Each rule says in `description` what to do; docs/metrics.md lists them with their thresholds.
groups:
  - name: vedette
    rules:
"""


def rules() -> str:
    """Return the whole file."""
    return _INTRO + "".join(_written(rule) for rule in RULES)


def _written(rule: Rule) -> str:
    lines = (
        f"      - alert: {rule.name}",
        f"        expr: {json.dumps(rule.expression)}",
        f"        for: {rule.lasts}",
        "        labels:",
        f"          severity: {rule.severity}",
        "        annotations:",
        f"          summary: {json.dumps(rule.summary)}",
        f"          description: {json.dumps(rule.cure)}",
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rules())
