"""How a promise that moved looks beneath its card, on both platforms."""

from __future__ import annotations

import json
from pathlib import Path

from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from bot.wording.promised import outcome
from tests.bot.wording.test_promises_told import RULING, one

GOLDENS = Path(__file__).parents[2] / "data" / "messages"
MESSAGE = outcome(one("slipped", ruling=RULING), "en", followers=("user:U7",))


def agreed(platform: str) -> object:
    return json.loads((GOLDENS / platform / "promise.json").read_text(encoding="utf-8"))


def test_slack_shows_both_sentences_with_their_sources() -> None:
    payload = slack.payload(MESSAGE)
    assert {"text": payload.text, "blocks": list(payload.blocks)} == agreed("slack")


def test_discord_shows_both_sentences_with_their_sources() -> None:
    assert discord.payload(MESSAGE) == agreed("discord")
