"""The page of one service."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.refusals import NotFound
from goldenthread.core.ui.parts import NavItem
from goldenthread.localoffer import queries
from goldenthread.localoffer.presenters.public.entry import entry
from goldenthread.localoffer.views.public.parts import kept, page, trail
from goldenthread.localoffer.ways_on import said_of_service, ways_from_service


@public
@require_safe
@kept
def show(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """All that an entry says. One that was taken down says so; one that was merged leads to the other."""
    row = queries.public_service_or_none(service_id)
    if row is None:
        return _gone(request, service_id)
    context = {
        "trail": _trail(),
        "entry": entry(row, clock.today()),
        "calendar_href": reverse("lo_service_calendar", args=[row.pk]),
        "said": said_of_service(row.pk),
        **ways_from_service(str(row.pk)),
    }
    return page(request, "entry", context)


def _trail() -> list[NavItem]:
    return trail(NavItem("Services", reverse("lo_search")))


def _gone(request: HttpRequest, service_id: UUID) -> HttpResponse:
    gone = queries.was_public(service_id)
    if gone is None:
        raise NotFound("There is no such service in the Local Offer.", "Look for it from the Local Offer.")
    if gone.instead:
        return HttpResponseRedirect(reverse("lo_service", args=[gone.instead]))
    return page(request, "gone", {"trail": _trail()}, status=410)
