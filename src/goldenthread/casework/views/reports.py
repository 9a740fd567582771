"""Reports: timeliness, waiting times, backlog and caseload. Figures only, no names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.casework.forms.reports import DayForm, YearForm
from goldenthread.casework.presenters import reports as presenter
from goldenthread.casework.queries import reports
from goldenthread.casework.queries.counted import counted_caseload
from goldenthread.core import clock
from goldenthread.core.access import for_permission
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.parts import NavItem
from goldenthread.core.ui.tables import Table

_view = for_permission("casework.reports")
_PAGES = (
    ("Timeliness", "reports"),
    ("Waiting times", "report_waiting"),
    ("Backlog", "report_backlog"),
    ("Caseload", "report_caseload"),
)


def _show(
    request: HttpRequest, name: str, tables: Sequence[Table], context: dict[str, Any]
) -> HttpResponseBase:
    """The page, or one of its tables as a file: `download=csv`, and `table` where there are several."""
    kind = request.GET.get("download")
    if kind in {"csv", "xlsx"}:
        wanted = request.GET.get("table")
        table = next((one for one in tables if one.id == wanted), tables[0])
        write = csv_response if kind == "csv" else xlsx_response
        return write(f"{name}-{table.id}", table.columns, table.rows)
    tabs = []
    for text, route in _PAGES:
        href = reverse(route)
        tabs.append(NavItem(text, href, current=request.path == href))
    shown = [(table, presenter.download_links(request.GET, table)) for table in tables]
    return render(request, f"casework/report_{name}.html", {"tabs": tabs, "tables": shown} | context)


@_view
@require_GET
def timeliness(request: HttpRequest) -> HttpResponseBase:
    """How many plans were issued within 20 weeks, by month, with and without exceptions."""
    form = YearForm(request.GET or None)
    year = form.chosen()
    months, whole = reports.timeliness_by_month(year), reports.timeliness(year)
    return _show(
        request,
        "timeliness",
        [presenter.timeliness_table(months, whole)],
        {
            "form": form,
            "year": year,
            "chart": presenter.timeliness_chart(months, year, clock.today()),
            "figures": presenter.timeliness_stats(whole, reports.timeliness(year - 1)),
        },
    )


@_view
@require_GET
def waiting(request: HttpRequest) -> HttpResponseBase:
    """How long each step took for the cases that finished it in a year."""
    form = YearForm(request.GET or None)
    year = form.chosen()
    found = reports.waiting_times(year, year)
    context = {"form": form, "year": year, "chart": presenter.waiting_chart(found, year)}
    return _show(request, "waiting", [presenter.waiting_table(found)], context)


@_view
@require_GET
def backlog(request: HttpRequest) -> HttpResponseBase:
    """Open requests by how long they have been open."""
    found = reports.backlog(clock.today())
    context = {"chart": presenter.backlog_chart(found)}
    return _show(request, "backlog", [presenter.backlog_table(found)], context)


@_view
@require_GET
def caseload(request: HttpRequest) -> HttpResponseBase:
    """Plans and open requests at the end of a day."""
    form = DayForm(request.GET if any(key.startswith("on") for key in request.GET) else None)
    day = form.chosen()
    # A file doesn't say when it was counted, so it is counted now.
    counted = counted_caseload(day, afresh=bool({"afresh", "download"} & set(request.GET)))
    found = counted.caseload
    context = {
        "counted": counted,
        "afresh": presenter.count_again(request.GET),
        "form": form,
        "day": day,
        "figures": presenter.caseload_stats(found),
        "charts": presenter.caseload_charts(found),
        "attended": found.settings_basis == "attended",
    }
    return _show(request, "caseload", presenter.caseload_tables(found), context)
