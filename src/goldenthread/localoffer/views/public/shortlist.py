"""A shortlist without an account: a signed cookie holds keys of services, and an address can carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.links import absolute
from goldenthread.core.ui.download import csv_response
from goldenthread.localoffer import queries, shortlist
from goldenthread.localoffer.presenters.public import calendars, listing, tables
from goldenthread.localoffer.search.hits import hits_of
from goldenthread.localoffer.views.public.parts import COOKIE, SALT, page, shortlisted, trail

KEPT_SECONDS = 180 * 24 * 3600
_SHARED = "keys"


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One's own shortlist; or, with keys in the address, that of whoever sent the link."""
    keys, is_shared = _asked(request)
    hits = hits_of(keys, None)
    items = [listing.item(hit, clock.today()) for hit in hits]
    link = absolute(f"{reverse('lo_shortlist')}?{_SHARED}={shortlist.written(keys)}")
    query = f"?{_SHARED}={shortlist.written(keys)}" if is_shared else ""
    context: dict[str, Any] = {
        "trail": trail(),
        "items": items,
        "is_shared": is_shared,
        "gone": len(keys) - len(items),
        "keys": shortlist.written(keys),
        "link": link,
        "mail_href": _mail(link, [item.name for item in items]),
        "csv_href": reverse("lo_shortlist_csv") + query,
        "calendar_href": reverse("lo_shortlist_calendar") + query,
        "contacts": calendars.contacts(queries.public_services(keys)),
    }
    return page(request, "shortlist", context)


def _asked(request: HttpRequest) -> tuple[tuple[UUID, ...], bool]:
    if _SHARED in request.GET:
        return shortlist.read(request.GET[_SHARED]), True
    return shortlisted(request), False


def _mail(link: str, names: Sequence[str]) -> str:
    """A letter for one's own mail program: nothing is sent from here."""
    lines = ["Services from the Local Offer:", "", *(f"- {name}" for name in names[:20]), "", link]
    return f"mailto:?subject={quote('Services from the Local Offer')}&body={quote(chr(10).join(lines))}"


@public
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Put a service on the shortlist, take one off, take all off, or keep one that was sent."""
    keys = shortlisted(request)
    try:
        changed = _changed(request, keys)
    except ValueError as full:
        messages.warning(request, str(full))
        changed = keys
    response = HttpResponseRedirect(_back(request))
    if changed:
        response.set_signed_cookie(
            COOKIE,
            shortlist.written(changed),
            salt=SALT,
            max_age=KEPT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _changed(request: HttpRequest, keys: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """The keys after what was asked. Raises ValueError for a shortlist that is full."""
    given = request.POST
    if "clear" in given:
        messages.success(request, "Your shortlist is empty.")
        return ()
    if key := _uuid(given.get("remove", "")):
        messages.success(request, "Taken off your shortlist.")
        return shortlist.without_key(keys, key)
    added = [key] if (key := _uuid(given.get("add", ""))) else shortlist.read(given.get("keep", ""))
    for one in added:
        keys = shortlist.with_key(keys, one)
    if added:
        messages.success(request, "Added to your shortlist. Find it at the top of every page.")
    return keys


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _back(request: HttpRequest) -> str:
    """The page from which it was asked, if that is one of ours; else the shortlist."""
    back = request.POST.get("back", "")
    is_ours = back.startswith(reverse("local_offer")) and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )
    return back if is_ours else reverse("lo_shortlist")


@public
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The shortlist as CSV."""
    keys, _ = _asked(request)
    return csv_response("shortlist", tables.COLUMNS, tables.rows(hits_of(keys, None)))
