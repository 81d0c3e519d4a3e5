"""When a watch became what it is: read from what each change was about, whoever made it, wherever and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons
from tests.bot.commands.why_articles import judged, saved, table
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

OTHER = "slack:C9"
ADDED = "it was added after this came, 19 Aug 12:05, so it did not count then"
CHANGED = "it was changed after this came, 19 Aug 12:05, so it did not count then"


async def rules(ask: Ask, number: int, *, channel: str = MAIN) -> str:
    return table(await ask(f"why a{number}", channel=channel))["Watch rules"]


async def test_a_change_that_was_taken_back_counts_from_then(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await ask("rule edit r1 expression:ketch")
    reply = await ask("rule edit r1 expression:sloop")
    number = await saved(store, "ketch", judged(0.3))
    clock.move_to(NOON + 5 * MINUTE)
    await ask(buttons(reply)["Undo"])
    assert f"ships (r1) would be met now, but {CHANGED}" in await rules(ask, number)


async def test_a_rule_that_was_brought_back_counts_from_then(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await ask("rule edit r1 expression:ketch")
    reply = await ask("rule remove r1")
    number = await saved(store, "ketch", judged(0.3))
    clock.move_to(NOON + 5 * MINUTE)
    await ask(buttons(reply)["Undo"])
    assert f"ships (r1) would be met now, but {ADDED}" in await rules(ask, number)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(
            "rule edit r1 expression:ketch", f"ships (r1) would be met now, but {CHANGED}", id="a rule"
        ),
        pytest.param("setup keywords:ketch", f"keywords (r3) would be met now, but {ADDED}", id="keywords"),
    ],
)
async def test_what_a_channel_changed_that_shares_the_rules_counts_too(
    ask: Ask, store: Store, clock: SteppedClock, line: str, told: str
) -> None:
    await ask(f'settings set bind "{MAIN}"', channel=OTHER, asker="shell:operator")
    number = await saved(store, "ketch", judged(0.3))
    clock.move_to(NOON + 5 * MINUTE)
    await ask(line, channel=OTHER)
    assert told in await rules(ask, number)
    assert told in await rules(ask, number, channel=OTHER)
