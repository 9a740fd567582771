"""The chances that one block of simulations lives by: parameters drawn once, shocks drawn for each year.

What is uncertain for good (a rate is not known exactly) is drawn once for a simulation and stays; what
changes from year to year for all cells together (a shock) is drawn for each year. Both widen the ranges of
sums, which cells drawn each for itself never would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.cells import Cells
from goldenthread.forecast.draws import BLOCK, Process, stream
from goldenthread.forecast.inputs import Inputs, Outlook
from goldenthread.forecast.rates import Rates
from goldenthread.forecast.space import CATEGORIES, Bools, Floats


@dataclass(frozen=True, slots=True)
class Chances:
    """For S simulations. Chances of staying are kept as logarithms: minus infinity where none can stay."""

    leave: Floats  # (C, S) log chance that a plan goes on
    leave_scale: Floats | None  # (H, S) what the log chance is multiplied by in each year
    move: Floats  # (C, S) log chance of staying in the placement
    ways: Floats  # (C, P) weights of destinations
    way_turn: Floats | None  # (P, bands*P, S) what a simulation multiplies them by
    joiners: Floats  # (H, A, S) joiners by the rates
    mix: Floats  # (C, S) need and placement of joiners at each age
    volume: Floats | None  # (H, S) joiners in all by the rates; None if an outlook decides
    total: Floats | None  # (H, S) plans at the next January that the outlook draws
    aim: Floats | None  # (H, 7, S) shares of the categories that the outlook draws
    pull: Floats  # (H, 7, S) what the weights of categories are multiplied by, if no aim decides


def expected_chances(inputs: Inputs, rates: Rates, cells: Cells) -> Chances:
    """Return the chances at their means, without shocks: S is 1."""
    still = np.zeros((inputs.horizon, 1))
    joiners = rates.joining.expected(inputs.population)[:, :, None]
    aim = None
    if inputs.outlook is not None and inputs.outlook.mix is not None:
        aim = _shares(inputs.outlook.mix)[:, :, None]
    return Chances(
        leave=_staying(cells.ends, _mean(rates.leave)),
        leave_scale=None,
        move=_staying(cells.must_move, _mean(rates.move)),
        ways=rates.ways,
        way_turn=None,
        joiners=joiners,
        mix=rates.joining.mix[:, None],
        volume=None if inputs.outlook is not None else joiners.sum(axis=1),
        total=None if inputs.outlook is None else _totals(inputs, inputs.outlook.mean[:, None] + still),
        aim=aim,
        pull=np.ones((inputs.horizon, len(CATEGORIES), 1)),
    )


def drawn_chances(inputs: Inputs, rates: Rates, cells: Cells, seed: int, block: int, size: int) -> Chances:
    """Return the chances of a block's first `size` simulations."""
    parameters = stream(seed, block, 0, Process.PARAMETERS)
    shocks = stream(seed, block, 0, Process.SHOCKS)
    leave = _staying(cells.ends, _beta(parameters, rates.leave, rates.certain, size))
    move = _staying(cells.must_move, _beta(parameters, rates.move, rates.certain, size))
    turn = None if rates.certain else _way_turn(parameters, rates, size)
    joiners = _joiners(parameters, shocks, inputs, rates)
    outlook, horizon = inputs.outlook, inputs.horizon
    pull = np.cumsum(rates.choice_shock * shocks.standard_normal((horizon, len(CATEGORIES), BLOCK)), axis=0)
    scale = rates.leave_shock * shocks.standard_normal((horizon, BLOCK))[:, :size]
    in_all = shocks.poisson(joiners.sum(axis=1)).astype(np.float64)
    return Chances(
        leave=leave,
        leave_scale=np.exp(scale) if outlook is None and rates.leave_shock else None,
        move=move,
        ways=rates.ways,
        way_turn=turn,
        joiners=joiners[:, :, :size],
        mix=_mix(parameters, rates, size),
        volume=in_all[:, :size] if outlook is None else None,
        total=None if outlook is None else _drawn_totals(shocks, inputs, outlook)[:, :size],
        aim=None if outlook is None else _drawn_aim(shocks, outlook, size),
        pull=np.exp(pull[:, :, :size]),
    )


def _mean(beta: Floats) -> Floats:
    total = beta.sum(axis=1)
    share: Floats = np.divide(beta[:, 0], total, out=np.zeros(len(beta)), where=total > 0)
    return share[:, None]


def _beta(numbers: np.random.Generator, beta: Floats, certain: bool, size: int) -> Floats:
    """Chances (C, S) from Betas (C, 2); a Beta with nought on one side is sure of the other."""
    if certain:
        return _mean(beta)
    sure: Bools = np.logical_or(beta[:, 0] <= 0, beta[:, 1] <= 0)
    safe = np.where(sure[:, None], 1.0, beta)
    drawn = numbers.beta(safe[:, :1], safe[:, 1:], (len(beta), BLOCK))[:, :size]
    return np.where(sure[:, None], _mean(beta), drawn)


