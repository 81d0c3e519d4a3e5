"""The first steps that go wrong: a wrong answer, a folder that takes nothing, a file that cannot work."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import load
from bot.operating.setup import example
from tests.bot.operating.program import called

ROOT = Path(__file__).parents[3]
CONTACT = ("--contact", "desk@example.org")
SMALL = """\
[poll]
contact = "mailto:desk@example.org"

[[channels]]
id = "preview:main"
name = "Desk"
keywords = ["Baykar"]
"""
SLACK = '\n[slack]\n\n[[channels]]\nid = "slack:C0123ABCD"\nname = "Desk"\nbound_to = "preview:main"\n'
FEED = '\n[[feeds]]\nurl = "{}"\nname = "Near"\n'
BOT, APP = "xoxb-1111-2222-canary", "xapp-1-A1-canary"
DISCORD = "MTIzNDU2Nzg5.Gcanary.canary-of-discords-bot-token-38"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def answered(path: Path, *answers: str) -> tuple[int, str]:
    """Call `init` in a terminal, type the answers, and return its exit status and all that is shown."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "init", "--config", str(path)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        )
        os.close(theirs)
        terminal.write("".join(f"{answer}\n" for answer in answers).encode())
        said = b""
        try:
            while piece := terminal.read(4096):
                said += piece
        except OSError:  # the other end of a terminal is closed
            pass
        return process.wait(60), said.decode()


def test_in_a_terminal_a_wrong_answer_is_asked_for_again(path: Path) -> None:
    status, said = answered(path, "nobody", "desk@example.org", "Istanbul", "Europe/Istanbul", "xx", "tr")
    assert status == 0, said
    assert 'Expected an e-mail address or a page where publishers can reach you, got "nobody"' in said
    assert 'such as "Europe/Istanbul", got "Istanbul"; did you mean "Europe/Istanbul"?' in said
    assert 'Expected some of en, tr and ja, got "xx"' in said
    assert "Languages of the feeds, the one of alerts and digests first [en,tr,ja]: " in said
    config = load(path)
    assert (config.poll.contact, config.defaults.timezone) == ("desk@example.org", "Europe/Istanbul")
    assert {feed.lang for feed in config.feeds} == {"tr"}
    assert config.defaults.language == "tr"


def test_the_next_step_names_a_file_that_is_not_the_usual_one(tmp_path: Path) -> None:
    other = tmp_path / "an other.toml"
    done = called("init", "--config", other, *CONTACT)
    assert f"Next: vedette run --config '{other}'" in done.stdout


def test_an_offset_is_answered_with_a_city_and_no_other_offset(path: Path) -> None:
    done = called("init", "--config", path, *CONTACT, "--timezone", "GMT+3")
    assert done.returncode == 78
    assert 'the time zone of a city, which knows its summer time, such as "Europe/Istanbul"' in done.stderr
    assert "did you mean" not in done.stderr


@pytest.mark.parametrize("command", [("init", *CONTACT), ("run",)], ids=["init", "run"])
def test_a_folder_that_takes_no_file_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "folder").touch()
    path = tmp_path / "folder" / "config.toml"
    done = called(*command, "--config", path)
    assert done.returncode == 78
    assert done.stderr.startswith(f"{path}: cannot be written (")


def test_init_takes_the_place_of_an_example_that_nobody_touched(path: Path) -> None:
    assert called("run", "--config", path).returncode == 78
    done = called("init", "--config", path, *CONTACT, "--languages", "tr")
    assert done.returncode == 0, done.stderr
    assert load(path).poll.contact == "desk@example.org"
    again = called("init", "--config", path, *CONTACT)
    assert again.returncode == 78
    assert "is there already, with changes" in again.stderr


