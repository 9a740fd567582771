"""What mitigations would change, at once and with few simulations: for the pages that build them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.scenario import edits_for, remarks
from goldenthread.planning import permissions
from goldenthread.planning.queries.forecasts import latest_run
from goldenthread.planning.queries.live import base_years, inputs_from_records
from goldenthread.planning.summary import Summary, summarise

SIMULATIONS: Final = 50
YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """The same few simulations as it is and with the mitigations; `remarks` say what does nothing."""

    as_is: Summary
    mitigated: Summary
    remarks: tuple[str, ...]


def preview(by: Actor, mitigations: Sequence[Mitigation]) -> Preview:
    """What mitigations change, from the base and over the years of the newest forecast.

    Raises NotPermitted, NotAllowedNow (no plans on record), or InvalidInput for a plan that cannot be: which
    mitigation, which cell, how to mend it.
    """
    permissions.check_can_view(by)
    newest = latest_run(by)
    base, years = (newest.base_year, newest.horizon) if newest else (base_years()[0], YEARS)
    inputs = inputs_from_records(base, years)
    try:
        edits = edits_for(inputs, mitigations)
        as_is = simulate(inputs, simulations=SIMULATIONS)
        mitigated = simulate(inputs, edits, simulations=SIMULATIONS, baseline=as_is)
    except ForecastError as refused:
        raise InvalidInput(str(refused), field="mitigations") from refused
    return Preview(summarise(as_is), summarise(mitigated), remarks(inputs, mitigations))
