"""Where PostgreSQL's driver was not installed, the message names a page, and its line installs it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from watchers.errors import StoreError
from watchers.store.engines import addresses

ROOT = Path(__file__).parents[3]
ENGINE = "watchers.store.engines.postgresql"


def test_a_missing_driver_is_installed_by_the_page_that_the_message_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [one for one in sys.modules if one == ENGINE or one.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="needs a driver that is not here") as told:
        addresses.database("postgresql://host/vedette")
    page = re.search(r"docs/\S+\.md", str(told.value))
    assert page
    line = re.search(r"pip install --require-hashes -r (\S+)", (ROOT / page[0]).read_text(encoding="utf-8"))
    assert line
    assert "\npsycopg==" in (ROOT / line[1]).read_text(encoding="utf-8")
