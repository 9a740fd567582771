"""Whether inputs can be right, before anything is made from them: no result rather than a wrong one.

Each refusal is a ForecastError that says what is wrong, in which cell and year, and how to mend it. What is
merely odd is left to the reader; what is refused here would make the forecast wrong.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.forecast.checks_money import check_money
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Capacity, History, Inputs, Outlook, Pipeline
from goldenthread.forecast.space import Space

Array = npt.NDArray[Any]
_LONGEST: Final = 40  # years ahead
_ONE: Final = 1e-6  # how far shares may be from adding up to one


def check(inputs: Inputs) -> None:
    """Raise ForecastError at the first thing in `inputs` that cannot be right."""
    if not 1 <= inputs.horizon <= _LONGEST:
        raise ForecastError(f"{inputs.horizon} years ahead cannot be forecast. Ask for 1 to {_LONGEST}.")
    space, years = inputs.space, inputs.years
    _check_array("The stock at the base census", inputs.stock, space.shape, _cell_names(space))
    _check_allowed(inputs)
    population = (len(years), len(space.ages))
    _check_array("The population", inputs.population, population, [_census(years), _ages(space)])
    _check_people(inputs)
    _check_history("the history", inputs.history, inputs)
    _check_twice(inputs.history, inputs)
    if inputs.prior is not None:
        _check_history("the prior", inputs.prior, inputs)
    if not 0 <= inputs.prior_weight < np.inf:
        raise ForecastError(f"The prior's weight is {inputs.prior_weight}: give it a number of heads.")
    if inputs.pipeline is not None:
        _check_pipeline(inputs.pipeline)
    if inputs.outlook is not None:
        _check_outlook(inputs.outlook, inputs)
    if inputs.capacity is not None:
        _check_capacity(inputs.capacity, inputs)
    check_money(inputs)


def _cell_names(space: Space) -> list[list[str]]:
    return [_ages(space), list(space.needs), [place.code for place in space.placements]]


def _ages(space: Space) -> list[str]:
    return [f"age {age}" for age in space.ages]


def _census(years: tuple[int, ...]) -> list[str]:
    return [f"January {year}" for year in years]


def _check_array(
    what: str, values: Array, shape: tuple[int, ...], names: list[list[str]], *, gaps: bool = False
) -> None:
    """Refuse a wrong shape, what is not a number, a gap and a negative; name the cell by its axes."""
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "iuf":
        raise ForecastError(
            f"{what} holds something that is not a number, perhaps a suppressed cell (c, x or z). "
            "Estimate what was suppressed and say so in the notes, or leave the table out."
        )
    if values.shape != shape:
        raise ForecastError(
            f"{what} is {' by '.join(map(str, values.shape))}, and should be {' by '.join(map(str, shape))}. "
            "Its years, ages, needs and placements must be those of the forecast."
        )
    missing = np.argwhere(~np.isfinite(values) if not gaps else np.isinf(values))
    if len(missing):
        raise ForecastError(
            f"{what} has no number for {_named(missing[0], names)}. Fill the gap; a suppressed cell is not "
            "nought, so estimate it and say so in the notes."
        )
    negative = np.argwhere(values < 0)
    if len(negative):
        raise ForecastError(
            f"{what} is {values[tuple(negative[0])]:g} for {_named(negative[0], names)}. It cannot be below "
            "nought: enter the count, or estimate it if the number stands for a suppressed cell."
        )


def _named(cell: Array, names: list[list[str]]) -> str:
    return ", ".join(axis[int(index)] for axis, index in zip(names, cell, strict=True))


def _check_allowed(inputs: Inputs) -> None:
    space = inputs.space
    outside = np.argwhere((inputs.stock > 0) & ~space.allowed[:, None, :])
    if len(outside):
        age, need, index = (int(axis) for axis in outside[0])
        place = space.placements[index]
        raise ForecastError(
            f"The stock has {inputs.stock[age, need, index]} aged {space.ages[age]} with need "
            f"{space.needs[need]} in {place.code}, which is for ages {place.first_age} to {place.last_age}. "
            "Mend their age or placement, or the ages of the placement."
        )


def _check_people(inputs: Inputs) -> None:
    """Refuse more plans at an age than children: most often a population in thousands."""
    plans = inputs.stock.sum(axis=(1, 2))
    more = np.argwhere(plans > inputs.population[0])
    if len(more):
        age = int(more[0][0])
        raise ForecastError(
            f"The population at age {inputs.space.ages[age]} in {inputs.base_year} is "
            f"{inputs.population[0][age]:,.1f}, and {plans[age]:,} of that age have a plan. "
            "Is the population in thousands? Enter people."
        )


def _check_history(what: str, history: History, inputs: Inputs) -> None:
    if not isinstance(history.stock, np.ndarray) or history.stock.ndim != 4:
        raise ForecastError(f"The stock of {what} must be by transition, age, need and placement.")
    space, count = inputs.space, len(history.stock)
    steps = [f"January {inputs.base_year - count + step} to the next" for step in range(count)]
    cells = [steps, *_cell_names(space)]
    for name in ("stock", "joined", "left"):
        _check_array(f"{name.capitalize()} in {what}", getattr(history, name), (count, *space.shape), cells)
    moves = (count, *space.shape, space.shape[2])
    _check_array(f"Moved in {what}", history.moved, moves, [*cells, cells[-1]])
    _check_array(f"The population of {what}", history.population, (count, space.shape[0]), cells[:2])


def _check_twice(history: History, inputs: Inputs) -> None:
    first = inputs.base_year - len(history.stock)
    for step in range(len(history.stock)):
        for other in range(step):
            if history.stock[step].any() and _same(history, step, other):
                raise ForecastError(
                    f"In the history, the year from January {first + step} is the same as that from January "
                    f"{first + other} in every cell: a year is there twice. Take one out, or load the year "
                    "that is missing."
                )


def _same(history: History, step: int, other: int) -> bool:
    parts = (history.stock, history.joined, history.left, history.moved)
    return all(np.array_equal(part[step], part[other]) for part in parts)


def _check_pipeline(pipeline: Pipeline) -> None:
    for name in ("requests", "new_plans"):
        values = getattr(pipeline, name)
        years = [f"year {number} of {len(values)}" for number in range(1, len(values) + 1)]
        _check_array(f"The pipeline's {name.replace('_', ' ')}", values, (len(values),), [years])
    if not 0 <= pipeline.refused_share < 1:
        raise ForecastError(
            f"The share of requests that end without a plan is {pipeline.refused_share:g}. Enter a share "
            "from 0 to below 1: 30% is 0.3."
        )
    if not 0 <= pipeline.waiting < np.inf or not 0 <= pipeline.delay_years < 10:
        raise ForecastError(
            f"The pipeline has {pipeline.waiting:g} requests waiting and {pipeline.delay_years:g} years from "
            "request to plan. Neither can be below nought, and the delay is in years, not weeks."
        )


def _check_outlook(outlook: Outlook, inputs: Inputs) -> None:
    for name in ("mean", "own", "shared", "mix", "mix_spread"):
        values = getattr(outlook, name)
        if values is None:
            continue
        if len(values) != inputs.horizon:
            raise ForecastError(
                f"The outlook's {name} is for {len(values)} years and the forecast for {inputs.horizon}. "
                "Make the outlook for as many years."
            )
        if not np.isfinite(values).all():
            year = inputs.base_year + 1 + int(np.argwhere(~np.isfinite(values))[0][0])
            raise ForecastError(f"The outlook's {name} has no number for January {year}. Make it again.")
    if outlook.mix is not None and (np.abs(outlook.mix.sum(axis=1) - 1.0) > _ONE).any():
        year = int(np.argmax(np.abs(outlook.mix.sum(axis=1) - 1.0)))
        raise ForecastError(
            f"The outlook's mix of January {inputs.base_year + 1 + year} adds up to "
            f"{outlook.mix[year].sum():.4f}. The shares of the categories must add up to one."
        )


def _check_capacity(capacity: Capacity, inputs: Inputs) -> None:
    codes = [place.code for place in inputs.space.placements]
    shape = (inputs.horizon + 1, len(codes))
    _check_array("Places", capacity.places, shape, [_census(inputs.years), codes], gaps=True)
    _check_array("The overflow", capacity.overflow, (len(codes), len(codes)), [codes, codes])
    for index in np.flatnonzero(np.isfinite(capacity.places).any(axis=0)):
        row, code = capacity.overflow[index], codes[int(index)]
        if abs(row.sum() - 1.0) > _ONE:
            raise ForecastError(
                f"Of those without a place in {code}, {row.sum():.1%} go somewhere. The shares of the "
                "overflow must add up to one."
            )
        if row[index] > 0:
            raise ForecastError(f"The overflow of {code} goes to {code} itself. Send it elsewhere.")
