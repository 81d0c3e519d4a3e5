"""The manifest that Slack is given: what the code needs, in the form that Slack's schema asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from bot.platforms.slack.manifest import SHORTCUTS, manifest

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "specs" / "slack_manifest_schema_2.0.0.json"
URL = "https://vedette.example"


def test_the_committed_manifest_is_the_one_that_the_code_writes() -> None:
    committed = json.loads((ROOT / "docs" / "slack-manifest.json").read_text(encoding="utf-8"))
    assert committed == manifest(mode="socket")


@pytest.mark.shared
@pytest.mark.parametrize("mode", ["socket", "http"])
def test_slacks_own_schema_takes_it(mode: Literal["socket", "http"]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(manifest(mode=mode, url=URL))] == []
    assert list(validator.iter_errors({"features": {}})) != []


def test_in_socket_mode_no_address_is_named() -> None:
    assert "url" not in json.dumps(manifest(mode="socket"))


@pytest.mark.parametrize("end", ["", "/", "/slack/events", "/slack/events/"])
def test_in_http_mode_everything_comes_to_one_address(end: str) -> None:
    told = json.dumps(manifest(mode="http", url=f"{URL}{end}"))
    assert told.count(f'"{URL}/slack/events"') == 3


def test_the_command_has_the_name_that_was_set() -> None:
    assert '"command": "/feeds"' in json.dumps(manifest(mode="socket", command="/feeds"))


@pytest.mark.parametrize(
    ("mode", "command", "url"),
    [
        pytest.param("http", "/watch", "", id="no address"),
        pytest.param("http", "/watch", "http://vedette.example", id="not https"),
        pytest.param("socket", "watch", "", id="no slash"),
        pytest.param("socket", "/a b", "", id="a space"),
    ],
)
def test_what_slack_would_refuse_is_refused_here(
    mode: Literal["socket", "http"], command: str, url: str
) -> None:
    with pytest.raises(ValueError, match=r"address|slash"):
        manifest(mode=mode, command=command, url=url)


def test_message_menus_have_the_ids_that_the_door_answers() -> None:
    assert [callback for callback, _, _ in SHORTCUTS] == ["more", "less", "like", "why", "facts", "mute"]
