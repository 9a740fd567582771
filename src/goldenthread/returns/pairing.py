"""Which case of the record each request of a return is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from goldenthread.casework.enums import OPEN_REQUEST
from goldenthread.returns.sen2.records import NamedPlanRecord, RequestRecord

# A date of receipt that was corrected moves by less than this; another request comes later.
CORRECTED = timedelta(days=60)
Said = Mapping[str, Mapping[str, Any]]
Fits = Callable[[RequestRecord, Any, Said], bool]


def paired(requests: Sequence[RequestRecord], cases: Sequence[Any], said: Said) -> list[Any | None]:
    """For each request its case, or None for a new one; no case is given twice.

    The surest signs are tried first, for every request, before weaker ones: the day received (as it is or as
    the last return had it), the plan's first day, the decision's day, the one plan that runs, the one request
    that is open. `said` is what the last return said of each case, by its key as text.
    """
    found: list[Any | None] = [None] * len(requests)
    free = list(cases)
    for fits in (_received, _plan_start, _decision, _running_plan, _open_request):
        for at, request in enumerate(requests):
            if found[at] is None:
                found[at] = next((case for case in free if fits(request, case, said)), None)
                if found[at] is not None:
                    free.remove(found[at])
    return found


def _said(case: Any, said: Said, part: str, name: str) -> str | None:
    values = said.get(str(case.pk), {}).get(part) or {}
    return values.get(name)


def _plan(request: RequestRecord) -> NamedPlanRecord | None:
    return request.assessment.named_plan if request.assessment else None


def _received(request: RequestRecord, case: Any, said: Said) -> bool:
    day = request.received_date
    return day is not None and (
        case.received_on == day or _said(case, said, "case", "received_on") == day.isoformat()
    )


def _plan_start(request: RequestRecord, case: Any, said: Said) -> bool:
    plan, held = _plan(request), getattr(case, "plan", None)
    if plan is None or plan.start_date is None or held is None:
        return False
    start = plan.start_date
    return held.started_on == start or _said(case, said, "plan", "started_on") == start.isoformat()


def _decision(request: RequestRecord, case: Any, said: Said) -> bool:
    """The same day of decision, and the request came about the same time or it is not known when."""
    day = request.outcome_date
    return day is not None and case.decided_to_assess_on == day and _near(request, case)


def _running_plan(request: RequestRecord, case: Any, said: Said) -> bool:
    """Nobody has two plans that run: with another first day it is the same one, corrected."""
    plan, held = _plan(request), getattr(case, "plan", None)
    if plan is None or held is None or plan.cease_date is not None:
        return False
    return held.ceased_on is None and _near(request, case)


def _open_request(request: RequestRecord, case: Any, said: Said) -> bool:
    """Nobody has two requests that are open at once."""
    return case.status in OPEN_REQUEST and _near(request, case)


def _near(request: RequestRecord, case: Any) -> bool:
    if request.received_date is None or case.received_on is None:
        return True
    return bool(abs(request.received_date - case.received_on) < CORRECTED)
