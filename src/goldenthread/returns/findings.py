"""What was found wrong in a file: the full report as a CSV file, the first few thousand as rows for pages."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings

from goldenthread.returns.models import ImportIssue, ImportRun
from goldenthread.returns.sen2.corrections import COLUMN
from goldenthread.returns.sen2.issues import REPORT_COLUMNS, Issue, Rule, as_row, issue

# Beyond this many the page shows counts and the report has the rest.
SHOWN = 5_000
# What a file of whole histories breaks in thousands of places, and what is then said once for all of them.
SUMMED = {
    "L42": Rule(
        "L42",
        "note",
        "Plans that ceased before the collection year are in the file, and were read like all others.",
        "Nothing, if the file is to hold whole histories; a return for the Department leaves them out.",
    )
}
# So many of them are still told one by one.
TOLD_SINGLY = 20
# The report's own last columns: whether the person was loaded, and room for the right value.
COLUMNS = (*REPORT_COLUMNS, "loaded", COLUMN)


def report_path(run_id: UUID) -> Path:
    """Where the report of a run stands."""
    return Path(settings.MEDIA_ROOT) / "returns" / f"{run_id}-report.csv"


class Findings:
    """Writes issues as they are found and keeps count. Use as a context manager."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self.by_severity: Counter[str] = Counter()
        self.by_code: Counter[str] = Counter()
        self._rows: list[ImportIssue] = []
        self._held: dict[str, list[tuple[Issue, bool]]] = {code: [] for code in SUMMED}
        path = report_path(run.pk)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(COLUMNS)

    def add(self, issues: Iterable[Issue], kept: bool) -> None:
        """Write issues of one person (`kept`: the person is loaded) or of the file."""
        for one in issues:
            self.by_code[one.code] += 1
            if one.code not in SUMMED:
                self._write(one, kept)
            elif self.by_code[one.code] <= TOLD_SINGLY:
                self._held[one.code].append((one, kept))

    def sum_up(self) -> None:
        """Call at the end of the file: what was held back is told one by one, or once where it is much."""
        for code, held in self._held.items():
            times = self.by_code[code]
            if times <= TOLD_SINGLY:
                for one, kept in held:
                    self._write(one, kept)
            else:
                first = held[0][0]
                value = f"{times:,} plans, the first in line {first.line}"
                self._write(issue(SUMMED[code], file=first.file, line=0, person_ref="", value=value), True)
            held.clear()

    def _write(self, one: Issue, kept: bool) -> None:
        self.by_severity[one.severity] += 1
        self._writer.writerow((*as_row(one), "yes" if kept else "no", ""))
        if len(self._rows) < SHOWN:
            self._rows.append(self._row(one, kept))

    def _row(self, one: Issue, kept: bool) -> ImportIssue:
        return ImportIssue(
            run=self._run,
            file=one.file[:200],
            line=one.line,
            field=f"{one.person_ref} {one.path}".strip()[:120],
            value=one.value[:250],
            code=one.code,
            severity=one.severity,
            kept=kept,
            reason=one.reason,
            mend=one.mend,
        )

    def rows(self) -> list[ImportIssue]:
        """The rows for the page."""
        return self._rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
