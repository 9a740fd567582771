"""The county as a SEN2 return: the same people, in a file that any council's system could have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from goldenthread.core.refusals import InvalidInput
from goldenthread.demo.county import CENSUS_DAY, LA_CODE, make_people
from goldenthread.returns.mapping import WHOLE_HISTORY
from goldenthread.returns.sen2.records import HeaderRecord, PersonRecord
from goldenthread.returns.sen2.scope import strict_scope
from goldenthread.returns.sen2.write_blades import write_blades
from goldenthread.returns.sen2.write_xml import write_return
from goldenthread.returns.sen2.years import LAST_YEAR, census_date

SOFTWARE = "GoldenThread"
YEARS = range(2023, CENSUS_DAY.year + 1)
Tell = Callable[[int], None]


def write_county(
    path: Path, *, plans: int, seed: int, year: int | None = None, tell: Tell | None = None
) -> int:
    """Write the county to `path`: COLLECT blades if it ends in .zip, else XML. How many people are in it.

    With `year` it is what the return of that collection year holds and no more; without, everybody's whole
    history. `tell` hears how many people were made. Raises InvalidInput for a year the county does not tell.
    """
    header = header_of(year)
    people = _told(make_people(plans, seed), tell)
    # Whole histories need every item that any year's return has.
    layout = LAST_YEAR if year is None else year
    if year is not None:
        people = strict_scope(people, year)
    part = path.with_name(f"{path.name}.part")
    if path.suffix.lower() == ".zip":
        assert header.reference_date is not None
        written = write_blades(part, header, people, exported_on=header.reference_date, layout=layout)
    else:
        written = write_return(part, header, people, layout=layout)
    part.replace(path)
    return written


def header_of(year: int | None) -> HeaderRecord:
    """The head of the file. Raises InvalidInput for a year the county does not tell."""
    if year is not None and year not in YEARS:
        raise InvalidInput(
            f"The county's histories do not hold a return for {year}.",
            f"Choose a collection year from {YEARS[0]} to {YEARS[-1]}, or leave it out for whole histories.",
        )
    day: date = CENSUS_DAY if year is None else census_date(year)
    return HeaderRecord(
        year=day.year,
        reference_date=day,
        la_code=LA_CODE,
        software_code=WHOLE_HISTORY if year is None else SOFTWARE,
        dmo=True,
        dco=True,
        dsco=True,
    )


def _told(people: Iterator[PersonRecord], tell: Tell | None) -> Iterator[PersonRecord]:
    for number, person in enumerate(people, start=1):
        if tell is not None and number % 500 == 0:
            tell(number)
        yield person
