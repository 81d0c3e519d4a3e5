"""Links in their one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.feeds.links import canonical

LONGEST = "https://desk.example/" + "防" * 659 + "aa"
CASES = {
    "already canonical": ("https://desk.example/a?id=4", "https://desk.example/a?id=4"),
    "campaign parameters": ("https://desk.example/a?utm_source=rss&id=4&UTM_Medium=x", "https://desk.example/a?id=4"),
    "click identifiers": ("https://desk.example/a?fbclid=1&gclid=2&igshid=3&msclkid=4", "https://desk.example/a"),
    "mail campaigns": ("https://desk.example/a?mc_cid=1&mc_eid=2", "https://desk.example/a"),
    "a referrer": ("https://desk.example/a?ref=rss&reference=7", "https://desk.example/a?reference=7"),
    "an encoded tracker's name": ("https://desk.example/a?utm%5Fsource=x", "https://desk.example/a"),
    "order and spelling of the rest": ("https://desk.example/?b=%7e&a=1&b=2&c", "https://desk.example/?b=%7e&a=1&b=2&c"),
    "a fragment": ("https://desk.example/a#comments", "https://desk.example/a"),
    "a fragment with a route": ("https://desk.example/a#!/b?utm_source=x", "https://desk.example/a"),
    "capitals in scheme and host": ("HTTPS://Desk.Example/A", "https://desk.example/A"),
    "the default port": ("https://desk.example:443/a", "https://desk.example/a"),
    "another port": ("http://desk.example:8080/a", "http://desk.example:8080/a"),
    "white space around": ("\n https://desk.example/a \t", "https://desk.example/a"),
    "a line break inside": ("https://desk.example/long-\n  title", "https://desk.example/long-%20%20title"),
    "a space inside": ("https://desk.example/a b", "https://desk.example/a%20b"),
    "Japanese letters": ("https://desk.example/防衛?語=無人機", "https://desk.example/防衛?語=無人機"),
    "two slashes in the path": ("https://archive.example/web/https://desk.example/a", "https://archive.example/web/https://desk.example/a"),
    "relative to the directory": ("b/c", "https://base.example/news/b/c"),
    "relative to the root": ("/b", "https://base.example/b"),
    "relative to the parent": ("../b", "https://base.example/b"),
    "relative to the scheme": ("//desk.example/b", "https://desk.example/b"),
    "only a query": ("?id=1", "https://base.example/news/feed.xml?id=1"),
    "a user name that hides the host": ("https://defence.example@evil.example/", "https://evil.example/"),
    "an IPv6 host": ("http://[2606:4700::1]:81/a", "http://[2606:4700::1]:81/a"),
    "a last dot": ("https://desk.example./a", "https://desk.example/a"),
    "mail": ("mailto:desk@desk.example", ""),
    "a script": ("javascript:alert(1)", ""),
    "a file": ("file:///etc/passwd", ""),
    "a tag": ("tag:desk.example,2025:1", ""),
    "data": ("data:text/html,x", ""),
    "a bad port": ("https://desk.example:http/a", ""),
    "a broken IPv6 host": ("http://[::1/a", ""),
    "no host": ("http:///a", ""),
    "a host with a space": ("https://desk example/a", ""),
    "longer than any address": ("https://desk.example/" + "a" * 1980, ""),
    "longer in bytes": ("https://desk.example/" + "防" * 660, ""),
    "as long as any": (LONGEST, LONGEST),
}  # fmt: skip


@pytest.mark.parametrize(("link", "expected"), CASES.values(), ids=CASES.keys())
def test_a_link_has_one_form(link: str, expected: str) -> None:
    assert canonical(link, "https://base.example/news/feed.xml") == expected


def test_a_relative_link_without_a_base_is_none() -> None:
    assert canonical("b/c") == ""


pieces = st.sampled_from(
    ["utm_source=x", "id=1", "ref=a", "q=%20", "b", "", "a=b=c", "fbclid", "%75tm_id=1", "日=本"]
)
links = st.builds(
    lambda scheme, host, path, query, fragment: f"{scheme}://{host}{path}?{'&'.join(query)}#{fragment}",
    st.sampled_from(["http", "https", "HTTP", "ftp"]),
    st.sampled_from(
        ["desk.example", "DESK.example:80", "u:p@desk.example", "[::1]:8080", "desk.example.", "日本.example"]
    ),
    st.text(alphabet="/.ab %?#日\\\t", max_size=12).map(lambda path: "/" + path),
    st.lists(pieces, max_size=6),
    st.text(max_size=5),
)  # fmt: skip


@given(links | st.text())
def test_the_one_form_is_its_own_one_form(link: str) -> None:
    once = canonical(link, "https://base.example/feed")
    assert canonical(once) == once


@given(st.lists(pieces, max_size=6))
def test_trackers_go_and_all_else_stays_in_order(query: list[str]) -> None:
    trackers = {"utm_source=x", "%75tm_id=1", "ref=a", "fbclid", ""}
    kept = "&".join(piece for piece in query if piece not in trackers)
    form = canonical(f"https://desk.example/a?{'&'.join(query)}")
    assert form == ("https://desk.example/a?" + kept if kept else "https://desk.example/a")


@given(st.lists(pieces, max_size=6), st.lists(pieces, max_size=3), st.text(max_size=9))
def test_trackers_and_fragments_never_tell_two_links_apart(
    query: list[str], more: list[str], fragment: str
) -> None:
    trackers = [piece for piece in more if piece in {"utm_source=x", "%75tm_id=1", "ref=a", "fbclid", ""}]
    plain = f"https://desk.example/a?{'&'.join(query)}"
    tracked = f"https://desk.example/a?{'&'.join([*trackers, *query, *trackers])}#{fragment}"
    assert canonical(tracked) == canonical(plain)


@given(st.sampled_from(["id", "page", "article", "v", "sec"]), st.integers(0, 999), st.integers(0, 999))
def test_parameters_that_mean_something_keep_links_apart(name: str, one: int, other: int) -> None:
    links = {canonical(f"https://desk.example/a?{name}={value}&utm_source=x") for value in (one, other)}
    assert len(links) == len({one, other})
