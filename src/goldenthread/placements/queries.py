"""Reads of placements."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

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


def attended_on(day: date) -> dict[str, int]:
    """Plans maintained at the end of a day by the group of the main setting attended, as DfE counts them.

    Of several the one begun last; a plan with no place on the day is counted as not known.
    """
    plans = maintained(day)
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    not_ended = Q(ends_on=None) | Q(ends_on__gte=day)
    newest = Placement.objects.filter(begun, not_ended, case=OuterRef("case"), rank=1)
    newest = newest.order_by(F("starts_on").desc(nulls_last=True), "-pk")
    chosen = plans.annotate(place=Subquery(newest.values("pk")[:1])).order_by().values("place")
    places = Placement.objects.filter(pk__in=chosen).order_by()
    rows = places.values_list("setting__group", "sen_setting", "sen_unit", "resourced_provision")
    counts = group_settings(rows.annotate(n=Count("pk")).iterator())
    counts[SettingGroup.UNKNOWN] += plans.count() - counts.total()
    return {str(group): number for group, number in sorted(counts.items()) if number}
