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
from goldenthread.returns.sen2.issues import REPORT_COLUMNS, Issue, as_row

# Beyond this many the page shows counts and the report has the rest.
SHOWN = 5_000
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
        path = report_path(run.pk)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(COLUMNS)

    def add(self, issues: Iterable[Issue], kept: bool) -> None:
        """Write issues of one person (`kept`: the person is loaded) or of the file."""
        for issue in issues:
            self.by_severity[issue.severity] += 1
            self.by_code[issue.code] += 1
            self._writer.writerow((*as_row(issue), "yes" if kept else "no", ""))
            if len(self._rows) < SHOWN:
                self._rows.append(self._row(issue, kept))

    def _row(self, issue: Issue, kept: bool) -> ImportIssue:
        return ImportIssue(
            run=self._run,
            file=issue.file[:200],
            line=issue.line,
            field=f"{issue.person_ref} {issue.path}".strip()[:120],
            value=issue.value[:250],
            code=issue.code,
            severity=issue.severity,
            kept=kept,
            reason=issue.reason,
            mend=issue.mend,
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
