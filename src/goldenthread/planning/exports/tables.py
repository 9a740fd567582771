"""The forecast as plain CSV files, one row a figure, and all of them in one zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np

from goldenthread.core.ui.download import guard
from goldenthread.forecast.costs import BEFORE_SEPTEMBER, FROM_SEPTEMBER
from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports import saying
from goldenthread.planning.exports.counts import AGES, BY_AGE, BY_NEED, TOTALS, Counts, counts_of
from goldenthread.planning.exports.material import UNMITIGATED, Material
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import Summary

Value = str | int | float | None
Line = tuple[Value, ...]
_ENDS: Final = ("p5", "p50", "p95")
_ALL: Final = "All"


def _counts(material: Material) -> Iterator[Line]:
    """Every count of the category tabs, its mean and its whole number; ranges where the forecast has them."""
    for name, summary in material.scenarios():
        counts = counts_of(summary, material)
        for k, title in enumerate(CATEGORIES.values()):
            yield from _sheet_counts(name, title, k, counts)
            yield from _sheet_totals(name, title, k, counts, summary)


def _sheet_counts(name: str, title: str, k: int, counts: Counts) -> Iterator[Line]:
    ages, needs = counts.age_rows(list(CATEGORIES)[k]), list(range(len(counts.needs)))
    parts = ((BY_AGE, list(AGES), counts.age_means, counts.by_age, ages),
             (BY_NEED, counts.needs, counts.need_means, counts.by_need, needs))  # fmt: skip
    for breakdown, labels, means, whole, shown in parts:
        for row in shown:
            for y, (year, kind) in enumerate(_kinds(counts)):
                mean, published = round(float(means[y, k, row]), 3), int(whole[y, k, row])
                yield (title, breakdown, labels[row], year, kind, mean, None, None, None, published, name)


def _sheet_totals(name: str, title: str, k: int, counts: Counts, summary: Summary) -> Iterator[Line]:
    before = len(counts.years) - len(summary.years)
    for breakdown, label in TOTALS.items():
        for y, (year, kind) in enumerate(_kinds(counts)):
            published = int(counts.totals()[y, k])
            ends: list[Value] = [None] * len(_ENDS)
            mean: float = published
            if y >= before:
                mean = round(float(summary.by_category[0, y - before, k]), 3)
                ends = [
                    round(float(summary.by_category[summary.level(end), y - before, k]), 1) for end in _ENDS
                ]
            yield (title, breakdown, label, year, kind, mean, *ends, published, name)


def _kinds(counts: Counts) -> list[tuple[int, str]]:
    return [
        (year, "actual" if actual else "forecast")
        for year, actual in zip(counts.years, counts.actual, strict=True)
    ]


def _spend(material: Material) -> Iterator[Line]:
    """Spending by placement category, then by section 251 line: the forecast has no split by both, nor by
    phase, nor income of a line of its own."""
    for name, summary in material.scenarios():
        average = BEFORE_SEPTEMBER * summary.by_category[0, :-1] + FROM_SEPTEMBER * summary.by_category[0, 1:]
        for at, year in enumerate(material.financial_years()):
            for k, title in enumerate(CATEGORIES.values()):
                plans, levels = float(average[at, k]), summary.spend_by_category[:, at, k]
                unit = round(float(levels[0]) / plans, 2) if plans else None
                yield (year, title, _ALL, _ALL, round(plans, 3), unit, *_money(summary, levels, name))
            for n, line in enumerate(summary.lines):
                levels = summary.spend_by_line[:, at, n]
                yield (year, _ALL, words.line_name(line), _ALL, None, None, *_money(summary, levels, name))


def _money(summary: Summary, levels: np.ndarray[tuple[int], np.dtype[np.float64]], name: str) -> Line:
    """Gross, income (none is kept), net, scenario, and the range of the net."""
    mean = round(float(levels[0]), 2)
    return (mean, None, mean, name, *(round(float(levels[summary.level(end)]), 2) for end in _ENDS))


def _position(material: Material) -> Iterator[Line]:
    """The block's account by year. Without the allocation by itself, all income stands under it."""
    for name, summary in material.scenarios():
        chance, opening = summary.chance_of_deficit(material.threshold), summary.opening_balance
        for at, year in enumerate(material.financial_years()):
            account = material.account
            income = float(summary.income[at])
            transfers = float(account.transfers[at]) if account else None
            allocation = income - (transfers or 0.0)
            closing = [float(summary.balance[summary.level(end), at]) for end in ("mean", *_ENDS)]
            money = (opening, allocation, transfers, float(summary.spend[0, at]),
                     float(summary.in_year[0, at]), closing[0])  # fmt: skip
            cells = (None if one is None else round(one, 2) for one in money)
            yield (year, "High needs", *cells, name, *(round(one, 2) for one in closing[1:]),
                   material.threshold, round(float(chance[at]), 4))  # fmt: skip
            opening = closing[0]


