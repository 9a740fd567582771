"""Ratings of pages: given by anybody, read by editors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.consultations import actions, presenters, queries, targets
from goldenthread.consultations.actions import limits
from goldenthread.consultations.forms import RatingForm
from goldenthread.consultations.traps import is_known, place_of
from goldenthread.consultations.views.parts import add_refusal, moderators, staff_pages, status_of
from goldenthread.core.access import public, signed_in
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.download import csv_response
from goldenthread.core.ui.tables import Page, Row, Table, TableState, page_of


@public
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, kind: str, about_id: str) -> HttpResponse:
    """Say whether a page helped, and what one was looking for."""
    about, status = targets.find(kind, about_id), 0
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            limits.use(what="rating", place=place_of(request), is_known=is_known(request))
            actions.rate_page(about=about, helpful=data["helpful"] == "yes", looking_for=data["looking_for"])
        except InvalidInput as refused:
            add_refusal(form, refused)
        except limits.TooMany as refused:
            add_refusal(form, refused)
            status = refused.status
        else:
            return HttpResponseRedirect(reverse("rating_thanks", args=[about.kind, about.id]))
    context = {"form": form, "about": about}
    return render(request, "consultations/rate.html", context, status=status or status_of(form))


@public
@require_GET
def thanks(request: HttpRequest, kind: str, about_id: str) -> HttpResponse:
    """After rating: the way back, and to say more."""
    return render(request, "consultations/rate_thanks.html", {"about": targets.find(kind, about_id)})


@moderators
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """Pages with how many they helped; what people were looking for."""
    by = signed_in(request)
    sought_state = TableState.from_request(request.GET, presenters.SOUGHT, default_sort="-given", prefix="s_")
    if request.GET.get("s_download") == "csv":
        found = queries.ratings(by).order_by(*sought_state.ordering())
        return csv_response("looked-for", presenters.SOUGHT, presenters.sought_rows(found))
    state = TableState.from_request(request.GET, presenters.PAGES, default_sort="-no")
    page = page_of(queries.pages_rated(by), state)
    sought = page_of(queries.ratings(by), sought_state)
    context = {
        "tabs": staff_pages("page_ratings"),
        "rated": Table(
            "Pages",
            presenters.PAGES,
            list(presenters.page_rows(page.items)),
            state,
            page,
            ("page", "pages"),
            empty="No page was rated yet.",
        ),
        "sought": _sought(list(presenters.sought_rows(sought.items)), sought_state, sought),
    }
    return render(request, "consultations/ratings.html", context)


def _sought(rows: list[Row], state: TableState, page: Page[Any]) -> Table:
    return Table(
        "What people were looking for",
        presenters.SOUGHT,
        rows,
        state,
        page,
        ("rating", "ratings"),
        empty="Nobody wrote what they were looking for yet.",
        id="sought",
    )
