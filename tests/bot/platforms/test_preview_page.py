"""How posts and answers reach a browser, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp
import pytest
from yarl import URL

from bot.errors import ConfigError
from bot.messages import Heading, Message, Text
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.page import MAX_BODY, serve_page
from bot.platforms.preview.page_events import MAX_TABS
from tests.bot.platforms.page_door import START, TOKEN, make_page
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from tests.bot.platforms.page_door import Door


def alert(words: str) -> Message:
    return Message(kind="alert", notice=words, blocks=(Heading(text=words),), thread="t7")


async def test_the_page_itself_holds_no_script_and_no_style(door: Door) -> None:
    await door.preview.send("#news", alert("x"), key="k1")
    async with door.reader.get(door.origin + "/") as response:
        text = await response.text()
    assert text.count("<script") == 1
    assert '<script src="/assets/page.js"></script>' in text
    assert "<style" not in text
    assert " style=" not in text
    assert TOKEN not in text


async def test_posts_stand_under_their_local_day(door: Door) -> None:
    await door.preview.send("#news", alert("Drones ordered"), key="k1")
    async with door.reader.get(door.origin + "/") as response:
        text = await response.text()
    assert "Wednesday, 20 August 2025" in text  # 22:30 UTC is the next day in Istanbul
    assert ">01:30</time>" in text
    assert "Drones ordered" in text


async def test_a_command_is_answered_as_a_page_where_there_are_no_scripts(door: Door) -> None:
    await door.preview.send("#news", alert("Drones ordered"), key="k1")
    response = await door.ask("/watch <i>")
    text = await response.text()
    assert response.content_type == "text/html"
    assert "echo /watch &lt;i&gt;" in text
    assert "Only visible to you" in text
    assert "Drones ordered" in text
    async with door.reader.get(door.origin + "/") as later:
        assert "echo" not in await later.text()


async def test_the_script_gets_the_answer_alone(door: Door) -> None:
    response = await door.ask("/watch help", Accept="application/json")
    html = (await response.json())["html"]
    assert "echo /watch help" in html
    assert "<html" not in html


async def test_a_slow_answer_is_given_up_in_words(door: Door) -> None:
    response = await door.ask("/watch slow", Accept="application/json")
    assert "took too long and was given up" in (await response.json())["html"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"command=" + b"x" * MAX_BODY, 413, id="too large"),
        pytest.param(b"command=+", 400, id="spaces"),
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"other=1", 400, id="another field"),
        pytest.param(b"command=" + b"x" * (MAX_BODY - 100), 200, id="long and allowed"),
        pytest.param(b"command=%ff%fe%00", 200, id="bytes that are no text"),
    ],
)
async def test_bodies_are_bounded(door: Door, body: bytes, status: int) -> None:
    headers = {"Origin": door.origin, "Content-Type": "application/x-www-form-urlencoded"}
    async with door.reader.post(f"{door.origin}/answer", data=body, headers=headers) as response:
        assert response.status == status


async def test_an_uploaded_file_is_not_a_command(door: Door) -> None:
    form = aiohttp.FormData()
    form.add_field("command", b"x", filename="a.txt")
    async with door.reader.post(
        f"{door.origin}/answer", data=form, headers={"Origin": door.origin}
    ) as response:
        assert response.status == 400


async def next_post(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Return the data of the next event of a stream."""
    while True:
        line = await asyncio.wait_for(response.content.readline(), 10)
        assert line, "the stream ended"
        if line.startswith(b"data: "):
            data: dict[str, str] = json.loads(line[6:])
            return data


async def test_an_open_tab_gets_what_it_missed_and_what_comes(door: Door) -> None:
    ids = [(await door.preview.send("#news", alert(f"n{i}"), key=f"k{i}")).id for i in range(3)]
    async with door.reader.get(f"{door.origin}/events?after={ids[0]}") as stream:
        assert [(await next_post(stream))["id"] for _ in range(2)] == ids[1:]
        newest = (await door.preview.send("#news", alert("<live>"), key="k9")).id
        post = await next_post(stream)
    assert post["id"] == newest
    assert "&lt;live&gt;" in post["html"]
    assert post["day"] == "2025-08-20"


async def test_a_reconnecting_tab_says_what_it_had_last(door: Door) -> None:
    ids = [(await door.preview.send("#news", alert(f"n{i}"), key=f"k{i}")).id for i in range(3)]
    headers = {"Last-Event-ID": ids[1]}
    async with door.reader.get(f"{door.origin}/events?after={ids[0]}", headers=headers) as stream:
        assert (await next_post(stream))["id"] == ids[2]


async def test_an_update_names_the_post_it_stands_beneath(door: Door) -> None:
    card = await door.preview.send("#news", alert("card"), key="k1")
    async with door.reader.get(f"{door.origin}/events?after={card.id}") as stream:
        update = Message(kind="update", notice="more", blocks=(Text(text="more"),), thread="t7")
        await door.preview.send("#news", update, key="k2")
        post = await next_post(stream)
    assert post["parent"] == card.id
    assert 'class="reply"' in post["html"]


async def test_tabs_are_bounded_and_closing_one_makes_room(door: Door) -> None:
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(door.reader.get(door.origin + "/events")) for _ in range(MAX_TABS)
        ]
        async with door.reader.get(door.origin + "/events") as refused:
            assert refused.status == 503
        tabs[0].close()
        await asyncio.wait_for(_until_gone(door), 10)


async def _until_gone(door: Door) -> None:
    """Post until the page notices the closed tab, which it does when it writes."""
    for number in range(1000):
        await door.preview.send("#news", alert("x"), key=f"k{number}")
        async with door.reader.get(door.origin + "/events") as response:
            if response.status == 200:
                return


async def test_stopping_ends_open_tabs_at_once() -> None:
    preview = Preview(clock=SteppedClock(START))
    app = make_page(preview)
    async with (
        AsyncExitStack() as stack,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as tab,
    ):
        link = await stack.enter_async_context(serve_page(app, "127.0.0.1", 0))
        async with tab.get(link):
            pass
        async with tab.get(str(URL(link).origin()) + "/events") as stream:
            assert await stream.content.readline() == b"retry: 2000\n"
            async with asyncio.timeout(1.5):  # half of it would be spent waiting for a tab that stays
                await stack.aclose()


async def test_a_taken_port_is_named() -> None:
    async with serve_page(make_page(Preview(clock=SteppedClock(START))), "127.0.0.1", 0) as link:
        port = URL(link).port or 0
        with pytest.raises(ConfigError, match=rf"127.0.0.1:{port} cannot.*another port under \[page\]"):
            async with serve_page(make_page(Preview(clock=SteppedClock(START))), "127.0.0.1", port):
                pass
