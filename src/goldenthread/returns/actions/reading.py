"""Taking the report of a load away: it tells of children, so it is written down who took it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.returns import permissions, queries
from goldenthread.returns.findings import report_path


def take_report(*, by: Actor, run_id: UUID) -> Path:
    """Where the report of a load stands. Raises NotPermitted, or NotFound where there is none."""
    permissions.check_can_see_values(by)
    run = queries.run_for(by, run_id)
    path = report_path(run.pk)
    if not path.exists():
        raise NotFound("This load has no report.", "A file that was refused as a whole has none.")
    with transaction.atomic():
        audit.record(by=by, action="return.report_taken", obj=run)
    return path
