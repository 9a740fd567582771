"""The worklist as it stood on a day: counted from the facts known then, not from what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from goldenthread.casework import clock
from goldenthread.casework.enums import LIVE, EventKind, Turn
from goldenthread.casework.facts import CaseFacts, status_of
from goldenthread.casework.facts import as_of as facts_on
from goldenthread.casework.models import Case, CaseEvent
from goldenthread.casework.reading import facts_of

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One case: its earliest open step on the day. No names: the keys of `manage worklist --json`.

    `days_late` is 0 until the day after `due_on`. `caseworker` is the email address of who has it now.
    """

    case: str
    reference: str
    person: str
    stage: str
    step: str
    due_on: str
    days_late: int
    excused: bool
    turn: str
    received_on: str
    final_due_on: str
    caseworker: str

    def as_dict(self) -> dict[str, Any]:
        """The same as a dict, in this order."""
        return asdict(self)


def worklist_on(day: date, *, overdue: bool = False, caseworker_id: UUID | None = None) -> Iterator[Row]:
    """Every open case with a step due, as the record stood at the end of a day; earliest due first.

    Reviews decided after the day are looked up on the timeline; a review before a case was loaded here is
    known only if it was the last one.
    """
    rows = (
        row for case, facts in _cases_on(day, caseworker_id) if (row := _row(case, facts, day)) is not None
    )
    kept = [row for row in rows if row.days_late > 0] if overdue else list(rows)
    kept.sort(key=lambda row: (row.due_on, row.reference))
    return iter(kept)


def _cases_on(day: date, caseworker_id: UUID | None) -> Iterator[tuple[Case, CaseFacts]]:
    begun = Q(received_on=None) | Q(received_on__lte=day) | Q(plan__started_on__lte=day)
    cases = Case.objects.filter(begun, Q(closed_on=None) | Q(closed_on__gt=day))
    if caseworker_id is not None:
        cases = cases.filter(caseworker=caseworker_id)
    rows = cases.select_related("person", "plan", "caseworker")
    rows = rows.prefetch_related("advice", "setting_consultations", "exceptions").order_by("pk")
    last: UUID | None = None
    while chunk := list((rows.filter(pk__gt=last) if last else rows)[:CHUNK]):
        last = chunk[-1].pk
        earlier = _earlier_reviews(chunk, day)
        for case in chunk:
            facts = facts_on(facts_of(case), day)
            if facts is not None and status_of(facts) in LIVE:
                yield case, _with_reviews(facts, earlier.get(case.pk))


Reviews = dict[str, date]


def _earlier_reviews(chunk: list[Case], day: date) -> dict[UUID, Reviews]:
    """For plans reviewed after the day: the last meeting and decision on the timeline by then."""
    later = [case.pk for case in chunk if _reviewed_after(case, day)]
    found: dict[UUID, Reviews] = {}
    kinds = (EventKind.REVIEW_HELD, EventKind.REVIEW_DECIDED)
    events = CaseEvent.objects.filter(case__in=later, on__lte=day, kind__in=kinds).order_by("on", "pk")
    for event in events:
        found.setdefault(event.case_id, {})[event.kind] = event.on
    return found


def _reviewed_after(case: Case, day: date) -> bool:
    plan = getattr(case, "plan", None)
    held = (plan.last_review_meeting_on, plan.last_review_decided_on) if plan else ()
    return any(one is not None and one > day for one in held)


def _with_reviews(facts: CaseFacts, reviews: Reviews | None) -> CaseFacts:
    if facts.plan is None or not reviews:
        return facts
    plan = replace(
        facts.plan,
        review_meeting_on=facts.plan.review_meeting_on or reviews.get(EventKind.REVIEW_HELD),
        review_decided_on=facts.plan.review_decided_on or reviews.get(EventKind.REVIEW_DECIDED),
    )
    return replace(facts, plan=plan)


def _row(case: Case, facts: CaseFacts, day: date) -> Row | None:
    stands = clock.standing(facts)
    due = stands.next
    if due is None:
        return None
    gone_back = stands.turn_until is not None and stands.turn_until < day
    return Row(
        case=str(case.pk),
        reference=case.reference,
        person=str(case.person_id),
        stage=str(status_of(facts)),
        step=due.rule,
        due_on=due.due_on.isoformat(),
        days_late=due.days_late(day),
        excused=bool(due.excused_by),
        turn=str(Turn.COUNCIL if gone_back else stands.turn),
        received_on=facts.received_on.isoformat() if facts.received_on else "",
        final_due_on=stands.final_due_on.isoformat() if stands.final_due_on else "",
        caseworker=case.caseworker.email if case.caseworker else "",
    )
