"""From an empty database to a watch, an alert and a digest, on the page, with what help and answers show."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.chromium import ask
from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

ROOT = Path(__file__).parent.parent.parent
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
EXAMPLE = "https://example.org/feed.xml"  # stands in every line that takes an address
SOON = 20_000  # milliseconds for the bot to ask a feed and read it; it looks for work every few seconds
FRIGATE = "Norvik Yards signs €640 million frigate contract with Caldera"


def item(number: int, title: str, text: str) -> str:
    published = format_datetime(datetime.now(UTC) - timedelta(hours=1, minutes=number))
    link = f"https://harbour.example/{number}"
    return (
        f"<title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{published}</pubDate>"
        f"<description>{text}</description>"
    )


def feeds(server: FeedServer) -> None:
    """Serve two feeds of invented outlets, and a page that names one."""
    kinds = {"Content-Type": "application/rss+xml; charset=utf-8"}
    quiet = item(1, "Liman ücretleri mecliste", "Balıkçı teknelerinin ödediği ücretler mecliste tartışıldı.")
    loud = item(2, FRIGATE, "Norvik Yards signed a contract to deliver four frigates to Caldera by 2029.")
    other = item(3, "港の霧でフェリーが遅延", "火曜日、霧のためフェリーが遅れた。")
    server.routes["/quiet.xml"] = Answer(body=rss(quiet, other).encode(), headers=kinds)
    server.routes["/loud.xml"] = Answer(body=rss(loud).encode(), headers=kinds)
    page = (
        b"<!doctype html><html><head><title>Harbour Post</title>"
        b'<link rel="alternate" type="application/rss+xml" href="/quiet.xml"></head><body>News</body></html>'
    )
    server.routes["/"] = Answer(body=page, headers={"Content-Type": "text/html"})


@asynccontextmanager
async def running(folder: Path, server: FeedServer) -> AsyncIterator[str]:
    """Start the bot on an empty database, with no feed and no channel configured; give the page's link."""
    config = folder / "config.toml"
    config.write_text(
        f'[poll]\ncontact = "mailto:desk@harbour.example"\nallow = ["{server.host}:{server.port}"]\n'
        "[page]\nport = 0\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-m", "bot", "run", "--config", str(config),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(120):
            while not (found := re.search(rb"The preview page: (\S+)", await process.stdout.readline())):
                assert process.returncode is None, "the bot ended before its page was up"
        drain = asyncio.create_task(process.stdout.read())  # a full pipe would stop the bot
        yield found[1].decode()
    finally:
        process.terminate()
        await process.wait()
    await drain


async def answer(page: Page, line: str) -> Locator:
    """Type a line and return what the page answers."""
    answers = page.locator(".log > .answer")
    before = await answers.count()
    await ask(page, line)
    await expect(answers).to_have_count(before + 1, timeout=SOON)
    return answers.last


async def shown(place: Locator, begins: str, address: str = "") -> str:
    """Return a line that an answer shows, with an own address in place of the example's."""
    lines = await place.locator("[data-line]").evaluate_all("parts => parts.map(part => part.dataset.line)")
    found = [line for line in lines if line.startswith(f"/watch {begins}")]
    assert found, f"no line with {begins} in {lines}"
    return str(found[0]).replace(EXAMPLE, address or EXAMPLE)


async def set_up(page: Page, guide: Locator) -> None:
    """Fill the form in that help opens, in a language and time zone of one's own."""
    await guide.get_by_role("button", name="Set up").click()
    form = page.get_by_role("form", name="Set this channel up")
    await form.get_by_role("textbox", name="Keywords").fill("frigate, fırkateyn")
    await form.get_by_role("combobox", name="Language").select_option("Turkish")
    await form.get_by_role("textbox", name="Time zone").fill("Istanbul")
    await form.get_by_role("button", name="Save").click()
    done = page.locator(".answer.shared").filter(has_text="set up this channel")
    await expect(done).to_contain_text("language Turkish; time zone Europe/Istanbul")
    await expect(done).to_contain_text("a digest daily at 08:00 Europe/Istanbul")


@pytest.mark.long
async def test_a_newcomer_gets_from_nothing_to_an_alert_and_a_digest(
    browser: Browser, tmp_path: Path
) -> None:
    context = await browser.new_context(viewport={"width": 1180, "height": 900})
    page = await context.new_page()
    async with feed_server() as server, running(tmp_path, server) as link:
        feeds(server)
        await page.goto(link)
        await page.get_by_role("button", name="/watch help").click()
        guide = page.get_by_role("article", name="Answer: Start here")
        await expect(guide.get_by_role("heading", name="Start here")).to_be_in_viewport()
        await set_up(page, guide)

        quiet, loud = server.url("/quiet.xml"), server.url("/loud.xml")
        tested = await answer(page, await shown(guide, "source test", quiet))
        await expect(tested).to_contain_text("Turkish")
        offered = await answer(page, await shown(guide, "source add", server.url("/")))
        await expect(offered).to_contain_text("is a web page; its feed is")
        await expect(offered).to_contain_text("Nothing is saved yet")
        await offered.get_by_role("button", name="Save").click()
        added = page.locator(".answer.shared").filter(has_text="added s1")
        await expect(added).to_contain_text("/watch source show s1")
        await until_read(page, 2)

        rule = await answer(page, await shown(guide, "rule add"))
        await expect(rule).to_contain_text("no alert from the 2 articles read here")
        await answer(page, await shown(guide, "source add", loud))
        card = page.locator(".log > article.post:not(.answer)").filter(has_text=FRIGATE)
        await expect(card).to_be_visible(timeout=SOON)
        await expect(card).to_contain_text("frigates kuralına uyduğu için burada")
        heard = await card.get_attribute("aria-label") or ""
        local = datetime.now(UTC) + timedelta(hours=3)  # Istanbul's clock, all year
        minutes = {f"{local - timedelta(minutes=n):%H:%M}" for n in range(3)}
        assert any(f"at {minute}:" in heard for minute in minutes), heard

        scheduled = await answer(page, await shown(guide, "digest schedule"))
        await expect(scheduled).to_contain_text("mon-fri at 08:00 Europe/Istanbul")
        preview = await answer(page, await shown(guide, "digest preview"))
        await expect(preview.get_by_role("heading", name=FRIGATE)).to_be_visible()
        about = await answer(page, "/watch help digest")
        posted = await answer(page, await shown(about, "digest now"))
        await expect(posted).to_contain_text("Everyone here sees this")
        await expect(posted.get_by_role("heading", name=FRIGATE)).to_be_visible()
        await look_closer(page, card)
    await context.close()


async def until_read(page: Page, count: int) -> None:
    """Wait until the last of the first articles has been read, as a person would: by asking again."""
    async with asyncio.timeout(90):  # the model is loaded first, on a machine that runs other tests beside
        while (
            "Karar: saklandı, bildirilmedi"
            not in await (await answer(page, f"/watch why a{count}")).inner_text()
        ):
            await page.wait_for_timeout(500)


async def look_closer(page: Page, card: Locator) -> None:
    """Ask why, search, mute and take that back, look at the settings, and mend a mistake."""
    await card.get_by_role("button", name="Neden").click()
    why = page.get_by_role("article", name="Answer: Karar: bildirilmeye değer")
    await expect(why).to_contain_text("frigates")
    await expect(await answer(page, "/watch search frigate")).to_contain_text(FRIGATE)

    await card.get_by_role("button", name="Sustur").click()
    question = page.locator(".answer").filter(has_text="for how long?")
    await question.get_by_role("button", name="1 day").click()
    muted = page.locator(".answer.shared").filter(has_text="The operator muted t")
    await muted.get_by_role("button", name="Undo").click()
    await expect(page.locator(".answer.shared").filter(has_text="is heard again")).to_be_visible()
    await muted.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("That was taken back already.")).to_be_visible()
    await expect(await answer(page, "/watch settings show")).to_contain_text("Turkish")

    refused = await answer(page, "/watch sources list")
    box = page.get_by_role("combobox", name="Command")
    await expect(box).to_have_value("/watch sources list")  # what was refused stays, to be mended
    await refused.get_by_text("Try: /watch source list").click()
    await expect(box).to_have_value("/watch source list")
    await box.press("Enter")
    await expect(page.get_by_role("article", name="Answer: 2 sources")).to_be_visible()
    await expect(box).to_have_value("")
    await box.press("ArrowUp")
    await expect(box).to_have_value("/watch source list")
