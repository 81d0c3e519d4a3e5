"""What `why` says is English throughout, also where the channel's posts are in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.commands.command_replies import rows, said
from tests.bot.commands.why_articles import judged, saved
from tests.contracts.store.store_builders import MAIN
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


async def test_its_dates_are_english_in_a_turkish_channel(ask: Ask, store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="Main", lang="tr"))
    number = await saved(store, "ketch", judged(0.627, ("near", 0.52, "closer to the exemplars")))
    reply = await ask(f"why a{number}")
    told = said(reply) + " ".join(" ".join(row) for row in rows(reply))
    assert "19 Aug" in told
    assert "Ağu" not in told
