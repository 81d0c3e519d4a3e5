"""A message in a terminal: readable at any width, marked without colour, and unable to steer the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import (
    Actions,
    Bar,
    Button,
    Chart,
    Divider,
    FactLine,
    Facts,
    Heading,
    Link,
    Links,
    Message,
    Table,
    Text,
)
from bot.platforms.preview.render_text import MIN_WIDTH, render_text
from bot.platforms.preview.wrap import Run, cells, paint, wrap
from tests.cpu import least_cpu

SGR = re.compile(r"\x1b\[[0-9;]+m")
SOURCE = Link(text="Harbour Gazette", url="https://gazette.example/a")


def make_fact(**changes: str) -> FactLine:
    words = {
        "label": "Contract value",
        "value": "€310 million",
        "sentence": "Varnland signed a €310 million contract for drones.",
        "mention": "€310 million",
    } | changes
    return FactLine(
        label=words["label"],
        value=words["value"],
        sentence=words["sentence"],
        mention=words["mention"],
        source=SOURCE,
    )


ALERT = Message(
    kind="alert",
    notice="Varnland orders drones",
    thread="t7",
    blocks=(
        Heading(text="Varnland orders drones", url="https://gazette.example/a"),
        Text(text="Here because it names Halcyon", tone="small"),
        Facts(lines=(make_fact(), make_fact(label="Buyer", value="Varnland", mention="Varnland"))),
        Text(text="Two outlets differ", tone="warning"),
        Links(label="Reports", links=(SOURCE, Link(text="Kuzey Postası", url="https://postasi.example/h"))),
    ),
)


def test_an_alert_reads_from_headline_to_sources() -> None:
    lines = render_text(ALERT, width=72, colour=False, about="08:14  #news")
    assert lines == (
        "── ALERT t7  08:14 #news " + "─" * 47,
        "Varnland orders drones",
        "https://gazette.example/a",
        "Here because it names Halcyon",
        "",
        "  Contract value  €310 million",
        "                  “Varnland signed a ‹€310 million› contract for",
        "                  drones.” – Harbour Gazette",
        "  Buyer           Varnland",
        "                  “‹Varnland› signed a €310 million contract for",
        "                  drones.” – Harbour Gazette",
        "",
        "! Two outlets differ",
        "Reports",
        "  Harbour Gazette  https://gazette.example/a",
        "  Kuzey Postası    https://postasi.example/h",
    )


def test_colour_changes_no_word_but_the_marks() -> None:
    plain = render_text(ALERT, width=72, colour=False)
    painted = [SGR.sub("", line) for line in render_text(ALERT, width=72, colour=True)]
    unmarked = " ".join(" ".join(plain).split()).replace("‹", "").replace("›", "")
    assert " ".join(" ".join(painted).split()) == unmarked


def test_colour_marks_the_mention_and_is_always_switched_off() -> None:
    lines = render_text(ALERT, width=72, colour=True)
    assert any("\x1b[1;4m€310 million\x1b[0m" in line for line in lines)
    assert all(line.count("\x1b[0m") * 2 == len(SGR.findall(line)) for line in lines)


def test_an_urgent_alert_says_so() -> None:
    message = Message(kind="alert", notice="n", blocks=(Text(text="x"),), urgent=True)
    assert render_text(message, width=60, colour=False)[0].startswith("── URGENT ALERT ─")


def test_a_message_without_blocks_shows_its_notice() -> None:
    assert render_text(Message(kind="notice", notice="All is well", blocks=()), width=40, colour=False)[
        1:
    ] == ("All is well",)


def test_on_a_narrow_terminal_labels_stand_above_their_values() -> None:
    message = Message(kind="alert", notice="n", blocks=(Facts(lines=(make_fact(),)),))
    assert render_text(message, width=40, colour=False)[1:3] == ("  Contract value", "    €310 million")


def test_a_table_has_columns_where_they_fit_and_lists_rows_where_not() -> None:
    table = Table(header=("Stage", "Found"), rows=(("Fetched", "Harbour Gazette"), ("Watch", "drone")))
    message = Message(kind="reply", notice="n", blocks=(table,))
    assert render_text(message, width=60, colour=False)[1:] == (
        "Stage    Found",
        "───────  ───────────────",
        "Fetched  Harbour Gazette",
        "Watch    drone",
    )
    wide = Table(header=("Word", "Found"), rows=(("w" * 30, "here"),))
    message = Message(kind="reply", notice="n", blocks=(wide,))
    assert render_text(message, width=32, colour=False)[1:] == (
        "Word:",
        "wwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        "Found: here",
    )


def test_a_feed_cannot_steer_the_terminal() -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eRed\x08\r\nnews"
    message = Message(
        kind="alert",
        notice=evil,
        thread=evil,
        blocks=(
            Heading(text=evil, url="https://x.example/\x1b[2J"),
            Text(text=evil),
            Facts(
                lines=(
                    FactLine(
                        label=evil, value=evil, sentence=evil, mention="Red", source=Link(text=evil, url="")
                    ),
                )
            ),
            Links(label=evil, links=(Link(text=evil, url="javascript:alert(1)"),)),
            Table(header=(evil,), rows=((evil,),)),
        ),
    )
    text = "".join(render_text(message, width=60, colour=False, about=evil))
    assert re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", text) is None
    assert "javascript" not in text
    assert "‹Red›" in text


words = st.text(max_size=60)
blocks = st.one_of(
    st.builds(Heading, text=words),
    st.builds(Text, text=words, tone=st.sampled_from(["normal", "small", "quote", "warning"])),
    st.builds(
        Facts,
        lines=st.lists(
            st.builds(make_fact, label=words, value=words, sentence=words, mention=words), max_size=2
        ).map(tuple),
    ),
    st.builds(
        Links,
        label=words,
        links=st.lists(st.builds(Link, text=words, url=st.just("")), max_size=2).map(tuple),
    ),
    st.lists(words, min_size=2, max_size=2).map(tuple).map(lambda row: Table(header=row, rows=(row,))),
    st.just(Divider()),
)


@settings(max_examples=150)
@given(st.lists(blocks, max_size=4).map(tuple), st.integers(MIN_WIDTH, 100))
def test_every_line_fits_and_holds_no_control_character(parts: tuple[Heading, ...], width: int) -> None:
    message = Message(kind="reply", notice="n", blocks=parts)
    for line in render_text(message, width=width, colour=False):
        assert cells(line) <= width
        assert line.isprintable()


@given(
    st.lists(st.tuples(st.text(alphabet="ab \n東。、\u0301"), st.sampled_from(["", "1"]))), st.integers(2, 12)
)
def test_wrapping_fits_the_width_and_loses_nothing_but_spaces(
    runs: list[tuple[str, str]], width: int
) -> None:
    lines = wrap([Run(*run) for run in runs], width)
    assert all(cells(paint(line, colour=False)) <= width for line in lines)
    kept = [(c, run.style) for line in lines for run in line for c in run.text if not c.isspace()]
    assert kept == [(c, style) for text, style in runs for c in text if not c.isspace()]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("one two three", 8, ["one two", "three"], id="at spaces"),
        pytest.param("unbreakable", 5, ["unbre", "akabl", "e"], id="a long word anywhere"),
        pytest.param("無人機を導入", 6, ["無人機", "を導入"], id="between Japanese characters"),
        pytest.param("無人機。以上", 6, ["無人", "機。以", "上"], id="never before a full stop"),
        pytest.param("a\n\nb", 9, ["a", "", "b"], id="at newlines"),
    ],
)
def test_lines_break_where_people_break_them(text: str, width: int, lines: list[str]) -> None:
    assert [paint(line, colour=False) for line in wrap([Run(text)], width)] == lines


def test_a_comma_behind_a_marked_figure_stays_with_it() -> None:
    lines = wrap([Run("paid "), Run("€3", "1"), Run(", then more")], 8)
    assert [paint(line, colour=False) for line in lines] == ["paid €3,", "then", "more"]


# Seconds of processor time: .09 when measured; what is not cut takes 3, and far more where lines are broken
# by going through all that follows.
SOON = 1.0


def test_a_huge_message_is_rendered_in_bounded_time() -> None:
    huge = "。" * 400_000 + "x" * 400_000
    message = Message(kind="alert", notice="n", blocks=(Heading(text=huge), Text(text=huge)))
    assert least_cpu(lambda: render_text(message, width=80, colour=True), under=SOON) < SOON


def test_buttons_are_commands_to_type() -> None:
    asked = Actions(
        buttons=(Button(label="Why?", command="why t7"), Button(label="Mute", command="mute add t7"))
    )
    message = Message(kind="alert", notice="n", blocks=(Text(text="x"), asked))
    lines = render_text(message, width=60, colour=False)
    assert lines[1:] == ("x", "", "Ask  Why?: why t7 · Mute: mute add t7")


def test_a_chart_is_drawn_to_scale_and_shows_the_least_thing() -> None:
    bars = (Bar(label="Mon", value=1), Bar(label="Tuesday", value=1000), Bar(label="Wed", value=0))
    chart = Chart(title="Entries", summary="Most on Tuesday.", bars=bars)
    lines = render_text(Message(kind="reply", notice="n", blocks=(chart,)), width=40, colour=False)
    assert lines[1:] == (
        "Entries",
        "  Mon      █ 1",
        f"  Tuesday  {'█' * 23} 1000",
        "  Wed      0",
        "Most on Tuesday.",
    )
    assert max(map(cells, lines)) <= 40


def test_bars_of_nothing_that_follow_one_another_are_one_line() -> None:
    values = (0, 0, 0, 2, 0, 1, 0, 0)
    bars = tuple(Bar(label=f"{n} Aug", value=value) for n, value in enumerate(values, 12))
    chart = Chart(title="Entries", summary="3 in eight days.", bars=bars)
    lines = render_text(Message(kind="reply", notice="n", blocks=(chart,)), width=40, colour=False)
    assert [line.replace("█", "").split() for line in lines[2:-1]] == [
        ["12", "Aug", "–", "14", "Aug", "0"],
        ["15", "Aug", "2"],
        ["16", "Aug", "0"],
        ["17", "Aug", "1"],
        ["18", "Aug", "–", "19", "Aug", "0"],
    ]
