"""Post to Discord: once per key, in threads, with plain text where a layout is refused."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import discord

from bot.errors import DeliveryError
from bot.messages import Heading, repeated
from bot.platforms.base import Receipt
from bot.platforms.discord import faults, render
from bot.platforms.discord.faults import translated
from bot.platforms.discord.markdown import label
from bot.platforms.discord.view import allowed, files, view

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.messages import Message

logger = logging.getLogger(__name__)

MAX_THREAD_NAME: Final = 100  # Discord's documentation, "Channels Resource"
TALK: Final = 15  # posts looked at for the last one of a person
LOOK_BACK: Final = 500  # messages searched for an earlier attempt at most: five requests
AT_LEAST: Final = 100  # messages searched however old they seem, our clock may be far ahead: one request
SKEW: Final = timedelta(hours=3)  # how far our clock may have been from Discord's when an attempt was made

_Place: TypeAlias = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
_PLACES: Final = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.Thread)


class Discord:
    """Discord as a platform. Posts have the id "channel/message", where the channel may be a thread."""

    name: Final = "discord"

    def __init__(self, client: discord.Client, *, ended: Callable[[], Awaitable[None]]) -> None:
        self._client = client
        self._ended = ended

    def fits(self, message: Message) -> bool:
        """Tell whether one post holds the whole message within Discord's limits."""
        return render.fits(message)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Post a message once; a story's later posts go into the thread beneath its first, made when needed.

        The key becomes the nonce, for which Discord itself returns the first post for some minutes, and the
        ids of two components, which it keeps: with `since` they are looked for. Where no thread can be had,
        the post goes into the channel as a reply.
        """
        with translated():
            home = await self._place(_number(channel))
            thread = await self._thread(home, parent, message) if parent else None
            place = thread or home
            repeat = False
            if since is not None:
                found, sure = await self._earlier(place, message, key, since)
                if found is not None:
                    return _receipt(found)
                repeat = not sure
                message = repeated(message) if repeat else message
            reference = _reference(home, parent) if parent and thread is None else None
            try:
                return _receipt(await self._post(place, message, key, reference), repeat=repeat)
            except discord.HTTPException as error:
                shut = error.code == faults.THREAD_ARCHIVED or error.status in {403, 404}
                if thread is None or not shut:
                    raise
                logger.info("A thread is locked or gone; the post goes into the channel above it.")
                if since is not None:  # where an earlier attempt may have had to go as well
                    found, _ = await self._earlier(home, message, key, since)
                    if found is not None:
                        return _receipt(found)
                return _receipt(await self._post(home, message, key, _reference(home, parent)), repeat=repeat)

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        """Return where a message went, None if it is neither in its thread nor in its channel."""
        with translated():
            home = await self._place(_number(channel))
            places = [home]
            if parent:
                above, post = _ids(parent)
                thread = await self._thread_if_there(post if above == home.id else above)
                places = [thread, home] if thread else places
            for place in places:
                found, _ = await self._earlier(place, message, key, since)
                if found is not None:
                    return _receipt(found)
        return None

    async def last_talk(self, channel: str) -> datetime | None:
        """Return when a person last wrote in a channel, None if none of the last posts is a person's."""
        with translated():
            home = await self._place(_number(channel))
            async for post in home.history(limit=TALK):
                if not post.author.bot:
                    return post.created_at
        return None

    async def edit(self, channel: str, post: str, message: Message) -> None:  # noqa: ARG002 - a post has its own
        """Change a post to another message; a post that is gone is left alone."""
        with translated():
            try:
                target = await self._awake(post)
                await _edited(target, message)
            except discord.NotFound:
                logger.debug("The post to edit is gone")

    async def delete(self, channel: str, post: str) -> None:  # noqa: ARG002 - a post has its own
        """Take a post back; one that is gone already is well."""
        with translated():
            try:
                target = await self._awake(post)
                await target.delete()
            except discord.NotFound:
                logger.debug("The post to delete is gone already")

    async def ended(self) -> None:
        """Wait until the gateway has closed for good. Raises ConfigError or DeliveryError that says why."""
        await self._ended()

    async def _place(self, number: int) -> _Place:
        found = self._client.get_channel(number) or await self._client.fetch_channel(number)
        if not isinstance(found, _PLACES):
            raise DeliveryError(f"Channel {number} holds no messages.", permanent=True)
        return found

    async def _thread(self, home: _Place, parent: str, message: Message) -> _Place | None:
        """Return the thread beneath a post, whose id is the post's own; None where there can be none."""
        place, post = _ids(parent)
        if place != home.id:  # the post stands in a thread itself, and its story goes on there
            return await self._thread_if_there(place)
        if isinstance(home, discord.Thread):
            return home
        known = self._client.get_channel(post)
        if isinstance(known, discord.Thread):
            return known
        try:
            return await home.get_partial_message(post).create_thread(name=_thread_name(message))
        except discord.HTTPException as error:
            if error.code == faults.THREAD_EXISTS:
                return await self._thread_if_there(post)
            if error.status >= 500 or error.status in {401, 429}:
                raise
            logger.info("No thread here: %s", error, extra={"action": "thread_refused"})
            return None

    async def _thread_if_there(self, number: int) -> _Place | None:
        try:
            return await self._place(number)
        except (discord.NotFound, discord.Forbidden):
            return None

    async def _earlier(
        self, place: _Place, message: Message, key: str, since: datetime
    ) -> tuple[discord.Message | None, bool]:
        """Return the post of an earlier attempt with this key, None for none, and whether all was seen.

        Discord forgets a message's nonce; it keeps the ids of its components. A plain fallback has none and
        is known by its words.
        """
        user = self._client.user
        marks, nonce, plain = render.marks(key), render.nonce(key), render.plain(message)
        oldest, seen = min(since, discord.utils.utcnow()) - SKEW, 0
        try:
            async for post in place.history(limit=LOOK_BACK):
                seen += 1
                ours = user is not None and post.author.id == user.id
                if ours and (post.nonce == nonce or _marks(post) == marks or _said(post.content, plain)):
                    return post, True
                if seen >= AT_LEAST and post.created_at < oldest:
                    return None, True
        except discord.Forbidden:
            return None, False
        # Without this right Discord answers with no messages rather than with a refusal.
        if place.guild.me and not place.permissions_for(place.guild.me).read_message_history:
            logger.warning(
                "The bot may not read that channel's history, so a post after a broken connection may "
                "come twice. Give it Read Message History.",
                extra={"action": "history_refused"},
            )
            return None, False
        return None, seen < LOOK_BACK

    async def _post(
        self, place: _Place, message: Message, key: str, reference: discord.MessageReference | None
    ) -> discord.Message:
        """Post the layout, or plain text if Discord finds the layout wrong."""
        nonce = render.nonce(key)
        answers = cast("discord.MessageReference", reference)  # None is taken too, only the overloads omit it
        try:
            return await place.send(
                view=view(render.layout(message, key=key)),
                files=files(message),
                nonce=nonce,
                reference=answers,
                allowed_mentions=allowed(message),
            )
        except discord.HTTPException as error:
            if not faults.unfit(error):
                raise
            logger.warning("Discord refused a layout: %s", error, extra={"action": "layout_refused"})
        return await place.send(
            render.plain(message),
            nonce=nonce,
            reference=answers,
            allowed_mentions=allowed(message),
            suppress_embeds=True,
        )

    async def _awake(self, post: str) -> discord.PartialMessage:
        """Return a post to change; its thread, if it sleeps, is woken, for nothing changes in an archive."""
        number, message = _ids(post)
        place = await self._place(number)
        if isinstance(place, discord.Thread) and place.archived:
            await place.edit(archived=False)
        return place.get_partial_message(message)


