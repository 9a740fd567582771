"""What was found, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """The place of a service that is nearest to the asked point, or its first; distance in metres."""

    name: str
    town: str
    postcode: str
    lat: float | None
    lng: float | None
    distance_m: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One service that answers. Needs and kinds are codes of the terms; `places` counts its places."""

    id: UUID
    name: str
    organization: str
    summary: str
    place: PlaceHit | None
    is_national: bool
    checked_on: date | None
    status: str
    is_free: bool | None
    minimum_age: float | None
    maximum_age: float | None
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question.

    `hits` is the asked page. `national` are the first services for the whole country, never among `hits`
    unless they are what is asked for (`group`); `total` and `national_total` count each. `showing_for` is
    the words that were looked for in place of `asked_for`; empty where nothing was corrected. `has_all` is
    False where no service has all the words and those with some are shown. `facets` counts, by name of a
    filter and its value, what choosing that value would show, local and national together.
    """

    hits: tuple[Hit, ...] = ()
    national: tuple[Hit, ...] = ()
    total: int = 0
    national_total: int = 0
    showing_for: str = ""
    asked_for: str = ""
    has_all: bool = True
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
