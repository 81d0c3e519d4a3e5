"""The program as it is started: help, first steps, faults and their exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.operating.health import STALE, check_health
from bot.platforms.slack.manifest import manifest
from tests.bot.operating.program import called

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = [sys.executable, "-m", "bot"]
ROOT = Path(__file__).parents[3]


def vedette(*arguments: str | Path, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"}
    environ.pop("VEDETTE_CONFIG", None)
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env=environ,
        stdin=subprocess.DEVNULL,
    )


def test_help_names_every_command() -> None:
    done = vedette("--help")
    assert done.returncode == 0
    named = "demo run check init evaluate healthcheck doctor slack discord status source why"
    for name in named.split():
        assert re.search(rf"\b{name}\b", done.stdout), name


def test_init_writes_a_configuration_that_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "mine" / "config.toml"
    done = vedette(
        "init",
        "--config",
        path,
        "--contact",
        "desk@example.org",
        "--timezone",
        "Europe/Istanbul",
        "--languages",
        "tr,ja",
    )
    assert done.returncode == 0, done.stderr
    assert "vedette run" in done.stdout
    text = path.read_text(encoding="utf-8")
    assert 'timezone = "Europe/Istanbul"' in text
    assert 'lang = "tr"' in text
    assert not re.search(r'^lang = "en"', text, re.MULTILINE)
    checked = called("check", "--config", path)
    assert checked.returncode == 0, checked.stderr
    assert "sound" in checked.stdout


def test_init_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("mine", encoding="utf-8")
    done = called("init", "--config", path, "--contact", "desk@example.org")
    assert done.returncode == 78
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        pytest.param("--contact", "nobody", "an e-mail address or a page", id="a contact that is none"),
        pytest.param("--timezone", "Mars/Base", "an IANA time zone", id="a zone that is none"),
        pytest.param(
            "--languages", "en,xx", "expected some of en, tr and ja", id="a language it does not speak"
        ),
    ],
)
def test_init_says_what_an_answer_should_have_been(
    tmp_path: Path, option: str, value: str, told: str
) -> None:
    answers = {"--contact": "desk@example.org", "--timezone": "UTC", "--languages": "en"} | {option: value}
    arguments = [part for pair in answers.items() for part in pair]
    done = called("init", "--config", tmp_path / "config.toml", *arguments)
    assert done.returncode == 78
    assert option in done.stderr
    assert told in done.stderr
    assert not (tmp_path / "config.toml").exists()


def test_run_without_a_configuration_writes_one_and_says_the_next_step(tmp_path: Path) -> None:
    path = tmp_path / "data" / "config.toml"
    first = called("run", "--config", path)
    assert first.returncode == 78
    assert "written just now" in first.stderr
    second = called("run", "--config", path)
    assert second.returncode == 78
    assert re.search(
        r"config\.toml:\d+: poll\.contact: expected where publishers can reach you", second.stderr
    )


def test_check_names_every_fault_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[poll]\ncontact = "x"\nevery = 5\n\n[pol]\n', encoding="utf-8")
    done = called("check", "--config", path)
    assert done.returncode == 78
    lines = done.stderr.splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "5"]
    assert all(line.startswith(str(path)) for line in lines)
    assert 'did you mean "poll"' in lines[-1]


def test_a_command_without_a_database_says_what_to_start(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    called("init", "--config", path, "--contact", "desk@example.org")
    done = called("status", "--config", path)
    assert done.returncode == 78
    assert "vedette run" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "mode", "command", "url"),
    [
        pytest.param([], "socket", "/watch", "", id="as usual"),
        pytest.param(["--command", "/defence"], "socket", "/defence", "", id="under another name"),
        pytest.param(
            ["--mode", "http", "--command", "/watch", "--url", "https://news.example"],
            "http",
            "/watch",
            "https://news.example",
            id="for HTTP",
        ),
    ],
)
def test_the_slack_manifest_is_printed_before_there_is_a_configuration(
    arguments: list[str], mode: Literal["socket", "http"], command: str, url: str
) -> None:
    done = called("slack", "manifest", *arguments)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == manifest(mode=mode, command=command, url=url)


def test_the_discord_invitation_asks_for_what_the_bot_uses_and_no_more() -> None:
    done = called("discord", "invite", "--application-id", "123456789012345678")
    assert done.returncode == 0, done.stderr
    link = urlsplit(done.stdout.strip())
    asked = parse_qs(link.query)
    assert (link.hostname, link.path) == ("discord.com", "/oauth2/authorize")
    assert asked["client_id"] == ["123456789012345678"]
    assert asked["scope"] == ["bot applications.commands"]
    wanted = discord.Permissions(
        view_channel=True,
        send_messages=True,
        create_public_threads=True,
        send_messages_in_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
    )
    assert asked["permissions"] == [str(wanted.value)]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        pytest.param(
            ["slack", "manifest", "--mode", "http"], 64, "Try: vedette slack manifest", id="HTTP without URL"
        ),
        pytest.param(
            ["slack", "manifest", "--command", "watch"], 64, "begins with /", id="a command without its slash"
        ),
        pytest.param(
            ["discord", "invite", "--application-id", "Vedette"], 64, "General Information", id="no number"
        ),
        pytest.param(["discord", "sync", "--config", "none.toml"], 78, "vedette init", id="no configuration"),
        pytest.param(["doctor", "--config", "none.toml"], 2, "", id="a doctor without a configuration"),
    ],
)
def test_what_a_platform_cannot_be_given_is_refused_with_a_way_on(
    arguments: list[str], status: int, told: str
) -> None:
    done = called(*arguments)
    assert done.returncode == status
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_discord_is_told_nothing_without_its_section(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    called("init", "--config", path, "--contact", "desk@example.org")
    done = called("discord", "sync", "--config", path)
    assert done.returncode == 78
    assert "no [discord] section" in done.stderr


def test_evaluate_without_input_says_what_it_needs() -> None:
    done = called("evaluate", "relevance")
    assert done.returncode == 78
    assert "--in" in done.stderr


QUIET = """\
[poll]
contact = "mailto:desk@example.org"

