"""Searches that found nothing, for those who buy services: by words, area and need."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.consultations import presenters, queries
from goldenthread.consultations.forms import GapFilter
from goldenthread.consultations.queries.gaps import BY, places_and_needs
from goldenthread.consultations.views.parts import board
from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import NavItem
from goldenthread.core.ui.tables import Table, TableState, page_of

_TABS = {"words": "By words", "area": "By area", "need": "By need"}


@board
@require_GET
def gaps(request: HttpRequest) -> HttpResponseBase:
    """Counts of searches in vain; as CSV or Excel too."""
    by, what = signed_in(request), request.GET.get("by", "words")
    what = what if what in BY else "words"
    areas, needs = places_and_needs(by)
    form = GapFilter(request.GET, areas=areas, needs=needs)
    data = form.cleaned_data if form.is_valid() else {}
    since = form.since(clock.today())
    columns = presenters.gap_columns(what)
    found = queries.gaps_by(by, what, since=since, area=data.get("area", ""), need=data.get("need", ""))
    if request.GET.get("download") in {"csv", "xlsx"}:
        write = csv_response if request.GET["download"] == "csv" else xlsx_response
        return write(f"searches-in-vain-by-{what}", columns, presenters.gap_rows(found, what))
    context = {
        "tabs": [
            NavItem(text, f"{reverse('gaps')}?by={key}", current=key == what) for key, text in _TABS.items()
        ],
        "table": _table(request, found, what),
        "panel": FilterPanel.of(form, request.GET, clear_href=f"{reverse('gaps')}?by={what}"),
        "since": since,
    }
    return render(request, "consultations/gaps.html", context)


def _table(request: HttpRequest, found: list[dict[str, Any]], what: str) -> Table:
    columns = presenters.gap_columns(what)
    state = TableState.from_request(request.GET, columns, default_sort="-times")
    page = page_of(found, state)
    return Table(
        f"Searches that found nothing, {_TABS[what].lower()}",
        columns,
        list(presenters.gap_rows(page.items, what)),
        state,
        page,
        ("line", "lines"),
        empty="No search was in vain.",
        downloads=True,
        caption_hidden=True,
    )
