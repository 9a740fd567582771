"""Where a postcode is."""

from __future__ import annotations

from django.db.models import Avg, Q

from goldenthread.localoffer.models import ServiceAtLocation
from goldenthread.localoffer.search.asking import Point, shaped_postcode


def point_of(postcode: str) -> Point | None:
    """Where a postcode or an outward code is, in metres of the National Grid; None where nobody knows."""
    shaped = shaped_postcode(postcode)
    return _in_directory(shaped) if shaped else None


def _in_directory(shaped: str) -> Point | None:
    """The middle of the places in the directory with this postcode or outward code."""
    named = Q(postcode=shaped) if " " in shaped else Q(postcode__startswith=f"{shaped} ")
    rows = ServiceAtLocation.objects.filter(named, easting__isnull=False)
    found = rows.aggregate(east=Avg("easting"), north=Avg("northing"))
    return None if found["east"] is None else (round(found["east"]), round(found["north"]))
