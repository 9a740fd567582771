"""What the county plans: inputs of its own, a scenario, the stated plan, monthly actuals and two forecasts.

All figures are invented and scaled to the county's size; only the recovery plan of May 2020 is a real paper,
kept as an example. The records are the county's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from goldenthread.core.actors import Actor
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.mitigation_data import from_dict
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.scenario import edits_for, remarks
from goldenthread.planning import actions, queries
from goldenthread.planning.enums import ActualKind, InputKind
from goldenthread.planning.reading.actuals import ActualRow
from goldenthread.planning.stated import StatedPlan, read_shipped
from goldenthread.planning.summary import summarise

FULL_SIZE: Final = 6000
LEAST_PLANS: Final = 1000
SIMULATIONS: Final = 250
HORIZON: Final = 5
PLAN: Final = "may-2020"
SOURCE: Final = "Invented for the demonstration county"
_MITIGATIONS = Path(__file__).with_name("data") / "mitigations.toml"
# Pounds of 2023-24 by section 251 line, and the share of its twelfth that is spent each month from April:
# fees of independent schools and colleges fall due by term.
_BUDGET: Final = {
    "1.0.2": 24_600_000, "1.2.2": 49_200_000, "1.2.3": 25_900_000, "1.2.5": 6_400_000, "1.2.6": 197_000,
    "1.2.7": 4_390_000, "1.2.8": 2_590_000, "1.2.11": 1_800_000,
}  # fmt: skip
_TERMLY: Final = ("1.2.3",)
_TERMS: Final = (1.6, 0.6, 0.6, 0.6, 0.6, 2.2, 0.6, 0.6, 0.6, 2.4, 0.8, 0.8)
# What each line and action came to beside its plan.
_RAN: Final = {"1.2.2": 1.05, "1.2.3": 1.14, "1.2.7": 1.02}
_SAVED: Final = {"1": 0.97, "2": 0.72, "3": 1.05, "4": 0.35, "5": 0.95, "6": 0.55, "7": 1.08}


def add_planning(plans: int, seed: int, by: Actor) -> None:
    """Give the county its plans for the High Needs Block, inside the caller's transaction.

    A county of few plans has the stated plan alone: a forecast of so few would say nothing.
    """
    stated = read_shipped(PLAN)
    assert stated is not None
    actions.enter_plan(by=by, stated=stated)
    if plans < LEAST_PLANS:
        return
    scale = plans / FULL_SIZE
    for kind, content in _inputs(scale).items():
        actions.store_input(
            by=by,
            kind=kind,
            content=content.encode(),
            file_name=f"{kind.value}.csv",
            source=SOURCE,
            assumed=True,
        )
    rows = list(_actuals(stated, scale, seed))
    actions.record_figures(by=by, rows=rows, source=SOURCE, plan_slug=PLAN)
    seven = actions.make_scenario(
        by=by,
        title="Seven interventions",
        notes="The interventions of the recovery plan, put forward to September 2024.",
        mitigations=mitigations(scale),
    )
    _forecast(by, None, "As is")
    _forecast(by, seven.pk, "Seven interventions")


def mitigations(scale: float) -> list[Mitigation]:
    """The county's seven, at a scale of 6,000 plans."""
    rows = tomllib.loads(_MITIGATIONS.read_text("utf-8"))["mitigation"]
    return [_scaled(from_dict(row), scale) for row in rows]


def _scaled(one: Mitigation, scale: float) -> Mitigation:
    units = {"plans a year", "places", "pounds a year"}
    effects = tuple(
        replace(effect, amount=effect.amount * scale) if effect.unit in units else effect
        for effect in one.effects
    )
    return replace(one, effects=effects, one_off={year: sum_ * scale for year, sum_ in one.one_off.items()})


