"""Lines, for measures over time, with a target where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from goldenthread.core.charts import bars
from goldenthread.core.charts import figure as fig

_LEFT, _WIDTH = 0.13, 0.84
_MARKS = {
    "circle": '<circle r="4"/>',
    "square": '<rect x="-4" y="-4" width="8" height="8"/>',
    "triangle": '<path d="M0-5.500L5 4H-5z"/>',
    "diamond": '<path d="M0-5.500L5.500 0 0 5.500-5.500 0z"/>',
}


def line(
    title: str,
    desc: str,
    labels: Sequence[str],
    series: Mapping[str, fig.Values],
    *,
    unit: str = "",
    target: tuple[str, float] | None = None,
    wide: int = 0,
) -> SafeString:
    """A line for each series over the labels, from zero. None breaks the line, it is never drawn as 0.

    `target` is its name and value. Raises ValueError as `columns` does.
    """
    fig.check(labels, series)
    known = [v for values in series.values() for v in values if v is not None]
    top, step = fig.nice_top([*known, *([target[1]] if target else [])], unit)
    count = len(labels)
    xs = [_LEFT + (_WIDTH * at / (count - 1) if count > 1 else _WIDTH / 2) for at in range(count)]
    drawn = fig.joined(
        path(xs, [None if v is None else bars.down(v, top) for v in values], style, marks=count <= 24)
        for style, values in zip(fig.STYLES, series.values(), strict=False)
    )
    body = format_html(
        "{}{}{}{}", bars.grid(top, step, unit), _target(target, top), drawn, bars.label_row(labels, xs)
    )
    name = fig.name_for("line", title, labels, series, target)
    svg = fig.drawing(name, title, desc, bars.TOP + bars.HEIGHT + bars.FOOT, body, wide=wide)
    shown = dict(series) | ({target[0]: [target[1]] * count} if target else {})
    table = fig.data_table(title, labels, shown, fig.writer(unit))
    return fig.figure(title, desc, svg, table, _names(series, target))


def path(xs: Sequence[float], downs: fig.Values, style: fig.Style, *, marks: bool) -> SafeString:
    """Line pieces between neighbours that both have a value, then the marks: a lone value still shows.

    `xs` are shares of the width, `downs` how far down each point lies, None where there is none.
    """
    points = list(zip(xs, downs, strict=True))
    pieces = format_html_join(
        "",
        '<line class="gt-chart__line" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="2.500"'
        ' stroke-dasharray="{}" stroke-linecap="round"/>',
        (
            (fig.pct(x1), fig.px(y1), fig.pct(x2), fig.px(y2), style.colour, style.dash)
            for (x1, y1), (x2, y2) in pairwise(points)
            if y1 is not None and y2 is not None
        ),
    )
    shown = [
        (x, y)
        for at, (x, y) in enumerate(points)
        if y is not None and (marks or _alone(downs, at) or at == len(points) - 1)
    ]
    return format_html("{}{}", pieces, fig.joined(_mark(x, y, style) for x, y in shown))


def _alone(values: fig.Values, at: int) -> bool:
    before = values[at - 1] if at else None
    after = values[at + 1] if at + 1 < len(values) else None
    return before is None and after is None


def _mark(x: float, y: float, style: fig.Style) -> SafeString:
    shape = mark_safe(_MARKS[style.mark])  # noqa: S308 - one of the four shapes above
    return format_html(
        '<svg x="{}" y="{}" width="1" height="1" overflow="visible"><g class="gt-chart__fill" fill="{}"'
        ' stroke="#fff" stroke-width="1">{}</g></svg>',
        fig.pct(x), fig.px(y), style.colour, shape,
    )  # fmt: skip


def _target(target: tuple[str, float] | None, top: float) -> SafeString:
    if target is None:
        return SafeString("")
    y = fig.px(bars.down(target[1], top))
    return rule("10%", "100%", y)


def rule(x1: str, x2: str, y: str) -> SafeString:
    """The dashed line of a target."""
    return format_html(
        '<line class="gt-chart__line" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="1.500"'
        ' stroke-dasharray="6 4"/>',
        x1, x2, y, y, fig.AXIS,
    )  # fmt: skip


def _names(series: Mapping[str, fig.Values], target: tuple[str, float] | None) -> SafeString:
    entries = [(key(style), name) for style, name in zip(fig.STYLES, series, strict=False)]
    return fig.legend([*entries, *([(rule("1", "29", "6"), target[0])] if target else [])])


def key(style: fig.Style) -> SafeString:
    """A line and its mark, for the legend."""
    return format_html(
        '<line class="gt-chart__line" x1="1" x2="29" y1="6" y2="6" stroke="{}" stroke-width="2.500"'
        ' stroke-dasharray="{}"/>{}',
        style.colour, style.dash, _mark(0.5, 6, style),
    )  # fmt: skip
