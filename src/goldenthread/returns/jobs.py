"""Background work of the returns room."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django_tasks import task

from goldenthread.core.actors import System
from goldenthread.returns import actions
from goldenthread.returns.models import ImportRun


@task(queue_name="imports")
def load_return(run_id: str) -> str:
    """Load the stored file of a run, or only check it. Returns the state it ended in.

    May be called again for a run whose worker died: then it starts afresh. A run that has ended is left.
    """
    run = ImportRun.objects.get(pk=UUID(run_id))
    root = Path(settings.MEDIA_ROOT)
    done = actions.run_import(
        run_id=run.pk,
        path=root / run.stored_path,
        by=run.by or System.IMPORT,
        corrections=root / run.corrections_path if run.corrections_path else None,
    )
    return str(done.state)


@task()
def look_after_loads() -> dict[str, int]:
    """Mark the loads that broke off, and delete uploaded files that have served."""
    return {
        "interrupted": actions.mark_interrupted(),
        "cleared": actions.clear_files(by=System.SCHEDULER),
    }


def queue(run: ImportRun) -> None:
    """Have the stored file of a run loaded in the background."""
    load_return.enqueue(str(run.pk))
