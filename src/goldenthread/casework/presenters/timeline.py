"""What happened to a case, as the timeline draws it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import CaseEvent
from goldenthread.casework.presenters import words
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Event
from goldenthread.statute.plan import advice_kinds


def timeline(events: Iterable[CaseEvent]) -> list[Event]:
    """Events as the timeline draws them."""
    return [
        Event(
            when=one.on,
            title=EventKind(one.kind).label,
            colour=words.colour_of(one.kind),
            by="" if (told := _told_by(one)) else one.actor_label,
            text=". ".join(part for part in (_event_text(one), told) if part),
        )
        for one in events
    ]


def _told_by(one: CaseEvent) -> str:
    """Where a loaded event comes from; nothing for one that was recorded here."""
    name, _, day = one.actor_label.rpartition(" ")
    if name != "SEN2 return":
        return ""
    as_at = long_date(date.fromisoformat(day))
    return f"From the SEN2 return as at {as_at}, loaded on {long_date(one.at)}"


_FIELDS = {
    "received_on": "Request received",
    "decided_to_assess_on": "Decision on assessing",
    "decided_to_issue_on": "Decision on a plan",
    "draft_sent_on": "Draft sent",
    "plan_issued_on": "Final plan sent",
    "views_received_on": "Views received",
    "last_review_meeting_on": "Review meeting",
    "last_review_decided_on": "Decision after the review",
    "amendment_notice_on": "Notice of changes",
    "amended_on": "Amended plan sent",
}


def _event_text(one: CaseEvent) -> str:
    data = one.data or {}
    if one.kind == EventKind.CORRECTED and "old" in data:
        old, new = (long_date(date.fromisoformat(data[key])) for key in ("old", "new"))
        what = _FIELDS.get(data.get("field", ""), "A day")
        return f"{what}: {old} changed to {new}. {one.note}".strip()
    if one.kind in {EventKind.ADVICE_REQUESTED, EventKind.ADVICE_RETURNED, EventKind.ADVICE_CANCELLED}:
        return ". ".join(part for part in (advice_title(data.get("kind", "")), one.note) if part)
    return one.note


def advice_title(kind: str) -> str:
    """A kind of advice in words; nothing for one that is not known."""
    return next((one.title for one in advice_kinds() if one.id == kind), "")


def corrected_field(name: str) -> str:
    """What a day that can be corrected is called."""
    return _FIELDS[name]
