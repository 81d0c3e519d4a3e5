"""A form as Slack's modal: its fields, what it carries, and the answers that come back."""

from __future__ import annotations

import pytest

from bot.commands.request import Choice, Question, Sheet
from bot.platforms.slack import view

SHEET = Sheet(
    title="Set this channel up, all of it",
    command="setup",
    questions=(
        Question(
            name="keywords", label="Words", hint="commas between", value="a, <b>", required=True, long=True
        ),
        Question(
            name="lang",
            label="Language",
            value="tr",
            choices=(Choice(label="English", value="en"), Choice(label="Türkçe", value="tr")),
        ),
        Question(name="sources", label="Sources", choices=(Choice(label="x", value="y" * 80),)),
    ),
)


def test_a_form_opens_as_a_modal_and_its_answers_come_back() -> None:
    sheet = view.modal(SHEET, channel="slack:C012")
    assert view.carried(str(sheet["private_metadata"])) == view.Carried(channel="slack:C012", command="setup")
    fields = sheet["blocks"]
    assert isinstance(fields, list)
    kinds = [
        field["element"]["type"]
        for field in fields
        if isinstance(field, dict) and isinstance(field["element"], dict)
    ]
    assert kinds == ["plain_text_input", "static_select", "plain_text_input"]
    assert sheet["title"] == {"type": "plain_text", "text": "Set this channel up, al…", "emoji": False} or (
        sheet["title"] == {"type": "plain_text", "text": "Set this channel up…", "emoji": False}
    )
    state = {
        "values": {
            "keywords": {"answer": {"type": "plain_text_input", "value": "frigate"}},
            "lang": {"answer": {"type": "static_select", "selected_option": {"value": "tr"}}},
            "sources": {"answer": {"type": "plain_text_input", "value": None}},
        }
    }
    assert view.answers(state) == {"keywords": "frigate", "lang": "tr", "sources": ""}


@pytest.mark.parametrize(
    "state",
    [{}, {"values": None}, {"values": {"a": []}}, {"values": {"a": {"answer": [1]}}}],
    ids=["nothing", "no values", "a list for a field", "a list for an answer"],
)
def test_answers_of_a_strange_shape_are_empty(state: dict[str, object]) -> None:
    assert not any(view.answers(state).values())


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"channel":1,"command":"x"}', '{"channel":"slack:C1"}'])
def test_a_view_that_is_not_ours_carries_nothing(metadata: str) -> None:
    assert view.carried(metadata) is None
