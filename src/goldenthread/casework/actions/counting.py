"""Counting the caseload and the lists ahead of those who ask for them."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldenthread.casework.models import CaseloadCount, WorkCount
from goldenthread.casework.queries import tallied
from goldenthread.casework.queries.counted import count
from goldenthread.core import audit
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor
from goldenthread.core.permissions import require


def count_caseload(*, by: Actor, on: date | None = None) -> int:
    """Count the caseload at the end of a day, today if left out, and keep it for its page.

    Returns how many plans were maintained. Run hourly, and after many people were loaded. Nobody waits while
    it counts: only the result is written in a transaction. Raises NotPermitted.
    """
    require(by, "casework.reports")
    on = on or site_clock.today()
    found = count(on)
    values = {"counted_at": found.at, "seq": found.seq, "hash": found.hash}
    with transaction.atomic():
        CaseloadCount.objects.exclude(as_of=on).delete()
        CaseloadCount.objects.update_or_create(
            as_of=on, defaults=values | {"figures": found.caseload.as_dict()}
        )
        audit.record(by=by, action="caseload.counted", details={"as_of": on.isoformat()})
    return found.caseload.plans


def count_work(*, by: Actor, on: date | None = None) -> bool:
    """Count the lists and the workload of a day, today if left out, and keep them for their pages.

    Only where there are too many cases to count them for each page: otherwise what was kept is thrown away.
    Returns whether it counted. Not in the audit log: it says nothing of anyone, and runs every few minutes.
    Raises NotPermitted.
    """
    require(by, "casework.reports")
    on = on or site_clock.today()
    found = tallied.count_work(on) if tallied.is_large() else None
    with transaction.atomic():
        WorkCount.objects.all().delete()
        if found is not None:
            found.save(force_insert=True)
    return found is not None