def _workstreams(material: Material) -> Iterator[Line]:
    """One row for each workstream and financial year."""
    for one in material.mitigations:
        saving = material.saving(one.reference)
        kinds = "; ".join(dict.fromkeys(str(effect.kind) for effect in one.effects))
        amounts = "; ".join(f"{effect.amount:g} {effect.unit}" for effect in one.effects)
        ramp = "; ".join(f"{share:g}" for share in one.ramp)
        facts = (one.reference, one.title, one.owner, kinds, one.starts.isoformat(), ramp, amounts,
                 saying.changes(one, " "),
                 float(sum(one.one_off.values())))  # fmt: skip
        grades = (saying.confidence(one), saying.grade(one), one.evidence)
        for at, year in enumerate(material.financial_years()):
            ends = (saving.mean[at], saving.low[at], saving.high[at]) if saving else (None, None, None)
            yield (*facts, year, *ends, *grades)


FILES: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Material], Iterator[Line]]]]] = {
    "dsg_counts": (
        ("sheet_title", "breakdown", "row_label", "census_year", "kind", "mean", "p05", "p50", "p95",
         "published_integer", "scenario"),
        _counts,
    ),
    "dsg_spend": (
        ("financial_year", "placement_category", "s251_line", "phase", "plans", "unit_cost", "gross",
         "income", "net", "scenario", "p05", "p50", "p95"),
        _spend,
    ),
    "dsg_position": (
        ("financial_year", "block", "opening", "allocation", "transfers", "expenditure", "in_year", "closing",
         "scenario", "p05", "p50", "p95", "threshold", "chance_deficit_exceeds_threshold"),
        _position,
    ),
    "workstreams": (
        ("id", "workstream", "owner", "lever", "start", "ramp", "places_or_plans_affected",
         "transition_changed", "one_off_cost", "financial_year", "saving", "saving_p10", "saving_p90",
         "confidence", "evidence_grade", "evidence"),
        _workstreams,
    ),
}  # fmt: skip
_ABOUT: Final = f"""These files hold one forecast of the council's EHC plans and its High Needs Block.

Every figure is a mean over all simulations; p05, p50 and p95 are the points below which 5, 50 and 95 in a
hundred simulations lie. An empty cell means that the forecast keeps no such figure, never nought.

dsg_counts.csv    plans at each January census. published_integer is rounded so that every total is the sum of
                  its parts. Ranges are kept for the totals of each tab alone. Plans of those under 16 in
                  post-16 placements are in the row Age 16 to 19: the form has no other.
dsg_spend.csv     pounds by financial year, by placement category ("All" lines) and by section 251 line ("All"
                  categories): do not add the two. plans is 5/12 of those in January plus 7/12 of those a year
                  later. The forecast does not split by phase and keeps no income of a line.
dsg_position.csv  the account of the block; a deficit is negative.
workstreams.csv   one row for each workstream and financial year. Savings are in pounds, shared where
                  workstreams overlap, net of what they cost; their range is the 80% range.

The Department's template was not available when this layout was made: it follows what is published of it.
{saying.SMALL_COUNTS}
A cell with text that a spreadsheet could run begins with an apostrophe.
"""


def csv_file(material: Material, name: str) -> bytes:
    """One of FILES, as UTF-8 with the mark that Excel knows. Raises KeyError for another name."""
    columns, lines = FILES[name]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(
        [guard(cell) if isinstance(cell, str) else cell for cell in line] for line in lines(material)
    )
    return out.getvalue().encode("utf-8-sig")


def csv_zip(material: Material) -> bytes:
    """All of FILES, with a page about them. The same forecast gives the same bytes."""
    day = material.origin.made_on
    scenarios = f"{UNMITIGATED} only" if material.mitigated is None else f"Scenario: {material.scenario}"
    about = f"{material.council}\n{material.title}\n{scenarios}\nRun {material.origin.run}\n\n{_ABOUT}"
    parts = {"README.txt": about.encode()} | {f"{name}.csv": csv_file(material, name) for name in FILES}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            archive.writestr(part, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
