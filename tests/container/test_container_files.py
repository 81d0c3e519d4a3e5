"""Dockerfile, compose.yaml and .dockerignore agree with the program, and let nothing else into a build."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import app
from bot.operating.health import STALE
from bot.roles.opening import SHUTDOWN_WITHIN as ROLE_ENDS_WITHIN
from bot.run import SHUTDOWN_WITHIN

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8")
LIVE = "\n".join(line for line in COMPOSE.splitlines() if not line.lstrip().startswith("#"))
LIVE_SERVICES = LIVE.split("\nservices:\n")[1].split("\nvolumes:\n")[0]
IGNORE = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
# Kinds of files that the packages have; anything else in their folders is there by mistake.
KINDS = {".py", ".typed", ".toml", ".json", ".md", ".html", ".css", ".js", ".svg"}


def gets_in(path: str) -> bool:
    """Tell whether a file is sent to a build: the last line of .dockerignore that fits decides."""
    inside = True
    for line in IGNORE:
        pattern = line.removeprefix("!")
        if any(_pattern(pattern).fullmatch(part) for part in _with_folders(path)):
            inside = line.startswith("!")
    return inside


def _with_folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _pattern(pattern: str) -> re.Pattern[str]:
    words = re.split(r"(\*\*/|\*\*|\*)", pattern)
    meant = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    return re.compile("".join(meant.get(word, re.escape(word)) for word in words))


def programs() -> set[str]:
    return {str(command.name) for command in app.registered_commands}


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "docs/.env",
        "docs/secrets/database_url",
        "config.toml",
        "bot/config.toml",
        "vedette.sqlite3",
        "bot/vedette.sqlite3-wal",
        "watchers/relevance/.env",
        "bot/__pycache__/app.cpython-313.pyc",
        "bot/commands/__pycache__/why.cpython-313.pyc",
        "watchers/a-vectors/some.npy",
        ".git/config",
        ".venv/bin/python",
        "tests/conftest.py",
        "docs/compose.yaml",
        "deploy/prometheus/prometheus.yml",
        "requirements/notes.txt",
        "anything-new.txt",
    ],
)
def test_what_does_not_belong_into_an_image_is_not_sent_to_a_build(path: str) -> None:
    assert not gets_in(path)


@pytest.mark.parametrize(
    "path",
    ["pyproject.toml", "LICENSE", "requirements/postgres.lock", "bot/app.py", "watchers/languages.toml"],
)
def test_what_the_image_is_made_of_is_sent_to_a_build(path: str) -> None:
    assert gets_in(path)


def test_the_folders_of_the_program_hold_nothing_but_the_program() -> None:
    files = [
        file.relative_to(ROOT).as_posix()
        for folder in ("bot", "watchers")
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    ]
    sent = [path for path in files if gets_in(path)]
    assert len(sent) > 300
    assert [path for path in sent if Path(path).suffix not in KINDS] == []


def test_all_that_is_copied_into_the_image_is_sent_to_the_build() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for word in line.split()[:-1]:
            assert any(gets_in(f"{word.rstrip('/')}{end}") for end in ("", "/app.py", "/postgres.lock")), word


def test_a_part_that_is_stuck_is_told_by_the_second_look_at_the_latest() -> None:
    (found,) = re.findall(r"^HEALTHCHECK (.+) CMD \[(.+)\]$", DOCKERFILE, re.MULTILINE)
    options = dict(re.findall(r"--([a-z-]+)=(\d+)", found[0]))
    interval = timedelta(seconds=int(options["interval"]))
    assert interval >= STALE
    assert options["retries"] == "1"
    assert found[1] == '"vedette", "healthcheck"'


def test_it_is_told_to_end_by_the_signal_that_it_heeds_and_has_the_time_it_needs() -> None:
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    (grace,) = {int(n) for n in re.findall(r"stop_grace_period: (\d+)s", COMPOSE.split("services:")[0])}
    assert grace >= 2 * max(SHUTDOWN_WITHIN, ROLE_ENDS_WITHIN)


def test_the_image_holds_the_driver_of_the_scale_profile_and_runs_as_nobody_of_the_host() -> None:
    assert "requirements/postgres.lock" in DOCKERFILE
    assert "USER 10001:10001" in DOCKERFILE
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("ENTRYPOINT")


def test_each_part_is_a_command_and_asks_after_itself() -> None:
    parts = re.findall(r"^    command: \[(\w+)\]$", LIVE, re.MULTILINE)
    assert sorted(parts) == ["bot", "scheduler", "worker"]
    assert set(parts) <= programs()
    asked = re.findall(r'"healthcheck", "--role", "(\w+)"', LIVE)
    assert asked == parts


def test_the_scale_profile_has_two_workers_and_a_bot_with_a_stand_by() -> None:
    blocks = dict(re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", LIVE_SERVICES, re.MULTILINE))
    assert set(blocks) >= {"vedette", "postgres", "scheduler", "worker", "bot"}
    for name in ("worker", "bot"):
        assert "replicas: 2" in blocks[name]
    assert "profiles: [scale]" in blocks["postgres"]
    assert "profiles" not in blocks["vedette"]
    for name in ("scheduler", "worker", "bot"):
        assert "*part" in blocks[name]


def test_secrets_are_files_or_come_from_outside_and_none_stands_in_it() -> None:
    assert "POSTGRES_PASSWORD_FILE: /run/secrets/database_password" in LIVE
    assert "VEDETTE_DATABASE_URL_FILE: /run/secrets/database_url" in LIVE
    for name, value in re.findall(r"^\s+([A-Z_]+): (\S+)$", LIVE, re.MULTILINE):
        if re.search(r"TOKEN|SECRET|KEY|PASSWORD|URL", name):
            assert value == f"${{{name}:-}}" or value.startswith("/run/secrets/"), name
    mounted = set(re.findall(r"secrets: \[(\w+)\]", LIVE))
    named = set(re.findall(r"^  (\w+): \{file:", LIVE, re.MULTILINE))
    assert mounted == named == {"database_url", "database_password"}


def test_only_who_talks_to_a_platform_gets_its_tokens() -> None:
    worker = LIVE.split("  worker:\n")[1].split("  bot:\n")[0]
    scheduler = LIVE.split("  scheduler:\n")[1].split("  worker:\n")[0]
    assert "*chat" not in worker
    assert "*chat" not in scheduler


def test_every_process_is_without_rights() -> None:
    common = LIVE.split("services:")[0]
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]'):
        assert line in common


def test_every_variable_is_one_that_the_program_reads() -> None:
    given = set(
        re.findall(r"^\s+((?:VEDETTE|SLACK|DISCORD)_[A-Z_]+):", COMPOSE.replace("#", " "), re.MULTILINE)
    )
    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert given
    assert not {name for name in given if f"`{name.removesuffix('_FILE')}`" not in told}


def test_the_image_has_the_version_of_the_program() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f'org.opencontainers.image.version="{version}"' in DOCKERFILE
