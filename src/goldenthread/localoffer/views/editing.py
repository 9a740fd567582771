"""The directory as editors and providers keep it: the list, an entry, its parts, its versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.core import clock
from goldenthread.core.access import for_roles, signed_in
from goldenthread.core.permissions import roles_with
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotFound
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import by_day
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.localoffer import actions, permissions, queries, reading, workflow
from goldenthread.localoffer.enums import Happening
from goldenthread.localoffer.forms import places, sections, times
from goldenthread.localoffer.forms.lists import EntryFilter, NewEntryForm
from goldenthread.localoffer.presenters import editing as presenter
from goldenthread.localoffer.queries import lists

writers = for_roles(*roles_with("localoffer.edit"), *roles_with("localoffer.provide"))
FORMS: dict[str, type[sections.SectionForm]] = {
    "about": sections.AboutForm,
    "kinds": sections.KindsForm,
    "who": sections.WhoForm,
    "where": places.WhereForm,
    "when": times.WhenForm,
    "cost": sections.CostForm,
    "contact": sections.ContactForm,
    "access": places.AccessForm,
    "questions": sections.QuestionsForm,
    "notes": sections.NotesForm,
}


def refused(form: PlainForm, refusal: InvalidInput) -> None:
    """Say on the form what an action refused: at its field where the form has it."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, f"{refusal.message} {refusal.mend}".strip())


