"""Around every request: a reference to quote, one line in the log, and headers for every page."""

from __future__ import annotations

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from goldenthread.core import links
from goldenthread.core.logs import REQUEST_ID

log = logging.getLogger("goldenthread.requests")
_REFERENCE = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
_UNSEEN = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "microphone",
)
_UNUSED = (*_UNSEEN, "midi", "payment", "serial", "usb", "xr-spatial-tracking")
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _UNUSED)


class RequestMiddleware:
    """Gives the request its reference, logs its route, status and time, and sets the general headers.

    The log names the route, not the address: a one-time link in an address would be a key in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        reference = given if _REFERENCE.match(given) else uuid.uuid4().hex
        request.reference = reference  # type: ignore[attr-defined]
        token = REQUEST_ID.set(reference)
        started = time.perf_counter()
        try:
            with links.during(request):
                response = self.get_response(request)
            self._finish(request, response, reference, started)
        finally:
            REQUEST_ID.reset(token)
        return response

    def _finish(self, request: HttpRequest, response: HttpResponse, reference: str, started: float) -> None:
        response.headers["X-Request-ID"] = reference
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Somebody else may use this computer next: pages of a signed-in person are kept nowhere.
        if _is_signed_in(request):
            response.headers["Cache-Control"] = "no-store, private"
        if not request.path.startswith(("/static/", "/health/")):
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "view": route_name(request),
                    "status": response.status_code,
                    "duration_ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether the request was by a signed-in person; does not read the session if nothing else did."""
    session = getattr(request, "session", None)
    if session is None or not session.accessed:
        return False
    return bool(session.get("_auth_user_id"))


def route_name(request: HttpRequest) -> str:
    """The name of the route that answered, or "unknown" where none did."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match is not None else "unknown"


@receiver(got_request_exception, dispatch_uid="core.log_failure")
def log_failure(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Write down an unforeseen error: where it happened, not what was typed."""
    view = route_name(request) if request is not None else "unknown"
    log.error("unforeseen error", exc_info=sys.exc_info(), extra={"view": view})
