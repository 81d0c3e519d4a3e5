"""What is kept of a person can be removed, all of it, and nothing of anybody else."""

from __future__ import annotations

import asyncio
import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Text, insert, select, update

from tests.contracts.store.store_builders import MAIN, NOON, make_letter, save_story
from watchers.clock import SteppedClock
from watchers.store.columns import metadata
from watchers.store.connections import Room
from watchers.store.people import FORGOTTEN, MADE_BY, TYPED, Person
from watchers.store.rows import Channel
from watchers.store.schema import channel_feed, subscription
from watchers.store.schema_chat import setting
from watchers.store.schema_delivery import outbox
from watchers.store.store import open_store
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.store.store import Store

ADA = Person(id="slack:U0ADA42XY")
BOB = Person(id="slack:U0BOB77QQ")
DISCORD_ADA = Person(id="discord:184729103847561029")
HOUR = timedelta(hours=1)


class Scan(Room):
    """Reads and writes what no room of the store has a word for."""

    async def holding(self, words: str) -> set[str]:
        """Return every column of text, in every table, in which these words stand somewhere."""
        found = set()
        async with self._reading() as connection:
            for table in metadata.sorted_tables:
                texts = [
                    column
                    for column in table.columns
                    if isinstance(column.type, Text) or column.type.python_type is str
                ]
                for row in await connection.execute(select(*texts)) if texts else ():
                    found |= {
                        f"{table.name}.{column.name}"
                        for column, text in zip(texts, row, strict=True)
                        if words in (text or "")
                    }
        return found

    async def put(self, table: object, column: str, text: str) -> None:
        """Write a text into the first row of a table."""
        async with self._writing() as connection:
            key = next(iter(table.primary_key.columns))  # type: ignore[attr-defined]  # a Table
            first = await connection.scalar(select(key).order_by(key).limit(1))
            await connection.execute(
                update(table).where(key == first).values({column: text})  # type: ignore[arg-type]
            )

    async def keep(self, name: str, value: str) -> None:
        async with self._writing() as connection:
            await connection.execute(insert(setting).values(name=name, value=value))


def scan(store: Store) -> Scan:
    return Scan(store.kept._access)


async def fill(store: Store, person: Person, name: str) -> int:
    """Let somebody do everything that leaves a trace; return the number of a watch that calls them."""
    own = person.own
    if await store.channels.get(MAIN) is None:
        await store.channels.save(Channel(id=MAIN, name="Main"))
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=HOUR)
        await store.channels.follow(MAIN, 1)
        await store.subscriptions.add(MAIN, name="daily", at="08:00", days="daily", timezone="UTC")
    tag = own[-2:]
    story = (await save_story(store, f"brig {tag}", f"sloop {tag}")).number
    other = (await save_story(store, f"cutter {tag}")).number
    await store.votes.cast(MAIN, story, person.id, 1)
    await store.votes.cast(MAIN, other, person.id, -1)
    await store.followers.follow(story, MAIN, person.id)
    mute = await store.mutes.add(
        MAIN, kind="story", target=str(story), until=None, by=person.id, by_name=name
    )
    await store.mutes.hold(mute.number, story, NOON)
    watch = await store.watches.add(
        Watch(number=0, channel=MAIN, name=f"ships {own[-2:]}", expression="ship", mention=f"user:{own}")
    )
    await store.audits.note(
        MAIN, asker=person.id, asker_name=name, command=f"rule edit r{watch.number} mention:user:{own}",
        line=f"changed r{watch.number}", undo=f"rule edit r{watch.number} mention:user:{own}", at=NOON,
    )  # fmt: skip
    await store.exemplars.add(MAIN, title="Tug", text="A tug.", lang="en", by_name=name, note="mine")
    await store.hands.merge(story, other, by=person.id, by_name=name, at=NOON)
    await store.retractions.add(story, by=person.id, reason=f"<@{own}> saw a hoax", at=NOON)
    if await store.outbox.enqueue(make_letter(f"reply {tag}")) == 1:
        message = {"notice": f"News for <@{own}>", "mentions": [f"user:{own}", "user:U9"]}
        await scan(store).put(outbox, "payload", json.dumps({"version": 2, "message": message}))
    await store.asked.first(f"slack:pressed:1.2:{own}:3.4:abcdef", NOON)
    return watch.number


async def test_after_forgetting_no_column_of_any_table_holds_the_id(store: Store) -> None:
    await fill(store, ADA, "ada")
    assert len(await scan(store).holding(ADA.own)) >= 12
    kept = await store.people.forget(ADA)
    assert await scan(store).holding(ADA.own) == set()
    assert await scan(store).holding("ada") == set()
    assert (kept.votes, kept.follows, kept.mutes, kept.changes, kept.pings) == (2, 1, 1, 1, 1)
    assert (kept.makings, kept.messages, kept.askings) == (3, 1, 1)


