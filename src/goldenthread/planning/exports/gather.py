"""From a kept run to what its exports are made from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from django.conf import settings

from goldenthread import __version__
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.core.ui.filters import long_date
from goldenthread.forecast.published import Panel
from goldenthread.forecast.record import MODEL, Record, published_record
from goldenthread.forecast.space import Bools, Ints
from goldenthread.planning.enums import InputKind
from goldenthread.planning.exports.material import Account, Comparator, Material, Origin, Score, Source
from goldenthread.planning.models import ForecastRun, InputVersion
from goldenthread.planning.presenters import words
from goldenthread.planning.presenters.record import record_words
from goldenthread.planning.queries.analyses import before_of, inputs_of, savings_of
from goldenthread.planning.queries.census import counted
from goldenthread.planning.queries.forecasts import result_of
from goldenthread.planning.queries.inputs import rows_of
from goldenthread.planning.queries.mitigating import forecast_mitigations
from goldenthread.planning.queries.money import money_of
from goldenthread.planning.queries.pairs import as_is_beside, unlike
from goldenthread.planning.reading.dfe import from_content
from goldenthread.planning.summary import Summary


def gather(*, by: Actor, run: ForecastRun, threshold: float = 0.0) -> Material:
    """All that the exports of a finished run need; a scenario's run is set beside one of things as they are.

    `threshold` is the deficit in pounds that chances are given for. Raises NotPermitted, or NotAllowedNow for
    a run without a result and for a scenario without a forecast to set it beside.
    """
    as_is, scenario = _pair(by, run)
    unmitigated = result_of(by, as_is)
    seen = tuple((year, float(plans)) for year, plans in before_of(by, as_is))
    before, notes = _past(as_is, unmitigated, dict(seen))
    version = run.scenario_version
    return Material(
        council=settings.COUNCIL_NAME,
        la_code=settings.COUNCIL_LA_CODE,
        title=str(run),
        origin=_origin(run, as_is, scenario),
        unmitigated=unmitigated,
        mitigated=result_of(by, scenario) if scenario else None,
        scenario=version.title if version else "",
        mitigations=tuple(forecast_mitigations(version)),
        savings=savings_of(by, scenario) if scenario else None,
        scores=_scores(published_record()),
        scores_source=record_words(),
        sources=_sources(as_is, inputs_of(by, as_is)),
        comparators=_comparators(as_is),
        account=_account(as_is, unmitigated),
        before=before,
        seen=seen,
        notes=tuple(dict.fromkeys([*as_is.notes, *run.notes, *notes, *_differences(as_is, scenario)])),
        threshold=threshold,
    )


def _pair(by: Actor, run: ForecastRun) -> tuple[ForecastRun, ForecastRun | None]:
    """The run of things as they are, and that with mitigations."""
    if run.scenario_version_id is None:
        return run, None
    result_of(by, run)  # a run without a result is refused for that first
    as_is = as_is_beside(by, run)
    if as_is is None:
        raise NotAllowedNow(
            f"There is no forecast of things as they are from January {run.base_year} over {run.horizon} "
            "years to set this scenario beside.",
            "Run one without a scenario, with the same January and years, then come back.",
        )
    return as_is, run


def _origin(run: ForecastRun, as_is: ForecastRun, scenario: ForecastRun | None) -> Origin:
    return Origin(
        run=str(as_is.pk),
        made_on=(run.finished_at or run.created_at).date(),
        records_as_of=run.records_as_of,
        code_version=__version__,
        mitigated_run=str(scenario.pk) if scenario else "",
    )


def _differences(as_is: ForecastRun, scenario: ForecastRun | None) -> list[str]:
    differ = unlike(as_is, scenario) if scenario else []
    if not differ:
        return []
    return [
        f"The two forecasts differ in {words.listed(differ)} too, so not all that lies between them is the "
        "mitigations' doing. Run both again with the same inputs to be sure."
    ]


def _scores(record: Record) -> tuple[Score, ...]:
    found = []
    for horizon in record.horizons:
        mine, naive = record.row(MODEL, horizon).scores, record.best_naive(horizon, by="mape").scores
        if mine.cover_80 is not None and mine.cover_95 is not None:
            found.append(Score(horizon, mine.mape, naive.mape, mine.cover_80, mine.cover_95))
    return tuple(found)


def _sources(run: ForecastRun, versions: list[InputVersion]) -> tuple[Source, ...]:
    own = Source("The council's own records", f"EHC plans and requests, as on {long_date(run.records_as_of)}")
    given = [
        Source(str(InputKind(one.kind).label), one.source, f"version {one.number}", one.sha256, one.assumed)
        for one in versions
    ]
    return (own, *given)


def _version(run: ForecastRun, kind: InputKind) -> InputVersion | None:
    return run.inputs.filter(kind=kind).first()


def _account(run: ForecastRun, summary: Summary) -> Account | None:
    """Allocation and transfers apart; None where they no longer come to the income of the run."""
    block = _version(run, InputKind.BLOCK)
    money, _ = money_of({InputKind.BLOCK: block} if block else {}, run.base_year, run.horizon)
    if not np.allclose(money.allocation + money.transfers, summary.income, atol=0.5):
        return None
    return Account(money.allocation, money.transfers)


def _past(run: ForecastRun, summary: Summary, seen: Mapping[int, float]) -> tuple[dict[int, Ints], list[str]]:
    """Heads at the censuses before the base, from the records: where they still show as many as then."""
    if not seen:
        return {}, []
    stock = counted(summary.space, run.base_year).history.stock
    years = range(run.base_year - len(stock), run.base_year)
    found = {year: heads for year, heads in zip(years, stock, strict=True) if heads.sum() == seen.get(year)}
    if len(found) == len(seen):
        return found, []
    return {}, [
        "The records of past Januaries have changed since the forecast was made, so its count tables begin "
        f"with January {run.base_year}."
    ]


def _comparators(run: ForecastRun) -> tuple[Comparator, ...]:
    """This council beside its region and England in the latest published January."""
    version = _version(run, InputKind.DFE)
    if version is None or not version.about.get("council"):
        return ()
    panel = from_content(rows_of(version))
    at = panel.council(version.about["council"])
    own, region = np.arange(len(panel.codes)) == at, np.array(panel.regions) == panel.regions[at]
    everybody = np.ones(len(panel.codes), dtype=np.bool_)
    areas = ((panel.names[at], own), (panel.regions[at], region), ("All councils published", everybody))
    return tuple(one for area, chosen in areas for one in _compared(area, panel, chosen))


def _compared(area: str, panel: Panel, chosen: Bools) -> list[Comparator]:
    plans, years = np.nansum(panel.plans[chosen], axis=0), panel.years
    found = [Comparator(area, "EHC plans", f"January {years[-1]}", float(plans[-1]))]
    for back in (1, 5):
        if len(years) > back and plans[-1 - back] > 0:
            growth = 100 * (float(plans[-1] / plans[-1 - back]) - 1)
            period = f"January {years[-1 - back]} to {years[-1]}"
            found.append(Comparator(area, "Growth of EHC plans, %", period, growth))
    return found
