"""Every decision on a case: one view for all of them, from the table in `forms.table`."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.casework import queries
from goldenthread.casework.actions.available import ACTIONS, is_allowed
from goldenthread.casework.actions.rehearsal import rehearse
from goldenthread.casework.cautions import cautions_for
from goldenthread.casework.forms.base import CaseForm
from goldenthread.casework.forms.table import DECISIONS, Decision
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import case as presenter
from goldenthread.casework.presenters import timeline as history
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import pages
from goldenthread.core import audit, clock
from goldenthread.core.access import for_roles, signed_in
from goldenthread.core.refusals import ChangedMeanwhile, NotAllowedNow, Refusal
from goldenthread.core.roles import CASEWORK

_AVAILABLE = {one.name: one for one in ACTIONS}
# Links from a table say which of several they are about.
_FROM_LINK = {"advice": "advice_id", "consultation": "consultation_id", "exception": "exception_id"}


@for_roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, case_id: UUID, action: str) -> HttpResponse:
    """Ask for what an action needs, show it for checking, record it, and go back to the case."""
    decision = DECISIONS.get(action)
    if decision is None:
        raise Http404
    case = pages.case_with(case_id, signed_in(request), *pages.NAMED_FACTS)
    _refuse_unless_allowed(case, decision, request)
    if request.method == "POST":
        return _posted(request, case, decision)
    given = {name: request.GET[key] for key, name in _FROM_LINK.items() if key in request.GET}
    audit.saw(by=signed_in(request), person_id=case.person_id, what="case", obj=case)
    return _ask(request, case, decision, decision.form(case=case, by=signed_in(request), initial=given))


def _refuse_unless_allowed(case: Case, decision: Decision, request: HttpRequest) -> None:
    one = _AVAILABLE[decision.name]
    one.may(signed_in(request))
    if not is_allowed(one, case, signed_in(request)):
        stage = words.STAGES[case.status].text.lower()
        raise NotAllowedNow(
            f"“{one.title}” is not possible while this case stands at: {stage}.",
            "Open the case to see what can be done next.",
        )


def _posted(request: HttpRequest, case: Case, decision: Decision) -> HttpResponse:
    form = decision.form(request.POST, case=case, by=signed_in(request))
    if "find" in request.POST:
        form.forgive()
        return _ask(request, case, decision, form)
    if not form.is_valid() or request.POST.get("step") == "change":
        return _ask(request, case, decision, form)
    try:
        if decision.checked and request.POST.get("step") != "confirm":
            return _check(request, case, decision, form)
        _call(case, decision, form, request)
    except ChangedMeanwhile as refusal:
        return _changed(request, case, decision, refusal)
    except Refusal as refusal:
        form.refuse(refusal)
        return _ask(request, case, decision, form, status=refusal.status)
    messages.success(request, decision.done)
    return HttpResponseRedirect(reverse("case", args=[case.pk]))


def _call(case: Case, decision: Decision, form: CaseForm, request: HttpRequest) -> Any:
    given = form.given() | {"by": signed_in(request)}
    if "case_ids" not in given:
        given |= {"case_id": case.pk, "version": form.cleaned_data.get("version")}
    return decision.act(**given)


def _check(request: HttpRequest, case: Case, decision: Decision, form: CaseForm) -> HttpResponse:
    today = clock.today()

    def read(after: Case) -> dict[str, Any]:
        return {"stage": words.STAGES[after.status], "step": presenter.next_step(after, today)}

    follows = rehearse(partial(_call, case, decision, form, request), read)
    kept = [
        (key, value)
        for key, values in request.POST.lists()
        if key not in {"csrfmiddlewaretoken", "step"}
        for value in values
    ]
    context = {"answers": form.answers(), "follows": follows, "kept": kept, "says": form.consequence()}
    return render(request, "casework/check.html", _around(case, decision) | context)


def _changed(request: HttpRequest, case: Case, decision: Decision, refusal: Refusal) -> HttpResponse:
    """Somebody was quicker: say what they did; the same answers can then be sent again."""
    data = request.POST.copy()
    opened = str(data.get("version", ""))
    before = int(opened) if opened.isdigit() else case.version
    data["version"] = str(case.version)
    form = decision.form(data, case=case, by=signed_in(request))
    form.refuse(refusal)
    changes = history.timeline(pages.changes_since(case, before))
    return _ask(request, case, decision, form, status=refusal.status, changes=changes)


def _around(case: Case, decision: Decision) -> dict[str, Any]:
    used = {due.rule for due in queries.deadlines_of(case)}
    rules = [rule for rule in decision.rules if rule in used] or decision.rules[:1]
    kinds = _AVAILABLE[decision.name].kinds
    return {
        "cautions": list(
            dict.fromkeys(text for kind in kinds for text in cautions_for(case, kind, clock.today()))
        ),
        "case": case,
        "child": words.name_of(case.person),
        "decision": decision,
        "laws": [words.law_of(rule) for rule in rules],
        "dates": presenter.date_rows(
            (due for due in queries.deadlines_of(case) if due.rule in decision.rules and not due.subject),
            clock.today(),
            {},
            only_open=True,
        ),
    }


def _ask(
    request: HttpRequest,
    case: Case,
    decision: Decision,
    form: CaseForm,
    *,
    status: int = 200,
    changes: Any = (),
) -> HttpResponse:
    context = _around(case, decision) | {"form": form, "changes": changes}
    return render(request, "casework/decide.html", context, status=status)
