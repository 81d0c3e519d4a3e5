"""From nothing to a watched channel by forms, buttons and menus, on both platforms, with everything real."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.platforms.preview.render_text import render_text
from bot.wording.phrases import _PHRASES, LANGUAGES
from tests.feedserver import feed_server
from tests.walks.chat_walk import ChatWalk, chat_walk, words
from tests.walks.test_walk_chat import FIVE, NOON, RULE, one_feed, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.doubles.slack_state import Message


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[ChatWalk]:
    """Open a bot that has told one story in its three channels."""
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            tmp_path,
            at=NOON,
            feeds=one_feed(server),
            allow=[f"{server.host}:{server.port}"],
            channel=RULE | {"digest": {"at": "08:00"}},
        ) as opened:
            await opened.round()
            yield opened


async def slack_line(walk: ChatWalk, told: str, *, channel: str = "C1") -> Message:
    """Wait for a message in a channel that says something, and return it."""
    for _ in range(100):
        for message in walk.slack.messages(channel):
            if told in words(message.blocks):
                return message
        await walk.slack.called("response_url", len(walk.slack.asked("response_url")) + 1, within=0.1)
    raise AssertionError(f"{told!r} was not said: {[words(m.blocks) for m in walk.slack.messages(channel)]}")


async def test_a_new_slack_channel_is_set_up_by_its_form(walk: ChatWalk) -> None:
    refused = await _asked_slack(walk, "/watch status", channel="C2")
    assert "not set up" in refused
    await walk.slack.command("/watch setup", channel="C2")
    await walk.slack.called("views.open", settled=True)
    view = walk.slack.view_of("U1")
    assert view is not None
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    values = {"keywords": "frigate, Petrel", "tz": "Europe/Istanbul", "at": "07:45"}
    named = {field: values[name] for field in fields for name in values if name in field}
    assert len(named) == 3
    before = len(walk.slack.asked("chat.postMessage"))
    await walk.slack.submit("U1", named)
    await walk.slack.called("chat.postMessage", before + 1, within=10, settled=True)
    assert "set up this channel" in words(walk.slack.messages("C2")[-1].blocks)
    channel = await walk.app.store.channels.get("slack:C2")
    assert channel is not None
    assert channel.timezone == "Europe/Istanbul"
    (digest,) = await walk.app.store.subscriptions.listed("slack:C2")
    assert digest.at == "07:45"


async def _asked_slack(walk: ChatWalk, text: str, *, channel: str = "C1", user: str = "U1") -> str:
    before = len(walk.slack.asked("response_url"))
    await walk.slack.command(text, channel=channel, user=user)
    await walk.slack.called("response_url", before + 1, within=10, settled=True)
    return words([m.blocks for m in walk.slack.ephemerals(user, channel)][-1:])


async def test_a_cards_buttons_vote_mute_and_undo_on_slack(walk: ChatWalk) -> None:
    (card,) = [m for m in walk.slack.messages("C1") if not m.thread_ts]
    up = next(e for b in card.blocks if b["type"] == "actions" for e in b["elements"] if "up" in e["value"])
    await walk.slack.press(up["action_id"], ts=card.ts, user="U2")
    await walk.slack.called("response_url", within=10, settled=True)
    tally = await walk.app.store.votes.tally("slack:C1", 1)
    assert (tally.up, tally.down) == (1, 0)

    before = len(walk.slack.asked("response_url"))
    await walk.slack.command("/watch mute add t1 for:3d")
    await walk.slack.called("response_url", before + 1, within=10, settled=True)
    line = next(m for m in walk.slack.messages("C1") if "muted t1" in words(m.blocks))
    undo = next(e for b in line.blocks if b["type"] == "actions" for e in b["elements"])
    for user in ("U2", "U1", "U1"):  # who may not, who may, and once more
        before = len(walk.slack.asked("response_url"))
        await walk.slack.press(undo["action_id"], ts=line.ts, user=user)
        await walk.slack.called("response_url", before + 1, within=10, settled=True)
        running = await walk.app.store.mutes.running("slack:C1", walk.clock.now())
        assert bool(running) == (user == "U2")
    assert "already" in words([m.blocks for m in walk.slack.ephemerals("U1")][-1:])


async def test_slacks_menu_and_home_answer_about_what_is_there(walk: ChatWalk) -> None:
    (card,) = [m for m in walk.slack.messages("C1") if not m.thread_ts]
    before = len(walk.slack.ephemerals("U2"))
    await walk.slack.shortcut("facts", ts=card.ts, user="U2")
    await walk.slack.called("response_url", within=10, settled=True)
    said = words([m.blocks for m in walk.slack.ephemerals("U2")[before:]])
    assert "$5.5" in said
    assert "signed a contract with Petrel Works" in said
    await walk.slack.home_opened("U2")
    await walk.slack.called("views.publish", settled=True)
    home = walk.slack.home_of("U2")
    assert home is not None
    assert "Desk" in words(home["blocks"])


async def test_a_new_discord_channel_is_set_up_by_its_form(walk: ChatWalk) -> None:
    there = f"discord:{walk.discord.office.id}"
    opened = await walk.discord.command("watch", ["setup"], channel="desk")
    assert opened.modal is not None
    sent = await walk.discord.submit_modal(opened, {"keywords": "frigate", "tz": "Asia/Tokyo", "at": "06:30"})
    await sent.until(lambda one: bool(one.posts), within=10)
    assert not sent.ephemeral, sent.text
    channel = await walk.app.store.channels.get(there)
    assert channel is not None
    assert channel.timezone == "Asia/Tokyo"
    refused = await walk.discord.command("watch", ["setup"], {"tz": "UTC"}, user="bob", channel="desk")
    await refused.until(lambda one: bool(one.posts), within=10)
    assert refused.ephemeral
    after = await walk.app.store.channels.get(there)
    assert after == channel


async def test_discord_completes_ids_and_buttons_outlive_their_commands_rights(walk: ChatWalk) -> None:
    offered = await walk.discord.autocomplete("watch", ["story", "show"], "story", "norl")
    assert [choice["value"] for choice in offered.choices] == ["t1"]
    (card,) = [post for post in walk.discord.posts("news") if "Norland" in post.text]
    forged = await walk.discord.press("ask:story retract t1", card, user="bob", forged=True)
    await walk.app.deliver()
    assert not card.deleted
    assert await walk.app.store.retractions.get(1) is None
    assert not forged.posts or forged.ephemeral


async def test_a_long_digest_goes_on_in_its_thread_and_cuts_no_figure(tmp_path: Path) -> None:
    async with feed_server() as server:
        items = [
            (
                f"n{n}",
                f"{title}, {_TAIL}",
                f"{text} Petrel signed for ${n + 2}.{n}5 million, to be paid by {2027 + n}.",
            )
            for n, (title, text) in enumerate(_NEWS)
        ]
        server.routes["/feed"] = rss(*items)
        rule = {
            "rules": [{"name": "p", "expression": "Petrel", "alert": "digest"}],
            "digest": {"at": "12:30"},
            "threshold": 1.0,
        }
        async with chat_walk(
            tmp_path, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=rule
        ) as walk:
            await walk.app.digest()  # the schedules' first times are computed
            await walk.round(minutes=5)
            await walk.round(minutes=40)
            for _ in range(4):
                await walk.round(minutes=1)
            (head,) = walk.discord_posts()
            whole = "\n".join([head, *walk.discord_replies()])
            assert len(walk.discord_replies()) >= 1, head
            slack = "\n".join([*walk.slack_posts(), *walk.slack_replies()])
            assert len(walk.slack_posts()) == 1
            for n, (title, _) in enumerate(_NEWS):
                for text in (whole, slack):
                    assert title.split(",")[0] in text
                    assert f"${n + 2}.{n}5M" in text


_TAIL = "after months of talks between its treasury, its general staff and a committee of its parliament " * 2
_NEWS = [
    ("Norland buys radars, says minister", "Coastal radars will watch the northern strait from spring."),
    ("Vestrian yard launches a minehunter", "The vessel slid into the harbour before a crowd of workers."),
    ("Helmets for Ostmark paratroopers", "Lighter headgear replaces shells that are thirty years old."),
    ("Suderia rents a satellite", "Images of the delta arrive twice a day under the lease."),
    ("Field kitchens reach Calvenia", "Cooks can feed four hundred soldiers from each trailer."),
    ("Meridia opens a propellant plant", "Chemists expect the first batch after the summer holidays."),
    ("Borealis retires its last sail trainer", "Cadets move to a simulator beside the lighthouse."),
    ("Tarsis tests quiet batteries", "Divers heard nothing at forty metres in the fjord trial."),
    ("Ilmaria orders snow vehicles", "Mountain rescuers share the fleet with border guards."),
    ("Quessant mends its runway", "Concrete crews work at night so that cargo flights go on."),
]


@pytest.mark.parametrize(
    "order", [("tr", "ja", "en"), ("ja", "en", "tr")], ids=["turkish page", "japanese page"]
)
async def test_a_card_has_no_label_in_another_language(tmp_path: Path, order: tuple[str, str, str]) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            tmp_path,
            at=NOON,
            feeds=one_feed(server),
            allow=[f"{server.host}:{server.port}"],
            channel=RULE,
            langs=order,
        ) as walk:
            await walk.round(minutes=timedelta(minutes=20).seconds / 60)
            posts = [post.message for post in await walk.preview_posts()]
            told = {
                order[0]: "\n".join(render_text(posts[0], width=100, colour=False)),
                order[1]: walk.slack_posts()[0],
                order[2]: walk.discord_posts()[0],
            }
            for lang, text in told.items():
                mine = LANGUAGES.index(lang)
                foreign = {
                    column[other].split("{")[0].strip(" ：:,·")
                    for column in _PHRASES.values()
                    for other in range(3)
                    if other != mine and column[other] != column[mine]
                }
                own = text + FIVE
                shown = {f for f in foreign if len(f) > 4 and f in text and f not in FIVE}
                assert not shown, (lang, shown, own[:500])
