"""Draw a chart as SVG: bars in the page's own colours, and words for those who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from bot.messages import Bar, Chart

HEIGHT: Final = 132  # pixels, of the bars
TOP: Final = 22  # pixels above them, for the number on the highest
FOOT: Final = 24  # pixels below them, for labels
LABELS: Final = 6  # at most, so that dates stay apart on a phone 320 pixels wide
NUMBERED: Final = 14  # bars; with more the numbers above them touch
_FILL: Final = 0.72  # part of its place that a bar takes


def chart_svg(chart: Chart) -> Markup:
    """Return a figure: the title, the drawing with words for screen readers, and the summary."""
    title, summary = one_line(chart.title), one_line(chart.summary)
    most = max((bar.value for bar in chart.bars), default=0)
    drawn = Markup("").join(_bar(bar, index, len(chart.bars), most) for index, bar in enumerate(chart.bars))
    return Markup(
        '<figure class="chart"><figcaption dir="auto">{title}</figcaption>'
        '<svg role="img" width="100%" height="{height}"><title>{title}</title><desc>{summary}</desc>{drawn}'
        '<line x1="0" x2="100%" y1="{foot}" y2="{foot}"/></svg>'
        '<p class="small" dir="auto">{summary}</p></figure>'
    ).format(title=title, summary=summary, drawn=drawn, height=TOP + HEIGHT + FOOT, foot=TOP + HEIGHT)


def _bar(bar: Bar, index: int, bars: int, most: int) -> Markup:
    place = 100 / bars  # per cent
    tall = round(HEIGHT * bar.value / most, 1) if most else 0
    top = TOP + HEIGHT - tall
    middle = place * (index + 0.5)
    shape = Markup('<rect x="{:.2f}%" y="{}" width="{:.2f}%" height="{}" rx="2"/>').format(
        middle - place * _FILL / 2, top, place * _FILL, tall
    )
    value = Markup('<text class="number" x="{:.2f}%" y="{}">{}</text>').format(middle, top - 6, bar.value)
    step = -(-bars // LABELS)
    # Counted from the end: the newest bar is the one people look for first.
    label = Markup('<text class="axis" x="{:.2f}%" y="{}">{}</text>').format(
        middle, TOP + HEIGHT + 17, one_line(bar.label)
    )
    numbered = bar.value and (bars <= NUMBERED or bar.value == most)
    labelled = (bars - 1 - index) % step == 0
    return shape + (value if numbered else Markup("")) + (label if labelled else Markup(""))
