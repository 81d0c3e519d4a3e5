"""What is known of an article's way to one channel, looked up for `why`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.why_later import later_than
from bot.wording.turned import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.why_later import Later
    from watchers.store.rows import ChannelFeed, OutboxItem, Why
    from watchers.store.rows_articles import Article
    from watchers.store.rows_chat import Deferred, Mute, PastDigest
    from watchers.types import Report, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article, its story, and what became of that in one channel. None: there is no such thing."""

    known: Why
    audience: Audience
    story: Story | None
    retracted: bool
    mute: Mute | None
    deferral: Deferred | None
    card: OutboxItem | None  # the story's card in this channel
    digest: PastDigest | None  # the digest whose window it came in
    links: Mapping[int, ChannelFeed]  # the channel's sources, also paused ones
    votes: int  # stories voted on here
    counts: Mapping[str, int]  # how many articles have a word that a rule could be made of
    page: Article | None = None  # the article's own, None if its feed gave enough
    later: tuple[Later, ...] = ()  # watches that it was never held against as they are now

    @property
    def report(self) -> Report | None:
        """Return how the article was understood."""
        return self.known.report

    @property
    def reads(self) -> bool:
        """Tell whether the channel reads a source that carries it."""
        return self.audience.reads(self.known.entry)


async def gather(number: int, audience: Audience, desk: Desk) -> Case | None:
    """Look up all that `why` tells of an article, None if there is none of that number."""
    store = desk.store
    known = await store.find.why(number)
    if known is None:
        return None
    story = await store.stories.get(known.story) if known.story else None
    posted = await store.announcements.card(story.number, audience.channel) if story else None
    digests = [
        one
        for one in await store.digests.history(audience.channel)
        if one.sent and one.window_start <= known.entry.seen < one.window_end
    ]
    counts = {}
    for word in words_in(known.report, audience) if known.report else ():
        quoted = f'"{word}"'
        counts[word], _ = await store.search.find(quoted, feeds=audience.feeds, limit=1)
    return Case(
        known=known,
        audience=audience,
        story=story,
        retracted=story is not None and await store.retractions.get(story.number) is not None,
        mute=audience.mute_of(story, known.entry) if story else None,
        deferral=await store.budgets.deferral(story.number, audience.channel) if story else None,
        card=await store.outbox.get(posted.outbox) if posted else None,
        digest=digests[-1] if digests else None,
        links={link.feed: link for link in await store.channels.feeds(desk.home)},
        votes=len((await store.votes.standing()).get(audience.home, ())),
        counts=counts,
        page=await store.articles.get(number),
        later=await later_than(known.report, audience, desk) if known.report else (),
    )
