"""The preview keeps posts in order, shows each once, and lets go of readers that cannot keep up."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.messages import Message, Text
from bot.platforms.preview.adapter import KEPT, Preview, Terminal
from bot.platforms.preview.posts import Posted, Thread, threads
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from bot.platforms.base import Platform

START = datetime(2025, 8, 19, 6, 0, tzinfo=UTC)


def say(words: str) -> Message:
    return Message(kind="notice", notice=words, blocks=(Text(text=words),))


def make_post(
    key: str, *, kind: str = "notice", thread: str = "", channel: str = "#news", minute: int = 0
) -> Posted:
    message = Message(
        kind="alert" if kind == "alert" else "update" if kind == "update" else "notice",
        notice=key,
        blocks=(),
        thread=thread,
    )
    return Posted(at=START + timedelta(minutes=minute), channel=channel, message=message, key=key)


async def test_a_message_sent_twice_with_one_key_is_posted_once() -> None:
    preview: Platform = Preview(clock=SteppedClock(START))
    first = await preview.send("#news", say("hello"), key="k1")
    again = await preview.send("#news", say("hello"), key="k1")
    other = await preview.send("#news", say("hello"), key="k2")
    assert first == again
    assert first.id != other.id
    assert isinstance(preview, Preview)
    assert [post.key for post in await preview.history(10)] == ["k1", "k2"]


async def test_stored_posts_come_first_and_are_not_sent_again() -> None:
    preview = Preview(clock=SteppedClock(START), stored=(make_post("k1"), make_post("k2")))
    await preview.send("#news", say("again"), key="k1")
    await preview.send("#news", say("new"), key="k3")
    assert [post.key for post in await preview.history(10)] == ["k1", "k2", "k3"]
    assert [post.key for post in await preview.history(2)] == ["k2", "k3"]
    assert await preview.history(0) == ()


async def test_memory_holds_the_newest_posts_and_still_knows_every_key() -> None:
    preview = Preview(clock=SteppedClock(START))
    for number in range(KEPT + 5):
        await preview.send("#news", say("x"), key=f"k{number}")
    await preview.send("#news", say("x"), key="k0")
    posts = await preview.history(KEPT * 2)
    assert (len(posts), posts[0].key, posts[-1].key) == (KEPT, "k5", f"k{KEPT + 4}")


async def test_subscribers_get_what_is_sent_while_they_listen() -> None:
    preview = Preview(clock=SteppedClock(START))
    await preview.send("#news", say("before"), key="k0")
    async with preview.subscribe() as one, preview.subscribe() as two:
        await preview.send("#news", say("now"), key="k1")
        assert ((await anext(one)).key, (await anext(two)).key) == ("k1", "k1")


async def test_a_cancelled_wait_loses_no_post() -> None:
    preview = Preview(clock=SteppedClock(START))
    async with preview.subscribe() as posts:
        waiting = asyncio.ensure_future(anext(posts))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await preview.send("#news", say("x"), key="k1")
        assert (await anext(posts)).key == "k1"


async def test_a_reader_far_behind_is_let_go_after_what_it_has() -> None:
    preview = Preview(clock=SteppedClock(START))
    async with preview.subscribe() as posts:
        for number in range(1000):
            await preview.send("#news", say("x"), key=f"k{number}")
        keys = [post.key async for post in posts]
    assert keys == [f"k{number}" for number in range(len(keys))]
    assert 0 < len(keys) < 1000


async def test_posts_are_printed_with_their_local_time() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream=stream, width=60, colour=False, zone=ZoneInfo("Europe/Istanbul"))
    preview = Preview(clock=SteppedClock(START), terminal=terminal)
    await preview.send("#news", say("hello"), key="k1")
    await preview.send("#news", say("hello"), key="k1")
    assert stream.getvalue() == f"── NOTICE  2025-08-19 09:00 #news {'─' * 26}\nhello\n\n"


async def test_a_stream_without_our_letters_gets_question_marks() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    preview = Preview(clock=SteppedClock(START), terminal=Terminal(stream=stream, width=60, colour=False))
    await preview.send("#news", say("Türkiye"), key="k1")
    assert b"T?rkiye" in raw.getvalue()


async def test_a_closed_pipe_costs_the_printing_and_not_the_post() -> None:
    class ClosedPipe(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    preview = Preview(
        clock=SteppedClock(START), terminal=Terminal(stream=ClosedPipe(), width=60, colour=False)
    )
    await preview.send("#news", say("one"), key="k1")
    await preview.send("#news", say("two"), key="k2")
    assert len(await preview.history(10)) == 2


def test_colour_needs_a_terminal_and_no_objection() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert Terminal.of(Screen(), {}).colour
    assert not Terminal.of(Screen(), {"NO_COLOR": "1"}).colour
    assert not Terminal.of(Screen(), {"TERM": "dumb"}).colour
    assert not Terminal.of(io.StringIO(), {}).colour


def test_updates_stand_beneath_their_alert_in_the_same_channel() -> None:
    card, other = make_post("card", kind="alert", thread="t7"), make_post("x", kind="alert", thread="t8")
    reply, late = make_post("r1", kind="update", thread="t7"), make_post("r2", kind="update", thread="t7")
    elsewhere = make_post("r3", kind="update", thread="t7", channel="#sea")
    assert threads((card, other, reply, elsewhere, late)) == (
        Thread(post=card, replies=(reply, late)),
        Thread(post=other),
        Thread(post=elsewhere),
    )


def test_an_update_without_its_alert_stands_alone_and_gathers_the_next() -> None:
    first, second = make_post("r1", kind="update", thread="t7"), make_post("r2", kind="update", thread="t7")
    assert threads((first, second)) == (Thread(post=first, replies=(second,)),)


def test_any_key_gives_a_name_fit_for_html() -> None:
    names = {make_post(key).id for key in ("a b", '"><', "日本", "\ud800", "")}
    assert len(names) == 5
    assert all(name.startswith("p-") and name[2:].isalnum() for name in names)
