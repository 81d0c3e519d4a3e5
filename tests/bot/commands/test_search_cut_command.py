"""`search` with terms about facts says when it looked at some of the articles only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import search as command
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN
from watchers.store import search
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


@pytest.fixture
def one_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search look at the facts of one article, where the newsroom has two."""
    monkeypatch.setattr(search, "LOOKED_AT", 1)
    monkeypatch.setattr(command, "LOOKED_AT", 1)


@pytest.mark.usefixtures("one_looked_at")
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "only the facts of the 1 nearest were looked at"),
        ("tr", "yalnızca en yakın 1 haberin bulgularına bakıldı"),
        ("ja", "最も近い1件の事実だけを調べました"),
    ],
)
async def test_a_cut_search_says_how_many_were_looked_at(
    ask: Ask, store: Store, lang: str, told: str
) -> None:
    await store.channels.save(Channel(id=MAIN, name="Main", lang=lang))
    assert told in said(await ask("search sails fact:amount>1"))
    assert told in said(await ask("search sails fact:amount>900bn")), "though nothing was found"


@pytest.mark.usefixtures("one_looked_at")
async def test_the_newest_are_named_where_they_were_asked_for(ask: Ask) -> None:
    assert "the 1 newest were looked at" in said(await ask("search sails fact:amount>1 sort:newest"))


async def test_a_search_of_all_candidates_or_of_words_alone_says_nothing_of_it(ask: Ask) -> None:
    for line in ("search sails fact:amount>1", "search sails"):
        assert "looked at" not in said(await ask(line))
