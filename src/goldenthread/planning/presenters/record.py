"""How well the method has done where the outcome is known: shown beside each forecast."""

from __future__ import annotations

from goldenthread.core.ui.filters import number, plural
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.forecast.record import MODEL, TOTAL, Record, published_record
from goldenthread.forecast.scores import Scores
from goldenthread.forecast.space import CATEGORIES as SHEETS
from goldenthread.planning.presenters import words

_RULES = {
    MODEL: "This method",
    "own growth again": "The council's last growth again",
    "national growth again": "England's last growth again",
    "half own, half national": "Half of each",
    "last value": "No change",
}


def record_words(record: Record | None = None) -> str:
    """What was scored."""
    found = record or published_record()
    first, last = min(found.origins), max(found.origins)
    return (
        f"The method made forecasts of EHC plans for {number(found.councils)} English councils from each "
        f"January {first} to {last}, knowing only what was published by then, and they were laid beside what "
        f"came, up to January {found.last_year}. It is beside simple rules that need no model. Money was not "
        "scored: no council's spending is published so that it could be."
    )


def record_tables(record: Record | None = None) -> list[Table]:
    """All plans: the error and the ranges; then each placement category beside the best simple rule."""
    found = record or published_record()
    return [_totals(found), _categories(found)]


def _totals(record: Record) -> Table:
    columns = [Column("rule", "Rule")]
    for horizon in record.horizons:
        years = plural(horizon, "year")
        columns += [
            Column(f"error{horizon}", f"Mean error, {years} ahead", numeric=True),
            Column(f"cover{horizon}", f"In the 80% and 95% range, {years} ahead", numeric=True),
        ]
    rules = [row.rule for row in record.rows if row.category == TOTAL and row.horizon == record.horizons[0]]
    rows = []
    for rule in dict.fromkeys(rules):
        cells: dict[str, object] = {"rule": _RULES.get(rule, rule)}
        for horizon in record.horizons:
            scores = record.row(rule, horizon).scores
            cells |= {f"error{horizon}": _percent(scores.mape), f"cover{horizon}": _covered(scores)}
        rows.append(Row(cells))
    return Table("How far off, of all EHC plans", columns, rows, id="record-totals")


def _covered(scores: Scores) -> str | None:
    """How often the outcome lay in the ranges; simple rules have none."""
    if scores.cover_80 is None or scores.cover_95 is None:
        return None
    return f"{scores.cover_80:.0f}% and {scores.cover_95:.0f}%"


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}%"


def _categories(record: Record) -> Table:
    columns = [Column("name", "Placement category")]
    for horizon in record.horizons:
        years = plural(horizon, "year")
        columns.append(Column(str(horizon), f"{years} ahead: this method, best simple rule", numeric=True))
    rows = []
    for code in SHEETS:
        cells: dict[str, object] = {"name": words.CATEGORIES[code]}
        for horizon in record.horizons:
            mine, best = record.row(MODEL, horizon, code), record.best_naive(horizon, code)
            cells[str(horizon)] = f"{_percent(mine.scores.wape)}, {_percent(best.scores.wape)}"
        rows.append(Row(cells))
    return Table("Error of each category, weighed by its plans", columns, rows, id="record-categories")
