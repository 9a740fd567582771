"""Reads of loaded returns."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.returns import permissions, progress
from goldenthread.returns.models import RUNNING, ImportIssue, ImportRun, ImportState


def runs(by: Actor) -> QuerySet[ImportRun]:
    """Every file that was given, newest first. Raises NotPermitted."""
    permissions.check_can_view(by)
    return ImportRun.objects.order_by("-created_at")


def run_for(by: Actor, run_id: UUID) -> ImportRun:
    """One run. Raises NotPermitted or NotFound."""
    run = runs(by).filter(pk=run_id).first()
    if run is None:
        raise NotFound("There is no such load.", "Go back to the list of returns.")
    return run


def issues(run: ImportRun, *, severity: str = "", code: str = "") -> QuerySet[ImportIssue]:
    """What was found in a run, in file order; the first `findings.SHOWN` of it."""
    found = ImportIssue.objects.filter(run=run).order_by("id")
    if severity:
        found = found.filter(severity=severity)
    return found.filter(code=code) if code else found


def issue_codes(run: ImportRun) -> list[dict[str, object]]:
    """Each kind of issue of a run with its number among the rows that are shown, most frequent first."""
    rows = ImportIssue.objects.filter(run=run).values("code", "severity", "reason", "mend")
    return list(rows.annotate(number=Count("id")).order_by("-number", "code"))


def gone(run: ImportRun) -> bool:
    """Whether a run that says it is running has stopped without saying so."""
    if run.state not in RUNNING:
        return False
    step = progress.read(run.pk)
    return step is None or step.gone


def state_now(run: ImportRun) -> ImportState:
    """Where a run really stands, even before anybody has written down that it broke off."""
    return ImportState.INTERRUPTED if gone(run) else ImportState(run.state)
