"""Cases as a return needs them: all of some people, with what a later return may change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from goldenthread.casework.models import Case

_AT_ONCE = 500


def cases_of_people(person_ids: Iterable[UUID]) -> dict[UUID, list[Case]]:
    """Each person's cases with plan and section I, oldest first. Three queries for every 500 people."""
    ids = list(person_ids)
    found: dict[UUID, list[Case]] = defaultdict(list)
    for at in range(0, len(ids), _AT_ONCE):
        rows = (
            Case.objects.filter(person__in=ids[at : at + _AT_ONCE])
            .select_related("plan")
            .prefetch_related("plan__named_settings")
            .order_by("received_on", "pk")
        )
        for case in rows:
            found[case.person_id].append(case)
    return found
