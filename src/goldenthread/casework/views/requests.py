"""Recording a request: find or add the child or young person, say who asked and when, check, done."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.casework import actions, queries
from goldenthread.casework.actions.rehearsal import rehearse
from goldenthread.casework.forms.requests import ChildForm, RequestForm, refuse
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import case as presenter
from goldenthread.casework.presenters import requests as found_presenter
from goldenthread.casework.queries import pages
from goldenthread.core import clock, kept_words
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import Refusal
from goldenthread.core.ui.parts import SummaryRow
from goldenthread.people import actions as people_actions
from goldenthread.people import queries as people_queries
from goldenthread.statute.codes import codeset

_record = for_permission("casework.record_request")
_ask_then_do = require_http_methods(["GET", "HEAD", "POST"])
_MOST = 25


@_record
@_ask_then_do
def find(request: HttpRequest) -> HttpResponse:
    """First find the child or young person, so that nobody is recorded twice."""
    if (elsewhere := kept_words.away(request)) is not None:
        return elsewhere
    words = kept_words.read(request).get("q", "")
    context: dict[str, Any] = {"words": words}
    if words:
        found = people_queries.search(words, by=signed_in(request))
        people = [person for _, person in found.page(0, _MOST)]
        context |= {
            "table": found_presenter.people_table(people, pages.open_cases_of(people), clock.today()),
            "notes": found.notes,
            "more": len(found.hits) > _MOST,
        }
    return render(request, "casework/record_find.html", context)


@_record
@_ask_then_do
def add(request: HttpRequest) -> HttpResponse:
    """Add a child or young person who is not in the record, then go on with the request."""
    form = ChildForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people_actions.create_person(by=signed_in(request), facts=form.facts())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{person} is added to the record.")
            return HttpResponseRedirect(reverse("record_request_for", args=[person.pk]))
    return render(request, "casework/record_add.html", {"form": form})


@_record
@_ask_then_do
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who asked, how and when; then the 6-, 16- and 20-week dates to check; then the case."""
    person = pages.person_for_request(person_id)
    form = RequestForm(request.POST if request.method == "POST" else None)
    context = {"person": person, "form": form, "other": pages.open_case_of(person.pk)}
    confirmed = request.POST.get("step") == "confirm"
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        act = partial(
            actions.receive_request, person_id=person.pk, by=signed_in(request), **form.cleaned_data
        )
        try:
            if not confirmed:
                return _check(request, context, act)
            case = act()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            words = f"The request for {person} is recorded as {case.reference}."
            messages.success(request, f"{words} Decide whether to assess by {presenter.due_words(case)}.")
            return HttpResponseRedirect(reverse("case", args=[case.pk]))
    return render(request, "casework/record_request.html", context)


def _check(request: HttpRequest, context: dict[str, Any], act: Any) -> HttpResponse:
    form: RequestForm = context["form"]
    received: date = form.cleaned_data["on"]

    def read(case: Case) -> Any:
        return presenter.first_dates(received, queries.deadlines_of(case))

    kept = [(key, value) for key, value in request.POST.items() if key not in {"csrfmiddlewaretoken", "step"}]
    return render(
        request,
        "casework/record_check.html",
        context
        | {"dates": rehearse(act, read), "kept": kept, "answers": _answers(form), "received": received},
    )


def _answers(form: RequestForm) -> list[SummaryRow]:
    data = form.cleaned_data
    routes = dict(form.fields["route"].choices)  # type: ignore[attr-defined]
    rows = [
        SummaryRow("Request received", data["on"]),
        SummaryRow("Who asked", codeset("request_source").label(data["source"])),
    ]
    if data["requested_by"]:
        rows.append(SummaryRow("Name of who asked", data["requested_by"]))
    rows.append(SummaryRow("How it arrived", routes[data["route"]]))
    if data["youth_accommodation"]:
        rows.append(SummaryRow("In youth custody", value=True))
    if data["note"]:
        rows.append(SummaryRow("Note", data["note"]))
    return rows
