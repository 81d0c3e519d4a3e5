"""Whom the configuration's rules and keywords name, and what is wrong with the names of one's own."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings.faults import lines_of, sentence
from watchers.errors import ExpressionError, KnowledgeError
from watchers.gazetteer.load import load
from watchers.matching.grammar import parse_expression
from watchers.matching.keywords import is_said
from watchers.matching.ready import ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from bot.config import Config
    from bot.settings.faults import Location

logger = logging.getLogger(__name__)


def usable(gazetteer: str) -> str:
    """Return the path of one's own names if they can be used; else none, and the log says why."""
    if not gazetteer:
        return ""
    try:
        load(Path(gazetteer))
    except KnowledgeError as error:
        logger.error(  # noqa: TRY400 - the message says it all
            "Only the names that come along are known until the next start: %s",
            error,
            extra={"action": "gazetteer_refused"},
        )
        return ""
    return gazetteer


def faults(config: Config, path: Path, *, gazetteer: str) -> list[str]:
    """Return what is wrong with the names of one's own, or else who is named that nobody knows."""
    lines = lines_of(path.read_text(encoding="utf-8"))
    try:
        known = ready(gazetteer)
    except KnowledgeError as error:
        return [f"{path}:{lines.get(('relevance', 'gazetteer'), 1)}: relevance.gazetteer: {error}"]
    found = []
    for where, expression in _expressions(config):
        try:
            parse_expression(expression, known)
        except ExpressionError as error:
            fault: ErrorDetails = {
                "type": "value_error",
                "loc": where,
                "msg": f"a watch expression; {error}",
                "input": expression,
            }
            found.append(sentence(path, lines, fault, type(config)))
    return found


def _expressions(config: Config) -> Iterator[tuple[Location, str]]:
    """Yield the expressions of a configuration, and where they stand."""
    for number, channel in enumerate(config.channels):
        for place, keyword in enumerate(channel.keywords):
            if said := is_said(keyword):
                yield ("channels", number, "keywords", place), said
        for place, rule in enumerate(channel.rules):
            yield ("channels", number, "rules", place, "expression"), rule.expression
