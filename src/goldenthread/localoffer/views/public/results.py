"""Finding services: the list beside its map, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.ui.download import csv_response
from goldenthread.core.ui.tables import Row
from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance.finding import pages_about
from goldenthread.localoffer.presenters.public import listing, mapping, tables
from goldenthread.localoffer.presenters.public.front import search_address
from goldenthread.localoffer.search import asking, finding, hooks, places
from goldenthread.localoffer.search.answers import Found
from goldenthread.localoffer.search.asking import LOCAL, MOST_PER_PAGE, Asked
from goldenthread.localoffer.views.public.parts import kept, page, trail

# A file holds at most so many services: all of a large county.
MOST_IN_FILE = 5_000
# What a telephone shows without much scrolling.
PER_PAGE = 10


@public
@require_safe
@kept
def results(request: HttpRequest) -> HttpResponse:
    """What answers the search in the address."""
    asked, wrong = asking.read(request.GET, places.point_of)
    if "per_page" not in request.GET:
        asked = replace(asked, per_page=PER_PAGE)
    found = finding.find(asked)
    if asked.page > found.pages:
        wrong["page"] = f"There is no page {asked.page}: this is the last."
        found = finding.find(replace(asked, page=found.pages))
    advice = pages_about(asked.text) if found.page == 1 and asked.group == LOCAL else []
    if request.method == "GET" and not (found.total or found.national_total or advice):
        _tell(asked)
    return page(request, "results", _context(request, asked, found, wrong) | {"advice": advice})


def _tell(asked: Asked) -> None:
    needs = ", ".join(terms.term(terms.NEED, code).name for code in asked.needs)
    kinds = ", ".join(terms.term(terms.KIND, code).name for code in asked.kinds)
    if asked.text or needs or kinds:
        hooks.tell_nothing_found(asked.text or kinds, asked.postcode, needs)


def _context(request: HttpRequest, asked: Asked, found: Found, wrong: dict[str, str]) -> dict[str, Any]:
    made = listing.groups(asked, found)
    shown = listing.listing(asked, found, clock.today())
    total = found.total if asked.group == LOCAL else found.national_total
    return {
        "trail": trail(),
        "asked": asked,
        "found": found,
        "wrong": wrong,
        "groups": made,
        "chips": listing.chips(asked, request.GET, made),
        "distances": listing.DISTANCES,
        "within": f"{asked.within_km:.3f}" if asked.within_km is not None else "",
        "shown": shown,
        "total": total,
        "sortings": listing.sortings(asked, request.GET),
        "paging": listing.paging(asked, found, request.GET, total),
        "map": mapping.map_of(found.hits, shown.items, asked.point),
        "instead_href": listing.with_(request.GET, exact="yes"),
        "national_href": listing.with_(request.GET, group="national"),
        "local_href": listing.without(request.GET, "group"),
        "clear_href": _cleared(asked),
        "csv_href": f"{reverse('lo_search_csv')}?{request.GET.urlencode()}",
        "feed_href": f"{reverse('lo_search_feed')}?{request.GET.urlencode()}",
    }


def _cleared(asked: Asked) -> str:
    """The address with the words and the place alone."""
    return search_address(**{k: v for k, v in (("q", asked.text), ("postcode", asked.postcode)) if v})


@public
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """All that the search finds as CSV, in the order of the list; services for the whole country last."""
    asked, _ = asking.read(request.GET, places.point_of)
    return csv_response("local-offer", tables.COLUMNS, _rows(asked))


def _rows(asked: Asked) -> Iterator[Row]:
    written = 0
    for group in (asking.LOCAL, asking.NATIONAL):
        number, pages = 1, 1
        while number <= pages and written < MOST_IN_FILE:
            found = finding.find(replace(asked, page=number, per_page=MOST_PER_PAGE, group=group))
            yield from tables.rows(found.hits)
            written, pages, number = written + len(found.hits), found.pages, number + 1
