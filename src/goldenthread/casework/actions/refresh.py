"""Storing what the clock says: the case's own columns and its deadline rows. Called by every action."""

from __future__ import annotations

from datetime import date

from goldenthread.casework import clock, pace, steps
from goldenthread.casework.enums import STAGE_OF
from goldenthread.casework.facts import CaseFacts, facts_of
from goldenthread.casework.models import Case, Deadline

Key = tuple[str, str, date]

# When the plan's next cycle begins, the row of the last one is kept as met.
_CYCLES = frozenset(
    {
        steps.ANNUAL_REVIEW,
        steps.MOVE_REVIEW,
        steps.REVIEW_DECISION,
        steps.PHASE_TRANSFER,
        steps.POST16_TRANSFER,
    }
)


def apply(case: Case, facts: CaseFacts, dues: list[clock.Due], recent: pace.Paces, today: date) -> None:
    """Set the columns that the clock owns on an unsaved case. Pure but for the case it fills."""
    stands = clock.standing(facts, dues)
    case.stage = STAGE_OF[case.status]
    case.next_step = stands.next.rule if stands.next else ""
    case.next_due_on = stands.next.due_on if stands.next else None
    case.next_excused = bool(stands.next and stands.next.excused_by)
    case.turn, case.turn_until = stands.turn, stands.turn_until
    case.final_due_on = stands.final_due_on
    case.forecast_on = pace.forecast_finish(facts, recent, today)
    issued = facts.plan_issued_on
    case.days_to_plan = (issued - facts.received_on).days if issued and facts.received_on else None


def refresh(case: Case, *, on: date, today: date, corrected: bool = False) -> list[clock.Due]:
    """Count a case's clock afresh: fill its columns (the caller saves it) and bring its deadlines in line.

    `on` closes rows that the new facts no longer have; after a correction those rows were wrong, and go.
    """
    facts = facts_of(case)
    dues = clock.deadlines_for(facts)
    apply(case, facts, dues, pace.current(today), today)
    _store(case, dues, on=on, corrected=corrected)
    return dues


def _store(case: Case, dues: list[clock.Due], *, on: date, corrected: bool) -> None:
    rows: dict[Key, Deadline] = {
        (row.rule, row.subject, row.trigger_on): row for row in Deadline.objects.filter(case=case)
    }
    fresh = []
    for due in dues:
        row = rows.pop((due.rule, due.subject, due.trigger_on), None)
        if row is not None:
            _update(row, due, case)
        elif due.is_open:
            fresh.append(row_for(case, due))
    Deadline.objects.bulk_create(fresh)
    _settle_leftovers(rows, on=on, corrected=corrected)


def row_for(case: Case, due: clock.Due) -> Deadline:
    """An unsaved row of an open due."""
    return Deadline(
        case=case,
        caseworker_id=case.caseworker_id,
        rule=due.rule,
        subject=due.subject,
        trigger_on=due.trigger_on,
        due_on=due.due_on,
        turn=due.turn,
        excused=bool(due.excused_by),
        closed_on=due.closed_on,
        met=due.met,
    )


def _update(row: Deadline, due: clock.Due, case: Case) -> None:
    new = (due.due_on, str(due.turn), bool(due.excused_by), due.closed_on, due.met, case.caseworker_id)
    old = (row.due_on, str(row.turn), row.excused, row.closed_on, row.met, row.caseworker_id)
    if new != old:
        row.due_on, row.turn, row.excused = due.due_on, due.turn, bool(due.excused_by)
        row.closed_on, row.met, row.caseworker_id = due.closed_on, due.met, case.caseworker_id
        row.save()


def _settle_leftovers(rows: dict[Key, Deadline], *, on: date, corrected: bool) -> None:
    gone = []
    for row in rows.values():
        if row.closed_on is not None and not corrected:
            continue
        if row.rule in _CYCLES and not corrected:
            row.closed_on, row.met = on, True
            row.save()
        elif row.closed_on is None:
            gone.append(row.pk)
    Deadline.objects.filter(pk__in=gone).delete()
