"""The log of who was consulted about the Local Offer: kept by editors, read by everybody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.consultations import actions, queries
from goldenthread.consultations.enums import Body, Purpose, Question, Way
from goldenthread.consultations.forms import LogForm
from goldenthread.consultations.models import Consultation
from goldenthread.consultations.presenters import consulting
from goldenthread.consultations.views.parts import (
    add_refusal,
    answerers,
    public_pages,
    staff_pages,
    status_of,
)
from goldenthread.core import clock
from goldenthread.core.access import public, signed_in
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.download import csv_response
from goldenthread.core.ui.tables import Table, TableState, page_of


@answerers
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """Each body and question with when it was last done, and the log; as CSV too."""
    item = request.GET.get("item", "")
    item = item if item in (*Body.values, *Question.values) else ""
    found = queries.consultations(item=item)
    if request.GET.get("download") == "csv":
        return csv_response("who-was-consulted", consulting.FILE, consulting.file_rows(found))
    context = {
        "tabs": staff_pages("consultation_log"),
        "items": Table(
            "Whom the law names",
            consulting.ITEMS,
            list(consulting.item_rows(queries.consulted_items(), clock.today())),
        ),
        "table": _log(request, item),
        "chosen": next((one.label for one in (*Body, *Question) if one.value == item), ""),
        "law": consulting.LAW,
    }
    return render(request, "consultations/log.html", context)


def _log(request: HttpRequest, item: str) -> Table:
    state = TableState.from_request(request.GET, consulting.LOG, default_sort="-held")
    page = page_of(queries.consultations(item=item).order_by(*state.ordering()), state)
    return Table(
        "The log",
        consulting.LOG,
        list(consulting.log_rows(page.items)),
        state,
        page,
        ("consultation", "consultations"),
        empty="Nobody was consulted yet." if not item else "Never yet.",
    )


@answerers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, consultation_id: UUID | None = None) -> HttpResponse:
    """Write down who was consulted, or better what was written."""
    by = signed_in(request)
    one = queries.consultation_for(by, consultation_id) if consultation_id else None
    initial = consulting.as_filled(one) if one else {"purpose": Purpose.REVIEWING}
    form = LogForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _save(by, form, one, request.POST.get("version", ""))
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The log is saved, and public.")
            return HttpResponseRedirect(reverse("consultation_log"))
    title = "Change who was consulted" if one else "Write down who was consulted"
    context = {"form": form, "title": title, "version": one.version if one else ""}
    return render(request, "consultations/log_edit.html", context, status=status_of(form))


def _save(by: Actor, form: LogForm, one: Consultation | None, version: str) -> None:
    data = dict(form.cleaned_data)
    told = actions.Consulted(
        **data
        | {
            "bodies": frozenset(map(Body, data["bodies"])),
            "questions": frozenset(map(Question, data["questions"])),
            "way": Way(data["way"]),
            "purpose": Purpose(data["purpose"]),
        }
    )
    known = int(version) if version.isdecimal() else None
    actions.log_consultation(told=told, by=by, consultation_id=one.pk if one else None, version=known)


@public
@require_GET
def helped(request: HttpRequest) -> HttpResponse:
    """Who helped to make the Local Offer: newest first."""
    state = TableState.from_request(request.GET, (), default_sort="-held_on", sizes=(10, 25))
    page = page_of(queries.consultations(), state)
    context = {
        "tabs": public_pages("who_helped"),
        "found": [consulting.as_shown(one) for one in page.items],
        "page": page,
        "bodies": consulting.helped(queries.consulted_items()),
        "law": consulting.LAW,
        "newer": state.href(page=page.number - 1) if page.number > 1 else "",
        "older": state.href(page=page.number + 1) if page.number < page.pages else "",
    }
    return render(request, "consultations/helped.html", context)
