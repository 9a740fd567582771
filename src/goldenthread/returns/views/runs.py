"""The list of loads, one load, and giving a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.queries import seconds_since_worker
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.returns import actions, jobs, permissions, presenters, queries
from goldenthread.returns.findings import report_path
from goldenthread.returns.forms import IssueFilter, LoadForm
from goldenthread.returns.models import UNDER_WAY, ImportRun, ImportState
from goldenthread.returns.uploads import too_large

_viewers = for_permission("returns.view")
_loaders = for_permission("returns.import")
# A worker that has been silent for longer is taken to be gone.
WORKER_SILENT = 120


@_viewers
def listing(request: HttpRequest) -> HttpResponse:
    """Every file that was given, newest first."""
    by = signed_in(request)
    state = TableState.from_request(request.GET, presenters.RUN_COLUMNS, default_sort="-given")
    page = page_of(queries.runs(by), state)
    table = Table(
        "Loads",
        presenters.RUN_COLUMNS,
        list(presenters.run_rows(page.items)),
        state,
        page,
        ("load", "loads"),
        caption_hidden=True,
    )
    return render(request, "returns/list.html", {"table": table, "may_import": permissions.can_import(by)})


@_loaders
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Give a return, to be checked or loaded in the background."""
    by = signed_in(request)
    form = LoadForm(too_large=False)
    if request.method == "POST":
        form = LoadForm(request.POST, request.FILES, too_large=too_large(request))
        if form.is_valid():
            run = _given(form, by)
            if run is not None:
                return HttpResponseRedirect(reverse("return_run", args=[run.pk]))
    context = {"form": form, "under_way": queries.under_way(by)}
    return render(request, "returns/load.html", context, status=422 if form.errors else 200)


def _given(form: LoadForm, by: Any) -> ImportRun | None:
    """The run of the file that was given; None where it was refused, which the form then says."""
    try:
        return actions.give_file(
            by=by,
            as_of=form.cleaned_data["as_of"],
            upload=form.cleaned_data["file"],
            check_only=form.cleaned_data["what"] == "check",
            corrections=form.cleaned_data["corrections"],
            then=jobs.queue,
        )
    except InvalidInput as refusal:
        form.add_error(refusal.field, f"{refusal.message} {refusal.mend}")
    except NotAllowedNow as refusal:
        form.add_error(None, f"{refusal.message} {refusal.mend}")
    return None


@_viewers
def show(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One load: how far it is, or what became of it."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    state = queries.state_now(run)
    context: dict[str, Any] = {"run": run, "state": presenters.STATES[state]}
    context["may_import"] = permissions.can_import(by)
    if state in UNDER_WAY:
        silent = seconds_since_worker()
        waits = state == ImportState.WAITING
        no_worker = waits and (silent is None or silent > WORKER_SILENT)
        still = "still" in request.GET
        context |= {"progress": presenters.how_far(run, still=still), "still": still}
        context |= {"no_worker": no_worker, "waits": waits}
        return render(request, "returns/progress.html", context)
    return render(request, "returns/result.html", context | _result(run, state, by))


def _result(run: ImportRun, state: ImportState, by: Any) -> dict[str, Any]:
    sees = permissions.can_see_values(by)
    table = Table(
        "What was found",
        presenters.KIND_COLUMNS,
        list(presenters.kind_rows(run, queries.kinds(run), links=sees)),
        empty="Nothing is wrong with this file.",
    )
    return {
        "ended": state in (ImportState.LOADED, ImportState.CHECKED),
        "checked": state == ImportState.CHECKED,
        "interrupted": state == ImportState.INTERRUPTED,
        "stats": presenters.stats(run),
        "told": presenters.told(run),
        "facts": presenters.facts(run),
        "table": table,
        "before": queries.loaded_before(run),
        "has_report": sees and report_path(run.pk).exists(),
    }


@_viewers
def issues(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What was found in a load, row by row."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    kinds = queries.kinds(run)
    form = IssueFilter(request.GET, codes=[(code, kind.reason[:60]) for code, kind in sorted(kinds.items())])
    wanted = form.cleaned_data if form.is_valid() else {}
    state = TableState.from_request(request.GET, presenters.ISSUE_COLUMNS, default_sort="line")
    page = page_of(queries.issues(by, run, code=wanted.get("code", ""), kept=wanted.get("kept", "")), state)
    table = Table(
        "What was found",
        presenters.ISSUE_COLUMNS,
        list(presenters.issue_rows(page.items)),
        state,
        page,
        ("finding", "findings"),
        empty="Nothing was found.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("return_issues", args=[run.pk]))
    context = {"run": run, "table": table, "panel": panel, "shown": presenters.shown_of(run)}
    return render(request, "returns/issues.html", context)


@_viewers
def report(request: HttpRequest, run_id: UUID) -> FileResponse:
    """The whole report as a CSV file, to be filled in and given with the file again."""
    path = actions.take_report(by=signed_in(request), run_id=run_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename="return-report.csv")


@_loaders
@require_POST
def load_checked(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Load a file that was checked."""
    run = actions.give_again(by=signed_in(request), run_id=run_id, then=jobs.queue)
    return HttpResponseRedirect(reverse("return_run", args=[run.pk]))


@_loaders
@require_POST
def cancel(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Cancel a load that waits."""
    actions.cancel_import(by=signed_in(request), run_id=run_id)
    messages.success(request, "The load was cancelled. Nothing was loaded.")
    return HttpResponseRedirect(reverse("returns"))
