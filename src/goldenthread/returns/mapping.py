"""From a SEN2 record to what the rooms below store: a person, cases with plans, placements.

Pure but for the keys of settings, which are looked up beforehand. What a code means for where a case
stands is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.casework.actions import NewCase, NewNamed, NewPlan
from goldenthread.casework.enums import Status
from goldenthread.people.actions import NewPerson
from goldenthread.people.normal import stored_postcode
from goldenthread.placements.actions import NewPlacement
from goldenthread.returns.sen2.records import (
    ActivePlanRecord,
    AssessmentRecord,
    HeaderRecord,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

# The header of a file that holds whole histories rather than one collection year.
WHOLE_HISTORY = "GoldenThread-whole"


@dataclass(frozen=True, slots=True)
class Places:
    """Where settings are kept: URN and UKPRN to key."""

    by_urn: Mapping[str, UUID]
    by_ukprn: Mapping[str, UUID]

    def of(self, record: SettingRecord) -> UUID | None:
        """The setting of a record; a URN goes before a UKPRN. None where it gives neither."""
        if record.urn:
            return self.by_urn[record.urn]
        return self.by_ukprn[record.ukprn] if record.ukprn else None


@dataclass(frozen=True, slots=True)
class Span:
    """What the return is about: the day as at which it speaks, and the first day of its activity year.

    `year_start` is None for a file of whole histories, where nothing is cut to one year.
    """

    as_of: date
    year_start: date | None

    @classmethod
    def of(cls, header: HeaderRecord, as_of: date) -> Span:
        """From the header of the return and the day that the import was told."""
        if header.software_code == WHOLE_HISTORY:
            return cls(as_of, None)
        year = header.year or as_of.year
        return cls(as_of, date(year - 1, 1, 1))


def new_person(record: PersonRecord) -> NewPerson:
    """The person. A date of birth is there: without one the record was refused."""
    assert record.birth_date is not None
    return NewPerson(
        surname=record.surname,
        forename=record.forename,
        birth_date=record.birth_date,
        sex=record.sex or "",
        ethnicity=record.ethnicity or "",
        postcode=stored_postcode(record.postcode or ""),
        upn=record.upn,
        uln=record.uln,
        upn_unknown=record.upn_unknown or "",
    )


def new_case(record: RequestRecord, person: NewPerson, places: Places, span: Span) -> NewCase:
    """One request with all that followed from it, as a case that stands where the return says."""
    assessment = record.assessment
    plan = new_plan(record, places, span)
    status = status_of(record)
    refused_first = record.outcome == "N" and assessment is not None
    closed = plan is None and status in {Status.NOT_ASSESSING, Status.NOT_ISSUING}
    decided_to_issue = None
    if assessment is not None and status in {Status.NOT_ISSUING, Status.ISSUING}:
        decided_to_issue = assessment.outcome_date
    return NewCase(
        person_id=person.id,
        birth_date=person.birth_date,
        status=status,
        received_on=record.received_date,
        source=record.source or "",
        youth_accommodation=bool(record.rya),
        decided_to_assess_on=None if refused_first else record.outcome_date,
        assess_refused_on=record.outcome_date if refused_first else None,
        assess_historical=record.outcome == "H",
        request_mediation=bool(record.mediation),
        request_tribunal=bool(record.tribunal),
        exported_to=record.exported_to or "",
        decided_to_issue_on=decided_to_issue,
        issue_refused_on=_overturned_refusal(assessment),
        issue_historical=bool(assessment and assessment.outcome == "H"),
        closed_on=_closed_on(record, status) if closed else None,
        plan=plan,
        **_assessment_flags(assessment),
    )


def _assessment_flags(assessment: AssessmentRecord | None) -> dict[str, Any]:
    if assessment is None:
        return {}
    return {
        "assessment_mediation": bool(assessment.mediation),
        "assessment_tribunal": bool(assessment.tribunal),
        "other_mediation": bool(assessment.other_mediation),
        "other_tribunal": bool(assessment.other_tribunal),
        "week20_exception": assessment.week20_exception,
    }


def _overturned_refusal(assessment: AssessmentRecord | None) -> date | None:
    """A refusal of a plan that has a plan all the same was overturned: the return keeps its first date."""
    if assessment is not None and assessment.outcome == "N" and assessment.named_plan is not None:
        return assessment.outcome_date
    return None


def _closed_on(record: RequestRecord, status: Status) -> date | None:
    if status == Status.NOT_ISSUING and record.assessment is not None:
        return record.assessment.outcome_date
    return record.outcome_date


def status_of(record: RequestRecord) -> Status:
    """Where a case stands, from the outcomes in the return (SEN2 reference, section 4.4)."""
    assessment = record.assessment
    plan = assessment.named_plan if assessment else None
    if plan is not None:
        return Status.CEASED if plan.cease_date else Status.PLAN
    if assessment is not None:
        return _ASSESSMENT_STATUS.get(assessment.outcome or "A", Status.ASSESSING)
    return _REQUEST_STATUS.get(record.outcome or "A", Status.REQUESTED)


_REQUEST_STATUS = {
    "A": Status.REQUESTED,
    "W": Status.WITHDRAWN,
    "N": Status.NOT_ASSESSING,
    "Y": Status.ASSESSING,
    "H": Status.ASSESSING,
}
_ASSESSMENT_STATUS = {
    "A": Status.ASSESSING,
    "W": Status.WITHDRAWN,
    "N": Status.NOT_ISSUING,
    "Y": Status.ISSUING,
    "H": Status.ISSUING,
}


def new_plan(record: RequestRecord, places: Places, span: Span) -> NewPlan | None:
    """The plan with its section I, needs, reviews and end; None where there is none."""
    plan = record.assessment.named_plan if record.assessment else None
    if plan is None or plan.start_date is None:
        return None
    active = record.active_plan or ActivePlanRecord()
    needs = {need.rank: need.need for need in active.needs}
    return NewPlan(
        started_on=plan.start_date,
        transferred_from=active.transfer_la or "",
        transferred_on=transferred_on(plan, active, span),
        recorded_from=span.as_of,
        residential=plan.residential or "",
        work_based=plan.work_based or "",
        personal_budget=bool(plan.personal_budget),
        organised_arrangements=bool(plan.organised_arrangements),
        direct_payment=plan.direct_payment or "",
        primary_need=needs.get(1, ""),
        secondary_need=needs.get(2, ""),
        last_review_meeting_on=active.review_meeting,
        review_outcome=active.review_outcome or "",
        last_review_decided_on=active.last_review,
        review_draft_on=active.review_draft,
        phase_transfer_due_on=active.phase_transfer_due,
        phase_transfer_final_on=active.phase_transfer_final,
        ceased_on=plan.cease_date,
        cease_reason=(plan.cease_reason or "9") if plan.cease_date else "",
        named=tuple(named(each, places) for each in plan.details if _says_where(each)),
    )


def transferred_on(plan: NamedPlanRecord, active: ActivePlanRecord, span: Span) -> date | None:
    """The day a plan passed to this council.

    The return gives only the council it came from. It came in the activity year; the first day attended
    since is the best that is known, or else that year's first day.
    """
    if not active.transfer_la or plan.start_date is None:
        return None
    entries = [place.entry_date for place in active.placements if place.entry_date]
    best = max(plan.start_date, min(entries)) if entries else plan.start_date
    return max(best, span.year_start) if span.year_start else best


def _says_where(record: SettingRecord) -> bool:
    return bool(record.urn or record.ukprn or record.sen_setting)


def named(record: SettingRecord, places: Places) -> NewNamed:
    """An entry of section I."""
    setting = places.of(record)
    return NewNamed(
        setting_id=setting,
        sen_setting="" if setting else record.sen_setting or "",
        sen_setting_other=record.sen_setting_other or "",
        rank=record.rank or 1,
        sen_unit=bool(record.sen_unit),
        resourced_provision=bool(record.resourced_provision),
    )


def new_placements(record: RequestRecord, case_id: UUID, places: Places) -> list[NewPlacement]:
    """Every setting attended. One that gives neither a setting nor a code was reported and is left out."""
    if record.active_plan is None:
        return []
    made = []
    for place in record.active_plan.placements:
        if not _says_where(place):
            continue
        setting = places.of(place)
        made.append(
            NewPlacement(
                case_id=case_id,
                setting_id=setting,
                sen_setting="" if setting else place.sen_setting or "",
                sen_setting_other=place.sen_setting_other or "",
                rank=place.rank or 1,
                starts_on=place.entry_date,
                ends_on=place.leaving_date,
                sen_unit=bool(place.sen_unit),
                resourced_provision=bool(place.resourced_provision),
                residential=place.residential or "",
                work_based=place.work_based or "",
                attendance=place.attendance or "",
            )
        )
    return made
