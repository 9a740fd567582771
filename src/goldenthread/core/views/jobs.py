"""Background jobs: what waits, runs, is done or failed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core import actions, queries
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.forms import JobFilter
from goldenthread.core.presenters import JOB_COLUMNS, job_rows
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.core.views.administration import show

_may_see = for_permission("core.view_jobs")


@_may_see
def listing(request: HttpRequest) -> HttpResponse:
    """All jobs, newest first, and whether anything is there to run them."""
    form = JobFilter(request.GET)
    wanted = form.cleaned_data["state"] if form.is_valid() else ""
    state = TableState.from_request(request.GET, JOB_COLUMNS, default_sort="-enqueued")
    page = page_of(queries.jobs(by=signed_in(request), state=wanted), state)
    table = Table(
        "Jobs",
        JOB_COLUMNS,
        list(job_rows(page.items)),
        state,
        page,
        ("job", "jobs"),
        empty="No jobs.",
        empty_hint="Finished jobs are cleared away after 30 days.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("jobs"))
    context = {"table": table, "panel": panel, "seen_seconds": queries.seconds_since_worker()}
    return show(request, "core/jobs.html", context)


@_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Try a failed job again."""
    if request.method == "POST":
        actions.retry_job(job_id=job_id, by=signed_in(request))
        messages.success(request, "The job is in the queue again.")
        return HttpResponseRedirect(reverse("jobs"))
    return show(request, "core/job_retry.html")
