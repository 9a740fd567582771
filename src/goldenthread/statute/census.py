"""SEN2 census days by collection year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from goldenthread.statute.datafile import DATA, Mark, UnknownEntryError, entries


@dataclass(frozen=True, slots=True)
class Census:
    """One SEN2 collection."""

    year: int
    reference_date: date  # caseload and placements are as on this day
    deadline: date | None  # the return is due by the end of this day; None where not known
    source: str
    mark: Mark

    @property
    def activity_from(self) -> date:
        """The first day of the activity the return covers: 1 January of the year before."""
        return date(self.year - 1, 1, 1)

    @property
    def activity_to(self) -> date:
        """The last day of the activity the return covers: 31 December of the year before."""
        return date(self.year - 1, 12, 31)


def load_censuses(folder: Path = DATA) -> dict[int, Census]:
    """Every known collection by year. Raises StatuteDataError on the first wrong entry."""
    found: dict[int, Census] = {}
    for entry in entries(folder / "sen2_census.toml", "census"):
        one = Census(
            year=int(entry.text("id")),
            reference_date=entry.day("reference_date"),
            deadline=entry.day_or_none("deadline"),
            source=entry.text("source"),
            mark=entry.choice("mark", Mark),
        )
        entry.finish()
        entry.refuse_twice(one.year, found)
        if one.reference_date.year != one.year:
            raise entry.fail("reference_date must lie in the collection year")
        found[one.year] = one
    return found


@cache
def _all() -> dict[int, Census]:
    return load_censuses()


def census(year: int) -> Census:
    """The collection of a year. Raises UnknownEntryError where its dates are not in the data."""
    found = _all().get(year)
    if found is None:
        known = ", ".join(map(str, _all()))
        raise UnknownEntryError(f"The SEN2 census day of {year} is not known. Known years: {known}.")
    return found


def censuses() -> tuple[Census, ...]:
    """Every known collection, oldest first."""
    return tuple(_all().values())
