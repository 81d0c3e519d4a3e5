"""What the documentation says is so: its lines run, its settings load, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.commands.reference import reference
from bot.config import parse

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/README.md",
    "docs/tutorial.md",
    "docs/configuration.md",
    "docs/features.md",
    "docs/legal.md",
    "docs/slack.md",
    "docs/discord.md",
    "docs/articles.md",
    "docs/commands.md",
    "docs/container.md",
    "docs/evaluation.md",
    "docs/metrics.md",
    "docs/models.md",
    "docs/operations.md",
    "docs/postgresql.md",
    "docs/scaling-out.md",
    "docs/privacy.md",
    "docs/rules.md",
    "docs/training.md",
    "docs/why.md",
)
NEED_A_SERVER = ("docs/postgresql.md", "docs/scaling-out.md")
NEEDS = re.compile(r"needs: (?:account|engine)")  # what no test can have
BLOCK = re.compile(r"^( *)```(\w+)([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SMALL = '[poll]\ncontact = "mailto:desk@example.org"\n[[channels]]\nid = "preview:main"\nname = "Desk"\n'


class Block(NamedTuple):
    """A code block: where it stands, its language, and its lines without indentation."""

    page: str
    language: str
    info: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.page}: {self.lines[0]}"

    @property
    def needs(self) -> bool:
        """Whether it needs what no test has; the info string or the first line says so."""
        return bool(NEEDS.search(self.info + self.lines[0]))


def blocks(*languages: str) -> list[Block]:
    found = []
    for page in PAGES:
        for indent, language, info, body in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
            lines = tuple(line.removeprefix(indent) for line in body.splitlines())
            if language in languages:
                found.append(Block(page, language, info, lines))
    return found


def test_the_page_of_commands_is_what_the_forms_say() -> None:
    committed = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert committed == reference(), "write it anew: python -m bot.commands.reference > docs/commands.md"


@pytest.mark.long
@pytest.mark.parametrize("page", ["docs/slack.md", "docs/discord.md"])
def test_the_lines_of_a_page_that_need_no_account_run_one_after_the_other(page: str, tmp_path: Path) -> None:
    ran = 0
    for block in blocks("sh"):
        if block.page != page or block.needs:
            continue
        for line in block.lines:
            command = shlex.split(line, comments=True)
            assert command[:2] == ["./run", "vedette"], line
            done = subprocess.run(
                [sys.executable, "-m", "bot", *command[2:]],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, f"{line}: {done.stderr}"
            assert done.stdout, line
            ran += 1
    assert ran >= 2


def test_what_is_said_to_need_an_account_or_an_engine_is_all_that_is_not_run() -> None:
    for block in blocks("sh"):
        text = "\n".join(block.lines)
        wants = bool(re.search(r"\bdocker\b|TOKEN|\./run image|discord sync", text))
        walked = block.page == "docs/tutorial.md"  # test_docs_tutorial.py runs the bot, too
        run_there = block.page.startswith("docs/") and "./run vedette run" in text and not walked
        run_there = run_there or block.page in NEED_A_SERVER  # all of it
        assert block.needs == (wants or run_there), (
            f"{block.name}: mark it `needs: account` or `needs: engine`"
        )


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda block: block.name)
def test_settings_that_a_page_shows_load(block: Block) -> None:
    config = parse(
        SMALL + "[slack]\n" * ("[slack]" not in block.lines) + "\n".join(block.lines), Path("c.toml")
    )
    assert config.slack is not None


def uncommented() -> str:
    """Return the example with its chat sections taken into use, as a person would do it."""
    lines: list[str] = []
    inside = False
    for line in (ROOT / "config.example.toml").read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"# \[(?:slack|discord|http|\[channels\]|channels\.digest)\]", line):
            inside = True
        inside = inside and line.startswith("#")
        lines.append(line[2:] if inside else line)
    return "\n".join(lines)


def test_the_examples_chat_sections_load_when_they_are_taken_in() -> None:
    config = parse(uncommented(), Path("config.toml"))
    assert config.slack is not None
    assert config.discord is not None
    assert config.http.enabled
    chat = next(channel for channel in config.channels if channel.id.startswith("slack:"))
    assert chat.bound_to == config.channels[0].id == "preview:main"
    assert chat.digest is not None
    assert chat.digest.days == "mon-fri"
    plain = parse((ROOT / "config.example.toml").read_text(encoding="utf-8"), Path("config.toml"))
    assert (plain.slack, plain.discord, plain.http.enabled) == (None, None, False)


def test_every_key_of_the_examples_chat_sections_is_explained_beside_it() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8").split("\n# [slack]", 1)[1]
    text = re.split(r"\n# -{20}", text, maxsplit=1)[0]
    keys = [line for line in text.splitlines() if re.match(r"# [a-z_]+ += ", line)]
    assert len(keys) >= 12
    assert [line for line in keys if not re.search(r"\S  +# \S", line)] == []


DOCTOR = (
    "operating/doctor",
    "operating/stored",
    "operating/shapes",
    "operating/machine",
    "platforms/slack/diagnosis",
    "platforms/discord/diagnosis",
)


@pytest.mark.parametrize("page", ["docs/slack.md", "docs/discord.md"])
def test_what_a_page_says_that_the_doctor_says_it_does_say(page: str) -> None:
    sources = "".join((ROOT / "bot" / f"{name}.py").read_text(encoding="utf-8") for name in DOCTOR)
    sources += (ROOT / "bot" / "platforms" / "discord" / "invite.py").read_text(encoding="utf-8")
    said = re.sub(r"['\"]\s*\n\s*f?['\"]", "", sources)
    table = (ROOT / page).read_text(encoding="utf-8").split("| what the doctor says |")[1]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) >= 10
    for row in rows:
        for words in re.findall(r"`([^`]+)`", row.split(" | ")[0]):
            assert words in said, f"{page}: the doctor never says {words!r}"


@pytest.mark.parametrize("page", PAGES)
def test_a_pages_links_lead_to_files_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s#]+)", text):
        if not target.startswith("http") and "pictures/" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 110


def test_compose_hands_on_every_secret_and_names_a_file_for_each_that_has_one() -> None:
    text = (ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8")
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DISCORD_TOKEN"):
        assert re.search(rf"^ +{name}: \$\{{{name}:-\}}$", text, re.MULTILINE)
    for name in re.findall(r"_FILE: /run/secrets/(\w+)", text):
        assert re.search(rf"^(#   |  (# )?){name}: \{{file: \./secrets/{name}\}}$", text, re.MULTILINE)
