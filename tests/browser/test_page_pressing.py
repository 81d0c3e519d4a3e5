"""Buttons, questions, forms, files and changes in a real Chromium, as a person uses them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.messages import Heading, Message
from bot.platforms.preview.looks import LOOKS, Look
from tests.browser.chromium import PHONE, ask, fits, open_page
from tests.browser.sample_posts import ALERT, CHANNEL

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("look", LOOKS)
async def test_a_pressed_button_is_answered_beneath_its_message(browser: Browser, look: Look) -> None:
    async with open_page(browser, look=look) as screen:
        page = screen.page
        card = page.get_by_role("article", name="Urgent alert at 09:14")
        await card.get_by_role("button", name="Why?").click()
        answer = page.get_by_role("article", name="Answer: Why t7 is here")
        await expect(answer.get_by_text("opened t7")).to_be_in_viewport()
        assert await card.evaluate("card => card.nextElementSibling.matches('.answer')")
        await answer.get_by_role("button", name="Share").click()
        shared = page.locator(".answer.shared")
        await expect(shared.get_by_text("Everyone here sees this")).to_be_visible()
        await expect(page.locator(".unsupported")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
async def test_a_button_with_a_question_asks_it_first(browser: Browser, look: Look) -> None:
    async with open_page(browser, look=look) as screen:
        page = screen.page
        mute = page.get_by_role("article", name="Urgent alert").get_by_role("button", name="Mute")
        await mute.click()
        dialog = page.get_by_role("dialog", name="Mute: t7, 24 h?")
        await dialog.get_by_role("button", name="Cancel").click()
        await expect(dialog).to_have_count(0)
        await mute.click()
        await page.keyboard.press("Escape")
        await expect(page.locator(".answer")).to_have_count(0)
        await mute.click()
        await dialog.get_by_role("button", name="Yes, do it").click()
        await expect(page.get_by_text("Orla Venn muted t7 for a day.")).to_be_in_viewport()
        await expect(page.locator(".answer")).to_have_count(1)


async def test_a_form_is_filled_in_and_sent(browser: Browser) -> None:
    async with open_page(browser, size=PHONE) as screen:
        page = screen.page
        await ask(page, "/watch setup")
        form = page.get_by_role("form", name="Set this channel up")
        await expect(form.get_by_role("textbox", name="Words to watch for")).to_have_value(
            "drone procurement, frigate"
        )
        assert await fits(page)
        await form.get_by_role("combobox", name="Language").select_option("日本語")
        await form.get_by_role("textbox", name="Words to watch for").fill("")
        await form.get_by_role("button", name="Save").click()
        await expect(page.locator(".answer")).to_have_count(1)  # the browser asks for what is required
        await form.get_by_role("textbox", name="Words to watch for").fill("frigate")
        await form.get_by_role("button", name="Save").click()
        sent = page.get_by_text('Set up with keywords:"frigate" lang:"ja"')
        await expect(sent).to_be_in_viewport()


async def test_a_file_is_downloaded_under_its_name(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        await ask(page, "/watch export facts")
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name="facts-2025-08-20.csv").click()
        download = await waiting.value
        assert download.suggested_filename == "facts-2025-08-20.csv"
        body = Path(await download.path()).read_bytes()  # noqa: ASYNC240 - a file of a few bytes
        assert body == "story,fact\nt7,€310 million\n".encode()


@pytest.mark.parametrize("look", LOOKS)
async def test_a_post_changes_and_goes_while_the_page_is_open(browser: Browser, look: Look) -> None:
    async with open_page(browser, look=look) as screen:
        page, preview = screen.page, screen.preview
        await expect(page.get_by_role("status")).to_have_text("Live")
        first = await preview.send(CHANNEL, headed("First words"), key="first")
        await expect(page.get_by_text("First words")).to_be_visible()
        await preview.edit(CHANNEL, first.id, headed("Better words"))
        changed = page.get_by_role("article", name="Alert at 09:30: Better words")
        await expect(changed.get_by_text("(edited)")).to_be_visible()
        await expect(page.get_by_text("First words")).to_have_count(0)
        await preview.delete(CHANNEL, first.id)
        await expect(changed).to_have_count(0)


async def test_a_card_that_is_taken_back_leaves_its_updates(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page, preview = screen.page, screen.preview
        await expect(page.get_by_role("status")).to_have_text("Live")
        card = page.get_by_role("article", name="Urgent alert at 09:14")
        post = await card.get_attribute("id")
        await preview.delete(CHANNEL, post or "")
        gone = page.get_by_text("This message was taken back.")
        await expect(gone).to_have_count(1)
        await expect(page.get_by_role("article", name="Update at 10:06")).to_be_visible()
        await expect(page.get_by_text(ALERT.notice)).to_have_count(0)


def headed(words: str) -> Message:
    return Message(kind="alert", notice=words, blocks=(Heading(text=words),))


async def test_buttons_questions_and_forms_work_without_scripts(browser: Browser) -> None:
    async with open_page(browser, scripts=False, look="slack") as screen:
        page = screen.page
        card = page.get_by_role("article", name="Urgent alert at 09:14")
        await card.get_by_role("button", name="Why?").click()
        await expect(page.get_by_role("article", name="Answer: Why t7 is here")).to_be_visible()
        await page.get_by_role("article", name="Urgent alert").get_by_role("button", name="Mute").click()
        question = page.get_by_role("article", name="Answer: Mute: t7, 24 h?")
        await expect(question.get_by_role("link", name="Leave it")).to_be_visible()
        await question.get_by_role("button", name="Yes, do it").click()
        await expect(page.get_by_text("Orla Venn muted t7 for a day.")).to_be_visible()
        await ask(page, "/watch setup")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Set up with keywords:")).to_be_visible()
        await expect(page.locator(".look.slack")).to_have_count(5)
