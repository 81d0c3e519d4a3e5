"""A small bot on discord.py, to try the Discord double with: commands, a button that outlives it, a form."""

from __future__ import annotations

import asyncio
import warnings
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import re
    from collections.abc import AsyncIterator

    from tests.discord_double import DiscordDouble

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop on 3.11 and 3.12
    import discord
    from discord import app_commands

__all__ = ["NONE", "Bot", "Card", "Vote", "discord", "running"]

NONE = discord.AllowedMentions.none()


class Vote(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"fb:(?P<number>\d+):(?P<way>up|down)"):
    """A button that works after a restart, since its id says everything."""

    def __init__(self, number: int, way: str) -> None:
        super().__init__(discord.ui.Button(label=way, custom_id=f"fb:{number}:{way}"))
        self.number, self.way = number, way

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["number"]), match["way"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Say what was voted, to the voter alone."""
        await interaction.response.send_message(f"{self.way} for {self.number}", ephemeral=True)


class Card(discord.ui.LayoutView):
    """A post in a container, with two votes."""

    def __init__(self, words: str) -> None:
        super().__init__(timeout=None)
        row: discord.ui.ActionRow[Self] = discord.ui.ActionRow()
        for way in ("up", "down"):
            row.add_item(Vote(7, way))
        self.add_item(discord.ui.Container(discord.ui.TextDisplay(words), row, accent_colour=0x336699))


class Wizard(discord.ui.Modal, title="Set up"):
    """A form with a line of text and a choice."""

    purpose: discord.ui.Label[Self] = discord.ui.Label(
        text="Purpose", component=discord.ui.TextInput(custom_id="purpose", max_length=20)
    )
    language: discord.ui.Label[Self] = discord.ui.Label(
        text="Language",
        component=discord.ui.Select(
            custom_id="language",
            options=[
                discord.SelectOption(label="English", value="en"),
                discord.SelectOption(label="Français"),
            ],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Repeat the answers."""
        purpose, language = self.purpose.component, self.language.component
        assert isinstance(purpose, discord.ui.TextInput)
        assert isinstance(language, discord.ui.Select)
        await interaction.response.send_message(f"{purpose.value} in {language.values[0]}")


class Bot(discord.Client):
    """The bot; `problems` has what its commands met."""

    def __init__(self, intents: discord.Intents | None = None, heartbeat_timeout: float = 60.0) -> None:
        super().__init__(
            intents=intents or discord.Intents.default(),
            allowed_mentions=NONE,
            guild_ready_timeout=0.0,
            heartbeat_timeout=heartbeat_timeout,
        )
        self.tree = app_commands.CommandTree(self)
        self.problems: list[Exception] = []
        self.ran = 0
        add_commands(self)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, and which buttons are ours."""
        self.add_dynamic_items(Vote)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing: there is one of us."""

    def room(self, double: DiscordDouble, name: str = "news") -> discord.TextChannel:
        """Return a channel of the double as discord.py knows it."""
        channel = self.get_channel(int(double.channel(name).id))
        assert isinstance(channel, discord.TextChannel)
        return channel


def add_source_commands(watch: app_commands.Group) -> None:
    """Put the group "source" under /watch."""
    source = app_commands.Group(name="source", description="Feeds", parent=watch)

    @source.command(name="add", description="Add a feed")
    async def add(interaction: discord.Interaction, url: str) -> None:
        await interaction.response.send_message(f"Watching {url}", view=discord.ui.View())
        await interaction.edit_original_response(content=f"Watching {url} now")
        await interaction.followup.send("Its last items: …")

    @source.command(name="import", description="Read an OPML file")
    async def read(interaction: discord.Interaction, file: discord.Attachment) -> None:
        body = await file.read()
        await interaction.response.send_message(f"{len(body)} bytes of {file.filename}")


def add_commands(bot: Bot) -> None:
    """Give a bot /watch with a group in it, and an entry in the menu of a message."""
    watch = app_commands.Group(name="watch", description="Watch the news")
    add_source_commands(watch)

    @watch.command(name="why", description="Why a story was told")
    async def why(
        interaction: discord.Interaction, article: str, days: app_commands.Range[int, 1, 30] = 7
    ) -> None:
        bot.ran += 1
        try:
            await interaction.response.defer(ephemeral=True)
            await interaction.followup.send(f"{article} for {days} days")
        except discord.HTTPException as problem:
            bot.problems.append(problem)

    @why.autocomplete("article")
    async def offer(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"Story {typed}{n}", value=f"a{n}") for n in range(3)]

    @watch.command(name="setup", description="Open the form")
    async def setup(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Wizard())

    @watch.command(name="silent", description="Never answers")
    async def silent(_interaction: discord.Interaction) -> None:
        bot.ran += 1

    bot.tree.add_command(watch)

    @bot.tree.context_menu(name="Why this?")
    async def why_this(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"because of {message.content}", ephemeral=True)


@asynccontextmanager
async def running(bot: Bot, double: DiscordDouble) -> AsyncIterator[Bot]:
    """Run a bot against the double until the block ends."""
    with double.pointed():
        await bot.login(double.token)
        task = asyncio.create_task(bot.connect())
        try:
            await double.ready()
            await asyncio.wait_for(bot.wait_until_ready(), 5)
            yield bot
        finally:
            await bot.close()
            await asyncio.wait([task], timeout=5)
            task.cancel()
