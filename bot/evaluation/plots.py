"""Draw the report's plots as SVG: lines, dots and bars, with words for those who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.scoring.calibration import Bin

WIDTH: Final = 420
HEIGHT: Final = 300
LEFT: Final = 44  # for the numbers at the axis
FOOT: Final = 40  # for the numbers and the axis' name
TOP: Final = 12
RIGHT: Final = 12
ROW: Final = 76  # of one grade's histogram
GAP: Final = 20  # above each, for its name
BARS: Final = 20  # a bar each .05 of score
LEAST_DOT: Final = 3.0
MOST_DOT: Final = 9.0
_TICKS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_NOTHING: Final = Markup("")


def precision_recall(curve: Sequence[tuple[float, float]], at: tuple[float, float] | None) -> Markup:
    """Draw precision over recall, both in [0, 1]; `at` is where the alerts are."""
    words = f"Average precision is the area under the line of {len(curve)} steps."
    dot = _NOTHING
    if at is not None:
        dot = _dot(at[0], at[1], MOST_DOT - 3, "at")
        words += f" The alerts have recall {at[0]:.2f} and precision {at[1]:.2f}."
    return _square("Precision and recall", words, ("recall", "precision"), _line(curve) + dot)


def calibration(bins: Sequence[Bin]) -> Markup:
    """Draw what share came true over what the scores said: a dot a bin, by its size."""
    filled = [b for b in bins if b.items]
    most = max((b.items for b in filled), default=1)
    dots = _NOTHING.join(
        _dot(b.said, b.true, LEAST_DOT + (MOST_DOT - LEAST_DOT) * (b.items / most) ** 0.5, "bin")
        for b in filled
    )
    words = "; ".join(f"{b.items} items of score {b.said:.2f}: {b.true:.2f} wanted" for b in filled)
    diagonal = Markup('<line class="ideal" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        _x(0), _y(0), _x(1), _y(1)
    )
    drawn = diagonal + _line([(b.said, b.true) for b in filled]) + dots
    return _square("Calibration", words, ("score", "share that is wanted"), drawn)


def histograms(scores: Mapping[int, Sequence[float]], threshold: float) -> Markup:
    """Draw how the scores of each grade lie, the highest grade first, with the alert threshold."""
    grades = sorted(scores, reverse=True)
    rows = _NOTHING.join(_histogram(grade, scores[grade], i) for i, grade in enumerate(grades))
    height = len(grades) * (ROW + GAP) + FOOT
    foot = height - FOOT
    mark = Markup('<line class="mark" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(_x(threshold), TOP, foot)
    words = "; ".join(
        f"grade {grade}: {sum(score >= threshold for score in scores[grade])} of {len(scores[grade])} at "
        f"{threshold:.2f} or above"
        for grade in grades
    )
    drawn = rows + mark + _ticks(foot) + _name(foot, "score")
    return _figure("Scores of each grade", words, height, drawn)


def _histogram(grade: int, scores: Sequence[float], index: int) -> Markup:
    counts = [0] * BARS
    for score in scores:
        counts[min(max(int(score * BARS), 0), BARS - 1)] += 1
    most = max(counts, default=0) or 1
    foot = (index + 1) * (ROW + GAP)
    wide = (_x(1) - _x(0)) / BARS
    bars = _NOTHING.join(
        Markup('<rect class="grade{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            grade, _x(i / BARS) + 1, foot - ROW * count / most, wide - 2, ROW * count / most
        )
        for i, count in enumerate(counts)
        if count
    )
    label = Markup('<text x="{}" y="{}">grade {}: {} items, at most {} in one bar</text>').format(
        LEFT, foot - ROW - 5, grade, len(scores), max(counts, default=0)
    )
    return (
        bars
        + label
        + Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_x(0), _x(1), foot, foot)
    )


def _square(title: str, words: str, names: tuple[str, str], drawn: Markup) -> Markup:
    grid = _NOTHING.join(
        Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
            '<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:.1f}</text>'
        ).format(_x(0), _x(1), _y(tick), _y(tick), LEFT - 6, _y(tick) + 4, tick)
        for tick in _TICKS
    )
    foot = HEIGHT - FOOT
    upright = Markup('<text class="name" transform="translate(11 {}) rotate(-90)">{}</text>').format(
        (foot + TOP) // 2, names[1]
    )
    return _figure(title, words, HEIGHT, grid + _ticks(foot) + _name(foot, names[0]) + upright + drawn)


def _figure(title: str, words: str, height: int, drawn: Markup) -> Markup:
    return Markup(
        '<figure><figcaption>{0}</figcaption><svg role="img" viewBox="0 0 {1} {2}"><title>{0}</title>'
        "<desc>{3}</desc>{4}</svg></figure>"
    ).format(title, WIDTH, height, words, drawn)


def _ticks(foot: float) -> Markup:
    return _NOTHING.join(
        Markup('<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">{:.1f}</text>').format(
            _x(tick), foot + 15, tick
        )
        for tick in _TICKS
    )


def _name(foot: float, name: str) -> Markup:
    return Markup('<text class="name" x="{:.1f}" y="{:.1f}">{}</text>').format(_x(0.5), foot + 31, name)


def _line(points: Sequence[tuple[float, float]]) -> Markup:
    if not points:
        return _NOTHING
    return Markup('<polyline class="curve" points="{}"/>').format(
        " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    )


def _dot(x: float, y: float, radius: float, kind: str) -> Markup:
    return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
        kind, _x(x), _y(y), radius
    )


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def _y(share: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * share
