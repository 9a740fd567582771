"""Bars across that begin anywhere: a waterfall from one total to another, a tornado about a middle."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from goldenthread.core.charts import figure as fig
from goldenthread.core.charts.scale import Scale

# Words of a label on a line of a phone's width; the height of such a line, of a bar, and below it.
_LETTERS, _TEXT, _BAR, _GAP = 40, 17, 18, 12
_TOTAL, _LESS, _MORE = fig.INK, fig.STYLES[0].colour, fig.STYLES[1].colour
_PLOT = 0.76  # of the width for the bars of a waterfall: the figures stand right of them
_SIDE = 0.24  # of the width on each side of a tornado for its figures


@dataclass(frozen=True, slots=True)
class Swing:
    """One line of a tornado: what comes out when the named thing is low, and when it is high."""

    label: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart the two are."""
        return abs(self.high - self.low)


def waterfall(
    title: str,
    desc: str,
    start: tuple[str, float],
    steps: Sequence[tuple[str, float]],
    end: tuple[str, float],
    *,
    unit: str = "",
    measure: str = "Amount",
    wide: int = 0,
) -> SafeString:
    """From one total to another by named steps, each beginning where the one before ended.

    A step down is a full bar, a step up a hollow one; each has its figure with a sign. Raises ValueError
    where the steps do not lead from `start` to `end`, or a value is not finite.
    """
    levels = list(accumulate((change for _, change in steps), initial=start[1]))
    if not math.isclose(levels[-1], end[1], rel_tol=1e-6, abs_tol=1e-6):
        raise ValueError(f"The steps lead from {start[1]} to {levels[-1]}, not to {end[1]}.")
    scale = Scale.holding([*levels, end[1]], unit)
    write = fig.writer(unit)
    rows = [(start[0], 0.0, start[1], write(start[1]))]
    rows += [
        (label, at, at + change, _signed(change, write(abs(change))))
        for (label, change), at in zip(steps, levels, strict=False)
    ]
    rows.append((end[0], 0.0, end[1], write(end[1])))
    body, down = _rows(rows, scale)
    name = fig.name_for("waterfall", title, start, steps, end)
    svg = fig.drawing(name, title, desc, down, body, wide=wide)
    labels = [label for label, *_ in rows]
    values = [start[1], *(change for _, change in steps), end[1]]
    running = [start[1], *levels[1:], end[1]]
    table = fig.data_table(title, labels, {measure: values, "Comes to": running}, write)
    return fig.figure(title, desc, svg, table)


def _signed(change: float, size: str) -> str:
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{size}"


def _rows(rows: Sequence[tuple[str, float, float, str]], scale: Scale) -> tuple[SafeString, float]:
    """Each row with its label above its bar, and how tall it all is."""
    parts: list[SafeString] = []
    top = 0.0
    for at, (label, begin, end, words) in enumerate(rows):
        text, down = _label(label, top)
        left, right = sorted((scale.share(begin) * _PLOT, scale.share(end) * _PLOT))
        total = at in (0, len(rows) - 1)
        shape = _hollow if end > begin and not total else _full
        parts += [text, shape(left, right, down, _TOTAL if total else _LESS), _figure(right, down, words)]
        parts.append(_upright(scale.share(0) * _PLOT, down, fig.AXIS, "gt-chart__grid"))
        top = down + _BAR + _GAP
    return fig.joined(parts), top


def _upright(x: float, down: float, colour: str, name: str) -> SafeString:
    """The line of nought, or of the middle, beside a bar: it leaves the words free."""
    return format_html(
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="1.500"/>',
        name, fig.pct(x), fig.pct(x), fig.px(down - 2), fig.px(down + _BAR + 2), colour,
    )  # fmt: skip


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, _LETTERS) or [""]


def _label(label: str, top: float) -> tuple[SafeString, float]:
    """The label's lines from `top` down, and where its bar begins."""
    lines = _lines(label)
    text = format_html_join(
        "",
        '<text x="0" y="{}" fill="{}">{}</text>',
        ((fig.px(top + 13 + at * _TEXT), fig.INK, line) for at, line in enumerate(lines)),
    )
    return text, top + len(lines) * _TEXT + 3


