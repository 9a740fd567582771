"""How well the method has done where the outcome is known: shown beside each forecast."""

from __future__ import annotations

from goldenthread.core.ui.filters import number, plural
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.forecast.record import MODEL, TOTAL, Record, published_record
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
        "scored: no council's spending is published so that it could be. The record is that of forecasts "
        "made with DfE's tables of every council; one made without them leans on this council's records "
        "alone, and has not been scored."
    )


def record_tables(record: Record | None = None) -> list[Table]:
    """All plans: the error and the ranges; then each placement category beside the best simple rule."""
    found = record or published_record()
    return [_totals(found), _categories(found)]


def _totals(record: Record) -> Table:
    """A row for each horizon: the mean error of the method and of each simple rule, and its ranges."""
    first = record.horizons[0]
    rules = [row.rule for row in record.rows if (row.category, row.horizon) == (TOTAL, first)]
    rules = list(dict.fromkeys(rules))
    columns = [Column("ahead", "Ahead")]
    columns += [Column(rule, _RULES.get(rule, rule), numeric=True) for rule in rules]
    columns += [
        Column("cover_80", "Outcome in the 80% range", numeric=True),
        Column("cover_95", "Outcome in the 95% range", numeric=True),
    ]
    rows = []
    for horizon in record.horizons:
        mine = record.row(MODEL, horizon).scores
        errors = {rule: _percent(record.row(rule, horizon).scores.mape) for rule in rules}
        covered = {"cover_80": _percent(mine.cover_80), "cover_95": _percent(mine.cover_95)}
        rows.append(Row({"ahead": plural(horizon, "year")} | errors | covered))
    return Table("Mean error, of all EHC plans", columns, rows, id="record-totals", scroll=True)


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
    return Table(
        "Error of each category, weighed by its plans", columns, rows, id="record-categories", scroll=True
    )
