"""Allocating cases, notes, and corrections of a day that was recorded wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from goldenthread.casework import permissions, policies
from goldenthread.casework.actions.plans import applied_exception
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import LIVE, EventKind
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.core.roles import CASEWORK


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a bulk allocation did."""

    allocated: int
    unchanged: int


class AllocationRefused(NotAllowedNow):
    """Nothing was allocated; `problems` says why, case by case: reference (or key) and reason."""

    title = "No case was allocated"

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        listed = "; ".join(f"{name}: {why}" for name, why in problems[:5])
        more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
        super().__init__(
            f"No case was allocated. {listed}{more}.", "Take these out of the choice and try again."
        )
        self.problems = problems


@transaction.atomic
def allocate(
    *, case_ids: Sequence[UUID], caseworker_id: UUID | None, by: Actor, on: date, note: str = ""
) -> Allocation:
    """Give cases to a Plan Co-ordinator (None: to nobody): all of them, or none with the reasons.

    Raises NotPermitted, InvalidInput for somebody who does no casework, AllocationRefused.
    """
    permissions.check_can_allocate(by)
    policies.check_known_day(on)
    caseworker = _caseworker(caseworker_id)
    wanted = list(dict.fromkeys(case_ids))
    cases = _locked_all(wanted)
    problems = [(str(key), "there is no such case") for key in wanted if key not in cases]
    problems += [(one.reference, "it is closed") for one in cases.values() if one.status not in LIVE]
    if problems:
        raise AllocationRefused(problems)
    changed = [cases[key] for key in wanted if cases[key].caseworker_id != caseworker_id]
    for case in changed:
        before = str(case.caseworker_id or "")
        case.caseworker = caseworker
        data = {"caseworker": str(caseworker_id or ""), "before": before}
        happened(case, by=by, kind=EventKind.ALLOCATED, on=on, note=note, data=data)
    return Allocation(allocated=len(changed), unchanged=len(wanted) - len(changed))


def _caseworker(caseworker_id: UUID | None) -> User | None:
    if caseworker_id is None:
        return None
    user = User.objects.filter(pk=caseworker_id, is_active=True, role__in=CASEWORK).first()
    if user is None:
        raise InvalidInput(
            "Cases go to a Plan Co-ordinator or manager who is at work here.", "Choose one.", "caseworker"
        )
    return user


def _locked_all(keys: list[UUID]) -> dict[UUID, Case]:
    """The cases by key, locked in the order of their keys, so that two such writes cannot deadlock."""
    found: dict[UUID, Case] = {}
    for start in range(0, len(keys), 500):
        rows = Case.objects.select_for_update(of=("self",)).select_related("person")
        found.update(
            {row.pk: row for row in rows.filter(pk__in=sorted(keys)[start : start + 500]).order_by("pk")}
        )
    return found


@transaction.atomic
def add_note(*, case_id: UUID, by: Actor, on: date, note: str, version: int | None = None) -> Case:
    """Add a note to the timeline. Raises NotPermitted, ChangedMeanwhile, InvalidInput."""
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_known_day(on)
    if not note.strip():
        raise InvalidInput("The note is empty.", "Write it, or leave it.", "note")
    return happened(case, by=by, kind=EventKind.NOTE, on=on, note=note)


# What may be corrected, in the order in which the days must follow each other.
ON_CASE = ("received_on", "decided_to_assess_on", "decided_to_issue_on", "draft_sent_on", "plan_issued_on")
ON_PLAN = ("last_review_meeting_on", "last_review_decided_on", "amendment_notice_on", "amended_on")
ALSO = ("views_received_on",)
CORRECTABLE = ON_CASE + ALSO + ON_PLAN


@transaction.atomic
def correct_date(
    *, case_id: UUID, by: Actor, on: date, field: str, value: date, reason: str, version: int | None = None
) -> Case:
    """Put right a day that was recorded wrongly (`field`: one of CORRECTABLE), and count everything afresh.

    The old day stays on the timeline. A day that was never recorded is not corrected but recorded by its own
    action. Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.CORRECTED)
    policies.check_reason(reason)
    policies.check_known_day(on)
    policies.check_known_day(value, "value")
    if field not in CORRECTABLE:
        raise InvalidInput(f"“{field}” can't be corrected here.", "Choose one from the list.", "field")
    record = case if field in ON_CASE + ALSO else getattr(case, "plan", None)
    old: date | None = getattr(record, field, None)
    if record is None or old is None:
        raise NotAllowedNow("There is no such day on this case to correct.", "Record it instead.")
    setattr(record, field, value)
    _carry_over(case, field, old, value)
    _check_order(case)
    if record is not case or field == "plan_issued_on":
        case.plan.save()
    data = {"field": field, "old": old.isoformat(), "new": value.isoformat()}
    return happened(case, by=by, kind=EventKind.CORRECTED, on=on, note=reason, data=data, corrected=True)


def _carry_over(case: Case, field: str, old: date, value: date) -> None:
    """What is the same day under another name."""
    if field == "plan_issued_on":
        case.plan.started_on = value
    if field in {"decided_to_assess_on", "decided_to_issue_on"} and case.closed_on == old:
        case.closed_on = value
    if case.plan_issued_on is not None:
        case.week20_exception = applied_exception(case)


def _check_order(case: Case) -> None:
    known = [(name, getattr(case, name)) for name in ON_CASE if getattr(case, name) is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            raise InvalidInput(
                f"{_label(later)} would be before {_label(earlier).lower()}.", "Check both days.", "value"
            )
    if case.views_received_on and case.draft_sent_on and case.views_received_on < case.draft_sent_on:
        raise InvalidInput("The views would be before the draft.", "Check both days.", "value")


def _label(field: str) -> str:
    return {
        "received_on": "The request",
        "decided_to_assess_on": "The decision on assessing",
        "decided_to_issue_on": "The decision on a plan",
        "draft_sent_on": "The draft",
        "plan_issued_on": "The final plan",
    }[field]
