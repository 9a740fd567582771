"""A request arrives; the council decides whether to assess; it may be withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from goldenthread.casework import permissions, policies
from goldenthread.casework.actions.references import reserve
from goldenthread.casework.actions.shape import begin, happened, happened_at_start
from goldenthread.casework.enums import LIVE, EventKind, Overturned, Route, Status
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.statute.ages import LAST_AGE, age_on
from goldenthread.statute.rules import law_version


@transaction.atomic
def receive_request(
    *,
    person_id: UUID,
    by: Actor,
    on: date,
    source: str,
    route: str = Route.UNKNOWN,
    requested_by: str = "",
    youth_accommodation: bool = False,
    note: str = "",
) -> Case:
    """Record that a request for an EHC needs assessment reached the council on a day: day 0 of the 20 weeks.

    `source` is a SEN2 request source. Raises NotPermitted, NotFound, InvalidInput, and NotAllowedNow while
    the person has an open request or a plan. Source: CFA s.36(1); CoP 9.8.
    """
    permissions.check_can_record_request(by)
    policies.check_known_day(on)
    policies.check_code(source, "request_source", "source")
    _check_route(route)
    case = Case(person_id=person_id, received_on=on, source=source, route=route, law_version=law_version(on))
    lock_person(case)
    _check_age(case, on)
    check_nothing_open(case)
    case.requested_by, case.youth_accommodation = requested_by.strip(), youth_accommodation
    case.reference, case.status, case.version = reserve(1)[0], Status.REQUESTED, 0
    case.save(force_insert=True)
    data = {"source": source, "route": str(route)}
    return happened_at_start(case, by=by, kind=EventKind.REQUEST_RECEIVED, on=on, note=note, data=data)


@transaction.atomic
def decide_to_assess(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    yes: bool,
    reason: str = "",
    overturned: str = "",
    ordered_on: date | None = None,
    version: int | None = None,
) -> Case:
    """Decide whether to carry out an EHC needs assessment; `on` is the day the family is told.

    A refusal needs its reason. After a refusal, yes needs `overturned` (enums.Overturned) and, unless the
    council changed its own mind, `ordered_on`: the day of the order or agreement, from which the times of R44
    run. Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput. Source: CFA s.36; R5.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    kind = EventKind.DECIDED_TO_ASSESS if yes else EventKind.DECIDED_NOT_TO_ASSESS
    policies.check_state(case, kind)
    policies.check_day(case, on)
    if not yes:
        policies.check_reason(reason)
    if case.status == Status.NOT_ASSESSING:
        check_overturned(case.decided_to_assess_on, overturned, ordered_on, on)
        case.assess_refused_on, case.assess_ordered_on = case.decided_to_assess_on, ordered_on
        case.request_mediation |= overturned == Overturned.MEDIATION
        case.request_tribunal |= overturned == Overturned.TRIBUNAL
    case.decided_to_assess_on = on
    case.closed_on, case.closing_reason = (None, "") if yes else (on, reason.strip()[:250])
    return happened(case, by=by, kind=kind, on=on, note=reason, data=overturning(overturned, ordered_on))


@transaction.atomic
def withdraw(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    reason: str,
    exported_to: str = "",
    version: int | None = None,
) -> Case:
    """End an open request without a decision: withdrawn, moved away (`exported_to`: LA code), died.

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.WITHDRAWN)
    policies.check_day(case, on)
    policies.check_reason(reason)
    case.closed_on, case.closing_reason, case.exported_to = on, reason.strip()[:250], exported_to
    data = {"exported_to": exported_to} if exported_to else {}
    return happened(case, by=by, kind=EventKind.WITHDRAWN, on=on, note=reason, data=data)


def check_overturned(refused_on: date | None, overturned: str, ordered_on: date | None, on: date) -> None:
    """How the refusal was overturned, and the day of the order or agreement."""
    if overturned not in Overturned.values:
        raise InvalidInput(
            "Say how the refusal was overturned.", "Mediation, tribunal or the council itself.", "overturned"
        )
    if overturned == Overturned.COUNCIL:
        return
    if ordered_on is None:
        raise InvalidInput(
            "Give the day of the order or agreement.", "The new times run from it.", "ordered_on"
        )
    policies.check_known_day(ordered_on, "ordered_on")
    policies.check_not_before(ordered_on, refused_on, "the refusal", "ordered_on")
    policies.check_not_before(on, ordered_on, "the order or agreement")


def overturning(overturned: str, ordered_on: date | None) -> dict[str, str]:
    if not overturned:
        return {}
    return {"overturned": overturned, **({"ordered_on": ordered_on.isoformat()} if ordered_on else {})}


def _check_route(route: str) -> None:
    if route not in Route.values:
        raise InvalidInput(f"“{route}” is not a way a request arrives.", "Choose one from the list.", "route")


def lock_person(case: Case) -> None:
    """Hold the person's row, so that two requests for one person cannot both find nothing open."""
    people = apps.get_model("people.Person")._default_manager
    person: Any = people.select_for_update().filter(pk=case.person_id, merged_into=None).first()
    if person is None:
        raise NotFound("There is no such person.")
    case.person = person


def _check_age(case: Case, on: date) -> None:
    if on < case.person.birth_date:
        raise InvalidInput("The request is before the date of birth.", "Check both dates.", "on")
    if age_on(case.person.birth_date, on) >= LAST_AGE:
        raise InvalidInput(
            "The person was 25 or over on that day.", "A request can be made until the 25th birthday.", "on"
        )


def check_nothing_open(case: Case) -> None:
    """No request of this person waits for a decision, and no plan is maintained."""
    other = Case.objects.filter(person_id=case.person_id, status__in=LIVE).exclude(pk=case.pk).first()
    if other is None:
        return
    what = "has an EHC plan" if other.status == Status.PLAN else "has an open request"
    raise NotAllowedNow(f"This person already {what}: {other.reference}.", "Work on that case instead.")
