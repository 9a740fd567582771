"""What a case loaded in bulk is made from: plain values, checked by whoever read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.casework.enums import EventKind, Route
from goldenthread.core.ids import new_id


@dataclass(frozen=True, slots=True)
class NewNamed:
    """One entry of section I: a setting, or else a SEN2 SENsetting code."""

    setting_id: UUID | None = None
    sen_setting: str = ""
    sen_setting_other: str = ""
    rank: int = 1
    sen_unit: bool = False
    resourced_provision: bool = False


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan. `transferred_from` (LA code) makes it one that came from another council, on `transferred_on`
    or else the day it started. `recorded_from`: the day from which its life is known here, such as the day of
    the return; phase transfers before it are not asked for. A ceased plan has `ceased_on` and `cease_reason`.
    """

    started_on: date
    transferred_from: str = ""
    transferred_on: date | None = None
    move_told_on: date | None = None
    recorded_from: date | None = None
    residential: str = ""
    work_based: str = ""
    personal_budget: bool = False
    organised_arrangements: bool = False
    direct_payment: str = ""
    primary_need: str = ""
    secondary_need: str = ""
    last_review_meeting_on: date | None = None
    review_outcome: str = ""
    last_review_decided_on: date | None = None
    amendment_notice_on: date | None = None
    amended_on: date | None = None
    review_draft_on: date | None = None
    phase_transfer_due_on: date | None = None
    phase_transfer_final_on: date | None = None
    cease_decided_on: date | None = None
    ceased_on: date | None = None
    cease_reason: str = ""
    named: tuple[NewNamed, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAdvice:
    """Advice asked of an adviser."""

    kind: str
    requested_on: date
    adviser_id: UUID | None = None
    returned_on: date | None = None
    cancelled_on: date | None = None
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class NewConsultation:
    """A setting consulted."""

    setting_id: UUID
    sent_on: date
    replied_on: date | None = None
    reply: str = ""
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """An exception recorded."""

    rule: str
    ground: str
    evidence: str
    starts_on: date
    decided_on: date
    ends_on: date | None = None
    decided_by: str = ""
    advice_requested_on: date | None = None
    family_told_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happened, for the timeline."""

    kind: EventKind
    on: date
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case as far as it has come. `status` says where it stands; the days are those that are known.

    Refusals and withdrawals have `closed_on` (a refusal: the day it was told, taken from the decision if left
    out). With `events` None the timeline is made from the days. `id` may be chosen beforehand.
    """

    person_id: UUID
    birth_date: date
    status: str
    received_on: date | None = None
    source: str = ""
    requested_by: str = ""
    route: str = Route.RETURN
    youth_accommodation: bool = False
    caseworker_id: UUID | None = None
    decided_to_assess_on: date | None = None
    assess_refused_on: date | None = None
    assess_ordered_on: date | None = None
    assess_historical: bool = False
    request_mediation: bool = False
    request_tribunal: bool = False
    exported_to: str = ""
    decided_to_issue_on: date | None = None
    issue_refused_on: date | None = None
    issue_ordered_on: date | None = None
    issue_historical: bool = False
    assessment_mediation: bool = False
    assessment_tribunal: bool = False
    other_mediation: bool = False
    other_tribunal: bool = False
    draft_sent_on: date | None = None
    views_received_on: date | None = None
    week20_exception: bool | None = None
    closed_on: date | None = None
    closing_reason: str = ""
    plan: NewPlan | None = None
    advice: tuple[NewAdvice, ...] = ()
    consultations: tuple[NewConsultation, ...] = ()
    claims: tuple[NewClaim, ...] = ()
    events: tuple[NewEvent, ...] | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class CaseUpdate:
    """New values for one case, by field name: of the case, of its plan (made if there is none; then with
    `started_on`), and section I as a whole. None and "" are passed over: a file empties no field.
    """

    case_id: UUID
    case: Mapping[str, Any] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    named: tuple[NewNamed, ...] | None = None
