"""What was searched for in vain: by words, by area, by need."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Coalesce

from goldenthread.consultations.models import SoughtDay
from goldenthread.consultations.permissions import check_can_view_board
from goldenthread.core.actors import Actor

BY = {"words": "sought__words", "area": "area", "need": "need"}


def gaps_by(
    by: Actor, what: str, *, since: date | None = None, area: str = "", need: str = ""
) -> list[dict[str, Any]]:
    """Searches in vain counted by "words", "area" or "need", the most wanted first.

    Words that did not come on three days are counted together under no words. Raises NotPermitted.
    """
    check_can_view_board(by)
    found = SoughtDay.objects.all()
    if since is not None:
        found = found.filter(on__gte=since)
    if area:
        found = found.filter(area=area)
    if need:
        found = found.filter(need=need)
    counted = (
        found.values(what=F(BY[what]))
        .annotate(times=Coalesce(Sum("times"), 0), days=Count("on", distinct=True), last=Max("on"))
        .order_by("-times", "what")
    )
    return [dict(one) for one in counted]


def places_and_needs(by: Actor) -> tuple[list[str], list[str]]:
    """The areas and needs that were searched for."""
    check_can_view_board(by)
    return tuple(  # type: ignore[return-value]
        list(SoughtDay.objects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())
        for name in ("area", "need")
    )
