"""Which public records answer a request, in an order that does not move when entries are published.

New entries come last: lists run by when an entry was first published. So a reader of page after page gets
every record once while others are being published or changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import F, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Power

from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    Schedule,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)
from goldenthread.localoffer.oruk.api.parameters import PROXIMITY

Asked = Mapping[str, Any]
M = TypeVar("M", bound=Model)
_SERVICE_WORDS: Final = ("name", "description")


def services(asked: Asked) -> QuerySet[PublicService]:
    """The published services that answer."""
    rows = _with_words(PublicService.objects.all(), asked, *_SERVICE_WORDS)
    sessions = _sessions(asked)
    if sessions is not None:
        rows = rows.filter(pk__in=sessions.values("service_id"))
    return rows.filter(_of_service(asked, "")).order_by("first_published", "id")


def places(asked: Asked, point: tuple[int, int] | None = None) -> QuerySet[ServiceAtLocation]:
    """The services at locations that answer; `point` is the postcode's, in metres of the National Grid."""
    rows = ServiceAtLocation.objects.select_related("service")
    rows = _with_words(rows, asked, "name", *(f"service__{name}" for name in _SERVICE_WORDS))
    sessions = _sessions(asked)
    if sessions is not None:
        here = Q(pk__in=sessions.filter(place__isnull=False).values("place_id"))
        anywhere = Q(service_id__in=sessions.filter(place=None).values("service_id"))
        rows = rows.filter(here | anywhere)
    if point is not None:
        rows = _near(rows, point, asked.get("proximity", PROXIMITY))
    return rows.filter(_of_service(asked, "service__")).order_by(
        "service__first_published", "service_id", "id"
    )


def organizations(asked: Asked) -> QuerySet[PublicOrganization]:
    """The organisations with a published service that answer."""
    rows = _with_words(PublicOrganization.objects.all(), asked, "name")
    return rows.annotate(since=_since()).order_by("since", "id")


def _since() -> Subquery:
    """When the first of an organisation's public services was first published."""
    mine = PublicService.objects.filter(organization_id=OuterRef("pk")).order_by()
    return Subquery(mine.values("organization_id").annotate(since=Min("first_published")).values("since"))


def taxonomies(asked: Asked) -> QuerySet[Taxonomy]:
    """The taxonomies that answer."""
    return _with_words(Taxonomy.objects.all(), asked, "name", "description").order_by("id")


def terms(asked: Asked) -> QuerySet[TaxonomyTerm]:
    """The terms that answer."""
    rows = _with_words(TaxonomyTerm.objects.select_related("taxonomy"), asked, "name", "description")
    if "taxonomy_id" in asked:
        rows = rows.filter(taxonomy_id=asked["taxonomy_id"])
    if "parent_id" in asked:
        rows = rows.filter(parent_id=asked["parent_id"])
    if asked.get("top_only"):
        rows = rows.filter(parent=None)
    return rows.order_by("id")


def services_of(organization_ids: list[UUID]) -> QuerySet[PublicService]:
    """The published services of these organisations."""
    rows = PublicService.objects.filter(organization_id__in=organization_ids)
    return rows.order_by("first_published", "id")


def terms_of(taxonomy_id: UUID) -> QuerySet[TaxonomyTerm]:
    """The terms of a taxonomy."""
    return TaxonomyTerm.objects.select_related("taxonomy").filter(taxonomy_id=taxonomy_id).order_by("id")


def point_of(postcode: str) -> tuple[int, int] | None:
    """Where places of this postcode are, on average; None where the directory has none with a point."""
    rows = ServiceAtLocation.objects.filter(postcode=postcode, easting__isnull=False)
    points = [(east, north) for east, north in rows.values_list("easting", "northing")[:100]]
    if not points:
        return None
    return (
        round(sum(east or 0 for east, _ in points) / len(points)),
        round(sum(north or 0 for _, north in points) / len(points)),
    )


def _with_words(rows: QuerySet[M], asked: Asked, *fields: str) -> QuerySet[M]:
    """Every word stands in one of the fields, in whatever case."""
    for word in asked.get("search", ()):
        found = Q()
        for name in fields:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def _of_service(asked: Asked, to: str) -> Q:
    """Conditions on a service; `to` leads to it."""
    found = Q()
    if "modified_after" in asked:
        found &= Q(**{f"{to}last_modified__gte": asked["modified_after"]})
    if "organization_id" in asked:
        found &= Q(**{f"{to}organization_id": asked["organization_id"]})
    for name, field in (("taxonomy_term_id", "term_id"), ("taxonomy_id", "term__taxonomy_id")):
        if name in asked:
            having = ServiceTerm.objects.filter(**{field: asked[name]}).values("service_id")
            found &= Q(**{f"{to}id__in": having})
    # A service without a youngest or oldest age takes people of any.
    if "minimum_age" in asked:
        oldest = f"{to}maximum_age"
        found &= Q(**{f"{oldest}__isnull": True}) | Q(**{f"{oldest}__gte": asked["minimum_age"]})
    if "maximum_age" in asked:
        youngest = f"{to}minimum_age"
        found &= Q(**{f"{youngest}__isnull": True}) | Q(**{f"{youngest}__lte": asked["maximum_age"]})
    return found


def _sessions(asked: Asked) -> QuerySet[Schedule] | None:
    """The sessions on the asked days and hours; None where neither is asked."""
    if not {"day", "start_time", "end_time"} & set(asked):
        return None
    rows = Schedule.objects.all()
    if "day" in asked:
        rows = rows.filter(day__in=asked["day"])
    if "start_time" in asked:
        rows = rows.filter(closes_at__gt=asked["start_time"])
    if "end_time" in asked:
        rows = rows.filter(opens_at__lt=asked["end_time"])
    return rows


def _near(
    rows: QuerySet[ServiceAtLocation], point: tuple[int, int], metres: int
) -> QuerySet[ServiceAtLocation]:
    """Places within so many metres: first the square, which the index finds, then the circle in it."""
    east, north = point
    square = rows.filter(
        easting__range=(east - metres, east + metres), northing__range=(north - metres, north + metres)
    )
    away = Power(F("easting") - float(east), 2) + Power(F("northing") - float(north), 2)
    return square.annotate(away=away).filter(away__lte=float(metres) ** 2)
