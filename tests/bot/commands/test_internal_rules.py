"""In a channel that outsiders came to read later, internal rules are for those alone who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from bot.commands.answer import CommandLayer
    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask

NIGHT = "Nightfall"


@pytest.fixture
async def opened(ask: Ask) -> None:
    """Let a channel with an internal rule be opened to outsiders by its platform."""
    assert not (await ask(f'rule add "frigate AND sails" name:{NIGHT} audience:internal')).refused
    await ask("mute add r3 for:7d")
    await ask("status", public=True)


def told(reply: Reply) -> str:
    return said(reply) + (reply.file.body.decode() if reply.file else "")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("rule list", NIGHT),
        ("rule show r3", NIGHT),
        (f"rule show {NIGHT}", "AND sails"),
        ("rule test r3", "frigate AND sails"),
        ("export rules", NIGHT),
        ("mute list", NIGHT),
    ],
)
async def test_outsiders_are_not_told_of_them(ask: Ask, line: str, secret: str) -> None:
    assert secret in told(await ask(line))
    for public in (True, False):  # as the platform says, and as is known since
        assert secret not in told(await ask(line, manages=False, asker="slack:U9", public=public))


@pytest.mark.usefixtures("opened")
async def test_nor_are_they_by_what_a_manager_shares_or_a_platform_offers(
    ask: Ask, layer: CommandLayer
) -> None:
    mine = await ask("rule list")
    assert NIGHT in said(mine)
    shared = await ask(buttons(mine)["Share"])
    assert shared.shown == "channel"
    assert "ships" in said(shared)
    assert NIGHT not in said(shared)
    assert [one.value for one in await layer.suggest("rule", "", channel=MAIN)] == ["r1"]


async def test_where_no_outsider_reads_everybody_sees_them(ask: Ask, layer: CommandLayer) -> None:
    await ask(f'rule add "frigate AND sails" name:{NIGHT} audience:internal')
    assert NIGHT in said(await ask("rule list", manages=False, asker="slack:U9"))
    assert [one.value for one in await layer.suggest("rule", "", channel=MAIN)] == ["r3", "r1"]
