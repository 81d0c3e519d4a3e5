"""The demo's page in a real browser, as somebody who has just started it sees it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.browser
SOON = 300_000  # milliseconds


@pytest.fixture
def link() -> Iterator[str]:
    """Start `vedette demo` and give its page's address."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout is not None
        found = next((m[1] for line in process.stdout if (m := re.search(r"The page: (\S+)", line))), None)
        assert found, "the demo printed no address"
        yield found
        process.terminate()
        process.communicate(timeout=120)


@pytest.mark.long
@pytest.mark.timeout(600)  # a day is read with the model, on a machine that may run other tests beside
@pytest.mark.asyncio(loop_scope="session")
async def test_the_demo_page_fills_and_answers(link: str, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1100, "height": 980})
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_text("sample newsroom, August 2025, outlets invented").wait_for()
    await page.get_by_role("heading", name=re.compile("Digest for Wednesday")).wait_for(timeout=SOON)
    card = page.get_by_role("article").filter(has_text="The Quay Ledger").first
    await card.evaluate("node => node.scrollIntoView({block: 'start'})")
    assert await page.locator("mark").count() >= 3

    box = page.get_by_role("combobox").or_(page.get_by_role("textbox")).first
    await box.fill("/watch status of:feeds")
    await box.press("Enter")
    await page.get_by_text("Last heard").wait_for(timeout=SOON)
    await context.close()
