"""Cards on disagreement, origins, merging, steps, rates and corrections as Slack and Discord show them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from tests.bot.wording.card_samples import SAMPLES
from tests.doubles.slack_check import check_message

GOLDENS = Path(__file__).parents[2] / "data" / "messages" / "cards"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_looks_on_slack_as_agreed(name: str) -> None:
    payload = slack.payload(SAMPLES[name])
    posted = {"text": payload.text, "blocks": list(payload.blocks)}
    assert posted == json.loads((GOLDENS / "slack" / f"{name}.json").read_text(encoding="utf-8"))
    check_message(posted, method="chat.postMessage")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_looks_on_discord_as_agreed(name: str) -> None:
    agreed = json.loads((GOLDENS / "discord" / f"{name}.json").read_text(encoding="utf-8"))
    assert discord.payload(SAMPLES[name]) == agreed


@pytest.mark.parametrize("look", ["slack", "discord"])
def test_every_golden_has_its_card(look: str) -> None:
    assert {path.stem for path in (GOLDENS / look).glob("*.json")} == set(SAMPLES)
