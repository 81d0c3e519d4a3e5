"""Pictures of each kind of post in each look, for people to judge; nothing on them may be unsupported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from playwright.async_api import expect

from bot.platforms.preview.looks import Look
from tests.browser.chromium import DESKTOP, PHONE, ask, fits, open_page, shot

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TYPED = {"search": "search Halcyon", "why": "why t7", "settings": "settings show", "status": "status"}
ROOM = 24  # pixels around a post, so that the picture shows what it stands in
TALL = 3_200  # pixels; every post is seen whole


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "dark"),
    [
        pytest.param(DESKTOP, False, id="light"),
        pytest.param(DESKTOP, True, id="dark"),
        pytest.param(PHONE, False, id="phone"),
    ],
)
@pytest.mark.parametrize("look", get_args(Look))
async def test_pictures_are_made_of_every_kind_of_post(
    browser: Browser, tmp_path: Path, look: Look, size: tuple[int, int], *, dark: bool
) -> None:
    folder = Path(os.environ.get("VEDETTE_PICTURES") or tmp_path)  # Playwright makes it
    name = f"{look}-{'phone' if size == PHONE else 'dark' if dark else 'light'}"
    async with open_page(browser, size=size, dark=dark, look=look) as screen:
        page = screen.page
        await expect(page.get_by_role("status")).to_have_text("Live")
        await shot(page, path=folder / f"{name}-page.png")
        await page.set_viewport_size({"width": size[0], "height": TALL})
        posts = {
            "alert": page.get_by_role("article", name="Urgent alert"),
            "alert-ja": page.get_by_role("article", name="Alert at 12:31"),
            "thread": page.get_by_role("article", name="Update at"),
            "digest": page.get_by_role("article", name="Digest at"),
        }
        for kind, post in posts.items():
            await _picture(page, post, folder / f"{name}-{kind}.png")
        for kind, command in TYPED.items():
            await ask(page, f"/watch {command}")
            answer = page.locator("article.answer").last
            await expect(answer.locator(".asked")).to_contain_text(command)
            await _picture(page, answer, folder / f"{name}-{kind}.png")
        await expect(page.locator(".unsupported")).to_have_count(0)
        await expect(page.locator(f".look.{look}")).to_have_count(len(posts) + len(TYPED))
        assert await fits(page)


async def _picture(page: Page, post: Locator, path: Path) -> None:
    # A chart is a picture of its own, which may come after its words.
    await page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    await post.scroll_into_view_if_needed()
    box = await post.bounding_box()
    assert box is not None
    left, top = max(0, box["x"] - ROOM), max(0, box["y"] - ROOM)
    width = min(box["width"] + 2 * ROOM, (page.viewport_size or {"width": 0})["width"] - left)
    picture = await shot(
        page, path=path, clip={"x": left, "y": top, "width": width, "height": box["height"] + 2 * ROOM}
    )
    assert len(picture) > 5_000  # bytes; an empty one has fewer
