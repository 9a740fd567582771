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
    """Load the stored file of a run. Returns the state it ended in."""
    run = ImportRun.objects.get(pk=UUID(run_id))
    path = Path(settings.MEDIA_ROOT) / run.stored_path
    return str(actions.run_import(run_id=run.pk, path=path, by=run.by or System.IMPORT).state)
