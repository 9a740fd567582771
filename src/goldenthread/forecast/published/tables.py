"""DfE's tables on EHC plans, read row by row: which columns there are, and what each is called here.

Source: DfE, Education, health and care plans, releases of 2022 and 2025, data guidance. A later release with
the same columns is read alike; where a column is known to be split or renamed, both are given.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goldenthread.forecast.published.cells import Line, authority, census_year, number
from goldenthread.forecast.published.errors import PublishedError

LOCAL, REGIONAL, NATIONAL = "Local authority", "Regional", "National"
_PLACE = ("time_period", "geographic_level", "region_name", "old_la_code", "new_la_code", "la_name")


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of file. `labels` are the columns that say what a row is about, `whole` those for everybody.

    `columns`: our name to the file's columns that are added up, or, where a release may have others instead,
    to several such tuples, of which the first that is there is taken.
    """

    file: str
    labels: tuple[str, ...]
    whole: tuple[str, ...]
    columns: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whose, when (the January of a stock, the calendar year of a flow), about whom, how many.

    `level` is LOCAL, REGIONAL or NATIONAL; `code` is DfE's three figures, or "" above a local authority.
    `values` has NaN where the table gives no figure.
    """

    line: Line
    level: str
    code: str
    ons_code: str
    name: str
    region: str
    year: int
    labels: tuple[str, ...]
    values: dict[str, float]


def _plain(**columns: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {name: ((column,),) for name, column in columns.items()}


_TOPIC = ("breakdown_topic", "breakdown")
_UNITS = tuple(
    f"mainstream_{kind}_{unit}"
    for kind in ("la_maintained", "academy", "free_school")
    for unit in ("resourced_provision", "senunit")
)
# Columns by placement category. Source: DfE, education benchmarking data pipeline, checked on 149 councils.
# “OTHER” is all else, and so not a column. The release of 2026 splits special academies and free schools.
CASELOAD: Final = Table(
    "caseload.csv",
    _TOPIC,
    ("All EHC plans", "All EHC plans"),
    {
        **_plain(plans="ehcplans", HspAP="ap_pru_total", P16FE="fe_total"),
        "MmSoA": (("mainstream_la_maintained", "mainstream_academy", "mainstream_free_school"),),
        "RPSEN": (_UNITS,),
        "MdSSA": (
            ("special_la_maintained", "special_academy_free"),
            ("special_la_maintained", "special_academy", "special_free_school"),
        ),
        "NMISS": (("special_non_maintained", "special_independent", "mainstream_independent"),),
    },
)
NEW_PLANS: Final = Table(
    "newplans.csv", _TOPIC, ("New EHC plans", "New EHC plans"), _plain(new_plans="new_ehc_plans")
)
_REQUESTS = "All requests for EHC needs assessments"
REQUESTS: Final = Table(
    "requests.csv",
    _TOPIC,
    (_REQUESTS, _REQUESTS),
    _plain(requests="requests_received_in_year", refused="requests_decided_not_to_assess"),
)
TIMELINESS: Final = Table(
    "timeliness_20_week.csv",
    _TOPIC,
    ("All EHC plans issued", "All EHC plans issued"),
    _plain(issued="plans_issued_den", in_time="plans_issued_within_20_weeks"),
)
CEASED: Final = Table(
    "ceased_plans.csv",
    _TOPIC,
    ("All ceased EHC plans", "All ceased EHC plans"),
    _plain(ceased="total_ceased"),
)
OLD_CASELOAD: Final = Table(
    "sen2_age_caseload.csv", ("characteristic_age",), ("Total",), _plain(plans="Total_all")
)
OLD_NEW_PLANS: Final = Table(
    "sen2_age_new_plans.csv", ("characteristic_age",), ("Total",), _plain(new_plans="Total_new_all")
)
OLD_PLACES: Final = Table("sen2_estab_caseload.csv", ("establishment_type", "establishment_group"), (), {
    "plans": (("Total_all",),)})  # fmt: skip
OLD_FLOWS: Final = Table(
    "sen2_mi.csv",
    (),
    (),
    _plain(requests="InreqEHC", refused="AssRefusedEHC", issued="TotIncExcEHC", in_time="IncExc20weekEHC"),
)

# The establishment types of the releases up to 2022 by category; what is not here is “OTHER”.
OLD_TYPES: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("Mainstream - LA maintained", "Mainstream - Academy", "Mainstream - Free school"), "MmSoA"
    ),
    **{
        f"Mainstream - {kind} - {unit}": "RPSEN"
        for kind in ("LA maintained", "Academy", "Free school")
        for unit in ("SEN unit", "Resourced provision", "Resourced Provision")
    },
    **dict.fromkeys(
        ("Special - LA maintained", "Special - Academy/free", "Special - Academy", "Special - Free school"),
        "MdSSA",
    ),
    **dict.fromkeys(
        ("Special - Non-maintained", "Special - Independent", "Mainstream - Independent"), "NMISS"
    ),
    **dict.fromkeys(
        ("AP/PRU - LA maintained", "AP/PRU - Academy", "AP/PRU - Free school", "Hospital School"), "HspAP"
    ),
    **dict.fromkeys(
        (
            "General FE and tertiary colleges/HE",
            "Other FE",
            "Sixth form college",
            "Specialist post-16 institutions",
        ),
        "P16FE",
    ),
}


def lines(path: Path, needed: tuple[str, ...]) -> Iterator[Line]:
    """Every row of a CSV file. Raises PublishedError: not text, a column missing, a row of another length."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = [name.strip() for name in next(reader, [])]
            if absent := [name for name in needed if name not in header]:
                raise PublishedError(
                    f"the column {', '.join(absent)} is missing",
                    "Take the file as DfE publishes it.",
                    file=path,
                )
            for cells in reader:
                if len(cells) != len(header):
                    raise PublishedError(
                        f"the row has {len(cells)} cells, the heading {len(header)}",
                        "Save the file again as CSV.", file=path, row=reader.line_num,
                    )  # fmt: skip
                yield Line(path, reader.line_num, dict(zip(header, cells, strict=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PublishedError("this is not a CSV file in UTF-8", "Save it as CSV UTF-8.", file=path) from error


def read_table(path: Path, table: Table, *, whole: bool = False) -> Iterator[Row]:
    """Rows of a file, with `whole` those about everybody alone. Raises PublishedError, as for a row twice."""
    seen: dict[tuple[str, ...], int] = {}
    columns: dict[str, tuple[str, ...]] | None = None
    for line in lines(path, (*_PLACE, *table.labels)):
        columns = columns or _columns(line, table)
        labels = tuple(line.cells[name].strip() for name in table.labels)
        if whole and labels != table.whole:
            continue
        row = _row(line, labels, columns)
        key = (row.level, row.code or row.region, str(row.year), *labels)
        if key in seen:
            whose = row.name or row.region or "England"
            raise line.refused(
                "time_period",
                f"{whose} has this year a second time; it is in row {seen[key]} too",
                "Leave one of the two rows out.",
            )
        seen[key] = line.row
        yield row


def _columns(line: Line, table: Table) -> dict[str, tuple[str, ...]]:
    """Our names to the columns that this release has. Raises PublishedError, naming what is missing."""
    found = {}
    for name, choices in table.columns.items():
        there = [choice for choice in choices if all(column in line.cells for column in choice)]
        if not there:
            absent = [column for column in choices[0] if column not in line.cells]
            raise PublishedError(
                f"the column {', '.join(absent)} is missing",
                "Take the file as DfE publishes it.",
                file=line.file,
            )
        found[name] = there[0]
    return found


def _row(line: Line, labels: tuple[str, ...], columns: Mapping[str, tuple[str, ...]]) -> Row:
    level = line.cells["geographic_level"].strip()
    if level not in (LOCAL, REGIONAL, NATIONAL):
        raise line.refused(
            "geographic_level", "this level is not known", f"Write {LOCAL}, {REGIONAL} or {NATIONAL}."
        )
    code, ons_code = authority(line) if level == LOCAL else ("", "")
    values = {name: sum(number(line, column) for column in parts) for name, parts in columns.items()}
    name, region = line.cells["la_name"].strip(), line.cells["region_name"].strip()
    return Row(line, level, code, ons_code, name, region, census_year(line), labels, values)


def other_plans(row: Row, table: Table, parts: tuple[str, ...]) -> float:
    """What is left of all plans after `parts`. Raises PublishedError if they are more than it."""
    left = row.values["plans"] - sum(row.values[part] for part in parts)
    if not math.isnan(left) and left < 0:
        raise row.line.refused(
            table.columns["plans"][0][0],
            f"the placements add up to {-left:.0f} more than all plans",
            "Check the row against DfE's.",
        )
    return left
