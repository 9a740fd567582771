"""How many services there are, by area and need: what the board of demand stands beside what is missing."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from goldenthread.localoffer.models import PublicService, ServiceAtLocation, ServiceTerm, TaxonomyTerm

NEED: Final = "need"
_CODE: Final = "service__terms__term__code"
_TAXONOMY: Final = "service__terms__term__taxonomy__slug"


def services_by_area_and_need() -> dict[tuple[str, str], int]:
    """Published services by area (outward code, and town) and code of need; "" is any.

    A service of several places counts once in each area. One without a place counts in no area.
    """
    found = {("", ""): PublicService.objects.count()}
    terms = ServiceTerm.objects.filter(term__taxonomy__slug=NEED).order_by()
    for code, many in terms.values_list("term__code").annotate(many=Count("service_id", distinct=True)):
        found["", code] = many
    for places in (_by_postcode(), _by_town()):
        counted = places.values_list("area").annotate(many=Count("service_id", distinct=True))
        found |= {(area, ""): many for area, many in counted}
        having = places.filter(**{_TAXONOMY: NEED}).values_list("area", _CODE)
        found |= {
            (area, code): many
            for area, code, many in having.annotate(many=Count("service_id", distinct=True))
        }
    return found


def need_names() -> dict[str, str]:
    """What the needs are called, by code, in the order of the alphabet."""
    rows = TaxonomyTerm.objects.filter(taxonomy__slug=NEED).order_by("name")
    return dict(rows.values_list("code", "name"))


def _by_postcode() -> QuerySet[Any]:
    rows = ServiceAtLocation.objects.filter(postcode__contains=" ").order_by()
    return rows.annotate(area=Substr("postcode", 1, StrIndex("postcode", Value(" ")) - 1))


def _by_town() -> QuerySet[Any]:
    return ServiceAtLocation.objects.exclude(town="").order_by().annotate(area=F("town"))
