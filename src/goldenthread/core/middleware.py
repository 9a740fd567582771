"""Every request: is this person allowed on this page, and what is said when something is refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core.access import access_of
from goldenthread.core.refusals import NotPermitted, Refusal
from goldenthread.core.second_factor import has_second_factor

log = logging.getLogger(__name__)
_OTHER_ROLE = (
    "This page is for people with a different role.",
    "If you need it for your work, ask the person who manages access in your council.",
)
Respond = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Holds each request against the declaration on its view. A view that declares nothing is closed."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the view answer; otherwise the way to sign in, or a refusal."""
        access = access_of(view)
        if access is None:
            log.error("view without access declaration", extra={"view": getattr(view, "__qualname__", "?")})
            return refusal_page(request, NotPermitted("This page is not open to anyone."))
        if access.public:
            return None
        user = request.user
        if not user.is_authenticated:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseRedirect(reverse(settings.LOGIN_URL))
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{query}")
        if not access.admits(user.role):
            return refusal_page(request, NotPermitted(*_OTHER_ROLE))
        if access.second_factor and user.needs_second_factor and not has_second_factor(request):
            return HttpResponseRedirect(reverse("second_factor_needed"))
        return None


class RefusalMiddleware:
    """Turns typed refusals into one page each, and a busy database into a clear wait-and-retry."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else, which becomes a 500."""
        if isinstance(error, Refusal):
            return refusal_page(request, error)
        if isinstance(error, OperationalError) and "locked" in str(error):
            busy = Refusal(
                "The record is busy: a large file is being loaded.",
                "Nothing was saved. Wait a minute and try again.",
            )
            busy.title, busy.status = "Please try again in a minute", 503
            return refusal_page(request, busy)
        return None


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says what was refused and how to go on."""
    return render(request, "core/refusal.html", {"refusal": refusal}, status=refusal.status)
