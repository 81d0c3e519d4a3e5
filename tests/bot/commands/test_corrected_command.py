"""A refusal with a suggestion shows the line as it was typed, with the suggestion in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.corrected import corrected
from bot.commands.forms import FORMS
from bot.errors import CommandError
from tests.bot.commands.command_replies import said

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask

FEED = "https://example.org/feed.xml"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param("settings set treshold 0.6", "settings set threshold 0.6", id="a setting"),
        pytest.param("settings set threshold 60", "settings set threshold 0.6", id="a percentage"),
        pytest.param(
            "digest schedule at:07:00 days:weekdays", "digest schedule at:07:00 days:mon-fri", id="days"
        ),
        pytest.param("digest schedule days:mon 7:15", "digest schedule days:mon at:07:15", id="no name"),
        pytest.param('search "sea power" since:1w', 'search "sea power" since:7d', id="weeks"),
        pytest.param("search frigate since:2months", "search frigate since:60d", id="months"),
        pytest.param("search frigate since:30", "search frigate since:30d", id="no unit"),
        pytest.param("rule add NATO alert:urgent", "rule add NATO alert:now", id="another word for a choice"),
        pytest.param(
            "rule add frigate or corvette name:ships2 alert:digest",
            'rule add "frigate OR corvette" name:ships2 alert:digest',
            id="an expression beside options",
        ),
        pytest.param(
            f"source add {FEED} every:15 tag:navy", f"source add {FEED} every:15m tag:navy", id="an interval"
        ),
        pytest.param(
            'setup keywords:"drone, frigate" tz:Istambul at:07:00',
            'setup keywords:"drone, frigate" tz:Europe/Istanbul at:07:00',
            id="a zone in the middle",
        ),
        pytest.param("setup at:07:00 istanbul", "setup at:07:00 tz:Europe/Istanbul", id="a bare city"),
        pytest.param("source list tag:navi", "source list tag:navy", id="a tag"),
        pytest.param("rule pause shps", "rule pause r1", id="a name, by its number"),
        pytest.param("status off:feeds", "status of:feeds", id="an option's name"),
    ],
)
async def test_the_line_is_shown_again_with_one_thing_right(ask: Ask, typed: str, line: str) -> None:
    reply = await ask(f"/watch {typed}")
    assert reply.refused
    assert said(reply).endswith(f"Try: /watch {line}\nnormal")
    assert not (await ask(line)).refused


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("rule add NATO alert:xyz", id="nothing is near"),
        pytest.param("settings set threshold high", id="no number"),
    ],
)
async def test_without_a_suggestion_the_example_stays(ask: Ask, typed: str) -> None:
    told = said(await ask(typed))
    assert "Did you mean" not in told
    assert "Try: /watch" in told


@pytest.mark.parametrize(
    ("text", "wrong", "near"),
    [
        pytest.param("rule show ships", "frigates", "ships (r1)", id="it does not stand there"),
        pytest.param("rule show " + "x" * 400, "x" * 400, "ships (r1)", id="too long to be shown again"),
        pytest.param("rule add frigate", "rule", "nonsense", id="what would come of it cannot be read"),
    ],
)
def test_an_example_stays_where_the_line_cannot_be_corrected(text: str, wrong: str, near: str) -> None:
    error = CommandError("No.", near, "/watch help", typed=wrong)
    assert corrected(error, text, FORMS) is error