async def _edited(target: discord.PartialMessage, message: Message) -> None:
    none = discord.AllowedMentions.none()  # who was pinged once is not pinged by an edit
    try:
        await target.edit(
            content=None,
            view=view(render.layout(message)),
            attachments=files(message),
            allowed_mentions=none,
        )
    except discord.HTTPException as error:
        if not faults.unfit(error):
            raise
        logger.warning("Discord refused a layout: %s", error, extra={"action": "layout_refused"})
        # A post made of components stays one: its words alone are the plainest it can be.
        words = {"type": 10, "content": render.plain(message)}
        await target.edit(content=None, view=view([words]), attachments=[], allowed_mentions=none)


def _number(channel: str) -> int:
    digits = channel.removeprefix("discord:")
    if not digits.isascii() or not digits.isdigit():
        raise DeliveryError(f"{channel!r} is no Discord channel.", permanent=True)
    return int(digits)


def _ids(post: str) -> tuple[int, int]:
    place, _, number = post.partition("/")
    return _number(place), _number(number)


def _receipt(post: discord.Message, *, repeat: bool = False) -> Receipt:
    return Receipt(id=f"{post.channel.id}/{post.id}", url=post.jump_url, repeat=repeat)


def _reference(home: _Place, parent: str) -> discord.MessageReference:
    place, number = _ids(parent)
    return discord.MessageReference(
        # Strings, as Discord's schema has ids; discord.py writes down what it is given.
        message_id=cast("int", str(number)),
        channel_id=cast("int", str(place)),
        guild_id=cast("int", str(home.guild.id)),
        fail_if_not_exists=False,
    )


def _thread_name(message: Message) -> str:
    heading = next((block.text for block in message.blocks if isinstance(block, Heading)), message.notice)
    return label(heading, MAX_THREAD_NAME) or message.thread or "…"


def _marks(post: discord.Message) -> tuple[int, int] | None:
    """Return the ids of a post's container and of the first thing in it."""
    for container in post.components:
        if isinstance(container, discord.Container) and container.children:
            first: object = getattr(container.children[0], "id", None)  # all ours have one, not all there are
            return (container.id or 0, first if isinstance(first, int) else 0)
    return None


def _said(content: str, plain: str) -> bool:
    """Tell whether a post has these very words; Discord takes the blanks around them away."""
    return bool(content) and content.strip() == plain.strip()
