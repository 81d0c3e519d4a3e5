"""Take a command from an interaction to the command layer, and its answer back to asker or channel."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.commands.request import Reply
from bot.errors import CommandError
from bot.messages import Message, Text
from bot.platforms.discord import render, rights
from bot.platforms.discord.faults import INVALID_FORM
from bot.platforms.discord.sheet import SheetModal
from bot.platforms.discord.view import Attached, allowed, files, view
from bot.wording.fit import parts

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.commands.request import Choice, Commands, File
    from bot.platforms.discord.types import Interaction

logger = logging.getLogger(__name__)

# Discord waits 3 s for a first answer; ours is in within 1 s. What may be public, or may open a form, waits
# this long for the answer itself, because the first answer also settles who sees it.
ANSWER_WITHIN: Final = 0.6
# How a call fails that Discord refuses, or whose line breaks: nobody hears the answer, a change goes on.
LOST: Final = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
_FILE_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
_FAILED: Final = Message(
    kind="notice",
    notice="This failed on our side. Nothing was told to the channel; the log says why.",
    blocks=(),
)


class Asking:
    """The way of every command, whether typed, pressed or filled in. `roles` may change things everywhere."""

    def __init__(self, commands: Commands, *, roles: Collection[int] = ()) -> None:
        self._commands = commands
        self._roles = frozenset(roles)

    async def ask(self, interaction: Interaction, text: str) -> None:
        """Answer a command given in this interaction, once, however often Discord hands it over."""
        if not _waits(text):
            if await _acknowledged(interaction):
                await self._show(interaction, await self._answer(interaction, text))
            return
        task = asyncio.create_task(self._answer(interaction, text))
        try:
            await asyncio.wait({task}, timeout=ANSWER_WITHIN)
            heard = task.done() or await _acknowledged(interaction)
            reply = await task  # a change goes on although Discord no longer listens
        finally:
            task.cancel()
        if heard:
            await self._show(interaction, reply)

    async def suggest(
        self, interaction: Interaction, kinds: tuple[str, ...], typed: str
    ) -> tuple[Choice, ...]:
        """Return what an option may be completed with, at most 25 things."""
        channel = rights.channel_of(interaction)
        found = [await self._commands.suggest(kind, typed, channel=channel) for kind in kinds]
        return tuple(choice for choices in found for choice in choices)[:25]

    async def _answer(self, interaction: Interaction, text: str) -> Reply | None:
        try:
            reply = await self._commands.answer(rights.request(interaction, text, roles=self._roles))
            return _warned(reply, rights.lacking(interaction)) if _about_the_channel(text) else reply
        except (
            Exception
        ):  # also what goes wrong before the command layer: Discord shows "thinking" else for ever
            logger.exception("A command failed", extra={"action": "command_failed"})
            return Reply(message=_FAILED, refused=True)

    async def _show(self, interaction: Interaction, reply: Reply | None) -> None:
        try:
            if reply is None:  # answered by the other copy of this interaction
                if interaction.response.is_done():
                    await interaction.delete_original_response()
            elif reply.sheet is not None and _may_open(interaction):
                await interaction.response.send_modal(SheetModal(reply.sheet, self))
            else:
                await _told(interaction, reply)
        except LOST as error:
            logger.warning("Discord did not take an answer: %s", error, extra={"action": "answer_lost"})


def _waits(text: str) -> bool:
    """Tell whether the answer may be for the channel or open a form, so that no private one is promised."""
    try:
        form, command = parse(text, FORMS)
    except CommandError:
        return False
    return bool(form.right) or "show" in command.options


def _about_the_channel(text: str) -> bool:
    """Tell whether a command sets the channel up or asks how it stands."""
    return text.split(maxsplit=1)[:1] in (["setup"], ["status"])


def _warned(reply: Reply | None, lacks: str) -> Reply | None:
    """Return an answer that says also what the bot may not do where it is to tell; a refusal stays."""
    if reply is None or reply.refused or not lacks:
        return reply
    blocks = (*reply.message.blocks, Text(text=lacks, tone="warning"))
    return replace(reply, message=replace(reply.message, blocks=blocks))


def _may_open(interaction: Interaction) -> bool:
    return not interaction.response.is_done() and interaction.type is not discord.InteractionType.modal_submit


async def _acknowledged(interaction: Interaction) -> bool:
    """Promise the asker a private answer; False if Discord no longer takes one, or had one already."""
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except LOST as error:
        logger.info("Discord took no acknowledgement: %s", error, extra={"action": "ack_refused"})
        return False
    return True


async def _told(interaction: Interaction, reply: Reply) -> None:
    """Show an answer in as many posts as it takes; the last has its file."""
    private = reply.shown == "asker" or reply.refused
    promised = interaction.response.is_done()
    posts = parts(reply.message, render.fits)
    for number, message in enumerate(posts):
        file = reply.file if number == len(posts) - 1 else None
        await _posted(interaction, message, file, private=private, fills=promised and number == 0)
    if promised and not private:
        await interaction.delete_original_response()


async def _posted(
    interaction: Interaction, message: Message, file: File | None, *, private: bool, fills: bool
) -> None:
    """Show one post; if Discord finds it wrong, its words alone."""
    try:
        await _shown(interaction, message, file, private=private, fills=fills)
    except discord.HTTPException as error:
        if error.code != INVALID_FORM:
            raise
        logger.warning("Discord refused an answer's form: %s", error, extra={"action": "answer_plain"})
        plain = Text(text=message.notice)
        bare = Message(kind=message.kind, notice=message.notice, blocks=(plain,))
        await _shown(interaction, bare, file, private=private, fills=fills)


async def _shown(
    interaction: Interaction, message: Message, file: File | None, *, private: bool, fills: bool
) -> None:
    """Show one post; the first one `fills` what a private promise of an answer left open."""
    attached, body = _body(message, file)
    if not interaction.response.is_done():
        await interaction.response.send_message(
            view=body, files=attached, ephemeral=private, allowed_mentions=allowed(message)
        )
        return
    if fills:
        await interaction.edit_original_response(
            view=body, attachments=attached, allowed_mentions=discord.AllowedMentions.none()
        )
        if private:
            return
        # What fills a private promise is private whatever its flags say; what follows it is as asked.
        attached, body = _body(message, file)
    await interaction.followup.send(
        view=body, files=attached, ephemeral=private, allowed_mentions=allowed(message)
    )


def _body(message: Message, file: File | None) -> tuple[list[discord.File], discord.ui.LayoutView]:
    """Return fresh files and a view that shows them; a file can be sent only once."""
    attached = files(message)
    if file is None:
        return attached, view(render.layout(message))
    name = _FILE_NAME.sub("-", file.name).strip("-.") or "file"
    handed = Attached(io.BytesIO(file.body), filename=name)
    return [*attached, handed], view(render.layout(message), handed)
