"""Reading what a person typed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.forms import FORMS
from bot.commands.parse import MAX_LENGTH, Form, parse, tokens
from bot.commands.request import Question, Sheet, filled
from bot.errors import CommandError
from bot.platforms.inert import inert


@pytest.mark.parametrize(
    ("text", "name", "values", "options"),
    [
        pytest.param("/watch status of:feeds", "status", (), {"of": "feeds"}, id="an option"),
        pytest.param("status", "status", (), {}, id="without the command's name"),
        pytest.param("/watch", "help", (), {}, id="bare is help"),
        pytest.param("", "help", (), {}, id="nothing is help"),
        pytest.param("/watch SOURCE Pause s12", "source pause", ("s12",), {}, id="capitals"),
        pytest.param(
            "/watch source add https://a.example/feed?x=1 every:15m",
            "source add",
            ("https://a.example/feed?x=1",),
            {"every": "15m"},
            id="an address is no option",
        ),
        pytest.param(
            '/watch source add https://a.example/f name:"Harbour Gazette"',
            "source add",
            ("https://a.example/f",),
            {"name": "Harbour Gazette"},
            id="quotes inside an option",
        ),
        pytest.param("/watch why “Two ships”", "why", ("Two ships",), {}, id="typographic quotes"),
        pytest.param(
            '/watch rule add "frigate AND (contract OR award) -opinion" alert:now',
            "rule add",
            ("frigate AND (contract OR award) -opinion",),
            {"alert": "now"},
            id="a whole expression in quotes",
        ),
        pytest.param(
            '/watch rule add "drone procurement"',
            "rule add",
            ('"drone procurement"',),
            {},
            id="a phrase keeps its quotes",
        ),
        pytest.param(
            """/watch rule add "'command and control'" """,
            "rule add",
            ("'command and control'",),
            {},
            id="a phrase of its own within quotes",
        ),
        pytest.param(
            '/watch rule add "frigate and contract"',
            "rule add",
            ("frigate and contract",),
            {},
            id="a joining word in small letters joins within quotes, too",
        ),
        pytest.param(
            '/watch search "command and control"',
            "search",
            ('"command and control"',),
            {},
            id="a search joins nothing",
        ),
        pytest.param(
            '/watch rule add "sea power" OR frigate name:ships',
            "rule add",
            ('"sea power"', "OR", "frigate"),
            {"name": "ships"},
            id="a phrase among others",
        ),
        pytest.param(
            "/watch rule add title:frigate lang:tr",
            "rule add",
            ("title:frigate", "lang:tr"),
            {},
            id="scopes are no options",
        ),
    ],
)
def test_a_command_is_read(text: str, name: str, values: tuple[str, ...], options: dict[str, str]) -> None:
    form, command = parse(text, FORMS)
    assert form.name == name
    assert command.values == values
    assert dict(command.options) == options


@pytest.mark.parametrize(
    ("text", "told", "nearest"),
    [
        pytest.param("/watch sorce list", 'no command "sorce"', "source", id="an unknown noun"),
        pytest.param(
            "/watch source lst", '"lst" is not something source does', "source list", id="an unknown verb"
        ),
        pytest.param("/watch source", "source what?", "", id="a verb is missing"),
        pytest.param("/watch source add", '"source add" needs URL', "", id="a value is missing"),
        pytest.param("/watch status off:feeds", 'has no option "off"', "of:", id="an unknown option"),
        pytest.param('/watch why "open', "left open", "", id="a quote left open"),
        pytest.param("/watch " + "x" * 10_000, "10007 characters", "", id="ten thousand characters"),
        pytest.param("/watch 🛰️", "no command", "", id="an emoji"),
    ],
)
def test_a_fault_says_what_was_wrong_and_what_is_near(text: str, told: str, nearest: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse(text, FORMS)
    assert told in caught.value.message
    assert caught.value.nearest == nearest
    assert caught.value.example


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_each_example_of_the_help_works_as_it_stands(form: Form) -> None:
    found, command = parse(form.example, FORMS)
    assert found is form
    assert len(command.values) >= found.least


@given(st.text(max_size=MAX_LENGTH + 10))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(CommandError):  # any other exception fails the test
        form, _ = parse(text, FORMS)
        assert form in FORMS


_PLAIN = st.characters(exclude_characters='"“”„«»‟「」\\\ue000', exclude_categories=["Cs"])


@given(st.lists(st.text(_PLAIN, min_size=1)))
def test_quoted_pieces_come_back_whole(pieces: list[str]) -> None:
    assert [piece for piece, _ in tokens(" ".join(f'"{piece}"' for piece in pieces))] == pieces


def test_a_quotation_mark_behind_a_backslash_stands_for_itself() -> None:
    ((piece, quoted),) = tokens(r'expression:"\"sea power\" OR frigate"')
    assert piece == 'expression:"sea power" OR frigate'
    assert not quoted


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_an_answer_in_a_form_never_breaks_out_of_its_option(answer: str) -> None:
    sheet = Sheet(title="t", command="setup", questions=(Question(name="keywords", label="Words"),))
    pieces = [piece for piece, _ in tokens(filled(sheet, {"keywords": inert(answer)}))]
    assert len(pieces) <= 2
    assert pieces[0] == "setup"
    assert all(piece.startswith("keywords:") for piece in pieces[1:])


@pytest.mark.parametrize("answer", ["Sea\\", 'the "Sea" \\', "Sea\\\\"])
def test_a_backslash_at_an_answers_end_leaves_the_next_answer_alone(answer: str) -> None:
    questions = (Question(name="name", label="Name"), Question(name="every", label="Every"))
    sheet = Sheet(title="Edit", command="source edit s1", questions=questions)
    form, command = parse(filled(sheet, {"name": answer, "every": "2h"}), FORMS)
    assert (form.name, command.values) == ("source edit", ("s1",))
    assert command.options == {"name": answer.rstrip("\\ "), "every": "2h"}
