"""Bars across, for named things; columns up, for amounts over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from goldenthread.core.charts import figure as fig

_ROW, _LABEL, _BAR = 46, 18, 18
TOP, HEIGHT, FOOT = 18, 220, 30


def bar(
    title: str,
    desc: str,
    data: Sequence[tuple[str, float | None]],
    *,
    unit: str = "",
    measure: str = "Number",
    wide: int = 0,
) -> SafeString:
    """One bar for each (label, value), in the order given, its label above it and its value at its end.

    `unit` is "percent" for shares from 0 to 1. `measure` heads the column of the table. None is drawn as
    no bar and a dash. Raises ValueError for a value below zero.
    """
    labels = [label for label, _ in data]
    values = [value for _, value in data]
    fig.check(labels, {measure: values})
    write = fig.writer(unit)
    most = max([value for value in values if value], default=1) or 1
    rows = format_html_join(
        "",
        '<text x="0" y="{}" fill="{}">{}</text>'
        '<rect class="gt-chart__fill" x="0" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" dx="6" fill="{}" font-weight="bold">{}</text>',
        (_bar_row(at, label, value, most, write(value)) for at, (label, value) in enumerate(data)),
    )
    name = fig.name_for("bar", title, data)
    svg = fig.drawing(name, title, desc, max(1, len(data)) * _ROW, rows, wide=wide)
    return fig.figure(title, desc, svg, fig.data_table(title, labels, {measure: values}, write))


def _bar_row(at: int, label: str, value: float | None, most: float, words: str) -> tuple[object, ...]:
    top, share = at * _ROW, (value or 0) / most * 0.84
    colour = fig.STYLES[0].colour
    end = fig.pct(share)
    return (top + 14, fig.INK, label, top + _LABEL + 2, end, _BAR, colour, end, top + _LABEL + 16,
            fig.INK, words)  # fmt: skip


def columns(
    title: str,
    desc: str,
    labels: Sequence[str],
    series: Mapping[str, fig.Values],
    *,
    unit: str = "",
    wide: int = 0,
) -> SafeString:
    """Columns side by side for each label, from zero. None leaves a gap.

    Raises ValueError for a value below zero, lengths that differ, or more than five series.
    """
    fig.check(labels, series)
    top, step = fig.nice_top([v for values in series.values() for v in values if v is not None], unit)
    slot, gap = 0.90 / max(1, len(labels)), 0.18
    each = slot * (1 - gap) / len(series)
    rects = [
        (0.10 + slot * (at + gap / 2) + each * n, value, style.colour)
        for n, (style, values) in enumerate(zip(fig.STYLES, series.values(), strict=False))
        for at, value in enumerate(values)
        if value is not None
    ]
    body = format_html_join(
        "",
        '<rect class="gt-chart__fill" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        (
            (fig.pct(x), fig.px(down(value, top)), fig.pct(each * 0.94), fig.px(HEIGHT * value / top), colour)
            for x, value, colour in rects
        ),
    )
    centres = [0.10 + slot * (at + 0.5) for at in range(len(labels))]
    content = format_html("{}{}{}", grid(top, step, unit), body, label_row(labels, centres))
    name = fig.name_for("columns", title, labels, series)
    svg = fig.drawing(name, title, desc, TOP + HEIGHT + FOOT, content, wide=wide)
    key = fig.legend([(_swatch(style), name_) for style, name_ in zip(fig.STYLES, series, strict=False)])
    return fig.figure(title, desc, svg, fig.data_table(title, labels, series, fig.writer(unit)), key)


def down(value: float, top: float) -> float:
    """How far down the plot a value lies, where the axis runs from 0 to `top`."""
    return TOP + HEIGHT * (1 - value / top)


def _swatch(style: fig.Style) -> SafeString:
    return format_html('<rect class="gt-chart__fill" x="8" width="14" height="12" fill="{}"/>', style.colour)


def grid(top: float, step: float, unit: str) -> SafeString:
    """The lines across with their figures, zero the heaviest."""
    return grid_lines([(down(value, top), value) for value in fig.ticks(top, step)], fig.axis_writer(unit))


def grid_lines(
    at: Sequence[tuple[float, float]], write: Callable[[float], str], *, left: float = 0.10
) -> SafeString:
    """A line across at each (how far down, value), its figure left of it; nought the heaviest."""
    x, end = fig.pct(left), fig.pct(left - 0.012)
    return format_html_join(
        "",
        '<line class="gt-chart__grid" x1="{}" x2="100%" y1="{}" y2="{}" stroke="{}" stroke-width="1"/>'
        '<text x="{}" y="{}" text-anchor="end" fill="{}">{}</text>',
        (
            (x, fig.px(y), fig.px(y), fig.GRID if value else fig.AXIS, end, fig.px(y + 5), fig.INK,
             write(value))
            for y, value in at
        ),
    )  # fmt: skip


def label_row(labels: Sequence[str], centres: Sequence[float]) -> SafeString:
    """The labels under the axis: at most twelve, fewer of them on a phone."""
    step = fig.label_step(len(labels), 12)
    phone = step * fig.label_step(-(-len(labels) // step), 5)
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>',
        (
            ("" if at % phone == 0 else "gt-chart__minor", fig.pct(x), TOP + HEIGHT + 22, fig.INK, label)
            for at, (label, x) in enumerate(zip(labels, centres, strict=True))
            if at % step == 0
        ),
    )
