"""Decisions on an entry: each on a page of its own that says what will happen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.localoffer import actions, permissions, queries
from goldenthread.localoffer.forms.deciding import DayForm, DecisionForm, PauseForm, ReasonForm
from goldenthread.localoffer.models import Service
from goldenthread.localoffer.presenters import editing as presenter
from goldenthread.localoffer.views.editing import refused, writers

_FORMS: dict[str, type[DecisionForm]] = {
    "send-back": ReasonForm,
    "archive": ReasonForm,
    "schedule": DayForm,
    "pause": PauseForm,
}
_DOES: dict[str, Any] = {
    "submit": actions.submit,
    "publish": actions.publish,
    "schedule": actions.schedule,
    "send-back": actions.send_back,
    "unschedule": actions.unschedule,
    "pause": actions.pause,
    "reopen": actions.reopen,
    "discard": actions.discard_changes,
    "archive": actions.archive,
    "restore": actions.restore,
}


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, service_id: UUID, what: str) -> HttpResponse:
    """Ask for what the decision needs, and do it."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    decision = next((one for one in presenter.DECISIONS if one.key == what), None)
    if decision is None:
        raise NotFound("There is no such decision.", "Go back to the entry and choose one there.")
    if decision.editors_only:
        permissions.check_can_approve(by)
    if decision not in presenter.decisions_for(service, by):
        raise NotAllowedNow(
            "This cannot be done as the entry stands.", "Go back to the entry to see what can."
        )
    form = _FORMS.get(what, DecisionForm)(request.POST or None, initial={"version": service.version})
    if request.method == "POST" and form.is_valid():
        try:
            _do(what, by, service, dict(form.cleaned_data))
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            messages.success(
                request,
                f"{service.name}: {decision.happening.label[:1].lower()}{decision.happening.label[1:]}.",
            )
            return HttpResponseRedirect(reverse("lo_entry", args=[service.pk]))
    context = {"service": service, "form": form, "decision": decision}
    return render(request, "localoffer/edit/decide.html", context, status=422 if form.errors else 200)


def _do(what: str, by: Any, service: Service, given: dict[str, Any]) -> None:
    if what == "check":
        actions.confirm_checked(by=by, service_id=service.pk)
    else:
        _DOES[what](by=by, service_id=service.pk, **given)
