"""SEN2 records after reading: typed, in the return's own nesting.

One `PersonRecord` is one `<Person>` with everything inside it. Field names are ours; the tag each one
comes from stands beside it. Dates are `datetime.date`, flags are `bool | None` (None = not given),
codes are the return's own code strings (already normalised to the spelling in `statute` code sets).
Source: SEN2 guide as summed up in the project's SEN2 reference, modules 0 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class HeaderRecord:
    """Module 0: who sent the return, for which year."""

    collection: str = "SEN2"
    year: int | None = None
    reference_date: date | None = None
    source_level: str | None = None
    la_code: str | None = None  # LEA
    software_code: str | None = None
    release: str | None = None
    serial_no: int | None = None
    created_at: datetime | None = None  # DateTime
    dmo: bool | None = None
    dco: bool | None = None
    dsco: bool | None = None


@dataclass(slots=True)
class NeedRecord:
    """SENneed: one type of need with its rank."""

    need: str  # SENtype
    rank: int  # SENtypeRank


@dataclass(slots=True)
class SettingRecord:
    """What PlanDetail and PlacementDetail share: which setting, in what capacity."""

    urn: str | None = None
    ukprn: str | None = None
    sen_setting: str | None = None  # SENsetting
    sen_setting_other: str | None = None  # SENSettingOther
    rank: int | None = None  # PlacementRank
    sen_unit: bool | None = None  # SENunitIndicator
    resourced_provision: bool | None = None  # ResourcedProvisionIndicator


@dataclass(slots=True)
class PlacementRecord(SettingRecord):
    """PlacementDetail: a setting actually attended."""

    entry_date: date | None = None  # EntryDate
    leaving_date: date | None = None  # LeavingDate
    residential: str | None = None  # Res
    work_based: str | None = None  # WBP
    attendance: str | None = None  # AttendancePattern, 2023 only


@dataclass(slots=True)
class NamedPlanRecord:
    """NamedPlan: the EHC plan as issued, with section I."""

    start_date: date | None = None  # StartDate
    residential: str | None = None  # PlanRes
    work_based: str | None = None  # PlanWBP
    personal_budget: bool | None = None  # PB
    organised_arrangements: bool | None = None  # OA
    direct_payment: str | None = None  # DP
    cease_date: date | None = None  # CeaseDate
    cease_reason: str | None = None  # CeaseReason
    details: list[SettingRecord] = field(default_factory=list)  # PlanDetail


@dataclass(slots=True)
class AssessmentRecord:
    """Assessment: the decision to issue a plan or not."""

    outcome: str | None = None  # AssessmentOutcome
    outcome_date: date | None = None  # AssessmentOutcomeDate
    mediation: bool | None = None  # AssessmentMediation
    tribunal: bool | None = None  # AssessmentTribunal
    other_mediation: bool | None = None  # OtherMediation
    other_tribunal: bool | None = None  # OtherTribunal
    week20_exception: bool | None = None  # Week20
    named_plan: NamedPlanRecord | None = None


@dataclass(slots=True)
class ActivePlanRecord:
    """ActivePlans: reviews, transfers, needs and attended placements of a plan."""

    transfer_la: str | None = None  # TransferLA
    review_meeting: date | None = None  # ReviewMeeting
    review_outcome: str | None = None  # ReviewOutcome
    last_review: date | None = None  # LastReview
    review_draft: date | None = None  # ReviewDraft
    phase_transfer_due: date | None = None  # PhaseTransferDueDate
    phase_transfer_final: date | None = None  # PhaseTransferFinalDate
    placements: list[PlacementRecord] = field(default_factory=list)
    needs: list[NeedRecord] = field(default_factory=list)


@dataclass(slots=True)
class RequestRecord:
    """Requests: one request for an EHC needs assessment and all that followed from it."""

    received_date: date | None = None  # ReceivedDate
    source: str | None = None  # RequestSource
    rya: bool | None = None  # RYA
    outcome_date: date | None = None  # RequestOutcomeDate
    outcome: str | None = None  # RequestOutcome
    mediation: bool | None = None  # RequestMediation
    tribunal: bool | None = None  # RequestTribunal
    exported_to: str | None = None  # Exported
    assessment: AssessmentRecord | None = None
    active_plan: ActivePlanRecord | None = None
    # A file may give more than one Assessment; `assessment` is the one with a plan, else the first.
    further_assessments: list[AssessmentRecord] = field(default_factory=list)


@dataclass(slots=True)
class PersonRecord:
    """Person: the child or young person and each of their requests."""

    surname: str = ""
    forename: str = ""
    birth_date: date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    postcode: str | None = None
    upn: str | None = None
    uln: str | None = None
    upn_unknown: str | None = None
    requests: list[RequestRecord] = field(default_factory=list)
    # Where this person stood in what was read: the XML line, or the blade or sheet row; never a name.
    line: int = 0
    file: str = ""
    # Every value as received, tag path -> text, so that the source of each field can be shown.
    raw: dict[str, str] = field(default_factory=dict)
