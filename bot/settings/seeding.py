"""Turn the configuration file into what the store seeds itself from."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from watchers.matching.keywords import expression_of, list_of
from watchers.matching.ready import ready
from watchers.store.seeds import ChannelSeed, FeedSeed, SubscriptionSeed, WatchSeed

if TYPE_CHECKING:
    from bot.config import Config, FeedSettings
    from watchers.matching.known import Known
    from watchers.store.seeds import Seeded
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

KEYWORDS = "keywords"  # the name of the watch that a channel's keyword list becomes


async def seed(store: Store, config: Config, *, gazetteer: str = "") -> Seeded:
    """Carry the file's channels, feeds, watches and digests into the database; what chat changed stays so.

    `gazetteer` is the path of one's own names, empty for none. Raises KnowledgeError if it cannot be used.
    """
    known = await asyncio.to_thread(ready, gazetteer)
    return await store.seeding.seed(
        channels=_channels(config),
        feeds=_feeds(config),
        watches=_watches(config, known),
        subscriptions=_subscriptions(config),
    )


async def seed_aloud(store: Store, config: Config, *, gazetteer: str) -> None:
    """Carry the file into the database, and log what that changed. Raises KnowledgeError as `seed` does."""
    seeded = await seed(store, config, gazetteer=gazetteer)
    if seeded.added or seeded.changed:
        logger.info(
            "Configuration applied: %s new, %s changed",
            len(seeded.added),
            len(seeded.changed),
            extra={"action": "configuration_applied"},
        )
    for kind, key in seeded.taken_out:
        logger.warning(
            "Paused, because the configuration no longer names it: %s %s",
            kind,
            key,
            extra={"action": "configuration_taken_out"},
        )


def readers(config: Config, feed: FeedSettings) -> list[str]:
    """Return the channels that read a feed: those without tags, and those that share a tag with it."""
    return [c.id for c in config.channels if not c.bound_to and (not c.tags or set(c.tags) & set(feed.tags))]


def _channels(config: Config) -> list[ChannelSeed]:
    return [
        ChannelSeed(
            id=c.id,
            name=c.name,
            lang=c.language or config.defaults.language,
            timezone=c.timezone or config.defaults.timezone,
            threshold=c.threshold,
            budget=c.budget,
            bound_to=c.bound_to,
        )
        for c in config.channels
    ]


def _feeds(config: Config) -> list[FeedSeed]:
    return [
        FeedSeed(
            url=f.url,
            name=f.name,
            owner=f.owner,
            lang=f.lang,
            every=f.every or config.poll.every,
            tags=f.tags,
            channels=tuple(readers(config, f)),
        )
        for f in config.feeds
    ]


def _subscriptions(config: Config) -> list[SubscriptionSeed]:
    return [
        SubscriptionSeed(
            channel=c.id,
            at=f"{c.digest.at:%H:%M}",
            days=c.digest.days,
            timezone=c.timezone or config.defaults.timezone,
            empty=c.digest.empty,
        )
        for c in config.channels
        if c.digest
    ]


def _watches(config: Config, known: Known) -> list[WatchSeed]:
    found: list[WatchSeed] = []
    for channel in config.channels:
        if channel.keywords:
            found.append(
                WatchSeed(
                    channel=channel.id,
                    name=KEYWORDS,
                    expression=expression_of(channel.keywords, known),
                    said=list_of(channel.keywords),
                    kind="keywords",
                )
            )
        found += [
            WatchSeed(
                channel=channel.id,
                name=rule.name,
                expression=rule.expression,
                kind="rule",
                alert=rule.alert,
                threshold=rule.threshold,
            )
            for rule in channel.rules
        ]
    return found