def _forecast(by: Actor, scenario_id: Any, title: str) -> None:
    run = actions.queue_run(
        by=by,
        base_year=CENSUS_DAY.year,
        horizon=HORIZON,
        simulations=SIMULATIONS,
        scenario_id=scenario_id,
        title=title,
    )
    actions.start_run(by=by, run_id=run.pk, steps=SIMULATIONS)
    inputs = queries.inputs_from_records(run.base_year, run.horizon)
    asked = queries.forecast_mitigations(run.scenario_version)
    edits = edits_for(inputs, asked) if asked else None
    result = simulate(inputs, edits, simulations=run.simulations, seed=run.seed)
    actions.finish_run(by=by, run_id=run.pk, summary=summarise(result), notes=remarks(inputs, asked))


def _inputs(scale: float) -> dict[InputKind, str]:
    return {
        InputKind.POPULATION: _population(scale),
        InputKind.BLOCK: _block(scale),
        InputKind.CAPACITY: _capacity(scale),
        InputKind.BUDGET: _budget(scale),
    }


def _population(scale: float) -> str:
    """Births that fall a little each year, and some who move in at every age."""
    years = range(2018, 2034)
    lines = [f"area_code,area_name,age,{','.join(map(str, years))}"]
    for age in range(26):
        heads = [round(scale * (6900 - 55 * (year - age - 2000) + 18 * age)) for year in years]
        lines.append(f"T00000001,Threadshire,{age},{','.join(map(str, heads))}")
    return "\n".join(lines)


def _block(scale: float) -> str:
    rows = ["financial_year,item,line,amount"]
    for step, million in enumerate((97.4, 100.8, 104.0)):
        year = CENSUS_DAY.year + step
        rows.append(f"{_named(year)},allocation,,{million * 1e6 * scale:.0f}")
        rows.append(f"{_named(year)},transfer,,{400_000 * scale:.0f}")
    rows.append(f"{_named(CENSUS_DAY.year)},opening_balance,,{-22_400_000 * scale:.0f}")
    for line in ("1.2.5", "1.2.6", "1.2.7", "1.2.8"):
        rows.append(f"{_named(CENSUS_DAY.year)},fixed,{line},{_BUDGET[line] * 1.03 * scale:.0f}")
    return "\n".join(rows)


def _capacity(scale: float) -> str:
    rows = ["placement,census_year,places,overflow"]
    for step in range(HORIZON + 1):
        year = CENSUS_DAY.year + step
        special, resourced = 1720 + 12 * min(step, 3), 105
        rows.append(f'special,{year},{special * scale:.0f},"independent 60%, mainstream 40%"')
        rows.append(f"resourced,{year},{resourced * scale:.0f},mainstream 100%")
    return "\n".join(rows)


def _budget(scale: float) -> str:
    rows = ["financial_year,line,amount"]
    for year, rise in ((2022, 0.94), (2023, 1.0)):
        rows += [f"{_named(year)},{line},{sum_ * rise * scale:.0f}" for line, sum_ in _BUDGET.items()]
    return "\n".join(rows)


def _actuals(stated: StatedPlan, scale: float, seed: int) -> Iterator[ActualRow]:
    """A whole year of spending, then spending and savings from April to December 2023."""
    luck = Random(f"actuals {seed}")  # noqa: S311 - fiction, not security
    for month in _months(date(2022, 4, 1), 21):
        for line, pounds in _BUDGET.items():
            yield _spent(line, month, pounds * scale, luck)
    column = stated.all_years().index(2023)
    for month in _months(date(2023, 4, 1), 9):
        make = partial(ActualRow, ActualKind.SAVING, month=month)
        for row in stated.rows:
            planned = row.figures[column] if row.reference else None
            if planned is not None:
                share = _SAVED[row.reference] * luck.uniform(0.93, 1.07) / 12
                yield make(subject=row.reference, pounds=_pounds(float(planned) * 1000 * share))


def _spent(line: str, month: date, year_pounds: float, luck: Random) -> ActualRow:
    term = _TERMS[(month.month - 4) % 12] if line in _TERMLY else 1.0
    before = 0.94 if month < date(2023, 4, 1) else 1.0
    ran = _RAN.get(line, 1.0) * luck.uniform(0.98, 1.02)
    return ActualRow(ActualKind.LINE, line, month, _pounds(year_pounds / 12 * term * before * ran))


def _months(first: date, count: int) -> list[date]:
    return [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in range(count)
    ]


def _pounds(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def _named(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"
