"""What `why` says is in the channel's language, but for what comes from outlets and what is typed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.messages import Facts, Heading, Table, Text
from bot.wording import phrases_turned, phrases_why
from bot.wording.phrases import say
from tests.bot.commands.why_articles import judged, saved
from tests.contracts.store.store_builders import MAIN
from watchers.relevance.explain import _WORDS
from watchers.types import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

ROWS = Hit(term="rows", scope="title", start=10, end=14)
REASONS = (
    ("near", 0.52, "of a kind without words in other languages"),
    ("place", 0.41, "defence news of the exemplars' countries"),
    ("civil", -0.31, "about civil matters"),
    ("base", 2.23, "most news is about other things, so each article begins below zero"),
)
# What an English answer is made of, between its gaps: two words and more.
ENGLISH = frozenset(
    fragment.strip(" .,;:()")
    for english, _, _ in (*phrases_why.PHRASES.values(), *phrases_turned.PHRASES.values())
    for fragment in re.split(r"\{\w+\}", english)
    if len(fragment.split()) > 1
)


def pieces(reply: Reply) -> Iterator[str]:
    """Yield every text that a person reads, cell by cell."""
    for block in reply.message.blocks:
        match block:
            case Heading() | Text():
                yield block.text
            case Table():
                yield from (cell for row in (block.header, *block.rows) for cell in row)
            case Facts():
                yield from (line.label for line in block.lines)
            case _:
                pass


def in_english(reply: Reply) -> set[str]:
    """Return the English that stands in an answer."""
    told = list(pieces(reply))
    return {fragment for fragment in ENGLISH if any(fragment in piece for piece in told)}


async def prepared(ask: Ask, store: Store, before: tuple[str, ...]) -> None:
    """Store an article that is worth keeping, another that alerts and an archive's, and change things."""
    assert await saved(store, "ketch", judged(0.627, *REASONS), hits=(ROWS,)) == 3
    assert await saved(store, "yawl", judged(0.9, *REASONS), archive=True) == 4
    assert await saved(store, "punt", judged(0.9, *REASONS, evidence=False)) == 5
    for line in before:
        assert not (await ask(line)).refused


@pytest.mark.parametrize("lang", ["tr", "ja"])
@pytest.mark.parametrize(
    ("line", "before"),
    [
        pytest.param("why a3", (), id="kept"),
        pytest.param("why a1", (), id="worth an alert"),
        pytest.param("why a4", (), id="from an archive"),
        pytest.param("why a5", (), id="without evidence"),
        pytest.param("why a3", ("rule edit r1 alert:digest", "rule add rows"), id="met since"),
        pytest.param("why a3", ("mute add s1 for:3d",), id="muted"),
        pytest.param("why a3", ("source pause s1",), id="not read"),
        pytest.param("why https://harbour.example/nothing", (), id="of a known site"),
        pytest.param("why https://nowhere.example/nothing", (), id="of an unknown one"),
    ],
)
async def test_it_is_in_the_channels_language(
    ask: Ask, store: Store, lang: str, line: str, before: tuple[str, ...]
) -> None:
    await prepared(ask, store, before)
    assert in_english(await ask(line))
    channel = await store.channels.get(MAIN)
    assert channel is not None
    await store.channels.save(replace(channel, lang=lang))
    assert in_english(await ask(line)) == set()


async def test_names_are_those_of_the_language(ask: Ask, store: Store) -> None:
    named = judged(0.9, ("gate", 0.52, "names something of the exemplars itself"))
    number = await saved(store, "ketch", replace(named, evidence=("Bayraktar TB2", "Japan")))
    channel = await store.channels.get(MAIN)
    assert channel is not None
    await store.channels.save(replace(channel, lang="ja"))
    told = list(pieces(await ask(f"why a{number}")))
    assert "バイラクタルTB2、日本" in told
    assert any("（+0.52）：バイラクタルTB2、日本。" in one for one in told)


@pytest.mark.parametrize("feature", sorted(_WORDS))
def test_each_reason_for_and_against_has_words_in_each_language(feature: str) -> None:
    assert say(f"for.{feature}", "en") == _WORDS[feature][0]
    assert say(f"for.{feature}", "tr") != say(f"against.{feature}", "tr")
    assert say(f"for.{feature}", "ja") != say(f"against.{feature}", "ja")
