"""What happens on each thing Slack delivers: acknowledge it, then answer it in a task of its own."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.commands.request import Asker, Question, Request, Sheet, filled
from bot.messages import Message, Text
from bot.platforms.slack import asked as reading
from bot.platforms.slack import view
from bot.platforms.slack.quiet import place

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.context.ack.async_ack import AsyncAck

    from bot.commands.request import Commands
    from bot.operating.departures import Departures
    from bot.platforms.slack.asked import Asked
    from bot.platforms.slack.jobs import Jobs
    from bot.platforms.slack.replies import Replies
    from bot.platforms.slack.rights import Rights

logger = logging.getLogger(__name__)

PLATFORM: Final = "slack:"
_CHANNEL = re.compile(r"slack:[CDG][A-Z0-9]{1,30}")
# A typographic quotation mark reads as a straight one in a command, and would end an answer early.
_QUOTES = str.maketrans("“”„«»‟「」", "''''''''")
_NOT_OURS = (
    "I cannot tell which story that message is about. Use the menu on one of my alerts, "
    "or a command with the story's number, such as why t7."
)
_WRONG_FORM = "That form does not belong to a channel here, so nothing was changed. Open it anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What answering needs."""

    commands: Commands
    rights: Rights
    replies: Replies
    jobs: Jobs
    departures: Departures | None = None  # None: nobody notes that the app was removed

    async def answer(self, asked: Asked) -> None:
        """Hand a command to the command layer, with what its asker may do here, and show what it says."""
        if not asked.channel:
            asked = replace(asked, channel=await self.replies.direct(asked.user))
        if not asked.channel:
            return
        manages, public = await asyncio.gather(
            self.rights.manages(asked.user), self.rights.public(asked.channel)
        )
        asker = Asker(
            id=f"{PLATFORM}{asked.user}",
            name=asked.user_name,
            manages=manages,
            everywhere=manages and await self.rights.named(asked.user),
        )
        request = Request(
            text=asked.text,
            channel=f"{PLATFORM}{asked.channel}",
            asker=asker,
            event=asked.event,
            channel_name=asked.channel_name,
            public=public is not False,
            guessed=public is None,
        )
        try:
            reply = await self.commands.answer(request)
            if reply is not None:
                await self.replies.give(asked, reply)
        except Exception as error:  # noqa: BLE001 - whoever asked must hear of it, whatever it was
            logger.error(  # noqa: TRY400 - a traceback's last line may repeat what a person wrote
                "A command failed: %s at %s",
                type(error).__name__,
                place(error),
                extra={"action": "slack_command_failed"},
            )
            await self.tell(asked, "Something went wrong on our side; the log says what.")

    async def tell(self, asked: Asked, words: str) -> None:
        """Say something to the asker alone."""
        warning = Text(text=words, tone="warning")
        await self.replies.say(asked, Message(kind="reply", notice=words, blocks=(warning,)))

    async def fill(self, body: dict[str, object]) -> None:
        """Answer a form that was sent, in the channel it was opened for."""
        carried = view.carried(reading.at(body, "view", "private_metadata"))
        if carried is None or not _CHANNEL.fullmatch(carried.channel):
            logger.warning("Refused a form from elsewhere", extra={"action": "slack_form_refused"})
            await self.tell(reading.sent(body, text="", channel=""), _WRONG_FORM)
            return
        answers = {
            name: value.translate(_QUOTES)
            for name, value in view.answers(_state(body)).items()
            if not carried.left(name, value)
        }
        questions = tuple(Question(name=name, label=name) for name in answers)
        text = filled(Sheet(title="", command=carried.command, questions=questions), answers)
        asked = reading.sent(body, text=text, channel=carried.channel.removeprefix(PLATFORM))
        # Sent as it was, it is answered in words and not opened again.
        await self.answer(replace(asked, trigger="") if text == carried.command else asked)

    async def show_home(self, user: str) -> None:
        """Show a person what the bot watches in the channels they are in."""
        rooms = await self.rights.rooms(user)
        seen = None if rooms is None else frozenset(f"{PLATFORM}{room}" for room in rooms)
        await self.replies.publish_home(user, await self.commands.home(seen))


