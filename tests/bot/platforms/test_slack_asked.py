"""Reading what Slack delivers: what was asked, where, by whom, and whether it was asked before."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack import asked

Body = dict[str, Any]

TYPED: Body = {
    "command": "/watch",
    "text": "why t7",
    "channel_id": "C1",
    "channel_name": "navy-desk",
    "user_id": "U1",
    "user_name": "mira",
    "trigger_id": "12.34.ab",
    "response_url": "https://hooks.example/1",
}
PRESSED: Body = {
    "type": "block_actions",
    "user": {"id": "U1", "username": "mira"},
    "channel": {"id": "C1", "name": "navy-desk"},
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "C1"},
    "message": {"ts": "1.2", "thread_ts": "1.0"},
    "trigger_id": "12.34.ab",
    "response_url": "https://hooks.example/1",
    "actions": [{"action_id": "ask:0", "value": "vote up t7", "action_ts": "5.6"}],
}
PICKED: Body = {
    "type": "message_action",
    "callback_id": "why",
    "api_app_id": "A1",
    "user": {"id": "U1", "name": "mira"},
    "channel": {"id": "C1", "name": "navy-desk"},
    "action_ts": "7.8",
    "message": {"ts": "1.2", "app_id": "A1", "metadata": {"event_payload": {"key": "slack:C1/t7/u3"}}},
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rule add \u201csea power\u201d", "rule add \u201csea power\u201d"),
        ("search a &lt;b&gt; &amp;lt;", "search a <b> &lt;"),
        (
            "source add <https://example.org/a?x=1&amp;y=2|example.org/a>",
            "source add https://example.org/a?x=1&y=2",
        ),
        ("source add <https://example.org/feed>", "source add https://example.org/feed"),
        ("rule edit r1 mention:<@U042|jo>", "rule edit r1 mention:user:U042"),
        ("rule edit r1 mention:<!subteam^S042|@desk>", "rule edit r1 mention:role:S042"),
        ("search <@U042|jo>", "search @U042"),
        ("search <#C042|navy>", "search #navy"),
        ("search <!here>", "search here"),
        ("search <mailto:a@example.org|a@example.org>", "search a@example.org"),
        ("search a < b > c", "search a < b > c"),
        ("search a<5 AND b>3 <x>", "search a<5 AND b>3 <x>"),
        ("", "help"),
        ("   ", "help"),
    ],
)
def test_a_command_is_read_as_it_was_meant(text: str, meant: str) -> None:
    assert asked.typed(TYPED | {"text": text}).text == meant


@given(st.text(alphabet="<>|&;@#!^:abltgmp ", max_size=400))
def test_no_text_breaks_the_reading_and_plain_words_stay(text: str) -> None:
    assert "end" in asked.plain(text + " end")


def test_a_slash_command_says_who_asked_what_and_where() -> None:
    assert asked.typed(TYPED) == asked.Asked(
        text="why t7",
        channel="C1",
        user="U1",
        user_name="mira",
        event="slack:typed:12.34.ab",
        channel_name="navy-desk",
        trigger="12.34.ab",
        response_url="https://hooks.example/1",
    )


@pytest.mark.parametrize("hidden", ["privategroup", "directmessage"])
def test_a_name_that_slack_hides_is_no_name(hidden: str) -> None:
    assert asked.typed(TYPED | {"channel_name": hidden}).channel_name == ""


def test_a_press_on_what_a_thread_hangs_from_is_answered_in_the_channel() -> None:
    parent = {"ts": "1.2", "thread_ts": "1.2", "reply_count": 2}
    container = {**PRESSED["container"], "thread_ts": "1.2"}
    one = asked.pressed({**PRESSED, "message": parent, "container": container})
    assert one is not None
    assert one.thread == ""


def test_a_press_asks_the_buttons_command_in_the_thread_it_stands_in() -> None:
    one = asked.pressed(PRESSED)
    assert one is not None
    assert (one.text, one.channel, one.user, one.thread) == ("vote up t7", "C1", "U1", "1.0")


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("another moment", {"actions": [{"action_id": "ask:0", "value": "vote up t7", "action_ts": "5.7"}]}),
        (
            "another button",
            {"actions": [{"action_id": "ask:1", "value": "vote down t7", "action_ts": "5.6"}]},
        ),
        ("another person", {"user": {"id": "U2", "username": "ona"}}),
        ("another post", {"container": {"message_ts": "1.3", "channel_id": "C1"}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_press_is_another_asking(where: str, change: Body) -> None:
    first, second = asked.pressed(PRESSED), asked.pressed(PRESSED | change)
    assert first is not None
    assert second is not None
    assert first.event != second.event, where


def test_what_is_delivered_again_is_the_same_asking() -> None:
    again = copy.deepcopy(PRESSED)
    again["trigger_id"] = "another, as Slack gives a new one with each delivery"
    first, second = asked.pressed(PRESSED), asked.pressed(again)
    assert first is not None
    assert second is not None
    assert first.event == second.event


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "open-link", "value": "why t7", "action_ts": "5.6"},
        {"action_id": "ask:0", "value": " ", "action_ts": "5.6"},
        {"action_id": "ask:0", "action_ts": "5.6"},
        {"action_id": 7, "value": ["why"]},
    ],
    ids=["a link's button", "an empty command", "no command", "wrong types"],
)
def test_a_press_without_a_command_asks_nothing(action: Body) -> None:
    assert asked.pressed(PRESSED | {"actions": [action]}) is None


@pytest.mark.parametrize(
    ("entry", "command"),
    [
        ("more", "vote up t7"),
        ("less", "vote down t7"),
        ("why", "why t7"),
        ("facts", "facts t7"),
        ("mute", "mute add t7 for:7d"),
    ],
)
def test_an_entry_of_a_messages_menu_asks_about_its_story(entry: str, command: str) -> None:
    one = asked.picked(PICKED | {"callback_id": entry})
    assert one is not None
    assert one.text == command
    assert one.event == f"slack:picked:{entry}:U1:7.8"


def _buttons(*commands: str) -> Body:
    elements = [{"type": "button", "action_id": f"ask:{n}", "value": c} for n, c in enumerate(commands)]
    return {"ts": "1.2", "blocks": [{"type": "section"}, {"type": "actions", "elements": elements}]}


@pytest.mark.parametrize(
    ("message", "story"),
    [
        (_buttons("vote up t7", "vote down t7", "why t7", "mute add t7 for:7d"), "t7"),
        (_buttons("story show t12"), "t12"),
        (_buttons("why t7", "why t8"), ""),
        (_buttons("search t7"), ""),
        (_buttons("why t7x"), ""),
        (PICKED["message"] | {"app_id": "A2"}, ""),
        ({"ts": "1.2", "metadata": {"event_payload": {"key": "slack:C1/d1/2026-08-19"}}}, ""),
        ({"ts": "1.2", "text": "why t7"}, ""),
        ({}, ""),
    ],
    ids=[
        "an alert's buttons",
        "one button",
        "a digest's many stories",
        "words that look like a story",
        "no story's number",
        "another app's post",
        "a digest's key",
        "somebody's words",
        "nothing",
    ],
)
def test_a_story_is_found_in_our_own_posts_only(message: Body, story: str) -> None:
    assert asked.story_of(PICKED | {"message": message}) == story


def test_a_form_is_the_same_asking_until_it_changes() -> None:
    body = {"view": {"id": "V1", "hash": "1.a"}, "user": {"id": "U1", "name": "mira"}}
    changed = {"view": {"id": "V1", "hash": "2.b"}, "user": {"id": "U1", "name": "mira"}}
    one = asked.sent(body, text="setup", channel="C1")
    assert one.event == asked.sent(body, text="setup", channel="C1").event
    assert one.event != asked.sent(changed, text="setup", channel="C1").event
    assert (one.channel, one.user, one.user_name, one.response_url) == ("C1", "U1", "mira", "")


def test_nothing_at_all_is_read_without_a_fault() -> None:
    assert asked.typed({}).text == "help"
    assert asked.typed({}).event == ""
    assert asked.pressed({}) is None
    assert asked.picked({}) is None
    assert asked.sent({}, text="help", channel="").event == ""
