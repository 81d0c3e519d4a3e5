"""The slash commands say all that our forms do, within Discord's size, and compose the line that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.platforms.discord import tree
from bot.platforms.discord.door import Bot
from bot.platforms.discord.tree import MAX_TREE, compose, fingerprint, slots
from tests.bot.platforms.discord_commands import FakeCommands

if TYPE_CHECKING:
    from bot.commands.parse import Form

LISTED = [form for form in FORMS if not form.hidden]


@pytest.mark.parametrize("form", LISTED, ids=lambda form: form.name)
def test_every_example_can_be_composed(form: Form) -> None:
    found, command = parse(form.example, FORMS)
    values = [slot for slot in slots(found) if slot.value]
    given = dict(zip((slot.name for slot in values), command.values, strict=False))
    if len(command.values) > len(values):
        given[values[-1].name] = " ".join(command.values[len(values) - 1 :])
    again = parse(compose(found, {**given, **command.options}), FORMS)[1]
    assert dict(again.options) == dict(command.options)
    assert " ".join(again.values) == " ".join(command.values)


@pytest.mark.parametrize(
    ("name", "given", "line"),
    [
        pytest.param("search", {"words": "air defence"}, "search air defence", id="words as they are"),
        pytest.param(
            "search", {"words": '"air defence" navy'}, 'search "air defence" navy', id="with quotes"
        ),
        pytest.param(
            "search", {"words": "summit: day one"}, 'search "summit: day one"', id="no option by accident"
        ),
        pytest.param(
            "rule add",
            {"expression": "frigate AND (x OR y)", "name": "my rule"},
            'rule add frigate AND (x OR y) name:"my rule"',
            id="an expression",
        ),
        pytest.param(
            "source show", {"source": 'Harbour "G"'}, "source show \"Harbour 'G'\"", id="a name with quotes"
        ),
        pytest.param(
            "source edit", {"source": "s1", "name": "“Sea”"}, "source edit s1 name:'Sea'", id="curly quotes"
        ),
        pytest.param("source show", {"source": " s1\n"}, "source show s1", id="blanks around"),
    ],
)
def test_options_become_the_line_that_would_be_typed(name: str, given: dict[str, str], line: str) -> None:
    form = next(form for form in FORMS if form.name == name)
    assert compose(form, given) == line


@pytest.mark.parametrize("name", ["Sea\\", "Sea power\\", "Sea power \\\\\\"])
def test_a_backslash_at_an_options_end_leaves_the_next_option_alone(name: str) -> None:
    form = next(form for form in FORMS if form.name == "source edit")
    found, command = parse(compose(form, {"source": "s1", "name": name, "every": "2h"}), FORMS)
    assert (found, command.values, command.options["every"]) == (form, ("s1",), "2h")
    assert command.options["name"].strip("\\ ") == name.strip("\\ ")


ROOMY = MAX_TREE - 400  # a further command must not cut the words of all others


def length(node: dict[str, Any]) -> int:
    own = len(node.get("name", "")) + len(node.get("description", ""))
    choices = sum(len(choice["name"]) + len(choice["value"]) for choice in node.get("choices", ()))
    return own + choices + sum(map(length, node.get("options", ())))


def test_the_tree_is_within_discords_size() -> None:
    bot = Bot(FakeCommands())

    def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
        return [node, *(inner for option in node.get("options", ()) for inner in walk(option))]

    (top,) = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]
    assert top["name"] == "watch"
    assert len(top["options"]) == 18  # of 25
    assert length(top) <= ROOMY
    found = walk(top)
    assert all(0 < len(node["description"]) <= 100 for node in found)
    assert not [node["description"] for node in found if "…" in node["description"]]
    assert not any(node.get("autocomplete") and node.get("choices") for node in found)


def test_the_trees_hash_follows_its_name_only() -> None:
    first, again, other = Bot(FakeCommands()), Bot(FakeCommands()), Bot(FakeCommands(), command_name="/news")
    assert fingerprint(first.tree) == fingerprint(again.tree) != fingerprint(other.tree)


def test_a_vocabulary_too_large_is_told_in_fewer_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = Bot(FakeCommands())
    whole = length(bot.tree.get_commands()[0].to_dict(bot.tree))
    monkeypatch.setattr(tree, "MAX_TREE", whole - 1)
    bot = Bot(FakeCommands())
    assert whole - 1_000 < length(bot.tree.get_commands()[0].to_dict(bot.tree)) < whole
