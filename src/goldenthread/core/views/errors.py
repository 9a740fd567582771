"""Pages for when something goes wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from goldenthread.core.access import public


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request could not be understood, or is larger than any form of this site."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not for this person."""
    return render(request, "403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such page."""
    return render(request, "404.html", status=404)


@public
def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Too many tries in a short time."""
    return render(request, "429.html", status=429)


@public
def failed(request: HttpRequest) -> HttpResponse:
    """Our mistake: with the reference under which it was logged. What other pages read is left out: the
    database may be what failed."""
    context = {"reference": getattr(request, "reference", ""), "demonstration": settings.DEMONSTRATION}
    return HttpResponse(render_to_string("500.html", context), status=500)
