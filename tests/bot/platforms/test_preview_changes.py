"""Posts that change or are taken back: on the preview, in open tabs and on the terminal."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from bot.messages import Heading, Message, Text
from bot.platforms.preview.adapter import Preview, Terminal
from bot.platforms.preview.posts import Posted, Thread, threads
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    import aiohttp

    from bot.platforms.base import Platform
    from tests.bot.platforms.page_door import Door

START = datetime(2025, 8, 19, 6, 0, tzinfo=UTC)


def say(
    words: str, *, kind: Literal["alert", "update", "digest", "notice"] = "alert", thread: str = ""
) -> Message:
    return Message(kind=kind, notice=words, blocks=(Heading(text=words),), thread=thread)


def post(
    key: str, *, parent: str = "", kind: Literal["alert", "update"] = "alert", thread: str = ""
) -> Posted:
    message = say(key, kind=kind, thread=thread)
    return Posted(at=START, channel="#news", message=message, key=key, parent=parent)


async def test_an_edited_post_keeps_its_place_and_says_when_it_changed() -> None:
    clock = SteppedClock(START)
    preview: Platform = Preview(clock=clock)
    first = await preview.send("#news", say("one"), key="k1")
    await preview.send("#news", say("two"), key="k2")
    await preview.edit("#news", first.id, say("one, corrected"))
    assert isinstance(preview, Preview)
    posts = await preview.history(10)
    assert [kept.message.notice for kept in posts] == ["one, corrected", "two"]
    assert [kept.edited for kept in posts] == [START, None]
    assert (posts[0].id, posts[0].at) == (first.id, START)


async def test_a_post_taken_back_leaves_its_place_and_no_words() -> None:
    preview = Preview(clock=SteppedClock(START))
    sent = await preview.send("#news", say("secret"), key="k1")
    await preview.delete("#news", sent.id)
    await preview.edit("#news", sent.id, say("back again"))
    await preview.send("#news", say("secret"), key="k1")
    (kept,) = await preview.history(10)
    assert kept.gone
    assert kept.message == Message(kind="alert", notice="", blocks=())


async def test_a_post_of_another_channel_or_none_is_left_alone() -> None:
    preview = Preview(clock=SteppedClock(START))
    sent = await preview.send("#news", say("one"), key="k1")
    async with preview.subscribe() as changes:
        await preview.edit("#sea", sent.id, say("two"))
        await preview.delete("#sea", sent.id)
        await preview.delete("#news", "p-none")
        await preview.edit("#news", sent.id, say("one"))  # the same words are no change
        await preview.send("#news", say("end"), key="k2")
        assert (await anext(changes)).message.notice == "end"
    assert not (await preview.history(10))[0].gone


async def test_a_page_has_room_for_every_message() -> None:
    assert Preview(clock=SteppedClock(START)).fits(say("x" * 100_000))


async def test_the_terminal_says_what_changed_and_what_is_gone() -> None:
    stream = io.StringIO()
    preview = Preview(clock=SteppedClock(START), terminal=Terminal(stream=stream, width=60, colour=False))
    sent = await preview.send("#news", say("one", kind="notice"), key="k1")
    stream.truncate(0)
    stream.seek(0)
    await preview.edit("#news", sent.id, say("two", kind="notice"))
    await preview.delete("#news", sent.id)
    rest = "─" * 26
    assert stream.getvalue() == (
        f"── EDITED  2025-08-19 06:00 #news {rest}\ntwo\n\n"
        f"── TAKEN BACK  2025-08-19 06:00 #news {rest[4:]}\ntwo\n\n"
    )


def test_a_post_stands_beneath_the_one_it_names() -> None:
    card, other = post("card"), post("other")
    reply = post("reply", parent=card.id)
    deeper = post("deeper", parent=reply.id)
    lost = post("lost", parent="p-none")
    assert threads((card, other, reply, deeper, lost)) == (
        Thread(post=card, replies=(reply, deeper)),
        Thread(post=other),
        Thread(post=lost),
    )


def test_the_named_parent_counts_for_more_than_the_story() -> None:
    old, new = post("old", thread="t7"), post("new", thread="t7")
    update = post("update", kind="update", thread="t7", parent=old.id)
    later = post("later", kind="update", thread="t7")
    assert threads((old, new, update, later)) == (
        Thread(post=old, replies=(update,)),
        Thread(post=new, replies=(later,)),
    )


async def next_event(stream: aiohttp.ClientResponse) -> tuple[str, str, dict[str, str]]:
    """Return an event's name, its number and its data."""
    name = number = ""
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), 10)).decode()
        assert line, "the stream ended"
        if line.startswith("event: "):
            name = line[7:].strip()
        if line.startswith("id: "):
            number = line[4:].strip()
        if line.startswith("data: "):
            data: dict[str, str] = json.loads(line[6:])
            return name, number, data


async def test_an_open_tab_is_told_of_changes(door: Door) -> None:
    sent = await door.preview.send("#news", say("one"), key="k1")
    async with door.reader.get(f"{door.origin}/events?after={sent.id}") as stream:
        await door.preview.edit("#news", sent.id, say("two"))
        name, number, data = await next_event(stream)
        assert (name, number, data["id"]) == ("edit", "", sent.id)
        assert "two" in data["html"]
        assert "(edited)" in data["html"]
        await door.preview.delete("#news", sent.id)
        name, number, data = await next_event(stream)
        assert (name, number, data["id"], data["html"]) == ("gone", "", sent.id, "")


async def test_a_tab_that_was_away_learns_what_changed_meanwhile(door: Door) -> None:
    ids = [(await door.preview.send("#news", say(f"n{i}"), key=f"k{i}")).id for i in range(4)]
    await door.preview.edit("#news", ids[0], say("changed"))
    await door.preview.delete("#news", ids[1])
    await door.preview.delete("#news", ids[3])  # it never saw this one
    await door.preview.send("#news", say("n4"), key="k4")
    async with door.reader.get(f"{door.origin}/events", headers={"Last-Event-ID": ids[2]}) as stream:
        events = [await next_event(stream) for _ in range(3)]
    assert [(name, data["id"]) for name, _, data in events[:2]] == [("edit", ids[0]), ("gone", ids[1])]
    assert events[2][0] == "post"
    assert "n4" in events[2][2]["html"]


async def test_a_thread_whose_first_post_is_gone_keeps_the_others(door: Door) -> None:
    card = await door.preview.send("#news", say("the card", thread="t7"), key="k1")
    reply = await door.preview.send(
        "#news", say("the answer", kind="notice", thread="t7"), key="k2", parent=card.id
    )
    await door.preview.delete("#news", card.id)
    page = await door.html("/")
    assert "This message was taken back." in page
    assert "the answer" in page
    assert "the card" not in page
    await door.preview.delete("#news", reply.id)
    page = await door.html("/")
    assert "taken back" not in page
    assert 'class="day"' not in page


async def test_an_edited_reply_is_a_reply_still(door: Door) -> None:
    card = await door.preview.send("#news", say("card", thread="t7"), key="k1")
    reply = await door.preview.send("#news", say("more", kind="update", thread="t7"), key="k2")
    async with door.reader.get(f"{door.origin}/events?after={reply.id}") as stream:
        await door.preview.edit(
            "#news", reply.id, Message(kind="update", notice="n", blocks=(Text(text="less"),), thread="t7")
        )
        name, _, data = await next_event(stream)
    assert (name, data["parent"]) == ("edit", card.id)
    assert 'class="reply"' in data["html"]
