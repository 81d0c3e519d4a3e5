"""An answer in the channel's language has its pages and Share in that language, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.forecast import often
from bot.commands.pages import Page, footer
from bot.commands.replies import reply
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


@pytest.mark.parametrize(
    ("lang", "named", "labels"),
    [
        pytest.param("en", "Page 2 of 3", ["Back", "Next"], id="English"),
        pytest.param("tr", "Sayfa 2/3", ["Geri", "İleri"], id="Turkish"),
        pytest.param("ja", "2/3ページ", ["前へ", "次へ"], id="Japanese"),
    ],
)
def test_the_pages_are_named_in_a_language(lang: str, named: str, labels: list[str]) -> None:
    message = reply("", *footer(Page(number=2, of=3, start=20), again="facts t1", lang=lang))
    assert named in said(message)
    assert list(buttons(message)) == labels


@pytest.mark.parametrize(
    "line", ["story show t1", "story timeline t1", "facts t1", "promises", "search frigate", "why a1"]
)
async def test_share_is_in_the_answers_language(ask: Ask, store: Store, line: str) -> None:
    assert "Share" in buttons(await ask(line))
    channel = await store.channels.get(MAIN)
    assert channel is not None
    await store.channels.save(replace(channel, lang="tr"))
    told = buttons(await ask(line))
    assert "Paylaş" in told
    assert "Share" not in told


@pytest.mark.parametrize(("a_day", "told"), [(61.0, "about 61 a day"), (1.44, "about 1.4 a day")])
def test_a_rate_has_no_digit_that_says_nothing(a_day: float, told: str) -> None:
    assert often(a_day) == told
