"""Writes of placements: starts and ends, and many at once from a return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.casework import queries as casework_queries
from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.people.rows import insert_rows
from goldenthread.placements import permissions, policies, queries
from goldenthread.placements.models import Placement


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """A placement to record: exactly one of `setting_id` and `sen_setting` (a SEN2 SENsetting code)."""

    case_id: UUID
    setting_id: UUID | None = None
    sen_setting: str = ""
    sen_setting_other: str = ""
    rank: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    sen_unit: bool = False
    resourced_provision: bool = False
    residential: str = ""
    work_based: str = ""
    attendance: str = ""


def start_placement(*, new: NewPlacement, by: Actor) -> Placement:
    """Record that a child or young person attends a setting from a day.

    Raises NotPermitted, NotAllowedNow (a main placement is open) or InvalidInput.
    """
    with transaction.atomic():
        case = casework_queries.locked(new.case_id)
        permissions.check_can_edit(by)
        policies.check_setting_or_code(new.setting_id, new.sen_setting)
        policies.check_one_open_main(queries.open_main(new.case_id), new.rank)
        placement = Placement(**_fields(new))
        placement.save()
        audit.record(by=by, action="placement.started", obj=placement, person_id=case.person_id)
    return placement


def end_placement(*, placement_id: UUID, on: date, by: Actor) -> Placement:
    """Record the last day at a setting. Raises NotPermitted, NotAllowedNow or InvalidInput."""
    with transaction.atomic():
        placement = queries.locked(placement_id)
        permissions.check_can_edit(by)
        policies.check_end(placement, on)
        placement.ends_on = on
        placement.save(update_fields=["ends_on", "updated_at"])
        case = casework_queries.locked(placement.case_id)
        audit.record(by=by, action="placement.ended", obj=placement, person_id=case.person_id)
    return placement


def bulk_create_placements(rows: Sequence[NewPlacement], *, by: Actor) -> int:
    """Insert many placements inside the caller's transaction, which audits it. Returns how many."""
    permissions.check_can_edit(by)
    insert_rows(Placement, [Placement(**_fields(row)) for row in rows])
    return len(rows)


def _fields(new: NewPlacement) -> dict[str, object]:
    return {name: getattr(new, name) for name in NewPlacement.__slots__}
