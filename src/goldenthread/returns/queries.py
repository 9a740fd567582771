"""Reads of loaded returns."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.returns import permissions, progress
from goldenthread.returns.models import RUNNING, UNDER_WAY, ImportIssue, ImportRun, ImportState


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


def issues(by: Actor, run: ImportRun, *, code: str = "", kept: str = "") -> QuerySet[ImportIssue]:
    """What was found in a run; the first `findings.SHOWN` of it. `kept`: yes or no, whether the person was
    loaded. Raises NotPermitted."""
    permissions.check_can_see_values(by)
    found = ImportIssue.objects.filter(run=run)
    if code:
        found = found.filter(code=code)
    return found.filter(kept=kept == "yes") if kept else found


def kinds(run: ImportRun) -> dict[str, ImportIssue]:
    """For each rule that spoke one of its rows, without what it says of anybody: the words for its kind."""
    found: dict[str, ImportIssue] = {}
    rows = ImportIssue.objects.filter(run=run).values_list("code", "severity", "reason", "mend").distinct()
    for code, severity, reason, mend in rows:
        found[code] = ImportIssue(code=code, severity=severity, reason=reason, mend=mend)
    return found


def under_way(by: Actor) -> ImportRun | None:
    """The run that waits or is at work, if any. Raises NotPermitted."""
    return runs(by).filter(state__in=UNDER_WAY).first()


def loaded_before(run: ImportRun) -> ImportRun | None:
    """The last load of this very file, if it was loaded before."""
    if not run.sha256:
        return None
    same = ImportRun.objects.filter(sha256=run.sha256, state=ImportState.LOADED).exclude(pk=run.pk)
    return same.filter(created_at__lt=run.created_at).order_by("-created_at").first()


def gone(run: ImportRun) -> bool:
    """Whether a run that says it is running has stopped without saying so."""
    if run.state not in RUNNING:
        return False
    step = progress.read(run.pk)
    return step is None or step.gone


def state_now(run: ImportRun) -> ImportState:
    """Where a run really stands, even before anybody has written down that it broke off."""
    return ImportState.INTERRUPTED if gone(run) else ImportState(run.state)
