"""How the page looks in a real Chromium: colours, a phone, and pictures for people to judge."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.messages import FactLine, Facts, Heading, Link, Message, Table, Text
from tests.browser.chromium import DESKTOP, PHONE, ask, fits, open_page
from tests.browser.sample_posts import CHANNEL

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_colours_follow_the_system_and_the_button_and_are_remembered(browser: Browser) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    async with open_page(browser, dark=True) as screen:
        page, button = screen.page, screen.page.get_by_role("button", name="Dark colours")
        assert await page.evaluate(background) == "rgb(21, 25, 30)"
        await expect(button).to_have_attribute("aria-pressed", "true")
        await button.click()
        assert await page.evaluate(background) == "rgb(255, 255, 255)"
        await page.reload()
        assert await page.evaluate(background) == "rgb(255, 255, 255)"
        await expect(button).to_have_attribute("aria-pressed", "false")


async def test_a_phone_needs_no_sideways_scrolling_and_folds_sentences(browser: Browser) -> None:
    async with open_page(browser, size=PHONE) as screen:
        page = screen.page
        await ask(page, "/watch why t7")
        await expect(page.get_by_role("cell", name="opened t7")).to_be_visible()
        await screen.preview.send(CHANNEL, _long_words(), key="long")
        await expect(page.get_by_role("article", name="Notice at 09:30")).to_be_visible()
        assert await fits(page)
        sentence = page.get_by_text("The first six aircraft").first
        await expect(sentence).to_be_hidden()
        await page.locator(".fact summary").nth(3).click()
        await expect(sentence).to_be_visible()


def _long_words() -> Message:
    word = "Sondersicherheitsbeschaffungs" * 12
    fact = FactLine(label=word, value=word, sentence=word, mention="", source=Link(text=word, url=""))
    table = Table(header=(word, "b"), rows=((word, "c"),))
    blocks = (Heading(text=word), Text(text=word), Facts(lines=(fact,)), table)
    return Message(kind="notice", notice="long words", blocks=blocks)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_screenshots_are_made_for_people_to_look_at(
    browser: Browser, tmp_path: Path, size: tuple[int, int], *, dark: bool
) -> None:
    folder = Path(os.environ.get("VEDETTE_SCREENSHOTS") or tmp_path)  # Playwright makes it
    name = f"{'dark' if dark else 'light'}-{'phone' if size == PHONE else 'desktop'}"
    async with open_page(browser, size=size, dark=dark) as screen:
        page = screen.page
        await expect(page.get_by_role("status")).to_have_text("Live")
        await page.get_by_role("article", name="Urgent alert").evaluate("part => part.scrollIntoView()")
        await page.screenshot(path=folder / f"{name}-alert.png")
        await ask(page, "/watch why t7")
        await expect(page.get_by_role("cell", name="opened t7")).to_be_in_viewport()
        await page.screenshot(path=folder / f"{name}-why.png")
        await page.set_viewport_size({"width": size[0], "height": 2700})
        assert len(await page.screenshot(path=folder / f"{name}-whole.png")) > 20_000  # bytes
        assert await fits(page)
