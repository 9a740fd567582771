"""One forecast: how far it is, or what it gave, part by part, each figure also as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.core.access import signed_in
from goldenthread.core.queries import seconds_since_worker
from goldenthread.core.ui.tables import Table
from goldenthread.planning import permissions, queries
from goldenthread.planning.enums import UNDER_WAY, RunState
from goldenthread.planning.forms.runs import LookForm
from goldenthread.planning.models import ForecastRun
from goldenthread.planning.presenters import analyses, breakdowns, results
from goldenthread.planning.presenters import runs as presenter
from goldenthread.planning.presenters.record import record_tables, record_words
from goldenthread.planning.queries.analyses import before_of, hangs_of, inputs_of, moved_of, savings_of
from goldenthread.planning.views.parts import as_file, chosen, file_links, rooms, viewers, wants_file

# A worker that has been silent for longer is taken to be gone.
WORKER_SILENT = 120
PLANS = {
    "category": "Placement category",
    "placement": "Placement",
    "need": "Primary need",
    "age": "Age",
    "flows": "Joining, leaving, moving",
}
MONEY = {"line": "Section 251 line", "category": "Placement category", "placement": "Placement"}
FLOWS = ("joiners", "leavers", "movers", "overflow")


def _context(request: HttpRequest, run: ForecastRun, here: str) -> dict[str, Any]:
    by = signed_in(request)
    return {
        "rooms": rooms("planning_runs"),
        "run": run,
        "tabs": presenter.tabs(run, here),
        "scenario": presenter.scenario_name(run),
        "state": presenter.STATES[run.state],
        "may_run": permissions.can_run(by),
    }


@viewers
@require_GET
def show(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """How far a forecast is, why it ended without a result, or its summary."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    context = _context(request, run, "planning_run")
    if run.state in UNDER_WAY:
        return _progress(request, run, context)
    if run.state != RunState.DONE:
        return render(request, "planning/run_ended.html", context | {"facts": presenter.facts(run)})
    form = LookForm(request.GET or None)
    range_, threshold = form.chosen
    summary = queries.result_of(by, run)
    if wants_file(request):
        table = results.position(summary, threshold, range_, exact=True)
        return as_file(request, "position", table.columns, table.rows)
    context |= {
        "form": form,
        "threshold": threshold,
        "figures": results.headline(summary, threshold),
        "charts": [results.deficit_fan(summary, threshold), results.plans_fan(summary, before_of(by, run))],
        "table": results.position(summary, threshold, range_),
        "files": file_links(request.GET, "The account of the block"),
        "overflow": results.overflow_words(summary),
        "record": record_tables(),
        "record_words": record_words(),
    }
    return render(request, "planning/run.html", context)


def _progress(request: HttpRequest, run: ForecastRun, context: dict[str, Any]) -> HttpResponse:
    silent = seconds_since_worker()
    waits, still = run.state == RunState.WAITING, "still" in request.GET
    no_worker = waits and (silent is None or silent > WORKER_SILENT)
    context |= {"progress": presenter.how_far(run, still=still), "still": still}
    context |= {"no_worker": no_worker, "facts": presenter.facts(run)}
    return render(request, "planning/run_progress.html", context)


@viewers
@require_GET
def plans(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """EHC plans by category, placement, need or age; or who joins, leaves, moves and finds no place."""
    by = request.GET.get("by", "category")
    by = by if by in PLANS else "category"
    keys = FLOWS if by == "flows" else ("total", by)
    return _cuts(request, run_id, "planning_run_plans", by, keys, PLANS)


@viewers
@require_GET
def money(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Spending by line, category or placement."""
    by = request.GET.get("by", "line")
    by = by if by in MONEY else "line"
    return _cuts(request, run_id, "planning_run_money", by, ("spend", f"spend_{by}"), MONEY)


def _cuts(
    request: HttpRequest, run_id: UUID, here: str, by: str, keys: tuple[str, ...], ways: dict[str, str]
) -> HttpResponseBase:
    who = signed_in(request)
    run = queries.run_for(who, run_id)
    summary = queries.result_of(who, run)
    cuts = [breakdowns.CUTS[key] for key in keys]
    if wants_file(request):
        return as_file(
            request,
            f"forecast-{by}",
            breakdowns.file_columns(),
            breakdowns.file_rows(summary, cuts),
        )
    form = LookForm(request.GET or None)
    range_, _ = form.chosen
    tables = [breakdowns.page_table(summary, cut, range_) for cut in cuts]
    if by == "age":
        tables.insert(1, breakdowns.age_groups(summary))
    context = _context(request, run, here) | {
        "form": form,
        "by": by,
        "ways": ways,
        "range": range_,
        "tables": tables,
        "files": file_links(request.GET, f"{ways[by]}, with every quantile"),
        "is_money": here == "planning_run_money",
    }
    return render(request, "planning/run_cuts.html", context)


@viewers
@require_GET
def savings(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """What each mitigation saves, and the way from as it is to mitigated."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    context = _context(request, run, "planning_run_savings")
    found = savings_of(by, run)
    if found is not None:
        titles = {one.reference: one.title for one in queries.forecast_mitigations(run.scenario_version)}
        if wants_file(request):
            table = analyses.savings_table(found, titles, exact=True)
            return as_file(request, "savings", table.columns, table.rows)
        summary = queries.result_of(by, run)
        funds = summary.opening_balance + float(summary.income.sum())
        context |= {
            "found": found,
            "chart": analyses.savings_waterfall(found, titles, funds),
            "tables": [analyses.savings_table(found, titles), analyses.savings_ranges(found, titles)],
            "overlap": analyses.overlap_words(found),
            "files": file_links(request.GET, "Savings"),
        }
    return render(request, "planning/run_savings.html", context)


@viewers
@require_GET
def hangs(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """What the deficit hangs on most."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    context = _context(request, run, "planning_run_hangs")
    found = hangs_of(by, run)
    if found is not None:
        if wants_file(request):
            table = analyses.hangs_table(found)
            return as_file(request, "hangs-on", table.columns, table.rows)
        context |= {
            "found": found,
            "chart": analyses.tornado(found, run.base_year + run.horizon - 1),
            "files": file_links(request.GET, "What the deficit hangs on"),
        }
    return render(request, "planning/run_hangs.html", context)


@viewers
@require_GET
def moved(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Why this forecast differs from the one before."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    context = _context(request, run, "planning_run_moved")
    found = moved_of(by, run)
    if found is not None:
        if wants_file(request):
            table = chosen(analyses.moved_tables(found, exact=True), request.GET.get("table"))
            return as_file(request, table.id, table.columns, table.rows)
        tables = analyses.moved_tables(found)
        files = [(table, file_links(request.GET, table.caption, table=table.id)) for table in tables]
        context |= {"found": found, "tables": files}
    return render(request, "planning/run_moved.html", context)


@viewers
@require_GET
def made(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What a forecast was made from, and what was assumed."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    sources = Table(
        "Inputs",
        presenter.SOURCES,
        list(presenter.source_rows(inputs_of(by, run))),
        empty="No input was given: everything was assumed.",
    )
    context = _context(request, run, "planning_run_made") | {"facts": presenter.facts(run), "table": sources}
    return render(request, "planning/run_made.html", context)


@viewers
@require_GET
def numbers(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Every number of a forecast as one file."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    summary = queries.result_of(by, run)
    rows = breakdowns.file_rows(summary, list(breakdowns.CUTS.values()))
    return as_file(request, "forecast", breakdowns.file_columns(), rows)
