"""Exceptions: a ground in law that excuses one named limit. None moves, pauses or restarts a due date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.casework import clock, permissions, policies
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import Case, ExceptionClaim
from goldenthread.casework.reading import facts_of
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.statute.exceptions import Claim, check_claim
from goldenthread.statute.grounds import all_grounds
from goldenthread.statute.rules import law_date


@transaction.atomic
def claim_exception(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    rule: str,
    ground: str,
    evidence: str,
    starts_on: date,
    ends_on: date | None = None,
    advice_requested_on: date | None = None,
    family_told_on: date | None = None,
    version: int | None = None,
) -> Case:
    """Record that a ground in law excuses one limit of this case, with its evidence and dates; decided `on`.

    `rule` is the limit, `ground` an id of statute (E1 to E4 for 6, 16 and 20 weeks, A1 to A3 for advice). It
    is refused if the law does not let the ground excuse that limit, or its dates do not fit. Raises
    NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput. Source: R5(4), R8(2), R10(4), R13(3), R44(3).
    """
    case = begin(case_id, by, permissions.check_can_claim_exception, version)
    policies.check_state(case, EventKind.EXCEPTION_CLAIMED)
    policies.check_after_receipt(case, on)
    policies.check_reason(evidence, "evidence")
    if ground not in {one.id for one in all_grounds()}:
        raise InvalidInput(f"“{ground}” is not a ground in law.", "Choose one from the list.", "ground")
    claim = Claim(ground, rule, starts_on, ends_on, advice_requested_on, evidence)
    _check_stands(case, claim)
    made = ExceptionClaim.objects.create(
        case=case,
        rule=rule,
        ground=ground,
        evidence=evidence.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        advice_requested_on=advice_requested_on,
        decided_by=actor_ref(by).label,
        decided_on=on,
        family_told_on=family_told_on,
    )
    data = {"exception": str(made.pk), "rule": rule, "ground": ground}
    return happened(case, by=by, kind=EventKind.EXCEPTION_CLAIMED, on=on, note=evidence, data=data)


@transaction.atomic
def end_exception(
    *, case_id: UUID, by: Actor, on: date, exception_id: UUID, note: str = "", version: int | None = None
) -> Case:
    """Record the last day of what an exception is about. Whether it still stands is then counted afresh.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_claim_exception, version)
    policies.check_state(case, EventKind.EXCEPTION_ENDED)
    made = case.exceptions.filter(pk=exception_id).first()
    if made is None:
        raise NotFound("There is no such exception on this case.")
    if made.ends_on is not None:
        raise NotAllowedNow("The last day of this exception is recorded already.")
    policies.check_known_day(on)
    policies.check_not_before(on, made.starts_on, "it began")
    made.ends_on = on
    made.save()
    data = {"exception": str(made.pk), "rule": made.rule, "ground": made.ground}
    return happened(case, by=by, kind=EventKind.EXCEPTION_ENDED, on=on, note=note, data=data)


def _check_stands(case: Case, claim: Claim) -> None:
    """The ground lifts this limit, and its dates fit at least one time the limit runs on this case."""
    running = [due for due in clock.deadlines_for(facts_of(case)) if due.rule == claim.rule_id]
    if not running:
        raise InvalidInput("This limit does not run on this case.", "Choose one that does.", "rule")
    law = law_date(case.law_version)
    tested = [check_claim(claim, trigger=due.trigger_on, on=law) for due in running]
    if not any(found.stands for found in tested):
        raise InvalidInput(
            tested[0].reason, "An exception needs a ground that the law gives for this limit.", "ground"
        )
