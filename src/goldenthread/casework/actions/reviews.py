"""Annual reviews: the meeting, the decision, the amended plan; and phase transfers (R18 to R22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.casework import permissions, policies
from goldenthread.casework.actions.ceasing import cease
from goldenthread.casework.actions.plans import SectionI, check_needs, write_section_i
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import EventKind, ReviewOutcome
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.statute.deadlines import annual_review_due


@transaction.atomic
def record_review_meeting(
    *, case_id: UUID, by: Actor, on: date, note: str = "", version: int | None = None
) -> Case:
    """Record that an annual review meeting was held: the decision is due in 4 weeks (R20(10)).

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.REVIEW_HELD)
    policies.check_known_day(on)
    plan = case.plan
    policies.check_not_before(on, plan.started_on, "the plan was made")
    policies.check_not_before(on, plan.last_review_decided_on, "the last review was decided")
    plan.last_review_meeting_on = on
    plan.save()
    return happened(case, by=by, kind=EventKind.REVIEW_HELD, on=on, note=note)


@transaction.atomic
def record_review_decision(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    outcome: str,
    reason: str = "",
    cease_reason: str = "",
    version: int | None = None,
) -> Case:
    """Decide after a review to keep, amend or cease the plan, and tell the family: this ends the review.

    `outcome` is enums.ReviewOutcome. To amend: the notice with the proposed changes goes on the same day, and
    the amended plan is due 8 weeks later, within 12 of the meeting. To cease: `reason` and `cease_reason` as
    in `decide_to_cease`. Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.REVIEW_DECIDED)
    policies.check_known_day(on)
    plan = case.plan
    policies.check_not_before(on, plan.last_review_meeting_on, "the review meeting")
    if outcome not in ReviewOutcome.values:
        raise InvalidInput("Say whether the plan is kept, amended or ceased.", "Choose one.", "outcome")
    plan.last_review_decided_on, plan.review_outcome = on, outcome
    plan.next_review_due_on = annual_review_due(plan.started_on, on)
    if outcome == ReviewOutcome.AMEND:
        plan.amendment_notice_on = on
    plan.save()
    case = happened(
        case, by=by, kind=EventKind.REVIEW_DECIDED, on=on, note=reason, data={"outcome": str(outcome)}
    )
    if outcome == ReviewOutcome.CEASE:
        return cease(case, by=by, on=on, reason=reason, cease_reason=cease_reason)
    return case


@transaction.atomic
def send_amended_plan(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    primary_need: str = "",
    secondary_need: str = "",
    named: Sequence[SectionI] = (),
    phase_transfer: bool = False,
    note: str = "",
    version: int | None = None,
) -> Case:
    """Send the final amended plan, or the reasons for not amending, after a notice of changes (R22(3), (4)).

    Empty `primary_need` or `named` leave needs or section I as they are. `phase_transfer`: it settles the
    move to the next phase. Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.PLAN_AMENDED)
    policies.check_known_day(on)
    plan = case.plan
    if not phase_transfer:
        policies.check_amendment_open(case)
    policies.check_not_before(on, plan.amendment_notice_on or plan.started_on, "the notice of changes")
    plan.amended_on = on
    if primary_need:
        check_needs(primary_need, secondary_need)
        plan.primary_need, plan.secondary_need = primary_need, secondary_need
    if phase_transfer:
        plan.phase_transfer_final_on = on
    plan.save()
    if named:
        write_section_i(plan, named)
    data = {"phase_transfer": phase_transfer, "settings": len(named)}
    return happened(case, by=by, kind=EventKind.PLAN_AMENDED, on=on, note=note, data=data)


@transaction.atomic
def record_phase_transfer(
    *, case_id: UUID, by: Actor, due_on: date, on: date, note: str = "", version: int | None = None
) -> Case:
    """Record by when a plan must be ready for a move to the next phase, where the age alone does not tell.

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput. Source: R18.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.REVIEW_HELD)
    policies.check_known_day(on)
    if (due_on.month, due_on.day) not in {(2, 15), (3, 31)}:
        raise InvalidInput(
            "A phase transfer is due on 15 February or 31 March.", "Correct the day.", "due_on"
        )
    if case.plan.phase_transfer_due_on == due_on:
        raise NotAllowedNow("This transfer is recorded already.")
    case.plan.phase_transfer_due_on = due_on
    case.plan.save()
    data = {"phase_transfer_due_on": due_on.isoformat()}
    return happened(
        case, by=by, kind=EventKind.NOTE, on=on, note=note or "Phase transfer planned.", data=data
    )
