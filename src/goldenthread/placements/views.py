"""Placements' pages: a place begins, a place ends. Where they are listed is a panel of the case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.casework.queries.pages import case_with
from goldenthread.core import audit
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import InvalidInput, Refusal
from goldenthread.placements import actions, presenters, queries
from goldenthread.placements.forms import EndPlacementForm, StartPlacementForm

_edit = for_permission("placements.edit")
_ask_then_do = require_http_methods(["GET", "HEAD", "POST"])


@_edit
@_ask_then_do
def start(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record where a child or young person attends."""
    case = case_with(case_id, signed_in(request))
    form = StartPlacementForm(request.POST if request.method == "POST" else None)
    if "find" in request.POST:
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        try:
            actions.start_placement(
                new=actions.NewPlacement(case_id=case.pk, **form.given()), by=signed_in(request)
            )
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, case, "The place is recorded.")
    return _show(request, "placements/start.html", case, {"form": form})


@_edit
@_ask_then_do
def end(request: HttpRequest, case_id: UUID, placement_id: UUID) -> HttpResponse:
    """Record the last day at a place."""
    case = case_with(case_id, signed_in(request))
    place = queries.of_case(placement_id, case.pk)
    form = EndPlacementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_placement(placement_id=place.pk, on=form.cleaned_data["on"], by=signed_in(request))
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, case, "The last day is recorded.")
    context = {"form": form, "place": presenters.place_words(place), "since": presenters.period_words(place)}
    return _show(request, "placements/end.html", case, context)


def _refuse(form: Any, refusal: Refusal) -> None:
    field = refusal.field if isinstance(refusal, InvalidInput) else None
    form.add_error(field if field in form.fields else None, f"{refusal.message} {refusal.mend}".strip())


def _show(request: HttpRequest, template: str, case: Any, context: dict[str, Any]) -> HttpResponse:
    audit.saw(by=signed_in(request), person_id=case.person_id, what="case", obj=case)
    return render(request, template, {"case": case, "child": str(case.person)} | context)


def _done(request: HttpRequest, case: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("case_plan", args=[case.pk]))
