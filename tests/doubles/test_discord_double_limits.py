"""The limits that the Discord double holds a bot to, each at its border."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.discord_check import check_message, check_suggestions
from tests.discord_check_commands import check_commands
from tests.discord_components import check_form

if TYPE_CHECKING:
    from tests.discord_json import JsonObject, Problem

QUIET: JsonObject = {"allowed_mentions": {"parse": []}}
V2 = 1 << 15


def row(*parts: JsonObject) -> JsonObject:
    return {"type": 1, "components": list(parts)}


def button(**more: object) -> JsonObject:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **more}


def select(count: int, **more: object) -> JsonObject:
    options = [{"label": "l", "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def words(text: str) -> JsonObject:
    return {"type": 10, "content": text}


GOOD: dict[str, JsonObject] = {
    "the longest content": {"content": "x" * 2_000},
    "ten embeds of 6,000 characters": {"embeds": [{"description": "x" * 600}] * 10},
    "five rows of five buttons": {
        "components": [row(*(button(custom_id=f"{r}{c}") for c in range(5))) for r in range(5)]
    },
    "a link button": {
        "components": [row({"type": 2, "style": 5, "label": "Go", "url": "https://a.example/"})]
    },
    "forty components of 4,000 characters": {"flags": V2, "components": [words("x" * 100)] * 40},
    "a section with a picture": {
        "flags": V2,
        "components": [
            {
                "type": 9,
                "components": [words("a")],
                "accessory": {"type": 11, "media": {"url": "attachment://p.png"}},
            }
        ],
    },
    "a menu of 25": {"components": [row(select(25, max_values=25))]},
}
BAD: dict[str, tuple[JsonObject, str]] = {
    "content too long": ({"content": "x" * 2_001}, "content"),
    "an unknown field": ({"content": "x", "colour": 1}, "colour"),
    "an unknown field deep inside": (
        {"embeds": [{"title": "t", "footer": {"words": "x"}}]},
        "embeds.0.footer.words",
    ),
    "eleven embeds": ({"embeds": [{"title": "t"}] * 11}, "embeds"),
    "embeds of 6,001 characters": (
        {"embeds": [{"description": "x" * 4_000}, {"description": "x" * 2_001}]},
        "embeds",
    ),
    "an embed's title too long": ({"embeds": [{"title": "t" * 257}]}, "embeds.0.title"),
    "a field without a value": (
        {"embeds": [{"fields": [{"name": "n", "value": " "}]}]},
        "embeds.0.fields.0.value",
    ),
    "26 fields": ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields"),
    "a colour beyond white": ({"embeds": [{"title": "t", "color": 1 << 24}]}, "embeds.0.color"),
    "a script as a link": ({"embeds": [{"title": "t", "url": "javascript:alert(1)"}]}, "embeds.0.url"),
    "a flag for one person in a channel": ({"content": "x", "flags": 1 << 6}, "flags"),
    "a nonce of 26": ({"content": "x", "nonce": "n" * 26}, "nonce"),
    "six rows": ({"components": [row(button(custom_id=str(n))) for n in range(6)]}, "components"),
    "six buttons in a row": (
        {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        "components.0.components",
    ),
    "a button outside a row": ({"components": [button()]}, "components.0.type"),
    "two buttons of one id": (
        {"components": [row(button(), button())]},
        "components.0.components.1.custom_id",
    ),
    "an id of 101": (
        {"components": [row(button(custom_id="c" * 101))]},
        "components.0.components.0.custom_id",
    ),
    "a button without a label": (
        {"components": [row(button(label=None))]},
        "components.0.components.0.label",
    ),
    "a link button with an id": (
        {"components": [row(button(style=5, url="https://a.example/"))]},
        "components.0.components.0.custom_id",
    ),
    "a label of 81": ({"components": [row(button(label="l" * 81))]}, "components.0.components.0.label"),
    "a menu beside a button": ({"components": [row(select(2), button())]}, "components.0.components"),
    "a menu of 26": ({"components": [row(select(26))]}, "components.0.components.0.options"),
    "more to choose than there is": (
        {"components": [row(select(2, max_values=3))]},
        "components.0.components.0.max_values",
    ),
    "text without the flag": ({"components": [words("a")]}, "components.0.type"),
    "content in a layout": ({"flags": V2, "content": "x", "components": [words("a")]}, "content"),
    "a layout of nothing": ({"flags": V2}, "components"),
    "41 components": ({"flags": V2, "components": [words("a")] * 41}, "components"),
    "41 components, nested": (
        {"flags": V2, "components": [{"type": 17, "components": [words("a")] * 40}]},
        "components",
    ),
    "4,001 characters of text": (
        {"flags": V2, "components": [words("x" * 2_000), words("x" * 2_001)]},
        "components",
    ),
    "a container in a container": (
        {
            "flags": V2,
            "components": [{"type": 17, "components": [{"type": 17, "components": [words("a")]}]}],
        },
        "components.0.components.0.type",
    ),
    "a section without its side": (
        {"flags": V2, "components": [{"type": 9, "components": [words("a")]}]},
        "components.0.accessory",
    ),
    "users both listed and parsed": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "a form's field in a message": (
        {"components": [row({"type": 4, "custom_id": "t", "style": 1, "label": "l"})]},
        "components.0.components.0.type",
    ),
}


@pytest.mark.parametrize("payload", GOOD.values(), ids=GOOD)
def test_what_keeps_the_limits_passes(payload: JsonObject) -> None:
    assert check_message({**QUIET, **payload}, "create_message") == []


@pytest.mark.parametrize(("payload", "place"), BAD.values(), ids=BAD)
def test_what_breaks_a_limit_is_refused_where_it_does(payload: JsonObject, place: str) -> None:
    found = check_message({**QUIET, **payload}, "create_message")
    assert place in {".".join(map(str, problem.place)) for problem in found}


def leaf(**more: object) -> JsonObject:
    return {"type": 3, "name": "query", "description": "d", **more}


COMMANDS: dict[str, JsonObject] = {
    "upper case": {"name": "Watch"},
    "a description of 101": {"description": "d" * 101},
    "26 options": {"options": [leaf(name=f"q{n}") for n in range(26)]},
    "required after optional": {"options": [leaf(), leaf(name="r", required=True)]},
    "choices and autocomplete": {
        "options": [leaf(autocomplete=True, choices=[{"name": "n", "value": "v"}])],
    },
    "a group in a group": {
        "options": [leaf(type=2, options=[leaf(type=2, options=[leaf(type=1)])])],
    },
    "subcommands beside options": {"options": [leaf(type=1), leaf(name="r")]},
    "8,001 characters": {
        "options": [
            leaf(name=f"o{n}", choices=[{"name": f"{c:0100d}", "value": f"{c:0100d}"} for c in range(25)])
            for n in range(2)
        ]
    },
    "an unknown field": {"emoji": "x"},
}


@pytest.mark.parametrize("more", COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_breaks_a_limit_is_refused(more: JsonObject) -> None:
    assert check_commands([{"name": "watch", "description": "d", **more}])


def test_a_command_at_the_limits_passes() -> None:
    options = [leaf(name=f"o{n}", description="d" * 100, required=n < 3) for n in range(25)]
    command = {"name": "наблюдать", "description": "d" * 100, "options": options}
    assert check_commands([command]) == []


def form(**more: object) -> JsonObject:
    field = {"type": 18, "label": "l", "component": {"type": 4, "custom_id": "f", "style": 1}}
    return {"title": "t", "custom_id": "m", "components": [field], **more}


FORMS: dict[str, JsonObject] = {
    "a title of 46": {"title": "t" * 46},
    "no field": {"components": []},
    "six fields": {"components": [words("a")] * 6},
    "a label of 46": {
        "components": [
            {"type": 18, "label": "l" * 46, "component": {"type": 4, "custom_id": "f", "style": 1}}
        ]
    },
    "a button": {"components": [row(button())]},
    "an unknown field": {"color": 1},
}


@pytest.mark.parametrize("more", FORMS.values(), ids=FORMS)
def test_a_form_that_breaks_a_limit_is_refused(more: JsonObject) -> None:
    whole: list[Problem] = []
    check_form(form(), whole)
    broken: list[Problem] = []
    check_form(form(**more), broken)
    assert (whole, bool(broken)) == ([], True)


@pytest.mark.parametrize(("count", "length", "good"), [(25, 100, True), (26, 1, False), (1, 101, False)])
def test_suggestions_are_25_of_100_characters(count: int, length: int, *, good: bool) -> None:
    choice = {"name": "n" * length, "value": "v" * length}
    assert (check_suggestions({"choices": [choice] * count}) == []) == good
