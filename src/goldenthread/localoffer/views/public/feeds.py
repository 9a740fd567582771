"""What others read by themselves: changes as RSS, sessions as calendars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import ical, queries, shortlist
from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.presenters.public import calendars, rss
from goldenthread.localoffer.search import asking, finding, places
from goldenthread.localoffer.views.public.parts import kept, shortlisted

MOST = 50


@public
@require_safe
@kept
def changes(request: HttpRequest) -> HttpResponse:
    """The entries that are new or changed, the latest first."""
    body = rss.feed("The Local Offer", reverse("local_offer"), request.get_full_path(), queries.latest(MOST))
    return HttpResponse(body, content_type=rss.CONTENT_TYPE)


@public
@require_safe
@kept
def search(request: HttpRequest) -> HttpResponse:
    """The same for what a search finds: its first hundred, the latest change first."""
    asked, _ = asking.read(request.GET, places.point_of)
    found = finding.find(replace(asked, page=1, per_page=asking.MOST_PER_PAGE))
    keys = [hit.id for hit in (*found.hits, *found.national)]
    title = f"The Local Offer: {asked.text or 'a search'}"
    page = f"{reverse('lo_search')}?{request.GET.urlencode()}"
    body = rss.feed(title, page, request.get_full_path(), queries.latest(MOST, among=keys))
    return HttpResponse(body, content_type=rss.CONTENT_TYPE)


@public
@require_safe
@kept
def of_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The sessions of one service."""
    rows = queries.public_services([service_id])
    if not rows:
        raise NotFound("There is no such service in the Local Offer.", "Look for it from the Local Offer.")
    return _calendar(rows[0].name, "sessions", rows)


@public
@require_safe
@kept
def of_shortlist(request: HttpRequest) -> HttpResponse:
    """The sessions of a shortlist: that in the address, else one's own."""
    given = request.GET.get("keys")
    keys = shortlisted(request) if given is None else shortlist.read(given)
    return _calendar("My shortlist from the Local Offer", "shortlist", queries.public_services(keys))


def _calendar(name: str, file: str, rows: Sequence[PublicService]) -> HttpResponse:
    text = ical.calendar(name, calendars.sessions_of(rows), clock.today())
    response = HttpResponse(text, content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
