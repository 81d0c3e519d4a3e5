"""What Discord would get: whole, within its limits, and with nothing in it that a feed could steer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import (
    Actions,
    Button,
    FactLine,
    Facts,
    Link,
    Links,
    Message,
    Text,
)
from bot.platforms.discord import render
from bot.platforms.discord.markdown import size
from bot.platforms.discord.render import MAX_COMPONENTS, MAX_CONTENT, MAX_TEXT, fits, payload, plain
from tests.bot.platforms.discord_hostile import messages
from tests.bot.platforms.discord_samples import ALERT, CHART, SAMPLES, nodes, told

GOLDENS = Path(__file__).parents[2] / "data" / "messages" / "discord"
CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check_payloads.py"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_renders_as_it_did(name: str) -> None:
    expected = json.loads((GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
    assert payload(SAMPLES[name]) == expected


@settings(max_examples=150, deadline=None)
@given(messages)
def test_whatever_a_feed_brings_the_message_keeps_discords_limits(message: Message) -> None:
    found = nodes(message)
    texts = [node["content"] for node in found if node["type"] == 10]
    assert len(found) <= MAX_COMPONENTS
    assert sum(map(size, texts)) <= MAX_TEXT
    assert all(text.strip() for text in texts)
    ids = [node["custom_id"] for node in found if "custom_id" in node]
    assert len(ids) == len(set(ids))
    assert all(0 < size(one) <= 100 for one in ids)
    assert all(0 < size(node["label"]) <= 80 for node in found if node["type"] == 2)
    assert all(0 < len(node["components"]) <= 5 for node in found if node["type"] == 1)
    assert 0 < size(plain(message)) <= MAX_CONTENT
    allowed: Any = payload(message)["allowed_mentions"]
    assert allowed["parse"] == []
    assert set(allowed.get("users", ())) <= {"1"}


def sentence_of(length: int) -> FactLine:
    mention = "€310 million"
    around = "words about the order " * (length // 22)
    return FactLine(
        label="Value",
        value=mention,
        sentence=f"{around}{mention} {around}",
        mention=mention,
        source=Link(text="Harbour Gazette", url="https://gazette.example/a"),
    )


@pytest.mark.parametrize("kind", ["alert", "update", "digest"])
def test_a_card_quotes_one_sentence_of_200_characters_around_its_mention(
    kind: Literal["alert", "update", "digest"],
) -> None:
    facts = Facts(lines=(sentence_of(1000), sentence_of(1000)))
    quotes = [
        line
        for line in told(Message(kind=kind, notice="n", blocks=(facts, facts))).split("\n")
        if line.startswith("> ")
    ]
    assert len(quotes) == 1
    assert "**€310 million**" in quotes[0]
    assert len(quotes[0].removesuffix(" – Harbour Gazette")) <= 200 + len("> “****”") + 1


def test_an_answer_quotes_every_sentence() -> None:
    facts = Facts(lines=(sentence_of(44), sentence_of(66)))
    assert told(Message(kind="reply", notice="n", blocks=(facts,))).count("\n> ") == 2


def test_a_value_leads_to_its_source() -> None:
    assert "**Value** [€310 million](<https://gazette.example/a>)" in told(
        Message(kind="alert", notice="n", blocks=(Facts(lines=(sentence_of(44),)),))
    )


def test_a_row_of_links_ends_with_how_many_more_there_are() -> None:
    many = tuple(Link(text=f"Outlet {n}", url=f"https://outlet{n}.example/story") for n in range(60))
    line = told(Message(kind="alert", notice="n", blocks=(Links(label="Reports", links=many),)))
    shown = line.count("](<")
    assert 5 < shown < 60
    assert line.endswith(f" · +{60 - shown}")
    assert "\n" not in line


def test_a_long_message_does_not_fit_and_is_cut_between_words() -> None:
    long = Message(kind="digest", notice="n", blocks=(Text(text="One story of many words. " * 400),))
    assert not fits(long)
    assert told(long).endswith("…")
    assert MAX_TEXT - 60 < size(told(long)) <= MAX_TEXT


def test_a_message_keeps_its_facts_and_lets_fragments_go() -> None:
    url = f"https://news.example/a#:~:text={'x' * 300}"
    lines = tuple(
        FactLine(label=f"L{n}", value="v", sentence="", mention="", source=Link(text="", url=url))
        for n in range(20)
    )
    message = Message(kind="alert", notice="n", blocks=(Facts(lines=lines),))
    assert fits(message)
    assert told(message).count("(<https://news.example/a>)") == 20


def test_forty_one_parts_do_not_fit() -> None:
    rows = tuple(
        Actions(buttons=tuple(Button(label=f"{r}{b}", command=f"why t{r}{b}") for b in range(5)))
        for r in range(7)
    )
    assert not fits(Message(kind="reply", notice="n", blocks=rows))
    assert fits(Message(kind="reply", notice="n", blocks=rows[:6]))


@pytest.mark.parametrize(
    ("button", "custom_id"),
    [
        pytest.param(Button(label="Why", command="why t7"), "ask:why t7", id="a command"),
        pytest.param(
            Button(label="Gone", command="story retract t7", confirm="For good?"),
            "sure:story retract t7 // For good?",
            id="a question goes along, for the day after a restart",
        ),
        pytest.param(Button(label="Long", command="search " + "x" * 100), "", id="too long for a button"),
    ],
)
def test_a_button_carries_its_command(button: Button, custom_id: str) -> None:
    assert render.custom_id(button) == custom_id


def test_a_command_too_long_for_a_button_is_shown_in_words() -> None:
    long = Button(label="Search", command="search " + "x" * 100)
    assert told(Message(kind="reply", notice="n", blocks=(Actions(buttons=(long,)),))) == (
        f"-# Search, as a command: {long.command}"
    )


@given(st.text(min_size=1))
def test_a_keys_nonce_and_marks_are_its_own(key: str) -> None:
    assert len(render.nonce(key)) == 25
    assert render.nonce(key) == render.nonce(key) != render.nonce(f"{key}!")
    first, second = render.marks(key)
    assert 0 < first < 2**31
    assert 0 < second < 2**31
    assert first != second
    assert render.marks(key) != render.marks(f"{key}!")


def test_pictures_are_named_in_the_layout() -> None:
    assert [name for name, _ in render.charts(CHART)] == ["chart.png"]
    gallery = next(node for node in nodes(CHART) if node["type"] == 12)
    assert gallery["items"][0]["media"]["url"] == "attachment://chart.png"
    assert gallery["items"][0]["description"] == "12 entries on Monday, 30 on Tuesday."


def test_plain_words_say_what_happened_and_where() -> None:
    text = plain(ALERT)
    assert text.startswith("Ostmark orders four corvettes")
    assert "<https://courier.example/defence/corvette-order>" in text
    assert "Contract value: €1.2 billion" in text
