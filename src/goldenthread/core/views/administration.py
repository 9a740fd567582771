"""The frame of the administration pages: which of them this person may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core import permissions
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.ui.parts import NavItem

_PAGES = (
    ("Users", "users", "core.manage_users"),
    ("Audit log", "audit", "core.view_audit"),
    ("Notices", "outbox", "core.view_outbox"),
    ("Jobs", "jobs", "core.view_jobs"),
)


@for_permission("core.view_audit")
def index(request: HttpRequest) -> HttpResponse:
    """Go to the first page of the administration that this person may open."""
    return HttpResponseRedirect(_tabs(request)[0].href)


def show(request: HttpRequest, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page of the administration, with links to the others."""
    return render(request, template, {**(context or {}), "tabs": _tabs(request)})


def _tabs(request: HttpRequest) -> list[NavItem]:
    """The pages that this person may open, the present one marked."""
    found = []
    for text, name, permission in _PAGES:
        if permissions.holds(signed_in(request), permission):
            href = reverse(name)
            found.append(NavItem(text, href, current=request.path.startswith(href)))
    return found
