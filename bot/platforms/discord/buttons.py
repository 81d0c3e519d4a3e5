"""Answer presses by their custom id alone, so that buttons of posts from before a restart still work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.messages import Actions, Button, Message, Text
from bot.platforms.discord import render
from bot.platforms.discord.view import view

if TYPE_CHECKING:
    import re

    from bot.platforms.discord.asking import Asking


def buttons(asking: Asking) -> tuple[type[discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]]], ...]:
    """Return the two kinds of button there are, to be added to the client before it connects."""

    class Ask(_Template, template=rf"^{render.ASK}(?P<command>.+)$"):
        """A button that asks its command, held to the rights of whoever presses it."""

        async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
            await asking.ask(interaction, self.command)

    class Sure(
        _Template, template=rf"^{render.SURE}(?P<command>.+?)(?:{render.SURE_WORDS}(?P<question>.*))?$"
    ):
        """A button that asks back first, privately."""

        async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
            said = self.item.label or self.command
            again = Button(label=said, command=self.command, style="danger")
            text = Text(text=self.question or f"{said}?")
            asked = Message(kind="notice", notice=text.text, blocks=(text, Actions(buttons=(again,))))
            await interaction.response.send_message(
                view=view(render.layout(asked)),
                ephemeral=True,
                allowed_mentions=discord.AllowedMentions.none(),
            )

    return Ask, Sure


class _Template(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"^$"):
    """What both kinds are: a button with a command, and perhaps a question."""

    def __init__(self, item: discord.ui.Button[discord.ui.View], command: str, question: str) -> None:
        super().__init__(item)
        self.command = command
        self.question = question

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
        /,
    ) -> _Template:
        if not isinstance(item, discord.ui.Button):
            raise TypeError("only buttons carry commands")
        found = match.groupdict()
        return cls(item, found["command"], found.get("question") or "")