[page]
port = 0

[[channels]]
id = "preview:desk"
name = "Desk"
keywords = ["Baykar"]

[[feeds]]
url = "http://127.0.0.1:9/none.xml"
name = "Nowhere"
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """Start a bot whose only feed is a private address, and wait until its parts have begun.

    One test stops it; what others ask of its files they may ask before or after.
    """
    path = tmp_path_factory.mktemp("running") / "config.toml"
    path.write_text(QUIET, encoding="utf-8")
    process = subprocess.Popen(
        [*PROGRAM, "run", "--config", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        deadline = time.monotonic() + 60
        while check_health(path) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        yield path, process
        process.kill()


@pytest.mark.long
def test_a_running_bot_answers_beside_refuses_a_second_and_stops_on_sigterm(
    running: tuple[Path, subprocess.Popen[str]],
) -> None:
    path, process = running
    health = vedette("healthcheck", "--config", path)
    assert health.returncode == 0, health.stderr

    second = vedette("run", "--config", path)
    assert second.returncode == 69
    assert "vedette:" in second.stderr

    status = vedette("status", "--config", path, "of:feeds")
    assert status.returncode == 0, status.stderr
    assert "Nowhere" in status.stdout

    paused = vedette("source", "--config", path, "pause", "s1")
    assert "paused s1" in paused.stdout, paused.stderr

    wrong = called("source", "--config", path, "puase", "s1")
    assert wrong.returncode == 64
    assert "Did you mean source pause?" in wrong.stderr
    assert "Try: vedette source" in wrong.stderr

    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert time.monotonic() - begun < 10
    assert "Stopped" in errors


def test_health_turns_when_a_part_falls_silent(running: tuple[Path, subprocess.Popen[str]]) -> None:
    path, _ = running
    later = datetime.now(UTC) + STALE + timedelta(seconds=30)
    assert "poll has been silent since" in check_health(path, now=later)
