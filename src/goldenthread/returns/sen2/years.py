"""Collection years and their census dates."""

from __future__ import annotations

from datetime import date

from goldenthread.statute.census import censuses

CENSUS_DATES = {each.year: each.reference_date for each in censuses()}
FIRST_YEAR = min(CENSUS_DATES)
LAST_YEAR = max(CENSUS_DATES)


def census_date(year: int) -> date:
    """The census date of a collection year: as published, else the third Thursday of January."""
    known = CENSUS_DATES.get(year)
    if known is not None:
        return known
    first = date(year, 1, 1)
    return date(year, 1, 1 + (3 - first.weekday()) % 7 + 14)
