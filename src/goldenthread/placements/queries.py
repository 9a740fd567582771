"""Reads of placements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from goldenthread.casework.queries.caseload import group_settings, maintained
from goldenthread.core.actors import Actor, System
from goldenthread.core.refusals import NotFound
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.models import Placement


def for_case(case_id: UUID) -> QuerySet[Placement]:
    """Every setting attended under this case, newest first, with the setting's name."""
    return (
        Placement.objects.filter(case_id=case_id)
        .select_related("setting")
        .order_by("rank", F("starts_on").desc(nulls_last=True))
    )


def open_main(case_id: UUID) -> Placement | None:
    """The main placement that has not ended."""
    return Placement.objects.filter(case_id=case_id, rank=1, ends_on=None).first()


def locked(placement_id: UUID) -> Placement:
    """The placement, locked for a change. Raises NotFound."""
    placement = Placement.objects.select_for_update().filter(pk=placement_id).first()
    if placement is None:
        raise NotFound("There is no such placement.")
    return placement


def cases_attending(setting_id: UUID) -> QuerySet[Placement]:
    """Open placements at one setting: which children it teaches now."""
    return Placement.objects.filter(setting_id=setting_id, ends_on=None)


def attending_sight(by: Actor) -> Q:
    """A condition on cases: the child or young person attends this person's own setting now."""
    if isinstance(by, System):
        return Q(pk__in=[])
    here = Placement.objects.filter(case=OuterRef("pk"), ends_on=None, setting__users__user=by.pk)
    return Q(Exists(here))


def of_case(placement_id: UUID, case_id: UUID) -> Placement:
    """One placement of a case, with its setting. Raises NotFound."""
    found = Placement.objects.select_related("setting").filter(pk=placement_id, case=case_id).first()
    if found is None:
        raise NotFound("There is no such placement on this case.")
    return found


def attended_on(day: date, plans: int | None = None) -> dict[str, int]:
    """Plans maintained at the end of a day by the group of the main setting attended, as DfE counts them.

    Of several the one begun last; a plan with no place on the day is counted as not known. `plans`: how many
    are maintained, if the caller has counted them already.
    """
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    not_ended = Q(ends_on=None) | Q(ends_on__gte=day)
    places = Placement.objects.filter(begun, not_ended, rank=1).order_by()
    # Not the bare key: the places are walked through once, not looked up one by one for each plan.
    kept = places.alias(key=Coalesce("case", "case")).filter(key__in=maintained(day).values("case"))
    rows = kept.values_list("setting", *_KIND).annotate(n=Count("*"))
    counts = group_settings(_with_groups([*rows, *_places_before_the_last(places, kept)]))
    counts[SettingGroup.UNKNOWN] += (maintained(day).count() if plans is None else plans) - counts.total()
    return {str(group): number for group, number in sorted(counts.items()) if number}


_KIND = ("sen_setting", "sen_unit", "resourced_provision")
_Counted = tuple[UUID | None, str, bool, bool, int]


def _places_before_the_last(places: QuerySet[Placement], kept: QuerySet[Placement]) -> Iterator[_Counted]:
    """Where a case has several places on the day, each but the one begun last: to be taken off again."""
    several = places.values("case").annotate(n=Count("*")).filter(n__gt=1).values("case")
    if not several.exists():
        return
    rows = kept.filter(case__in=several).order_by("case", F("starts_on").desc(nulls_last=True), "-pk")
    last: UUID | None = None
    for case, *kind in rows.values_list("case", "setting", *_KIND):
        if case == last:
            yield (*kind, -1)
        last = case


def _with_groups(rows: Sequence[_Counted]) -> Iterator[tuple[str | None, str, bool, bool, int]]:
    """The same with the group of each setting in place of its key."""
    related: Any = Placement._meta.get_field("setting").related_model
    groups = dict(related._default_manager.order_by().values_list("pk", "group"))
    for setting, code, unit, resourced, number in rows:
        yield groups.get(setting), code, unit, resourced, number
