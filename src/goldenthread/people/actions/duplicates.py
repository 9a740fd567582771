"""Looking through all records for those that may be one person."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.people.models import PossibleDuplicate
from goldenthread.people.permissions import check_can_merge
from goldenthread.people.queries.duplicates import find_pairs
from goldenthread.people.rows import chunks, insert_rows


def look_for_duplicates(*, by: Actor) -> int:
    """Bring the list of possible duplicates up to date; returns how many pairs look alike now.

    Pairs that no longer look alike leave the list; decisions that two records differ are kept apart
    (`NotDuplicate`) and stand. Raises NotPermitted.
    """
    check_can_merge(by)
    found: dict[tuple[UUID, UUID], str] = {}
    for first, second, why in find_pairs():
        found.setdefault((first, second), why)
    with transaction.atomic():
        known = {(row.first_id, row.second_id): row for row in PossibleDuplicate.objects.all()}
        gone = [row.pk for pair, row in known.items() if found.get(pair) != row.likeness]
        for some in chunks(gone, 500):
            PossibleDuplicate.objects.filter(pk__in=some).delete()
        fresh = [pair for pair, why in found.items() if pair not in known or known[pair].likeness != why]
        insert_rows(
            PossibleDuplicate,
            [PossibleDuplicate(first_id=a, second_id=b, likeness=found[a, b]) for a, b in sorted(fresh)],
        )
        audit.record(by=by, action="people.duplicates_looked_for", details={"pairs": len(found)})
    return len(found)