def register(app: AsyncApp, desk: Desk, *, command: str) -> None:
    """Make the app answer the command, our buttons, message menus and forms, and keep its home tab."""
    _register_words(app, desk, command=command)
    _register_views(app, desk)
    _register_departures(app, desk)

    @app.error
    async def failed(error: Exception) -> BoltResponse | None:
        if isinstance(error, BoltUnhandledRequestError):
            # Acknowledged all the same: left alone, Slack would deliver it three times more.
            logger.info("Left something that nobody handles", extra={"action": "slack_unhandled"})
            return BoltResponse(status=200, body="")
        logger.error(
            "A delivery failed: %s at %s",
            type(error).__name__,
            place(error),
            extra={"action": "slack_delivery_failed"},
        )
        return None


def _register_words(app: AsyncApp, desk: Desk, *, command: str) -> None:
    @app.command(command)
    async def typed(ack: AsyncAck, body: dict[str, object]) -> None:
        await ack()
        desk.jobs.start(desk.answer(reading.typed(body)))

    @app.action(re.compile(f"^{re.escape(reading.ACTION)}"))
    async def pressed(ack: AsyncAck, body: dict[str, object]) -> None:
        await ack()
        if asked := reading.pressed(body):
            desk.jobs.start(desk.answer(asked))

    @app.action(re.compile(""))
    async def followed(ack: AsyncAck) -> None:
        """Acknowledge what needs no answer: Slack tells of pressed link buttons too."""
        await ack()

    @app.shortcut(re.compile(f"^(?:{'|'.join(reading.SHORTCUTS)})$"))
    async def picked(ack: AsyncAck, body: dict[str, object]) -> None:
        await ack()
        if asked := reading.picked(body):
            desk.jobs.start(desk.answer(asked))
        else:
            desk.jobs.start(desk.tell(reading.elsewhere(body, text=""), _NOT_OURS))


def _register_views(app: AsyncApp, desk: Desk) -> None:
    @app.view(re.compile(""))
    async def sent(ack: AsyncAck, body: dict[str, object]) -> None:
        await ack()
        desk.jobs.start(desk.fill(body))

    @app.event("app_home_opened")
    async def opened(ack: AsyncAck, event: dict[str, object]) -> None:
        await ack()
        user = reading.at(event, "user")
        if user and reading.at(event, "tab") == "home":
            desk.jobs.start(desk.show_home(user))


def _register_departures(app: AsyncApp, desk: Desk) -> None:
    """Note that the app or a channel was removed: what is kept of it has its time from then on."""

    @app.event("app_uninstalled")
    async def uninstalled(ack: AsyncAck) -> None:
        await ack()
        if desk.departures is not None:
            desk.jobs.start(desk.departures.platform("slack", "the app was removed from the workspace"))

    @app.event("tokens_revoked")
    async def revoked(ack: AsyncAck, event: dict[str, object]) -> None:
        await ack()
        tokens = event.get("tokens")
        ours = isinstance(tokens, dict) and bool(tokens.get("bot"))  # people's tokens are not ours
        if desk.departures is not None and ours:
            desk.jobs.start(desk.departures.platform("slack", "the app's token was revoked"))

    @app.event(re.compile("^(?:channel|group)_deleted$"))
    async def deleted(ack: AsyncAck, event: dict[str, object]) -> None:
        await ack()
        if desk.departures is not None and (channel := reading.at(event, "channel")):
            gone = [f"{PLATFORM}{channel}"]
            desk.jobs.start(desk.departures.channels(gone, "the channel was deleted"))


def _state(body: dict[str, object]) -> dict[str, object]:
    sheet = body.get("view")
    state = sheet.get("state") if isinstance(sheet, dict) else None
    return state if isinstance(state, dict) else {}
