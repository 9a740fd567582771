"""May this happen in the state the case is in? One check each; none sees who asks.

NotAllowedNow: the state does not allow it. InvalidInput: the state would, what was given does not.
What the law asks for and the record does not show is said, not refused: `cautions`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from goldenthread.casework import workflow
from goldenthread.casework.clock import ENDS_WITHOUT_APPEAL
from goldenthread.casework.enums import LIVE, OPEN_REQUEST, EventKind, Status
from goldenthread.casework.models import Case
from goldenthread.core import clock as site_clock
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow
from goldenthread.statute.codes import codeset
from goldenthread.statute.deadlines import plan_kept_until, views_close

OLDEST = date(1990, 1, 1)


def check_version(case: Case, version: int | None) -> None:
    """The case is as it was when the page was opened."""
    if version is not None and case.version != version:
        raise ChangedMeanwhile(
            "Someone changed this case after you opened it.",
            "Look at it again, then repeat what still holds.",
        )


def check_move(case: Case, kind: EventKind) -> None:
    """The workflow table has this event for the status the case is in."""
    if workflow.next_status(case.status, kind) is None:
        raise NotAllowedNow(
            f"“{kind.label}” can't be recorded while the case stands at “{Status(case.status).label}”.",
            "Open the case to see what can be done next.",
        )


def check_known_day(on: date, field: str = "on") -> None:
    """A day that has come, and not one before anything here could have happened."""
    if on > site_clock.today():
        raise InvalidInput(f"{_day(on)} is in the future.", "Give the day it happened.", field)
    if on < OLDEST:
        raise InvalidInput(f"{_day(on)} is too long ago.", "Check the year.", field)


def check_not_before(on: date, earliest: date | None, what: str, field: str = "on") -> None:
    """A step does not come before the one it follows."""
    if earliest is not None and on < earliest:
        raise InvalidInput(
            f"{_day(on)} is before {what} on {_day(earliest)}.",
            "Check both dates; correct the earlier if wrong.",
            field,
        )


def check_reason(reason: str, field: str = "reason") -> None:
    """Refusals and endings are given with their reason (R5(3), R10(2), R31)."""
    if not reason.strip():
        raise InvalidInput(
            "Give the reason.", "The family has a right to it, and the record needs it.", field
        )


def check_code(value: str, set_name: str, field: str) -> None:
    """A SEN2 code of the named set."""
    if value not in codeset(set_name):
        raise InvalidInput(
            f"“{value}” is not in the list: {codeset(set_name).title}.", "Choose one from the list.", field
        )


def last_step(case: Case) -> tuple[date | None, str]:
    """The day of the last step on the way to a plan, and what it was: the next cannot be before it."""
    steps = (
        (case.received_on, "the request was received"),
        (case.decided_to_assess_on, "the decision on assessing"),
        (case.decided_to_issue_on, "the decision on a plan"),
        (case.draft_sent_on, "the draft was sent"),
        (case.plan_issued_on, "the final plan was sent"),
    )
    known = [(day, what) for day, what in steps if day is not None]
    return max(known, key=lambda one: one[0]) if known else (None, "")


def check_day(case: Case, on: date, field: str = "on") -> None:
    """A day that has come and that is not before the last step."""
    check_known_day(on, field)
    earliest, what = last_step(case)
    check_not_before(on, earliest, what, field)


def check_after_receipt(case: Case, on: date, field: str = "on") -> None:
    """A day that has come and that is not before the request."""
    check_known_day(on, field)
    check_not_before(on, case.received_on, "the request was received", field)


def check_open_request(case: Case) -> None:
    """Somebody still waits for the council's final word."""
    if case.status not in OPEN_REQUEST:
        raise NotAllowedNow("This case is no longer an open request.")


def check_views_time(case: Case, on: date, family_agreed: bool) -> None:
    """The family has had its 15 days, beginning with the day the draft was served (R13(1))."""
    if case.draft_sent_on is None or family_agreed:
        return
    last = views_close(case.draft_sent_on)
    if on <= last:
        raise InvalidInput(
            f"The family has until the end of {_day(last)} to give its views on the draft.",
            f"Send the plan from {_day(last + timedelta(days=1))}, or record that the family agreed to less.",
            "on",
        )


