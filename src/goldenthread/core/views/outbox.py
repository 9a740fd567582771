"""Notices: what was sent to whom, and what did not arrive."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core import actions, queries
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.forms import NoticeFilter
from goldenthread.core.presenters import NOTICE_COLUMNS, notice_rows
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.core.views.administration import show

_may_see = for_permission("core.view_outbox")


@_may_see
def listing(request: HttpRequest) -> HttpResponse:
    """All notices, newest first."""
    form = NoticeFilter(request.GET)
    wanted = form.cleaned_data["state"] if form.is_valid() else ""
    state = TableState.from_request(request.GET, NOTICE_COLUMNS, default_sort="-written")
    page = page_of(queries.notices(by=signed_in(request), state=wanted), state)
    table = Table(
        "Notices",
        NOTICE_COLUMNS,
        list(notice_rows(page.items, readable=settings.DEMONSTRATION)),
        state,
        page,
        ("notice", "notices"),
        empty="No notices.",
        empty_hint="Notices appear here when the system writes to someone.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("outbox"))
    context = {"table": table, "panel": panel, "channel": settings.NOTICE_CHANNEL}
    return show(request, "core/outbox.html", context)


@_may_see
def detail(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The text of a notice, in the demonstration."""
    notice, text = actions.see_notice(notice_id=notice_id, by=signed_in(request))
    return show(request, "core/notice.html", {"notice": notice, "text": text})


@_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def retry(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Send a notice that failed once more."""
    if request.method == "POST":
        actions.retry_notice(notice_id=notice_id, by=signed_in(request))
        messages.success(request, "We are sending the notice again.")
        return HttpResponseRedirect(reverse("outbox"))
    return show(request, "core/notice_retry.html")
