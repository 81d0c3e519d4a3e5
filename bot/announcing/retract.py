"""Take a story's posts back everywhere: its cards become a line that says so, their replies go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import VERSION
from bot.messages_json import to_json
from bot.wording.cards import tombstone
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.store.store import Rooms


async def retract(store: Rooms, story: int, *, by: str, reason: str, at: datetime) -> int | None:
    """Retract a story for good and return in how many channels; None if it was retracted before.

    What waits in the outbox is not sent any more; no later report, replay or restart brings the story back.
    """
    async with store.transaction() as rooms:
        if not await rooms.retractions.add(story, by=by, reason=reason, at=at):
            return None
        family = await rooms.hands.family(story)  # what was merged into it is told of in posts of its own
        for one in family[1:]:
            await rooms.retractions.add(one, by=by, reason=reason, at=at)
        languages = {channel.id: channel.lang for channel in await rooms.channels.all()}
        posts = [(one, post) for one in family for post in await rooms.outbox.posts_of(one)]
        cards = {card.outbox for one in family for card in await rooms.announcements.cards(one)}
        for told, post in posts:
            is_card = post.id in cards
            message = tombstone(f"t{story}", reason=reason, lang=languages.get(post.channel, "en"))
            await rooms.outbox.enqueue(
                Letter(
                    channel=post.channel,
                    key=f"{post.key}/retracted",
                    kind="notice",
                    payload=to_json(message),
                    version=VERSION,
                    story=told,  # behind what waits to change the same post
                    urgent=True,
                    op="edit" if is_card else "delete",
                    target=post.id,
                )
            )
    return len({post.channel for _, post in posts})
