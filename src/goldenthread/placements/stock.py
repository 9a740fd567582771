"""Main placements as spans of time: what a forecast counts from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast

from goldenthread.casework.queries.caseload import GROUP_OF_CODE
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.models import Placement


class PlaceSpan(NamedTuple):
    """One main placement: of which case, the group of its setting, from when to when (last day included)."""

    case: str  # its key as text, as `casework.queries.stock.PlanSpan` has it
    group: str
    in_unit: bool  # a SEN unit or resourced provision, which stands apart from the group of its school
    starts_on: date | None
    ends_on: date | None


def place_spans(since: date) -> list[PlaceSpan]:
    """Every main placement that had not ended before a day, in the order in which they began: one query.

    The later of two that overlap is the one attended, as `queries.attended_on` counts.
    """
    rows = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), rank=1)
    ordered = rows.order_by(F("starts_on").asc(nulls_first=True), "pk")
    values = ordered.values_list(
        Cast("case_id", CharField()),
        "setting__group",
        "sen_setting",
        "sen_unit",
        "resourced_provision",
        "starts_on",
        "ends_on",
    )
    return [
        PlaceSpan(case, str(group or GROUP_OF_CODE.get(code, SettingGroup.UNKNOWN)), unit or rp, starts, ends)
        for case, group, code, unit, rp, starts, ends in values.iterator(chunk_size=5000)
    ]
