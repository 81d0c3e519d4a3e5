"""Messages full of what feeds may try on Slack, as Hypothesis strategies, and a judge of what is sent."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.messages_json import Json

ALLOWED: Final = frozenset({"<@U0123>", "<!subteam^S0456>"})
HOSTILE: Final = (
    "<!channel>",
    "<!everyone> <!here|here> <@U999> <!subteam^S999|@staff> <#C1|general>",
    "@channel @here @everyone #general",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt; &amp;amp;amp;lt;@U999&gt;",
    "&#60;!channel&#62; &#8238;abc &#38;lt;",
    "&" + "amp;" * 40 + "lt;",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted\n>>> all of it\n&gt; more",
    "[click](https://evil.example/x) [a](javascript:alert(1))",
    "<https://evil.example|https://bank.example/login>",
    "https://bank.com/login",
    "Log in at www.bank.com today",
    "bank.com",
    "M.Kemal at 2.Ordu: deal.The end of Booking.com.tr",
    "xn--bnk-sna.com bänk.com bank。com",
    "\u202emoc.knab\u202c \u2066x\u2069 \u200bzero\u200d\ufeff",
    "Z" + "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306" * 30,
    "\U000e0041\U000e0042 tags \ud800 lone",
    "<p>para</p><script>alert(1)</script><img src=x> &nbsp;",
    "\x00\x07\x1b[31mred\x1b[0m\r\nnext\x85line\u2028sep",
    ":fire: :100: 12:30:45 :skin-tone-2::wave:",
    "👍🏽👩\u200d🚀🇹🇷" * 30,
    "مرحبا بالعالم 12:30 שלום",
    "同省は護衛艦12隻を8兆8454億円で調達する。" * 60,
    "word " * 2_000,
    "x" * 10_000,
    "9" * 10_000,
    "a.b" * 3_000,
    "|pipe|>|<|",
    '\\n\\u003c!channel\\u003e {"type":"mrkdwn"}',
    "   ",
    "",
)
URLS: Final = (
    "",
    "https://gazette.example/a?x=1&y=2",
    "https://gazette.example/" + "a" * 900,
    "https://gazette.example/" + "a" * 3_500,
    "https://gazette.example/ü/記事#:~:text=a,b",
    "http://bank.com/",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "https://bank.com@evil.example/",
    "https://evil.example/|bank>",
    "https://evil.example/<!channel>",
    "//evil.example",
    "slack://open",
)

hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.text(alphabet="<>&|!@#*_~`:.;[](){}/\\ab1\n ampltg", max_size=60),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
)
urls = st.sampled_from(URLS)
sources = st.builds(Link, text=hostile, url=urls)
lines = st.one_of(
    st.builds(FactLine, label=hostile, value=hostile, sentence=hostile, mention=hostile, source=sources),
    st.builds(
        lambda before, mention, after, source: FactLine(
            label="Value", value=mention, sentence=before + mention + after, mention=mention, source=source
        ),
        hostile,
        hostile,
        hostile,
        sources,
    ),
)


def many(of: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=most).map(tuple)


tables = st.integers(1, 4).flatmap(
    lambda n: st.builds(
        Table,
        header=st.lists(hostile, min_size=n, max_size=n).map(tuple),
        rows=many(st.lists(hostile, min_size=n, max_size=n).map(tuple), 12),
    )
)
buttons = st.builds(
    Button,
    label=hostile,
    command=st.one_of(st.just("why t7"), hostile),
    style=st.sampled_from(["normal", "primary", "danger"]),
    confirm=st.one_of(st.just(""), hostile),
)
charts = st.builds(
    Chart,
    title=hostile,
    summary=hostile,
    bars=many(st.builds(Bar, label=hostile, value=st.integers(0, 10**12)), 5),
)
blocks = st.one_of(
    st.builds(Heading, text=hostile, url=urls),
    st.builds(Text, text=hostile, tone=st.sampled_from(["normal", "small", "quote", "warning"])),
    st.builds(Facts, lines=many(lines, 6)),
    st.builds(Links, label=hostile, links=many(sources, 20)),
    tables,
    st.just(Divider()),
    st.builds(Actions, buttons=many(buttons, 5)),
    charts,
)
messages = st.builds(
    Message,
    kind=st.sampled_from(["alert", "update", "digest", "reply", "notice"]),
    notice=hostile,
    blocks=st.lists(blocks, max_size=30).map(tuple),
    lang=st.sampled_from(["en", "tr", "ja"]),
    mentions=st.lists(
        st.sampled_from(["user:U0123", "role:S0456", "role:12", "user:U1> <!channel", "everyone"]), max_size=3
    ).map(tuple),
)

_TOKEN = re.compile(r"<([^<>]*)>")
_MOST = {"section": 3_000, "header": 150, "context": 3_000}


def judge(text: str, shown: tuple[Mapping[str, Json], ...], *, most: int = 50) -> list[str]:
    """Return what Slack would refuse in a post, or what a feed got through; written apart from the code."""
    faults = []
    if not text.strip() or len(text.encode()) > 4_000:
        faults.append("text is empty or too long")
    if not 1 <= len(shown) <= most:
        faults.append(f"{len(shown)} blocks")
    told = [words for block in shown for words in _words(block)]
    if most == 50 and sum(len(words.encode("utf-16-le")) // 2 for _, words in told) > 9_500:
        faults.append("too much text in all")
    if most == 50 and len(json.dumps(shown)) > 15_500:
        faults.append("too much JSON in all")
    asked = [e["action_id"] for block in shown for e in _elements(block) if e.get("type") == "button"]
    if len(asked) != len(set(asked)):
        faults.append("an action_id twice")
    for block in shown:
        limit = _MOST.get(str(block["type"]), 2_000)
        faults += [
            f"{block['type']} too long" for _, w in _words(block) if len(w.encode("utf-16-le")) > 2 * limit
        ]
        faults += [f"{block['type']} empty" for _, words in _words(block) if not words.strip()]
        for element in _elements(block):
            if element.get("type") == "button":
                faults += _button(element)
    for kind, words in [("mrkdwn", text), *told]:
        faults += _escapes(words) if kind == "mrkdwn" else []
    return faults


def _button(element: Mapping[str, Json]) -> list[str]:
    label = element["text"]
    long = isinstance(label, dict) and len(str(label["text"]).encode("utf-16-le")) > 150
    value = str(element["value"])
    return (
        ["button too long"]
        if long or not 1 <= len(value.encode("utf-16-le", "surrogatepass")) // 2 <= 2_000
        else []
    )


def _escapes(words: str) -> list[str]:
    faults = []
    for token in _TOKEN.finditer(words):
        address = token[1].partition("|")[0]
        if token[0] not in ALLOWED and not re.match(r"https?://[^\s|]+\Z", address):
            faults.append(f"a control sequence: {token[0]}")
    bare = re.sub(r"(?m)^>", "", _TOKEN.sub("", words))
    if "<" in bare or ">" in bare:
        faults.append("a bare angle bracket")
    if re.search(r"&(?!(?:amp|lt|gt);)", words):
        faults.append("a bare ampersand")
    if "`" in words or "~" in _TOKEN.sub("", words):
        faults.append("a mark that formats")
    if re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]", words):
        faults.append("an invisible character")
    return faults


def _elements(block: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    inside = block.get("elements")
    return [element for element in inside if isinstance(element, dict)] if isinstance(inside, list) else []


def _words(node: Json | Mapping[str, Json], kind: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text that is shown with the kind of its text object."""
    if isinstance(node, list):
        for item in node:
            yield from _words(item)
    elif not isinstance(node, str | bool | int):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield str(node.get("type", kind)), value
            else:
                yield from _words(value)
