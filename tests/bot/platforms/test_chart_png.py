"""A chart as a picture: bars in proportion, words that Pillow's own font has, no text that breaks it."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.messages import Bar, Chart
from bot.platforms.chart import HEIGHT, MOST_BARS, WIDTH, compact, drawable, png

BLUE = (43, 92, 143)


def make_chart(*values: int, title: str = "Reports a day", label: str = "Aug") -> Chart:
    bars = tuple(Bar(label=f"{label} {n}", value=value) for n, value in enumerate(values, start=1))
    return Chart(title=title, summary="s", bars=bars)


def opened(chart: Chart) -> Image.Image:
    picture = Image.open(io.BytesIO(png(chart)))
    picture.load()
    return picture.convert("RGB")


def heights(chart: Chart) -> list[int]:
    """Return the height of each run of columns that have the bars' colour."""
    picture = opened(chart)
    columns = [sum(picture.getpixel((x, y)) == BLUE for y in range(HEIGHT)) for x in range(WIDTH)]
    starts = [x for x, (before, here) in enumerate(pairwise([0, *columns])) if here and not before]
    return [columns[x + 1] for x in starts]


def test_bars_are_as_high_as_their_counts() -> None:
    low, none, high, middle = 10, 0, 40, 20
    found = heights(make_chart(low, none, high, middle))
    assert len(found) == 3
    assert found[1] == pytest.approx(4 * found[0], abs=4)
    assert found[1] == pytest.approx(2 * found[2], abs=2)


def test_a_single_report_beside_many_is_still_seen() -> None:
    assert min(heights(make_chart(1, 10_000))) >= 2


def test_only_the_latest_bars_are_drawn_when_there_are_too_many() -> None:
    assert len(heights(make_chart(*[5] * 90))) == MOST_BARS


@pytest.mark.parametrize("values", [(), (0,), (0, 0)], ids=["no bars", "one of nothing", "all nothing"])
def test_a_chart_of_nothing_is_a_picture_without_bars(values: tuple[int, ...]) -> None:
    assert heights(make_chart(*values)) == []


def test_a_picture_is_light_and_small() -> None:
    chart = make_chart(*range(30))
    assert opened(chart).getpixel((2, 2)) == (255, 255, 255)
    assert opened(chart).size == (WIDTH, HEIGHT)
    assert len(png(chart)) < 100_000


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        pytest.param("Reports (3)", "Reports (3)", id="plain"),
        pytest.param("Ağustos'ta ığdır", "Agustos'ta igdir", id="Turkish"),
        pytest.param("防衛省 8月", "8", id="Japanese"),
        pytest.param("a\u202eb\u200b\x00c\nd", "abc d", id="invisible"),
    ],
)
def test_letters_that_the_font_lacks_are_folded_or_left_out(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (999, "999"), (1_000, "1k"), (1_250, "1.2k"), (123_456, "123k"), (3_400_000, "3.4M")],
)
def test_counts_are_told_briefly(value: int, told: str) -> None:
    assert compact(value) == told


@settings(max_examples=25, deadline=None)
@given(
    st.text(max_size=300),
    st.lists(st.builds(Bar, label=st.text(max_size=60), value=st.integers(0, 10**30)), max_size=70),
)
def test_no_words_and_no_counts_break_it(title: str, bars: list[Bar]) -> None:
    assert opened(Chart(title=title, summary="", bars=tuple(bars))).size == (WIDTH, HEIGHT)
