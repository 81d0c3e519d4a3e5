"""The platforms' own inline markup, read as they read it; what is none stays words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.platforms.preview.discord_markdown import discord_markdown
from bot.platforms.preview.mrkdwn import mrkdwn

LINK = (
    '<a href="{0}" target="_blank" rel="noopener noreferrer" title="{1}"><bdi dir="auto">{2}</bdi></a>'.format
)
PING = '<span class="ping">{}</span>'.format
TAGS = {
    *("p", "blockquote", "pre", "code", "b", "i", "s", "u", "a", "bdi", "span", "time"),
    *("h3", "h4", "h5", "ul", "li"),
}
ATTRIBUTES = {"dir", "href", "target", "rel", "title", "class", "datetime"}


def bare(html: str) -> str:
    """Return the HTML of one paragraph without the paragraph."""
    return html.removeprefix('<p dir="auto">').removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("*a* _b_ ~c~ `d`", "<b>a</b> <i>b</i> <s>c</s> <code>d</code>", id="four styles"),
        pytest.param("*a _b_*", "<b>a <i>b</i></b>", id="nested"),
        pytest.param("2*3*4 a_b_c", "2*3*4 a_b_c", id="within a word a mark is a character"),
        pytest.param("* a*", "* a*", id="a mark before a space"),
        pytest.param("`*a*`", "<code>*a*</code>", id="code holds no style"),
        pytest.param(
            "a &amp; b &lt;i&gt; &quot;", "a &amp; b &lt;i&gt; &amp;quot;", id="three escapes, no more"
        ),
        pytest.param(
            "<https://a.example/x_y_z?a=1&amp;b=2|b *c*>",
            LINK("https://a.example/x_y_z?a=1&amp;b=2", "a.example", "b *c*"),
            id="a link with words",
        ),
        pytest.param(
            "*<https://a.example/|b>*",
            f"<b>{LINK('https://a.example/', 'a.example', 'b')}</b>",
            id="a link in bold",
        ),
        pytest.param("<javascript:alert(1)|b>", '<bdi dir="auto">b</bdi>', id="no link to a script"),
        pytest.param("<@U1> <@U1|ann>", f"{PING('@U1')} {PING('@ann')}", id="people"),
        pytest.param("<!subteam^S1|@ops> <!here>", f"{PING('@ops')} {PING('@here')}", id="groups"),
        pytest.param("<!date^1^{date}|Monday>", "Monday", id="a date says its words"),
        pytest.param(
            "see https://a.example/b.",
            f"see {LINK('https://a.example/b', 'a.example', 'https://a.example/b')}.",
            id="a bare address",
        ),
        pytest.param("a\nb", "a\nb", id="two lines are one paragraph"),
    ],
)
def test_mrkdwn_reads_as_in_slack(text: str, html: str) -> None:
    assert bare(str(mrkdwn(text))) == html


def test_quotes_and_code_stand_apart() -> None:
    text = "a\n&gt; b\n> c\n```\n<d> *e*\n```\n>>> f\ng"
    assert str(mrkdwn(text)) == (
        '<p dir="auto">a</p><blockquote dir="auto">b\nc</blockquote><pre>&lt;d&gt; *e*</pre>'
        '<blockquote dir="auto">f\ng</blockquote>'
    )


def test_verbatim_text_makes_no_links_of_bare_addresses() -> None:
    assert bare(str(mrkdwn("https://a.example/", verbatim=True))) == "https://a.example/"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param(
            "**a** *b* _c_ __d__ ~~e~~ `f`",
            "<b>a</b> <i>b</i> <i>c</i> <u>d</u> <s>e</s> <code>f</code>",
            id="six styles",
        ),
        pytest.param("**a *b* c**", "<b>a <i>b</i> c</b>", id="nested"),
        pytest.param(
            r"\*a\* \_ \[b\]\(c\) \<@1\>", "*a* _ [b](c) &lt;@1&gt;", id="escaped marks are characters"
        ),
        pytest.param(r"\\*a*", "\\<i>a</i>", id="an escaped backslash"),
        pytest.param("snake_case_word 2 * 3 * 4", "snake_case_word 2 * 3 * 4", id="no style"),
        pytest.param(
            "[b](<https://a.example/(x)>)", LINK("https://a.example/(x)", "a.example", "b"), id="a quiet link"
        ),
        pytest.param(
            r"[\[b\] **c**](https://a.example/)",
            LINK("https://a.example/", "a.example", "[b] <b>c</b>"),
            id="a link with styled words",
        ),
        pytest.param("[b](<javascript:alert(1)>)", '<bdi dir="auto">b</bdi>', id="no link to a script"),
        pytest.param(
            "<@1> <@!2> <@&3> <#4>", f"{PING('@1')} {PING('@2')} {PING('@3')} {PING('#4')}", id="mentions"
        ),
        pytest.param("@everyone", "@everyone", id="words that ping nobody here"),
        pytest.param("||a||", '<span class="spoiler">a</span>', id="a spoiler"),
        pytest.param("&amp; <b>", "&amp;amp; &lt;b&gt;", id="HTML is words"),
        pytest.param(
            "<t:1755586800:f>",
            '<time datetime="2025-08-19T07:00:00+00:00">2025-08-19 07:00 UTC</time>',
            id="a moment",
        ),
        pytest.param("<t:99999999999999:f>", "&lt;t:99999999999999:f&gt;", id="no moment"),
    ],
)
def test_markdown_reads_as_in_discord(text: str, html: str) -> None:
    assert bare(str(discord_markdown(text))) == html


def test_markdown_has_headings_small_lines_quotes_and_lists() -> None:
    text = "## A\n-# b\n-# c\n> d\n> e\n- f\n  - g\n1. h\n\\- i\n```py\n*j*\n```"
    assert str(discord_markdown(text)) == (
        '<h4 class="h2" dir="auto">A</h4><p class="small" dir="auto">b\nc</p>'
        '<blockquote dir="auto">d\ne</blockquote>'
        '<ul><li class="" dir="auto">f</li><li class="deep" dir="auto">g</li>'
        '<li class="numbered" dir="auto"><span class="number">1.</span> h</li></ul>'
        '<p dir="auto">- i</p><pre>*j*</pre>'
    )


MARKS = st.text(st.sampled_from("*_~`|<>[]()\\#-@!&:/.ab1 \n\ue000\uf8ff"), max_size=60)
HOSTILE = st.one_of(
    st.text(max_size=60),
    MARKS,
    st.sampled_from(
        ['<https://a.example/" onclick="x|y>', "[a](<https://a.example/'>)", "<javascript:x|<b>>", "<!--|-->"]
    ),
)


@given(st.lists(HOSTILE, max_size=4).map("".join))
def test_only_listed_tags_and_attributes_come_of_any_text(text: str) -> None:
    for html in (str(mrkdwn(text)), str(discord_markdown(text))):
        body = LexborHTMLParser(f"<!doctype html><body>{html}</body>").body
        assert body is not None
        for node in body.css("*"):
            if node.tag != "body":
                assert node.tag in TAGS
                assert set(node.attributes) <= ATTRIBUTES
                assert (node.attributes.get("href") or "http").startswith("http")


@pytest.mark.parametrize("mark", ["*", "_", "~", "`", "|", "<", ">", "[", "(", "\\", "- ", "&"])
def test_twenty_thousand_marks_take_no_time_to_speak_of(mark: str) -> None:
    text = (mark * 20_000)[:20_000]
    assert len(mrkdwn(text)) + len(discord_markdown(text)) >= 0
