"""Post to Slack, once each even when an answer got lost; in words where pictures or blocks are refused."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from bot.messages import REPEATED
from bot.platforms.base import Receipt
from bot.platforms.slack import chart, render
from bot.platforms.slack.failures import TROUBLE, UNFIT, UNREADABLE, failure
from bot.platforms.slack.quiet import error_code
from bot.platforms.slack.render import SlackPayload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.messages import Message
    from watchers.clock import Clock

logger = logging.getLogger(__name__)

PREFIX: Final = "slack:"
EVENT: Final = "vedette_post"  # the metadata under which a post carries its key
SKEW: Final = timedelta(hours=3)  # how far our clock may have been from Slack's when an attempt was made
TALK: Final = 15  # posts looked at for the last one of a person; the most a distributed app may read
PAGE: Final = 200  # messages a page; Slack advises no more
PAGES: Final = 5  # of history at most, one call each of the 50 a minute that Slack allows
REMEMBERED: Final = 1_000  # posts whose receipt is given again without asking Slack


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What a look into the channel brought: the post's ts, empty for none; `sure` if all was seen."""

    ts: str = ""
    sure: bool = True


class Slack:
    """Slack as a `Platform`. The client must have no retry handlers: the outbox alone tries again."""

    name: Final = "slack"

    def __init__(self, client: AsyncWebClient, *, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._receipts: OrderedDict[tuple[str, str], Receipt] = OrderedDict()

    def fits(self, message: Message) -> bool:
        """Tell whether one post holds the whole message within Slack's limits."""
        return render.fits(message)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Post a message once. Raises DeliveryError.

        With `since` the channel is searched for the key first; where that cannot be done, the post says
        that it may be a repeat.
        """
        room = channel.removeprefix(PREFIX)
        if known := self._receipts.get((room, key)):
            return known
        search = await self._search(room, key, parent, since) if since else _Search()
        if search.ts:
            return self._remember(room, key, Receipt(id=search.ts))
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}

        async def post(payload: SlackPayload) -> str:
            answer = await self._client.chat_postMessage(
                channel=room,
                text=payload.text,
                blocks=list(payload.blocks) or None,
                thread_ts=parent or None,
                metadata=metadata,
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
            return _text(answer, "ts")

        ts = await self._offer(
            message, post, note="" if search.sure else REPEATED, uncertain=since is not None
        )
        return self._remember(room, key, Receipt(id=ts, repeat=not search.sure))

    async def find(
        self,
        channel: str,
        message: Message,  # noqa: ARG002 - its key is kept with the post
        *,
        key: str,
        since: datetime,
        parent: str = "",
    ) -> Receipt | None:
        """Return where a message went, None if it is not there or history may not be read."""
        room = channel.removeprefix(PREFIX)
        if known := self._receipts.get((room, key)):
            return known
        search = await self._search(room, key, parent, since)
        return self._remember(room, key, Receipt(id=search.ts)) if search.ts else None

    async def last_talk(self, channel: str) -> datetime | None:
        """Return when a person last wrote in a channel, None if none of the last posts is a person's."""
        try:
            answer = await self._client.conversations_history(
                channel=channel.removeprefix(PREFIX), limit=TALK
            )
        except TROUBLE as error:
            raise failure(error) from error
        for found in answer.get("messages") or []:
            if isinstance(found, Mapping) and not found.get("bot_id") and (ts := _moment(found.get("ts"))):
                return ts
        return None

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change a post; one that is gone is left alone. Raises DeliveryError."""

        async def update(payload: SlackPayload) -> str:
            try:
                await self._client.chat_update(
                    channel=channel.removeprefix(PREFIX),
                    ts=post,
                    text=payload.text,
                    blocks=list(payload.blocks),
                    parse="none",
                )
            except TROUBLE as error:
                if error_code(error) != "message_not_found":
                    raise
            return post

        await self._offer(message, update)

    async def delete(self, channel: str, post: str) -> None:
        """Take a post back; one that is gone already is well. Raises DeliveryError."""
        try:
            await self._client.chat_delete(channel=channel.removeprefix(PREFIX), ts=post)
        except TROUBLE as error:
            if error_code(error) != "message_not_found":
                raise failure(error) from error

    def _remember(self, room: str, key: str, receipt: Receipt) -> Receipt:
        self._receipts[room, key] = receipt
        if len(self._receipts) > REMEMBERED:
            self._receipts.popitem(last=False)
        return receipt

    async def _offer(
        self,
        message: Message,
        call: Callable[[SlackPayload], Awaitable[str]],
        *,
        note: str = "",
        uncertain: bool = False,
    ) -> str:
        """Call with the message, then with simpler forms of it as long as Slack finds it wrong."""
        pictures = await chart.pictures(self._client, message)
        drawn = render.payload(message, pictures=pictures, note=note)
        text = "\n".join(part for part in (note, render.plain(message)) if part)
        forms = [(drawn, pause) for pause in chart.PAUSES if pictures]
        forms += [(render.payload(message, note=note), 0.0), (SlackPayload(text=text, blocks=()), 0.0)]
        refused: Exception | None = None
        for payload, pause in forms:
            if refused is not None and pause:
                await self._clock.sleep(pause)
            try:
                return await call(payload)
            except TROUBLE as error:
                if error_code(error) not in UNFIT:
                    raise failure(error, uncertain=uncertain) from error
                refused = error
                logger.warning(
                    "Slack found a message wrong: %s", error_code(error), extra={"action": "slack_unfit"}
                )
        if refused is None:
            raise AssertionError("there is always a form to offer")
        raise failure(refused) from refused

    async def _search(self, room: str, key: str, parent: str, since: datetime) -> _Search:
        """Look for the post with a key among the messages of a channel or a thread since a moment.

        A channel is read from its newest message back, the first page whole, whatever a clock says.
        """
        cursor, oldest = "", min(since, self._clock.now()) - SKEW
        for _ in range(PAGES):
            try:
                answer = await self._page(room, parent, cursor=cursor)
            except TROUBLE as error:
                if error_code(error) in UNREADABLE:
                    return _Search(sure=False)
                raise failure(error, uncertain=True) from error
            messages = answer.get("messages") or []
            for found in messages:
                if _key(found) == key:
                    return _Search(ts=str(found.get("ts", "")))
            if not cursor:
                oldest -= self._ahead(answer)
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            last = _moment(messages[-1].get("ts")) if messages and isinstance(messages[-1], Mapping) else None
            if not cursor or (not parent and last is not None and last < oldest):
                return _Search()
        return _Search(sure=False)

    def _ahead(self, answer: AsyncSlackResponse) -> timedelta:
        """Return how far our clock is ahead of Slack's; zero where Slack does not say."""
        try:
            theirs = parsedate_to_datetime(str(answer.headers.get("Date", "")))
            return max(self._clock.now() - theirs, timedelta())
        except (TypeError, ValueError, OverflowError):
            return timedelta()

    async def _page(self, room: str, parent: str, *, cursor: str) -> AsyncSlackResponse:
        """Read a page of a thread, its first reply first, or of a channel, its newest message first."""
        if parent:
            return await self._client.conversations_replies(
                channel=room, ts=parent, cursor=cursor or None, limit=PAGE, include_all_metadata=True
            )
        return await self._client.conversations_history(
            channel=room, cursor=cursor or None, limit=PAGE, include_all_metadata=True
        )


def _key(found: object) -> str:
    """Return the key that a message of ours carries; empty for any other message."""
    metadata = found.get("metadata") if isinstance(found, Mapping) else None
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT:
        return ""
    carried = metadata.get("event_payload")
    key = carried.get("key") if isinstance(carried, Mapping) else None
    return key if isinstance(key, str) else ""


def _moment(ts: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(ts)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _text(answer: AsyncSlackResponse, name: str) -> str:
    """Return a text field of an answer. Raises ValueError if it has none."""
    found = answer.get(name)
    if not isinstance(found, str) or not found:
        raise ValueError(f"the answer has no {name}")
    return found
