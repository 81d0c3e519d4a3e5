"""How the page can be looked at in a real Chromium: as which platform, in which colours, how wide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.messages import FactLine, Facts, Heading, Link, Message, Table, Text
from tests.browser.chromium import PHONE, ask, fits, open_page
from tests.browser.sample_posts import ALERT, CHANNEL

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_colours_follow_the_system_until_one_is_chosen_and_are_remembered(browser: Browser) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    async with open_page(browser, dark=True) as screen:
        page, colours = screen.page, screen.page.get_by_role("group", name="Colours")
        assert await page.evaluate(background) == "rgb(21, 25, 30)"
        await expect(colours.get_by_role("button", name="System")).to_have_attribute("aria-pressed", "true")
        await colours.get_by_role("button", name="Light").click()
        await expect(colours.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
        assert await page.evaluate(background) == "rgb(255, 255, 255)"
        await expect(page).to_have_url(re.compile("theme=light"))
        await page.goto(page.url.partition("?")[0])
        assert await page.evaluate(background) == "rgb(255, 255, 255)"
        await expect(colours.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")


async def test_the_look_is_changed_by_keyboard_and_answers_change_with_it(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page, looks = screen.page, screen.page.get_by_role("group", name="Look")
        await ask(page, "/watch why t7")
        private = page.get_by_role("article", name="Answer: Why t7 is here")
        await expect(private.locator(".look.plain")).to_be_visible()
        await looks.get_by_role("button", name="Plain text").focus()
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Enter")
        await expect(looks.get_by_role("button", name="Discord")).to_have_attribute("aria-pressed", "true")
        await expect(page.locator(".look.plain")).to_have_count(0)
        await expect(private.locator(".look.discord .container")).to_be_visible()
        await screen.preview.send(CHANNEL, ALERT, key="later")
        await expect(page.locator(".look.discord")).to_have_count(6)  # also what comes after the change
        await looks.get_by_role("button", name="Slack").click()
        await expect(page.locator(".look.slack")).to_have_count(6)
        await page.reload()
        await expect(page.locator(".look.slack")).to_have_count(5)  # the answer was for this tab alone


async def test_the_looks_can_be_chosen_without_scripts(browser: Browser) -> None:
    async with open_page(browser, scripts=False) as screen:
        page = screen.page
        await page.get_by_role("button", name="Slack").click()
        await page.get_by_role("button", name="Dark").click()
        await ask(page, "/watch why t7")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(page.locator(".look.slack")).to_have_count(5)


async def test_a_phone_on_a_desktop_is_as_narrow_as_one(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        await page.get_by_role("button", name="Phone").click()
        box = await page.locator("#log").bounding_box()
        assert box is not None
        assert box["width"] <= 392
        await expect(page.get_by_text("Feeds failing: Inland Courier")).to_be_in_viewport()
        await expect(page.get_by_text("The first six aircraft").first).to_be_hidden()
        assert await fits(page)


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
