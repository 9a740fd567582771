"""Which forecast of things as they are a scenario's forecast is set beside."""

from __future__ import annotations

from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.planning.enums import RunState
from goldenthread.planning.models import ForecastRun
from goldenthread.planning.queries.forecasts import runs


def as_is_beside(by: Actor, run: ForecastRun) -> ForecastRun | None:
    """The finished forecast without mitigations that is most like `run`; None where there is none.

    It starts from the same census over the same years. One with the same inputs, simulations, seed and
    records goes before others, and the newest before older ones. Raises NotPermitted.
    """
    found = list(
        runs(by)
        .filter(state=RunState.DONE, scenario=None, base_year=run.base_year, horizon=run.horizon)
        .prefetch_related("inputs")
        .order_by("-finished_at")[:50]
    )
    made_from = {one.pk for one in run.inputs.all()}
    return min(found, key=lambda one: _unlike(one, run, made_from), default=None)


def unlike(first: ForecastRun, second: ForecastRun) -> list[str]:
    """In what two runs differ beside their mitigations, in words."""
    differ = _unlike(first, second, {one.pk for one in second.inputs.all()})
    names = ("the inputs", "the number of simulations", "the seed", "the day of the council's records")
    return [name for name, one in zip(names, differ, strict=True) if one]


def _unlike(one: ForecastRun, run: ForecastRun, made_from: set[UUID]) -> tuple[bool, bool, bool, bool]:
    return (
        {version.pk for version in one.inputs.all()} != made_from,
        one.simulations != run.simulations,
        one.seed != run.seed,
        one.records_as_of != run.records_as_of,
    )
