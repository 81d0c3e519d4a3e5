"""Messages as the worst of feeds would have them, for Hypothesis to make up."""

from __future__ import annotations

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

HOSTILE = (
    "@everyone @here <@123> <@&456> <#789> <:x:1> <a:x:1> <t:0:R> </watch:1>",
    "**bold** __under__ ~~gone~~ ||spoiler|| `code` ```\nblock\n``` > quote >>> all",
    "# heading\n## two\n-# small\n- item\n* item\n1. one\n  - nested\n> quote",
    "[click](https://evil.example) [x](<javascript:alert(1)>) [bank.example](https://evil.example)",
    "https://evil.example discord.gg/abc http://a.example/b_c_ <https://x.example>",
    "\u202egpj.exe\u2066 ad\u200bmin\ufeff \x1b[31mred\x07 z\u0301\u0301\u0301\u0301\u0301\u0301",
    "<script>alert(1)</script> &amp;lt;b&amp;gt; &lt;i&gt; <p>x</p> <!-- y -->",
    ":tada: :1234: \\ \\\\ \\* ]( )[ ](<https://e.example>) ¯\\_(ツ)_/¯",
    "€310 million, 1 000 000 units, 8.8454 trillion yen, 12機 2000億円",
    "🚀" * 40,
    "",
    " ",
    "\n\n\n",
    "ı İ ş 無人機が、12機。",
    "word " * 200,
    "x" * 5000,
)
URLS = (
    "https://news.example/a#:~:text=310%20million",
    "https://news.example/(a)_[b]*c*",
    "https://news.example/" + "a" * 1500,
    "https://news.example/a#" + "b" * 1500,
    "javascript:alert(1)",
    "https://bank.example@evil.example/",
    "http://[2001:db8::1]/",
    "",
)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.tuples(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE)).map("".join),
)
urls = st.sampled_from(URLS)
links = st.builds(Link, text=hostile, url=urls)
buttons = st.builds(
    Button,
    label=hostile,
    command=st.one_of(hostile, st.sampled_from(("why t7", "vote up t1", "search " + "x" * 120))),
    style=st.sampled_from(("normal", "primary", "danger")),
    confirm=st.one_of(st.just(""), hostile),
)


def fact_lines() -> st.SearchStrategy[FactLine]:
    def mentioned(parts: tuple[str, str, str]) -> FactLine:
        before, mention, after = parts
        return FactLine(
            label=after,
            value=mention,
            sentence=before + mention + after,
            mention=mention,
            source=Link(text=before, url=URLS[len(before) % len(URLS)]),
        )

    return st.tuples(hostile, hostile, hostile).map(mentioned)


blocks = st.one_of(
    st.builds(Heading, text=hostile, url=urls),
    st.builds(Text, text=hostile, tone=st.sampled_from(("normal", "small", "quote", "warning"))),
    st.builds(Facts, lines=st.lists(fact_lines(), max_size=4).map(tuple)),
    st.builds(Links, label=hostile, links=st.lists(links, max_size=12).map(tuple)),
    st.lists(hostile, min_size=1, max_size=4).flatmap(
        lambda header: st.builds(
            Table,
            header=st.just(tuple(header)),
            rows=st.lists(st.tuples(*(hostile for _ in header)), max_size=4).map(tuple),
        )
    ),
    st.just(Divider()),
    st.builds(Actions, buttons=st.lists(buttons, max_size=7).map(tuple)),
    st.builds(
        Chart,
        title=hostile,
        summary=hostile,
        bars=st.just((Bar(label="a", value=1),)),
    ),
)
messages = st.builds(
    Message,
    kind=st.sampled_from(("alert", "update", "digest", "reply", "notice")),
    notice=hostile,
    blocks=st.lists(blocks, max_size=9).map(tuple),
    urgent=st.booleans(),
    mentions=st.lists(st.sampled_from(("user:1", "role:2", "everyone", "user:1\n")), max_size=3).map(tuple),
)
