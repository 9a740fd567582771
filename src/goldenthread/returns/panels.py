"""What the returns room adds to the pages of a person and a case: where each value came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goldenthread.core.actors import Actor
from goldenthread.core.panels import Panel
from goldenthread.core.permissions import holds
from goldenthread.people.queries.record import changes_of
from goldenthread.returns import sources
from goldenthread.returns.models import SourceRecord
from goldenthread.returns.permissions import can_import

PERSON_FIELDS = {
    "surname": ("Surname", "Surname"),
    "forename": ("Forename", "Forename"),
    "birth_date": ("Date of birth", "PersonBirthDate"),
    "sex": ("Sex", "Sex"),
    "ethnicity": ("Ethnicity", "Ethnicity"),
    "postcode": ("Postcode", "PostCode"),
    "upn": ("UPN", "UPN"),
    "uln": ("ULN", "UniqueLearnerNumber"),
    "upn_unknown": ("Why there is no UPN", "UPNunknown"),
}
CASE_FIELDS = {
    "status": "Where the case stood",
    "received_on": "Request received",
    "source": "Who asked",
    "decided_to_assess_on": "Decision to assess",
    "decided_to_issue_on": "Decision to issue",
    "week20_exception": "Exception to the 20 weeks",
    "closed_on": "Closed",
}
PLAN_FIELDS = {
    "started_on": "Plan started",
    "primary_need": "Primary need",
    "secondary_need": "Secondary need",
    "transferred_from": "Came from",
    "last_review_meeting_on": "Last review meeting",
    "last_review_decided_on": "Last review decision",
    "ceased_on": "Plan ceased",
    "cease_reason": "Reason it ceased",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A value as a return had it, and what became of it here."""

    label: str
    value: str
    later: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file, line and load the values come from."""

    record: SourceRecord
    lines: list[Line]
    loads: int


def person_panel(person: Any, by: Actor) -> Panel | None:
    """Where each value of a person came from: the last return that spoke of them, and changes since."""
    if not (holds(by, "returns.view") and holds(by, "people.view")):
        return None
    found = sources.history(person.pk)
    if not found:
        return None
    last = found[0]
    said = sources.unpack(last.raw)
    later: dict[str, str] = {}
    for change in changes_of([person.pk]).filter(at__gt=last.run.started_at or last.run.created_at):
        if change.source != f"SEN2 return {last.run.as_of.isoformat()}":
            later.setdefault(change.field, f"Changed {change.at:%-d %B %Y} by {change.actor_label}")
    lines = [
        Line(label, said.raw[tag], later.get(name, ""))
        for name, (label, tag) in PERSON_FIELDS.items()
        if tag in said.raw
    ]
    return Panel("Where each value came from", "returns/person_panel.html", Origin(last, lines, len(found)))


def case_panel(case: Any, by: Actor) -> Panel | None:
    """What the last return that spoke of a case said of it."""
    if not (holds(by, "returns.view") and holds(by, "casework.view")):
        return None
    found = sources.history(case.person_id)
    for record in found:
        said = sources.unpack(record.raw).cases.get(str(case.pk))
        if said is not None:
            return Panel("What the return said", "returns/case_panel.html", _origin(record, said, len(found)))
    return None


def begin_panel(nothing: Any, by: Actor) -> Panel | None:
    """On a site without cases: the way to load a return, for those who may."""
    return Panel("Load your SEN2 return", "returns/begin_panel.html", None) if can_import(by) else None


def _origin(record: SourceRecord, said: dict[str, Any], loads: int) -> Origin:
    parts = ((CASE_FIELDS, said.get("case", {})), (PLAN_FIELDS, said.get("plan", {})))
    lines = [
        Line(label, _words(values[name]))
        for fields, values in parts
        for name, label in fields.items()
        if name in values
    ]
    return Origin(record, lines, loads)


def _words(value: Any) -> str:
    return {True: "Yes", False: "No"}.get(value, str(value)) if isinstance(value, bool) else str(value)