def check_section_i(named: int) -> None:
    """A final plan names a setting, or a type of setting (R12(1)(i))."""
    if not named:
        raise InvalidInput(
            "Section I is empty.", "Name the setting, or the type of setting, that the plan is for.", "named"
        )


def check_plan_live(case: Case) -> None:
    """A plan is maintained and no decision to cease it stands."""
    if case.plan.cease_decided_on is not None:
        raise NotAllowedNow(
            f"It was decided on {_day(case.plan.cease_decided_on)} to cease this plan.",
            "If the plan goes on after all, record that first.",
        )


def check_ceasing(case: Case) -> None:
    """A decision to cease stands."""
    if case.plan.cease_decided_on is None:
        raise NotAllowedNow("There is no decision to cease this plan.", "Record the decision first.")


def check_appeal_time(case: Case, on: date) -> None:
    """The plan is kept until the time to appeal has run (CFA s.45(4))."""
    plan = case.plan
    if plan.cease_decided_on is None or plan.cease_reason in ENDS_WITHOUT_APPEAL:
        return
    last = plan_kept_until(plan.cease_decided_on)
    if on <= last:
        raise InvalidInput(
            f"The plan must be kept going until the end of {_day(last)}, when the time to appeal has run.",
            "End it after that day, unless there is an appeal.",
            "on",
        )


def check_review_met(case: Case) -> None:
    """A review meeting was held and not yet decided upon."""
    plan = case.plan
    met, decided = plan.last_review_meeting_on, plan.last_review_decided_on
    if met is None or (decided is not None and decided >= met):
        raise NotAllowedNow("No review meeting waits for a decision.", "Record the meeting first.")


def check_amendment_open(case: Case) -> None:
    """Proposed changes were sent and the amended plan was not."""
    plan = case.plan
    notice, amended = plan.amendment_notice_on, plan.amended_on
    if notice is None or (amended is not None and amended >= notice):
        raise NotAllowedNow(
            "No proposed changes wait for an amended plan.", "Record the notice of changes first."
        )


_ON_PLAN: dict[EventKind, tuple[Callable[[Case], None], ...]] = {
    EventKind.REVIEW_HELD: (check_plan_live,),
    EventKind.REVIEW_DECIDED: (check_plan_live, check_review_met),
    EventKind.PLAN_AMENDED: (check_plan_live,),
    EventKind.CEASE_DECIDED: (check_plan_live,),
    EventKind.CEASE_REVERSED: (check_ceasing,),
    EventKind.PLAN_CEASED: (check_ceasing,),
}


def check_state(case: Case, kind: EventKind) -> None:
    """Everything that the state alone says about an event: the table, then its own checks."""
    check_move(case, kind)
    for check in _ON_PLAN.get(kind, ()):
        check(case)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def check_live(case: Case) -> None:
    """The case is open: a request or a plan."""
    if case.status not in LIVE:
        raise NotAllowedNow("This case is closed.")


def check_advice_awaited(case: Case) -> None:
    """Advice was asked for that has not come."""
    if not any(one.returned_on is None and one.cancelled_on is None for one in case.advice.all()):
        raise NotAllowedNow("No advice is awaited.")


def check_reply_awaited(case: Case) -> None:
    """A setting was consulted that has not answered."""
    if not any(one.replied_on is None for one in case.setting_consultations.all()):
        raise NotAllowedNow("No setting’s answer is awaited.")


def check_exception_runs(case: Case) -> None:
    """An exception is recorded whose last day is not."""
    if not any(one.ends_on is None for one in case.exceptions.all()):
        raise NotAllowedNow("No exception is running.")


def check_transfer_untold(case: Case) -> None:
    """A plan was transferred in and the family not yet told (R15(4))."""
    plan = getattr(case, "plan", None)
    if plan is None or plan.transferred_on is None or plan.move_told_on is not None:
        raise NotAllowedNow("No transferred plan waits for the family to be told.")


def check_plan_amendable(case: Case) -> None:
    """Changes were proposed and wait for the amended plan, or a phase transfer waits for one."""
    plan = case.plan
    waiting = plan.amendment_notice_on and not (
        plan.amended_on and plan.amended_on >= plan.amendment_notice_on
    )
    if not waiting and case.next_step not in {"phase_transfer", "post16_transfer"}:
        raise NotAllowedNow(
            "No proposed changes wait for an amended plan.", "Record the notice of changes first."
        )
