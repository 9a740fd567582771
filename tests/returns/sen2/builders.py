"""Fictional persons and files for the tests of the SEN2 readers and writers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from goldenthread.returns.sen2.issues import FileRefused, Issue
from goldenthread.returns.sen2.read import open_return
from goldenthread.returns.sen2.records import (
    ActivePlanRecord,
    AssessmentRecord,
    HeaderRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    PlacementRecord,
    RequestRecord,
    SettingRecord,
)
from goldenthread.statute.identifiers import upn_check_letter

HEADER = HeaderRecord(
    year=2027,
    reference_date=date(2027, 1, 21),
    source_level="L",
    la_code="999",
    software_code="Example",
    release="1.0",
    serial_no=1,
    created_at=datetime(2027, 2, 1, 9, 30),
    dmo=True,
    dco=True,
    dsco=False,
)


def upn(number: int) -> str:
    """A true UPN of a fictional school."""
    rest = f"999{number:08d}1"
    return upn_check_letter(rest) + rest


def person(number: int = 1, **changes: Any) -> PersonRecord:
    """A child with an active plan of 2026 that breaks no rule of the 2027 return."""
    return replace(
        PersonRecord(
            surname=f"Example{number}",
            forename="Robin",
            birth_date=date(2017, 5, 4),
            sex="F",
            ethnicity="WBRI",
            postcode="ZZ99 9ZZ",
            upn=upn(number),
            requests=[request()],
        ),
        **changes,
    )


def request(**changes: Any) -> RequestRecord:
    """A request of February 2026 with its plan of June."""
    return replace(
        RequestRecord(
            received_date=date(2026, 2, 2),
            source="2",
            rya=False,
            outcome_date=date(2026, 3, 13),
            outcome="Y",
            mediation=False,
            tribunal=False,
            assessment=assessment(),
            active_plan=active_plan(),
        ),
        **changes,
    )


def assessment(**changes: Any) -> AssessmentRecord:
    """The decision of June 2026 to issue a plan."""
    return replace(
        AssessmentRecord("Y", date(2026, 6, 19), False, False, False, False, False, named_plan()), **changes
    )


def named_plan(**changes: Any) -> NamedPlanRecord:
    """The plan of June 2026."""
    plan = NamedPlanRecord(
        date(2026, 6, 19), personal_budget=False, organised_arrangements=False, details=[setting()]
    )
    return replace(plan, **changes)


def setting(**changes: Any) -> SettingRecord:
    """A primary place at a fictional school."""
    return replace(SettingRecord(urn="100000", rank=1, sen_unit=False, resourced_provision=True), **changes)


def placement(**changes: Any) -> PlacementRecord:
    """The same place, attended since 2022."""
    place = PlacementRecord(
        urn="100000", rank=1, sen_unit=False, resourced_provision=True, entry_date=date(2022, 9, 5)
    )
    return replace(place, **changes)


def active_plan(**changes: Any) -> ActivePlanRecord:
    """Module 5 of an active plan."""
    return replace(
        ActivePlanRecord(placements=[placement()], needs=[NeedRecord("SLCN", 1)]),
        **changes,
    )


def plain(records: Iterable[PersonRecord]) -> list[PersonRecord]:
    """The persons without where they were read, to compare with what was written."""
    return [replace(each, line=0, file="", raw={}) for each in records]


def read_all(path: Path, **options: Any) -> tuple[list[PersonRecord], list[Issue]]:
    """The persons kept, and all issues, those of the file too."""
    kept: list[PersonRecord] = []
    found: list[Issue] = []
    with open_return(path, **options) as reading:
        for read, issues in reading:
            found += issues
            if read is not None:
                kept.append(read)
        found += reading.file_issues
    return kept, found


def xml_of(*persons: str, header: str = "") -> str:
    """A message around persons written as text."""
    return (
        "<Message>\n<Header><CollectionDetails><Collection>SEN2</Collection><Year>2027</Year>"
        "<ReferenceDate>2027-01-21</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source>"
        f"<DMO>Y</DMO><DCO>1</DCO><DSCO>N</DSCO>{header}</Header>\n<Persons>\n"
        + "\n".join(persons)
        + "\n</Persons>\n</Message>\n"
    )


PERSON_XML = """<Person>
<Surname>Example</Surname>
<Forename>Robin</Forename>
<PersonBirthDate>2017-05-04</PersonBirthDate>
<Sex>M</Sex><Ethnicity>WBRI</Ethnicity><PostCode>ZZ99 9ZZ</PostCode><UPN>H801200001001</UPN>
<Requests>
<ReceivedDate>2026-02-02</ReceivedDate>
<RequestSource>2</RequestSource><RYA>0</RYA>
<RequestOutcomeDate>2026-03-13</RequestOutcomeDate><RequestOutcome>N</RequestOutcome>
</Requests>
</Person>"""


def refused(path: Path, **options: Any) -> FileRefused:
    """The refusal of a file that must be refused before its first person."""
    try:
        open_return(path, **options).close()
    except FileRefused as refusal:
        return refusal
    raise AssertionError("the file was not refused")
