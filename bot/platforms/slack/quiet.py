"""Keep what people write, and whatever opens doors, out of the logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Final

import aiohttp
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackApiError, SlackClientError

# A call that Slack refused, or that did not come through; the SDK trips over answers that are no JSON object.
FAILURES: Final = (SlackClientError, aiohttp.ClientError, OSError, ValueError, AttributeError)

_SECRET = re.compile(r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\b(?:wss?|https?)://[^\s'\"]+")
_CODE = re.compile(r"[a-z][a-z0-9_]{1,80}")


def vendor_logger(more: logging.Filter | None = None) -> logging.Logger:
    """Return the logger to give to Slack's libraries; with `more` to filter, one of its own.

    Below WARNING they write whole requests and answers; above it, addresses with tickets in them and
    tracebacks whose last line has the answer. So it takes warnings only, and strips them.
    """
    logger = logging.getLogger("bot.platforms.slack.vendor")
    logger.setLevel(logging.WARNING)
    if not any(isinstance(known, _Strip) for known in logger.filters):
        logger.addFilter(_Strip())
    if more is None:
        return logger
    own = logging.Logger(logger.name, logging.WARNING)  # noqa: LOG001 - it goes with its user, and its filter
    own.parent = logger
    own.addFilter(more)
    own.addFilter(_Strip())
    return own


class _Strip(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        # Bolt looks for a token in the environment by itself, and then wonders at it.
        if record.getMessage() == warning_client_prioritized_and_token_skipped():
            return False
        record.msg = _SECRET.sub("(hidden)", record.getMessage())
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


def reason(error: BaseException) -> str:
    """Return what a failed call's log line may say: Slack's error code, else the kind of exception."""
    code = error_code(error)
    return code or type(error).__name__


def error_code(error: BaseException) -> str:
    """Return Slack's code for why it refused a call, such as "channel_not_found"; empty if it gave none."""
    answer: object = (
        getattr(error.response, "data", error.response) if isinstance(error, SlackApiError) else None
    )
    code = answer.get("error") if isinstance(answer, Mapping) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def place(error: BaseException) -> str:
    """Return where an exception was raised, as "file.py:12"; its own words may repeat what a person wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
