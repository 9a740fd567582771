"""A workbook like the Department's template, for the tests of its reader."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter

from goldenthread.returns.sen2.layout import BY_TABLE
from goldenthread.returns.sen2.records import HeaderRecord, PersonRecord
from goldenthread.returns.sen2.write_xml import item_text

PERSON_ID = "Person ID\n\n(This must match the relevant ID in the Person record table)"
REQUEST_ID = "Requests record ID\n\n(This must match the relevant ID in the Requests table)"


def rows_of(header: HeaderRecord, persons: list[PersonRecord]) -> dict[str, list[tuple[list[int], Any]]]:
    """Each table's rows: the IDs of person and request, and the record."""
    tables: dict[str, list[tuple[list[int], Any]]] = {table: [] for table in BY_TABLE}
    tables["sen2"].append(([], header))
    requests = count(1)
    for number, person in enumerate(persons, start=1):
        tables["person"].append(([number], person))
        for request in person.requests:
            ids = [number, next(requests)]
            tables["requests"].append((ids, request))
            assessment, active = request.assessment, request.active_plan
            if assessment is not None:
                tables["assessment"].append((ids, assessment))
                if assessment.named_plan is not None:
                    tables["namedplan"].append((ids, assessment.named_plan))
                    tables["plandetail"] += [(ids, each) for each in assessment.named_plan.details]
            if active is not None:
                tables["activeplans"].append((ids, active))
                tables["placementdetail"] += [(ids, each) for each in active.placements]
                tables["senneed"] += [(ids, each) for each in active.needs]
    return tables


def write_template(
    path: Path,
    header: HeaderRecord,
    persons: list[PersonRecord],
    *,
    sheet: str = "Data Entry Template",
    captions: dict[str, str] | None = None,
) -> None:
    """Write the workbook; `captions` replaces captions by others. Numbers and dates are true cells."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    at = count(2)
    for table, rows in rows_of(header, persons).items():
        node = BY_TABLE[table]
        page.write_string(next(at), 0, node.caption)
        links = {"sen2": [], "person": [PERSON_ID], "requests": [PERSON_ID, REQUEST_ID]}
        names = ["Record Type", "LA\n(From Header Record)", *links.get(table, [PERSON_ID, REQUEST_ID])]
        shown = [(captions or {}).get(item.captions[0], item.captions[0]) for item in node.items]
        page.write_row(next(at), 0, [*names, *shown])
        for ids, record in rows:
            row = next(at)
            page.write_row(row, 0, [node.tag, header.la_code, *ids])
            for place, item in enumerate(node.items, start=2 + len(ids)):
                _write(page, row, place, getattr(record, item.attr, None), item_text(record, item))
        next(at)
    book.close()


def _write(page: Any, row: int, column: int, value: object, text: str) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value)
    elif text.isdigit() and not text.startswith("0"):
        page.write_number(row, column, int(text))
    elif text:
        page.write_string(row, column, text)
