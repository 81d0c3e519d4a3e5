"""Turn our JSON into what discord.py sends: views, files and allowed mentions."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, cast

import discord

from bot.platforms.discord import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.messages import Message
    from bot.platforms.discord.render import Json

_STYLES: Final = {style.value: style for style in discord.ButtonStyle}


def view(components: Sequence[Json], file: discord.File | None = None) -> discord.ui.LayoutView:
    """Return a view of components as `render.layout` gives them, and below them a file to download.

    It is stopped at once: discord.py would otherwise keep every view it ever sent in memory. A press finds
    its way through the custom id alone, see `buttons`.
    """
    made = discord.ui.LayoutView(timeout=None)
    for component in components:
        made.add_item(_item(component))
    if file is not None:
        made.add_item(discord.ui.File(file))
    made.stop()
    return made


def files(message: Message) -> list[discord.File]:
    """Return the pictures that the message's layout names."""
    found = render.charts(message)
    if not found:
        return []
    from bot.platforms.chart import png  # noqa: PLC0415 - Pillow is loaded when there is something to draw

    return [Attached(io.BytesIO(png(chart)), filename=name) for name, chart in found]


def allowed(message: Message) -> discord.AllowedMentions:
    """Return whom the message may ping, everyone else left out."""
    named = render.mentions(message)
    return discord.AllowedMentions(
        everyone=False,
        users=[_Named(one) for one in named["users"]] or False,
        roles=[_Named(one) for one in named["roles"]] or False,
        replied_user=False,
    )


class Attached(discord.File):
    """A file whose place goes out as a string: discord.py would write a number, Discord's schema has none."""

    def to_dict(self, index: int) -> dict[str, object]:
        """Return how the message names the file."""
        return {**super().to_dict(index), "id": str(index)}


class _Named(discord.Object):
    """Someone to ping, by an id of digits: discord.py would write a number, Discord's schema has a string."""

    def __init__(self, digits: str) -> None:
        super().__init__(int(digits))
        self.id = cast("int", digits)


def _item(component: Json) -> discord.ui.Item[discord.ui.LayoutView]:
    number = component.get("id")
    known = number if isinstance(number, int) else None
    match component["type"]:
        case 17:
            return discord.ui.Container(
                *map(_item, _list(component, "components")),
                accent_colour=cast("int", component["accent_color"]),
                id=known,
            )
        case 10:
            return discord.ui.TextDisplay(str(component["content"]), id=known)
        case 14:
            return discord.ui.Separator(id=known)
        case 12:
            pictures = (_picture(item) for item in _list(component, "items"))
            return discord.ui.MediaGallery(*pictures, id=known)
        case 1:
            return discord.ui.ActionRow(*map(_button, _list(component, "components")), id=known)
        case kind:
            raise ValueError(f"no component of ours has the type {kind}")


def _picture(item: Json) -> discord.MediaGalleryItem:
    media = cast("Json", item["media"])
    return discord.MediaGalleryItem(
        str(media["url"]), description=cast("str | None", item.get("description"))
    )


def _button(component: Json) -> discord.ui.Button[discord.ui.LayoutView]:
    return discord.ui.Button(
        style=_STYLES[cast("int", component["style"])],
        label=str(component["label"]),
        custom_id=str(component["custom_id"]),
    )


def _list(component: Json, name: str) -> list[Json]:
    return cast("list[Json]", component[name])
