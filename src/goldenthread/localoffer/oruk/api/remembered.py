"""What filters ask of the public entries, as columns in memory: read once, and again after a change.

Records themselves are not kept here: they are fetched by key when they are written, so that what was taken
down is gone at once. 50,000 services take about 60 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from threading import Lock
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    Schedule,
    ServiceAtLocation,
    ServiceTerm,
    TaxonomyTerm,
)
from goldenthread.localoffer.oruk.api import changes

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
NOT_GIVEN: Final = -1
# A key as the database has it: text in SQLite.
Key = UUID | str


@dataclass(frozen=True, slots=True)
class Services:
    """A service a place, by when it was first published. An age that is not given is no limit."""

    keys: list[Key]
    texts: list[str]
    organization: Numbers
    youngest: Floats
    oldest: Floats
    modified: Floats


@dataclass(frozen=True, slots=True)
class Places:
    """A service at location a place: by service, then by key. `service` is the place of its service."""

    keys: list[Key]
    names: list[str]
    service: Numbers
    east: Floats
    north: Floats


@dataclass(frozen=True, slots=True)
class Sessions:
    """A session a place; times are seconds of the day, nan where none is given."""

    service: Numbers
    place: Numbers
    day: Numbers
    opens: Floats
    closes: Floats


@dataclass(frozen=True, slots=True)
class Remembered:
    """All columns at one stamp."""

    services: Services
    places: Places
    sessions: Sessions
    organizations: list[Key]
    organization_names: list[str]
    organization_at: dict[Key, int]
    terms: dict[Key, Numbers]
    taxonomies: dict[Key, Numbers]


_lock = Lock()
_held: tuple[changes.Stamp, Remembered] | None = None


def now() -> Remembered:
    """The columns as they are now: those in memory while nothing changed, else read anew."""
    global _held
    held, wanted = _held, changes.stamp()
    if held is not None and held[0] == wanted:
        return held[1]
    with _lock:
        # Another thread may have read them meanwhile.
        if _held is None or _held[0] != wanted:
            # The stamp is older than what is read after it: a change in between is seen the next time.
            _held = wanted, _read()
        return _held[1]


def forget() -> None:
    """Read anew the next time, whatever the stamp says."""
    global _held
    _held = None


def _read() -> Remembered:
    asked = ("pk", "name", "description", "organization_id", "minimum_age", "maximum_age", "last_modified")
    found = list(_rows(PublicService.objects.order_by("first_published", "pk").values_list(*asked)))
    at = {row[0]: number for number, row in enumerate(found)}
    organization_at, names = _organizations(found)
    services = Services(
        keys=list(at),
        texts=[f"{row[1]}\n{row[2]}".lower() for row in found],
        organization=_numbers([organization_at[row[3]] for row in found]),
        youngest=_floats([row[4] for row in found], -np.inf),
        oldest=_floats([row[5] for row in found], np.inf),
        modified=_floats([_moment(row[6]) for row in found], 0),
    )
    places = _places(at)
    terms, taxonomies = _terms(at)
    sessions = _sessions(at, {key: number for number, key in enumerate(places.keys)})
    return Remembered(
        services, places, sessions, list(organization_at), names, organization_at, terms, taxonomies
    )


def _organizations(services: list[Any]) -> tuple[dict[Key, int], list[str]]:
    """Organisations by when the first of their services was first published, then by key; their names."""
    order: dict[Key, int] = {}
    for row in services:
        order.setdefault(row[3], len(order))
    names = dict(_rows(PublicOrganization.objects.values_list("pk", "name")))
    return order, [names.get(key, "").lower() for key in order]


def _places(at: dict[Key, int]) -> Places:
    asked = ("pk", "name", "service_id", "easting", "northing")
    rows = _rows(ServiceAtLocation.objects.values_list(*asked))
    found = sorted((at[row[2]], *row) for row in rows if row[2] in at)
    return Places(
        keys=[row[1] for row in found],
        names=[row[2].lower() for row in found],
        service=_numbers([row[0] for row in found]),
        east=_floats([row[4] for row in found], np.nan),
        north=_floats([row[5] for row in found], np.nan),
    )


def _sessions(at: dict[Key, int], place_at: dict[Key, int]) -> Sessions:
    asked = ("service_id", "place_id", "day", "opens_at", "closes_at")
    found = [row for row in _rows(Schedule.objects.values_list(*asked)) if row[0] in at]
    # There are few different times of day.
    times = {value: seconds(value) for row in found for value in row[3:]}
    return Sessions(
        service=_numbers([at[row[0]] for row in found]),
        place=_numbers([place_at.get(row[1], NOT_GIVEN) for row in found]),
        day=_numbers([NOT_GIVEN if row[2] is None else row[2] for row in found]),
        opens=_floats([times[row[3]] for row in found], np.nan),
        closes=_floats([times[row[4]] for row in found], np.nan),
    )


def _terms(at: dict[Key, int]) -> tuple[dict[Key, Numbers], dict[Key, Numbers]]:
    """Places of the services that have each term, and any term of each taxonomy."""
    of = dict(_rows(TaxonomyTerm.objects.values_list("pk", "taxonomy_id")))
    terms: dict[Key, list[int]] = {key: [] for key in of}
    for term, service in _rows(ServiceTerm.objects.values_list("term_id", "service_id")):
        if service in at:
            terms[term].append(at[service])
    having: dict[Key, list[int]] = {taxonomy: [] for taxonomy in of.values()}
    for term, found in terms.items():
        having[of[term]] += found
    return (
        {key: _numbers(found) for key, found in terms.items()},
        {key: _numbers(found) for key, found in having.items()},
    )


def _rows(query: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows as the database gives them: to make each key a UUID would take most of the time."""
    with connection.cursor() as cursor:
        cursor.execute(*query.query.sql_with_params())
        while rows := cursor.fetchmany(5_000):
            yield from rows


def stored(key: UUID) -> Key:
    """The key as the database has it."""
    return key if connection.features.has_native_uuid_field else key.hex


def _moment(at: Any) -> float:
    """Seconds since 1970; SQLite gives a time of UTC that does not say so, or text."""
    found = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def seconds(at: time | str | None) -> float:
    """A time of day in seconds since midnight, nan for none; SQLite gives text."""
    if at is None:
        return float("nan")
    found = time.fromisoformat(at) if isinstance(at, str) else at
    return found.hour * 3600 + found.minute * 60 + found.second + found.microsecond / 1e6


def _numbers(found: list[int]) -> Numbers:
    return np.array(found, dtype=np.int64)


def _floats(found: list[Any], otherwise: float) -> Floats:
    return np.array([otherwise if one is None else one for one in found], dtype=np.float64)
