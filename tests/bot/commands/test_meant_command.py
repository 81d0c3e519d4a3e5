"""What a newcomer types who does not know the commands: each answer leads to one that works."""

from __future__ import annotations

import pytest

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.errors import CommandError
from tests.bot.commands.command_replies import Ask, said

FEED = "https://example.org/feed.xml"


@pytest.mark.parametrize(
    ("text", "example"),
    [
        pytest.param(f"/watch add {FEED}", f"source add {FEED}", id="add an address"),
        pytest.param("add example.org/feed.xml", f"source add {FEED}", id="add without https"),
        pytest.param(f"/watch add feed {FEED}", f"source add {FEED}", id="add a feed"),
        pytest.param('/watch add "sea power"', 'rule add "sea power"', id="add words"),
        pytest.param("/watch add rule frigate", "rule add frigate", id="add a rule"),
        pytest.param("/watch add", "help source", id="add nothing"),
        pytest.param(FEED, f"source test {FEED}", id="an address alone"),
        pytest.param(f"<{FEED}|example.org>", f"source test {FEED}", id="an address as Slack writes it"),
        pytest.param("/watch list", "source list", id="list"),
        pytest.param("/watch list rules", "rule list", id="list rules"),
        pytest.param("/watch rules", "rule list", id="a noun in the plural"),
        pytest.param("/watch sources list", "source list", id="a plural with its verb"),
        pytest.param("/watch feed add https://a.example/x", "source add https://a.example/x", id="feed"),
        pytest.param("/watch alert now", "rule list", id="alert"),
        pytest.param("/watch keyword add drone", "rule add drone", id="keyword"),
        pytest.param("/watch stop", "help mute", id="stop"),
        pytest.param("/watch remove s1", "source remove s1", id="remove an id"),
        pytest.param("/watch delete rule r1", "rule remove r1", id="delete a rule"),
        pytest.param("/watch source delete s1", "source remove s1", id="another verb"),
        pytest.param("/watch rule ad frigate", "rule add frigate", id="a verb misspelt"),
        pytest.param("/watch serach frigate", "search frigate", id="a noun misspelt"),
        pytest.param('/watch serach "air defence"', 'search "air defence"', id="with its quotation marks"),
        pytest.param('/watch search "frigate', 'search "frigate"', id="a quote left open"),
        pytest.param("/watch language tr", "settings set language tr", id="a setting as a command"),
        pytest.param("/watch settings language tr", "settings set language tr", id="set left out"),
        pytest.param("/watch status of:feds", "status of:feeds", id="a choice misspelt"),
        pytest.param("/watch preview", "digest preview", id="a verb as a command"),
        pytest.param("/watch undo", "settings audit", id="undo of nothing"),
        pytest.param("/watch source", "help source", id="a noun alone"),
        pytest.param("drone", "help", id="a word that says nothing"),
    ],
)
def test_what_is_no_command_names_the_line_that_was_meant(text: str, example: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse(text, FORMS)
    assert caught.value.example == f"/watch {example}"
    parse(example, FORMS)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("how do I add a feed", ("source",), id="a question about feeds"),
        pytest.param("what can you do?", (), id="a question about nothing"),
        pytest.param("can I mute this?", ("mute",), id="a question about muting"),
        pytest.param("hello", (), id="a greeting"),
        pytest.param("?", (), id="a question mark"),
        pytest.param("/help", (), id="another slash command"),
        pytest.param("nasıl kaynak eklerim", ("source",), id="a question in Turkish"),
        pytest.param("使い方", (), id="a question in Japanese"),
    ],
)
def test_a_question_is_answered_with_help(text: str, topic: tuple[str, ...]) -> None:
    form, command = parse(text, FORMS)
    assert (form.name, command.values) == ("help", topic)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("help me", "Start here", id="help me"),
        pytest.param("help me please", "Start here", id="help me please"),
        pytest.param("help with my feeds", "/watch source", id="help with something"),
        pytest.param("help how do I get alerts", "/watch rule", id="help and a question"),
    ],
)
async def test_help_finds_what_a_question_is_about(ask: Ask, text: str, heading: str) -> None:
    reply = await ask(text)
    assert not reply.refused
    assert said(reply).startswith(heading)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        pytest.param("setup istanbul", "/watch setup tz:Europe/Istanbul", id="a city"),
        pytest.param("setup 8am", "/watch setup at:08:00", id="a time"),
        pytest.param("setup türkçe", "/watch setup lang:tr", id="a language"),
        pytest.param(
            "setup keywords:drone, frigate", '/watch setup keywords:"drone, frigate"', id="no quotation marks"
        ),
        pytest.param(
            "setup keywords:drone tz:Istambul",
            "/watch setup keywords:drone tz:Europe/Istanbul",
            id="a zone misspelt beside keywords",
        ),
        pytest.param("digest schedule 9am", "/watch digest schedule at:09:00", id="a time for the digest"),
        pytest.param("settings set quiet 22-7", "/watch settings set quiet 22:00-07:00", id="quiet hours"),
        pytest.param("source remove harbor", "/watch source remove s1", id="one word of a name misspelt"),
    ],
)
async def test_a_refusal_shows_the_line_with_the_mistake_mended(ask: Ask, text: str, example: str) -> None:
    reply = await ask(text)
    assert reply.refused
    assert said(reply).endswith(f"Try: {example}\nnormal")
    assert not (await ask(example)).refused


async def test_a_city_and_a_language_in_words_are_understood(ask: Ask) -> None:
    assert "Asia/Tokyo" in said(await ask("settings set tz tokyo"))
    assert "Japanese" in said(await ask("settings set language japanese"))
    assert "Turkish" in said(await ask("setup lang:turkish"))


async def test_a_change_that_has_no_way_back_says_so(ask: Ask) -> None:
    await ask("setup sources:all")
    refused = await ask("undo u1")
    assert refused.refused
    assert "u1 cannot be taken back in one step" in said(refused)
    assert 'no change "u9"' in said(await ask("undo u9"))


async def test_undo_after_something_else_changed_says_what_stands_in_the_way(ask: Ask) -> None:
    await ask("rule edit r1 alert:digest")
    await ask("rule remove r1")
    refused = await ask("undo u1")
    assert refused.refused
    assert "was changed since, 19 Aug 12:00: Ada took out r1 “ships” (u2). Take that back first." in said(
        refused
    )
    assert "all the same" not in said(refused)
    assert not (await ask("undo u2")).refused
