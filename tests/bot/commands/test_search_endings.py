"""`search` finds a word as it stands, and offers to find its endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask

ENDINGS = "With endings (*)"


async def test_a_word_without_its_plural_leads_there_by_a_button(ask: Ask) -> None:
    reply = await ask("search sail since:30d")
    assert "0 entries for sail" in said(reply)
    assert buttons(reply)[ENDINGS] == "search sail* since:30d"
    assert "for sail*" in said(await ask(buttons(reply)[ENDINGS]))
    assert "0 entries" not in said(await ask(buttons(reply)[ENDINGS]))


async def test_what_was_found_may_still_have_other_endings(ask: Ask) -> None:
    assert buttons(await ask("search sails"))[ENDINGS] == "search sails*"


@pytest.mark.parametrize(
    "line", ["search sails*", 'search "the sails"', "search 中谷", "search fact:amount>1", "search 12"]
)
async def test_a_phrase_a_fact_and_a_star_have_no_such_button(ask: Ask, line: str) -> None:
    assert ENDINGS not in buttons(await ask(line))
