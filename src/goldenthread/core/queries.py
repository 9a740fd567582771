"""What core's pages read: users, the audit log, notices, jobs, and whether the site is ready."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from goldenthread.core import clock, permissions
from goldenthread.core.actors import Actor, System
from goldenthread.core.models import AuditEntry, JobWorker, Notice, User
from goldenthread.core.refusals import NotFound


def users(*, by: Actor, words: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Users whose name or email address holds every word. `state` is open or closed. Raises NotPermitted."""
    permissions.require(by, "core.manage_users")
    found = User.objects.all()
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if role:
        found = found.filter(role=role)
    if state:
        found = found.filter(is_active=state == "open")
    return found


def user(*, by: Actor, user_id: UUID) -> User:
    """One user. Raises NotPermitted or NotFound."""
    permissions.require(by, "core.manage_users")
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise NotFound("There is no such user.")
    return found


def audit_lines(
    *,
    by: Actor,
    who: str = "",
    action: str = "",
    record: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEntry]:
    """Lines of the audit log, newest first. `record` is a child or young person, or any object.

    Raises NotPermitted.
    """
    permissions.require(by, "core.view_audit")
    lines = AuditEntry.objects.order_by("-seq")
    if who:
        lines = lines.filter(actor_id__in=_actors_like(who))
    if action:
        lines = lines.filter(action__startswith=action)
    if record is not None:
        lines = lines.filter(Q(object_id=str(record)) | Q(person_id=record))
    if since is not None:
        lines = lines.filter(at__gte=_midnight(since))
    if until is not None:
        lines = lines.filter(at__lt=_midnight(until + timedelta(days=1)))
    return lines


def _actors_like(who: str) -> list[str]:
    """The ids, as audit lines have them, of users and parts of the system whose name holds these words, or
    of the user whose id this is."""
    with suppress(ValueError):
        return [str(UUID(who))]
    people = User.objects.filter(Q(name__icontains=who) | Q(email__icontains=who)).values_list(
        "pk", flat=True
    )
    systems = [part.name.lower() for part in System if who.lower() in part.value.lower()]
    return [str(pk) for pk in people[:500]] + systems


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def keyset(
    lines: QuerySet[AuditEntry], *, before: int | None, after: int | None, size: int
) -> dict[str, Any]:
    """One page of lines by their number, so that the thousandth page costs what the first does.

    Returns `rows`, and `older` and `newer`: the numbers to go on from, None at an end.
    """
    if after is not None:
        rows = list(lines.filter(seq__gt=after).order_by("seq")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        older = rows[-1].seq if rows else None
        return {"rows": rows, "older": older, "newer": rows[0].seq if more and rows else None}
    page = lines.filter(seq__lt=before) if before is not None else lines
    rows = list(page[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return {
        "rows": rows,
        "older": rows[-1].seq if more and rows else None,
        "newer": rows[0].seq if before is not None and rows else None,
    }


def notices(*, by: Actor, state: str = "") -> QuerySet[Notice]:
    """Notices, those of one state if given. Raises NotPermitted."""
    permissions.require(by, "core.view_outbox")
    return Notice.objects.filter(state=state) if state else Notice.objects.all()


def jobs(*, by: Actor, state: str = "") -> QuerySet[Any]:
    """Background jobs, those of one state if given. Raises NotPermitted."""
    permissions.require(by, "core.view_jobs")
    found = DBTaskResult.objects.defer("traceback", "args_kwargs", "return_value")
    return found.filter(status=state) if state else found.all()


def missing_migrations() -> int:
    """How many migrations the database lacks. Raises DatabaseError if it does not answer."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def seconds_since_worker() -> int | None:
    """Seconds since a job worker was last seen alive; None if there never was one."""
    seen = JobWorker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return round((clock.now() - seen).total_seconds()) if seen else None
