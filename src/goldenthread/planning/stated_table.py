"""A stated plan from tables as finance officers keep them: a row of figures each, a column each year.

The file of figures has kind, reference and title, then a column for each financial year; the file of actions,
where there is one, a row for each. Both are CSV. What is wrong is told with its row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.text import slugify

from goldenthread.planning.enums import Confidence, RowKind
from goldenthread.planning.reading.table import CellProblem, FileRefused, Table, open_table
from goldenthread.planning.stated import StatedAction, StatedPlan, StatedRow

ROWS_LAYOUT: Final = (
    "kind, reference, title, then a column for each financial year, such as 2024/25. kind is "
    f"{', '.join(RowKind.values)}. Overspends are negative. Leave a cell empty where the plan has none."
)
ACTIONS_LAYOUT: Final = (
    "reference, action, assumption, notes, impact, impact_thousands, first_year, last_year, confidence, "
    f"owner. confidence is {', '.join(Confidence.values)}. Only reference and action must be filled."
)
_YEAR: Final = re.compile(r"(20\d\d)[-/](\d\d)(\d\d)?\Z")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?\Z")
THOUSAND: Final = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Head:
    """What a plan is called, where it comes from and when it was stated."""

    title: str
    source: str
    stated_on: date | None = None
    notes: tuple[str, ...] = ()


def read_plan(head: Head, rows: bytes, actions: bytes | None, *, in_thousands: bool) -> StatedPlan:
    """The plan that the files state, in thousands of pounds. Raises FileRefused with every wrong cell."""
    table = open_table(rows, ["kind", "title"])
    years = _years(table)
    found = [row for row in _rows(table, years, in_thousands=in_thousands) if row is not None]
    _check(table, found)
    table.finish()
    return StatedPlan(
        slug=slugify(head.title)[:40].strip("-"),
        title=head.title,
        source=head.source,
        stated_on=head.stated_on,
        first_year=min(years.values()),
        years=len(years),
        rows=tuple(found),
        actions=_actions(actions) if actions is not None else (),
        notes=head.notes,
    )


def _years(table: Table) -> dict[str, int]:
    """The columns that are financial years, in order. Raises FileRefused for none, or a gap between them."""
    named = {name: int(match[1]) for name in table.header if (match := _YEAR.match(name))}
    years = list(named.values())
    if not years:
        message = "there is no column for a financial year, such as 2024/25"
        raise FileRefused([CellProblem(1, "", "", message)])
    if years != list(range(years[0], years[0] + len(years))):
        message = "the financial years must follow each other, each once"
        raise FileRefused([CellProblem(1, str(years[0]), "", message)])
    return named


def _rows(table: Table, years: dict[str, int], *, in_thousands: bool) -> Iterator[StatedRow | None]:
    for number, cells in table.lines:
        kind = table.one_of(number, "kind", cells, RowKind.values)
        if not cells["title"]:
            table.wrong(number, "title", "", "the row has no title")
        if kind == RowKind.SAVING and not cells.get("reference"):
            table.wrong(number, "reference", "", "a saving has the reference of its action")
        scaled = in_thousands or kind == RowKind.PERCENT
        figures = [_figure(table, number, name, cells, scaled=scaled) for name in years]
        yield (
            None
            if kind is None
            else StatedRow(
                kind=RowKind(kind),
                title=cells["title"][:200],
                figures=tuple(figures),
                reference=cells.get("reference", "")[:20],
                note=cells.get("note", ""),
            )
        )


def _figure(table: Table, row: int, column: str, cells: dict[str, str], *, scaled: bool) -> Decimal | None:
    """A figure in thousands; None for an empty cell. Brackets are a minus, as in accounts."""
    text = cells.get(column, "")
    bare = re.sub(r"[\s,£%]", "", text).replace("\u2212", "-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    if not bare:
        return None
    if not _NUMBER.match(bare):
        table.wrong(row, column, text, f"“{text[:30]}” is not a number")
        return None
    return Decimal(bare) if scaled else Decimal(bare) / THOUSAND


def _check(table: Table, rows: list[StatedRow]) -> None:
    kinds = [row.kind for row in rows]
    if kinds.count(RowKind.AS_IS) != 1:
        table.wrong(1, "kind", "", f"there are {kinds.count(RowKind.AS_IS)} rows of kind as_is; give one")
    for kind in dict.fromkeys(kinds):
        if kind not in {RowKind.SAVING, RowKind.AS_IS} and kinds.count(kind) > 1:
            table.wrong(1, "kind", kind.value, f"there is more than one row of kind {kind.value}")
    references = [row.reference for row in rows if row.kind == RowKind.SAVING and row.reference]
    for reference in dict.fromkeys(references):
        if references.count(reference) > 1:
            table.wrong(1, "reference", reference, f"the reference {reference} of a saving stands twice")


def _actions(content: bytes) -> tuple[StatedAction, ...]:
    table = open_table(content, ["reference", "action"])
    found, seen = [], dict[str, int]()
    for number, cells in table.lines:
        for column in ("reference", "action"):
            if not cells[column]:
                table.wrong(number, column, "", "the cell is empty; give it")
        table.refuse_twice(number, cells["reference"], seen, f"The reference {cells['reference']}")
        confidence = cells.get("confidence") or Confidence.TO_BE_CONFIRMED.value
        table.one_of(number, "confidence", {"confidence": confidence}, Confidence.values)
        ends = [_year(table, number, column, cells) for column in ("first_year", "last_year")]
        span = tuple(range(ends[0], ends[1] + 1)) if ends[0] is not None and ends[1] is not None else ()
        found.append(
            (cells, confidence, span, _figure(table, number, "impact_thousands", cells, scaled=True))
        )
    table.finish()
    return tuple(
        StatedAction(
            reference=cells["reference"][:20],
            action=cells["action"],
            assumption=cells.get("assumption", ""),
            notes=cells.get("notes", ""),
            impact=cells.get("impact", ""),
            impact_thousands=impact,
            impact_years=span,
            confidence=Confidence(confidence),
            owner=cells.get("owner", "")[:150],
        )
        for cells, confidence, span, impact in found
    )


def _year(table: Table, row: int, column: str, cells: dict[str, str]) -> int | None:
    return table.financial_year(row, cells, column) if cells.get(column) else None
