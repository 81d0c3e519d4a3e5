"""The way to Slack's socket: addresses to connect to, asked for ever more seldom while Slack is away."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError
from bot.platforms.slack.failures import TROUBLE, failure
from bot.platforms.slack.quiet import error_code

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

logger = logging.getLogger(__name__)

ANSWER_WITHIN: Final = 10.0  # seconds for Slack to name an address
LONGEST_WAIT: Final = 30.0  # so that a Slack that is back is found within half a minute
_HANDSHAKE: Final = "Failed to connect"  # how the vendor's line begins that each failed handshake gets
# Slack's codes for an app token that will never do.
_HOPELESS: Final = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "not_allowed_token_type",
        "missing_scope",
    }
)


class Reach(logging.Filter):
    """Asks for addresses, and says when Slack is away: at the first failure, the second, fourth, eighth.

    As a filter of the vendor's log it holds what is said of failed handshakes to the same measure.
    """

    def __init__(self, client: AsyncWebClient, app_token: str, *, wait: float) -> None:
        super().__init__()
        self._client = client
        self._app_token = app_token
        self._least = wait
        self._wait = 0.0
        self._failures = 0

    async def first(self) -> str:
        """Return an address; empty if Slack is away. Raises ConfigError if it refuses the token."""
        try:
            return await self._asked()
        except TROUBLE as error:
            if error_code(error) in _HOPELESS:
                raise ConfigError(
                    f"slack: Slack refuses the app token ({error_code(error)}); "
                    "it begins with xapp- and needs the scope connections:write"
                ) from None
            self._failed(error)
            return ""

    async def address(self) -> str:
        """Return an address, however long it takes; whoever could not use the last one waits for the next."""
        while True:
            await asyncio.sleep(self._wait)
            self._wait = min(max(self._wait * 2, self._least), LONGEST_WAIT)
            try:
                return await self._asked()
            except TROUBLE as error:
                self._failed(error)

    async def came(self, _message: object) -> None:
        """Take note that something came over the socket: Slack is there."""
        if self._failures:
            logger.info("Slack is back", extra={"action": "slack_back"})
        self._wait, self._failures = 0.0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line of the vendor's is to be logged."""
        return not str(record.msg).startswith(_HANDSHAKE) or self._is_to_be_said()

    async def _asked(self) -> str:
        async with asyncio.timeout(ANSWER_WITHIN):
            answer = await self._client.apps_connections_open(app_token=self._app_token)
        if not (url := answer.get("url")):
            raise ValueError("no address came")
        return str(url)

    def _failed(self, error: Exception) -> None:
        fault = failure(error)
        self._wait = max(self._wait, self._least, fault.retry_after or 0.0)
        if self._is_to_be_said():
            logger.warning(
                "Slack is away: %s; it is tried again, ever more seldom, and said when it is back",
                fault,
                extra={"action": "slack_away", "failures": self._failures},
            )

    def _is_to_be_said(self) -> bool:
        """Count one more failure, and tell whether it is to be said: the distance grows."""
        self._failures += 1
        return self._failures & (self._failures - 1) == 0
