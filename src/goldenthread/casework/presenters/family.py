"""A case as the family or young person reads it: plain words, what happens next, by when, whose turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from goldenthread.casework import steps
from goldenthread.casework.enums import OPEN_REQUEST, EventKind, Status, Turn
from goldenthread.casework.models import Case, CaseEvent
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import turn_now
from goldenthread.casework.queries.pages import Waits
from goldenthread.core.models import Notice
from goldenthread.core.roles import Role
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Event
from goldenthread.statute.grounds import ground

_STANDS = {
    Status.REQUESTED: "We have the request, and are deciding whether to assess {whose} needs.",
    Status.NOT_ASSESSING: "We decided not to carry out an EHC needs assessment.",
    Status.ASSESSING: "We are assessing {whose} needs.",
    Status.NOT_ISSUING: "We decided not to issue an EHC plan.",
    Status.ISSUING: "We have agreed that {name} {needs} an EHC plan, and are writing it.",
    Status.DRAFT: "You have the draft plan. We are getting the final plan ready.",
    Status.PLAN: "{Name} {has} an EHC plan.",
    Status.CEASED: "{Whose} EHC plan has ended.",
    Status.WITHDRAWN: "The request has ended.",
}
_HAPPENED = {
    EventKind.REQUEST_RECEIVED: "The request for an EHC needs assessment reached us",
    EventKind.DECIDED_TO_ASSESS: "We decided to carry out an EHC needs assessment",
    EventKind.DECIDED_NOT_TO_ASSESS: "We decided not to carry out an EHC needs assessment",
    EventKind.ADVICE_REQUESTED: "We asked for advice",
    EventKind.ADVICE_RETURNED: "Advice came back to us",
    EventKind.DECIDED_TO_ISSUE: "We agreed that an EHC plan is needed",
    EventKind.DECIDED_NOT_TO_ISSUE: "We decided not to issue an EHC plan",
    EventKind.DRAFT_SENT: "We sent you the draft plan",
    EventKind.VIEWS_RECEIVED: "You told us what you think of the draft",
    EventKind.SETTING_CONSULTED: "We asked a school or college about a place",
    EventKind.SETTING_REPLIED: "A school or college answered us",
    EventKind.PLAN_ISSUED: "We sent you the final EHC plan",
    EventKind.PLAN_TRANSFERRED_IN: "The EHC plan came to us from your last council",
    EventKind.REVIEW_HELD: "The annual review meeting was held",
    EventKind.REVIEW_DECIDED: "We decided what follows from the annual review",
    EventKind.PLAN_AMENDED: "We sent you the changed EHC plan",
    EventKind.CEASE_DECIDED: "We decided to end the EHC plan",
    EventKind.CEASE_REVERSED: "The EHC plan goes on after all",
    EventKind.PLAN_CEASED: "The EHC plan ended",
    EventKind.WITHDRAWN: "The request ended",
    EventKind.EXCEPTION_CLAIMED: "We recorded a reason in law for a step taking longer",
}
# What happened that a family sees; notes, corrections and allocation are the council's own.
SHOWN = tuple(str(kind) for kind in _HAPPENED)
_TURN = {
    Turn.COUNCIL: "Ours: the council",
    Turn.ADVISER: "The people we asked for advice",
    Turn.FAMILY: "Yours",
    Turn.SETTING: "A school or college",
    Turn.NOBODY: "Nobody’s",
}
# Whose advice a case waits for, as it stands in a sentence.
_AWAITED = {
    "family": "what you tell us of your views and wishes",
    "educational": "advice from the school or college",
    "medical": "medical advice from the health service",
    "psychological": "advice from an educational psychologist",
    "social_care": "advice from social care",
    "adulthood": "advice on preparing for adulthood",
    "sensory": "advice from a teacher for sensory impairment",
    "requested": "the advice that you asked for",
    "other": "advice from somebody else whom we asked",
}
_REASONS = frozenset(
    {str(EventKind.DECIDED_NOT_TO_ASSESS), str(EventKind.DECIDED_NOT_TO_ISSUE), str(EventKind.CEASE_DECIDED)}
)


@dataclass(frozen=True)
class FamilyCase:
    """The first things a family wants to know."""

    name: str
    reference: str
    href: str
    stands: str
    next_title: str
    next_on: date | None
    late: str
    turn: str
    coordinator: str
    phone: str
    closed: bool


def family_case(case: Case, today: date, *, own: bool = False) -> FamilyCase:
    """What is known of a case, in plain words; `own`: the young person reads it."""
    called = words.called(case.person, own=own)
    turn, title, on = turn_now(case, today), words.family_words(case.next_step, called), case.next_due_on
    if turn == Turn.FAMILY and case.turn_until:
        title, on = words.family_words(steps.VIEWS, called), case.turn_until
    worker = case.caseworker
    profile = getattr(worker, "staff_profile", None) if worker else None
    return FamilyCase(
        name=str(case.person),
        reference=case.reference,
        href=reverse("family_case", args=[case.pk]),
        stands=_STANDS[Status(case.status)].format_map(called),
        next_title=title,
        next_on=on,
        late=_late(on, today),
        turn=_TURN[turn],
        coordinator=worker.name if worker else "",
        phone=profile.phone if profile else "",
        closed=not case.next_step,
    )


def _late(on: date | None, today: date) -> str:
    if on is None or on >= today:
        return ""
    return f"This is late. The law gave us until {long_date(on)}. We are sorry."


def finish(case: Case) -> str:
    """When the plan is likely, if later than the 20 weeks; nothing otherwise."""
    likely, limit = case.forecast_on, case.final_due_on
    if case.status not in OPEN_REQUEST or likely is None or limit is None or likely <= limit:
        return ""
    return (
        f"If we decide that a plan is needed, it is likely on {long_date(likely)}. That is later than "
        f"{long_date(limit)}, when the 20 weeks in law end."
    )


def why_late(waits: Waits, today: date, waits_for: str = "") -> list[str]:
    """The reasons known for a case that is late or likely to be: whose advice, which step, which exception.

    `waits_for` is the next step in the family's words.
    """
    reasons = []
    for due in waits.dues:
        if due.rule == steps.ADVICE and due.is_open:
            whose = _AWAITED.get(waits.kinds.get(due.subject, ""), "advice")
            was = "was" if due.due_on < today else "is"
            reasons.append(f"We are waiting for {whose}. It {was} due on {long_date(due.due_on)}.")
    if not reasons and waits_for:
        reasons.append(f"What it waits for now: {waits_for[0].lower()}{waits_for[1:]}.")
    return reasons + [f"The law excuses a delay for this reason: {ground(one).text}" for one in waits.grounds]


def happened(events: Iterable[CaseEvent]) -> list[Event]:
    """What has happened; the reasons of a refusal are the family's to read."""
    return [
        Event(
            when=one.on,
            title=_HAPPENED[EventKind(one.kind)],
            colour=words.colour_of(one.kind),
            text=one.note if one.kind in _REASONS else "",
        )
        for one in events
        if EventKind(one.kind) in _HAPPENED
    ]


def seen_by(looks: Iterable[tuple[str, datetime]]) -> list[tuple[str, date]]:
    """Which roles have looked at the record, each with its last day, in the order given."""
    return [(str(Role(role).label) if role else "The system", at.date()) for role, at in looks]


def letters(notices: Sequence[Notice]) -> list[tuple[date, str, str]]:
    """The messages sent: day, subject, words."""
    return [(one.created_at.date(), one.subject, one.body) for one in notices]
