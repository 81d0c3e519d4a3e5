"""Open the preview page, with an invented day on it, in a real Chromium."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.async_api import Error

from bot.commands.request import Reply
from bot.messages import Message, Text
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.page import build_page, serve_page
from bot.platforms.preview.page_html import Suggestion
from tests.browser.sample_posts import A_DAY, CHANNEL, LABEL
from tests.browser.sample_replies import EXPORT, SEARCH, SETTINGS, SETUP, STATUS, WHY
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, FloatRect, Page

    from bot.platforms.preview.looks import Look

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",  # containers forbid the namespaces that it needs; the page is our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOW = datetime(2025, 8, 20, 6, 30, tzinfo=UTC)
DESKTOP = (1180, 900)
TRIES = 3  # of a picture
PHONE = (390, 844)
TOKEN = "a-token-made-up-for-this-test"
SUGGESTIONS = (
    Suggestion(command="/watch help", about="what you can ask"),
    Suggestion(command="/watch why t7", about="why a story is here"),
    Suggestion(command="/watch digest preview", about="the next digest, only for you"),
    Suggestion(command="/watch status", about="feeds, stories and deliveries"),
)


@dataclass(frozen=True)
class Screen:
    """A tab on the page, the preview behind it, and what the browser complained of or asked elsewhere."""

    page: Page
    preview: Preview
    errors: list[str]
    foreign: list[str]


def words(text: str) -> Message:
    return Message(kind="reply", notice=text, blocks=(Text(text=text),))


REPLIES = {
    "why t7": Reply(message=WHY),
    "search Halcyon": Reply(message=SEARCH),
    "settings show": Reply(message=SETTINGS),
    "status": Reply(message=STATUS),
    "setup": SETUP,
    "export facts": EXPORT,
    "why t7 show:channel": Reply(message=WHY, shown="channel"),
    "vote up t7": Reply(message=words("Noted: more like t7.")),
    "mute add t7": Reply(message=words("Orla Venn muted t7 for a day."), shown="channel"),
}


async def answer(command: str) -> Reply:
    asked = command.removeprefix("/watch ")
    if asked in REPLIES:
        return REPLIES[asked]
    if asked.startswith("setup "):
        return Reply(message=words(f"Set up with {asked.removeprefix('setup ')}"), shown="channel")
    refusal = Message(
        kind="reply",
        notice=f'Unknown command "{command}".',
        blocks=(
            Text(text=f'Unknown command "{command}". Did you mean why?', tone="warning"),
            Text(text="Try: /watch why t7"),
        ),
    )
    return Reply(message=refusal, refused=True)


@asynccontextmanager
async def open_page(
    browser: Browser,
    *,
    size: tuple[int, int] = DESKTOP,
    dark: bool = False,
    scripts: bool = True,
    look: Look = "plain",
) -> AsyncIterator[Screen]:
    preview = Preview(clock=SteppedClock(NOW), stored=A_DAY)
    app = build_page(
        token=TOKEN,
        title=CHANNEL,
        label=LABEL,
        feed=preview,
        answer=answer,
        allowed_hosts=("127.0.0.1",),
        zone=ZoneInfo("Europe/Istanbul"),
        suggestions=SUGGESTIONS,
    )
    async with serve_page(app, "127.0.0.1", 0) as link:
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=size == PHONE,
        )
        page = await context.new_page()
        screen = Screen(page, preview, [], [])
        page.on("pageerror", lambda error: screen.errors.append(str(error)))
        page.on("console", lambda message: screen.errors.append(message.text))
        page.on("dialog", lambda dialog: screen.errors.append(dialog.message))
        page.on("request", lambda request: screen.foreign.append(request.url))
        await page.goto(f"{link}&look={look}")
        try:
            yield screen
            own = link.partition("?")[0]
            assert screen.errors == []
            assert [url for url in screen.foreign if not url.startswith(own)] == []
        finally:
            await context.close()


async def ask(page: Page, command: str) -> None:
    await page.get_by_role("combobox", name="Command").fill(command)
    await page.get_by_role("button", name="Send").click()


async def fits(page: Page) -> bool:
    """Tell whether nothing is wider than the window."""
    return bool(
        await page.evaluate(
            "[...document.querySelectorAll('html, body, .scroller, .log, .look, .card, .container')]"
            ".every(part => part.scrollWidth <= part.clientWidth)"
            " && [...document.querySelectorAll('.look, .facts, .table, .ask, .top, .actions, .picture')]"
            ".every(part => part.getBoundingClientRect().right <= innerWidth)"
        )
    )


async def shot(page: Page, *, path: Path | None = None, clip: FloatRect | None = None) -> bytes:
    """Take a picture; Chromium on a busy machine now and then says that it cannot, and can a moment later."""
    for _ in range(TRIES - 1):
        try:
            return await page.screenshot(path=path, clip=clip)
        except Error as error:
            if "Unable to capture screenshot" not in error.message:
                raise
    return await page.screenshot(path=path, clip=clip)
