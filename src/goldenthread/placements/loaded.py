"""Placements as a later return needs them: all of some cases, and changes to many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.people.rows import chunks, update_rows
from goldenthread.placements import permissions
from goldenthread.placements.models import Placement

_CHANGEABLE = (
    "starts_on", "ends_on", "sen_unit", "resourced_provision", "residential", "work_based", "attendance",
    "sen_setting_other",
)  # fmt: skip


def placements_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, list[Placement]]:
    """Each case's placements, in the order in which they were recorded. One query for every 500 cases."""
    found: dict[UUID, list[Placement]] = defaultdict(list)
    for some in chunks(list(case_ids), 500):
        for row in Placement.objects.filter(case__in=some).order_by("pk"):
            found[row.case_id].append(row)
    return found


def bulk_update_placements(changes: Sequence[tuple[Placement, Mapping[str, Any]]], *, by: Actor) -> int:
    """Set new values on many placements inside the caller's transaction, which writes the audit line.

    Returns how many. Raises NotPermitted, and ValueError for a field that says which placement it is.
    """
    permissions.check_can_edit(by)
    now = clock.now()
    for row, values in changes:
        strange = set(values) - set(_CHANGEABLE)
        if strange:
            raise ValueError(f"These fields cannot be changed so: {', '.join(sorted(strange))}.")
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = now
    update_rows(Placement, [row for row, _ in changes], (*_CHANGEABLE, "updated_at"))
    return len(changes)
