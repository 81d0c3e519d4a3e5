"""`check` and `doctor` say what `run` would refuse of the token that /metrics asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.operating.program import called

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "VEDETTE_METRICS_TOKEN"
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"

[http]
enabled = {enabled}
metrics = "token"

[[channels]]
id = "preview:main"
name = "Desk"
"""


def asked(folder: Path, command: str, given: str, *, enabled: str = "true") -> tuple[int, str]:
    path = folder / "config.toml"
    path.write_text(CONFIG.format(enabled=enabled), encoding="utf-8")
    done = called(command, environ={"VEDETTE_CONFIG": str(path), TOKEN: given})
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("given", "told"), [("", "not set"), ("short", "16 or more letters and digits")])
def test_a_token_that_will_not_do_is_told_before_the_start(tmp_path: Path, given: str, told: str) -> None:
    status, said = asked(tmp_path, "check", given)
    assert (status, f"{TOKEN}: {told}" in said, "sound" in said) == (78, True, False), said
    status, said = asked(tmp_path, "doctor", given)
    assert (status, f"✗ {TOKEN}: {told}" in said) == (2, True), said


def test_one_that_will_do_is_ticked_and_none_is_asked_for_where_nothing_listens(tmp_path: Path) -> None:
    enough = "0123456789abcdef"
    assert "sound" in asked(tmp_path, "check", enough)[1]
    said = asked(tmp_path, "doctor", enough)[1]
    assert f"✓ {TOKEN}: set, and long enough" in said
    assert enough not in said
    assert "sound" in asked(tmp_path, "check", "", enabled="false")[1]
