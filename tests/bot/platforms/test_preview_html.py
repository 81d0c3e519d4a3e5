"""A message on the page: tidy, and no more than words, whatever a feed put into it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.messages import (
    Actions,
    Bar,
    Button,
    Chart,
    Divider,
    FactLine,
    Facts,
    Heading,
    Link,
    Links,
    Message,
    Table,
    Text,
)
from bot.platforms.preview.render_html import language, render_html
from bot.platforms.preview.spans import link

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"' onload=alert(3) </div>&amp;\u202e"
TAGS = {
    "div",
    "h3",
    "h4",
    "a",
    "bdi",
    "p",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "span",
    "details",
    "summary",
    "q",
    "mark",
    "cite",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "form",
    "input",
    "button",
    "figure",
    "figcaption",
    "svg",
    "title",
    "desc",
    "rect",
    "text",
    "line",
}
ATTRIBUTES = {
    "class",
    "lang",
    "dir",
    "href",
    "target",
    "rel",
    "title",
    "open",
    "scope",
    "role",
    "aria-label",
    "tabindex",
    "method",
    "action",
    "type",
    "name",
    "value",
    "width",
    "height",
    "x",
    "y",
    "rx",
    "x1",
    "x2",
    "y1",
    "y2",
}


def parsed(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{html}</body>")


def whole(text: str, url: str) -> Message:
    """Return a message with the text and the address in every place that can hold them."""
    to = Link(text=text, url=url)
    return Message(
        kind="alert",
        notice=text,
        lang=text,
        thread=text,
        blocks=(
            Heading(text=text, url=url),
            Heading(text=text),
            Text(text=text),
            Text(text=text, tone="small"),
            Text(text=text, tone="quote"),
            Text(text=text, tone="warning"),
            Facts(lines=(FactLine(label=text, value=text, sentence=text, mention=text, source=to),)),
            Links(label=text, links=(to, to)),
            Table(header=(text, text), rows=((text, text),)),
            Divider(),
            Actions(
                buttons=(
                    Button(label=text, command=text, confirm=text),
                    Button(label=text, command=text, style="danger"),
                )
            ),
            Chart(title=text, summary=text, bars=(Bar(label=text, value=2), Bar(label=text, value=0))),
        ),
    )


@settings(max_examples=150)
@given(
    st.one_of(st.text(), st.just(EVIL)), st.one_of(st.text(), st.sampled_from(["javascript:alert(1)", EVIL]))
)
def test_only_our_own_tags_and_attributes_come_out(text: str, url: str) -> None:
    html = str(render_html(whole(text, url)))
    body = parsed(html).body
    assert body is not None
    for node in body.css("*"):
        if node.tag == "body":
            continue
        assert node.tag in TAGS
        assert set(node.attributes) <= ATTRIBUTES
        if node.tag == "a":
            assert (node.attributes["href"] or "").lower().startswith(("http://", "https://"))
            assert node.attributes["rel"] == "noopener noreferrer"
            assert node.attributes["target"] == "_blank"


def test_markup_in_a_headline_is_shown_as_words() -> None:
    tree = parsed(str(render_html(Message(kind="alert", notice="n", blocks=(Heading(text="<b>x</b> & y"),)))))
    heading = tree.css_first("h3")
    assert heading is not None
    assert heading.text() == "<b>x</b> & y"


def test_the_mention_is_marked_inside_its_sentence() -> None:
    fact = FactLine(
        label="Value",
        value="€3 million",
        sentence="They paid <€3 million> & more.",
        mention="<€3 million>",
        source=Link(text="Harbour Gazette", url="https://gazette.example/a#:~:text=paid"),
    )
    tree = parsed(str(render_html(Message(kind="alert", notice="n", blocks=(Facts(lines=(fact,)),)))))
    mark, sentence, outlet = tree.css_first("mark"), tree.css_first(".sentence"), tree.css_first("cite a")
    assert mark is not None
    assert sentence is not None
    assert outlet is not None
    assert mark.text() == "<€3 million>"
    assert sentence.text() == "“They paid <€3 million> & more.” Harbour Gazette"
    assert outlet.attributes["href"] == "https://gazette.example/a#:~:text=paid"
    assert tree.css_first("details[open]") is not None


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Sentence"), ("tr", "Cümle"), ("ja", "原文"), ("de", "Sentence")]
)
def test_a_fact_unfolds_in_the_language_of_the_channel(lang: str, words: str) -> None:
    fact = FactLine(label="l", value="v", sentence="s", mention="", source=Link(text="", url=""))
    html = render_html(Message(kind="alert", notice="n", blocks=(Facts(lines=(fact,)),), lang=lang))
    assert f"<summary>{words}</summary>" in html


def test_an_unsafe_address_leaves_the_words() -> None:
    html = str(link("read on", "javascript:alert(1)"))
    assert "href" not in html
    assert "read on" in html


def test_only_the_first_heading_is_large() -> None:
    message = Message(
        kind="digest", notice="n", blocks=(Heading(text="a"), Heading(text="b"), Heading(text="c"))
    )
    tree = parsed(str(render_html(message)))
    assert [node.text() for node in tree.css("h3")] == ["a"]
    assert [node.text() for node in tree.css("h4")] == ["b", "c"]


@pytest.mark.parametrize(
    ("tag", "kept"),
    [("en", "en"), ("zh-Hant-TW", "zh-Hant-TW"), ('"><script>', ""), ("", ""), ("x" * 99, "")],
    ids=["a language", "a language with a script", "markup", "nothing", "no language"],
)
def test_only_a_language_tag_becomes_one(tag: str, kept: str) -> None:
    assert language(tag) == kept
