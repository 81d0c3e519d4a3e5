"""Payloads drawn as their platforms draw them, and what hostile words become on the way through both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.messages import Actions, Bar, Button, Chart, Heading, Message, Text
from bot.platforms.preview.look_discord import look_discord
from bot.platforms.preview.look_slack import look_slack
from bot.platforms.preview.looks import LOOKS, render
from bot.platforms.preview.pressing import pressing
from tests.bot.platforms.test_preview_html import EVIL, whole

if TYPE_CHECKING:
    from bot.platforms.preview.looks import Look

MUTE = Button(label="Mute", command="mute add t7", confirm="Mute <t7>?", style="danger")
PRESSED = Message(
    kind="alert",
    notice="n",
    blocks=(Text(text="x"), Actions(buttons=(Button(label="Why?", command="why t7"), MUTE))),
)
CHART = Chart(title="Entries", summary="Most on Tuesday.", bars=(Bar(label="Tue", value=9),))


def words(text: str, kind: str = "mrkdwn") -> dict[str, object]:
    return {"type": kind, "text": text}


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{html}</body>")


def test_slack_blocks_are_drawn_in_order() -> None:
    payload = {
        "text": "not seen where there are blocks",
        "blocks": [
            {"type": "header", "text": words("A &amp; B", "plain_text")},
            {"type": "section", "text": words("*c*"), "fields": [words("_d_"), words("*e*", "plain_text")]},
            {"type": "context", "elements": [words("f")]},
            {"type": "divider"},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "text": words("Why?", "plain_text"), "value": "why t7"},
                    {
                        "type": "button",
                        "text": words("Mute", "plain_text"),
                        "value": "mute add t7",
                        "style": "danger",
                    },
                ],
            },
            {"type": "image", "alt_text": "g", "title": words("h", "plain_text"), "slack_file": {"id": "F1"}},
            {"type": "table", "rows": [[words("i", "raw_text")], [words("<j>", "raw_text")]]},
        ],
    }
    html = str(look_slack(payload, pressing(PRESSED, "/chart/p-1")))
    page = tree(html)
    body = page.body
    assert body is not None
    assert "".join(body.text().split()) == "A&Bcd*e*fWhy?Mutehi<j>"
    assert "not seen" not in html
    assert [one.attributes["action"] for one in page.css("form")] == ["/answer", "/confirm"]
    assert [one.attributes["value"] for one in page.css("input")] == ["Mute <t7>?"]
    image = page.css_first("figure img")
    assert image is not None
    assert (image.attributes["src"], image.attributes["alt"]) == ("/chart/p-1/0", "g")
    assert not page.css(".unsupported")


COMPONENTS: dict[str, object] = {
    "flags": 32768,
    "components": [
        {
            "type": 17,
            "accent_color": 0x0A0B0C,
            "components": [
                {"type": 10, "content": "## a"},
                {"type": 14, "divider": True},
                {"type": 14, "divider": False, "spacing": 2},
                {
                    "type": 9,
                    "components": [{"type": 10, "content": "b"}],
                    "accessory": {"type": 11, "description": "c", "media": {"url": "attachment://x.png"}},
                },
                {"type": 12, "items": [{"description": "d", "media": {"url": "attachment://y.png"}}]},
                {
                    "type": 1,
                    "components": [
                        {"type": 2, "style": 1, "label": "Why?", "custom_id": "ask:why t7"},
                        {
                            "type": 2,
                            "style": 4,
                            "label": "Mute",
                            "custom_id": "sure:mute add t7 // Mute <t7>?",
                        },
                        {"type": 2, "style": 5, "label": "Open", "url": "https://a.example/"},
                    ],
                },
            ],
        }
    ],
}


def test_discord_components_are_drawn_in_order() -> None:
    page = tree(str(look_discord(COMPONENTS, pressing(PRESSED, "/chart/p-1"))))
    assert [one.attributes["fill"] for one in page.css("rect")] == ["#0a0b0c"]
    assert [one.attributes["alt"] for one in page.css("img")] == ["c", "d"]
    assert [one.text() for one in page.css("button")] == ["Why?", "Mute"]
    assert [one.attributes["value"] for one in page.css("button")] == ["why t7", "mute add t7"]
    assert [one.attributes["href"] for one in page.css(".button a")] == ["https://a.example/"]
    assert len(page.css("hr")) == 1
    assert not page.css(".unsupported")


@pytest.mark.parametrize(
    "block",
    [
        pytest.param({"type": "carousel"}, id="a block"),
        pytest.param({"type": "actions", "elements": [{"type": "datepicker"}]}, id="an element"),
        pytest.param({"type": "context", "elements": [{"type": "rich_text"}]}, id="a text"),
        pytest.param({"type": "section", "text": words("x", "html")}, id="a text of a section"),
        pytest.param({"type": "table", "rows": [[{"type": "rich_text"}]]}, id="a cell"),
        pytest.param({}, id="nothing"),
        pytest.param(
            {
                "type": "actions",
                "elements": [{"type": "button", "text": words("z", "plain_text"), "value": "z"}],
            },
            id="a button that the message has not",
        ),
    ],
)
def test_what_slack_knows_and_the_page_does_not_is_a_red_box(block: dict[str, object]) -> None:
    page = tree(str(look_slack({"blocks": [block]}, pressing(PRESSED, ""))))
    assert len(page.css(".unsupported")) == 1


@pytest.mark.parametrize(
    "kind", [3, 5, 99, "<b>", None], ids=["a menu", "another", "new", "words", "nothing"]
)
def test_what_discord_knows_and_the_page_does_not_is_a_red_box(kind: object) -> None:
    page = tree(
        str(
            look_discord(
                {"components": [{"type": 17, "components": [{"type": kind}]}]}, pressing(PRESSED, "")
            )
        )
    )
    box = page.css_first(".unsupported")
    assert box is not None
    assert box.text() == f"unsupported: {kind}"


def test_a_payload_without_blocks_is_its_text() -> None:
    assert str(look_slack({"text": "*a*"}, pressing(PRESSED, ""))) == '<p dir="auto"><b>a</b></p>'
    assert str(look_discord({"content": "**a**"}, pressing(PRESSED, ""))) == '<p dir="auto"><b>a</b></p>'


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_keeps_the_buttons_their_questions_and_the_chart(look: Look) -> None:
    message = Message(kind="reply", notice="n", blocks=(*PRESSED.blocks, CHART))
    page = tree(str(render(message, look, pictures="/chart/p-1")))
    assert [one.attributes["value"] for one in page.css("button")] == ["why t7", "mute add t7"]
    assert [one.attributes["action"] for one in page.css("form")] == ["/answer", "/confirm"]
    assert [one.attributes["value"] for one in page.css("input[name=question]")] == ["Mute <t7>?"]
    picture = page.css_first("svg desc") if look == "plain" else page.css_first("img")
    assert picture is not None
    assert "Most on Tuesday." in (picture.text() or picture.attributes["alt"] or "")
    assert not page.css(".unsupported")


TAGS = {
    *(
        "div",
        "p",
        "h3",
        "h4",
        "h5",
        "b",
        "i",
        "s",
        "u",
        "a",
        "bdi",
        "span",
        "blockquote",
        "pre",
        "code",
        "hr",
    ),
    *("ul", "li", "time", "form", "input", "button", "img", "figure", "figcaption", "svg", "rect"),
    *("table", "tbody", "tr", "td", "th"),
}


@settings(max_examples=100)
@given(
    st.one_of(st.text(), st.just(EVIL), st.just("<https://evil.example|*a*> [b](<javascript:c>) @everyone")),
    st.sampled_from(["javascript:alert(1)", "https://a.example/?q=%22%3E&b=<x>", EVIL, "https://a.example/"]),
)
def test_hostile_words_stay_words_in_the_native_looks(text: str, url: str) -> None:
    native: tuple[Look, ...] = ("slack", "discord")
    for look in native:
        body = tree(str(render(whole(text, url), look, pictures="/chart/p-1"))).body
        assert body is not None
        for node in body.css("*"):
            if node.tag == "body":
                continue
            assert node.tag in TAGS
            assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
            assert (node.attributes.get("href") or "https://").startswith(("http://", "https://"))
            assert (node.attributes.get("src") or "/chart/").startswith("/chart/")
        assert "unsupported" not in (body.html or "") or "unsupported" in text


@pytest.mark.parametrize("look", LOOKS)
def test_markup_of_any_kind_in_a_headline_is_read_as_it_was_written(look: Look) -> None:
    headline = "<b>x</b> & y [z](https://evil.example) <@U1>"
    page = tree(str(render(Message(kind="alert", notice="n", blocks=(Heading(text=headline),)), look)))
    body = page.body
    assert body is not None
    assert not page.css("a, .ping")
    shown = body.text().replace("‹", "<").replace("] (", "](")
    assert "x" in shown
    assert "& y [z](https://evil.example) <@U1>" in shown
