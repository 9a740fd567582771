"""The words of casework on pages: tags, steps, whose turn it is, ages. One table each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goldenthread.casework import steps
from goldenthread.casework.enums import EventKind, Status, Turn
from goldenthread.core.ui.filters import long_date, plural
from goldenthread.core.ui.parts import Law
from goldenthread.core.ui.tags import StatusTags
from goldenthread.statute.ages import age_on, national_curriculum_year
from goldenthread.statute.datafile import Mark

STAGES = StatusTags(
    {
        Status.REQUESTED: ("Request received", "blue"),
        Status.NOT_ASSESSING: ("Not assessing", "grey"),
        Status.ASSESSING: ("Assessment", "teal"),
        Status.NOT_ISSUING: ("No plan", "grey"),
        Status.ISSUING: ("Drafting", "purple"),
        Status.DRAFT: ("Draft sent", "orange"),
        Status.PLAN: ("Plan", "green"),
        Status.CEASED: ("Plan ceased", "grey"),
        Status.WITHDRAWN: ("Ended", "grey"),
    }
)

# The same step as an order to the council's staff, and as news to a family.
_STAFF = {
    steps.DECIDE_TO_ASSESS: "Decide whether to assess",
    steps.ADVICE: "Get the advice that was asked for",
    steps.NOT_ISSUING: "Decide whether to issue a plan",
    steps.SEND_DRAFT: "Send the draft plan",
    steps.VIEWS: "Hear the family’s views on the draft",
    steps.CONSULTATION: "Hear from the setting consulted",
    steps.FINAL: "Send the final plan",
    steps.ORDERED_NO_PLAN: "Decide whether to issue a plan, as ordered",
    steps.ORDERED_ASSESS_FINAL: "Send the final plan, as ordered",
    steps.ORDERED_DRAFT: "Send the draft plan, as ordered",
    steps.ORDERED_FINAL: "Send the final plan, as ordered",
    steps.ANNUAL_REVIEW: "Complete the annual review",
    steps.MOVE_TELL: "Tell the family that the plan is ours now",
    steps.MOVE_REVIEW: "Complete the first review here",
    steps.REVIEW_DECISION: "Decide after the review meeting",
    steps.AMENDED: "Send the amended plan",
    steps.PHASE_TRANSFER: "Amend the plan for the next phase",
    steps.POST16_TRANSFER: "Amend the plan for after 16",
    steps.CEASE_KEEP: "Keep the plan while it can be appealed",
    steps.END_PLAN: "End the plan, or record the appeal",
}
_FAMILY = {
    steps.DECIDE_TO_ASSESS: "We decide whether to carry out an EHC needs assessment",
    steps.ADVICE: "The people who know or see {name} send us their advice",
    steps.NOT_ISSUING: "We decide whether {name} {needs} an EHC plan",
    steps.SEND_DRAFT: "We send you a draft of the EHC plan",
    steps.VIEWS: "You tell us what you think of the draft plan",
    steps.CONSULTATION: "The school or college answers our questions",
    steps.FINAL: "We send you the final EHC plan",
    steps.ORDERED_NO_PLAN: "We decide whether {name} {needs} an EHC plan",
    steps.ORDERED_ASSESS_FINAL: "We send you the final EHC plan",
    steps.ORDERED_DRAFT: "We send you a draft of the EHC plan",
    steps.ORDERED_FINAL: "We send you the final EHC plan",
    steps.ANNUAL_REVIEW: "The EHC plan is reviewed with you",
    steps.MOVE_TELL: "We write to you about the plan from your last council",
    steps.MOVE_REVIEW: "We review the EHC plan with you for the first time",
    steps.REVIEW_DECISION: "We tell you what we have decided after the review",
    steps.AMENDED: "We send you the changed EHC plan",
    steps.PHASE_TRANSFER: "We change the EHC plan for {whose} next school",
    steps.POST16_TRANSFER: "We change the EHC plan for what {name} {does} after 16",
    steps.CEASE_KEEP: "The plan goes on while you can appeal",
    steps.END_PLAN: "The plan ends, unless there is an appeal",
}
_TURN = {
    Turn.COUNCIL: "The council’s",
    Turn.ADVISER: "The advisers’",
    Turn.FAMILY: "The family’s",
    Turn.SETTING: "A setting’s",
    Turn.NOBODY: "Nobody’s",
}


def step_words(step_id: str) -> str:
    """A step as staff read it; nothing for no step."""
    if not step_id:
        return ""
    return _STAFF.get(step_id) or steps.step(step_id).title


def called(person: Any, *, own: bool) -> dict[str, str]:
    """How pages for the family speak of the child or young person; to a young person, “you”."""
    if own:
        return {"name": "you", "Name": "You", "whose": "your", "Whose": "Your"} | {
            "has": "have", "needs": "need", "does": "do",
        }  # fmt: skip
    name = first_name(person)
    return {"name": name, "Name": name, "whose": f"{name}’s", "Whose": f"{name}’s"} | {
        "has": "has", "needs": "needs", "does": "does",
    }  # fmt: skip


def family_words(step_id: str, called_: Mapping[str, str]) -> str:
    """A step as a family reads it; `called_` is what `called` gives."""
    if not step_id:
        return ""
    return (_FAMILY.get(step_id) or steps.step(step_id).title).format_map(called_)


def turn_words(turn: str) -> str:
    """Whose turn it is: “The council’s”."""
    return _TURN[Turn(turn)]


def law_of(step_id: str) -> Law:
    """The law behind a step, as the disclosure shows it."""
    found = steps.step(step_id)
    if found.mark is None:
        note = "Not a limit of the law itself: our own day, which keeps the limit that follows."
        return Law(found.title, found.law, note=note)
    text = f"Limit: {found.limit}. {found.notes}" if found.limit else found.notes
    return Law(found.title, found.law, text=text.strip(), confirmed=found.mark is Mark.CONFIRMED)


def age_words(birth_date: date, on: date) -> str:
    """Age and school year: “7, year 2”."""
    if birth_date > on:
        return "not yet born"
    return f"{age_on(birth_date, on)}, {year_words(birth_date, on)}"


def year_words(birth_date: date, on: date) -> str:
    """The school year of somebody taught with their age group."""
    year = national_curriculum_year(birth_date, on)
    if year < 0:
        return "early years"
    if year == 0:
        return "reception"
    return f"year {year}" if year <= 11 else "post-16"


def name_of(person: Any) -> str:
    """The name by which the child or young person is called, with the surname."""
    return str(person)


def first_name(person: Any) -> str:
    """The name by which the child or young person is called."""
    return str(person.preferred_name or person.forename)


def against(day: date, limit: date) -> str:
    """How a day lies to a limit: “12 days after it”."""
    days = (day - limit).days
    if days == 0:
        return "on the day itself"
    return f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'} it"


_COLOURS = {
    EventKind.DECIDED_NOT_TO_ASSESS: "red",
    EventKind.DECIDED_NOT_TO_ISSUE: "red",
    EventKind.CEASE_DECIDED: "red",
    EventKind.PLAN_CEASED: "red",
    EventKind.PLAN_ISSUED: "green",
    EventKind.PLAN_AMENDED: "green",
    EventKind.PLAN_TRANSFERRED_IN: "green",
    EventKind.NOTE: "grey",
    EventKind.CORRECTED: "grey",
    EventKind.ALLOCATED: "grey",
    EventKind.LOADED: "grey",
    EventKind.ADVICE_REQUESTED: "gold",
    EventKind.ADVICE_RETURNED: "gold",
    EventKind.ADVICE_CANCELLED: "gold",
    EventKind.SETTING_CONSULTED: "gold",
    EventKind.SETTING_REPLIED: "gold",
}

# The kinds of event by which a timeline can be narrowed.
GROUPS: dict[str, tuple[str, tuple[EventKind, ...]]] = {
    "decisions": (
        "Decisions",
        (
            EventKind.REQUEST_RECEIVED,
            EventKind.DECIDED_TO_ASSESS,
            EventKind.DECIDED_NOT_TO_ASSESS,
            EventKind.DECIDED_TO_ISSUE,
            EventKind.DECIDED_NOT_TO_ISSUE,
            EventKind.PLAN_ISSUED,
            EventKind.PLAN_TRANSFERRED_IN,
            EventKind.REVIEW_DECIDED,
            EventKind.CEASE_DECIDED,
            EventKind.CEASE_REVERSED,
            EventKind.PLAN_CEASED,
            EventKind.WITHDRAWN,
            EventKind.EXCEPTION_CLAIMED,
            EventKind.EXCEPTION_ENDED,
        ),
    ),
    "advice": (
        "Advice",
        (EventKind.ADVICE_REQUESTED, EventKind.ADVICE_RETURNED, EventKind.ADVICE_CANCELLED),
    ),
    "plan": (
        "Draft, settings and plan",
        (
            EventKind.DRAFT_SENT,
            EventKind.VIEWS_RECEIVED,
            EventKind.SETTING_CONSULTED,
            EventKind.SETTING_REPLIED,
            EventKind.PLAN_ISSUED,
            EventKind.PLAN_AMENDED,
            EventKind.REVIEW_HELD,
            EventKind.REVIEW_DECIDED,
        ),
    ),
    "notes": (
        "Notes and corrections",
        (EventKind.NOTE, EventKind.CORRECTED, EventKind.ALLOCATED, EventKind.LOADED),
    ),
}


def colour_of(kind: str) -> str:
    """The bead of an event on the timeline."""
    return _COLOURS.get(EventKind(kind), "teal")


def day_words(day: date | None, otherwise: str = "not recorded") -> str:
    """A day in words, or what to say where there is none."""
    return long_date(day) if day else otherwise
