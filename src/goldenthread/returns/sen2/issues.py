"""What is wrong with a return, said so that the person who sent it can mend it.

An `Issue` may show the value to the uploader; its `log_text` never does, and nothing here holds a name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Literal

from .years import FIRST_YEAR

Severity = Literal["error", "query", "note"]

REPORT_COLUMNS = (
    "file",
    "line",
    "person",
    "field",
    "value",
    "severity",
    "code",
    "what is wrong",
    "how to mend it",
)


class FileRefused(Exception):  # noqa: N818 - a refusal, not a fault of the program
    """The file as a whole cannot be read. `message` says what is wrong, `mend` what to do."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message} {mend}")
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong: where it stands, what was given, why it is wrong and how to mend it.

    `person_ref` is the person's place in the file ("person 12"), or empty for the file as a whole.
    `path` is the tag path inside the person (`Requests[1]/ReceivedDate`).
    """

    file: str
    line: int
    person_ref: str
    path: str
    value: str
    code: str
    severity: Severity
    reason: str
    mend: str

    @property
    def log_text(self) -> str:
        """The issue for a log: file place, field and code, without the value."""
        return f"line {self.line}: {self.severity} {self.code} at {self.path or 'file'}"


def as_row(issue: Issue) -> tuple[str, ...]:
    """The issue as a row of the report, each cell safe to open in a spreadsheet."""
    cells = (
        issue.file,
        str(issue.line or ""),
        issue.person_ref,
        issue.path,
        issue.value,
        issue.severity,
        issue.code,
        issue.reason,
        issue.mend,
    )
    return tuple(_safe_cell(cell) for cell in cells)


def write_report(stream: IO[str], issues: Iterable[Issue]) -> int:
    """Write the report CSV (open `stream` with newline="" and utf-8-sig); the number of rows written."""
    writer = csv.writer(stream)
    writer.writerow(REPORT_COLUMNS)
    count = 0
    for issue in issues:
        writer.writerow(as_row(issue))
        count += 1
    return count


def _safe_cell(cell: str) -> str:
    # A spreadsheet would run these as formulas.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding means. `blocks`: the person is not loaded. `first`: collection year it starts."""

    id: str
    severity: Severity
    reason: str
    mend: str
    blocks: bool = False
    first: int = FIRST_YEAR


def issue(
    rule: Rule,
    *,
    file: str,
    line: int,
    person_ref: str,
    path: str = "",
    value: str = "",
    severity: Severity | None = None,
) -> Issue:
    """The rule broken at a place."""
    return Issue(
        file, line, person_ref, path, value, rule.id, severity or rule.severity, rule.reason, rule.mend
    )
