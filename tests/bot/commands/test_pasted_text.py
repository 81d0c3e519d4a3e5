"""A text pasted into a form is taken whole up to what an exemplar holds, and else refused with that limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.exemplars_given import MOST_TEXT
from bot.commands.request import filled
from tests.bot.commands.command_replies import said

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

SENTENCE = 'The yard said "the first frigate sails in March" and hired six hundred welders. '


def text_of(length: int) -> str:
    """Return an article of so many characters, quotation marks among them."""
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1] + "."


async def sent(ask: Ask, command: str, text: str) -> str:
    """Fill a command's form in with a text, and send it."""
    opened = await ask(command)
    assert opened.sheet is not None
    return said(await ask(filled(opened.sheet, {"text": text})))


@pytest.mark.parametrize("command", ["exemplar add", "like"])
@pytest.mark.parametrize("length", [2_900, 3_001, MOST_TEXT])
async def test_a_pasted_text_is_kept_whole(ask: Ask, store: Store, command: str, length: int) -> None:
    text = text_of(length)
    told = await sent(ask, command, text)
    assert "character" not in told
    assert "The yard said" in told
    if command == "exemplar add":
        given = await store.exemplars.get("preview:main", 1)
        assert given is not None
        assert given.text.endswith(text[-200:])


@pytest.mark.parametrize("command", ["exemplar add", "like", "source import"])
async def test_no_field_names_a_length_since_each_platform_has_its_own(ask: Ask, command: str) -> None:
    opened = await ask(command)
    assert opened.sheet is not None
    assert not [one.hint for one in opened.sheet.questions if "character" in one.hint]


@pytest.mark.parametrize("command", ["exemplar add", "like"])
async def test_a_longer_text_is_refused_with_the_limit(ask: Ask, command: str) -> None:
    told = await sent(ask, command, text_of(MOST_TEXT + 1))
    assert "4,001 characters" in told
    assert "4,000 are enough" in told
