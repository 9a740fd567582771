"""Keeping the site running: trying failed jobs and notices again, and taking the audit log away."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from goldenthread.core import audit, clock, notices, permissions
from goldenthread.core.actors import Actor
from goldenthread.core.models import Notice, NoticeState
from goldenthread.core.refusals import NotAllowedNow, NotFound, NotPermitted


@transaction.atomic
def retry_job(*, job_id: UUID, by: Actor) -> None:
    """Put a failed job back in the queue. Raises NotPermitted, NotFound, or NotAllowedNow (not failed)."""
    permissions.require(by, "core.view_jobs")
    job = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound("There is no such job.", "Finished jobs are cleared away after 30 days.")
    if job.status != TaskResultStatus.FAILED:
        raise NotAllowedNow("This job did not fail, so it is not tried again.")
    job.status, job.finished_at, job.run_after, job.worker_ids = TaskResultStatus.READY, None, clock.now(), []
    job.save(update_fields=["status", "finished_at", "run_after", "worker_ids"])
    audit.record(by=by, action="job.retried", obj=job, details={"job": job.task_name})


@transaction.atomic
def retry_notice(*, notice_id: UUID, by: Actor) -> None:
    """Send a notice that failed once more. Raises NotPermitted, NotFound, or NotAllowedNow otherwise."""
    permissions.require(by, "core.view_outbox")
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("There is no such notice.")
    if notice.state != NoticeState.FAILED:
        raise NotAllowedNow("This notice did not fail, so it is not sent again.")
    notice.state, notice.attempts, notice.problem = NoticeState.WAITING, 0, ""
    notice.save(update_fields=["state", "attempts", "problem", "updated_at"])
    notices.deliver.enqueue(str(notice.pk))
    audit.record(by=by, action="notice.retried", obj=notice, person_id=notice.person_id)


@transaction.atomic
def see_notice(*, notice_id: UUID, by: Actor) -> tuple[Notice, str]:
    """The notice and its text, for the outbox of the demonstration. Raises NotPermitted or NotFound.

    Elsewhere nobody reads other people's letters here: they stand on the child's or young person's record.
    """
    permissions.require(by, "core.view_outbox")
    if not settings.DEMONSTRATION:
        raise NotPermitted("The text of a notice is for the person it was sent to.")
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("There is no such notice.")
    return notice, notices.text_of(notice)


@transaction.atomic
def export_audit(*, by: Actor, filters: dict[str, str]) -> None:
    """Record that someone takes lines of the audit log away, and by which filters. Raises NotPermitted."""
    permissions.require(by, "core.view_audit")
    audit.record(by=by, action="audit.exported", details={"filters": sorted(filters)})
