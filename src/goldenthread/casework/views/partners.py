"""For advisers and settings: what was asked of them, and their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.casework import actions
from goldenthread.casework.forms.partners import AnswerForm, ReturnForm
from goldenthread.casework.forms.requests import refuse
from goldenthread.casework.presenters import partners as presenter
from goldenthread.casework.queries import pages
from goldenthread.core import audit, clock
from goldenthread.core.access import for_roles, signed_in
from goldenthread.core.refusals import Refusal
from goldenthread.core.roles import Role

_ask_then_do = require_http_methods(["GET", "HEAD", "POST"])


@for_roles(Role.ADVISER)
@require_GET
def my_advice(request: HttpRequest) -> HttpResponse:
    """What this adviser was asked for: what still waits, then what was returned."""
    today = clock.today()
    rows = pages.my_advice(signed_in(request)).filter(pages.still_theirs("returned_on", today))
    rows = rows.order_by(F("returned_on").desc(nulls_first=True), "due_on")
    return render(request, "casework/my_advice.html", presenter.advice(list(rows), today))


@for_roles(Role.ADVISER)
@_ask_then_do
def return_advice(request: HttpRequest, advice_id: UUID) -> HttpResponse:
    """Say that the advice was sent to the council."""
    advice = pages.advice_of(advice_id, signed_in(request))
    form = ReturnForm(request.POST if request.method == "POST" else None)

    def act() -> Any:
        return actions.return_advice(
            case_id=advice.case_id, by=signed_in(request), advice_id=advice.pk, **form.cleaned_data
        )

    if request.method == "POST" and _taken(form, act):
        messages.success(request, "Thank you. The council sees that your advice has come.")
        return HttpResponseRedirect(reverse("my_advice"))
    audit.saw(by=signed_in(request), person_id=advice.case.person_id, what="advice_request", obj=advice)
    context = presenter.one_advice(advice, clock.today()) | {"form": form}
    return render(request, "casework/return_advice.html", context)


@for_roles(Role.SETTING)
@require_GET
def my_setting(request: HttpRequest) -> HttpResponse:
    """Consultations to answer, and the children and young people whose plan names this setting."""
    today = clock.today()
    found = pages.my_consultations(signed_in(request)).filter(pages.still_theirs("replied_on", today))
    asked = list(found.order_by(F("replied_on").desc(nulls_first=True), "due_on"))
    plans = list(pages.plans_at_my_setting(signed_in(request)))
    context = presenter.consultations(asked, today) | {"plans": presenter.plans(plans, today)}
    return render(request, "casework/my_setting.html", context)


@for_roles(Role.SETTING)
@_ask_then_do
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Answer a consultation: can meet need, cannot, or full, with grounds."""
    asked = pages.consultation_of(consultation_id, signed_in(request))
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def act() -> Any:
        return actions.record_consultation_reply(
            case_id=asked.case_id,
            by=signed_in(request),
            on=clock.today(),
            consultation_id=asked.pk,
            **form.cleaned_data,
        )

    if request.method == "POST" and _taken(form, act):
        messages.success(request, "Thank you. The council has your answer.")
        return HttpResponseRedirect(reverse("my_setting"))
    audit.saw(by=signed_in(request), person_id=asked.case.person_id, what="consultation", obj=asked)
    context = presenter.one_consultation(asked, clock.today()) | {"form": form}
    return render(request, "casework/answer.html", context)


def _taken(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the form was right and the action did not refuse."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True
