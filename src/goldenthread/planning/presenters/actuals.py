"""What was really spent and saved, beside what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from goldenthread.core.ui.filters import month as month_words
from goldenthread.core.ui.filters import pounds
from goldenthread.core.ui.parts import Stat
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import Tag
from goldenthread.planning.enums import ActualKind
from goldenthread.planning.models import ActualBatch
from goldenthread.planning.presenters import words
from goldenthread.planning.queries.actuals import Variance
from goldenthread.planning.tracking import Tracked, months_to

BEHIND, ON_PLAN, OVER = Tag("Behind", "red"), Tag("On plan", "green"), Tag("Over budget", "red")
NO_PLAN, NO_FIGURES = Tag("No plan", "grey"), Tag("Months missing", "yellow")
Figures = Mapping[tuple[str, str], Mapping[date, Decimal]]


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column("name", first),
        Column("planned", "Planned by now", numeric=True),
        Column("actual", "Actual", numeric=True),
        Column("variance", "Variance", numeric=True),
        Column("planned_year", "Planned for the year", numeric=True),
        Column("reforecast", "Reforecast for the year", numeric=True),
        Column("year_variance", "Variance of the year", numeric=True),
        Column("state", "How it stands"),
    )


LINES: Final = _columns("Section 251 line")
SAVINGS: Final = _columns("Mitigation")
_FIGURES: Final = ("planned", "actual", "variance", "planned_year", "reforecast", "year_variance")


def _state(one: Tracked) -> Tag:
    if one.planned is None:
        return NO_PLAN
    if one.actual is None:
        return NO_FIGURES
    if one.behind:
        return BEHIND if one.is_saving else OVER
    return ON_PLAN


def _row(one: Tracked, *, exact: bool) -> Row:
    cells: dict[str, Any] = {"name": f"{one.subject} {one.title}", "state": _state(one)}
    for name in _FIGURES:
        value: Decimal | None = getattr(one, name)
        cells[name] = None if value is None else float(value) if exact else _signed(name, value)
    if one.missing and not exact:
        cells["actual"] = f"No figure for {words.listed([month_words(day) for day in one.missing[:3]])}"
        cells["actual"] += f" and {len(one.missing) - 3} more" if len(one.missing) > 3 else ""
    return Row(cells, tone="late" if one.behind else "", name=one.title)


def _signed(name: str, value: Decimal) -> str:
    sign = "+" if "variance" in name and round(value) > 0 else ""
    return f"{sign}{pounds(value)}"


def tables(found: Variance, *, exact: bool = False) -> list[Table]:
    """Savings of each mitigation, then spending on each line, to the end of the month."""
    savings = [_row(one, exact=exact) for one in found.savings]
    lines = [_row(one, exact=exact) for one in found.lines]
    return [
        Table(
            "Savings against the plan",
            SAVINGS,
            savings,
            id="savings",
            foot=_foot(found, "savings", exact),
            scroll=True,
            empty="The plan has no savings by mitigation.",
        ),
        Table(
            "Spending against the budget",
            LINES,
            lines,
            id="lines",
            foot=_foot(found, "lines", exact),
            scroll=True,
            empty="No spending was recorded, and no budget is given.",
        ),
    ]


def _foot(found: Variance, which: str, exact: bool) -> Row | None:
    """The sums, where every row has the figure; none for a file, whose rows are the figures."""
    rows: tuple[Tracked, ...] = getattr(found, which)
    if exact or not rows:
        return None
    sums = {name: found.total(rows, name) for name in _FIGURES}
    said = {name: None if value is None else _signed(name, value) for name, value in sums.items()}
    return Row({"name": "All"} | said)


def by_month(figures: Figures, found: Variance, *, exact: bool = False) -> Table:
    """What was recorded, a column for each month of the financial year up to the one chosen."""
    months = months_to(found.month)
    columns = [Column("name", "Line or mitigation")] + [
        Column(day.isoformat(), month_words(day), numeric=True) for day in months
    ]
    named = [(ActualKind.SAVING, one) for one in found.savings] + [
        (ActualKind.LINE, one) for one in found.lines
    ]
    rows = []
    for kind, one in named:
        had = figures.get((kind.value, one.subject), {})
        cells = {day.isoformat(): _month(had.get(day), exact=exact) for day in months}
        rows.append(Row({"name": f"{one.subject} {one.title}"} | cells))
    empty = "Nothing was recorded for this year."
    return Table("Month by month", columns, rows, id="months", empty=empty, scroll=True)


def _month(value: Decimal | None, *, exact: bool) -> Any:
    if value is None:
        return None
    return float(value) if exact else pounds(value)


def stats(found: Variance) -> list[Stat]:
    """The year in a few figures."""
    behind = len(found.behind)
    saved, planned = found.total(found.savings, "actual"), found.total(found.savings, "planned")
    spent, comes_to = found.total(found.lines, "actual"), found.total(found.lines, "reforecast")
    return [
        Stat("mitigations behind", behind, tone="late" if behind else "good"),
        Stat("saved so far", _or_dash(saved), note=f"planned by now: {_or_dash(planned)}"),
        Stat("spent so far", _or_dash(spent)),
        Stat("the year will come to", _or_dash(comes_to), note="if it goes on like this"),
    ]


def _or_dash(value: Decimal | None) -> str:
    return pounds(value)


BATCHES: Final = (
    Column("given", "Given"),
    Column("source", "Where it comes from"),
    Column("file", "File"),
    Column("taken", "Figures taken", numeric=True),
    Column("left_out", "Rows left out", numeric=True),
    Column("by", "By"),
)


def batch_rows(batches: Sequence[ActualBatch]) -> list[Row]:
    """The files that were given."""
    return [
        Row(
            {
                "given": one.created_at.date(),
                "source": one.source,
                "file": one.file_name,
                "taken": one.taken,
                "left_out": one.left_out,
                "by": one.by_label,
            }
        )
        for one in batches
    ]
