"""What mitigations save, what the deficit hangs on, and what moved since the run before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.safestring import SafeString

from goldenthread.core import charts
from goldenthread.core.ui.filters import pounds
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.forecast.explain import FACTORS, FIXED
from goldenthread.planning.analyses import Hangs, Moved, Savings, Swing
from goldenthread.planning.presenters import words


def savings_waterfall(
    savings: Savings, titles: Mapping[str, str], funds: float, *, wide: int = 0
) -> SafeString:
    """From the deficit as it is to that with all mitigations, at the end of the last year.

    `funds` is all there is to spend: the opening balance and the income of all years.
    """
    start, end = sum(savings.as_is) - funds, sum(savings.mitigated) - funds
    steps = [
        (_named(reference, titles), -sum(row))
        for reference, row in zip(savings.references, savings.mean, strict=True)
    ]
    # Figures are kept to the penny: the steps may miss the end by as many pennies as there are of them.
    steps[-1] = (steps[-1][0], end - start - sum(change for _, change in steps[:-1]))
    last = words.financial_year(savings.years[-1])
    return charts.waterfall(
        f"Cumulative deficit at the end of {last}, from as it is to mitigated",
        f"The mitigations take a {words.deficit(-start)} to a {words.deficit(-end)}. Each has the share of "
        "the saving that is its own, so that no pound is counted twice.",
        ("As it is", start),
        steps,
        ("With all mitigations", end),
        unit="pounds",
        measure="Deficit or change",
        wide=wide,
    )


def _named(reference: str, titles: Mapping[str, str]) -> str:
    title = titles.get(reference, "")
    return f"{reference}. {title}" if title else reference


def savings_table(savings: Savings, titles: Mapping[str, str], *, exact: bool = False) -> Table:
    """What each saves by financial year, with its range over all years and what it would save alone."""
    columns = [
        Column("name", "Mitigation"),
        *(Column(str(at), words.financial_year(year), numeric=True) for at, year in enumerate(savings.years)),
        Column("sum", "All years", numeric=True),
        Column("alone", "Alone, all years", numeric=True),
    ]

    def write(value: float) -> float | str:
        return round(value, 2) if exact else pounds(value)

    def row(name: str, values: Sequence[float], alone: float | None) -> Row:
        cells = {str(at): write(value) for at, value in enumerate(values)}
        last = {"sum": write(sum(values)), "alone": None if alone is None else write(alone)}
        return Row({"name": name} | cells | last)

    rows = [
        row(_named(reference, titles), mean, sum(alone))
        for reference, mean, alone in zip(savings.references, savings.mean, savings.alone, strict=True)
    ]
    total = [before - after for before, after in zip(savings.as_is, savings.mitigated, strict=True)]
    alone = sum(sum(one) for one in savings.alone)
    foot = row("All together", total, alone)
    if exact:
        return Table("Savings", columns, [*rows, foot], id="savings")
    return Table("What each mitigation saves", columns, rows, foot=foot, id="savings", scroll=True)


def savings_ranges(savings: Savings, titles: Mapping[str, str]) -> Table:
    """The 80% range of each share by year."""
    columns = [
        Column("name", "Mitigation"),
        *(Column(str(at), words.financial_year(year), numeric=True) for at, year in enumerate(savings.years)),
    ]

    def row(name: str, low: Sequence[float], high: Sequence[float]) -> Row:
        ends = zip(low, high, strict=True)
        return Row({"name": name} | {str(at): words.money_range(*pair) for at, pair in enumerate(ends)})

    rows = [
        row(_named(reference, titles), low, high)
        for reference, low, high in zip(savings.references, savings.low, savings.high, strict=True)
    ]
    rows.append(row("All together", savings.total_low, savings.total_high))
    return Table("80% ranges of the savings", columns, rows, id="savings-ranges", scroll=True)


def overlap_words(savings: Savings) -> str:
    """What adding up would count twice, or what they do for each other."""
    overlap = sum(savings.interaction)
    alone = sum(sum(one) for one in savings.alone)
    if abs(overlap) < 1:
        return "The mitigations do not overlap: each saves what it would save alone."
    if overlap > 0:
        return (
            f"One by one they would save {pounds(alone)}, and together {pounds(alone - overlap)}: adding up "
            f"would count {pounds(overlap)} twice."
        )
    return (
        f"One by one they would save {pounds(alone)}, and together {pounds(alone - overlap)}: they help each "
        f"other by {pounds(-overlap)}."
    )


def _amount(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{abs(value) * 100:g}%"


def _swing_title(swing: Swing) -> str:
    return f"{swing.title}: {_amount(swing.low)} or {_amount(swing.high)} {swing.unit}"


def tornado(hangs: Hangs, year: int) -> SafeString:
    """Which input moves the deficit most."""
    last = words.financial_year(year)
    widest = hangs.swings[0] if hangs.swings else None
    desc = f"The mean deficit at the end of {last} when one input is lower or higher and the rest stays. "
    desc += f"{widest.title} moves it most." if widest else ""
    return charts.tornado(
        f"What the deficit at the end of {last} hangs on",
        desc,
        ("As forecast", hangs.deficit),
        [charts.Swing(_swing_title(one), one.deficit_low, one.deficit_high) for one in hangs.swings],
        unit="pounds",
        names=("When lower", "When higher"),
    )


_HANGS: Final = (
    Column("name", "Input"),
    Column("low", "Lower by", numeric=True),
    Column("deficit_low", "Deficit then, £", numeric=True),
    Column("high", "Higher by", numeric=True),
    Column("deficit_high", "Deficit then, £", numeric=True),
)


def hangs_table(hangs: Hangs) -> Table:
    """The same as figures, for a file."""
    rows = [
        Row(
            {
                "name": f"{one.title} ({one.unit})",
                "low": one.low,
                "deficit_low": one.deficit_low,
                "high": one.high,
                "deficit_high": one.deficit_high,
            }
        )
        for one in hangs.swings
    ]
    return Table("What the deficit hangs on", _HANGS, rows, id="hangs")


_FACTORS: Final = FACTORS | {FIXED: "Spending that follows no plan, and costs once"}


def moved_tables(moved: Moved, *, exact: bool = False) -> list[Table]:
    """Why plans and spending differ from the run before: a row for each reason, a column for each year."""
    plans = _moved_table(
        "Change in EHC plans, by reason",
        "plans-moved",
        [words.census(year) for year in moved.census_years],
        moved.plans,
        moved.plans_change,
        money=False,
        exact=exact,
    )
    spend = _moved_table(
        "Change in spending, by reason",
        "spend-moved",
        [words.financial_year(year) for year in moved.financial_years],
        moved.spend,
        moved.spend_change,
        money=True,
        exact=exact,
    )
    return [plans, spend]


def _moved_table(
    title: str,
    key: str,
    years: Sequence[str],
    by_factor: Mapping[str, Sequence[float]],
    change: Sequence[float],
    *,
    money: bool,
    exact: bool,
) -> Table:
    def write(value: float) -> float | str:
        if exact:
            return round(value, 2)
        sign = "+" if round(value) > 0 else ""
        return sign + (pounds(value) if money else words.heads(value))

    def row(name: str, values: Sequence[float]) -> Row:
        return Row({"name": name} | {str(at): write(value) for at, value in enumerate(values)})

    columns = [Column("name", "Reason"), *(Column(str(at), y, numeric=True) for at, y in enumerate(years))]
    rows = [row(_FACTORS[name], values) for name, values in by_factor.items() if money or name != "price"]
    foot = row("In all", change)
    if exact:
        return Table(title, columns, [*rows, foot], id=key)
    return Table(title, columns, rows, foot=foot, id=key, scroll=True)
