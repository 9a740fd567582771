"""Demand and gaps for those who buy services: what was searched for in vain, said, and what there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from goldenthread.consultations import presenters, queries, supply
from goldenthread.consultations.forms import GapFilter
from goldenthread.consultations.presenters import demand
from goldenthread.consultations.queries.gaps import places_and_needs
from goldenthread.consultations.views.parts import board
from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.actors import Actor
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import NavItem
from goldenthread.core.ui.tables import Column, Table, TableState, page_of


@dataclass(frozen=True)
class Counted:
    """One way to count: columns, lines, how they are sorted at first, and charts."""

    columns: tuple[Column, ...]
    lines: list[dict[str, Any]]
    sort: str
    charts: list[SafeString] = field(default_factory=list)


@board
@require_GET
def gaps(request: HttpRequest) -> HttpResponseBase:
    """Demand by words, area, need, both, or theme, beside what there is; as CSV or Excel too."""
    by, what = signed_in(request), request.GET.get("by", "words")
    what = what if what in demand.TABS else "words"
    areas, needs = places_and_needs(by)
    form = GapFilter(request.GET, areas=areas, needs=needs)
    data = form.cleaned_data if form.is_valid() else {}
    since = form.since(clock.today())
    asked = {"since": since, "area": data.get("area", ""), "need": data.get("need", "")}
    counted = _counted(by, what, asked)
    if request.GET.get("download") in {"csv", "xlsx"}:
        write = csv_response if request.GET["download"] == "csv" else xlsx_response
        return write(_file_name(what), counted.columns, demand.rows(counted.lines))
    context = {
        "tabs": [
            NavItem(text, f"{reverse('gaps')}?by={key}", current=key == what)
            for key, text in demand.TABS.items()
        ],
        "table": _table(request, counted, what),
        "charts": counted.charts,
        "panel": FilterPanel.of(form, request.GET, clear_href=f"{reverse('gaps')}?by={what}"),
        "since": since,
        "what": what,
        "services_known": supply.is_known(),
    }
    return render(request, "consultations/gaps.html", context)


def _counted(by: Actor, what: str, asked: dict[str, Any]) -> Counted:
    if what == "words":
        found = [dict(row.cells) for row in presenters.gap_rows(queries.gaps_by(by, what, **asked), what)]
        named = [one for one in found if one["what"] != presenters.UNNAMED["words"]]
        chart = demand.simple_chart(named, "times", "Searches", "Words most often searched for in vain.")
        return Counted(presenters.gap_columns(what), found, "-times", chart)
    if what == "theme":
        lines = demand.theme_lines(queries.comments_by_theme(by, **asked))
        chart = demand.simple_chart(lines, "many", "Comments", "Comments by theme, the fullest first.")
        return Counted(demand.THEMES, lines, "-many", chart)
    lines = demand.demand_lines(queries.demand_by(by, what, **asked))
    return Counted(demand.DEMAND[what], lines, "-searches", demand.demand_charts(lines, what))


def _file_name(what: str) -> str:
    return {"words": "searches-in-vain-by-words", "theme": "comments-by-theme"}.get(what, f"demand-by-{what}")


def _table(request: HttpRequest, counted: Counted, what: str) -> Table:
    state = TableState.from_request(request.GET, counted.columns, default_sort=counted.sort)
    page = page_of(counted.lines, state)
    return Table(
        demand.TABS[what],
        counted.columns,
        list(demand.rows(page.items)),
        state,
        page,
        ("line", "lines"),
        empty="Nothing was asked for in vain.",
        downloads=True,
        caption_hidden=True,
    )