def _full(left: float, right: float, down: float, colour: str) -> SafeString:
    return format_html(
        '<rect class="gt-chart__fill" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        fig.pct(left), fig.px(down), fig.pct(right - left), _BAR, colour,
    )  # fmt: skip


def _hollow(left: float, right: float, down: float, _colour: str = "") -> SafeString:
    return format_html(
        '<rect class="gt-chart__hollow" x="{}" y="{}" width="{}" height="{}" fill="#fff" stroke="{}"'
        ' stroke-width="2"/>',
        fig.pct(left), fig.px(down + 1), fig.pct(right - left), _BAR - 2, _MORE,
    )  # fmt: skip


def _figure(x: float, down: float, words: str, anchor: str = "start") -> SafeString:
    return format_html(
        '<text x="{}" y="{}" dx="{}" text-anchor="{}" fill="{}" font-weight="bold">{}</text>',
        fig.pct(x), fig.px(down + 14), 6 if anchor == "start" else -6, anchor, fig.INK, words,
    )  # fmt: skip


def tornado(
    title: str,
    desc: str,
    middle: tuple[str, float],
    swings: Sequence[Swing],
    *,
    unit: str = "",
    names: tuple[str, str] = ("When lower", "When higher"),
    wide: int = 0,
) -> SafeString:
    """How far each named thing moves the outcome either way from the middle, the widest first.

    The part where the thing is lower is full, where it is higher hollow. Raises ValueError for a value that
    is not finite.
    """
    ordered = sorted(swings, key=lambda one: -one.width)
    ends = [value for one in ordered for value in (one.low, one.high)]
    if not all(math.isfinite(value) for value in (*ends, middle[1])):
        raise ValueError("A value is not finite: it cannot be drawn.")
    least, most = min([*ends, middle[1]]), max([*ends, middle[1]])
    spread = (most - least) or 1.0
    write = fig.writer(unit)

    def across(value: float) -> float:
        return _SIDE + (1 - 2 * _SIDE) * ((value - least) / spread)

    parts: list[SafeString] = []
    top = 0.0
    for one in ordered:
        text, down = _label(one.label, top)
        parts += [text, *_swing(one, middle[1], across, down, write)]
        parts.append(_upright(across(middle[1]), down, fig.AXIS, "gt-chart__line"))
        top = down + _BAR + _GAP
    body = fig.joined(parts)
    name = fig.name_for("tornado", title, middle, ordered)
    svg = fig.drawing(name, title, desc, max(top, 1), body, wide=wide)
    series = {names[0]: [one.low for one in ordered], names[1]: [one.high for one in ordered],
              "Apart": [one.width for one in ordered]}  # fmt: skip
    table = fig.data_table(title, [one.label for one in ordered], series, write)
    key = [(_swatch(hollow=False), names[0]), (_swatch(hollow=True), names[1])]
    key.append((_middle_key(), f"{middle[0]}: {write(middle[1])}"))
    return fig.figure(title, desc, svg, table, fig.legend(key))


def _swing(
    one: Swing,
    middle: float,
    across: Callable[[float], float],
    down: float,
    write: Callable[[float | None], str],
) -> list[SafeString]:
    """The two parts of a line from the middle, and the figures at its ends."""
    low, high, centre = across(one.low), across(one.high), across(middle)
    left, right = (low, high) if one.low <= one.high else (high, low)
    words = sorted((one.low, one.high))
    # A thing that moves the outcome one way only still begins at the middle.
    return [
        _full(min(low, centre), max(low, centre), down, _LESS),
        _hollow(min(high, centre), max(high, centre), down),
        _figure(min(left, centre), down, write(words[0]), "end"),
        _figure(max(right, centre), down, write(words[1])),
    ]


def _swatch(*, hollow: bool) -> SafeString:
    if hollow:
        return format_html(
            '<rect class="gt-chart__hollow" x="1" y="1" width="28" height="10" fill="#fff" stroke="{}"'
            ' stroke-width="2"/>',
            _MORE,
        )
    return format_html('<rect class="gt-chart__fill" width="30" height="12" fill="{}"/>', _LESS)


def _middle_key() -> SafeString:
    return format_html(
        '<line class="gt-chart__line" x1="15" x2="15" y1="0" y2="12" stroke="{}" stroke-width="1"/>', fig.AXIS
    )
