"""Looking for entries that are one service, and saying that two are not."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import ChangedMeanwhile, NotFound
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import DuplicateState
from goldenthread.localoffer.likeness import Likeness, pairs
from goldenthread.localoffer.models import PossibleDuplicate, Service
from goldenthread.localoffer.queries import duplicates

BATCH = 500
Pair = tuple[UUID, UUID]


def look_for_duplicates(*, by: Actor) -> int:
    """Bring the list of possible duplicates up to date; returns how many pairs look alike now.

    Pairs that no longer look alike leave the list; what somebody decided stands. Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    found = pairs(duplicates.all_cards())
    with transaction.atomic():
        rows = {(row.first_id, row.second_id): row for row in PossibleDuplicate.objects.all()}
        gone = [
            row.pk for pair, row in rows.items() if row.state == DuplicateState.OPEN and pair not in found
        ]
        for start in range(0, len(gone), BATCH):
            PossibleDuplicate.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        _keep(found, rows)
        audit.record(by=by, action="localoffer.duplicates_looked_for", details={"pairs": len(found)})
    return len(found)


def _keep(found: Mapping[Pair, Likeness], rows: Mapping[Pair, PossibleDuplicate]) -> None:
    """Add the pairs that are new; bring the reasons of open ones up to date."""
    new, changed = [], []
    for (first, second), alike in found.items():
        row = rows.get((first, second))
        reasons = list(alike.reasons)
        if row is None:
            new.append(
                PossibleDuplicate(first_id=first, second_id=second, reasons=reasons, score=alike.score)
            )
        elif row.state == DuplicateState.OPEN and (row.score, row.reasons) != (alike.score, reasons):
            row.score, row.reasons = alike.score, reasons
            changed.append(row)
    # Two who look at once may find the same pair.
    PossibleDuplicate.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    PossibleDuplicate.objects.bulk_update(changed, ["score", "reasons"], batch_size=BATCH)


def look_beside(service: Service, postcodes: list[str]) -> None:
    """Add the pairs that a published entry makes with others, found by index; in the caller's transaction."""
    cards = duplicates.cards_beside(service, postcodes)
    found = {pair: alike for pair, alike in pairs(cards).items() if service.pk in pair}
    if found:
        rows = PossibleDuplicate.objects.filter(first_id__in=[pair[0] for pair in found])
        _keep(found, {(row.first_id, row.second_id): row for row in rows})


@transaction.atomic
def mark_different(*, by: Actor, pair_id: UUID) -> PossibleDuplicate:
    """Say that two entries are two services; they are not suggested again.

    Raises NotPermitted, NotFound, or ChangedMeanwhile where somebody decided already.
    """
    permissions.check_can_approve(by)
    pair = locked_pair(pair_id)
    pair.state, pair.decided_by = DuplicateState.DIFFERENT, actor_ref(by).label
    pair.save()
    details = {"first": str(pair.first_id), "second": str(pair.second_id)}
    audit.record(by=by, action="localoffer.marked_different", obj=pair, details=details)
    return pair


def locked_pair(pair_id: UUID) -> PossibleDuplicate:
    """An open pair, locked. Raises NotFound or ChangedMeanwhile."""
    pair = PossibleDuplicate.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise NotFound("These two are no longer a possible duplicate.", "Open the list and choose there.")
    if pair.state != DuplicateState.OPEN:
        raise ChangedMeanwhile(
            f"{pair.decided_by or 'Somebody'} decided on these two already.", "Open the list again."
        )
    return pair
