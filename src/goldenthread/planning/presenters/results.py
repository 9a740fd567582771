"""A finished forecast as charts, big figures and the account of the block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.safestring import SafeString

from goldenthread.core import charts
from goldenthread.core.ui.filters import percent, pounds
from goldenthread.core.ui.parts import Stat
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.forecast.space import Floats
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import Summary

Seen = Sequence[tuple[int, float]]
_WIDEST_FIRST = ("95", "80")
Figures = list[float | None]


def plans_fan(
    summary: Summary, before: Seen, other: tuple[str, Summary] | None = None, *, wide: int = 0
) -> SafeString:
    """EHC plans: the censuses seen (year, plans), then the forecast; `other` adds a scenario's middle.

    `wide` is for documents: see `core.charts`.
    """
    past = [one for one in before if one[0] < summary.years[0]]
    gap: Figures = [None] * len(past)
    labels = [str(year) for year, _ in past] + [str(year) for year in summary.years]
    base = float(summary.totals[0][0])
    seen: Figures = [*(float(heads) for _, heads in past), base, *([None] * (len(summary.years) - 1))]
    last, middle = summary.years[-1], summary.totals[summary.level("p50")]
    _, low, high = words.RANGES["80"]
    ends = [summary.totals[summary.level(name)][-1] for name in (low, high)]
    desc = (
        f"At each January census. By {last} the middle forecast is {words.heads(middle[-1])}; four times in "
        f"five it is {words.head_range(*ends)}."
    )
    others = {other[0]: gap + _middle(np.rint(other[1].totals), other[1])} if other else {}
    return charts.fan(
        "EHC plans",
        desc,
        labels,
        charts.Seen(seen, gap + _middle(np.rint(summary.totals), summary), others=others),
        _bands(summary, np.rint(summary.totals), gap),
        wide=wide,
    )


def _middle(levels: Floats, summary: Summary) -> Figures:
    found: Figures = [float(value) for value in levels[summary.level("p50")]]
    return found


def _bands(summary: Summary, levels: Floats, gap: Figures, *, turned: bool = False) -> list[charts.Band]:
    """The two ranges; `turned` where the sign is turned, so that the low end is the high level."""
    sign = -1.0 if turned else 1.0
    bands = []
    for key in _WIDEST_FIRST:
        name, low, high = words.RANGES[key]
        if turned:
            low, high = high, low
        ends = [gap + [sign * float(value) for value in levels[summary.level(one)]] for one in (low, high)]
        bands.append(charts.Band(name, ends[0], ends[1]))
    return bands


def deficit_fan(
    summary: Summary, threshold: float = 0.0, other: tuple[str, Summary] | None = None, *, wide: int = 0
) -> SafeString:
    """The cumulative deficit at the end of each financial year, a surplus below nought."""
    years = summary.financial_years
    labels = [words.financial_year(year) for year in (years[0] - 1, *years)]
    opening = -summary.opening_balance
    seen: Figures = [opening, *([None] * len(years))]
    middle: Figures = [opening, *(-value for value in _middle_of(summary))]
    bands = _bands(summary, summary.balance, [], turned=True)
    opened = [charts.Band(one.name, [opening, *one.low], [opening, *one.high]) for one in bands]
    others = {}
    if other:
        others = {other[0]: [None, *(-value for value in _middle_of(other[1]))]}
    last = words.financial_year(years[-1])
    low, high = bands[1].low[-1] or 0.0, bands[1].high[-1] or 0.0
    desc = (
        f"At the end of {last} the middle forecast is a {words.deficit(-(middle[-1] or 0.0))}; four times in "
        f"five it lies between a {words.deficit(-low)} and a {words.deficit(-high)}."
    )
    return charts.fan(
        "Cumulative deficit of the High Needs Block",
        desc,
        labels,
        charts.Seen(seen, middle, names=("Opening", "Forecast, middle"), others=others),
        opened,
        unit="pounds",
        target=("Threshold", threshold) if threshold else None,
        wide=wide,
    )


def _middle_of(summary: Summary) -> list[float]:
    return [float(value) for value in summary.balance[summary.level("p50")]]


def headline(summary: Summary, threshold: float, href: str = "") -> list[Stat]:
    """The forecast in four figures: the middle of the simulations, as the charts draw it."""
    last, closes = summary.years[-1], words.financial_year(summary.financial_years[-1])
    levels = [summary.level(name) for name in ("p50", *words.RANGES["80"][1:])]
    plans, low, high = (float(summary.totals[level][-1]) for level in levels)
    deficit, most, least = (-float(summary.balance[level][-1]) for level in levels)
    chance = float(summary.chance_of_deficit(threshold)[-1])
    over = f"a deficit over {pounds(threshold)}" if threshold else "a deficit"
    return [
        Stat(f"EHC plans in January {summary.years[0]}", words.heads(summary.totals[0][0])),
        Stat(
            f"EHC plans in January {last}",
            words.heads(plans),
            href,
            f"80% range {words.head_range(low, high)}",
        ),
        Stat(
            f"{'deficit' if deficit >= 0 else 'surplus'} at the end of {closes}",
            pounds(abs(deficit)),
            href,
            f"80% range {_deficit_range(least, most)}",
            "late" if deficit > 0 else "good",
        ),
        Stat(
            f"chance of {over} at the end of {closes}",
            percent(chance, 0),
            tone="late" if chance >= 0.5 else "plain",
        ),
    ]


def _deficit_range(least: float, most: float) -> str:
    """Two deficits; a surplus is said where one of them is one."""
    if least >= 0:
        return words.money_range(least, most)
    if most <= 0:
        return f"{words.money_range(-most, -least)}"
    return f"{words.deficit(-least)} to {words.deficit(-most)}"


_POSITION = (
    Column("year", "Financial year"),
    Column("opening", "Opening balance", numeric=True),
    Column("income", "Income", numeric=True),
    Column("spend", "Spending", numeric=True),
    Column("in_year", "Under or (over) spend", numeric=True),
    Column("closing", "Closing balance", numeric=True),
    Column("range", "Closing balance, range", numeric=True),
    Column("chance", "Chance that the deficit passes the threshold", numeric=True),
)


def position_columns() -> tuple[Column, ...]:
    """The columns of the account of the block."""
    return _POSITION


def position(summary: Summary, threshold: float, range_: str = "80", *, exact: bool = False) -> Table:
    """The account of the block by financial year: means, the range of the closing balance, the chance.

    With `exact` the cells are numbers, for a file.
    """
    _, low, high = words.RANGES[range_]
    chance = summary.chance_of_deficit(threshold)
    opening, rows = summary.opening_balance, []
    for at, year in enumerate(summary.financial_years):
        closing = float(summary.balance[0][at])
        amounts = {
            "opening": opening,
            "income": float(summary.income[at]),
            "spend": float(summary.spend[0][at]),
            "in_year": float(summary.in_year[0][at]),
            "closing": closing,
        }
        ends = [float(summary.balance[summary.level(name)][at]) for name in (low, high)]
        cells = {name: round(value, 2) if exact else pounds(value) for name, value in amounts.items()}
        rows.append(
            Row(
                {"year": words.financial_year(year), "range": words.money_range(*ends)}
                | cells
                | {"chance": round(float(chance[at]), 4) if exact else percent(float(chance[at]), 0)}
            )
        )
        opening = closing
    return Table("The account of the block", _POSITION, rows, id="position", scroll=True)


def overflow_words(summary: Summary) -> list[str]:
    """A sentence for each placement that some had no place in, the most first."""
    totals = summary.overflow[0].sum(axis=0)
    order = sorted(range(len(totals)), key=lambda at: -totals[at])
    out = []
    for at in order:
        if round(totals[at]) < 1:
            continue
        worst = int(summary.overflow[0][:, at].argmax())
        year = words.census(summary.years[worst + 1])
        out.append(
            f"{summary.space.placements[at].title}: {words.heads(totals[at])} in all had no place there and "
            f"went elsewhere, most in the year to {year} ({words.heads(summary.overflow[0][worst, at])})."
        )
    return out