@pytest.mark.parametrize("contact", ["you@example.org", "mailto:You@Example.org"])
@pytest.mark.parametrize("command", ["check", "run"])
def test_the_examples_contact_is_refused_however_it_is_written(
    path: Path, command: str, contact: str
) -> None:
    path.write_text(SMALL.replace("mailto:desk@example.org", contact), encoding="utf-8")
    done = called(command, "--config", path)
    assert done.returncode == 78
    assert f"{path}:2: poll.contact: expected where publishers can reach you" in done.stderr


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(
    ("environ", "told"),
    [
        pytest.param(
            {}, ["SLACK_BOT_TOKEN: not set", "SLACK_APP_TOKEN: not set", "DISCORD_TOKEN: not set"], id="none"
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT, "DISCORD_TOKEN": DISCORD},
            ["looks like what SLACK_APP_TOKEN should be", "looks like what SLACK_BOT_TOKEN should be"],
            id="swapped",
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "DISCORD_TOKEN": "Bot abc"},
            ["DISCORD_TOKEN: set by DISCORD_TOKEN, but a bot token is three parts"],
            id="no token",
        ),
    ],
)
def test_every_secret_that_will_not_do_is_told_at_once_and_before_anything_begins(
    path: Path, command: str, environ: dict[str, str], told: list[str]
) -> None:
    path.write_text(f"{SMALL}{SLACK}\n[discord]\n", encoding="utf-8")
    done = called(command, "--config", path, environ=environ)
    assert done.returncode == 78
    lines = done.stderr.splitlines()
    assert len(lines) == len(told), done.stderr
    for line, words in zip(lines, told, strict=True):
        assert words in line
    assert "canary" not in done.stderr
    assert done.stdout == ""
    assert not path.with_name("vedette.sqlite3").exists()


def test_a_channel_that_shares_anothers_rules_is_shown_with_them(path: Path) -> None:
    path.write_text(SMALL + SLACK, encoding="utf-8")
    done = called("check", "--config", path, environ={"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP})
    assert done.returncode == 0, done.stderr
    assert "preview:main “Desk”: 1 keyword, 0 rules, no digest\n" in done.stdout
    assert (
        "slack:C0123ABCD “Desk”: shares the keywords and rules of preview:main; no digest of its own\n"
        in done.stdout
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:8900/a.xml", 'a public address, or "127.0.0.1:8900" under allow in [poll]'),
        ("http://localhost:8900/a.xml", 'a public address, or "localhost:8900" under allow in [poll]'),
        ("http://[::1]/a.xml", 'a public address, or "[::1]:80" under allow in [poll]'),
        ("http://169.254.169.254/a", "a public address (169.254.169.254 is a link-local address"),
        ("https://me:secret@news.example/a", "a link must not carry a user name or password"),
    ],
)
def test_a_feed_that_would_never_be_asked_is_a_fault(path: Path, url: str, told: str) -> None:
    path.write_text(SMALL + FEED.format(url), encoding="utf-8")
    done = called("check", "--config", path)
    assert done.returncode == 78
    assert done.stderr.startswith(f"{path}:10: feeds[0].url: expected ")
    assert told in done.stderr


def test_a_feed_of_this_machine_that_is_allowed_is_none(path: Path) -> None:
    allowed = SMALL.replace("\n\n[[chan", '\nallow = ["127.0.0.1:8900"]\n\n[[chan')
    path.write_text(allowed + FEED.format("http://127.0.0.1:8900/a.xml"), encoding="utf-8")
    done = called("check", "--config", path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone/vedette.sqlite3", "make that folder"),
        ("file/v.sqlite3", "nothing can be written"),
        (".", "is a folder"),
    ],
)
def test_a_database_that_cannot_be_written_is_a_fault(path: Path, name: str, told: str) -> None:
    path.with_name("file").touch(0o600)
    path.write_text(f'{SMALL}\n[database]\npath = "{name}"\n', encoding="utf-8")
    done = called("check", "--config", path)
    assert done.returncode == 78
    assert done.stderr.startswith(f"{path}:10: database.path: expected a file that can be written (")
    assert told in done.stderr


def test_the_example_lacks_nothing_but_its_contact(path: Path) -> None:
    path.write_text(example(), encoding="utf-8")
    done = called("check", "--config", path)
    assert re.fullmatch(r"\S+:\d+: poll\.contact: .*\n", done.stderr)
