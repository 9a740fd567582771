"""What may happen to an EHC case, where it leads, whose turn it then is, and what is said of it.

One table, `TRANSITIONS`: status, event, next status. A pair that is not in it is refused. The diagrams and
tables in `docs/workflows` are drawn from here by `manage draw_workflows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goldenthread.casework.enums import LIVE, EventKind, Status, Turn

# Where a case is before it exists.
START: Final = ""

_AT_ANY_TIME = (EventKind.NOTE, EventKind.CORRECTED, EventKind.ALLOCATED, EventKind.LOADED)
_WHILE_OPEN = {
    EventKind.WITHDRAWN: Status.WITHDRAWN,
    EventKind.EXCEPTION_CLAIMED: None,
    EventKind.EXCEPTION_ENDED: None,
}
_LATE_ADVICE = {EventKind.ADVICE_RETURNED: None, EventKind.ADVICE_CANCELLED: None}
_CONSULTING = {EventKind.SETTING_CONSULTED: None, EventKind.SETTING_REPLIED: None}

# None: the case stays where it is.
_MOVES: dict[str, dict[EventKind, Status | None]] = {
    START: {
        EventKind.REQUEST_RECEIVED: Status.REQUESTED,
        EventKind.PLAN_TRANSFERRED_IN: Status.PLAN,
    },
    Status.REQUESTED: {
        EventKind.DECIDED_TO_ASSESS: Status.ASSESSING,
        EventKind.DECIDED_NOT_TO_ASSESS: Status.NOT_ASSESSING,
        **_WHILE_OPEN,
    },
    # A refusal is overturned by mediation, the tribunal or the council itself.
    Status.NOT_ASSESSING: {EventKind.DECIDED_TO_ASSESS: Status.ASSESSING},
    Status.ASSESSING: {
        EventKind.ADVICE_REQUESTED: None,
        EventKind.DECIDED_TO_ISSUE: Status.ISSUING,
        EventKind.DECIDED_NOT_TO_ISSUE: Status.NOT_ISSUING,
        **_LATE_ADVICE,
        **_WHILE_OPEN,
    },
    Status.NOT_ISSUING: {EventKind.DECIDED_TO_ISSUE: Status.ISSUING},
    Status.ISSUING: {EventKind.DRAFT_SENT: Status.DRAFT, **_LATE_ADVICE, **_WHILE_OPEN},
    Status.DRAFT: {
        # A draft changed for any other reason than the family's views is sent again (CoP 9.125).
        EventKind.DRAFT_SENT: None,
        EventKind.VIEWS_RECEIVED: None,
        EventKind.PLAN_ISSUED: Status.PLAN,
        **_CONSULTING,
        **_LATE_ADVICE,
        **_WHILE_OPEN,
    },
    Status.PLAN: {
        EventKind.REVIEW_HELD: None,
        EventKind.REVIEW_DECIDED: None,
        EventKind.PLAN_AMENDED: None,
        EventKind.CEASE_DECIDED: None,
        EventKind.CEASE_REVERSED: None,
        EventKind.PLAN_CEASED: Status.CEASED,
        **_CONSULTING,
    },
    Status.CEASED: {},
    Status.WITHDRAWN: {},
}


def _table() -> dict[str, dict[EventKind, Status]]:
    table = {}
    for status, moves in _MOVES.items():
        always = {} if status == START else dict.fromkeys(_AT_ANY_TIME, Status(status))
        table[status] = {kind: to or Status(status) for kind, to in moves.items()} | always
    return table


TRANSITIONS: dict[str, dict[EventKind, Status]] = _table()


@dataclass(frozen=True, slots=True)
class Told:
    """What an event is called on the audit log, and the kind of notice it sends (empty: none)."""

    audit: str
    notice: str = ""


TOLD: dict[EventKind, Told] = {
    EventKind.REQUEST_RECEIVED: Told("case.request_received", "request_received"),
    EventKind.DECIDED_TO_ASSESS: Told("case.decided_to_assess", "decided_to_assess"),
    EventKind.DECIDED_NOT_TO_ASSESS: Told("case.decided_not_to_assess", "decided_not_to_assess"),
    EventKind.ADVICE_REQUESTED: Told("case.advice_requested", "advice_requested"),
    EventKind.ADVICE_RETURNED: Told("case.advice_returned", "advice_returned"),
    EventKind.ADVICE_CANCELLED: Told("case.advice_cancelled", "advice_cancelled"),
    EventKind.DECIDED_TO_ISSUE: Told("case.decided_to_issue", "decided_to_issue"),
    EventKind.DECIDED_NOT_TO_ISSUE: Told("case.decided_not_to_issue", "decided_not_to_issue"),
    EventKind.DRAFT_SENT: Told("case.draft_sent", "draft_sent"),
    EventKind.VIEWS_RECEIVED: Told("case.views_received"),
    EventKind.SETTING_CONSULTED: Told("case.setting_consulted", "setting_consulted"),
    EventKind.SETTING_REPLIED: Told("case.setting_replied", "setting_replied"),
    EventKind.PLAN_ISSUED: Told("case.plan_issued", "plan_issued"),
    EventKind.PLAN_TRANSFERRED_IN: Told("case.plan_transferred_in", "plan_transferred_in"),
    EventKind.REVIEW_HELD: Told("case.review_held"),
    EventKind.REVIEW_DECIDED: Told("case.review_decided", "review_decided"),
    EventKind.PLAN_AMENDED: Told("case.plan_amended", "plan_amended"),
    EventKind.CEASE_DECIDED: Told("case.cease_decided", "cease_decided"),
    EventKind.CEASE_REVERSED: Told("case.cease_reversed", "cease_reversed"),
    EventKind.PLAN_CEASED: Told("case.plan_ceased", "plan_ceased"),
    EventKind.WITHDRAWN: Told("case.withdrawn", "withdrawn"),
    EventKind.EXCEPTION_CLAIMED: Told("case.exception_claimed", "exception_claimed"),
    EventKind.EXCEPTION_ENDED: Told("case.exception_ended"),
    EventKind.ALLOCATED: Told("case.allocated", "allocated"),
    EventKind.CORRECTED: Told("case.corrected"),
    EventKind.NOTE: Told("case.noted"),
    EventKind.LOADED: Told("case.loaded"),
}

# Who acts in each status when nothing is awaited from others; `clock` says whose turn it is on a case.
OWNER: dict[str, Turn] = {status: Turn.COUNCIL if status in LIVE else Turn.NOBODY for status in Status}


def next_status(status: str, kind: EventKind) -> Status | None:
    """The status that an event leads to, or None where it may not happen. START for a case yet to be made."""
    return TRANSITIONS[status].get(kind)


def events_from(status: str) -> tuple[EventKind, ...]:
    """What may happen in a status, in the order of the table."""
    return tuple(TRANSITIONS[status])


def statuses_for(kind: EventKind) -> tuple[str, ...]:
    """The statuses in which an event may happen, START among them."""
    return tuple(status for status, moves in TRANSITIONS.items() if kind in moves)
