"""Which endpoints are sent text, named at the start and in `status`: hosts and what they get, never keys."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from bot.language_model.extraction import EXTRACTS
from bot.language_model.glosses import TRANSLATES
from bot.models import EMBEDS
from watchers.feeds.newssearch import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

# What is sent to the host that is kept under each name; who opens an endpoint notes and logs its host.
_KEPT: Final = (
    (TRANSLATES, "Headlines are sent for translation to"),
    (EMBEDS, "Titles and summaries are sent for vectors to"),
    (EXTRACTS, "Articles are sent for facts to"),
)
SEARCHED: Final = "The words of news searches are sent to"


async def endpoints(rooms: Rooms, *, channel: str | None = None) -> list[tuple[str, str]]:
    """Return what is sent and to which hosts; of searches those that a channel reads, None: any channel.

    Feeds and pages are asked for by their addresses alone, which hold no words of ours but in a search.
    """
    rows = [(what, host) for name, what in _KEPT if (host := await rooms.kept.get(name))]
    read = {link.url for link in await rooms.channels.feeds(channel) if link.active}
    providers = searched(sorted(read))
    return [*rows, (SEARCHED, ", ".join(providers))] if providers else rows


def searched(urls: Sequence[str]) -> tuple[str, ...]:
    """Return to whom the words of those addresses go that are news searches, each once."""
    told = [terms for url in urls if (terms := terms_of(url)) is not None and terms.words]
    return tuple(dict.fromkeys(terms.goes_to for terms in told))


async def name_endpoints(store: Store) -> None:
    """Log at the start what is sent where, and that nothing is if so."""
    rows = await endpoints(store)
    if not rows:
        logger.info("No text is sent to any endpoint", extra={"action": "endpoints"})
    for what, host in rows:
        if what == SEARCHED:  # the others say so themselves where they are opened
            logger.info("%s %s", what, host, extra={"action": "endpoints"})
