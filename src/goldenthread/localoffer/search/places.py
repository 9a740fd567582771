"""Where a postcode is: from the file of `manage load_postcodes`, else from places in the directory itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Avg

from goldenthread.localoffer.models import ServiceAtLocation
from goldenthread.localoffer.search.asking import Point, shaped_postcode
from goldenthread.localoffer.search.postcodes import Directory

FILE: Final = "postcodes.bin"


def point_of(postcode: str) -> Point | None:
    """Where a postcode or an outward code is, in metres of the National Grid; None where nobody knows.

    Raises NoPostcodesError where the file of postcodes is there but broken.
    """
    shaped = shaped_postcode(postcode)
    if not shaped:
        return None
    outward, _, inward = shaped.partition(" ")
    directory = _opened()
    found = directory.point_of(outward, inward) if directory else None
    return found or _in_directory(outward, inward)


def file() -> Path:
    """Where the postcodes are kept."""
    return Path(settings.VAR) / FILE


def _opened() -> Directory | None:
    try:
        held = file().stat()
    except FileNotFoundError:
        return None
    return _directory(file(), held.st_mtime_ns, held.st_size)


@lru_cache(maxsize=2)
def _directory(path: Path, changed: int, size: int) -> Directory:
    return Directory(path)


def _in_directory(outward: str, inward: str) -> Point | None:
    """The middle of the places of the directory with this postcode; with none, of those in its sector.

    A postcode shares all but its last letters with its neighbours: ZZ1 1ZZ, then ZZ1 1Z, then ZZ1 1.
    """
    for length in (3, 2, 1) if inward else (0,):
        rows = ServiceAtLocation.objects.filter(easting__isnull=False)
        rows = rows.filter(postcode__startswith=f"{outward} {inward[:length]}")
        found = rows.aggregate(east=Avg("easting"), north=Avg("northing"))
        if found["east"] is not None:
            return round(found["east"]), round(found["north"])
    return None
