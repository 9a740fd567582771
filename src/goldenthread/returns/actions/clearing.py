"""Loads that broke off, and files that have served."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.returns import permissions, queries
from goldenthread.returns.models import RUNNING, UNDER_WAY, ImportRun, ImportState

# An uploaded file that was only checked, or refused, is kept this long, so that it can be loaded yet.
KEEP_FILES = timedelta(days=14)
# The command line starts at once: what still waits after this was stopped between two steps.
STARTS_WITHIN = timedelta(minutes=1)


def mark_interrupted() -> int:
    """Runs that broke off without a word (the machine stopped, say) are shown as such. Returns how many."""
    marked = 0
    for run in ImportRun.objects.filter(state__in=UNDER_WAY):
        never = run.state == ImportState.WAITING and not run.stored_path
        if queries.gone(run) or (never and run.created_at < clock.now() - STARTS_WITHIN):
            marked += _mark(run)
    return marked


def _mark(run: ImportRun) -> int:
    with transaction.atomic():
        # Only if nobody changed it meanwhile: it may have ended well this very moment.
        return ImportRun.objects.filter(pk=run.pk, state=run.state, updated_at=run.updated_at).update(
            state=ImportState.INTERRUPTED,
            running=None,
            message="The load was interrupted. Nothing of this file was loaded.",
            mend="Load the same file again.",
            finished_at=clock.now(),
            updated_at=clock.now(),
        )


def clear_files(*, by: Actor) -> int:
    """Delete uploaded files that nobody will load any more. Returns of how many runs. Raises NotPermitted."""
    permissions.check_can_import(by)
    old = ImportRun.objects.exclude(stored_path="").exclude(state__in=(ImportState.WAITING, *RUNNING))
    cleared = 0
    for run in old.filter(updated_at__lt=clock.now() - KEEP_FILES):
        forget_files(run)
        run.save(update_fields=["stored_path", "corrections_path", "updated_at"])
        cleared += 1
    return cleared


def forget_files(run: ImportRun) -> None:
    """Delete the uploaded files of a run; the caller saves it."""
    for path in filter(None, (run.stored_path, run.corrections_path)):
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
    run.stored_path = run.corrections_path = ""
