"""From when and until when something is read again, as people type it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import ConfigError
from bot.replay.spans import moment

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("30d", datetime(2026, 3, 1, 12, 0, tzinfo=UTC)),
        ("12h", datetime(2026, 3, 31, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_so_long_ago_or_the_beginning_of_a_day(text: str, meant: datetime | None) -> None:
    assert moment("--since", text, now=NOW) == meant


@pytest.mark.parametrize("text", ["soon", "30", "2026-02-30", "01.03.2026"])
def test_what_is_neither_is_refused_with_both(text: str) -> None:
    with pytest.raises(ConfigError, match=rf'--until {text}: takes a day such as "2026-03-01", .*"30d"'):
        moment("--until", text, now=NOW)
