"""What a record says that the register cannot hold: taken out, reported, and kept with the source.

The rules of the return (`sen2.policy`) have already said what is wrong with the values. Here it is said
what was done about it, so that one contradiction never stops a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from goldenthread.people.normal import stored_postcode
from goldenthread.returns.sen2.issues import Issue, Rule, issue
from goldenthread.returns.sen2.records import NamedPlanRecord, PersonRecord, RequestRecord, SettingRecord

NAME_LENGTH = 80
NOTE_LENGTH = 250
# How long a code or number may be, by field: longer ones are no code that any return has.
_PERSON = {
    "sex": ("Sex", 1),
    "ethnicity": ("Ethnicity", 4),
    "upn": ("UPN", 13),
    "uln": ("UniqueLearnerNumber", 10),
    "upn_unknown": ("UPNunknown", 4),
}
_REQUEST = {"source": ("RequestSource", 1), "exported_to": ("Exported", 3)}
_PLAN = {
    "residential": ("PlanRes", 1),
    "work_based": ("PlanWBP", 1),
    "direct_payment": ("DP", 2),
    "cease_reason": ("CeaseReason", 1),
}
_ACTIVE = {"transfer_la": ("TransferLA", 3), "review_outcome": ("ReviewOutcome", 1)}
_PLACE = {
    "sen_setting": ("SENsetting", 4),
    "residential": ("Res", 1),
    "work_based": ("WBP", 1),
    "attendance": ("AttendancePattern", 2),
}
POSTCODE_LENGTH = 8
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

LEFT_OUT = {
    rule.id: rule
    for rule in (
        Rule("T01", "note", "The decision is dated before its request, so its date was left out.",
             "Correct one of the two dates in the record or in the next return."),
        Rule("T02", "error", "The plan has no start date, so the plan was left out.",
             "Give the start date and load the person again."),
        Rule("T03", "note", "The request is dated after its plan, so the date of the request was left out.",
             "Give the date of the request that led to the plan."),
        Rule("T04", "note", "The plan would have ceased before it began, so its end was left out.",
             "Correct the date on which it ceased."),
        Rule("T05", "note", "The place would have ended before it began, so its end was left out.",
             "Correct the date of leaving."),
        Rule("T06", "note", "Two settings of the plan have the same rank; the later one took the next rank.",
             "Give each setting its own rank."),
        Rule("T07", "note", "The text is longer than the register holds and was shortened.",
             "Shorten it; the whole text is kept with the source."),
        Rule("T08", "note", "A date of ceasing has no reason: it was stored as 'other'.",
             "Give the reason."),
        Rule("T09", "error", "This is longer than the register holds for a code or number and was left out.",
             "Correct it and load the person again; what was given is kept with the source."),
        Rule("T10", "note", "The text has a control character, which was left out.",
             "Take it out in the system that the return comes from."),
    )
}  # fmt: skip


class _Tidy:
    """Takes one person's record through the rules above."""

    def __init__(self, person: PersonRecord, ref: str) -> None:
        self.person, self.ref, self.issues = person, ref, list[Issue]()

    def say(self, rule: str, path: str, value: object = "") -> None:
        text = value.isoformat() if isinstance(value, date) else str(value)
        self.issues.append(
            issue(
                LEFT_OUT[rule],
                file=self.person.file,
                line=self.person.line,
                person_ref=self.ref,
                path=path,
                value=text[:NOTE_LENGTH],
            )
        )

    def codes(self, record: Any, limits: Mapping[str, tuple[str, int]], path: str) -> None:
        """Leave out codes that are too long to be any."""
        for field, (tag, most) in limits.items():
            text = getattr(record, field, None)
            if text is not None and len(text) > most:
                self.say("T09", path + tag, text)
                setattr(record, field, None)

    def plain(self, record: Any, field: str, path: str) -> None:
        """Take control characters out of a text."""
        text = getattr(record, field)
        if text and _CONTROL.search(text):
            self.say("T10", path, _CONTROL.sub(" ", text))
            setattr(record, field, _CONTROL.sub(" ", text).strip())

    def who(self) -> None:
        """The person's own items."""
        self.names()
        self.codes(self.person, _PERSON, "")
        if self.person.postcode and len(stored_postcode(self.person.postcode)) > POSTCODE_LENGTH:
            self.say("T09", "PostCode", self.person.postcode)
            self.person.postcode = None

    def names(self) -> None:
        for field, tag in (("surname", "Surname"), ("forename", "Forename")):
            self.plain(self.person, field, tag)
            text = getattr(self.person, field)
            if len(text) > NAME_LENGTH:
                self.say("T07", tag, text)
                setattr(self.person, field, text[:NAME_LENGTH])

    def request(self, record: RequestRecord, path: str) -> None:
        self.codes(record, _REQUEST, f"{path}/")
        received = record.received_date
        if received and record.outcome_date and record.outcome_date < received:
            self.say("T01", f"{path}/RequestOutcomeDate", record.outcome_date)
            record.outcome_date = None
        if record.assessment is None or record.assessment.named_plan is None:
            return
        plan = record.assessment.named_plan
        if plan.start_date is None:
            self.say("T02", f"{path}/Assessment/NamedPlan/StartDate")
            record.assessment.named_plan = None
            return
        if received and plan.start_date < received:
            self.say("T03", f"{path}/ReceivedDate", received)
            record.received_date = None
        self.plan(plan, f"{path}/Assessment/NamedPlan")

    def plan(self, plan: NamedPlanRecord, path: str) -> None:
        assert plan.start_date is not None
        self.codes(plan, _PLAN, f"{path}/")
        if plan.cease_date and plan.cease_date < plan.start_date:
            self.say("T04", f"{path}/CeaseDate", plan.cease_date)
            plan.cease_date = plan.cease_reason = None
        if plan.cease_date and not plan.cease_reason:
            self.say("T08", f"{path}/CeaseReason")
        taken: set[int] = set()
        for number, detail in enumerate(plan.details, start=1):
            self.codes(detail, {"sen_setting": _PLACE["sen_setting"]}, f"{path}/PlanDetail[{number}]/")
            rank = detail.rank or 1
            if rank in taken:
                self.say("T06", f"{path}/PlanDetail[{number}]/PlacementRank", rank)
            while rank in taken:
                rank += 1
            detail.rank = rank
            taken.add(rank)

    def places(self, record: RequestRecord, path: str) -> None:
        active = record.active_plan
        if active is None:
            return
        self.codes(active, _ACTIVE, f"{path}/ActivePlans/")
        for number, need in enumerate(active.needs, start=1):
            self.codes(need, {"need": ("SENtype", 4)}, f"{path}/ActivePlans/SENneed[{number}]/")
        active.needs = [need for need in active.needs if need.need]
        for number, place in enumerate(active.placements, start=1):
            self.codes(place, _PLACE, f"{path}/ActivePlans/PlacementDetail[{number}]/")
            if place.entry_date and place.leaving_date and place.leaving_date < place.entry_date:
                at = f"{path}/ActivePlans/PlacementDetail[{number}]/LeavingDate"
                self.say("T05", at, place.leaving_date)
                place.leaving_date = None

    def notes(self, record: RequestRecord, path: str) -> None:
        for each in _settings(record):
            self.plain(each, "sen_setting_other", f"{path}/SENSettingOther")
            if each.sen_setting_other and len(each.sen_setting_other) > NOTE_LENGTH:
                self.say("T07", f"{path}/SENSettingOther", each.sen_setting_other)
                each.sen_setting_other = each.sen_setting_other[:NOTE_LENGTH]


def _settings(record: RequestRecord) -> Iterator[SettingRecord]:
    if record.active_plan:
        yield from record.active_plan.placements
    if record.assessment and record.assessment.named_plan:
        yield from record.assessment.named_plan.details


def tidied(person: PersonRecord, ref: str) -> list[Issue]:
    """Take out of the record what cannot be stored; returns what was taken out and why."""
    work = _Tidy(person, ref)
    work.who()
    for number, record in enumerate(person.requests, start=1):
        path = f"Requests[{number}]"
        work.request(record, path)
        work.places(record, path)
        work.notes(record, path)
    return work.issues
