"""The services of one page of results, with their nearest places: three reads whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import hypot
from typing import Any, Final
from uuid import UUID

from goldenthread.localoffer import terms
from goldenthread.localoffer.models import PublicService, ServiceAtLocation, ServiceTerm
from goldenthread.localoffer.search.answers import Hit, PlaceHit
from goldenthread.localoffer.search.asking import Point

SUMMARY: Final = 220
_COLUMNS: Final = (
    *("id", "name", "organization__name", "description", "is_national", "checked_on", "status", "is_free"),
    *("minimum_age", "maximum_age"),
)
_PLACE: Final = (
    *("service_id", "name", "town", "postcode", "latitude", "longitude", "easting", "northing", "id"),
)


def hits_of(ids: Sequence[UUID], point: Point | None) -> tuple[Hit, ...]:
    """The public services of these keys, in this order; one that was taken down since is left out."""
    rows = {row["id"]: row for row in PublicService.objects.filter(pk__in=ids).values(*_COLUMNS)}
    places = _nearest(ids, point)
    tagged = _terms(ids)
    return tuple(_hit(rows[key], places.get(key), tagged[key]) for key in ids if key in rows)


def _hit(row: dict[str, Any], place: tuple[PlaceHit, int] | None, tagged: dict[str, tuple[str, ...]]) -> Hit:
    return Hit(
        id=row["id"],
        name=row["name"],
        organization=row["organization__name"],
        summary=summary_of(row["description"]),
        place=place[0] if place else None,
        is_national=row["is_national"],
        checked_on=row["checked_on"],
        status=row["status"],
        is_free=row["is_free"],
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        needs=tagged.get(terms.NEED, ()),
        kinds=tagged.get(terms.KIND, ()),
        places=place[1] if place else 0,
    )


def summary_of(description: str) -> str:
    """The beginning of a description, cut between words."""
    text = " ".join(description.split())
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _nearest(ids: Sequence[UUID], point: Point | None) -> dict[UUID, tuple[PlaceHit, int]]:
    """The place to show for each service, and how many it has."""
    held: dict[UUID, list[tuple[float, str, PlaceHit]]] = defaultdict(list)
    for service_id, name, town, postcode, lat, lng, east, north, key in ServiceAtLocation.objects.filter(
        service_id__in=ids
    ).values_list(*_PLACE):
        away = None
        if point is not None and east is not None:
            away = hypot(east - point[0], north - point[1])
        order = away if away is not None else float("inf")
        shown = PlaceHit(name, town, postcode, lat, lng, None if away is None else round(away))
        held[service_id].append((order, str(key), shown))
    return {key: (min(found, key=lambda one: one[:2])[2], len(found)) for key, found in held.items()}


def _terms(ids: Sequence[UUID]) -> dict[UUID, dict[str, tuple[str, ...]]]:
    found: dict[UUID, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = ServiceTerm.objects.filter(service_id__in=ids, term__taxonomy__slug__in=(terms.NEED, terms.KIND))
    columns = ("service_id", "term__taxonomy__slug", "term__code")
    for key, slug, code in rows.order_by("term__code").values_list(*columns):
        found[key][slug] = (*found[key].get(slug, ()), code)
    return found
