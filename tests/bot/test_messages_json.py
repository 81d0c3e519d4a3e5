"""A stored message comes back the same, and nothing else is taken for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import MessageError
from bot.messages import VERSION, Divider, FactLine, Facts, Heading, Link, Links, Message, Table, Text
from bot.messages_json import from_json, to_json

links = st.builds(Link, text=st.text(), url=st.text())
facts = st.builds(
    FactLine, label=st.text(), value=st.text(), sentence=st.text(), mention=st.text(), source=links
)
cells = st.lists(st.text(), max_size=3).map(tuple)
blocks = st.one_of(
    st.builds(Heading, text=st.text(), url=st.text()),
    st.builds(Text, text=st.text(), tone=st.sampled_from(["normal", "small", "quote", "warning"])),
    st.builds(Facts, lines=st.lists(facts, max_size=3).map(tuple)),
    st.builds(Links, label=st.text(), links=st.lists(links, max_size=3).map(tuple)),
    st.builds(Table, header=cells, rows=st.lists(cells, max_size=3).map(tuple)),
    st.just(Divider()),
)
messages = st.builds(
    Message,
    kind=st.sampled_from(["alert", "update", "digest", "reply", "notice"]),
    notice=st.text(),
    blocks=st.lists(blocks, max_size=6).map(tuple),
    lang=st.text(),
    thread=st.text(),
    urgent=st.booleans(),
)

PLAIN = Message(kind="alert", notice="n", blocks=(Heading(text="h"), Text(text="t", tone="small")))


@given(messages)
def test_a_message_comes_back_the_same(message: Message) -> None:
    assert from_json(to_json(message)) == message


def test_lone_surrogates_survive_a_database_that_wants_utf_8() -> None:
    message = Message(kind="notice", notice="half \ud83d of a sign", blocks=())
    stored = to_json(message).encode("utf-8").decode("utf-8")
    assert from_json(stored) == message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(("version",), VERSION + 1, id="a newer version"),
        pytest.param(("version",), True, id="a version that only equals one"),
        pytest.param(("version",), "1", id="a version in words"),
        pytest.param(("extra",), "x", id="an unknown key in the envelope"),
        pytest.param(("message",), [], id="a list for the message"),
        pytest.param(("message", "kind"), "advert", id="an unknown kind"),
        pytest.param(("message", "kind"), ["alert"], id="a list for the kind"),
        pytest.param(("message", "urgent"), 1, id="a number for a truth value"),
        pytest.param(("message", "notice"), None, id="null for a text"),
        pytest.param(("message", "colour"), "red", id="an unknown field"),
        pytest.param(("message", "blocks"), {}, id="an object for the blocks"),
        pytest.param(("message", "blocks"), ["h"], id="a word for a block"),
        pytest.param(("message", "blocks"), [{"block": "image", "url": ""}], id="an unknown block"),
        pytest.param(("message", "blocks"), [{"text": "h", "url": ""}], id="a block without its name"),
        pytest.param(("message", "blocks"), [{"block": "heading", "text": "h"}], id="a missing field"),
        pytest.param(
            ("message", "blocks"),
            [{"block": "table", "header": ["a"], "rows": [["a", 1]]}],
            id="a number in a table",
        ),
    ],
)
def test_anything_else_is_refused(path: tuple[str, ...], value: object) -> None:
    stored = json.loads(to_json(PLAIN))
    record = stored
    for step in path[:-1]:
        record = record[step]
    record[path[-1]] = value
    with pytest.raises(MessageError):
        from_json(json.dumps(stored))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half an object"),
        pytest.param("[" * 100_000, id="nested beyond any stack"),
        pytest.param("null", id="null"),
        pytest.param(to_json(PLAIN).replace('"notice":"n"', '"notice":"n","notice":"m"'), id="a field twice"),
    ],
)
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(MessageError):
        from_json(text)


def test_a_fault_is_named_with_its_place() -> None:
    stored = to_json(PLAIN).replace('"tone":"small"', '"tone":"loud"')
    with pytest.raises(MessageError, match=r"message\.blocks\[1\]\.tone: expected one of normal, small"):
        from_json(stored)


def test_a_message_of_the_first_version_is_read_and_names_nobody_to_ping() -> None:
    envelope = json.loads(to_json(Message(kind="notice", notice="n", blocks=(Text(text="t"),))))
    del envelope["message"]["mentions"]
    assert from_json(json.dumps(envelope | {"version": 1})).mentions == ()
    with pytest.raises(MessageError):
        from_json(json.dumps(envelope))
