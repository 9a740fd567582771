"""What every chart shares: the figure, its words, its table, scales and series styles."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from goldenthread.core.ui.filters import number, percent, pounds

Values = Sequence[float | None]
GRID, AXIS, INK = "#d5dede", "#12292c", "#12292c"


@dataclass(frozen=True)
class Style:
    """How a series looks. The dashes and the mark tell it from others without colour."""

    colour: str
    dash: str
    mark: str


STYLES = (
    Style("#0b4f55", "", "circle"),
    Style("#b9770e", "8 4", "square"),
    Style("#5a3d78", "2 4", "triangle"),
    Style("#1f7a8c", "12 4 2 4", "diamond"),
    Style("#8c2f39", "4 2", "circle"),
)


def writer(unit: str) -> Callable[[float | None], str]:
    """How figures are written: `percent` for shares from 0 to 1, `pounds` for money, else numbers."""
    if unit == "percent":
        return lambda value: percent(value, 1)
    if unit == "pounds":
        return pounds
    return lambda value: number(_tidy(value))


def axis_writer(unit: str) -> Callable[[float], str]:
    """How the axis is written: whole per cents, and millions without noughts at the end."""
    if unit == "percent":
        return lambda value: percent(value, 0)
    if unit == "pounds":
        return _short_pounds
    return lambda value: number(_tidy(value))


def _short_pounds(value: float) -> str:
    text = pounds(value)
    return text.removesuffix("m").rstrip("0").removesuffix(".") + "m" if text.endswith("m") else text


def _tidy(value: float | None) -> float | int | None:
    """A whole number without its `.0`; others to three significant places after the point."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 3)


def nice_top(values: Sequence[float], unit: str = "") -> tuple[float, float]:
    """The top of an axis from zero that holds `values`, and the step between its 3 to 6 lines."""
    most = max([0.0, *values])
    if most <= 0:
        return (1.0, 0.25) if unit == "percent" else (4.0, 1.0)
    power = 10 ** math.floor(math.log10(most / 4))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice * 5 >= most)
    if unit != "percent" and step < 1 and all(float(value).is_integer() for value in values):
        step = 1.0
    return step * math.ceil(round(most / step, 9)), step


def ticks(top: float, step: float) -> list[float]:
    """The lines of an axis from 0 to `top`."""
    return [at * step for at in range(round(top / step) + 1)]


def pct(share: float) -> str:
    """A share of the width as SVG writes it."""
    return f"{share * 100:.2f}%"


def px(length: float) -> str:
    """A length down the page as SVG writes it, to a tenth."""
    return f"{length:.1f}"


def drawing(
    name: str, title: str, desc: str, height: float, body: SafeString, *, wide: int = 0
) -> SafeString:
    """The `<svg>`, named and described. `wide` fixes its width in points, for a document."""
    size = SafeString('width="100%"')
    if wide:
        size = format_html('viewBox="0 0 {} {}" width="{}"', wide, round(height), wide)
    return format_html(
        '<svg class="gt-chart__svg" xmlns="http://www.w3.org/2000/svg" {} height="{}" role="img"'
        ' aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        size, round(height), name, name, name, title, name, desc, body,
    )  # fmt: skip


def figure(
    title: str, desc: str, svg: SafeString, table: SafeString, legend: SafeString | str = ""
) -> SafeString:
    """The chart with its heading, its description, and its data as a table to open."""
    return format_html(
        '<figure class="gt-chart"><figcaption><p class="gt-chart__title">{}</p>'
        '<p class="gt-chart__desc">{}</p></figcaption>{}{}'
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">Figures as a table<span class="govuk-visually-hidden">: {}'
        '</span></span></summary><div class="govuk-details__text">'
        '<div class="gt-scroll" tabindex="0" role="region"'
        ' aria-label="Figures: {}">{}</div></div></details></figure>',
        title, desc, legend, svg, title, title, table,
    )  # fmt: skip


def data_table(
    title: str, labels: Sequence[str], series: Mapping[str, Values], write: Callable[[float | None], str]
) -> SafeString:
    """The data, a row for each label."""
    head = format_html_join("", '<th scope="col" class="gt-num">{}</th>', ((name,) for name in series))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                label,
                format_html_join(
                    "", '<td class="gt-num">{}</td>', ((write(values[at]),) for values in series.values())
                ),
            )
            for at, label in enumerate(labels)
        ),
    )
    return format_html(
        '<table class="gt-table"><caption class="govuk-visually-hidden">{}</caption><thead><tr>'
        '<th scope="col"><span class="govuk-visually-hidden">Row</span></th>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        title,
        head,
        rows,
    )


def name_for(*parts: object) -> str:
    """An id for the chart's title and description, the same for the same chart."""
    return "chart-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def check(labels: Sequence[str], series: Mapping[str, Values]) -> None:
    """Refuse data that cannot be drawn honestly. Raises ValueError."""
    if not series or len(series) > len(STYLES):
        raise ValueError(f"A chart takes 1 to {len(STYLES)} series, not {len(series)}.")
    for name, values in series.items():
        if len(values) != len(labels):
            raise ValueError(f"{name} has {len(values)} values for {len(labels)} labels.")
        if any(value is not None and (value < 0 or not math.isfinite(value)) for value in values):
            raise ValueError(f"{name} has a value below zero or not finite: these charts start at zero.")


def legend(entries: Sequence[tuple[SafeString, str]]) -> SafeString:
    """Each mark beside its name; nothing where there is only one."""
    if len(entries) < 2:
        return SafeString("")
    items = format_html_join(
        "", '<li><svg viewBox="0 0 30 12" aria-hidden="true" focusable="false">{}</svg>{}</li>', entries
    )
    return format_html('<ul class="gt-chart__legend">{}</ul>', items)


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Pieces of a drawing, one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def label_step(count: int, most: int) -> int:
    """Show every nth label so that at most `most` are shown."""
    return max(1, -(-count // most))
