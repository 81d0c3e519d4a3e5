"""What channels are told of promises: beneath the card, on their own morning, in the digest, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences
from bot.announcing.digests import announce_digests, gather
from bot.announcing.promises import GRACE, follow
from bot.messages import Facts, Links, Text
from bot.messages_json import from_json
from bot.wording.digest import compose
from bot.wording.promised import head, outcome, rows
from tests.contracts.store.store_builders import MAIN, make_letter, save_story
from tests.contracts.store.test_store_promises import FRIGATE, KEPT, MOVED, entries, new
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.rows_promises import Ruling, Tracked
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.messages import Message
    from watchers.store.store import Store
    from watchers.types import Entry
    from watchers.types.claims import Claim

TOKYO = "slack:C2"
DUE = FRIGATE.due
START = datetime(2027, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppedClock:
    """Begin in the month in which the promise is due."""
    return SteppedClock(START)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    """Open a store with a channel in London and one in Tokyo that have the card of a story with a promise."""
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        feed = await opened.feeds.add(
            "https://harbour.example/feed", name="Harbour", every=timedelta(minutes=15)
        )
        for name, zone, lang in ((MAIN, "Europe/London", "en"), (TOKYO, "Asia/Tokyo", "ja")):
            await opened.channels.save(Channel(id=name, name="Desk", timezone=zone, lang=lang))
            await opened.channels.follow(name, feed.number)
        story = await save_story(opened, "alpha")
        for name in (MAIN, TOKYO):
            card = await opened.outbox.enqueue(make_letter(f"{name}/t1/card", channel=name, story=1))
            assert card is not None
            await opened.announcements.note_card(1, name, outbox=card)
        await opened.promises.open(new(entries(story)[0]), at=START)
        yield opened


async def nothing(_entries: Sequence[Entry]) -> tuple[tuple[Claim, ...], ...]:
    return ()


async def told(store: Store, channel: str = MAIN) -> list[tuple[str, Message]]:
    """Return the key and message of what waits for a channel besides its card."""
    posts = await store.outbox.posts_of(1)
    return [
        (post.key, from_json(post.payload))
        for post in posts
        if post.channel == channel and not post.key.endswith("/card")
    ]


def words(message: Message) -> str:
    return "\n".join(
        block.text if isinstance(block, Text) else f"{block.label}: {block.links[0].text}"
        for block in message.blocks
        if isinstance(block, Text | Links)
    )


async def test_silence_is_told_once_on_each_channels_own_morning(store: Store, clock: SteppedClock) -> None:
    day = datetime(DUE.year, DUE.month, DUE.day, tzinfo=UTC) + GRACE + timedelta(days=1)
    mornings = {TOKYO: day - timedelta(hours=1), MAIN: day + timedelta(hours=8)}
    for channel, morning in mornings.items():
        clock.move_to(morning - timedelta(minutes=1))
        await follow(store, nothing, clock=clock)
        assert await told(store, channel) == []
        clock.move_to(morning)
        for _ in range(2):
            await follow(store, nothing, clock=clock)
        ((key, _),) = await told(store, channel)
        assert key == f"{channel}/p1/silent"
    assert await store.promises.unspoken(("silent",)) == ()
    ((_, message),) = await told(store)
    assert words(message) == (
        "No word: was due 31 Dec 2027; nothing reported since\n"
        "Halvorsen Marine will deliver the first frigate in 2027.\n"
        "Said 19 Aug 2025: Harbour Post (a1)\n"
        "p1 · t1"
    )
    assert (message.thread, message.kind) == ("t1", "update")
    (reply,) = [post for post in await store.outbox.posts_of(1) if post.key == f"{MAIN}/p1/silent"]
    card = await store.announcements.card(1, MAIN)
    assert card is not None
    assert reply.parent == card.outbox


async def test_what_is_kept_before_the_morning_is_never_told_as_silent(
    store: Store, clock: SteppedClock
) -> None:
    clock.move_to(datetime(2028, 1, 4, 2, tzinfo=UTC))
    await follow(store, nothing, clock=clock)
    assert [key for key, _ in await told(store, TOKYO)] == [f"{TOKYO}/p1/silent"]
    await store.promises.rule(1, replace(KEPT, day=date(2028, 1, 3)), entry=1, at=clock.now())
    clock.move_to(datetime(2028, 1, 4, 12, tzinfo=UTC))
    await follow(store, nothing, clock=clock)
    assert await told(store) == []


async def test_a_mute_keeps_it_quiet_and_notes_that_it_did(store: Store, clock: SteppedClock) -> None:
    mute = await store.mutes.add(MAIN, kind="story", target="1", until=None)
    clock.move_to(datetime(2028, 1, 5, tzinfo=UTC))
    await follow(store, nothing, clock=clock)
    assert await told(store) == []
    assert [held.story for held in await store.mutes.held(mute.number)] == [1]
    assert len(await told(store, TOKYO)) == 1


@pytest.mark.parametrize("why", ["dropped", "taken back", "given up"])
async def test_nothing_is_told_of_what_was(store: Store, clock: SteppedClock, why: str) -> None:
    if why == "dropped":
        await store.promises.drop(1, at=START)
    elif why == "taken back":
        await store.retractions.add(1, by="u", reason="", at=START)
    else:
        now = clock.now()
        items = await store.outbox.lease(5, now=now, until=now + timedelta(minutes=1))
        for item in items:
            await store.outbox.dead(item, error="the channel is gone")
    clock.move_to(datetime(2028, 1, 5, tzinfo=UTC))
    await follow(store, nothing, clock=clock)
    assert await told(store) == []
    assert [one.number for one in await store.promises.unspoken(("silent",))] == []


async def test_followers_are_pinged_beneath_the_card(store: Store, clock: SteppedClock) -> None:
    await store.followers.follow(1, TOKYO, "slack:U7")
    clock.move_to(datetime(2028, 1, 5, tzinfo=UTC))
    await follow(store, nothing, clock=clock)
    ((_, there),), ((_, here),) = await told(store, TOKYO), await told(store)
    assert (there.mentions, here.mentions) == (("user:U7",), ())


async def test_the_digest_names_five_that_are_due_this_month_and_how_to_see_the_rest(
    store: Store, clock: SteppedClock
) -> None:
    for n in range(2, 8):
        (entry,) = entries(await save_story(store, f"e{n}"))
        await store.promises.open(new(entry, replace(FRIGATE, due=DUE - timedelta(days=n))), at=START)
        await store.ledgers.note_digest(MAIN, [n], at=START)
    (entry,) = entries(await save_story(store, "elsewhere"))
    await store.promises.open(new(entry, replace(FRIGATE, due=DUE)), at=START)
    (audience, _) = sorted(await audiences(store, now=clock.now()), key=lambda one: one.channel)
    content = await gather(audience, START, START, store, of=START.date())
    message = compose(content)
    (facts,) = [block for block in message.blocks if isinstance(block, Facts)]
    assert [line.label for line in facts.lines] == [f"{31 - n} Dec 2027" for n in range(7, 2, -1)]
    assert "p7 · t7" in facts.lines[0].value
    assert "2 more: /watch promises due:30d" in words(message)
    later = await gather(audience, START, START, store, of=date(2028, 1, 1))
    assert later.due == ()


async def test_what_became_of_a_digests_story_is_told_in_the_next_digest_once(
    store: Store, clock: SteppedClock
) -> None:
    (entry,) = entries(await save_story(store, "bravo"))
    await store.promises.open(new(entry), at=START)
    await store.promises.drop(1, at=START)
    await store.ledgers.note_digest(MAIN, [2], at=START)
    schedule = await store.subscriptions.add(
        MAIN, name="digest", at="08:00", days="daily", timezone="UTC", empty="skip"
    )
    await store.subscriptions.schedule(schedule.number, next_run_at=datetime(2027, 12, 3, 8, tzinfo=UTC))
    await store.promises.rule(
        2, replace(MOVED, day=date(2027, 12, 2)), entry=entry, at=datetime(2027, 12, 2, 12, tzinfo=UTC)
    )
    sent: list[str] = []
    for day in (3, 4):
        clock.move_to(datetime(2027, 12, day, 8, tzinfo=UTC))
        await announce_digests(store, clock=clock, fits=lambda _channel, _message: True)
        now = clock.now()
        while items := await store.outbox.lease(9, now=now, until=now + timedelta(minutes=1)):
            for item in items:
                await store.outbox.delivered(item, at=now, receipt="r")
            sent += [words(from_json(item.payload)) for item in items if "/d1/" in item.key]
    (text,) = [text for text in sent if "Moved:" in text]
    assert "What became of promises" in text
    assert "Moved: was due 31 Dec 2027, now 31 Dec 2029" in text
    assert "It will not arrive before 2029." in text


def one(state: str, **more: object) -> Tracked:
    made = Tracked(
        number=12,
        promise=FRIGATE,
        called=(("Halvorsen Marine", ""),),
        entry=8,
        link="https://harbour.example/a",
        story=3,
        until=DUE,
        state=state,  # type: ignore[arg-type]  # one of the table's
    )
    return replace(made, **more)  # type: ignore[arg-type]


RULING = Ruling(
    entry=9, feed=1, link="https://coast.example/b", sentence=MOVED.sentence, source="Coast Post",
    day=date(2027, 6, 1), new_due=date(2029, 12, 31),
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "lang", "said"),
    [
        ("kept", "en", "Kept: was due 31 Dec 2027, reported 1 Jun 2027"),
        ("slipped", "en", "Moved: was due 31 Dec 2027, now 31 Dec 2029"),
        ("silent", "en", "No word: was due 31 Dec 2027; nothing reported since"),
        ("kept", "tr", "Yerine geldi: tarihi 31 Ara 2027 idi, 1 Haz 2027 tarihinde bildirildi"),
        ("slipped", "tr", "Ertelendi: tarihi 31 Ara 2027 idi, şimdi 31 Ara 2029"),
        ("silent", "tr", "Haber yok: tarihi 31 Ara 2027 idi; o günden beri bir haber yok"),
        ("kept", "ja", "履行：期限は2027年12月31日、2027年6月1日に報道"),
        ("slipped", "ja", "延期：期限は2027年12月31日、現在は2029年12月31日"),
        ("silent", "ja", "続報なし：期限は2027年12月31日、その後の報道なし"),
    ],
)
def test_it_is_said_soberly_in_three_languages(state: str, lang: str, said: str) -> None:
    ruling = None if state == "silent" else RULING
    assert head(one(state, ruling=ruling), lang) == said


def test_both_sentences_stand_there_with_their_sources_and_dates() -> None:
    message = outcome(one("slipped", ruling=RULING), "en")
    assert words(message) == (
        "Moved: was due 31 Dec 2027, now 31 Dec 2029\n"
        "Halvorsen Marine will deliver the first frigate in 2027.\n"
        "Said 19 Aug 2025: Harbour Post (a8)\n"
        "It will not arrive before 2029.\n"
        "Reported 1 Jun 2027: Coast Post (a9)\n"
        "p12 · t3"
    )
    assert [b.links[0].url for b in message.blocks if isinstance(b, Links)] == [
        "https://harbour.example/a",
        "https://coast.example/b",
    ]


def test_a_row_of_the_list_says_who_what_due_source_story_state_and_what_decided() -> None:
    first, second = rows(one("slipped", ruling=RULING, later=14), "en")
    assert (first.label, first.value) == (
        "p12 · 31 Dec 2027 · moved",
        "Halvorsen Marine · delivery · “in 2027” · t3",
    )
    assert (first.sentence, first.mention) == (FRIGATE.sentence, "in 2027")
    assert first.source.text == "Harbour Post (a8), 19 Aug 2025"
    assert (second.label, second.value, second.sentence) == (
        "moved",
        "now 31 Dec 2029 · p14",
        MOVED.sentence,
    )
