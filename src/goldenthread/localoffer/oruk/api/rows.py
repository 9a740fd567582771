"""Which public records answer a request, in an order that does not move when entries are published.

New entries come last: lists run by when an entry was first published. So a reader of page after page gets
every record once while others are being published or changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from goldenthread.localoffer.oruk.api import remembered
from goldenthread.localoffer.oruk.api.parameters import PROXIMITY
from goldenthread.localoffer.oruk.api.remembered import NOT_GIVEN, Key, Remembered, seconds, stored

Asked = Mapping[str, Any]
Mask = NDArray[np.bool_]
RECORDS: Final[dict[str, QuerySet[Any]]] = {
    "services": PublicService.objects.all(),
    "service_at_locations": ServiceAtLocation.objects.select_related("service"),
    "organizations": PublicOrganization.objects.all(),
    "taxonomies": Taxonomy.objects.all(),
    "taxonomy_terms": TaxonomyTerm.objects.select_related("taxonomy"),
}


class Keys:
    """The keys that answer, in their order; only those of a slice are looked up."""

    def __init__(self, keys: Sequence[Key], at: NDArray[np.int64] | None = None) -> None:
        """The keys at these places of `keys`, or all of them."""
        self._keys, self._at = keys, at

    def __len__(self) -> int:
        return len(self._keys) if self._at is None else len(self._at)

    def part(self, start: int, end: int) -> list[UUID]:
        """The keys from one place to before another."""
        if self._at is None:
            found = list(self._keys[start:end])
        else:
            found = [self._keys[number] for number in self._at[start:end]]
        return [key if isinstance(key, UUID) else UUID(key) for key in found]


def services(asked: Asked) -> Keys:
    """The published services that answer."""
    held = remembered.now()
    mask = _of_service(held, asked)
    sessions = _sessions(held, asked)
    if sessions is not None:
        runs = np.zeros(len(mask), dtype=bool)
        runs[held.sessions.service[sessions]] = True
        mask &= runs
    return Keys(held.services.keys, np.nonzero(_with_words(held.services.texts, asked, mask))[0])


def places(asked: Asked, point: tuple[int, int] | None = None) -> Keys:
    """The services at locations that answer; `point` is the postcode's, in metres of the National Grid."""
    held = remembered.now()
    mask = _of_service(held, asked)[held.places.service]
    sessions = _sessions(held, asked)
    if sessions is not None:
        mask &= _with_session(held, sessions)
    if point is not None:
        mask &= _near(held, point, asked.get("proximity", PROXIMITY))
    for word in asked.get("search", ()):
        mask &= _place_has(held, word, mask)
    return Keys(held.places.keys, np.nonzero(mask)[0])


def organizations(asked: Asked) -> Keys:
    """The organisations with a published service that answer."""
    held = remembered.now()
    mask = _with_words(held.organization_names, asked, np.ones(len(held.organizations), dtype=bool))
    return Keys(held.organizations, np.nonzero(mask)[0])


def taxonomies(asked: Asked) -> Keys:
    """The taxonomies that answer."""
    rows = _having(Taxonomy.objects.all(), asked)
    return Keys(list(rows.order_by("id").values_list("pk", flat=True)))


def terms(asked: Asked) -> Keys:
    """The terms that answer."""
    rows = _having(TaxonomyTerm.objects.all(), asked)
    for name in ("taxonomy_id", "parent_id"):
        if name in asked:
            rows = rows.filter(**{name: asked[name]})
    if asked.get("top_only"):
        rows = rows.filter(parent=None)
    return Keys(list(rows.order_by("id").values_list("pk", flat=True)))


def services_of(organization_ids: list[UUID], *, full: bool) -> QuerySet[PublicService]:
    """The published services of these organisations; unless `full`, with name and status alone."""
    rows = PublicService.objects.filter(organization_id__in=organization_ids)
    rows = rows if full else rows.only("organization_id", "name", "status")
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


def _having(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Terms or taxonomies with every word in their name or description, in whatever case."""
    for word in asked.get("search", ()):
        rows = rows.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return rows


def _with_words(texts: Sequence[str], asked: Asked, mask: Mask) -> Mask:
    """Every word stands in the text, in whatever case; only texts that are still asked for are read."""
    for word in asked.get("search", ()):
        low = word.lower()
        mask = np.fromiter((is_in and low in texts[at] for at, is_in in enumerate(mask.tolist())), bool)
    return mask


def _place_has(held: Remembered, word: str, mask: Mask) -> Mask:
    """Places that still answer and have the word in their own name or in that of their service."""
    low = word.lower()
    wanted = np.zeros(len(held.services.keys), dtype=bool)
    wanted[held.places.service[mask]] = True
    of_service = _with_words(held.services.texts, {"search": (word,)}, wanted)[held.places.service]
    own = np.fromiter((low in name for name in held.places.names), bool, len(held.places.names))
    return np.asarray(of_service | own)


def _of_service(held: Remembered, asked: Asked) -> Mask:
    """Services for which all conditions on a service itself hold, but for its words."""
    found, having = held.services, np.ones(len(held.services.keys), dtype=bool)
    if "modified_after" in asked:
        having &= found.modified >= asked["modified_after"].timestamp()
    if "organization_id" in asked:
        having &= found.organization == held.organization_at.get(stored(asked["organization_id"]), NOT_GIVEN)
    for name, keys in (("taxonomy_term_id", held.terms), ("taxonomy_id", held.taxonomies)):
        if name in asked:
            having &= _at(keys.get(stored(asked[name])), len(having))
    # A service without a youngest or oldest age takes people of any.
    if "minimum_age" in asked:
        having &= found.oldest >= asked["minimum_age"]
    if "maximum_age" in asked:
        having &= found.youngest <= asked["maximum_age"]
    return having


def _at(places: NDArray[np.int64] | None, length: int) -> Mask:
    found = np.zeros(length, dtype=bool)
    if places is not None:
        found[places] = True
    return found


def _sessions(held: Remembered, asked: Asked) -> Mask | None:
    """The sessions on the asked days and hours; None where neither is asked."""
    if not {"day", "start_time", "end_time"} & set(asked):
        return None
    found = held.sessions
    having = np.ones(len(found.service), dtype=bool)
    if "day" in asked:
        having &= np.isin(found.day, list(asked["day"]))
    # A time that is not given (nan) is neither before nor after another.
    if "start_time" in asked:
        having &= found.closes > seconds(asked["start_time"])
    if "end_time" in asked:
        having &= found.opens < seconds(asked["end_time"])
    return having


def _with_session(held: Remembered, sessions: Mask) -> Mask:
    """Places with one of these sessions; one of no stated place is at every place of its service."""
    found = held.sessions
    anywhere = _at(found.service[sessions & (found.place == NOT_GIVEN)], len(held.services.keys))
    here = _at(found.place[sessions & (found.place != NOT_GIVEN)], len(held.places.keys))
    return np.asarray(here | anywhere[held.places.service])


def _near(held: Remembered, point: tuple[int, int], metres: int) -> Mask:
    """Places within so many metres in a straight line; one without a point is nowhere."""
    away = np.hypot(held.places.east - point[0], held.places.north - point[1])
    return np.asarray(away <= metres)
