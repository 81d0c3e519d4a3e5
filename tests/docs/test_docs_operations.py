"""The page for whoever keeps the bot going: its lines run one after the other, and its errors are ours."""

from __future__ import annotations

import asyncio
import re
import shlex
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bot.operating.program import called
from tests.contracts.store.store_builders import make_letter
from tests.docs.test_docs import blocks
from watchers.clock import SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PAGE = "docs/operations.md"
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"
[slack]
[[channels]]
id = "slack:C0123ABCD"
name = "Desk"
"""


async def _fill(database: Path) -> None:
    """Give two messages up, and close the channel."""
    clock = SystemClock()
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        await store.channels.save(Channel(id="slack:C0123ABCD", name="Desk"))
        for key in ("one", "two"):
            await store.outbox.enqueue(make_letter(key, channel="slack:C0123ABCD"))
            (item,) = await store.outbox.lease(1, now=clock.now(), until=clock.now() + timedelta(minutes=1))
            await store.outbox.dead(item, error="msg_too_long")
        await store.channels.close("slack:C0123ABCD", why="is_archived", at=clock.now())


def test_the_lines_of_the_page_run_one_after_the_other(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    database = tmp_path / "vedette.sqlite3"
    database.write_bytes(empty_database.read_bytes())
    asyncio.run(_fill(database))
    monkeypatch.chdir(tmp_path)
    lines = [line for block in blocks("sh") if block.page == PAGE for line in block.lines]
    assert len(lines) >= 9
    for line in lines:
        command = shlex.split(line, comments=True)
        assert command[:2] == ["./run", "vedette"], line
        done = called(*command[2:])
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout, line


def test_every_error_that_the_page_names_is_one_of_ours() -> None:
    sources = [*(ROOT / "watchers/store").rglob("*.py"), ROOT / "bot/settings/secrets.py"]
    said = "".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in sources)
    table = (ROOT / PAGE).read_text(encoding="utf-8").split("| what it says |")[1]
    named = [
        words
        for row in table.splitlines()
        if row.startswith("| `")
        for words in re.findall(r"`([^`]+)`", row.split(" | ")[0])
    ]
    assert len(named) >= 6
    assert [words for words in named if words not in said] == []
