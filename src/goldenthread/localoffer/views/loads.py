"""Files of services: out with every column, in again with a look at what each row would do first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of
from goldenthread.localoffer import actions, jobs
from goldenthread.localoffer.enums import LoadState, Outcome
from goldenthread.localoffer.forms.lists import EntryFilter
from goldenthread.localoffer.forms.loads import PUBLISH, LoadForm
from goldenthread.localoffer.models import Load
from goldenthread.localoffer.presenters import loads as presenter
from goldenthread.localoffer.queries import lists, loads, sheets
from goldenthread.localoffer.views.editing import refused, writers

editors = for_permission("localoffer.approve")
# So few rows are checked while one waits; more are checked by the job.
AT_ONCE = 300
FILES = {"csv": csv_response, "xlsx": xlsx_response}


@writers
@require_GET
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The entries that one keeps, with every column, as a file that can be loaded again."""
    if kind not in FILES:
        raise NotFound("There is no such kind of file.", "Take services.csv or services.xlsx.")
    by = signed_in(request)
    rows = lists.listed(by, EntryFilter(request.GET).wanted()).order_by("name", "pk")
    columns = [Column(one.key, one.label) for one in sheets.sheet_columns(by)]
    return FILES[kind]("local-offer-services", columns, (Row(cells) for cells in sheets.sheet_rows(by, rows)))


@editors
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The files that were given."""
    state = TableState.from_request(request.GET, presenter.FILES)
    page = page_of(loads.loads_listed(signed_in(request)).order_by("-created_at", "pk"), state)
    table = Table(
        "Files",
        presenter.FILES,
        list(presenter.file_rows(page.items)),
        state,
        page,
        ("file", "files"),
        empty="No file was given yet.",
        caption_hidden=True,
    )
    return render(request, "localoffer/edit/loads.html", {"table": table})


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give a file; it is checked, and nothing is changed yet."""
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        publish = form.cleaned_data["then"] == PUBLISH
        try:
            load = actions.give_file(
                by=signed_in(request), content=file.read(), file_name=file.name, publish=publish
            )
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            _check(request, load)
            return HttpResponseRedirect(reverse("lo_load", args=[load.pk]))
    layout = Table("Columns", presenter.LAYOUT, presenter.layout_rows(), caption_hidden=True)
    context = {"form": form, "layout": layout, "plain": presenter.plain_columns()}
    return render(request, "localoffer/edit/load_new.html", context, status=422 if form.errors else 200)


def _check(request: HttpRequest, load: Load) -> None:
    if load.rows <= AT_ONCE:
        actions.check_file(by=signed_in(request), load_id=load.pk)
    else:
        jobs.check_file.enqueue(str(load.pk))


@editors
@require_GET
def show(request: HttpRequest, load_id: UUID) -> HttpResponse:
    """How far a file is, or what its rows do, and what is wrong with them."""
    load = loads.load_for(signed_in(request), load_id)
    context: dict[str, Any] = {"load": load, "facts": presenter.facts(load)}
    if load.state in {LoadState.CHECKING, LoadState.APPLYING}:
        still = "still" in request.GET
        context |= {"progress": presenter.progress(load, still=still), "still": still}
        context |= {"stopped": loads.has_stopped(load)}
        return render(request, "localoffer/edit/load_progress.html", context)
    chosen = request.GET.get("show", "problems")
    table = _table(request, load, chosen)
    context |= {
        "table": table,
        "tabs": presenter.tabs(load, chosen),
        "can_load": load.state == LoadState.CHECKED,
        "wanted": load.new + load.changed,
        "has_report": bool(load.refused and load.content),
    }
    return render(request, "localoffer/edit/load.html", context)


def _table(request: HttpRequest, load: Load, chosen: str) -> Table:
    is_outcome = chosen in Outcome.values and chosen != Outcome.REFUSED
    columns = presenter.OUTCOMES if is_outcome else presenter.FINDINGS
    state = TableState.from_request(request.GET, columns)
    items: list[Any] = list(loads.outcomes_of(load, chosen) if is_outcome else loads.findings_of(load))
    page = page_of(items, state)
    linked = load.state == LoadState.DONE or chosen != Outcome.NEW
    rows = (
        presenter.outcome_rows(page.items, linked=linked)
        if is_outcome
        else presenter.finding_rows(page.items)
    )
    return Table("Rows", columns, rows, state, page, ("row", "rows"), empty="None.", caption_hidden=True)


@editors
@require_GET
def report(request: HttpRequest, load_id: UUID) -> HttpResponseBase:
    """The refused rows with what is wrong, as a file to mend and give again."""
    headings, rows = loads.report_rows(loads.load_for(signed_in(request), load_id))
    columns = [Column(str(at), heading) for at, heading in enumerate(headings)]
    cells = (Row({str(at): cell for at, cell in enumerate(row)}) for row in rows)
    return csv_response("rows-to-mend", columns, cells)


@editors
@require_POST
def decide(request: HttpRequest, load_id: UUID, what: str) -> HttpResponse:
    """Load a checked file, put it aside, or have a job that broke off go on."""
    by = signed_in(request)
    if what == "leave":
        actions.leave_file(by=by, load_id=load_id)
        messages.success(request, "The file was put aside. Nothing was changed.")
        return HttpResponseRedirect(reverse("lo_loads"))
    if what == "load":
        actions.start_loading(by=by, load_id=load_id)
        jobs.apply_file.enqueue(str(load_id))
    else:
        load = loads.load_for(by, load_id)
        job = jobs.check_file if load.state == LoadState.CHECKING else jobs.apply_file
        job.enqueue(str(load_id))
    return HttpResponseRedirect(reverse("lo_load", args=[load_id]))
