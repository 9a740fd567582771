"""What the law asks for before a decision that the record does not show: said beside the form, not refused.

The council may hold the evidence elsewhere; a refusal here would make it record what did not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import Case
from goldenthread.statute.ages import age_on


def cautions_for(case: Case, kind: EventKind, on: date) -> list[str]:
    """Sentences for whoever is about to record this event on a day; mostly none."""
    return [text for check in _CAUTIONS.get(kind, ()) for text in check(case, on)]


def _advice(case: Case, on: date) -> Iterator[str]:
    every = list(case.advice.all())
    waiting = [one for one in every if one.returned_on is None and one.cancelled_on is None]
    if not every:
        yield "No advice is recorded as asked for. An assessment must seek it (R6)."
    elif waiting:
        yield f"{len(waiting)} of {len(every)} requests for advice have not been answered (R6, R8)."


def _consulted(case: Case, on: date) -> Iterator[str]:
    every = list(case.setting_consultations.all())
    if not every:
        yield "No setting is recorded as consulted: it must be before a plan names it (CFA s.39(2), s.40(3))."
    elif any(one.replied_on is None and one.due_on >= on for one in every):
        yield "A setting that was consulted still has time to answer (CoP 9.83)."


def _views(case: Case, on: date) -> Iterator[str]:
    if case.views_received_on is None:
        yield "No views on the draft are recorded (R13(1))."


def _ceasing(case: Case, on: date) -> Iterator[str]:
    age = age_on(case.person.birth_date, on)
    if age < 18:
        yield (
            "Under 18: a plan may cease only if provision under it is no longer necessary, not because the "
            "young person is out of education or training (R29)."
        )
    elif age < 25:
        yield (
            "18 or over and out of education: a review must first show that the young person does not want "
            "to return, or that it is not appropriate (R30)."
        )


_CAUTIONS: dict[EventKind, tuple[Callable[[Case, date], Iterator[str]], ...]] = {
    EventKind.DECIDED_TO_ISSUE: (_advice,),
    EventKind.DECIDED_NOT_TO_ISSUE: (_advice,),
    EventKind.PLAN_ISSUED: (_views, _consulted),
    EventKind.CEASE_DECIDED: (_ceasing,),
}
