"""A forecast's inputs from the council's own records and the versions in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from goldenthread.casework.queries.caseload import caseload
from goldenthread.casework.queries.stock import way_in
from goldenthread.core import clock
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.forecast.checks import check
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Capacity, Inputs, Pipeline
from goldenthread.forecast.space import Floats, Space
from goldenthread.planning.enums import InputKind
from goldenthread.planning.queries.census import census_day, counted
from goldenthread.planning.queries.inputs import in_force, rows_of
from goldenthread.planning.queries.money import Versions, assumed, money_of
from goldenthread.planning.queries.outlook import outlook_of

TRANSITIONS = 5
USUAL_DELAY = 0.5  # years from request to plan where the records do not say


def base_years() -> list[int]:
    """The censuses that a forecast can start from, the newest first: the last that has passed, and before."""
    today = clock.today()
    newest = today.year if census_day(today.year) <= today else today.year - 1
    return list(range(newest, newest - 5, -1))


def inputs_from_records(
    base_year: int, horizon: int = 5, versions: Versions | None = None, space: Space | None = None
) -> Inputs:
    """All that a forecast is made from, as things stood at the January census of `base_year`.

    `versions` are the inputs to use, those in force by default. Everything that was assumed is in the notes.
    Raises NotAllowedNow where there are no plans to forecast, or the inputs cannot be right (why, and how to
    mend it).
    """
    versions = in_force() if versions is None else versions
    space = space or Space()
    seen = counted(space, base_year, TRANSITIONS)
    if not seen.stock.any():
        raise NotAllowedNow(
            f"There are no plans on record in January {base_year}, so there is nothing to forecast from.",
            "Load the council's SEN2 return first.",
        )
    transitions = len(seen.history.stock)
    people, past, people_notes = _population(versions, space, base_year, horizon, transitions)
    money, money_notes = money_of(versions, base_year, horizon)
    pipeline, pipeline_notes = _pipeline(base_year)
    outlook, outlook_notes = outlook_of(versions, base_year, horizon)
    capacity, capacity_notes = _capacity(versions, space, base_year, horizon)
    inputs = Inputs(
        space=space,
        base_year=base_year,
        horizon=horizon,
        stock=seen.stock,
        population=people,
        history=replace(seen.history, population=past),
        money=money,
        pipeline=pipeline,
        outlook=outlook,
        capacity=capacity,
        notes=(*seen.notes, *people_notes, *pipeline_notes, *outlook_notes, *capacity_notes, *money_notes),
    )
    return _checked(inputs)


def _checked(inputs: Inputs) -> Inputs:
    try:
        check(inputs)
    except ForecastError as error:
        raise NotAllowedNow(f"The forecast cannot be made: {error}") from error
    return inputs


def _population(
    versions: Versions, space: Space, base_year: int, horizon: int, transitions: int
) -> tuple[Floats, Floats, list[str]]:
    """(H+1, A) from the base census and (T, A) at the later census of each transition.

    The estimate for the middle of a year stands for the January after it: they fall in one school year.
    """
    before = max(transitions - 1, 0)  # censuses before the base that the history ends at
    years = range(base_year - before, base_year + horizon + 1)
    if InputKind.POPULATION in versions:
        table = _Ages(rows_of(versions[InputKind.POPULATION]))
        rows = np.array([table.at(year - 1, space.ages) for year in years])
        notes = table.notes()
    else:
        each = assumed()["population"]["per_age"]
        rows = np.full((len(years), len(space.ages)), float(each))
        notes = [f"No population is loaded: {each:,} of every age are assumed, the same every year."]
    return rows[before:], rows[:transitions], notes


class _Ages:
    """A table of population by age and mid-year, and what was taken for what it lacks."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.years: list[int] = content["years"]
        self.ages: dict[int, list[float]] = {int(age): heads for age, heads in content["ages"].items()}
        self.beyond: set[int] = set()
        self.filled: set[int] = set()

    def at(self, year: int, ages: Sequence[int]) -> list[float]:
        """Heads of each age in the middle of a year; the nearest year or age where that one is not there."""
        nearest = min(max(year, self.years[0]), self.years[-1])
        if nearest != year:
            self.beyond.add(year)
        return [self._heads(age, nearest) for age in ages]

    def _heads(self, age: int, year: int) -> float:
        nearest = min(max(age, min(self.ages)), max(self.ages))
        if nearest != age:
            self.filled.add(age)
        return self.ages[nearest][self.years.index(year)]

    def notes(self) -> list[str]:
        """In plain words."""
        notes = []
        if self.filled:
            ages = ", ".join(map(str, sorted(self.filled)))
            notes.append(f"The population at age {ages} is not in the table: the nearest age is taken.")
        if self.beyond:
            years = ", ".join(map(str, sorted(self.beyond)))
            notes.append(f"The population in the middle of {years} is not in the table: the nearest year is.")
        return notes


def _pipeline(base_year: int) -> tuple[Pipeline, list[str]]:
    """The way in for the calendar years before the base census."""
    way = way_in(base_year - TRANSITIONS, base_year - 1)
    waiting = caseload(census_day(base_year)).open_requests
    notes = []
    if way.refused_share is None:
        notes.append("No request ended in the last two years: none is assumed to be refused.")
    if way.mean_days is None:
        notes.append("No plan was sent last year: half a year from request to plan is assumed.")
    return Pipeline(
        requests=np.array(way.requests, dtype=np.float64),
        new_plans=np.array(way.new_plans, dtype=np.float64),
        refused_share=min(way.refused_share or 0.0, 0.99),
        waiting=float(waiting),
        delay_years=min(way.mean_days / 365.25, 3.0) if way.mean_days is not None else USUAL_DELAY,
    ), notes


def _capacity(
    versions: Versions, space: Space, base_year: int, horizon: int
) -> tuple[Capacity | None, list[str]]:
    """Places by January; a placement keeps the last number it was given."""
    if InputKind.CAPACITY not in versions:
        return None, ["No limit on places is given: nobody is sent elsewhere for want of a place."]
    codes = [place.code for place in space.placements]
    places = np.full((horizon + 1, len(codes)), np.nan)
    overflow = np.zeros((len(codes), len(codes)))
    notes = []
    rows = sorted(rows_of(versions[InputKind.CAPACITY]), key=lambda one: one["year"])
    for one in rows:
        at, step = codes.index(one["placement"]), one["year"] - base_year
        if step <= horizon:
            places[max(step, 0) :, at] = one["places"]
            overflow[at] = [one["overflow"].get(code, 0.0) for code in codes]
    for at in map(int, np.flatnonzero(np.isfinite(places).any(axis=0))):
        last = max(one["year"] for one in rows if one["placement"] == codes[at])
        if last < base_year + horizon:
            title = space.placements[at].title
            notes.append(f"{title}: after January {last} as many places are assumed as then.")
    return Capacity(places, overflow), notes
