"""`vedette forget`: whom an id means, what would go, what went, and what is no person's id."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.errors import CommandError
from bot.operating.forgetting import person_of, removed
from bot.wording.phrases import LANGUAGES
from tests.bot.operating.program import called
from watchers.clock import SystemClock
from watchers.store.people import Kept
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = SystemClock()
CONFIG = '[poll]\ncontact = "mailto:desk@example.org"\n'


@pytest.mark.parametrize(
    ("text", "platform", "known"),
    [
        pytest.param("U0ADA42XY", "", "slack:U0ADA42XY", id="a Slack id"),
        pytest.param("W0ADA42XY", "slack", "slack:W0ADA42XY", id="one of a grid, platform said"),
        pytest.param("184729103847561029", "", "discord:184729103847561029", id="a Discord id"),
        pytest.param("slack:U0ADA42XY", "", "slack:U0ADA42XY", id="as it is kept"),
        pytest.param("<@U0ADA42XY|ada>", "", "slack:U0ADA42XY", id="as Slack writes a mention"),
        pytest.param(" <@!184729103847561029>", "discord", "discord:184729103847561029", id="as Discord"),
        pytest.param("@U0ADA42XY", "", "slack:U0ADA42XY", id="with an at sign"),
    ],
)  # fmt: skip
def test_an_id_is_known_as_people_copy_it(text: str, platform: str, known: str) -> None:
    assert person_of(text, platform).id == known


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        pytest.param("ada", "", id="a name"),
        pytest.param("", "", id="nothing"),
        pytest.param("C0ADA42XY", "", id="a channel of Slack"),
        pytest.param("U0ADA42XY", "discord", id="a Slack id on Discord"),
        pytest.param("slack:184729103847561029", "", id="a Discord id on Slack"),
        pytest.param("discord:184729103847561029", "slack", id="two platforms"),
        pytest.param("shell:operator", "", id="the command line itself"),
        pytest.param("U0ADA42XY", "teams", id="another platform"),
        pytest.param("U" + "A" * 100_000, "", id="far too long"),
        pytest.param("<@U0ADA42XY" + "|a" * 50_000, "", id="hostile"),
    ],
)
def test_what_is_no_persons_id_is_refused(text: str, platform: str) -> None:
    with pytest.raises(CommandError):
        person_of(text, platform)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_thing_is_named_with_its_number_in_every_language(lang: str) -> None:
    kept = Kept(votes=1, follows=2, mutes=3, changes=4, makings=5, pings=6, messages=7, askings=8, mentions=9)
    lines = list(removed(kept, lang))
    assert [str(n) in line for n, line in enumerate(lines, 1)] == [True] * 9
    assert kept.total == sum(range(1, 10))
    assert list(removed(Kept(), lang)) == []


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "vedette.sqlite3").write_bytes(empty_database.read_bytes())

    async def fill() -> None:
        async with open_store(f"sqlite:///{tmp_path / 'vedette.sqlite3'}", clock=CLOCK) as store:
            await store.channels.save(Channel(id="slack:C1", name="Desk"))
            await store.audits.note(
                "slack:C1", asker="slack:U0ADA42XY", asker_name="ada", command="mute add t1", line="muted t1"
            )
            await store.exemplars.add("slack:C1", title="Tug", text="A tug.", lang="en", by_name="Ada B")

    asyncio.run(fill())
    return path


def test_a_dry_run_says_what_would_go_and_changes_nothing(config: Path) -> None:
    for _ in range(2):
        done = called("forget", "U0ADA42XY", "--dry-run", "--config", config)
        assert done.returncode == 0, done.stderr
        assert "This would be removed of slack:U0ADA42XY:" in done.stdout
        assert "  changes, by name: 1\n" in done.stdout
        assert "Nothing was changed." in done.stdout


def test_somebody_is_forgotten_once_and_the_second_time_there_is_nothing(config: Path) -> None:
    done = called("forget", "U0ADA42XY", "--name", "Ada B", "--config", config)
    assert done.returncode == 0, done.stderr
    assert "Removed of slack:U0ADA42XY:" in done.stdout
    assert "docs/privacy.md" in done.stdout
    again = called("forget", "U0ADA42XY", "--config", config)
    assert again.stdout == "Nothing is kept of slack:U0ADA42XY.\n"


def test_what_is_wrong_is_said_with_what_to_do(config: Path, tmp_path: Path) -> None:
    done = called("forget", "ada", "--config", config)
    assert done.returncode == 64
    assert "Copy member ID" in done.stderr
    config.with_name("vedette.sqlite3").unlink()
    done = called("forget", "U0ADA42XY", "--config", config)
    assert done.returncode == 78
    assert str(tmp_path) in done.stderr