def _staying(none: Bools, chance: Floats) -> Floats:
    """The logarithm of the chance to stay; minus infinity where `none` can."""
    with np.errstate(divide="ignore"):
        staying: Floats = np.log1p(-chance)
    staying[none] = -np.inf
    return np.ascontiguousarray(staying)


def _way_turn(numbers: np.random.Generator, rates: Rates, size: int) -> Floats:
    """Each simulation's own shares of destinations, over the expected ones: Dirichlet by way of gammas."""
    places = rates.way_heads.shape[2]
    heads = rates.way_heads.reshape(-1, places).T[:, :, None]
    drawn = numbers.standard_gamma(np.broadcast_to(heads, (*heads.shape[:2], BLOCK)))[:, :, :size]
    return np.divide(drawn, heads, out=np.ones_like(drawn), where=heads > 0)


def _joiners(
    parameters: np.random.Generator, shocks: np.random.Generator, inputs: Inputs, rates: Rates
) -> Floats:
    """Joiners by year, age and simulation (H, A, BLOCK): rates, the volume's path and its shocks."""
    joining = rates.joining
    yearly = shocks.standard_normal((inputs.horizon, BLOCK))
    level, change, size_of_shock = joining.volume.drawn(parameters, BLOCK)
    path = level + change * joining.reach[:, None] + joining.lift[:, None]
    shape = joining.rate_heads[:, None]
    own = parameters.standard_gamma(np.broadcast_to(shape, (len(shape), BLOCK)))
    own = np.divide(own, shape, out=np.ones_like(own), where=shape > 0)
    if rates.certain:
        own = np.ones_like(own)
    shock = np.cumsum(size_of_shock * yearly, axis=0)[:, None] * joining.loading[:, None]
    if inputs.outlook is not None:
        shock = np.zeros((1, 1, 1))  # the outlook has the volume; what is left here is the ages' pattern
    heads: Floats = (inputs.population[1:] * joining.rate)[:, :, None] * own * np.exp(path[:, None] + shock)
    return heads


def _mix(numbers: np.random.Generator, rates: Rates, size: int) -> Floats:
    """Each simulation's own needs and placements of joiners (C, S), by age band."""
    joining = rates.joining
    if rates.certain:
        return np.repeat(joining.mix[:, None], size, axis=1)
    groups, first = np.unique(joining.mix_group, return_index=True)
    heads = joining.mix_heads[first][:, None]
    drawn = numbers.standard_gamma(np.broadcast_to(heads, (len(groups), BLOCK)))[:, :size]
    turn = np.divide(drawn, heads, out=np.ones_like(drawn), where=heads > 0)
    mix: Floats = joining.mix[:, None] * turn[np.searchsorted(groups, joining.mix_group)]
    return mix


def _totals(inputs: Inputs, growth: Floats) -> Floats:
    """Whole plans at each January after the base from log growth (H, S)."""
    totals: Floats = np.rint(float(inputs.stock.sum()) * np.exp(np.cumsum(growth, axis=0)))
    return totals


def _drawn_totals(numbers: np.random.Generator, inputs: Inputs, outlook: Outlook) -> Floats:
    shared = student(numbers, outlook.degrees, (outlook.shared.shape[1], BLOCK))
    own = student(numbers, outlook.degrees, (inputs.horizon, BLOCK))
    spread: Floats = np.einsum("hk,ks->hs", outlook.shared, shared) + outlook.own[:, None] * own
    return _totals(inputs, outlook.mean[:, None] + spread)


def student(numbers: np.random.Generator, degrees: float, shape: tuple[int, ...]) -> Floats:
    """Draw from Student's t, scaled so that its standard deviation is 1; normal for infinite degrees."""
    if np.isinf(degrees):
        return numbers.standard_normal(shape)
    drawn: Floats = numbers.standard_t(degrees, shape) * np.sqrt((degrees - 2.0) / degrees)
    return drawn


def _drawn_aim(numbers: np.random.Generator, outlook: Outlook, size: int) -> Floats | None:
    """Shares of the categories by year and simulation: one luck for each category, the same in all years."""
    if outlook.mix is None:
        return None
    luck = numbers.standard_normal((1, len(CATEGORIES), BLOCK))[:, :, :size]
    spread = np.zeros((*outlook.mix.shape, 1))
    if outlook.mix_spread is not None:
        spread = outlook.mix_spread[:, :, None]
    return _shares(outlook.mix[:, :, None] * np.exp(spread * luck - spread**2 / 2.0))


def _shares(values: Floats) -> Floats:
    shares: Floats = values / values.sum(axis=1, keepdims=True)
    return shares
