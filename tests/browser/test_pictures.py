"""The pictures of README and docs: made from the sample newsroom's day, small, and all of them shown."""

from __future__ import annotations

import io
import os
import re
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.async_api import expect

from bot.app import open_app
from bot.demo import END, LABEL, START, STEP, config_for
from bot.newsroom.server import serve
from bot.run import page_of
from tests.browser.chromium import ask, shot
from tests.browser.terminal import chosen, drawn
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
SHOWN = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes; a page with a dozen of them still opens at once
COLOURS = 160  # of a picture: text on flat ground has few, and its edges need some dozen shades
WIDTH, TALL = 860, 3_400  # pixels; every post is seen whole
ROOM = 14  # pixels around a post
HIGHEST = 900  # pixels; the rest of a long post is more of the same
CARD = "Valmora buys 12 Petrel patrol aircraft"
LOOK_ALIKE = "Greenholt growers approve drone procurement"


class Shot(NamedTuple):
    """A picture: what is asked first, if anything, in which look, and which post it shows."""

    name: str
    look: str
    post: str  # the beginning of its accessible name
    asked: str = ""


SHOTS = (
    Shot("alert", "plain", f"(Urgent a|A)lert at .*{CARD}"),
    Shot("update", "plain", "Update at .*Valmora"),
    Shot("digest", "plain", "Digest at "),
    Shot("why", "plain", "Answer: ", f'why "{LOOK_ALIKE}"'),
    Shot("search", "plain", "Answer: ", "search Petrel fact:amount>100m"),
    Shot("status", "plain", "Answer: ", "status"),
    Shot("slack-alert", "slack", f"(Urgent a|A)lert at .*{CARD}"),
    Shot("discord-digest", "discord", "Digest at "),
)


@asynccontextmanager
async def played(folder: Path) -> AsyncIterator[str]:
    """Play the newsroom's day to its digest, and give the address of a page with it."""
    clock = SteppedClock(START)
    async with serve(clock) as newsroom:
        config, path = config_for(newsroom), folder / "config.toml"
        async with open_app(config, path, clock=clock, terminal=None) as app:
            steps = int((END - START) / STEP) + 1
            for n in range(steps + 1):
                clock.move_to(min(START + n * STEP, END))
                for work in (app.poll, app.read, app.follow, app.digest, app.deliver):
                    await work()
            async with page_of(app, host="127.0.0.1", port=0, label=LABEL) as link:
                yield link


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the pictures go; `VEDETTE_PICTURES=docs/pictures` makes them anew."""
    found = Path(os.environ.get("VEDETTE_PICTURES") or tmp_path / "pictures")
    found.mkdir(parents=True, exist_ok=True)
    return found


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(600)  # a whole day is read with the model, on a machine that may run other tests beside
@pytest.mark.asyncio(loop_scope="session")
async def test_the_pictures_of_the_documentation_come_from_the_demo(
    browser: Browser, tmp_path: Path, folder: Path
) -> None:
    anew = "VEDETTE_PICTURES" in os.environ  # those in the other colours are for the documentation alone
    async with played(tmp_path) as link:
        for shot in SHOTS:
            own = shot.look == "discord"  # which is dark where nobody changed it
            for dark in (False, True) if anew and shot.look == "plain" else (own,):
                ending = "-dark" if dark and not own else ""
                await taken(browser, link, shot, dark=dark, path=folder / f"{shot.name}{ending}.png")


async def taken(browser: Browser, link: str, shot: Shot, *, dark: bool, path: Path) -> None:
    """Take a picture and keep it small."""
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": TALL},
        device_scale_factor=1.5,
        color_scheme="dark" if dark else "light",
        java_script_enabled=False,  # nothing moves while the picture is taken
    )
    page = await context.new_page()
    await page.goto(f"{link}&look={shot.look}")
    if shot.asked:
        await ask(page, f"/watch {shot.asked}")
    post = page.get_by_role("article", name=re.compile(f"^{shot.post}")).last
    await expect(post).to_be_visible(timeout=60_000)
    await expect(page.locator(".unsupported")).to_have_count(0)
    keep(await around(page, post), path)
    await context.close()


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with few colours, which makes it a third of the size."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    assert 5_000 < path.stat().st_size < LARGEST, path


async def around(page: Page, post: Locator) -> bytes:
    """Return a picture of a post and a little of what it stands in, without what stands beneath it."""
    await post.scroll_into_view_if_needed()
    box = await post.bounding_box()
    assert box is not None
    left, top = max(0, box["x"] - ROOM), max(0, box["y"] - ROOM)
    width = min(box["width"] + 2 * ROOM, WIDTH - left)
    height = min(box["height"] + 2 * ROOM, HIGHEST)
    return await shot(page, clip={"x": left, "y": top, "width": width, "height": height})


def test_every_picture_is_small_and_shown_somewhere() -> None:
    pages = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    )
    pictures = sorted(path for path in SHOWN.iterdir() if path.suffix in {".png", ".svg"})
    assert [path.name for path in pictures if path.stat().st_size >= LARGEST] == []
    assert [path.name for path in pictures if f"pictures/{path.name}" not in pages] == []
    named = set(re.findall(r"pictures/([\w.-]+)", pages))
    assert named == {path.name for path in pictures}


def test_the_terminals_picture_asks_nobody_and_shows_the_posts_that_were_chosen() -> None:
    printed = [
        "── ALERT t1 ──",
        "Valmora buys",
        "",
        "↳ 09:30  edited t1: Valmora buys",
        "",
        "── ALERT t2 ──",
        "Another",
        "↳ 09:30  edited t1: Valmora buys",
    ]
    lines = chosen("\n".join(printed))
    assert lines == ["$ ./run demo --once", "", *printed[:3]]
    for picture in (drawn(lines), (SHOWN / "demo.svg").read_text(encoding="utf-8")):
        assert ET.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own
        assert not re.search(r"@import|@font-face|href|url\((?!#)", picture)
