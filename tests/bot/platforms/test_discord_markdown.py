"""Text of others can do nothing in Discord's Markdown but be read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord import render
from bot.platforms.discord.markdown import escape, link, misleads, shorten, size
from bot.platforms.discord.render import payload, plain
from bot.platforms.inert import inert
from tests.bot.platforms.discord_hostile import hostile, messages
from tests.bot.platforms.discord_samples import SAMPLES, told

if TYPE_CHECKING:
    from bot.messages import Message

CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check_payloads.py"


def reader_sees(markdown: str) -> str:
    """Take our backslashes away, as Discord does."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


@settings(max_examples=150, deadline=None)
@given(messages)
def test_every_link_is_ours_and_no_mark_of_a_feed_is_live(message: Message) -> None:
    # What has a backslash goes first, then our own links, pings and prefixes: no other mark may be left.
    rest = re.sub(r"\\[^0-9A-Za-z\s]", "", told(message))
    found = re.findall(r"\]\(<([^<>\s]+)>\)", rest)
    assert {urlsplit(url).scheme for url in found} <= {"http", "https"}
    assert all("@" not in urlsplit(url).netloc for url in found)
    rest = re.sub(r"\[([^\[\]\n]*)\]\(<[^<>\s]+>\)", r"\1", rest)
    for ping in render.shown(message):
        rest = rest.replace(ping, "", 1)
    rest = re.sub(r"(?m)^(?:## |### |-# |> |\*\*!\*\* )", "", rest)
    assert not re.search(r"[_~`|>#\[\]<@\\]", rest)
    assert rest.count("**") % 2 == 0
    assert not re.search(r"(?m)^ *(?:[-+] |\d{1,9}[.)] )", rest)


@given(st.one_of(hostile, st.text()))
def test_an_escaped_text_reads_as_it_was_written(text: str) -> None:
    once = escape(text)
    assert reader_sees(once).replace("‹", "<") == inert(text).replace("‹", "<")


@pytest.mark.parametrize(
    ("text", "url", "markdown"),
    [
        pytest.param("story", "https://ex.example/a", "[story](<https://ex.example/a>)", id="words"),
        pytest.param(
            "ex.example says",
            "https://www.ex.example/a",
            "[ex.example says](<https://www.ex.example/a>)",
            id="its own host",
        ),
        pytest.param(
            "bank.example",
            "https://evil.example/x",
            "bank.example ([evil.example](<https://evil.example/x>))",
            id="another host stays words, the real one stands beside",
        ),
        pytest.param(
            "https://bank.example",
            "https://evil.example/x",
            "https\\://bank.example ([evil.example](<https://evil.example/x>))",
            id="an address as words is not live either",
        ),
        pytest.param("a](b", "https://ex.example/", "[a\\)\\(b](<https://ex.example/>)", id="no way out"),
        pytest.param("story", "javascript:alert(1)", "story", id="a script is no address"),
        pytest.param("", "https://ex.example/", "[ex.example](<https://ex.example/>)", id="no words"),
    ],
)
def test_a_link_shows_where_it_leads(text: str, url: str, markdown: str) -> None:
    assert link(text, url) == markdown


@pytest.mark.parametrize("text", ["ｅvil.example", "wıre.example", "bank．example", "see www.bank.example/x"])
def test_a_host_in_strange_letters_is_seen(text: str) -> None:
    assert misleads(text, "ex.example")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        pytest.param("paid €310 million today", 14, "paid…", id="a sum goes whole"),
        pytest.param("paid by the ministry today", 18, "paid by the…", id="at a word"),
        pytest.param(
            "要求額は2000億円で、うち半分が無人機", 10, "要求額は…", id="Japanese, before the figure"
        ),
        pytest.param("short", 5, "short", id="what fits stays"),
        pytest.param("🚀🚀🚀🚀", 5, "🚀🚀…", id="a rocket counts twice and is never halved"),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_inside_a_figure(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(1, 60))
def test_a_cut_text_fits(text: str, limit: int) -> None:
    assert size(shorten(text, limit)) <= limit


@pytest.mark.shared
def test_the_payload_checker_finds_nothing(tmp_path: Path) -> None:
    drawn: list[Message] = [*SAMPLES.values()]

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(messages)
    def draw(message: Message) -> None:
        drawn.append(message)

    draw()
    calls = tmp_path / "calls.jsonl"
    with calls.open("w", encoding="utf-8") as out:
        for number, message in enumerate(drawn):
            sent = {
                **payload(message, key=f"k{number}"),
                "nonce": render.nonce(f"k{number}"),
                "enforce_nonce": True,
            }
            words = {"content": plain(message), "allowed_mentions": render.allowed_mentions(message)}
            for body in (sent, words):
                out.write(
                    json.dumps({"platform": "discord", "method": "create_message", "payload": body}) + "\n"
                )
    done = subprocess.run(
        [
            sys.executable,
            str(CHECKER),
            "--strict",
            "--spec",
            str(CHECKER.parents[1] / "specs"),
            "--allow-mention",
            "1",
            "--allow-mention",
            "2",
            "--allow-mention",
            "123",
            "--allow-mention",
            "456",
            str(calls),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 2 * len(drawn) >= 200
    assert done.returncode == 0, done.stdout[:3000] + done.stderr[-500:]
