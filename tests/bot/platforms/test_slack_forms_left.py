"""What was left as it stood in one of Slack's forms is not sent on, however long the form was open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest_asyncio

from bot.commands.request import Choice, Question, Reply, Sheet
from tests.bot.platforms.slack_desk import open_desk, text_of, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.platforms.slack_desk import Desk

LONG = " OR ".join(f"frigate{n} “sea power”" for n in range(100))  # longer than a view can carry beside it
SHEET = Sheet(
    title="Edit r1",
    command="rule edit r1",
    questions=(
        Question(name="expression", label="Watches for", value=LONG, stands=True, long=True),
        Question(name="name", label="Name", value="Sea & land", stands=True),
        Question(
            name="alert",
            label="Alert",
            value="now",
            stands=True,
            choices=tuple(Choice(label=word, value=word) for word in ("now", "digest")),
        ),
        Question(name="at", label="At", value="08:00"),
    ),
)


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


async def sent(desk: Desk, sheet: Sheet, values: dict[str, str]) -> str:
    """Open a form, send it filled in like this, and return the line that was asked."""
    desk.commands.reply = lambda _: Reply(message=words("how it stands"), sheet=sheet)
    await desk.slack.command("/watch rule edit r1", user="U2", channel="C1")
    await desk.settled()
    await desk.slack.submit("U2", values)
    request = await desk.commands.asked(2)
    await desk.settled()
    return request.text


async def test_only_what_was_changed_or_proposed_is_asked(desk: Desk) -> None:
    assert await sent(desk, SHEET, {"alert": "digest"}) == 'rule edit r1 alert:"digest" at:"08:00"'


async def test_a_form_sent_as_it_was_is_answered_in_words_and_not_opened_again(desk: Desk) -> None:
    stands = replace(SHEET, questions=SHEET.questions[:3])
    assert await sent(desk, stands, {}) == "rule edit r1"
    assert len(desk.slack.asked("views.open")) == 1
    assert "how it stands" in text_of(await desk.seen_by("U2"))
