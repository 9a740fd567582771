"""A plan that moves in: what the other council's plan says, then the case, with its own due dates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.casework import actions, queries, steps
from goldenthread.casework.forms.moving import TransferForm
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import pages
from goldenthread.core import audit
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import Refusal
from goldenthread.core.ui.filters import long_date

_DUTIES = (steps.MOVE_TELL, steps.MOVE_REVIEW, steps.ANNUAL_REVIEW)


@for_permission("casework.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take over a plan from another council."""
    by, person = signed_in(request), pages.person_for_request(person_id)
    form = TransferForm(request.POST if request.method == "POST" else None, by=by)
    status = 200
    if "find" in request.POST:
        form.forgive()
    elif request.method == "POST" and form.is_valid():
        try:
            case = actions.transfer_in(person_id=person.pk, by=by, **form.given())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, f"{case.reference} is recorded. {_what_is_due(case)}")
            return HttpResponseRedirect(reverse("case", args=[case.pk]))
    audit.saw(by=by, person_id=person.pk, what="person")
    context = {
        "person": person,
        "form": form,
        "other": pages.open_case_of(person.pk),
        "duties": [(words.step_words(rule), steps.step(rule).limit, words.law_of(rule)) for rule in _DUTIES],
    }
    return render(request, "casework/record_transfer.html", context, status=status)


def _what_is_due(case: Case) -> str:
    due = {one.rule: one.due_on for one in queries.deadlines_of(case) if one.is_open}
    told = [f"{words.step_words(rule)} by {long_date(due[rule])}." for rule in _DUTIES if rule in due]
    return " ".join(told)
