"""A message on Slack: compact and readable, within every limit, and never in a feed's hands."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings

from bot.commands.request import Choice, Question, Sheet
from bot.messages import Actions, Button, Facts, Heading, Link, Links, Message, Table, Text
from bot.platforms.slack import render, view
from bot.platforms.slack.limits import BLOCKS
from bot.wording.fit import parts as split
from tests.bot.platforms.slack_hostile import HOSTILE, judge, messages
from tests.bot.platforms.slack_samples import ALERT, CHART, DIGEST, GAZETTE, REPLY, SAMPLES, VALUE, make_fact
from tests.cpu import least_cpu
from tests.doubles.slack_check import check_message
from tests.doubles.slack_check_view import check_view

GOLDENS = Path(__file__).parents[2] / "data" / "messages" / "slack"
Kind = Literal["alert", "update", "digest", "reply"]
KINDS: tuple[Kind, ...] = ("alert", "update", "digest", "reply")
TOOLS = Path(__file__).parents[4] / "shared" / "tools"
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def shown(*blocks: Heading | Text | Facts | Links | Table | Actions, kind: Kind = "alert") -> str:
    message = replace(ALERT, blocks=blocks, mentions=(), kind=kind)
    return json.dumps(render.payload(message).blocks, ensure_ascii=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_is_posted_as_agreed(name: str) -> None:
    payload = render.payload(SAMPLES[name], pictures={CHART: "F0CHART123"})
    agreed = json.loads((GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
    assert {"text": payload.text, "blocks": list(payload.blocks)} == agreed
    assert judge(payload.text, payload.blocks) == []


@slow
@given(messages)
def test_nothing_that_a_feed_says_breaks_a_limit_or_out_of_its_words(message: Message) -> None:
    payload = render.payload(message)
    assert judge(payload.text, payload.blocks) == []
    assert judge(render.plain(message), payload.blocks) == []
    check_message({"text": payload.text, "blocks": list(payload.blocks)}, method="chat.update")
    check_view(view.home(message), kinds=("home",))
    home = view.home(message)["blocks"]
    assert isinstance(home, list)
    assert judge("x", tuple(block for block in home if isinstance(block, dict)), most=100) == []


@slow
@given(messages)
def test_what_fits_is_shown_whole(message: Message) -> None:
    payload = render.payload(message)
    if render.fits(message):
        assert {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "…", "verbatim": True}],
        } not in payload.blocks


@pytest.mark.shared
def test_the_outside_judge_of_payloads_finds_nothing(tmp_path: Path) -> None:
    calls = tmp_path / "calls.jsonl"
    with calls.open("w", encoding="utf-8") as out:

        @settings(
            max_examples=150,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(messages)
        def write(message: Message) -> None:
            payload = render.payload(message)
            said = {"text": payload.text, "blocks": payload.blocks}
            out.write(json.dumps({"platform": "slack", "method": "chat.postMessage", "payload": said}) + "\n")
            alone = {"text": render.plain(message)}
            out.write(
                json.dumps({"platform": "slack", "method": "chat.postMessage", "payload": alone}) + "\n"
            )

        write()
    command = [sys.executable, str(TOOLS / "check_payloads.py"), str(calls), "--strict"]
    allowed = ["--allow-mention", "U0123", "--allow-mention", "S0456"]
    judged = subprocess.run([*command, *allowed], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout[-2_000:] + judged.stderr
    assert int(judged.stderr.split()[0]) >= 300


def test_an_alert_shows_one_sentence_and_a_reply_shows_all() -> None:
    facts = Facts(lines=(make_fact("A", "1", "", ""), VALUE, make_fact("C", "3", "Third sentence.", "Third")))
    assert [shown(facts, kind=kind).count("\\n>") for kind in KINDS] == [
        1,
        1,
        1,
        2,
    ]
    assert "Third sentence" not in shown(facts)


def test_a_long_paragraph_fits_in_several_sections() -> None:
    message = Message(kind="reply", notice="n", blocks=(Text(text="word " * 1_000),))
    assert render.fits(message)
    assert len(render.payload(message).blocks) == 2


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(
            replace(ALERT, blocks=tuple(Heading(text=f"h{n}", url=GAZETTE.url) for n in range(60))),
            id="blocks",
        ),
        pytest.param(replace(ALERT, blocks=(Text(text="word " * 2_500),)), id="text in all"),
        pytest.param(replace(ALERT, blocks=(Text(text="語。" * 1_500),)), id="JSON in all"),
        pytest.param(replace(ALERT, blocks=(Heading(text="word " * 700),)), id="a headline"),
        pytest.param(
            replace(ALERT, blocks=(Facts(lines=(make_fact("l", "v " * 2_000, "", ""),)),)), id="a value"
        ),
    ],
)
def test_what_is_too_long_is_said_not_to_fit_and_still_posted_rightly(message: Message) -> None:
    assert not render.fits(message)
    payload = render.payload(message)
    assert judge(payload.text, payload.blocks) == []
    assert "…" in json.dumps(payload.blocks, ensure_ascii=False)


def test_a_message_too_long_keeps_its_buttons() -> None:
    message = replace(ALERT, blocks=(Text(text="word " * 2_500), *ALERT.blocks[-1:]))
    assert render.payload(message).blocks[-1]["type"] == "actions"


def test_a_long_digest_parts_into_posts_that_fit() -> None:
    story = DIGEST.blocks[2:5]
    message = replace(DIGEST, blocks=(*DIGEST.blocks[:2], *story * 40))
    posts = split(message, render.fits)
    assert len(posts) > 1
    assert all(render.fits(post) and len(render.payload(post).blocks) <= BLOCKS for post in posts)


def test_more_links_than_fit_are_counted() -> None:
    row = Links(
        label="Reports",
        links=tuple(Link(text=f"Outlet {n}", url=f"https://o{n}.example/a") for n in range(99)),
    )
    said = shown(row)
    told = said.count("|Outlet")
    assert 20 < told < 99
    assert f" · +{99 - told}" in said


def test_buttons_are_numbered_over_the_message_and_a_long_command_is_none() -> None:
    row = Actions(buttons=(Button(label="A", command="why t1"), Button(label="B", command="x" * 2_001)))
    found = json.loads(shown(row, row))
    ids = [element["action_id"] for block in found for element in block["elements"]]
    assert ids == ["ask:0", "ask:1"]


def test_only_slacks_own_ids_are_mentioned() -> None:
    message = replace(
        ALERT, mentions=("user:U1", "role:S1", "role:77", "user:u1", "user:U1> <!channel", "user:U1")
    )
    assert render.mentions(message) == "<@U1> <!subteam^S1>"
    assert render.payload(message).text.startswith("<@U1> <!subteam^S1> Varnland")


def test_a_chart_without_its_picture_is_told_in_words() -> None:
    found = render.payload(REPLY).blocks[-1]
    assert found["text"] == {
        "type": "mrkdwn",
        "text": "*Reports a day*\nBetween 1 and 3 Aug, 2 to 9 reports a day.",
        "verbatim": True,
    }


def test_a_message_of_nothing_still_says_something() -> None:
    payload = render.payload(Message(kind="notice", notice="\u200b", blocks=()))
    assert judge(payload.text, payload.blocks) == []


# Seconds of processor time for a text of 20 000 characters: .06 at most when measured; to go through it again
# for each of its characters takes 400 million steps.
SOON = 1.0


@pytest.mark.parametrize("text", HOSTILE[-10:], ids=range(10))
def test_hostile_text_takes_no_time_to_render(text: str) -> None:
    long = (text * 20)[:20_000]
    message = replace(
        ALERT, blocks=(Heading(text=long, url=GAZETTE.url), Text(text=long), Facts(lines=(VALUE,)))
    )
    assert least_cpu(lambda: render.payload(message), under=SOON) < SOON


@pytest.mark.shared
def test_the_outside_judge_of_payloads_finds_nothing_in_forms(tmp_path: Path) -> None:
    calls = tmp_path / "views.jsonl"
    with calls.open("w", encoding="utf-8") as out:
        for text in HOSTILE:
            question = Question(name="q", label=text, hint=text, value=text, long=True)
            menu = Question(name="m", label=text, choices=(Choice(label=text, value="v"),), value="v")
            sheet = view.modal(
                Sheet(title=text, command="setup", questions=(question, menu)), channel="slack:C1"
            )
            out.write(
                json.dumps({"platform": "slack", "method": "views.open", "payload": {"view": sheet}}) + "\n"
            )
    command = [sys.executable, str(TOOLS / "check_payloads.py"), str(calls), "--strict"]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout[-2_000:] + judged.stderr
