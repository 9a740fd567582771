"""How fast a SEN2 return is read, checked and written: 20,000 persons as XML, blades and back.

Run `python benchmarks/sen2_read.py`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

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
from goldenthread.returns.sen2.write_blades import write_blades
from goldenthread.returns.sen2.write_xml import write_return
from goldenthread.statute.identifiers import upn_check_letter

PERSONS = 20_000
HEADER = HeaderRecord(
    year=2026, reference_date=date(2026, 1, 15), la_code="999", dmo=True, dco=True, dsco=True
)


def persons(count: int) -> Iterator[PersonRecord]:
    """Plainly fictional persons, each with a plan, a place named, one attended and a need."""
    for number in range(count):
        rest = f"999{number:08d}1"
        yield PersonRecord(
            surname=f"Example{number}",
            forename="Robin",
            birth_date=date(2010, 1, 1) + timedelta(days=number % 3000),
            sex="MF"[number % 2],
            ethnicity="WBRI",
            postcode="ZZ99 9ZZ",
            upn=upn_check_letter(rest) + rest,
            requests=[_request(date(2024, 1, 1) + timedelta(days=number % 500), str(100_000 + number % 800))],
        )


def _request(received: date, urn: str) -> RequestRecord:
    start = received + timedelta(days=130)
    detail = SettingRecord(urn=urn, rank=1, sen_unit=False, resourced_provision=False)
    plan = NamedPlanRecord(start, personal_budget=False, organised_arrangements=False, details=[detail])
    place = PlacementRecord(
        urn=urn, rank=1, sen_unit=False, resourced_provision=False, entry_date=date(2023, 9, 1)
    )
    return RequestRecord(
        received_date=received,
        source="2",
        rya=False,
        outcome_date=received + timedelta(days=40),
        outcome="Y",
        mediation=False,
        tribunal=False,
        assessment=AssessmentRecord("Y", start, False, False, False, False, False, plan),
        active_plan=ActivePlanRecord(placements=[place], needs=[NeedRecord("SLCN", 1)]),
    )


def _seconds(path: Path) -> float:
    began = time.perf_counter()
    with open_return(path) as reading:
        kept = sum(1 for person, _ in reading if person is not None)
    if kept != PERSONS:
        raise RuntimeError(f"{kept} of {PERSONS} persons were kept")
    return time.perf_counter() - began


def run() -> dict[str, float]:
    """Persons a second for each way in and out; reading includes every check."""
    with tempfile.TemporaryDirectory(prefix="sen2-bench-") as folder:
        xml, blades = Path(folder) / "return.xml", Path(folder) / "blades.zip"
        began = time.perf_counter()
        write_return(xml, HEADER, persons(PERSONS))
        wrote = time.perf_counter() - began
        began = time.perf_counter()
        write_blades(blades, HEADER, persons(PERSONS), exported_on=date(2026, 3, 1))
        wrote_blades = time.perf_counter() - began
        return {
            "sen2_xml_read_persons_per_second": PERSONS / _seconds(xml),
            "sen2_blades_read_persons_per_second": PERSONS / _seconds(blades),
            "sen2_xml_write_persons_per_second": PERSONS / wrote,
            "sen2_blades_write_persons_per_second": PERSONS / wrote_blades,
        }


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure:,.0f}")