@writers
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """The entries that one keeps, with filters; as a file too."""
    by = signed_in(request)
    form = EntryFilter(request.GET)
    rows = lists.listed(by, form.wanted())
    state = TableState.from_request(request.GET, presenter.COLUMNS, default_sort="name")
    ordered = rows.order_by(*state.ordering())
    download = request.GET.get("download")
    if download in {"csv", "xlsx"}:
        write = csv_response if download == "csv" else xlsx_response
        return write(
            "local-offer-entries", presenter.COLUMNS, presenter.entry_rows(ordered.iterator(), clock.today())
        )
    page = page_of(rows, state)
    table = Table(
        "Entries",
        presenter.COLUMNS,
        list(presenter.entry_rows(page.items, clock.today())),
        state,
        page,
        ("entry", "entries"),
        empty="No entry fits.",
        caption_hidden=True,
        downloads=True,
    )
    context = {"table": table, "panel": FilterPanel.of(form, request.GET, clear_href=reverse("lo_entries"))}
    context |= {"figures": lists.figures(by), "edits_all": permissions.can_edit_all(by)}
    return render(request, "localoffer/edit/list.html", context)


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin an entry."""
    by = signed_in(request)
    organizations = presenter.choices(lists.organizations_for(by))
    chosen = {
        "organization": request.GET.get("organization")
        or (organizations[0][0] if len(organizations) == 1 else "")
    }
    form = NewEntryForm(request.POST or None, organizations=organizations, initial=chosen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            service = actions.start_entry(
                by=by, organization_id=UUID(data["organization"]), name=data["name"]
            )
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            return HttpResponseRedirect(reverse("lo_entry", args=[service.pk]))
    context = {"form": form, "edits_all": permissions.can_edit_all(by)}
    return render(request, "localoffer/edit/new.html", context, status=422 if form.errors else 200)


@writers
@require_GET
def entry(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One entry: its parts, where it stands, what can be done."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    document = queries.current_document(service)
    events = list(queries.events_of(service)[:50])
    may_save = workflow.allows(service.state, Happening.SAVED)
    sent_back = next((one for one in events if one.kind == Happening.SENT_BACK), None)
    context = {
        "service": service,
        "tasks": presenter.tasks(service, document, by, may_save),
        "facts": presenter.facts(service, clock.today()),
        "decisions": presenter.decisions_for(service, by),
        "sent_back": sent_back if service.state == "sent_back" else None,
        "history": by_day(presenter.history(events)),
        "may_save": may_save,
    }
    return render(request, "localoffer/edit/entry.html", context)


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, service_id: UUID, part: str) -> HttpResponse:
    """One part of an entry, saved by itself."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    if part not in presenter.sections_for(by):
        raise NotFound("There is no such part of an entry.", "Go back to the entry and choose one there.")
    workflow.next_state(service.state, Happening.SAVED)
    number = _number(request, service.number)
    document = queries.document_of(service, number)
    terms = lists.terms_to_tick() if part == "kinds" else []
    form = FORMS[part](
        request.POST or None, document=document, terms=terms, initial={"number": number}, prefix=None
    )
    meanwhile: list[reading.Change] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(by=by, service_id=service.pk, number=number, changes=form.changes())
        except InvalidInput as refusal:
            refused(form, refusal)
        except ChangedMeanwhile as refusal:
            form.add_error(None, f"{refusal.message} {refusal.mend}")
            meanwhile = _meanwhile(document, service, part)
            _take_newest(form, service.number)
        else:
            messages.success(request, f"{presenter.TITLES[part]}: saved.")
            return HttpResponseRedirect(_after(request, service.pk, part, by))
    context = {"service": service, "form": form, "title": presenter.TITLES[part], "meanwhile": meanwhile}
    return render(request, "localoffer/edit/section.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, newest: int) -> int:
    """The version that the page was opened at."""
    given = request.POST.get("number", "")
    return min(int(given), newest) if given.isdecimal() and len(given) < 9 else newest


def _meanwhile(document: Any, service: Any, part: str) -> list[reading.Change]:
    """What somebody else changed in this part since the page was opened."""
    changes = reading.changes(document, queries.current_document(service))
    return [one for one in changes if one.part == part]


def _take_newest(form: sections.SectionForm, number: int) -> None:
    """Let the same words be saved over the newest version, now that its own were shown."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["number"] = str(number)
    form.data = data


def _after(request: HttpRequest, service_id: UUID, part: str, by: Any) -> str:
    """The next part where "Save and go on" was pressed, else the entry."""
    parts = presenter.sections_for(by)
    at = parts.index(part) + 1
    if request.POST.get("then") == "next" and at < len(parts):
        return reverse("lo_section", args=[service_id, parts[at]])
    return reverse("lo_entry", args=[service_id])


@writers
@require_GET
def preview(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """All that the entry says now."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    document = queries.current_document(service)
    parts = presenter.preview(document, notes=permissions.can_edit_all(by))
    return render(request, "localoffer/edit/preview.html", {"service": service, "parts": parts})


@writers
@require_GET
def changes(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What differs from what the public sees."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    before = queries.document_of(service, service.live_number) if service.live_number else {}
    found = reading.changes(before, queries.current_document(service))
    context = {"service": service, "table": _change_table(found, by), "is_new": not before}
    return render(request, "localoffer/edit/changes.html", context)


def _change_table(found: list[reading.Change], by: Any) -> Table:
    shown = [one for one in found if one.part in presenter.sections_for(by)]
    return Table("What changed", presenter.CHANGES, presenter.change_rows(shown), empty="Nothing.")


@writers
@require_GET
def versions(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Every version that was saved."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    state = TableState.from_request(request.GET, presenter.VERSIONS)
    page = page_of(queries.versions_of(service), state)
    rows = list(presenter.version_rows(service, page.items))
    table = Table(
        "Versions", presenter.VERSIONS, rows, state, page, ("version", "versions"), caption_hidden=True
    )
    return render(request, "localoffer/edit/versions.html", {"service": service, "table": table})


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, service_id: UUID, number: int) -> HttpResponse:
    """One version: what it said, how it differs from now, and going back to it."""
    by = signed_in(request)
    service = queries.service_for(by, service_id)
    document = queries.document_of(service, number)
    if request.method == "POST":
        seen = request.POST.get("version", "")
        if not seen.isdecimal():
            raise InvalidInput("The page was not complete.", "Open it again and press the button.")
        actions.go_back_to(by=by, service_id=service.pk, number=number, version=int(seen[:9]))
        messages.success(request, f"The words of version {number} are the newest again, as a draft.")
        return HttpResponseRedirect(reverse("lo_entry", args=[service.pk]))
    found = reading.changes(document, queries.current_document(service))
    context = {
        "service": service,
        "number": number,
        "parts": presenter.preview(document, notes=permissions.can_edit_all(by)),
        "table": _change_table(found, by),
        "may_go_back": number != service.number and workflow.allows(service.state, Happening.SAVED),
    }
    return render(request, "localoffer/edit/version.html", context)
