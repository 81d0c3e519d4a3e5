"""Give a reply to who asked: by the address Slack lends for it, else by a post, a form or a file."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.messages import Text
from bot.platforms.slack import chart, render, view
from bot.platforms.slack.failures import UNFIT, failure
from bot.platforms.slack.quiet import FAILURES, reason, vendor_logger
from bot.platforms.slack.render import SlackPayload
from bot.wording.fit import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.commands.request import File, Reply, Sheet
    from bot.messages import Chart, Message
    from bot.platforms.slack.asked import Asked

logger = logging.getLogger(__name__)

RESPONSE_USES: Final = 5  # answers that a response_url takes; Slack's documentation
RESPOND_WITHIN: Final = 10  # seconds for one of them
LONGEST_WAIT: Final = 30.0  # seconds that a rate limit is waited out; a person has gone by then

Shown = Literal["asker", "channel"]
Outcome = Literal["taken", "refused", "unfit", "unclear"]


class Replies:
    """Hands replies over. No call is repeated that may have arrived, but to the asker alone."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def give(self, asked: Asked, reply: Reply) -> None:
        """Show a reply; what Slack does not take is logged without its words."""
        if reply.sheet is not None and await self._open(asked, reply.sheet):
            return
        message = reply.message
        if reply.file is not None:
            handed = await self._hand_over(asked, reply.file)
            said = (
                f"{reply.file.name} is in your direct messages with me."
                if handed
                else f"Slack did not take {reply.file.name}; ask for it again in a while."
            )
            line = Text(text=said, tone="small" if handed else "warning")
            message = replace(message, blocks=(*message.blocks, line))
        await self.say(asked, message, shown=reply.shown)

    async def say(self, asked: Asked, message: Message, *, shown: Shown = "asker") -> None:
        """Show a message to who asked, or to the channel, in as many parts as it takes."""
        url, uses = asked.response_url, RESPONSE_USES
        for part in parts(message, render.fits):
            pictures = await chart.pictures(self._client, part)
            outcome: Outcome = "refused"
            for offered, pause in _offers(pictures):
                if not url or not uses:
                    break
                await asyncio.sleep(pause)
                uses -= 1
                outcome = await self._respond(url, asked, render.payload(part, pictures=offered), shown)
                if outcome != "unfit":
                    break
            if outcome == "taken":
                continue
            url = ""
            # What may be in the channel already is shown again to the asker only.
            again: Shown = "asker" if outcome == "unclear" else shown
            if not await self._post(asked, part, again, pictures):
                return

    async def direct(self, user: str) -> str:
        """Return the id of the direct channel with a person; empty if Slack does not open it."""
        try:
            answer = await self._client.conversations_open(users=user)
        except FAILURES as error:
            _log("conversations.open", error)
            return ""
        channel = answer.get("channel") or {}
        found = channel.get("id")
        return found if isinstance(found, str) else ""

    async def publish_home(self, user: str, message: Message) -> None:
        """Show a message as a person's home tab of the app."""
        try:
            await self._client.views_publish(user_id=user, view=view.home(message))
        except FAILURES as error:
            _log("views.publish", error)

    async def _open(self, asked: Asked, sheet: Sheet) -> bool:
        """Open a form; False when the moment for it has passed, and words must do."""
        if not asked.trigger:
            return False
        try:
            form = view.modal(sheet, channel=f"slack:{asked.channel}")
            await self._client.views_open(trigger_id=asked.trigger, view=form)
        except FAILURES as error:
            _log("views.open", error)
            return False
        return True

    async def _hand_over(self, asked: Asked, file: File) -> bool:
        channel = await self.direct(asked.user)
        if not channel:
            return False
        try:
            await self._client.files_upload_v2(
                channel=channel, filename=file.name, title=file.name, file=file.body
            )
        except FAILURES as error:
            _log("files.upload", error)
            return False
        return True

    async def _respond(self, url: str, asked: Asked, payload: SlackPayload, shown: Shown) -> Outcome:
        body = {
            "text": payload.text,
            "blocks": payload.blocks,
            "response_type": "ephemeral" if shown == "asker" else "in_channel",
            "replace_original": False,
            "thread_ts": asked.thread or None,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        # Bolt's own respond() repeats a dropped call, which then shows twice.
        webhook = AsyncWebhookClient(
            url,
            timeout=RESPOND_WITHIN,
            ssl=self._client.ssl,
            proxy=self._client.proxy,
            session=self._client.session,
            logger=vendor_logger(),
            retry_handlers=[],
        )
        try:
            async with asyncio.timeout(RESPOND_WITHIN):
                answer = await webhook.send_dict(body)
        except FAILURES as error:
            _log("response_url", error)
            return "unclear"
        if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
            return "taken"
        logger.warning(
            "Slack did not take response_url: status %d",
            answer.status_code,
            extra={"action": "slack_refused"},
        )
        if any(code in answer.body for code in UNFIT):
            return "unfit"
        return "unclear" if answer.status_code >= 500 else "refused"

    async def _post(
        self, asked: Asked, message: Message, shown: Shown, pictures: Mapping[Chart, str]
    ) -> bool:
        """Post where it was asked, else to the asker directly; tell whether either was taken."""
        if asked.channel.startswith("D"):
            shown = "channel"  # nobody else is there, and what only one person sees is gone with the day
        forms = [
            *((render.payload(message, pictures=offered), pause) for offered, pause in _offers(pictures)),
            (SlackPayload(text=render.plain(message), blocks=()), 0.0),
        ]
        if asked.channel and await self._call(asked, forms, shown, channel=asked.channel):
            return True
        direct = await self.direct(asked.user)
        return bool(direct) and await self._call(asked, forms, "channel", channel=direct)

    async def _call(
        self, asked: Asked, forms: Sequence[tuple[SlackPayload, float]], shown: Shown, *, channel: str
    ) -> bool:
        """Post the first form that Slack does not find wrong; each has a pause before it."""
        waited, left = False, list(forms)
        while left:
            payload, before = left[0]
            await asyncio.sleep(before)
            try:
                await self._attempt(asked, payload, shown, channel=channel)
            except FAILURES as error:
                _log("chat.postEphemeral" if shown == "asker" else "chat.postMessage", error)
                trouble = failure(error)
                pause = trouble.retry_after
                if pause is not None and pause <= LONGEST_WAIT and not waited:
                    waited = True
                    await asyncio.sleep(pause)
                elif trouble.unfit:
                    left.pop(0)
                else:
                    return False
            else:
                return True
        return False

    async def _attempt(self, asked: Asked, payload: SlackPayload, shown: Shown, *, channel: str) -> None:
        text, blocks = payload.text, list(payload.blocks) or None
        thread = asked.thread or None if channel == asked.channel else None
        if shown == "asker":
            await self._client.chat_postEphemeral(
                channel=channel, user=asked.user, text=text, blocks=blocks, thread_ts=thread
            )
        else:
            await self._client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=blocks,
                thread_ts=thread,
                unfurl_links=False,
                unfurl_media=False,
            )


def _offers(pictures: Mapping[Chart, str]) -> list[tuple[Mapping[Chart, str], float]]:
    """Return what pictures to offer, each with the seconds to wait before; at last none."""
    return [*((pictures, pause) for pause in chart.PAUSES if pictures), ({}, 0.0)]


def _log(call: str, error: BaseException) -> None:
    logger.warning("Slack did not take %s: %s", call, reason(error), extra={"action": "slack_refused"})
