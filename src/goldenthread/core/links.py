"""Whole addresses of pages, for messages that leave the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

_request: ContextVar[HttpRequest | None] = ContextVar("request_of_links", default=None)


@contextmanager
def during(request: HttpRequest) -> Iterator[None]:
    """While this request is answered, links lead to the host it came to (unless GT_URL names one)."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def absolute(path: str) -> str:
    """The whole address of a path on this site.

    Production names its address in GT_URL (`core.checks` asks for it). Elsewhere it is the host of the
    request, which Django holds against ALLOWED_HOSTS, or this machine.
    """
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{path}"
    request = _request.get()
    return request.build_absolute_uri(path) if request is not None else f"http://localhost:8000{path}"
