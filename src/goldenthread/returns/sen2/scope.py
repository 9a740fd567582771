"""From whole histories to what one collection year's return holds.

Source: the project's SEN2 reference, section 1. The activity year is the calendar year before the census;
caseload and places are as at the census. What was decided before that year is told as outcome H, without an
outcome date; its received date may stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from .records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    PersonRecord,
    PlacementRecord,
    RequestRecord,
)
from .years import census_date


@dataclass(frozen=True, slots=True)
class Period:
    """The days a return is about: from 1 January of the year before, up to the census."""

    start: date
    census: date

    @classmethod
    def of(cls, year: int, census: date | None = None) -> Period:
        """The period of a collection year, with its published census date or another."""
        return cls(date(year - 1, 1, 1), census or census_date(year))


def strict_scope(
    persons: Iterable[PersonRecord], year: int, *, census: date | None = None
) -> Iterator[PersonRecord]:
    """Each person who is in the return of a collection year, with what belongs in it and no more.

    The records given are not changed. Persons with nothing in scope are left out.
    """
    period = Period.of(year, census)
    for person in persons:
        requests = [
            scoped for each in person.requests if (scoped := scoped_request(each, period)) is not None
        ]
        if requests:
            yield replace(person, requests=requests)


def scoped_request(request: RequestRecord, period: Period) -> RequestRecord | None:
    """The request as the return of the period tells it, or None where it is out of scope."""
    if request.received_date is not None and request.received_date > period.census:
        return None
    request = _as_known(request, period)
    assessment = request.assessment
    plan = assessment.named_plan if assessment is not None else None
    if plan is not None and plan.cease_date is not None and plan.cease_date < period.start:
        return None
    if plan is None and _ended_before(request, period.start):
        return None
    scoped = replace(request, active_plan=_scoped_active(request.active_plan, plan, period))
    agreed_before = _is_before(request.outcome, request.outcome_date, period.start)
    if assessment is not None and _is_before(assessment.outcome, assessment.outcome_date, period.start):
        scoped = replace(scoped, assessment=replace(assessment, outcome="H", outcome_date=None))
        agreed_before = True
    if agreed_before:
        scoped = replace(scoped, outcome="H", outcome_date=None, mediation=None, tribunal=None)
    return scoped


def _as_known(request: RequestRecord, period: Period) -> RequestRecord:
    """The request without what happened after the census."""
    census = period.census
    if request.outcome_date is not None and request.outcome_date > census:
        return replace(
            request, outcome="A", outcome_date=None, mediation=False, tribunal=False,
            assessment=None, active_plan=None, further_assessments=[],
        )  # fmt: skip
    assessment = request.assessment
    if assessment is None:
        return request
    plan = assessment.named_plan
    if _later(assessment.outcome_date, census) or (plan is not None and _later(plan.start_date, census)):
        waiting = AssessmentRecord(outcome="A")
        return replace(request, assessment=waiting, active_plan=None, further_assessments=[])
    if plan is not None and _later(plan.cease_date, census):
        running = replace(plan, cease_date=None, cease_reason=None)
        return replace(request, assessment=replace(assessment, named_plan=running))
    return request


def _later(day: date | None, census: date) -> bool:
    return day is not None and day > census


def _is_before(outcome: str | None, day: date | None, start: date) -> bool:
    """Whether a decision in favour was made before the activity year."""
    return outcome == "H" or (outcome == "Y" and day is not None and day < start)


def _ended_before(request: RequestRecord, start: date) -> bool:
    """Whether a request without a plan came to its end before the activity year."""
    assessment = request.assessment
    if assessment is not None and assessment.outcome is not None:
        return assessment.outcome in {"N", "W"} and _earlier(assessment.outcome_date, request, start)
    return request.outcome in {"N", "W"} and _earlier(request.outcome_date, request, start)


def _earlier(day: date | None, request: RequestRecord, start: date) -> bool:
    # A withdrawal has no date in the return: the year of the request is all that tells its age.
    known = day or request.outcome_date or request.received_date
    return known is not None and known < start


def _scoped_active(
    active: ActivePlanRecord | None, plan: NamedPlanRecord | None, period: Period
) -> ActivePlanRecord | None:
    """The active plan with the places attended in the period and what was decided by the census."""
    if active is None or plan is None:
        return None
    census = period.census
    scoped = replace(
        active,
        placements=[_known_place(each, census) for each in active.placements if _attended(each, period)],
    )
    if _later(active.review_meeting, census):
        return replace(scoped, review_meeting=None, review_outcome=None, last_review=None, review_draft=None)
    if _later(active.last_review, census):
        scoped = replace(scoped, review_outcome=None, last_review=None, review_draft=None)
    if _later(active.review_draft, census):
        scoped = replace(scoped, review_draft=None)
    if _later(active.phase_transfer_final, census):
        scoped = replace(scoped, phase_transfer_final=None)
    return scoped


def _attended(place: PlacementRecord, period: Period) -> bool:
    begun = place.entry_date is None or place.entry_date <= period.census
    return begun and (place.leaving_date is None or place.leaving_date >= period.start)


def _known_place(place: PlacementRecord, census: date) -> PlacementRecord:
    return replace(place, leaving_date=None) if _later(place.leaving_date, census) else place
