"""Files of services that were given, and what was found in them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import LoadState
from goldenthread.localoffer.models import Load
from goldenthread.localoffer.packing import unpacked
from goldenthread.localoffer.sheet.columns import REPORT
from goldenthread.localoffer.sheet.reading import read_sheet
from goldenthread.localoffer.sheet.rows import Finding

# A job that has said nothing for so long has lost its worker.
SILENT = timedelta(minutes=5)


def loads_listed(by: Actor) -> QuerySet[Load]:
    """The files that were given. Raises NotPermitted."""
    permissions.check_can_approve(by)
    return Load.objects.defer("content", "findings", "outcomes")


def load_for(by: Actor, load_id: UUID) -> Load:
    """One file. Raises NotPermitted or NotFound."""
    permissions.check_can_approve(by)
    found = Load.objects.filter(pk=load_id).first()
    if found is None:
        raise NotFound("There is no such file.", "Open the list of files and choose it there.")
    return found


def findings_of(load: Load) -> list[Finding]:
    """What is told of its rows, in order."""
    return [Finding(*one) for one in unpacked(load.findings)]


def outcomes_of(load: Load, outcome: str) -> list[list[Any]]:
    """Row, outcome, name, changed columns and key of the rows with this outcome."""
    return [one for one in unpacked(load.outcomes) if one[1] == outcome]


def has_stopped(load: Load) -> bool:
    """Whether its job broke off: it can be had to go on."""
    if load.state not in {LoadState.CHECKING, LoadState.APPLYING}:
        return False
    return (load.seen_at or load.updated_at) < clock.now() - SILENT


def report_rows(load: Load) -> tuple[list[str], Iterator[list[str]]]:
    """The rows that were refused as they came, with what is wrong beside them: to mend and give again.

    Raises NotFound once the file was cleared away.
    """
    if not load.content:
        raise NotFound("The file was cleared away.", "Give it again.")
    sheet = read_sheet(zlib.decompress(load.content), load.file_name)
    told: dict[int, list[Finding]] = {}
    for one in findings_of(load):
        told.setdefault(one.row, []).append(one)
    kept = [at for at, heading in enumerate(sheet.headings) if heading not in REPORT]

    def rows() -> Iterator[list[str]]:
        for number, cells in sheet.rows:
            found = told.get(number, [])
            if any(one.refuses for one in found):
                wrong = "; ".join(f"{one.column}: {one.message}".removeprefix(": ") for one in found)
                mend = " ".join(dict.fromkeys(one.mend for one in found if one.mend))
                filled = [*cells, *[""] * (len(sheet.headings) - len(cells))]
                yield [str(number), wrong, mend, *(filled[at] for at in kept)]

    return [*REPORT, *(sheet.headings[at] for at in kept)], rows()
