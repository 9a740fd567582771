"""Cases by the thousand: what a return, the demonstration county and benchmarks write with.

Callers check the values first. Each case is counted by the same clock as everywhere. Deadlines are written
for what is still open; what was met before a case was loaded is counted from its days when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.casework import clock, pace, steps
from goldenthread.casework.actions.new import (
    NewAdvice,
    NewCase,
    NewClaim,
    NewConsultation,
    NewEvent,
    NewNamed,
    NewPlan,
)
from goldenthread.casework.actions.references import reserve
from goldenthread.casework.actions.refresh import apply
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import (
    Advice,
    Case,
    CaseEvent,
    Deadline,
    ExceptionClaim,
    NamedSetting,
    Plan,
    SettingConsultation,
)
from goldenthread.casework.reading import facts_from
from goldenthread.casework.reviewing import next_review_due
from goldenthread.core import audit
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor, ActorRef, actor_ref
from goldenthread.core.ids import new_id
from goldenthread.core.permissions import require
from goldenthread.people.rows import chunks, insert_rows, insert_values
from goldenthread.statute import deadlines
from goldenthread.statute.rules import NotInForceError, law_date, law_version, law_versions

Row = tuple[Any, ...]
_STAMPED = ("id", "created_at", "updated_at")
NAMED = (
    *_STAMPED, "plan", "setting", "sen_setting", "sen_setting_other", "rank", "sen_unit",
    "resourced_provision",
)  # fmt: skip
DEADLINE = (*_STAMPED, "case", "caseworker", "rule", "subject", "trigger_on", "due_on", "turn", "excused")
EVENT = ("case", "kind", "on", "at", "actor_id", "actor_label", "note", "data")

_APART = {"birth_date", "plan", "advice", "consultations", "claims", "events"}
_CASE_FIELDS = tuple(one.name for one in fields(NewCase) if one.name not in _APART)
# What a later file may change on a case.
CASE_VALUES = tuple(name for name in _CASE_FIELDS if name not in {"id", "person_id"})
PLAN_VALUES = tuple(one.name for one in fields(NewPlan) if one.name != "named")


class _Batch:
    """The rows of one chunk, in the order in which they are inserted."""

    def __init__(self) -> None:
        self.now = site_clock.now()
        self.cases: list[Case] = []
        self.plans: list[Plan] = []
        self.named: list[Row] = []
        self.advice: list[Advice] = []
        self.consultations: list[SettingConsultation] = []
        self.claims: list[ExceptionClaim] = []
        self.deadlines: list[Row] = []
        self.events: list[Row] = []

    def write(self) -> None:
        insert_rows(Case, self.cases)
        insert_rows(Plan, self.plans)
        insert_values(NamedSetting, NAMED, self.named)
        insert_rows(Advice, self.advice)
        insert_rows(SettingConsultation, self.consultations)
        insert_rows(ExceptionClaim, self.claims)
        insert_values(Deadline, DEADLINE, self.deadlines)
        insert_values(CaseEvent, EVENT, self.events)


def bulk_create_cases(new: Iterable[NewCase], *, by: Actor, source: str = "") -> list[UUID]:
    """Add many cases with their plans, section I, open deadlines and timeline; their keys, in order.

    Read in chunks, so that a generator of any length runs in bounded memory but for the keys. Raises
    NotPermitted, and IntegrityError for a case whose days contradict each other (a plan before its request).
    With a `source` the timeline names it in the place of who loaded it: they did none of what it tells.
    """
    require(by, "casework.work")
    made: list[UUID] = []
    today = site_clock.today()
    with transaction.atomic():
        recent, ref = pace.current(today), actor_ref(by)
        for part in chunks(new):
            batch = _Batch()
            for one, reference in zip(part, reserve(len(part)), strict=True):
                _add(batch, one, reference, recent, today, ref, source or ref.label)
            batch.write()
            made += [one.id for one in part]
        audit.record(by=by, action="case.loaded", details={"count": len(made), "source": source})
    return made


def _add(
    batch: _Batch,
    new: NewCase,
    reference: str,
    recent: pace.Paces,
    today: date,
    ref: ActorRef,
    told_by: str,
) -> None:
    now = batch.now
    case = _case_row(new, reference)
    plan = None if new.plan is None else plan_row(case, new.plan)
    advice = [_advice(case, one) for one in new.advice]
    consultations = [_consultation(case, one) for one in new.consultations]
    claims = [_claim(case, one, ref.label) for one in new.claims]
    facts = facts_from(
        case,
        birth_date=new.birth_date,
        plan=plan,
        advice=advice,
        consultations=consultations,
        claims=claims,
    )
    dues = clock.deadlines_for(facts)
    apply(case, facts, dues, recent, today)
    batch.cases.append(case)
    if plan is not None and new.plan is not None:
        batch.plans.append(plan)
        batch.named += [named_values(plan, one, now) for one in new.plan.named]
    batch.advice += advice
    batch.consultations += consultations
    batch.claims += claims
    batch.deadlines += [deadline_values(case, due, now) for due in dues if due.is_open]
    events = _events(new) if new.events is None else new.events
    told = replace(ref, label=told_by)
    batch.events += [event_values(case, one, told, now) for one in events]


def _case_row(new: NewCase, reference: str) -> Case:
    values = {name: getattr(new, name) for name in _CASE_FIELDS}
    if new.plan is not None:
        values["plan_issued_on"] = None if _moved(new.plan) else new.plan.started_on
        values["closed_on"] = new.plan.ceased_on
    elif new.status == Status.NOT_ASSESSING:
        values["closed_on"] = new.closed_on or new.decided_to_assess_on
    elif new.status == Status.NOT_ISSUING:
        values["closed_on"] = new.closed_on or new.decided_to_issue_on
    return Case(reference=reference, law_version=_law_of(new), **values)


def _moved(plan: NewPlan) -> bool:
    return bool(plan.transferred_from or plan.transferred_on)


def _law_of(new: NewCase) -> str:
    return law_on(new.received_on or (new.plan.started_on if new.plan else None))


@lru_cache(maxsize=8192)
def law_on(day: date | None) -> str:
    """The law a case began under; the first one there is for a day before it, or none."""
    try:
        return law_versions()[0] if day is None else law_version(day)
    except NotInForceError:
        return law_versions()[0]


def plan_row(case: Case, new: NewPlan) -> Plan:
    """An unsaved plan."""
    values = {name: getattr(new, name) for name in PLAN_VALUES}
    if _moved(new):
        values["transferred_on"] = new.transferred_on or new.started_on
    if new.ceased_on is None:
        values["next_review_due_on"] = next_review_due(
            started_on=new.started_on,
            decided_on=new.last_review_decided_on,
            met_on=new.last_review_meeting_on,
            recorded_from=new.recorded_from,
        )
    return Plan(case_id=case.pk, person_id=case.person_id, **values)


def named_values(plan: Plan, one: NewNamed, now: datetime) -> Row:
    """The values of an entry of section I, in the order of NAMED."""
    code, other = one.sen_setting, one.sen_setting_other
    flags = (one.sen_unit, one.resourced_provision)
    return (new_id(), now, now, plan.pk, one.setting_id, code, other, one.rank, *flags)


def deadline_values(case: Case, due: clock.Due, now: datetime) -> Row:
    """The values of an open deadline, in the order of DEADLINE."""
    what = (due.rule, due.subject, due.trigger_on, due.due_on, str(due.turn), bool(due.excused_by))
    return (new_id(), now, now, case.pk, case.caseworker_id, *what)


def event_values(case: Case, new: NewEvent, ref: ActorRef, now: datetime) -> Row:
    """The values of an event, in the order of EVENT."""
    return (case.pk, str(new.kind), new.on, now, ref.id, ref.label, new.note, dict(new.data))


def _advice(case: Case, new: NewAdvice) -> Advice:
    names = ("kind", "adviser_id", "requested_on", "returned_on", "cancelled_on", "late_reason")
    row = Advice(case_id=case.pk, **{name: getattr(new, name) for name in names})
    row.due_on = deadlines.due(steps.ADVICE, row.requested_on, on=law_date(case.law_version))
    return row


def _consultation(case: Case, new: NewConsultation) -> SettingConsultation:
    names = ("setting_id", "sent_on", "replied_on", "reply", "grounds")
    row = SettingConsultation(case_id=case.pk, **{name: getattr(new, name) for name in names})
    row.due_on = deadlines.due(steps.CONSULTATION, row.sent_on, on=law_date(case.law_version))
    return row


def _claim(case: Case, new: NewClaim, label: str) -> ExceptionClaim:
    names = ("rule", "ground", "evidence", "starts_on", "ends_on", "decided_by", "decided_on")
    also = ("advice_requested_on", "family_told_on")
    row = ExceptionClaim(case_id=case.pk, **{name: getattr(new, name) for name in (*names, *also)})
    row.decided_by = row.decided_by or label
    return row


def _events(new: NewCase) -> Iterator[NewEvent]:
    """The timeline that the days of a case tell."""
    refused = new.status == Status.NOT_ASSESSING
    no_plan = new.status == Status.NOT_ISSUING
    told: list[tuple[EventKind, date | None]] = [
        (EventKind.REQUEST_RECEIVED, new.received_on),
        (EventKind.DECIDED_NOT_TO_ASSESS, new.assess_refused_on),
        (
            EventKind.DECIDED_NOT_TO_ASSESS if refused else EventKind.DECIDED_TO_ASSESS,
            new.decided_to_assess_on,
        ),
        (EventKind.DECIDED_NOT_TO_ISSUE, new.issue_refused_on),
        (EventKind.DECIDED_NOT_TO_ISSUE if no_plan else EventKind.DECIDED_TO_ISSUE, new.decided_to_issue_on),
        (EventKind.DRAFT_SENT, new.draft_sent_on),
        (EventKind.VIEWS_RECEIVED, new.views_received_on),
        (EventKind.WITHDRAWN, new.closed_on if new.status == Status.WITHDRAWN else None),
    ]
    if new.plan is not None:
        told += _plan_events(new.plan)
    yield from (NewEvent(kind, on) for kind, on in told if on is not None)


def _plan_events(plan: NewPlan) -> list[tuple[EventKind, date | None]]:
    moved = _moved(plan)
    return [
        (
            EventKind.PLAN_TRANSFERRED_IN if moved else EventKind.PLAN_ISSUED,
            (plan.transferred_on or plan.started_on) if moved else plan.started_on,
        ),
        (EventKind.REVIEW_HELD, plan.last_review_meeting_on),
        (EventKind.REVIEW_DECIDED, plan.last_review_decided_on),
        (EventKind.PLAN_AMENDED, plan.amended_on),
        (EventKind.CEASE_DECIDED, plan.cease_decided_on),
        (EventKind.PLAN_CEASED, plan.ceased_on),
    ]
