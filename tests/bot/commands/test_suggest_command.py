"""What is offered while somebody types, and the page that shows everything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.forms import FORMS
from bot.commands.home import message as home
from bot.commands.parse import parse
from bot.commands.values import at, brief, days, nearest, quoted, span, zone
from bot.errors import CommandError
from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_letter
from watchers.store.rows import Polled

if TYPE_CHECKING:
    from bot.commands.answer import CommandLayer
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

OTHER = "slack:C9"


@pytest.mark.parametrize(
    ("what", "words", "values"),
    [
        pytest.param("source", "", ["s2", "s1"], id="all sources here"),
        pytest.param("source", "coast", ["s2"], id="part of a source's name"),
        pytest.param("rule", "shi", ["r1"], id="part of a rule's name"),
        pytest.param("story", "frigate", ["t1"], id="part of a story's title"),
        pytest.param("article", "a", ["a2", "a1"], id="articles"),
        pytest.param("mute", "", ["m1"], id="mutes"),
        pytest.param("digest", "", ["d1"], id="digests"),
        pytest.param("weather", "", [], id="something else"),
    ],
)
async def test_things_of_this_channel_are_offered(
    layer: CommandLayer, what: str, words: str, values: list[str]
) -> None:
    assert [one.value for one in await layer.suggest(what, words, channel=MAIN)] == values


async def test_a_bound_channel_is_offered_what_it_shares(ask: Ask, layer: CommandLayer) -> None:
    await ask('settings set bind "preview:main"', channel=OTHER, asker="shell:operator")
    assert [one.value for one in await layer.suggest("rule", "", channel=OTHER)] == ["r1"]
    assert [one.value for one in await layer.suggest("digest", "", channel=OTHER)] == ["d2"]


async def test_changes_that_can_be_taken_back_are_offered_the_newest_first(
    ask: Ask, layer: CommandLayer
) -> None:
    for line in ("settings set budget 5", "rule pause r1", "undo u2", "settings set threshold 0.6"):
        assert not (await ask(line)).refused
    await ask("settings set budget 6", channel=OTHER)
    offered = await layer.suggest("change", "", channel=MAIN)
    assert [one.value for one in offered] == ["u4", "u3", "u1"]
    assert offered[1].label == "u3 Ada took back u2: resumed r1 “ships”"
    assert [one.value for one in await layer.suggest("change", "ships", channel=MAIN)] == ["u3"]


async def test_the_channels_own_exemplars_are_offered(layer: CommandLayer, store: Store) -> None:
    for title in ("Docks", "İHA satışı"):
        await store.exemplars.add(MAIN, title=title, text=f"{title} are built.", lang="en")
    for words, offered in (
        ("", ["x2 İHA satışı", "x1 Docks"]),
        ("iha", ["x2 İHA satışı"]),
        ("x1", ["x1 Docks"]),
    ):
        assert [one.label for one in await layer.suggest("exemplar", words, channel=MAIN)] == offered
    assert await layer.suggest("exemplar", "", channel=OTHER) == ()


async def test_at_most_twenty_five_are_offered(layer: CommandLayer, store: Store) -> None:
    for n in range(30):
        feed = await store.feeds.add(f"https://more{n}.example/feed", name=f"More {n}", every=15 * MINUTE)
        await store.channels.follow(MAIN, feed.number)
    assert len(await layer.suggest("source", "more", channel=MAIN)) == 25


async def test_the_home_page_has_the_channels_somebody_sees_and_what_fails_there(
    layer: CommandLayer, ask: Ask, store: Store
) -> None:
    await store.feeds.record(Polled(feed=2, at=NOON, next_poll_at=NOON, error="it answers 503"))
    await ask("digest schedule at:09:00 tz:UTC")
    page = await layer.home({MAIN, OTHER})
    assert rows(page) == [
        ("Main", "1", "2", "20 Aug 09:00"),
        ("Elsewhere", "1", "1", "none"),
    ]
    assert "Coast Post is failing: it answers 503" in said(page)
    assert buttons(page) == {"Help": "help"}, "the others are about a channel, and the page is in none"


async def test_the_home_page_says_nothing_of_channels_that_somebody_does_not_see(
    layer: CommandLayer, store: Store
) -> None:
    feed = await store.feeds.add("https://inside.example/feed", name="Inside", every=15 * MINUTE)
    await store.channels.follow(MAIN, feed.number)
    await store.feeds.record(Polled(feed=feed.number, at=NOON, next_poll_at=NOON, error="it answers 503"))
    page = await layer.home({OTHER})
    assert [row[0] for row in rows(page)] == ["Elsewhere"]
    assert "1 channel, 1 source, 0 failing" in said(page)
    assert not {"Main", "Inside", "503"} & set(said(page).replace("\n", " ").split())
    nothing = [said(await layer.home(seen)) for seen in (None, set[str]())]
    assert [("Elsewhere" in text, "Main" in text) for text in nothing] == [(False, False)] * 2
    assert "cannot be looked up" in nothing[0]
    assert "/watch setup" in nothing[1]


async def test_the_home_page_of_an_empty_bot_says_how_to_begin(empty_store: Store) -> None:
    assert "/watch setup" in said(await home(empty_store, {MAIN}))


async def test_the_status_of_feeds_has_the_failing_first_with_what_to_do(ask: Ask, store: Store) -> None:
    await store.feeds.record(Polled(feed=2, at=NOON, next_poll_at=NOON, error="it answers 503"))
    reply = await ask("status of:feeds")
    assert [row[0] for row in rows(reply)] == ["s2", "s1"]
    assert "it answers 503 since 19 Aug 12:00" in rows(reply)[0][4]
    assert "/watch source remove s2" in said(reply)
    assert buttons(reply)["Test s2"] == "source test s2"


async def test_the_status_of_a_channel_names_digest_mutes_and_quiet_hours(ask: Ask) -> None:
    await ask("settings set quiet 22:00-07:00")
    stands = {row[0]: row[1] for row in rows(await ask("status"))}
    assert stands["Next digest"] == "Wed 20 Aug 08:00 (Europe/Berlin)"
    assert stands["Muted"].startswith("1")
    assert stands["Quiet hours"] == "22:00-07:00 (UTC)"
    assert stands["Sources"] == "2 read, 0 failing"


async def test_delivery_elsewhere_is_the_operators_business(ask: Ask, store: Store) -> None:
    await store.outbox.enqueue(make_letter("here"))
    await store.outbox.enqueue(make_letter("there", channel=OTHER))
    await store.outbox.lease(2, now=NOON, until=NOON + MINUTE)
    assert rows(await ask("status of:delivery")) == [(MAIN, "waiting", "1")]
    operator = rows(await ask("status of:delivery", asker="page:operator"))
    assert {row[0] for row in operator} == {MAIN, OTHER}


@pytest.mark.parametrize(
    ("text", "read"), [("8:05", "08:05"), ("23.59", "23:59"), ("00:00", "00:00"), (" 9:30 ", "09:30")]
)
def test_a_time_of_day_is_read(text: str, read: str) -> None:
    assert at(text, example="") == read


@pytest.mark.parametrize("text", ["24:00", "8", "8:5", "noon", "08:00:00", "٨:٠٠", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(CommandError):
        at(text, example="")


@pytest.mark.parametrize(
    ("text", "near"), [("weekdays", "mon-fri"), ("Monday", "mon"), ("weekend", "sat,sun"), ("someday", "")]
)
def test_days_in_other_words_are_answered_with_ours(text: str, near: str) -> None:
    with pytest.raises(CommandError) as caught:
        days(text, example="")
    assert caught.value.nearest == near


def test_a_zone_is_read_whatever_its_capitals() -> None:
    assert zone("asia/tokyo", example="") == "Asia/Tokyo"
    assert zone("america/new york", example="") == "America/New_York"


@pytest.mark.parametrize("text", ["1s", "90s", "15m", "3h", "2d"])
def test_a_length_of_time_is_written_as_it_is_read(text: str) -> None:
    length = span(text, "for", low=timedelta(seconds=1), high=timedelta(days=9), example="")
    assert brief(length) == text


def test_the_nearest_name_keeps_its_capitals() -> None:
    assert nearest("janes navi", ["Harbour Post", "Janes Navy"]) == "Janes Navy"
    assert nearest("zzz", ["Harbour Post"]) == ""


@given(st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=40))
def test_a_value_put_into_a_command_does_not_break_out_of_it(text: str) -> None:
    _, command = parse(f"rule edit r1 name:{quoted(text)} alert:off", FORMS)
    assert dict(command.options).keys() == {"name", "alert"}
    assert command.values == ("r1",)
    if not set(text) & set("\\“”„«»‟「」"):
        assert command.options["name"] == " ".join(text.split())
