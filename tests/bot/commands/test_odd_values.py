"""Values that no number, length of time or text is: each is refused in words, or taken without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.request import Asker, Request
from tests.bot.commands.command_replies import rows, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from bot.commands.answer import CommandLayer
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

LONG = "9" * 400


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("undo u²", 'no change "u²"'),
        (f"undo {LONG}", 'no change "999'),
        ("search frigate page:²", "page takes a number"),
        (f"search frigate page:{LONG}", "page takes a number"),
        ("digest preview limit:²", "limit takes a number"),
        ("digest preview limit:0000000011", "limit takes a number"),
        ("rule test r1 days:²", "days takes a number"),
        ("rule test r1 days:0007999999999", "days takes a number"),
        ("exemplar add a1 good days:²", "days takes a number"),
        ("settings set budget ²", "budget takes a number"),
        (f"settings set budget {LONG}", "budget takes a number"),
        ("mute add t1 for:99999999999d", "for takes a time such as"),
        (f"mute add t1 for:{LONG}d", "for takes a time such as"),
        ("search frigate since:99999999999d", "since takes how far back"),
        (f"source add https://quay.example/{LONG * 6}", "it has more than 2000 characters"),
        ('settings set lull ""', "lull takes a time"),
        ('settings set lull "up to"', "lull takes a time"),
    ],
)
async def test_it_is_refused_with_what_is_taken(ask: Ask, line: str, part: str) -> None:
    reply = await ask(line)
    assert reply.refused
    assert part in said(reply)


async def test_an_import_leaves_out_what_is_no_address_for_any_database(ask: Ask) -> None:
    text = f"https://quay.example/{LONG * 6} https://quay.example/feed"
    assert "Dead, left out\n1" in said(await ask(f'source import text:"{text}"'))


async def test_a_time_of_day_is_kept_in_the_digits_of_clocks(ask: Ask) -> None:
    assert "daily at 08:30" in said(await ask("digest schedule at:0٨:3٠ name:morning"))


async def test_what_no_database_takes_is_left_out_of_what_is_noted(
    layer: CommandLayer, ask: Ask, store: Store
) -> None:
    asker = Asker(id="slack:U1", name="Ada\ud83d\x00\nB", manages=True)
    line = "rule add corvette\ud83d\x00"
    reply = await layer.answer(Request(text=line, channel=MAIN, asker=asker))
    assert reply is not None
    assert "Ada B added r3 “corvette”" in said(reply)
    assert rows(await ask("settings audit"))[0][2] == "Ada B"
    change = await store.audits.get(MAIN, 1)
    assert change is not None
    assert change.command == "rule add corvette"
