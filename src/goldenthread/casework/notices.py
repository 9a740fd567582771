"""Who is told of what happened to a case, in which words. No names of children: the reference says enough.

A message is written in the transaction of the event and sent after it (`core.notices`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from goldenthread.casework import steps
from goldenthread.casework.clock import Due
from goldenthread.casework.models import Advice, Case, SettingConsultation
from goldenthread.core import clock as site_clock
from goldenthread.core import notices
from goldenthread.core.actors import Actor, System

# To the family: what happened, in plain words. Kinds that are not here go to nobody in the family.
_FAMILY = {
    "request_received": "We have received the request for an EHC needs assessment.",
    "decided_to_assess": "We have decided to carry out an EHC needs assessment.",
    "decided_not_to_assess": "We have decided not to carry out an EHC needs assessment. Our letter gives the "
    "reasons, and says how to challenge the decision.",
    "advice_returned": "We have received advice that we asked for in the EHC needs assessment.",
    "decided_to_issue": "We have decided to issue an EHC plan.",
    "decided_not_to_issue": "We have decided not to issue an EHC plan. Our letter gives the reasons, and "
    "says how to challenge the decision.",
    "draft_sent": "We have sent you the draft EHC plan. Please tell us what you think of it.",
    "plan_issued": "We have sent you the final EHC plan.",
    "plan_transferred_in": "We have taken over the EHC plan from the council you moved from.",
    "review_decided": "We have decided what follows from the annual review. Our letter gives the reasons.",
    "plan_amended": "We have sent you the amended EHC plan.",
    "cease_decided": "We have decided to cease the EHC plan. Our letter gives the reasons, and says how to "
    "challenge the decision. The plan goes on until the time to appeal has run.",
    "cease_reversed": "The EHC plan goes on after all.",
    "plan_ceased": "The EHC plan has ended.",
    "withdrawn": "The request for an EHC needs assessment has ended.",
    "exception_claimed": "We have recorded a reason the law allows for taking longer over a step. Our letter "
    "says which.",
}
_SHARED = ("everything", "letters")


def tell(case: Case, kind: str, *, by: Actor, data: dict[str, Any], dues: list[Due]) -> None:
    """Write the messages of one event. Loading returns and making the demonstration tell nobody."""
    if by in {System.IMPORT, System.DEMONSTRATION}:
        return
    if kind in _FAMILY:
        _tell_family(case, kind, dues)
    elif kind == "allocated":
        _tell_caseworker(case)
    elif kind in {"advice_requested", "advice_cancelled"}:
        _tell_adviser(case, kind, data)
    elif kind == "setting_consulted":
        _tell_setting(case, data)


def _tell_family(case: Case, kind: str, dues: list[Due]) -> None:
    lines = [_FAMILY[kind], "", *_what_is_next(case, dues), "", "Sign in to see everything so far."]
    today = site_clock.today()
    asked = case.person.relationships.filter(share__in=_SHARED, contact__user__is_active=True)
    now = asked.filter(Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today))
    emails = now.order_by("contact__user__email").values_list("contact__user__email", flat=True)
    _send(case, kind, emails, f"{case.reference}: something has changed", lines)


def _what_is_next(case: Case, dues: list[Due]) -> Iterable[str]:
    if case.next_step and case.next_due_on:
        name = steps.step(case.next_step).title
        yield f"Next: {name.lower() if name[1:2].islower() else name}, by {_day(case.next_due_on)}."
    views = next((one for one in dues if one.rule == steps.VIEWS and one.is_open), None)
    if views is not None:
        yield f"You have until the end of {_day(views.due_on)} to give your views on the draft."
    if case.caseworker is not None:
        yield f"Your Plan Co-ordinator is {case.caseworker.name}."


def _tell_caseworker(case: Case) -> None:
    if case.caseworker is not None:
        lines = ["This case is now yours.", "", *_what_is_next(case, [])]
        _send(case, "allocated", [case.caseworker.email], f"{case.reference} is now yours", lines)


def _tell_adviser(case: Case, kind: str, data: dict[str, Any]) -> None:
    advice = Advice.objects.select_related("adviser").filter(pk=data["advice"]).first()
    if advice is None or advice.adviser is None or not advice.adviser.email:
        return
    if kind == "advice_requested":
        words = f"Please give your advice for an EHC needs assessment by {_day(advice.due_on)}."
    else:
        words = "The advice that we asked you for is no longer needed."
    _send(
        case,
        kind,
        [advice.adviser.email],
        f"{case.reference}: advice",
        [words, "", "Sign in to see the request."],
    )


def _tell_setting(case: Case, data: dict[str, Any]) -> None:
    asked = SettingConsultation.objects.select_related("setting").filter(pk=data["consultation"]).first()
    if asked is None:
        return
    emails = [one.user.email for one in asked.setting.users.select_related("user") if one.user.is_active]
    words = (
        f"Please tell us by {_day(asked.due_on)} whether you can meet the needs of a child or young person."
    )
    _send(
        case,
        "setting_consulted",
        emails,
        f"{case.reference}: consultation",
        [words, "", "Sign in to see it."],
    )


def _send(case: Case, kind: str, emails: Iterable[str], subject: str, lines: list[str]) -> None:
    for email in emails:
        notices.send(
            to_email=email,
            subject=subject,
            body="\n".join(lines),
            kind=f"case_{kind}",
            person_id=case.person_id,
        )


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
