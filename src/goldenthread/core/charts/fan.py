"""A fan: what was seen, and where it may go: a middle line in bands that widen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from goldenthread.core.charts import bars, lines
from goldenthread.core.charts import figure as fig
from goldenthread.core.charts.scale import Scale, known

_LEFT, _WIDTH = 0.16, 0.81
# Light to dark from the widest in, so that print without colour keeps them apart.
_SHADES = ("#d3e6e8", "#8fbfc4")
_SEEN, _MIDDLE = fig.Style("#12292c", "", "circle"), fig.Style("#0b4f55", "8 4", "diamond")
_OTHERS = (fig.Style("#8c2f39", "2 4", "triangle"), fig.Style("#b9770e", "12 4 2 4", "square"))


@dataclass(frozen=True, slots=True)
class Band:
    """A range by name, "95% range": its two ends for each label, None where there is none."""

    name: str
    low: fig.Values
    high: fig.Values


@dataclass(frozen=True, slots=True)
class Seen:
    """The two lines of a fan by name: what was seen, and the middle of what is forecast."""

    history: fig.Values
    middle: fig.Values
    names: tuple[str, str] = ("Actual", "Forecast, middle")
    others: Mapping[str, fig.Values] = field(default_factory=dict)


def fan(
    title: str,
    desc: str,
    labels: Sequence[str],
    seen: Seen,
    bands: Sequence[Band],
    *,
    unit: str = "",
    target: tuple[str, float] | None = None,
    wide: int = 0,
) -> SafeString:
    """What was seen, the middle forecast, and bands about it, widest first; up to two other lines.

    `unit` is "percent" for shares from 0 to 1 and "pounds" for money. Values may lie below nought, which is
    always on the axis. `target` is a line across with its name. None breaks a line or a band. Raises
    ValueError for lengths that differ, more than two bands or other lines, a band whose low end lies above
    its high end or lacks one, or a value that is not finite.
    """
    _check(labels, seen, bands)
    drawn = {seen.names[0]: seen.history, seen.names[1]: seen.middle, **seen.others}
    ends = {f"{band.name}, {end}": values for band in bands for end, values in _ends(band)}
    every = [value for values in (*drawn.values(), *ends.values()) for value in known(values)]
    scale = Scale.holding([*every, *([target[1]] if target else [])], unit)
    count = len(labels)
    xs = [_LEFT + (_WIDTH * at / (count - 1) if count > 1 else _WIDTH / 2) for at in range(count)]
    body = format_html(
        "{}{}{}{}{}",
        fig.joined(_band(band, shade, scale, count) for band, shade in zip(bands, _SHADES, strict=False)),
        _grid(scale, unit),
        lines.rule("16%", "100%", fig.px(_down(scale, target[1]))) if target else "",
        fig.joined(
            _line(xs, values, style, scale) for values, style in zip(drawn.values(), _styles(), strict=False)
        ),
        bars.label_row(labels, xs),
    )
    name = fig.name_for("fan", title, labels, seen, bands, target)
    svg = fig.drawing(name, title, desc, bars.TOP + bars.HEIGHT + bars.FOOT, body, wide=wide)
    shown = drawn | ends | ({target[0]: [target[1]] * count} if target else {})
    table = fig.data_table(title, labels, shown, fig.writer(unit))
    return fig.figure(title, desc, svg, table, _legend(drawn, bands, target))


def _styles() -> tuple[fig.Style, ...]:
    return (_SEEN, _MIDDLE, *_OTHERS)


def _ends(band: Band) -> tuple[tuple[str, fig.Values], tuple[str, fig.Values]]:
    return ("low", band.low), ("high", band.high)


def _down(scale: Scale, value: float) -> float:
    return bars.TOP + bars.HEIGHT * (1 - scale.share(value))


def _grid(scale: Scale, unit: str) -> SafeString:
    """The lines across with their figures, nought the heaviest."""
    return bars.grid_lines(
        [(_down(scale, value), value) for value in scale.ticks], fig.axis_writer(unit), left=_LEFT
    )


def _band(band: Band, shade: str, scale: Scale, count: int) -> SafeString:
    """The band in pieces without gaps, each a shape drawn on a field that stretches with the width."""
    there = groupby(
        range(count), key=lambda at: band.low[at] is not None and count > 1 and band.high[at] is not None
    )
    return fig.joined(_piece(band, list(run), shade, scale, count) for is_there, run in there if is_there)


def _piece(band: Band, run: Sequence[int], shade: str, scale: Scale, count: int) -> SafeString:
    over = [(at, band.high[at]) for at in run]
    under = [(at, band.low[at]) for at in reversed(run)]
    points = " ".join(
        f"{1000 * at / (count - 1):.1f},{_down(scale, value):.1f}" for at, value in (*over, *under)
        if value is not None
    )  # fmt: skip
    height = bars.TOP + bars.HEIGHT
    return format_html(
        '<svg x="{}" y="0" width="{}" height="{}" viewBox="0 0 1000 {}" preserveAspectRatio="none">'
        '<polygon class="gt-chart__band" points="{}" fill="{}"/></svg>',
        fig.pct(_LEFT), fig.pct(_WIDTH), height, height, points, shade,
    )  # fmt: skip


def _line(xs: Sequence[float], values: fig.Values, style: fig.Style, scale: Scale) -> SafeString:
    downs = [None if value is None else _down(scale, value) for value in values]
    return lines.path(xs, downs, style, marks=len(xs) <= 24)


def _legend(
    drawn: Mapping[str, fig.Values], bands: Sequence[Band], target: tuple[str, float] | None
) -> SafeString:
    entries = [(lines.key(style), name) for style, name in zip(_styles(), drawn, strict=False)]
    for band, shade in zip(bands, _SHADES, strict=False):
        entries.append((format_html('<rect class="gt-chart__band" width="30" height="12" fill="{}"/>', shade),
                        band.name))  # fmt: skip
    return fig.legend([*entries, *([(lines.rule("1", "29", "6"), target[0])] if target else [])])


def _check(labels: Sequence[str], seen: Seen, bands: Sequence[Band]) -> None:
    if len(bands) > len(_SHADES) or len(seen.others) > len(_OTHERS):
        raise ValueError(f"A fan takes up to {len(_SHADES)} bands and {len(_OTHERS)} other lines.")
    drawn = {seen.names[0]: seen.history, seen.names[1]: seen.middle, **seen.others}
    ends = {f"{band.name}, {end}": values for band in bands for end, values in _ends(band)}
    for name, values in (drawn | ends).items():
        if len(values) != len(labels):
            raise ValueError(f"{name} has {len(values)} values for {len(labels)} labels.")
    for band in bands:
        for label, low, high in zip(labels, band.low, band.high, strict=True):
            if (low is None) != (high is None) or (low is not None and high is not None and low > high):
                raise ValueError(f"{band.name} at {label} goes from {low} to {high}: that is no range.")