async def test_what_others_did_stays_as_it_was(store: Store) -> None:
    await fill(store, ADA, "ada")
    theirs = await fill(store, BOB, "bob")
    before = await scan(store).holding(BOB.own)
    await store.people.forget(ADA)
    assert await scan(store).holding(BOB.own) == before
    tallies = [await store.votes.tally(MAIN, one) for one in range(1, 5)]
    assert sum(one.up + one.down for one in tallies) > 0
    (watch,) = [one for one in await store.watches.active() if one.number == theirs]
    assert watch.mention == f"user:{BOB.own}"
    assert [one.by_name for one in await store.mutes.listed(MAIN, NOON)] == ["bob"]
    changes = {one.asker: one.asker_name for one in await store.audits.listed(MAIN)}
    assert changes == {FORGOTTEN: "", BOB.id: "bob"}
    assert {one.by_name for one in await store.exemplars.listed(MAIN)} == {"", "bob"}


async def test_to_be_forgotten_twice_is_to_be_forgotten_once(store: Store) -> None:
    await fill(store, ADA, "ada")
    assert (await store.people.forget(ADA)).total > 0
    assert (await store.people.forget(ADA)).total == 0


async def test_what_would_be_removed_is_what_is_removed_and_asking_removes_nothing(store: Store) -> None:
    await fill(store, ADA, "ada")
    before = await scan(store).holding(ADA.own)
    promised = await store.people.kept(ADA)
    assert await scan(store).holding(ADA.own) == before
    assert promised == await store.people.forget(ADA)


async def test_people_of_discord_are_forgotten_by_their_number(store: Store) -> None:
    await fill(store, DISCORD_ADA, "ada#1")
    await store.people.forget(DISCORD_ADA)
    assert await scan(store).holding(DISCORD_ADA.own) == set()


async def test_an_id_that_only_begins_alike_is_left_alone(store: Store) -> None:
    longer = Person(id=f"{ADA.id}Z")
    await fill(store, longer, "ada the longer")
    assert (await store.people.forget(ADA)).total == 0
    assert await store.people.kept(longer) == await store.people.forget(longer)


async def test_a_name_that_was_only_ever_given_by_hand_is_removed_with_the_id(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="Main"))
    await store.exemplars.add(MAIN, title="Tug", text="A tug.", lang="en", by_name="Ada B")
    assert (await store.people.forget(ADA)).total == 0
    named = Person(id=ADA.id, names=frozenset({"Ada B"}))
    assert (await store.people.forget(named)).makings == 1


async def test_a_message_that_waits_calls_somebody_else_still(store: Store) -> None:
    await fill(store, ADA, "ada")
    await store.people.forget(ADA)
    (item,) = await store.outbox.lease(5, now=NOON, until=NOON + HOUR)
    assert json.loads(item.payload)["message"]["mentions"] == ["user:U9"]


async def test_a_vote_that_is_forgotten_teaches_no_more(store: Store) -> None:
    await fill(store, ADA, "ada")
    assert MAIN in await store.votes.standing()
    await store.people.forget(ADA)
    assert MAIN not in await store.votes.standing()
    assert await store.votes.voted(MAIN) == ()


async def _forget_and_fail(store: Store) -> None:
    async with store.transaction() as rooms:
        await rooms.people.forget(ADA)
        raise RuntimeError("midway")


async def test_a_transaction_that_fails_forgets_nobody(store: Store) -> None:
    await fill(store, ADA, "ada")
    before = await store.people.kept(ADA)
    with pytest.raises(RuntimeError, match="midway"):
        await _forget_and_fail(store)
    assert await store.people.kept(ADA) == before


async def _typed_and_forgotten(path: Path, place: int, before: str, after: str) -> set[str]:
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as store:
        table, column = TYPED[place]
        if table is setting:
            await scan(store).keep("offer", "")
        await scan(store).put(table, column, f"{before}{ADA.own}{after}")
        assert await scan(store).holding(ADA.own)
        await store.people.forget(ADA)
        return await scan(store).holding(ADA.own)


@pytest.fixture(scope="module")
def with_bob(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Make a database with what somebody else did, once: it takes longer than all that is tried on copies."""
    path = tmp_path_factory.mktemp("people") / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())

    async def filled() -> None:
        async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as store:
            await fill(store, BOB, "bob")

    asyncio.run(filled())
    return path


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, len(TYPED) - 1),
    before=st.sampled_from(
        ["", "<@", "<@!", "@", "user:", "slack:", "seen by ", "“", "ü", "日本", '{"a": "']
    ),
    after=st.sampled_from(["", ">", "|ada>", " and others", ":", "”", "ü", "さん", '"}']),
)
def test_an_id_in_any_words_that_people_typed_is_removed(
    with_bob: Path, place: int, before: str, after: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vedette.sqlite3"
        path.write_bytes(with_bob.read_bytes())
        assert asyncio.run(_typed_and_forgotten(path, place, before, after)) == set()


def test_every_column_with_a_person_is_known() -> None:
    named = {(table.name, by) for table, by, _ in MADE_BY} | {
        (table.name, name) for table, _, name in MADE_BY
    }
    named |= {("vote", "asker"), ("follower", "asker"), ("mute", "by"), ("mute", "by_name")}
    named |= {("exemplar", "by_name")}
    found = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in {"asker", "asker_name", "by", "by_name"}
    }
    assert found == {one for one in named if one[1]}
    assert {channel_feed, subscription} <= {table for table, _ in TYPED}
