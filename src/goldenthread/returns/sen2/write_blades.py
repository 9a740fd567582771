"""Write a return as COLLECT would export it: a zip of one CSV blade per module."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from .items import Node
from .layout import BY_TABLE, PARENT_TABLE
from .records import ActivePlanRecord, AssessmentRecord, HeaderRecord, PersonRecord, RequestRecord
from .write_xml import item_text, plan_level
from .years import LAST_YEAR

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_blades(
    target: Path,
    header: HeaderRecord,
    persons: Iterable[PersonRecord],
    *,
    exported_on: date,
    layout: int | None = None,
) -> int:
    """Write the zip and give the number of persons written.

    The columns are those of the collection year `layout`, else of the header's year, else of the newest. Rows
    are put into temporary files first, so memory does not grow with the number of persons.
    """
    with tempfile.TemporaryDirectory(prefix="sen2-") as folder:
        with ExitStack() as stack:
            files = {
                table: stack.enter_context((Path(folder) / table).open("w", encoding="utf-8", newline=""))
                for table in BY_TABLE
            }
            blades = _Blades(files, header, layout or header.year or LAST_YEAR)
            written = sum(blades.person(person) for person in persons)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in BY_TABLE:
                name = f"Blade-Export_{exported_on:%d-%m-%Y}_{table}.csv"
                archive.write(Path(folder) / table, name)
    return written


def blade_text(value: object, text: str) -> str:
    """A date as COLLECT writes it (2026-Mar-13 00:00:00); any other text as it is."""
    if isinstance(value, datetime):
        return f"{value.year}-{_MONTHS[value.month - 1]}-{value:%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value.year}-{_MONTHS[value.month - 1]}-{value:%d} 00:00:00"
    return text


class _Blades:
    """Writes rows with running IDs into the open files."""

    def __init__(self, files: Mapping[str, TextIO], header: HeaderRecord, year: int) -> None:
        self._year = year
        self._la = header.la_code or ""
        self._writers = {table: csv.writer(file) for table, file in files.items()}
        self._ids = {table: count(1) for table in files}
        for table, node in BY_TABLE.items():
            links = [f"{table}tableid", "NativeId", f"{table}orderseqcolumn", "sourceid"]
            if table != "sen2":
                links.append(f"{PARENT_TABLE.get(table, 'sen2')}tableid")
            items = [item.tag.lower() for item in node.in_year(self._year)]
            self._writers[table].writerow([*links, *items])
        self._row("sen2", header, None)

    def _row(self, table: str, record: Any, parent: int | None) -> int:
        node: Node = BY_TABLE[table]
        own = next(self._ids[table])
        texts = [
            blade_text(getattr(record, item.attr, None), item_text(record, item))
            for item in node.in_year(self._year)
        ]
        links = [own, self._la, own, 1] if parent is None else [own, self._la, own, 1, parent]
        self._writers[table].writerow([*links, *texts])
        return own

    def person(self, person: PersonRecord) -> int:
        """Write one person with everything below; always 1, to be counted."""
        own = self._row("person", person, 1)
        for request in person.requests:
            self._request(request, own)
        return 1

    def _request(self, request: RequestRecord, parent: int) -> None:
        own = self._row("requests", request, parent)
        for assessment in (request.assessment, *request.further_assessments):
            if assessment is not None:
                self._assessment(assessment, own)
        if request.active_plan is not None:
            self._active_plan(request.active_plan, own)

    def _assessment(self, assessment: AssessmentRecord, parent: int) -> None:
        own = self._row("assessment", assessment, parent)
        if assessment.named_plan is not None:
            plan = self._row("namedplan", assessment.named_plan, own)
            for detail in assessment.named_plan.details:
                self._row("plandetail", detail, plan)

    def _active_plan(self, active: ActivePlanRecord, parent: int) -> None:
        own = self._row("activeplans", plan_level(active, self._year), parent)
        for placement in active.placements:
            self._row("placementdetail", placement, own)
        for need in active.needs:
            self._row("senneed", need, own)
