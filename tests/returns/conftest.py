"""Files of fictional people, loaded as `manage import_sen2` loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from goldenthread.core.actors import System
from goldenthread.returns import actions
from goldenthread.returns.models import ImportRun
from goldenthread.returns.sen2.records import HeaderRecord, PersonRecord
from goldenthread.returns.sen2.write_xml import write_return
from tests.returns.sen2.builders import HEADER

AS_OF = date(2027, 1, 21)
# What a run leaves of itself, whatever becomes of the file; all else must stay where nothing changes.
OF_THE_RUN = {"returns_importrun", "returns_importissue", "core_auditentry", "core_audithead"}
Load = Callable[..., ImportRun]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write people as an XML return."""
    numbers = count(1)

    def file_of(*people: PersonRecord, header: HeaderRecord = HEADER) -> Path:
        path = tmp_path / f"return-{next(numbers)}.xml"
        write_return(path, header, people)
        return path

    return file_of


@pytest.fixture
def load(write: Callable[..., Path]) -> Load:
    """Load people, or a file: the run as it ended."""

    def loaded(*given: PersonRecord | Path, **options: Any) -> ImportRun:
        path = given[0] if given and isinstance(given[0], Path) else write(*given)
        return load_file(path, **options)

    return loaded


def load_file(path: Path, *, as_of: date = AS_OF, check: bool = False, **options: Any) -> ImportRun:
    """The run of a file, as it ended."""
    run = actions.begin_import(by=System.IMPORT, as_of=as_of, file_name=path.name, check_only=check)
    actions.run_import(run_id=run.pk, path=path, by=System.IMPORT, **options)
    return ImportRun.objects.get(pk=run.pk)


def codes(run: ImportRun) -> list[str]:
    """The rules that spoke, but for those of the form of these files."""
    return sorted(run.issues.values_list("code", flat=True))


def dump(without: Iterable[str] = OF_THE_RUN) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, byte for byte."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in set(without)]
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [
                tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor
            ]
            found[table] = sorted(rows, key=repr)
    return found
