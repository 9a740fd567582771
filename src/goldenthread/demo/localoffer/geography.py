"""Where things are in Threadshire: a county of sixteen towns that stands in the North Sea, so nowhere.

Its postcodes are those of the ZZ99 range that `names.postcode` gives, 4,000 in all. Each belongs to one town
and one point, so distances between two of them mean something. Points are metres of the National Grid.
"""

from __future__ import annotations

from functools import cache
from random import Random

from goldenthread.demo import names
from goldenthread.localoffer.grid import to_grid

# Town: easting and northing of its middle, how far its last houses are from there in metres, and how large
# its share of the postcodes is. Neighbours stand beside each other: like postcodes are near each other.
_TOWNS = {
    "Selvedge St Mary": (504_300, 573_600, 1_000, 6),
    "Warpington": (513_400, 571_800, 2_600, 22),
    "Needlecombe": (508_700, 562_900, 1_200, 8),
    "Bobbinford": (521_500, 562_000, 3_200, 34),
    "Weftbury": (524_900, 574_300, 2_200, 20),
    "Great Skein": (530_200, 566_400, 1_900, 16),
    "Little Skein": (533_100, 568_900, 900, 6),
    "Shuttle Magna": (538_600, 575_200, 1_300, 8),
    "Hemsgate": (543_700, 567_300, 2_000, 14),
    "Tasselby": (539_300, 558_100, 1_500, 10),
    "Darning Parva": (541_800, 549_200, 800, 4),
    "Flaxminster": (533_400, 545_900, 2_100, 16),
    "Loomworth-on-Thread": (529_800, 554_600, 1_800, 14),
    "Cottonbridge": (522_600, 544_800, 1_700, 10),
    "Buttonhurst": (511_900, 546_500, 1_100, 6),
    "Spindleton": (518_200, 552_700, 2_400, 22),
}
assert set(_TOWNS) == set(names.TOWNS)
# The first half of postcodes beyond the county's eastern border, and the one town there.
BEYOND, _TOWN_BEYOND = "ZZ98", "Yarnmouth"
_REACHES = {**_TOWNS, _TOWN_BEYOND: (556_900, 570_800, 1_600, 0)}
_LETTERS = names.INWARD
_DEGREE = 111_320.0


@cache
def _towns_by_sector() -> tuple[str, ...]:
    """The town of each of the 200 pairs of digit and letter, in proportion to the shares."""
    total = sum(share for *_, share in _TOWNS.values())
    found: list[str] = []
    before = 0
    for town, (*_, share) in _TOWNS.items():
        before += share
        found += [town] * (before * 200 // total - len(found))
    return tuple(found)


def town_of(postcode: str) -> str:
    """The town in which a postcode of the county, or just beyond it, lies. Raises ValueError for others."""
    if postcode.startswith(f"{BEYOND} "):
        return _TOWN_BEYOND
    return _towns_by_sector()[_sector(postcode)]


def _sector(postcode: str) -> int:
    outward, _, inward = postcode.partition(" ")
    if outward != "ZZ99" or len(inward) != 3 or not inward[0].isdigit():
        raise ValueError(f"{postcode} is no postcode of {names.COUNTY}")
    return int(inward[0]) * 20 + _LETTERS.index(inward[1])


@cache
def point_of(postcode: str) -> tuple[int, int]:
    """Easting and northing of a postcode that `town_of` knows. Raises ValueError for any other postcode."""
    east, north, reach, _ = _REACHES[town_of(postcode)]
    random = Random(f"point {postcode}")  # noqa: S311 - fiction, not security
    return (
        round(east + random.gauss(0, reach / 2)),
        round(north + random.gauss(0, reach / 2)),
    )


@cache
def degrees_of(postcode: str) -> tuple[float, float]:
    """Latitude and longitude of a postcode: what `localoffer.grid` turns into `point_of` again."""
    east, north = point_of(postcode)
    latitude, longitude = 54.9, -0.1
    for _ in range(4):
        at = to_grid(latitude, longitude)
        assert at is not None
        latitude += (north - at[1]) / _DEGREE
        longitude += (east - at[0]) / (_DEGREE * 0.575)
    return round(latitude, 6), round(longitude, 6)


def postcodes_of(town: str) -> tuple[str, ...]:
    """Every postcode of a town."""
    return _by_town()[town]


@cache
def _by_town() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {town: [] for town in names.TOWNS}
    for postcode in all_postcodes():
        found[town_of(postcode)].append(postcode)
    return {town: tuple(many) for town, many in found.items()}


@cache
def all_postcodes() -> tuple[str, ...]:
    """Every postcode of the county, 4,000 of them."""
    return tuple(
        f"ZZ99 {digit}{first}{second}" for digit in range(10) for first in _LETTERS for second in _LETTERS
    )
