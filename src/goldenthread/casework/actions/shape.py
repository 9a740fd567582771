"""The shape every write on one case has: begin it, then say what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.casework import notices, policies, queries, workflow
from goldenthread.casework.actions.refresh import refresh
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, CaseEvent
from goldenthread.core import audit
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor, actor_ref


def begin(case_id: UUID, by: Actor, may: Callable[[Actor], None], version: int | None) -> Case:
    """The case, locked, once this person may do it and nobody changed it meanwhile.

    Raises NotFound, NotPermitted or ChangedMeanwhile. Call it inside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an action opens its transaction before it reads the case")
    case = queries.locked(case_id)
    may(by)
    policies.check_version(case, version)
    return case


def happened(
    case: Case,
    *,
    by: Actor,
    kind: EventKind,
    on: date,
    note: str = "",
    data: dict[str, Any] | None = None,
    corrected: bool = False,
) -> Case:
    """Move the case through the workflow table, count its clock, save it, and write event, audit and notices.

    Raises NotAllowedNow where the table has no such move.
    """
    _move(case, kind)
    today = site_clock.today()
    dues = refresh(case, on=on, today=today, corrected=corrected)
    case.version += 1
    case.save()
    write_event(case, by=by, kind=kind, on=on, note=note, data=data)
    told = workflow.TOLD[kind]
    audit.record(
        by=by,
        action=told.audit,
        obj=case,
        person_id=case.person_id,
        details={"status": str(case.status), "version": case.version, **_codes(data)},
    )
    if told.notice:
        notices.tell(case, told.notice, by=by, data=data or {}, dues=dues)
    return case


def happened_at_start(
    case: Case, *, by: Actor, kind: EventKind, on: date, note: str, data: dict[str, Any]
) -> Case:
    """The first event of a case that has just been saved in its first status, with version 0."""
    if workflow.next_status(workflow.START, kind) != case.status:
        raise ValueError(f"a case does not begin with {kind}")
    dues = refresh(case, on=on, today=site_clock.today())
    case.version += 1
    case.save()
    write_event(case, by=by, kind=kind, on=on, note=note, data=data)
    told = workflow.TOLD[kind]
    audit.record(by=by, action=told.audit, obj=case, person_id=case.person_id, details=_codes(data))
    if told.notice:
        notices.tell(case, told.notice, by=by, data=data, dues=dues)
    return case


def write_event(
    case: Case, *, by: Actor, kind: EventKind, on: date, note: str = "", data: dict[str, Any] | None = None
) -> CaseEvent:
    """Append one row to the case's history."""
    ref = actor_ref(by)
    return CaseEvent.objects.create(
        case=case,
        kind=kind,
        on=on,
        actor_id=ref.id,
        actor_label=ref.label,
        note=note.strip(),
        data=data or {},
    )


def _move(case: Case, kind: EventKind) -> None:
    policies.check_move(case, kind)
    to = workflow.next_status(case.status, kind)
    case.status = Status(to or case.status)


def _codes(data: dict[str, Any] | None) -> dict[str, Any]:
    """What of an event's data may stand on the audit log: codes, dates, keys and counts, no free text."""
    return {key: value for key, value in (data or {}).items() if key not in {"grounds", "old", "new"}}
