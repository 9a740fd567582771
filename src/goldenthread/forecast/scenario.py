"""From mitigations to what the engine reads, and how those combine that touch the same cell.

Factors multiply; heads, places and pounds add; of caps the lowest holds; diverted shares act on whom the
others leave (two halves leave a quarter, not nobody). None of this depends on the order of the list.
A flow changes in the steps whose 1 September is in force, a price by the months of the financial year.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import numpy as np

from goldenthread.forecast.costs import average_plans, unit_costs
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.engine import Prepared, prepare
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.mitigation import POUNDS_A_PLAN, Effect, Kind, Mitigation, in_order
from goldenthread.forecast.money import LINES
from goldenthread.forecast.settle import Asked, Demands, settle
from goldenthread.forecast.space import Floats
from goldenthread.forecast.targets import Target

_CERTAIN: Final = 50.0  # a hazard so high that exp(-50) is lost beside one: all are diverted
_LINES: Final = list(LINES)


def edits_for(inputs: Inputs, mitigations: Sequence[Mitigation], as_is: Prepared | None = None) -> Edits:
    """Return what the mitigations together do to a run of `inputs`.

    Numbers of children are spread over cells by who is expected there (see `settle`). `as_is` is
    `engine.prepare(inputs)`, given by who asks many times; without it, it is made where an effect needs it.
    Raises ForecastError for a name that the space lacks, a reference that is there twice, a price or a line
    that would fall below nought, and a mitigation that takes more children than there are.
    """
    ordered = in_order(mitigations)
    references = [mitigation.reference for mitigation in ordered]
    twice = sorted({reference for reference in references if references.count(reference) > 1})
    if twice:
        raise ForecastError(f"Reference {', '.join(twice)} is there twice. Give each mitigation its own.")
    build = _Build(inputs, as_is)
    for mitigation in ordered:
        for effect in mitigation.effects:
            _APPLY[effect.kind](build, mitigation, effect)
        for year, pounds in mitigation.one_off.items():
            if 0 <= year - inputs.base_year < inputs.horizon:
                build.edits.one_off[year - inputs.base_year] += pounds
    return build.finished()


def remarks(inputs: Inputs, mitigations: Sequence[Mitigation]) -> tuple[str, ...]:
    """Return, in plain words, what a list of mitigations asks for that can do nothing in this forecast."""
    last = inputs.base_year + inputs.horizon
    said = []
    for mitigation in mitigations:
        name = f"Mitigation {mitigation.reference}"
        if mitigation.starts >= date(last, 4, 1):
            said.append(
                f"{name} starts after the last financial year of this forecast and does nothing in it."
            )
        outside = [year for year in mitigation.one_off if not inputs.base_year <= year < last]
        if outside:
            years = ", ".join(str(year) for year in sorted(outside))
            said.append(f"{name} has one-off costs outside the years of this forecast: {years}.")
        for effect in mitigation.effects:
            if effect.kind is Kind.PLACES and not _binds(inputs, effect.where.placements[0]):
                said.append(
                    f"{name} adds places in {effect.where.placements[0]}, where this forecast has no limit: "
                    "they change nothing until the capacity there is entered."
                )
    return tuple(said)


def _binds(inputs: Inputs, placement: str) -> bool:
    codes = [place.code for place in inputs.space.placements]
    if inputs.capacity is None or placement not in codes:
        return False
    return bool(np.isfinite(inputs.capacity.places[:, codes.index(placement)]).any())


class _Build:
    """Edits in the making."""

    def __init__(self, inputs: Inputs, as_is: Prepared | None) -> None:
        self.inputs = inputs
        self._as_is = as_is
        self.edits = no_edits(inputs.space, inputs.horizon, len(LINES))
        self.hazard = np.zeros_like(self.edits.divert)
        self.pounds = np.zeros_like(self.edits.price_factor)  # added to a price, as a share of it
        self.demands = Demands([], [], [])
        self.prices = unit_costs(inputs.money, inputs.space)

    @property
    def as_is(self) -> Prepared:
        """The expectation without mitigations."""
        if self._as_is is None:
            self._as_is = prepare(self.inputs)
        return self._as_is

    def years(self) -> range:
        """The years in which each step, and each financial year, begins."""
        return range(self.inputs.base_year, self.inputs.base_year + self.inputs.horizon)

    def flow_strengths(self, mitigation: Mitigation, effect: Effect) -> Floats:
        """(H,) in force on the 1 September between two censuses, when nearly all moves are made."""
        return np.array([mitigation.strength(effect, date(year, 9, 1)) for year in self.years()])

    def money_strengths(self, mitigation: Mitigation, effect: Effect) -> Floats:
        """(H,) the mean over the months of the financial year."""
        return np.array([mitigation.strength_in_year(effect, year) for year in self.years()])

    def finished(self) -> Edits:
        """Join what was gathered; raise ForecastError for more children than there are."""
        if self.hazard.any():
            total = self.hazard.sum(axis=4, keepdims=True)
            share = np.divide(self.hazard, total, out=np.zeros_like(self.hazard), where=total > 0)
            self.edits.divert[:] = share * -np.expm1(-total)
        self.edits.price_factor[:] *= 1.0 + self.pounds
        if self.demands:
            settle(self.inputs, self.as_is, self.edits, self.demands)
        return self.edits


def _joiner_factor(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    target = Target(build.inputs, mitigation, effect)
    _multiply(build.edits.joiner_factor, target, build.flow_strengths(mitigation, effect), effect.amount)


def _leaver_factor(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    target = Target(build.inputs, mitigation, effect)
    _multiply(build.edits.leaver_factor, target, build.flow_strengths(mitigation, effect), effect.amount)


def _multiply(factors: Floats, target: Target, strengths: Floats, amount: float) -> None:
    for step, strength in enumerate(strengths):
        factors[step][target.cells] *= 1.0 + strength * (amount - 1.0)


def _joiner_heads(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    build.demands.joining.append(_asked(build, mitigation, effect))


def _leaver_heads(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    build.demands.leaving.append(_asked(build, mitigation, effect))


def _move_heads(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    build.demands.moving.append(_asked(build, mitigation, effect))


def _asked(build: _Build, mitigation: Mitigation, effect: Effect) -> Asked:
    target = Target(build.inputs, mitigation, effect)
    return Asked(target, effect.amount * build.flow_strengths(mitigation, effect))


def _divert(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    target = Target(build.inputs, mitigation, effect)
    for step, strength in enumerate(build.flow_strengths(mitigation, effect)):
        share = strength * effect.amount
        hazard = _CERTAIN if share >= 1.0 else -np.log1p(-share)
        build.hazard[step, ..., target.to][target.cells] += hazard


def _places(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    (place,) = Target(build.inputs, mitigation, effect).placements
    for census in range(build.inputs.horizon + 1):
        on = date(build.inputs.base_year + census, 1, 1)
        build.edits.places[census, place] += effect.amount * mitigation.strength(effect, on)


def _price(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    target = Target(build.inputs, mitigation, effect)
    strengths = build.money_strengths(mitigation, effect)
    for place in target.placements:
        if effect.unit == POUNDS_A_PLAN:
            build.pounds[:, place] += strengths * effect.amount / _known_price(build, target, place)
        else:
            build.edits.price_factor[:, place] *= 1.0 + strengths * (effect.amount - 1.0)
    if (build.pounds <= -1.0).any():
        raise target.refusal("it takes more off the price than the plan costs. Take less off.")


def _known_price(build: _Build, target: Target, place: int) -> Floats:
    prices: Floats = build.prices[:, place]
    if (prices <= 0).any():
        code = build.inputs.space.placements[place].code
        raise target.refusal(f"{code} has no price to change. Enter what a plan costs there first.")
    return prices


def _reprice(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    """Raise some prices and lower that of `to` by as much as the plans expected as-is then cost more."""
    target = Target(build.inputs, mitigation, effect)
    strengths = build.money_strengths(mitigation, effect)
    plans = _plans_as_is(build)
    extra = np.zeros(build.inputs.horizon)
    for place in target.placements:
        price = _known_price(build, target, place)
        by = effect.amount / price if effect.unit == POUNDS_A_PLAN else np.array(effect.amount - 1.0)
        build.edits.price_factor[:, place] *= 1.0 + strengths * by
        extra += strengths * by * price * plans[:, place]
    paying = _known_price(build, target, target.to) * plans[:, target.to]
    if (extra >= paying).any():
        year = int(np.argmax(extra >= paying))
        raise target.refusal(
            f"it costs £{extra[year]:,.0f} more in {build.years()[year]}, and all plans in {effect.where.to} "
            f"cost £{paying[year]:,.0f}: they cannot pay for it. Lower the amount or let another place pay."
        )
    build.edits.price_factor[:, target.to] *= 1.0 - extra / paying


def _plans_as_is(build: _Build) -> Floats:
    """(H, P) plans expected in each financial year without mitigations."""
    cells = build.as_is.cells
    januaries = [year.stock[:, 0] for year in build.as_is.expected]
    by_placement = [
        build.inputs.stock.sum(axis=(0, 1)),
        *(cells.full(stock).sum(axis=(0, 1)) for stock in januaries),
    ]
    plans: Floats = average_plans(np.array(by_placement)[None])[0]
    return plans


def _inflation_cap(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    """Cap the rises of each 1 April; a cap that is half in force stands halfway to the planned rise."""
    target = Target(build.inputs, mitigation, effect)
    lines = {price.placement: price.line for price in build.inputs.money.prices}
    for place in target.placements:
        line = lines[build.inputs.space.placements[place].code]
        planned = build.inputs.money.inflation.get(line, np.zeros(build.inputs.horizon))
        for year, start in enumerate(build.years()):
            strength = mitigation.strength(effect, date(start, 4, 1))
            if strength > 0:
                cap = strength * effect.amount + (1.0 - strength) * max(effect.amount, planned[year])
                build.edits.inflation_cap[year, place] = min(build.edits.inflation_cap[year, place], cap)


def _fixed(build: _Build, mitigation: Mitigation, effect: Effect) -> None:
    target = Target(build.inputs, mitigation, effect)
    column = _LINES.index(effect.where.line)
    build.edits.fixed[:, column] += effect.amount * build.money_strengths(mitigation, effect)
    spent = build.inputs.money.fixed.get(effect.where.line, np.zeros(build.inputs.horizon))
    left = spent + build.edits.fixed[:, column]
    if (left < -0.005).any() and effect.amount < 0:
        year = int(np.argmin(left))
        raise target.refusal(
            f"£{-build.edits.fixed[year, column]:,.0f} is taken off line {effect.where.line} in "
            f"{build.years()[year]}, and its fixed spending is £{spent[year]:,.0f}. Take off less, or enter "
            "the spending that is there."
        )


_APPLY: Final[dict[Kind, Callable[[_Build, Mitigation, Effect], None]]] = {
    Kind.JOINER_FACTOR: _joiner_factor,
    Kind.JOINER_HEADS: _joiner_heads,
    Kind.LEAVER_FACTOR: _leaver_factor,
    Kind.LEAVER_HEADS: _leaver_heads,
    Kind.DIVERT: _divert,
    Kind.MOVE_HEADS: _move_heads,
    Kind.PLACES: _places,
    Kind.PRICE: _price,
    Kind.REPRICE: _reprice,
    Kind.INFLATION_CAP: _inflation_cap,
    Kind.FIXED: _fixed,
}
