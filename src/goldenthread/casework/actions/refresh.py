"""Storing what the clock says: the case's own columns and its deadline rows. Called by every action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldenthread.casework import clock, pace, steps
from goldenthread.casework.enums import STAGE_OF
from goldenthread.casework.facts import CaseFacts
from goldenthread.casework.models import Case, Deadline
from goldenthread.casework.reading import facts_of

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
    change = reconcile(case, dues, Deadline.objects.filter(case=case), on=on, corrected=corrected)
    Deadline.objects.bulk_create(change.fresh)
    for row in change.changed:
        row.save()
    Deadline.objects.filter(pk__in=[row.pk for row in change.gone]).delete()
    return dues


@dataclass(slots=True)
class Change:
    """What has to be written so that the stored deadlines are those of the clock."""

    fresh: list[Deadline] = field(default_factory=list)
    changed: list[Deadline] = field(default_factory=list)
    gone: list[Deadline] = field(default_factory=list)


def reconcile(
    case: Case, dues: Iterable[clock.Due], stored: Iterable[Deadline], *, on: date, corrected: bool
) -> Change:
    """Hold the rows of a case against what is due. Pure but for the rows it changes, which are not saved."""
    rows: dict[Key, Deadline] = {(row.rule, row.subject, row.trigger_on): row for row in stored}
    change = Change()
    for due in dues:
        row = rows.pop((due.rule, due.subject, due.trigger_on), None)
        if row is None:
            if due.is_open:
                change.fresh.append(row_for(case, due))
        elif _differs(row, due, case):
            change.changed.append(row)
    for row in rows.values():
        if row.closed_on is not None:
            continue
        if row.rule in _CYCLES and not corrected:
            row.closed_on, row.met = on, True
            change.changed.append(row)
        else:
            change.gone.append(row)
    return change


def row_for(case: Case, due: clock.Due) -> Deadline:
    """An unsaved row of an open due."""
    return Deadline(
        case_id=case.pk,
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


def _differs(row: Deadline, due: clock.Due, case: Case) -> bool:
    """Bring the row in line; whether anything about it changed."""
    new = {
        "due_on": due.due_on,
        "turn": str(due.turn),
        "excused": bool(due.excused_by),
        "closed_on": due.closed_on,
        "met": due.met,
        "caseworker_id": case.caseworker_id,
    }
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    return bool(changed)
