"""Monthly figures as a file: what was spent on a line or saved by an action. Rows are taken one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from goldenthread.forecast.money import LINES
from goldenthread.planning.enums import ActualKind
from goldenthread.planning.reading.table import CellProblem, Table, open_table

LAYOUT = (
    "month, kind, subject, pounds: month such as 2024-04; kind line or saving; subject the section 251 line, "
    "or the reference of the action. A figure for a month that has one takes its place; the old one stays."
)
MOST = 5e8  # pounds in one month: above, the file is not in pounds
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])(?:-01)?$")


@dataclass(frozen=True, slots=True)
class ActualRow:
    """One figure: pounds of a line, or saved by an action, in the month that begins on a day."""

    kind: ActualKind
    subject: str
    month: date
    pounds: Decimal


@dataclass(slots=True)
class ActualsRead:
    """Rows that can be taken, and what is wrong with the others."""

    rows: list[ActualRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def read(content: bytes, actions: set[str], until: date) -> ActualsRead:
    """Every row of a file, taken or told with its wrong cell. `actions` are the references of the plan; a
    month after `until` has not been. Raises FileRefused for a file that is no table at all."""
    table = open_table(content, ["month", "kind", "subject", "pounds"])
    found = ActualsRead()
    seen: dict[object, int] = {}
    for number, cells in table.lines:
        row = _row(table, number, cells, actions, until)
        if row is None:
            continue
        key = (row.kind, row.subject, row.month)
        if not table.refuse_twice(number, key, seen, f"{row.subject} in {cells['month']}"):
            found.rows.append(row)
    found.problems = table.problems
    return found


def _row(
    table: Table, number: int, cells: dict[str, str], actions: set[str], until: date
) -> ActualRow | None:
    month = _month(table, number, cells, until)
    kind = table.one_of(number, "kind", cells, ActualKind.values)
    subject = None
    if kind is not None:
        subject = table.one_of(
            number, "subject", cells, LINES if kind == ActualKind.LINE else sorted(actions)
        )
    # A saving can be below nought: an action can cost more than it saves at first. So can a correction.
    pounds = table.number(number, "pounds", cells, least=-MOST, most=MOST)
    if month is None or kind is None or subject is None or pounds is None:
        return None
    return ActualRow(ActualKind(kind), subject, month, Decimal(str(pounds)).quantize(Decimal("0.01")))


def _month(table: Table, number: int, cells: dict[str, str], until: date) -> date | None:
    text = cells["month"]
    found = _MONTH.match(text)
    if found is None:
        table.wrong(number, "month", text, f"“{text[:30]}” is not a month such as 2024-04")
        return None
    month = date(int(found[1]), int(found[2]), 1)
    if month > until:
        table.wrong(number, "month", text, f"{text} has not been yet")
        return None
    return month
