"""The preview page in a real Chromium: what a person sees, types and cannot be tricked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.messages import FactLine, Facts, Heading, Link, Links, Message, Table, Text
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.looks import LOOKS, Look
from bot.platforms.preview.page import build_page, serve_page
from tests.browser.chromium import NOW, TOKEN, answer, ask, open_page
from tests.browser.sample_posts import ALERT, CHANNEL, LABEL, UPDATE
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from aiohttp import web
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_shows_alert_update_and_digest(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        card = page.get_by_role("article", name="Urgent alert at 09:14")
        await expect(card.get_by_role("link", name="Varnland orders 24 patrol drones")).to_be_visible()
        await expect(card.locator("> .said > .look dt")).to_have_text(
            ["Contract value", "Quantity", "Buyer", "Due", "Quote"]
        )
        await expect(card.locator("mark").first).to_have_text("€310 million")
        update = card.get_by_role("article", name="Update at 10:06")
        await expect(update.get_by_text("The reports differ on contract value")).to_be_visible()
        digest = page.get_by_role("article", name="Digest at 09:00")
        await expect(digest.get_by_role("heading", name="Digest for 20 August")).to_be_in_viewport()
        await expect(page.get_by_text("Wednesday, 20 August 2025")).to_have_count(1)
        await expect(page.get_by_text(LABEL)).to_be_visible()


async def test_a_typed_command_is_answered_in_private(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        await ask(page, "/watch why t7")
        private = page.get_by_role("article", name="Answer: Why t7 is here")
        await expect(private.get_by_role("cell", name="opened t7")).to_be_in_viewport()
        await expect(private.get_by_text("Only visible to you")).to_be_visible()
        await expect(page.get_by_role("combobox")).to_be_focused()
        await private.get_by_role("button", name="Dismiss").click()
        await expect(private).to_have_count(0)


async def test_a_wrong_command_says_what_works(browser: Browser) -> None:
    async with open_page(browser) as screen:
        await ask(screen.page, "/watch <b>nothing</b>")
        await expect(
            screen.page.get_by_text('Unknown command "/watch <b>nothing</b>". Did you')
        ).to_be_visible()
        await expect(screen.page.get_by_text("Try: /watch why t7")).to_be_visible()


async def test_commands_are_suggested_while_typing(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page, box = screen.page, screen.page.get_by_role("combobox")
        await box.press_sequentially("/watch w")
        await expect(page.get_by_role("option")).to_have_text("/watch why t7 why a story is here")
        await box.press("ArrowDown")
        await box.press("Enter")
        await expect(box).to_have_value("/watch why t7")
        await box.press("Enter")
        await expect(page.get_by_role("article", name="Answer: Why t7 is here")).to_be_visible()


async def test_a_button_runs_its_command(browser: Browser) -> None:
    async with open_page(browser) as screen:
        await screen.page.get_by_role("button", name="/watch why t7").click()
        await expect(screen.page.get_by_role("article", name="Answer: Why t7 is here")).to_be_visible()


async def test_posts_arrive_by_themselves_each_in_its_place(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        await expect(page.get_by_role("status")).to_have_text("Live")
        await screen.preview.send(CHANNEL, ALERT, key="card-8")
        await expect(page.get_by_role("article", name="Urgent alert at 09:30")).to_be_in_viewport()
        await screen.preview.send(CHANNEL, UPDATE, key="reply-7-45")
        parent = page.get_by_role("article", name="Urgent alert at 09:30")
        await expect(parent.get_by_role("article", name="Update at 09:30")).to_have_count(1)
        await expect(page.locator(".day")).to_have_count(2)


async def test_a_reader_further_up_stays_there_and_is_told(browser: Browser) -> None:
    async with open_page(browser) as screen:
        page = screen.page
        await expect(page.get_by_role("status")).to_have_text("Live")
        await page.get_by_text("The beginning of").scroll_into_view_if_needed()
        await screen.preview.send(CHANNEL, ALERT, key="card-8")
        below = page.get_by_role("button", name="New messages below")
        await expect(below).to_be_visible()
        await expect(page.get_by_text("The beginning of")).to_be_in_viewport()
        await below.click()
        await expect(page.get_by_role("article", name="Urgent alert at 09:30")).to_be_in_viewport()


EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b>\u202egpj.exe"
HOSTILE = Message(
    kind="alert",
    notice=f'{EVIL}" onfocus="alert(3)" autofocus tabindex="1',
    thread='t1"><script>alert(4)</script>',
    lang='"><script>alert(5)</script>',
    blocks=(
        Heading(text=EVIL, url="javascript:alert(6)"),
        Text(text=EVIL),
        Facts(
            lines=(
                FactLine(
                    label=EVIL,
                    value=EVIL,
                    sentence=EVIL,
                    mention="<b>bold</b>",
                    source=Link(text=EVIL, url="data:text/html,<script>alert(7)</script>"),
                ),
            )
        ),
        Links(label=EVIL, links=(Link(text=EVIL, url='https://x.example/" onclick="alert(8)'),)),
        Table(header=(EVIL,), rows=((EVIL,),)),
    ),
)


@pytest.mark.parametrize("look", LOOKS)
async def test_markup_in_a_headline_is_inert(browser: Browser, look: Look) -> None:
    async with open_page(browser, look=look) as screen:
        page = screen.page
        await expect(page.get_by_role("status")).to_have_text("Live")
        await screen.preview.send(CHANNEL + EVIL, HOSTILE, key="evil")
        shown = page.get_by_role("article", name="Alert at 09:30: <img src=x")
        await expect(shown.get_by_text("alert(1)").first).to_be_visible()
        await page.reload()  # once through the stream, once as a whole page
        await expect(shown.get_by_text("alert(1)").first).to_be_visible()
        if look == "plain":
            words = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b>gpj.exe"
            await expect(shown.get_by_role("heading")).to_have_text(words)
            await expect(shown.locator("b")).to_have_count(0)
        await expect(
            shown.locator("img, script, a, .unsupported, [onerror], [onfocus], [onclick], [style]")
        ).to_have_count(0)
        assert await page.locator("script").count() == 1
        assert "\u202e" not in await page.content()


async def test_without_the_token_there_is_nothing_to_see(browser: Browser) -> None:
    async with open_page(browser) as screen:
        address = screen.page.url
        assert "token" not in address  # it left the address bar once it had done its work
        context = await browser.new_context()
        stranger = await context.new_page()
        response = await stranger.goto(address)
        assert response is not None
        assert response.status == 403
        await expect(stranger.get_by_text("Open the link that Vedette printed")).to_be_visible()
        await context.close()


async def test_a_tab_of_an_earlier_run_says_that_it_ended(browser: Browser) -> None:
    def app(token: str) -> web.Application:
        preview = Preview(clock=SteppedClock(NOW))
        return build_page(
            token=token, title="#n", label="", feed=preview, answer=answer, allowed_hosts=("127.0.0.1",)
        )

    context = await browser.new_context()
    page = await context.new_page()
    async with serve_page(app(TOKEN), "127.0.0.1", 0) as link:
        await page.goto(link)
        await expect(page.get_by_role("status")).to_have_text("Live")
    await expect(page.get_by_role("status")).to_have_text("Reconnecting")
    async with serve_page(app("another-token-made-up"), "127.0.0.1", int(link.split(":")[2].split("/")[0])):
        await expect(page.get_by_role("status")).to_have_text("Ended: open the new link", timeout=15_000)
    await context.close()


async def test_another_site_cannot_send_commands_or_frame_the_page(browser: Browser) -> None:
    async with open_page(browser) as screen:
        address = screen.page.url
        context = screen.page.context
        await context.route(
            "http://evil.example/**",
            lambda route: route.fulfill(
                content_type="text/html",
                body=f'<form method="post" action="{address}answer"><input name="command" value="x">'
                f'<button>Win</button></form><iframe src="{address}"></iframe>',
            ),
        )
        evil = await context.new_page()
        await evil.goto("http://evil.example/")
        assert "Varnland" not in await evil.frames[1].content()
        async with evil.expect_navigation() as navigation:
            await evil.get_by_role("button", name="Win").click()
        response = await navigation.value
        assert response.status == 403


async def test_the_page_reads_and_answers_without_scripts(browser: Browser) -> None:
    async with open_page(browser, scripts=False) as screen:
        page = screen.page
        await expect(page.get_by_role("heading", name="Digest for 20 August")).to_be_in_viewport()
        await expect(page.get_by_text("The first six aircraft").first).to_be_visible()
        await ask(page, "/watch why t7")
        await expect(page.get_by_role("cell", name="opened t7")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="Dismiss")).to_have_count(0)
