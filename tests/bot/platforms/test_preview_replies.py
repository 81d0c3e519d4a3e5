"""What comes of what is asked on the page: who sees it, forms, files, charts, questions, looks."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.messages import Message
from bot.platforms.preview.kept import KEPT, Kept
from bot.platforms.preview.view import COOKIE, View
from tests.bot.platforms.page_door import CHART

if TYPE_CHECKING:
    from tests.bot.platforms.page_door import Door

LOOK = 'class="look {}"'.format


async def told(door: Door, command: str) -> str:
    response = await door.ask(command, Accept="application/json")
    html: str = (await response.json())["html"]
    return html


async def test_a_reply_says_who_sees_it(door: Door) -> None:
    assert "Only visible to you" in await told(door, "/watch help")
    assert "Everyone here sees this" in await told(door, "/watch pause")


async def test_a_refusal_is_seen_by_its_asker_alone_and_escaped(door: Door) -> None:
    html = await told(door, "/watch <b>")
    assert "Only visible to you" in html
    assert "Unknown command &#34;&lt;b&gt;&#34;." in html


async def test_a_form_becomes_its_command(door: Door) -> None:
    html = await told(door, "/watch setup")
    assert "Set &lt;this&gt; channel up" in html
    assert 'value="en">English' in html
    (path,) = re.findall(r'action="(/sheet/[^"]+)"', html)
    answers = {"keywords": "drone, frigate", "at": " ", "lang": "tr"}
    response = await door.post(path, answers, Accept="application/json")
    html = (await response.json())["html"]
    assert "echo setup keywords:&#34;drone, frigate&#34; lang:&#34;tr&#34;" in html


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        pytest.param({"keywords": "x", "threshold": "0"}, 400, id="a question it has not"),
        pytest.param({"keywords": "x", "lang": "de"}, 400, id="none of the choices"),
        pytest.param({"keywords": "x", "lang": ""}, 200, id="a choice left open"),
    ],
)
async def test_a_form_takes_answers_to_its_own_questions(
    door: Door, answers: dict[str, str], status: int
) -> None:
    (path,) = re.findall(r'action="(/sheet/[^"]+)"', await told(door, "/watch setup"))
    assert (await door.post(path, answers)).status == status


async def test_forms_and_files_of_another_day_are_gone(door: Door) -> None:
    assert (await door.post("/sheet/none", {"keywords": "x"})).status == 410
    async with door.reader.get(f"{door.origin}/file/none") as response:
        assert response.status == 410


async def test_a_file_is_saved_and_never_shown(door: Door) -> None:
    html = await told(door, "/watch export")
    (path,) = re.findall(r'href="(/file/[^"]+)"', html)
    async with door.reader.get(door.origin + path) as response:
        assert await response.read() == b"<b>,1\n"
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == (
            "attachment; filename=\"a_-_ .csv\"; filename*=UTF-8''a%22-%C3%BC%20.csv"
        )
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    async with door.guest.get(door.origin + path) as response:
        assert response.status == 403


async def test_only_the_newest_things_are_kept() -> None:
    kept: Kept[int] = Kept()
    names = [kept.keep(number) for number in range(KEPT + 1)]
    assert kept.get(names[0]) is None
    assert [kept.get(name) for name in names[1:]] == list(range(1, KEPT + 1))
    assert len(set(names)) == KEPT + 1


async def test_charts_of_posts_and_answers_are_pictures(door: Door) -> None:
    message = Message(kind="digest", notice="n", blocks=(CHART,))
    post = await door.preview.send("#news", message, key="k1")
    looks = (await (await door.ask("/watch status", Accept="application/json")).json())["looks"]
    (answer,) = re.findall(r'src="(/chart/[^"]+)"', looks["slack"])
    assert "<svg" in looks["plain"]
    for path in (f"/chart/{post.id}", f"/chart/{post.id}/0", answer):
        async with door.reader.get(door.origin + path) as picture:
            assert picture.content_type == "image/png"
            assert Image.open(io.BytesIO(await picture.read())).size[0] > 300
    for path in (f"/chart/{post.id}/1", "/chart/p-none"):
        async with door.reader.get(door.origin + path) as nothing:
            assert nothing.status == 404


async def test_without_scripts_a_question_comes_before_its_command(door: Door) -> None:
    response = await door.post("/confirm", {"command": "mute add t7", "question": "Mute <t7>?"})
    page = await response.text()
    assert "Mute &lt;t7&gt;?" in page
    assert '<button class="button primary" name="command" value="mute add t7">Yes, do it</button>' in page
    assert "echo" not in page


async def test_an_answer_comes_in_every_look(door: Door) -> None:
    response = await door.ask("/watch help", Accept="application/json")
    looks = (await response.json())["looks"]
    assert sorted(looks) == ["discord", "plain", "slack"]
    assert all(LOOK(f"{look}") in html and "echo /watch help" in html for look, html in looks.items())


async def test_the_look_is_said_by_the_address_and_remembered(door: Door) -> None:
    await door.preview.send("#news", Message(kind="alert", notice="one", blocks=()), key="k1")
    assert LOOK("plain") in await door.html("/")
    page = await door.html("/?look=slack&theme=dark")
    assert LOOK("slack") in page
    assert 'data-theme="dark"' in page
    page = await door.html("/?theme=light")
    assert LOOK("slack") in page  # as last time
    assert LOOK("slack") in await (await door.ask("/watch help")).text()
    async with door.reader.get(door.origin + "/events?look=discord") as stream:
        while not (line := await stream.content.readline()).startswith(b"data: "):
            assert line
        assert b"look discord" in line


@pytest.mark.parametrize(
    ("query", "remembered", "view"),
    [
        pytest.param({}, "", View(), id="nothing said"),
        pytest.param({"look": "slack"}, "", View(look="slack"), id="said"),
        pytest.param(
            {"look": "slack"}, "look=discord&width=phone", View(look="slack", width="phone"), id="both"
        ),
        pytest.param({"look": '"><script>'}, "theme=%22%3E", View(), id="no such words"),
    ],
)
def test_a_view_is_one_of_those_there_are(query: dict[str, str], remembered: str, view: View) -> None:
    assert View.of(query, remembered) == view
    assert View.of({}, view.query) == view


async def test_a_forged_cookie_changes_nothing(door: Door) -> None:
    door.reader.cookie_jar.update_cookies({COOKIE: "look=<b>&theme=&x=1"})
    assert 'data-look="plain" data-theme="system" data-width="desktop"' in await door.html("/")
