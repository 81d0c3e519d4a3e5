"""Draw a chart as a PNG picture for platforms that show none of their own."""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from bot.messages import Bar, Chart

WIDTH: Final = 960  # pixels; chats show pictures at half of it or less, so text stays sharp
HEIGHT: Final = 400
MOST_BARS: Final = 62  # two months of days; the latest are drawn, more could not be told apart
MOST_VALUES: Final = 32  # bars that still have room for their value above them
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 936, 84, 344  # the field of the bars
_TITLE_SIZE, _TEXT_SIZE = 26, 18
_GAP = 0.25  # of a bar's room
_PAPER, _INK, _FAINT, _BAR = (255, 255, 255), (32, 36, 42), (110, 118, 128), (43, 92, 143)  # 6.9:1 on paper
_UNKNOWN = "\U0010fffd"  # private use: no font has it, so it is drawn as the font's own "missing" box
_FOLDED = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "–": "-", "—": "-", "’": "'", "…": "..."}
)
_UNITS = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def png(chart: Chart) -> bytes:
    """Return the picture: title, one bar a count with its label, values above the bars; never fails on text.

    Letters that Pillow's own font lacks are folded to plain ones or left out; the summary has them all.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    title = _cut(drawable(chart.title), _font(_TITLE_SIZE), _RIGHT - _LEFT)
    draw.text((_LEFT, 22), title, fill=_INK, font=_font(_TITLE_SIZE))
    bars = chart.bars[-MOST_BARS:]
    highest = max((bar.value for bar in bars), default=0)
    draw.line((_LEFT, _BOTTOM, _RIGHT, _BOTTOM), fill=_FAINT, width=2)
    step = (_RIGHT - _LEFT) / max(1, len(bars))
    for number, bar in enumerate(bars):
        _bar(draw, bar, left=_LEFT + number * step, step=step, highest=highest)
        if len(bars) <= MOST_VALUES:
            _value(draw, bar, middle=_LEFT + (number + 0.5) * step, room=step, highest=highest)
    _labels(draw, bars, step)
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()


def drawable(text: str) -> str:
    """Return the text on one line in letters that Pillow's own font has."""
    line = one_line(text)
    return " ".join("".join(_drawn(letter) for letter in line).split())


def compact(value: int) -> str:
    """Return a count in at most five characters or so, such as 950, 12k or 3.4M."""
    for size, unit in _UNITS:
        if value >= size:
            return (
                f"{value / size:.1f}".removesuffix(".0") + unit
                if value < 100 * size
                else f"{value // size}{unit}"
            )
    return str(value)


@lru_cache(maxsize=4_096)
def _drawn(letter: str) -> str:
    for candidate in (letter, unicodedata.normalize("NFKD", letter.translate(_FOLDED))):
        plain = "".join(part for part in candidate if not unicodedata.combining(part))
        if candidate == letter and _has(letter):
            return letter
        if candidate != letter and plain and all(_has(part) for part in plain):
            return plain
    return " " if letter.isspace() else ""


def _has(letter: str) -> bool:
    """Tell whether the font has a letter: it looks otherwise than the box for a missing one."""
    if letter == " ":
        return True
    font = _font(_TEXT_SIZE)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_UNKNOWN))


@lru_cache(maxsize=4)
def _font(size: int) -> Font:
    return ImageFont.load_default(size)


def _top(bar: Bar, highest: int) -> int:
    """Return where a bar ends; whoever counts something is seen, if only by two pixels."""
    if bar.value <= 0 or highest <= 0:
        return _BOTTOM
    return _BOTTOM - max(2, bar.value * (_BOTTOM - _TOP) // highest)


def _bar(draw: ImageDraw.ImageDraw, bar: Bar, *, left: float, step: float, highest: int) -> None:
    top = _top(bar, highest)
    if top < _BOTTOM:
        draw.rectangle((left + step * _GAP / 2, top, left + step * (1 - _GAP / 2), _BOTTOM - 1), fill=_BAR)


def _value(draw: ImageDraw.ImageDraw, bar: Bar, *, middle: float, room: float, highest: int) -> None:
    told = compact(max(0, bar.value))
    if _font(_TEXT_SIZE).getlength(told) <= room:
        draw.text((middle, _top(bar, highest) - 4), told, fill=_INK, font=_font(_TEXT_SIZE), anchor="ms")


def _labels(draw: ImageDraw.ImageDraw, bars: tuple[Bar, ...], step: float) -> None:
    """Write labels under the bars: each, or every second, third … so that none touches the next."""
    font = _font(_TEXT_SIZE)
    texts = [_cut(drawable(bar.label), font, (_RIGHT - _LEFT) / 3) for bar in bars]
    widest = max((font.getlength(text) for text in texts), default=0)
    every = max(1, int((widest + 12) // step) + 1) if bars else 1
    # counted from the last bar, which is the newest and should be named
    for number in range(len(bars) - 1, -1, -every):
        width = font.getlength(texts[number])
        middle = min(max(_LEFT + (number + 0.5) * step, _LEFT + width / 2), _RIGHT - width / 2)
        draw.text((middle, _BOTTOM + 28), texts[number], fill=_FAINT, font=font, anchor="ms")


def _cut(text: str, font: Font, room: float) -> str:
    """Return as much of a text as fits into a width."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "...") > room:
        text = text[: max(0, min(len(text) - 1, len(text) * 9 // 10))]
    return text.rstrip() + "..."
