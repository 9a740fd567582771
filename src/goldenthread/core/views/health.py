"""For the machines that watch the site: is it alive, can it answer."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from goldenthread.core import queries
from goldenthread.core.access import public


@public
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


@public
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and every migration is applied; 503 otherwise.

    `jobs_seen_seconds` is how long ago a job worker was last alive (null: never). It does not fail the
    site: pages work while jobs wait.
    """
    try:
        missing = queries.missing_migrations()
        seen = queries.seconds_since_worker()
    except DatabaseError:
        return JsonResponse({"status": "not ready", "database": "does not answer"}, status=503)
    body = {"database": "answers", "missing_migrations": missing, "jobs_seen_seconds": seen}
    if missing:
        return JsonResponse({"status": "not ready", **body}, status=503)
    return JsonResponse({"status": "ready", **body})
