"""Counting the caseload ahead of those who ask for it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldenthread.casework.models import CaseloadCount
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
