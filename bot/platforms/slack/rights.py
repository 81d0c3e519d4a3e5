"""Who may change things, who is where, which channels outsiders can read: asked of Slack, kept a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from bot.platforms.slack.quiet import FAILURES, error_code, reason
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from watchers.clock import Clock

logger = logging.getLogger(__name__)

# A right taken away is gone after this long; users.info and the like allow about 20 to 100 calls a minute.
RIGHTS_KEPT: Final = timedelta(minutes=5)
CHANNELS_KEPT: Final = timedelta(hours=1)
# After a failure: long enough that a burst of commands does not ask a Slack in trouble once for each.
FAILURES_KEPT: Final = timedelta(seconds=15)
LOOK_UP_WITHIN: Final = 5.0  # seconds; the person waits meanwhile
PAGE: Final = 999  # channels a page; Slack's documentation: "under 1000"
PAGES: Final = 10  # of a person's channels at most
MOST_KEPT: Final = 10_000  # answers of a kind; a workspace with more active people forgets the oldest

_T = TypeVar("_T")


class Rights:
    """Tells who may change what is watched.

    `editors` are ids of people ("U…", "W…") and of user groups ("S…"); admins and owners of the workspace may
    anyway, those of other workspaces not. Needs the scopes users:read, usergroups:read, channels:read and
    groups:read.
    """

    def __init__(
        self, client: AsyncWebClient, *, editors: frozenset[str], clock: Clock | None = None
    ) -> None:
        ids = frozenset(editor.removeprefix("slack:") for editor in editors)
        clock = clock or SystemClock()
        self._client = client
        self._groups = tuple(sorted(i for i in ids if i.startswith("S")))
        self._people = ids.difference(self._groups)
        self._admins = _Kept(clock, RIGHTS_KEPT, self._is_admin)
        self._members = _Kept(clock, RIGHTS_KEPT, self._members_of)
        self._public = _Kept(clock, CHANNELS_KEPT, self._is_public)
        self._rooms = _Kept(clock, RIGHTS_KEPT, self._rooms_of)
        self._team = _Kept(clock, CHANNELS_KEPT, self._own_team)

    async def manages(self, user_id: str) -> bool:
        """Tell whether a person may change things; not if Slack does not say."""
        return await self.named(user_id) or await self._admins.get(user_id) or False

    async def named(self, user_id: str) -> bool:
        """Tell whether a person is one of the editors; not if Slack does not say."""
        if user_id in self._people:
            return True
        for group in self._groups:
            if user_id in (await self._members.get(group) or frozenset()):
                return True
        return False

    async def public(self, channel_id: str) -> bool | None:
        """Tell whether outsiders can read a channel; None if Slack does not say just now."""
        if not channel_id or channel_id.startswith("D"):
            return False
        return await self._public.get(channel_id)

    async def rooms(self, user_id: str) -> frozenset[str] | None:
        """Return the channels a person is in, private ones if we are, too; None if Slack does not say."""
        return await self._rooms.get(user_id)

    async def _is_admin(self, user_id: str) -> bool:
        answer = await self._client.users_info(user=user_id)
        user = answer.get("user") or {}
        if user.get("deleted") or not any(
            user.get(mark) is True for mark in ("is_admin", "is_owner", "is_primary_owner")
        ):
            return False
        # In a channel shared with another workspace its admins are admins, too, but not ours.
        team = await self._team.get("our own workspace")
        if team is None:
            raise ValueError("nobody knows whose admin that is")
        return team in _teams(user)

    async def _own_team(self, _: str) -> str:
        answer = await self._client.auth_test()
        team = answer.get("team_id")
        if not isinstance(team, str) or not team:
            raise ValueError("the answer has no team_id")
        return team

    async def _rooms_of(self, user_id: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        for _ in range(PAGES):
            answer = await self._client.users_conversations(
                user=user_id,
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor or None,
            )
            found.update(str(channel.get("id")) for channel in answer.get("channels") or ())
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return frozenset(found)

    async def _members_of(self, group: str) -> frozenset[str]:
        answer = await self._client.usergroups_users_list(usergroup=group)
        return frozenset(answer.get("users") or ())

    async def _is_public(self, channel_id: str) -> bool:
        try:
            answer = await self._client.conversations_info(channel=channel_id)
        except FAILURES as error:
            # Public channels can be looked up by any app: one that cannot be found is private.
            if error_code(error) == "channel_not_found":
                return False
            if error_code(error) == "missing_scope":  # it never will say: nothing internal on a guess
                return True
            raise
        channel = answer.get("channel") or {}
        if channel.get("is_ext_shared") is True:
            return True
        return channel.get("is_private") is False and channel.get("is_im") is not True


def _teams(user: Mapping[str, object]) -> frozenset[object]:
    """Return the workspaces that a person belongs to; of those of one organisation it may be several."""
    if user.get("is_stranger") is True:
        return frozenset()
    own = user.get("enterprise_user")
    more = own.get("teams") if isinstance(own, Mapping) else None
    return frozenset((user.get("team_id"), *(more if isinstance(more, list) else ())))


@dataclass(slots=True)
class _Answer(Generic[_T]):
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: _T | None = None
    since: datetime | None = None
    until: datetime | None = None


class _Kept(Generic[_T]):
    """Answers kept for a while; who asks the same meanwhile waits for the look-up that is under way."""

    def __init__(self, clock: Clock, keep: timedelta, look_up: Callable[[str], Awaitable[_T]]) -> None:
        self._clock = clock
        self._keep = keep
        self._look_up = look_up
        self._answers: dict[str, _Answer[_T]] = {}

    async def get(self, key: str) -> _T | None:
        """Return the answer; None if the look-up failed, which is logged."""
        answer = self._answers.get(key)
        if answer is None:
            self._forget_oldest()
            answer = self._answers[key] = _Answer()
        async with answer.lock:
            now = self._clock.now()
            # A clock that was set back must not keep an answer for longer.
            if answer.since is None or answer.until is None or not answer.since <= now < answer.until:
                answer.value = await self._fresh(key)
                failed = answer.value is None
                answer.since = self._clock.now()
                answer.until = answer.since + (FAILURES_KEPT if failed else self._keep)
            return answer.value

    async def _fresh(self, key: str) -> _T | None:
        try:
            async with asyncio.timeout(LOOK_UP_WITHIN):
                return await self._look_up(key)
        except FAILURES as error:
            logger.warning(
                "Slack did not tell about %s: %s",
                key,
                reason(error),
                extra={"action": "slack_look_up_failed"},
            )
            return None

    def _forget_oldest(self) -> None:
        if len(self._answers) < MOST_KEPT:
            return
        for key in [k for k, answer in self._answers.items() if not answer.lock.locked()][: MOST_KEPT // 2]:
            del self._answers[key]
