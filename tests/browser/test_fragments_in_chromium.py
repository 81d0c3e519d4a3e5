"""Links to a sentence make Chromium scroll to that very sentence and mark it, on forty different pages."""

from __future__ import annotations

import io
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from PIL import Image

from bot.wording.fragments import text_fragment
from tests.browser.chromium import shot
from tests.browser.fragment_pages import page_html
from tests.browser.fragment_sentences import PAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MARKED = (255, 0, 200)  # the pages' colour for what a link marks
LEAST = 0.95  # of the pages; a browser's idea of a word is not ours in every sentence
MOST_OF = 0.3  # of a line's pixels have the background's colour, the rest are letters and their edges
RECTS = (
    "[...document.querySelector('.target').getClientRects()]"
    ".map(box => [box.left, box.top, box.right, box.bottom])"
)


@asynccontextmanager
async def serve_pages() -> AsyncIterator[str]:
    async def article(request: web.Request) -> web.Response:
        return web.Response(text=page_html(int(request.match_info["number"])), content_type="text/html")

    app = web.Application()
    app.router.add_get("/{number}", article)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def fault(page: Page, address: str) -> str:
    """Open an address and say what is wrong with what it marks, empty if nothing is."""
    await page.goto("about:blank")  # or only the fragment would change, which loads no page
    await page.goto(address, wait_until="load")
    await page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => done(true)))")
    if await page.evaluate("scrollY") == 0:
        return "not found"
    picture = Image.open(io.BytesIO(await shot(page))).convert("RGB")
    boxes = [tuple(map(round, rect)) for rect in await page.evaluate(RECTS)]
    for box in boxes:
        if box[1] < 0 or box[3] > picture.height:
            return "out of sight"
        if marked(picture.crop(box)) < MOST_OF:
            return "not all of it is marked"
    inside = sum(marked(picture.crop(box)) * (box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    total = marked(picture) * picture.width * picture.height
    return "more than it is marked" if total > inside * 1.1 else ""


def marked(picture: Image.Image) -> float:
    """Return the part of a picture that has the colour of a mark."""
    pixels = picture.width * picture.height
    counted = picture.getcolors(pixels) or []
    return sum(count for count, colour in counted if colour == MARKED) / max(1, pixels)


@pytest.mark.long
async def test_links_to_sentences_mark_them_on_nearly_every_page(browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1000, "height": 800})
    page = await context.new_page()
    faults = {}
    async with serve_pages() as origin:
        assert await fault(page, f"{origin}/0") == "not found"  # without a fragment nothing is
        for number, article in enumerate(PAGES):
            if wrong := await fault(page, f"{origin}/{number}{text_fragment(article.sentence)}"):
                faults[article.sentence] = wrong
    await context.close()
    print(f"{len(PAGES) - len(faults)} of {len(PAGES)} sentences marked; faults: {faults}")  # noqa: T201 - the figure
    assert len(faults) <= len(PAGES) * (1 - LEAST), faults
