"""Measuring the pace of work, and forecasting every open case by it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldenthread.casework import pace
from goldenthread.casework.enums import Stage
from goldenthread.casework.models import Case
from goldenthread.casework.queries.durations import measured_pace
from goldenthread.casework.reading import facts_from
from goldenthread.core import audit
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor
from goldenthread.core.permissions import require
from goldenthread.people.rows import chunks, update_rows


def refresh_pace(*, by: Actor, on: date | None = None) -> int:
    """Measure how long each step took in the year before a day, and forecast all open requests by it.

    Returns how many forecasts changed. Run weekly, and after a return was loaded. Raises NotPermitted.
    """
    require(by, "casework.work")
    on = on or site_clock.today()
    with transaction.atomic():
        recent = measured_pace(on)
        pace.store(on, recent)
        changed = _forecast(recent, on)
        audit.record(by=by, action="pace.measured", details={"as_of": on.isoformat(), "forecasts": changed})
    return changed


def _forecast(recent: pace.Paces, on: date) -> int:
    changed = 0
    for part in chunks(Case.objects.filter(stage=Stage.REQUEST).order_by("pk").iterator(chunk_size=2000)):
        moved = []
        for case in part:
            forecast = pace.forecast_finish(facts_from(case, birth_date=None, plan=None), recent, on)
            if forecast != case.forecast_on:
                case.forecast_on = forecast
                moved.append(case)
        update_rows(Case, moved, ["forecast_on"])
        changed += len(moved)
    return changed
