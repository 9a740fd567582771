"""Core's rows and words for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from goldenthread.core.models import AuditEntry, Notice, NoticeState, User
from goldenthread.core.ui.filters import clock_time, short_date
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags

NOTICE_TAGS = StatusTags(
    {
        NoticeState.WAITING: ("Waiting to be sent", "blue"),
        NoticeState.SENT: ("Sent", "green"),
        NoticeState.SHOWN: ("Kept here", "teal"),
        NoticeState.FAILED: ("Not delivered", "red"),
    }
)
JOB_TAGS = StatusTags(
    {
        "READY": ("Waiting", "blue"),
        "RUNNING": ("Running", "teal"),
        "SUCCESSFUL": ("Done", "green"),
        "FAILED": ("Failed", "red"),
    }
)
ACCOUNT_TAGS = StatusTags({"True": ("Open", "green"), "False": ("Closed", "grey")})

USER_COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("email", "Email address", sortable=True),
    Column("role", "Role", sortable=True),
    Column("state", "Account", sortable=True, order_by=("is_active",)),
    Column("seen", "Last signed in", sortable=True, order_by=("last_login",)),
)


def user_rows(users: Iterable[User]) -> Iterator[Row]:
    """A row for each user."""
    for user in users:
        cells = {
            "name": Link(user.name, reverse("user", args=[user.pk])),
            "email": user.email,
            "role": user.role_words,
            "state": ACCOUNT_TAGS[str(user.is_active)],
            "seen": _moment(user.last_login),
        }
        yield Row(cells, id=str(user.pk), name=user.name)


AUDIT_COLUMNS = (
    Column("seq", "Line", numeric=True),
    Column("at", "When"),
    Column("actor", "Who"),
    Column("action", "Action"),
    Column("object", "Record"),
    Column("details", "Details"),
    Column("person", "Child or young person", download_only=True),
    Column("hash", "Hash", download_only=True),
)


def audit_rows(lines: Iterable[AuditEntry]) -> Iterator[Row]:
    """A row for each line of the audit log, for the page: a record leads to all that was done to it."""
    for line in lines:
        record = line.object_id or str(line.person_id or "")
        kind = line.object_type.partition(".")[2] or "child or young person"
        cells = {
            "seq": line.seq,
            "at": _moment(line.at),
            "actor": line.actor_label,
            "action": action_words(line.action),
            "object": Link(f"{kind} …{record[-6:]}", f"{reverse('audit')}?record={record}")
            if record
            else None,
            "details": _details(line.details),
        }
        yield Row(cells, id=str(line.seq))


def audit_file_rows(lines: Iterable[AuditEntry]) -> Iterator[Row]:
    """The same for a file, with everything that the line holds."""
    for line in lines:
        cells = {
            "seq": line.seq,
            "at": line.at,
            "actor": line.actor_label,
            "action": line.action,
            "object": " ".join(part for part in (line.object_type, line.object_id) if part),
            "details": _details(line.details),
            "person": str(line.person_id or ""),
            "hash": line.hash,
        }
        yield Row(cells, id=str(line.seq))


def action_words(action: str) -> str:
    """An action's name as words: `user.signed_in` is `user: signed in`. `action_code` leads back."""
    return action.replace(".", ": ", 1).replace("_", " ")


def action_code(words: str) -> str:
    """The name of an action, or its beginning, as stored: from its words or from the name itself."""
    return words.strip().lower().replace(": ", ".").replace(":", ".").replace(" ", "_")


def _moment(at: datetime | None) -> str:
    """A day with its time: `5 Mar 2024, 2:05pm`."""
    return f"{short_date(at)}, {clock_time(at)}" if at else ""


def _details(details: dict[str, Any]) -> str:
    parts = []
    for key, value in sorted(details.items()):
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{key.replace('_', ' ')}: {text}")
    return "; ".join(parts)


NOTICE_COLUMNS = (
    Column("subject", "Subject", sortable=True),
    Column("to", "To", sortable=True, order_by=("to_email",)),
    Column("state", "State", sortable=True),
    Column("written", "Written", sortable=True, order_by=("created_at",)),
    Column("sent", "Sent", sortable=True, order_by=("sent_at",)),
    Column("problem", "Problem"),
)


def notice_rows(notices: Iterable[Notice], *, readable: bool) -> Iterator[Row]:
    """A row for each notice; its text can be opened where `readable` (the demonstration)."""
    for notice in notices:
        again = Link("Send again", reverse("notice_retry", args=[notice.pk]), hidden=notice.subject)
        cells = {
            "subject": Link(notice.subject, reverse("notice", args=[notice.pk]))
            if readable
            else notice.subject,
            "to": notice.to_email,
            "state": NOTICE_TAGS[notice.state],
            "written": _moment(notice.created_at),
            "sent": _moment(notice.sent_at),
            "problem": [notice.problem, again] if notice.state == NoticeState.FAILED else notice.problem,
        }
        yield Row(cells, id=str(notice.pk), name=notice.subject)


JOB_COLUMNS = (
    Column("job", "Job", sortable=True, order_by=("task_path",)),
    Column("state", "State", sortable=True, order_by=("status",)),
    Column("enqueued", "Asked for", sortable=True, order_by=("enqueued_at",)),
    Column("started", "Started", sortable=True, order_by=("started_at",)),
    Column("finished", "Finished", sortable=True, order_by=("finished_at",)),
    Column("problem", "Problem"),
)
_PROBLEMS = {"goldenthread.core.worker.Interrupted": "The worker stopped three times while running it"}


def job_rows(jobs: Iterable[Any]) -> Iterator[Row]:
    """A row for each background job. A problem is named by its kind: its text may quote a record."""
    for job in jobs:
        name = job.task_path.rsplit(".", 1)[-1].replace("_", " ").capitalize()
        problem: Any = ""
        if job.status == "FAILED":
            path = job.exception_class_path
            again = Link("Try again", reverse("job_retry", args=[job.pk]), hidden=name)
            problem = [_PROBLEMS.get(path, path.rsplit(".", 1)[-1]), again]
        cells = {
            "job": name,
            "state": JOB_TAGS[job.status],
            "enqueued": _moment(job.enqueued_at),
            "started": _moment(job.started_at),
            "finished": _moment(job.finished_at),
            "problem": problem,
        }
        yield Row(cells, id=str(job.pk), name=name)
