"""What a person can do on a case now: asked of the same checks that the actions make."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from goldenthread.casework import permissions, policies
from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Available:
    """An action by name, who may do it and the events it may lead to (one of them possible: available)."""

    name: str
    title: str
    may: Callable[[Actor], None]
    kinds: tuple[EventKind, ...]
    also: tuple[Callable[[Case], None], ...] = ()


ACTIONS: tuple[Available, ...] = (
    Available(
        "decide_to_assess",
        "Decide whether to assess",
        permissions.check_can_decide,
        (EventKind.DECIDED_TO_ASSESS, EventKind.DECIDED_NOT_TO_ASSESS),
    ),
    Available("request_advice", "Ask for advice", permissions.check_can_work, (EventKind.ADVICE_REQUESTED,)),
    Available(
        "return_advice",
        "Record advice returned",
        permissions.check_can_return_advice,
        (EventKind.ADVICE_RETURNED,),
        (policies.check_advice_awaited,),
    ),
    Available(
        "cancel_advice",
        "Cancel a request for advice",
        permissions.check_can_work,
        (EventKind.ADVICE_CANCELLED,),
        (policies.check_advice_awaited,),
    ),
    Available(
        "decide_to_issue",
        "Decide whether to issue a plan",
        permissions.check_can_decide,
        (EventKind.DECIDED_TO_ISSUE, EventKind.DECIDED_NOT_TO_ISSUE),
    ),
    Available("send_draft", "Send the draft plan", permissions.check_can_work, (EventKind.DRAFT_SENT,)),
    Available(
        "record_views", "Record views on the draft", permissions.check_can_work, (EventKind.VIEWS_RECEIVED,)
    ),
    Available(
        "consult_setting", "Consult a setting", permissions.check_can_work, (EventKind.SETTING_CONSULTED,)
    ),
    Available(
        "record_consultation_reply",
        "Record a setting’s answer",
        permissions.check_can_reply_consultation,
        (EventKind.SETTING_REPLIED,),
        (policies.check_reply_awaited,),
    ),
    Available(
        "issue_final_plan", "Send the final plan", permissions.check_can_decide, (EventKind.PLAN_ISSUED,)
    ),
    Available(
        "record_review_meeting",
        "Record a review meeting",
        permissions.check_can_work,
        (EventKind.REVIEW_HELD,),
    ),
    Available(
        "record_review_decision",
        "Decide after the review",
        permissions.check_can_decide,
        (EventKind.REVIEW_DECIDED,),
    ),
    Available(
        "send_amended_plan",
        "Send the amended plan",
        permissions.check_can_decide,
        (EventKind.PLAN_AMENDED,),
        (policies.check_plan_amendable,),
    ),
    Available(
        "record_phase_transfer",
        "Plan a phase transfer",
        permissions.check_can_work,
        (EventKind.REVIEW_HELD,),
    ),
    Available(
        "record_family_told",
        "Record that the family was told of the transfer",
        permissions.check_can_work,
        (EventKind.NOTE,),
        (policies.check_transfer_untold,),
    ),
    Available(
        "decide_to_cease",
        "Decide to cease the plan",
        permissions.check_can_decide,
        (EventKind.CEASE_DECIDED,),
    ),
    Available(
        "reverse_ceasing",
        "Keep the plan after all",
        permissions.check_can_decide,
        (EventKind.CEASE_REVERSED,),
    ),
    Available("end_plan", "End the plan", permissions.check_can_decide, (EventKind.PLAN_CEASED,)),
    Available(
        "claim_exception",
        "Record an exception",
        permissions.check_can_claim_exception,
        (EventKind.EXCEPTION_CLAIMED,),
    ),
    Available(
        "end_exception",
        "End an exception",
        permissions.check_can_claim_exception,
        (EventKind.EXCEPTION_ENDED,),
        (policies.check_exception_runs,),
    ),
    Available("withdraw", "End the request", permissions.check_can_decide, (EventKind.WITHDRAWN,)),
    Available(
        "allocate", "Change the Plan Co-ordinator", permissions.check_can_allocate, (), (policies.check_live,)
    ),
    Available("add_note", "Add a note", permissions.check_can_work, (EventKind.NOTE,)),
    Available("correct_date", "Correct a date", permissions.check_can_work, (EventKind.CORRECTED,)),
)


def allowed_actions(case: Case, by: Actor) -> list[str]:
    """The names of the actions that this person may take on this case now, in the order of the work."""
    return [one.name for one in ACTIONS if is_allowed(one, case, by)]


def allowed_among(case: Case, by: Actor, names: Collection[str]) -> list[str]:
    """The same of some actions only: reads no more of the case than these need."""
    return [one.name for one in ACTIONS if one.name in names and is_allowed(one, case, by)]


def is_allowed(one: Available, case: Case, by: Actor) -> bool:
    """Whether no check of the action refuses, before anything is filled in."""
    if one.kinds and not any(_possible(case, kind) for kind in one.kinds):
        return False
    try:
        one.may(by)
        for check in one.also:
            check(case)
    except Refusal:
        return False
    return True


def _possible(case: Case, kind: EventKind) -> bool:
    try:
        policies.check_state(case, kind)
    except Refusal:
        return False
    return True
