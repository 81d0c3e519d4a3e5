"""Sources that fail for one reason are told of together: while the line is down, all of them do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.commands.command_replies import rows, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.store.rows import Polled

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


async def fail(store: Store, *errors: str) -> None:
    """Add a source for each of some errors, in which "{}" stands for its host, and let it fail so."""
    for number, error in enumerate(errors):
        host = f"more{number}.example"
        feed = await store.feeds.add(f"https://{host}/feed", name=f"More {number}", every=MINUTE)
        await store.channels.follow(MAIN, feed.number)
        told = f"https://{host}/feed: {error.format(host)}"
        await store.feeds.record(
            Polled(feed=feed.number, at=NOON, next_poll_at=NOON + MINUTE, error=told, fault="unreachable")
        )


OFFLINE = "no host {} was found."


async def test_many_sources_without_a_host_are_one_row_and_one_line(ask: Ask, store: Store) -> None:
    await fail(store, *[OFFLINE] * 36, "{} took no connection (refused).")
    reply = await ask("status of:feeds")
    first, second, *others = rows(reply)
    assert first[0] == "s4, s5, s6 …"
    assert first[1] == "36 sources: More 0, More 1, More 2 …"
    assert first[4] == "no host was found; is this machine online? It is so since 19 Aug 12:00"
    assert second[1] == "More 36"
    assert [row[0] for row in others] == ["s1", "s2"]
    assert "39 sources, 37 failing" in reply.message.notice
    told = said(await ask("status"))
    assert "36 sources are failing, such as More 0, More 1, More 2: no host was found" in told
    assert told.count("no host") == 1


async def test_a_few_sources_are_told_one_by_one(ask: Ask, store: Store) -> None:
    await fail(store, *[OFFLINE] * 3)
    assert [row[0] for row in rows(await ask("status of:feeds"))] == ["s4", "s5", "s6", "s1", "s2"]


async def test_a_paused_source_stands_alone(ask: Ask, store: Store) -> None:
    await fail(store, *[OFFLINE] * 5)
    await ask("source pause s5")
    table = rows(await ask("status of:feeds"))
    assert table[0][1].startswith("4 sources: More 0, More 2, More 3")
    assert ("s5", "paused") in [(row[0], row[2]) for row in table]


async def test_the_digest_says_in_a_line_how_many_fail_of_what(ask: Ask, store: Store) -> None:
    await fail(store, *[OFFLINE] * 36)
    told = said(await ask("digest preview since:24h"))
    assert (
        "36 feeds failing, such as More 0, More 1, More 2 (36 out of reach): /watch status of:feeds" in told
    )
