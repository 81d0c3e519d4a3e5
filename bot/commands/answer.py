"""The command layer: read a command, hold it to the asker's rights, let its noun answer, note the change."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands import home, suggest, undo
from bot.commands.corrected import corrected
from bot.commands.desk import PATIENCE, Desk
from bot.commands.forms import FORMS
from bot.commands.handlers import HANDLERS, only_asks
from bot.commands.parse import parse
from bot.commands.replies import Change, refusal, share, visible, warning
from bot.commands.status import OPERATORS
from bot.errors import BotError, CommandError
from bot.messages import Message
from bot.metrics.meters import SILENT
from bot.platforms.inert import inert, one_line
from watchers.errors import WatchersError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.commands.desk import Judging, Reading
    from bot.commands.parse import Command, Form
    from bot.commands.request import Choice, Reply, Request
    from bot.metrics.meters import Meters
    from watchers.clock import Clock
    from watchers.store.rows import Channel
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

ANSWER_WITHIN: Final = 30.0  # seconds; the slowest command, asking a feed anew, has a deadline of its own
_REMEMBERED: Final = 1_000  # askings without an effect; the platforms deliver again within seconds
# Who manages a channel, as its platform calls them; on the page and the command line everybody does.
_MANAGING: Final = {
    "discord": " (Manage Channels here, or a role that the bot's configuration names)",
    "slack": " (admins, and editors whom the bot's configuration names)",
}
# Said in a channel that is not set up yet; everything else needs one that is.
_BEFORE_SETUP: Final = frozenset({"help", "setup"})


class CommandLayer:
    """Answers commands from every door. It fills `bot.commands.request.Commands`.

    `patience` is how many seconds an answer may ask around, of which `progress` is told; see Desk.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        reading: Reading,
        judging: Judging,
        patience: float = PATIENCE,
        progress: Callable[[int, int], None] | None = None,
        meters: Meters = SILENT,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reading = reading
        self._judging = judging
        self._patience = patience
        self._progress = progress
        self._meters = meters
        self._without_effect: deque[str] = deque(maxlen=_REMEMBERED)

    async def answer(self, request: Request) -> Reply | None:
        """Answer a command, refusals included; None if this very asking was answered before."""
        request = _harmless(request)
        try:
            async with asyncio.timeout(ANSWER_WITHIN - PATIENCE + self._patience):
                return await self._answer(request)
        except CommandError as error:
            return refusal(corrected(error, request.text, FORMS))
        except (BotError, WatchersError) as error:
            self._meters.failed("command", error)
            return warning(str(error))
        except TimeoutError:
            return warning("That took too long and was given up. Try again, or ask for less.")
        except Exception:  # a person waits: whatever it was is in the log, and they are told so
            logger.exception("A command failed", extra={"action": "command_failed"})
            return warning("Something went wrong on our side; the log says what.")

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        """Return at most 25 things of a kind ("source", "rule", "story" …) whose name has the words."""
        return await suggest.choices(self._store, what, words, channel=channel)

    async def home(self, seen: Collection[str] | None) -> Message:
        """Return what the bot watches in the channels that somebody sees; None: nobody can tell which."""
        return await home.message(self._store, seen)

    async def _answer(self, request: Request) -> Reply | None:
        try:
            form, command = parse(request.text, FORMS)
        except CommandError:
            if await self._answered_before(request):
                return None
            raise
        # What only opens a form has no effect that must not come twice, and waits for no turn to write.
        asks = request.file is None and only_asks(form, command)
        if await self._answered_before(request, writing=not asks):
            return None
        channel = await self._here(request, noting=not asks)
        if channel is None:
            _refuse_before_setup(form, request)
        self._allow(form, request, channel)
        desk = self._desk(request, channel)
        if form.name == "undo":
            return await self._undo(command, desk, request, channel)
        async with undo.at_once(form, command, desk, self._store) as now:
            done = await HANDLERS[form.name](command, now)
            if isinstance(done, Change):
                return await self._changed(done, form, request.text, now)
        if isinstance(done, Message):
            return share(done, form, command, request.text)
        return done

    def _desk(self, request: Request, channel: Channel | None) -> Desk:
        bound_to = channel.bound_to if channel else ""
        return Desk(
            store=self._store,
            clock=self._clock,
            channel=request.channel,
            home=bound_to or request.channel,
            asker=request.asker,
            reading=self._reading,
            judging=self._judging,
            channel_name=request.channel_name,
            public=request.public,
            file=request.file,
            patience=self._patience,
            progress=self._progress,
        )

    async def _answered_before(self, request: Request, *, writing: bool = True) -> bool:
        """Note an asking, if not by writing then in this process; tell whether it was answered before."""
        if not request.event:
            return False
        if writing:
            return not await self._store.asked.first(request.event, at=self._clock.now())
        if request.event in self._without_effect:
            return True
        self._without_effect.append(request.event)
        return False

    async def _here(self, request: Request, *, noting: bool) -> Channel | None:
        """Return the channel that is asked in, None if it is not set up; note what the asking tells of it."""
        channel = await self._store.channels.get(request.channel)
        if channel is None:
            return None
        opened = request.public and not channel.public
        closed = channel.unreachable or channel.unreachable_at
        if noting and opened and not request.guessed:
            await self._store.channels.open_to_all(channel.id)
        if noting and closed and not request.asker.id.startswith(OPERATORS):
            # Who asks from inside has let the bot in again; the command line is not inside.
            await self._store.channels.reopen(channel.id)
        # The platform knows better than a setting who can read along.
        return replace(channel, public=True) if opened else channel

    def _allow(self, form: Form, request: Request, channel: Channel | None) -> None:
        """Refuse what the asker may not do here; it is looked at anew for every press and every form sent."""
        everyone = channel is not None and channel.editors == "everyone"
        allowed = request.asker.manages or (form.right == "change" and everyone)
        if not form.right or allowed:
            return
        logger.warning(
            "Refused: %s may not use %s in %s",
            request.asker.id,
            form.name,
            request.channel,
            extra={"action": "command_refused"},
        )
        if form.right == "manage":
            what, ask = "changes posts in every channel", "Ask one of them."
        else:
            what = "changes what this channel watches"
            ask = "Ask one of them, who may also open it to everybody (settings set editors everyone)."
        who = _MANAGING.get(request.asker.id.partition(":")[0], "")
        raise CommandError(
            f'"{form.name}" {what}; that is for those who manage this channel{who}. {ask}',
            example="/watch help",
        )

    async def _changed(
        self, change: Change, form: Form, text: str, desk: Desk, *, takes_back: int | None = None
    ) -> Reply:
        number = await desk.store.audits.note(
            desk.channel,
            asker=desk.asker.id,
            asker_name=desk.asker.name,
            command=text,
            line=change.line,
            undo=change.undo,
            at=desk.clock.now(),
            home=desk.home if undo.shared(form, change) else "",
            about=change.about,
            takes_back=takes_back,
        )
        return visible(change, desk.asker.name, number)

    async def _undo(self, command: Command, desk: Desk, request: Request, channel: Channel | None) -> Reply:
        change = await undo.named(command, desk)
        form, back = undo.way_back(change)
        self._allow(form, request, channel)  # to take it back asks for the same right as to do it
        async with undo.at_once(form, back, desk, self._store) as now:
            done = await undo.take_back(change, now)
            return await self._changed(done, form, change.undo, now, takes_back=change.number)


def _refuse_before_setup(form: Form, request: Request) -> None:
    """Raise CommandError for what cannot be asked in a channel that is not set up yet."""
    if form.noun not in _BEFORE_SETUP:
        raise CommandError("This channel is not set up yet.", example="/watch setup")
    if form.noun == "setup" and request.guessed:
        raise CommandError(
            "The platform does not say just now whether people outside the team can read this channel, "
            "which is kept with it. Try again in a minute.",
            example="/watch setup",
        )


def _harmless(request: Request) -> Request:
    """Return a request without what no database or platform takes, such as half a character."""
    asker = replace(request.asker, name=one_line(request.asker.name))
    name = one_line(request.channel_name)
    return replace(request, text=inert(request.text), channel_name=name, asker=asker)
