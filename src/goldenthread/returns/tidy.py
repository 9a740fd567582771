"""What a record says that the register cannot hold: taken out, reported, and kept with the source.

The rules of the return (`sen2.policy`) have already said what is wrong with the values. Here it is said
what was done about it, so that one contradiction never stops a whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldenthread.returns.sen2.issues import Issue, Rule, issue
from goldenthread.returns.sen2.records import NamedPlanRecord, PersonRecord, RequestRecord, SettingRecord

NAME_LENGTH = 80
NOTE_LENGTH = 250

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

    def names(self) -> None:
        for field, tag in (("surname", "Surname"), ("forename", "Forename")):
            text = getattr(self.person, field)
            if len(text) > NAME_LENGTH:
                self.say("T07", tag, text)
                setattr(self.person, field, text[:NAME_LENGTH])

    def request(self, record: RequestRecord, path: str) -> None:
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
        if plan.cease_date and plan.cease_date < plan.start_date:
            self.say("T04", f"{path}/CeaseDate", plan.cease_date)
            plan.cease_date = plan.cease_reason = None
        if plan.cease_date and not plan.cease_reason:
            self.say("T08", f"{path}/CeaseReason")
        taken: set[int] = set()
        for number, detail in enumerate(plan.details, start=1):
            rank = detail.rank or 1
            if rank in taken:
                self.say("T06", f"{path}/PlanDetail[{number}]/PlacementRank", rank)
            while rank in taken:
                rank += 1
            detail.rank = rank
            taken.add(rank)

    def places(self, record: RequestRecord, path: str) -> None:
        for number, place in enumerate(record.active_plan.placements if record.active_plan else (), start=1):
            if place.entry_date and place.leaving_date and place.leaving_date < place.entry_date:
                at = f"{path}/ActivePlans/PlacementDetail[{number}]/LeavingDate"
                self.say("T05", at, place.leaving_date)
                place.leaving_date = None

    def notes(self, record: RequestRecord, path: str) -> None:
        for each in _settings(record):
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
    work.names()
    for number, record in enumerate(person.requests, start=1):
        path = f"Requests[{number}]"
        work.request(record, path)
        work.places(record, path)
        work.notes(record, path)
    return work.issues
