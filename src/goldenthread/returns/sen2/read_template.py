"""The Department's Excel template: sheet "Data Entry Template", nine tables under one another.

A table begins with its name in a cell ("Requests Records"), then its captions, then its rows up to the next
name. Rows are linked by "Person ID" and "Requests record ID". Captions are matched with case, spaces and
punctuation set aside, and what stands in brackets may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from .issues import FileRefused
from .items import fold
from .layout import BY_TABLE, ITEMS_BY_CAPTION, NODES
from .spool import Spool
from .values import Unreadable, read_date
from .xml_guard import NOTHING_LOADED

SHEET = "Data Entry Template"
CHOOSE = 'Use the Department\'s SEN2 template, with its sheet "Data Entry Template".'

_TABLES = {fold(node.caption): node.table for node in NODES} | {
    fold(node.caption.rstrip("s") + "s"): node.table for node in NODES
}
_TABLES |= {name.removesuffix("s"): table for name, table in _TABLES.items()}
_BOOKKEEPING = {"recordtype", "lafromheaderrecord"}
_BRACKETS = re.compile(r"\([^)]*\)")
# The meeting and decision captions were seen swapped over in one published template.
_REVIEW_DATES = ("ReviewMeeting", "LastReview")


def open_template(path: Path, name: str) -> Spool:
    """Read the template into a spool. Raises FileRefused when it is not the template."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = next((each for each in book.sheet_names if fold(each) == fold(SHEET)), None)
        rows = book.get_sheet_by_name(sheet).iter_rows() if sheet is not None else None
    except (python_calamine.CalamineError, OSError) as fault:
        raise FileRefused(
            f"The workbook cannot be read ({type(fault).__name__}). {NOTHING_LOADED}",
            "Open it in Excel and save it again as .xlsx without a password.",
        ) from None
    if rows is None:
        raise FileRefused(f'The workbook has no sheet "{SHEET}". {NOTHING_LOADED}', CHOOSE)
    spool = Spool("template", name)
    try:
        for block in _blocks(rows):
            _read_block(spool, block, name)
        spool.finish()
        if not spool.persons:
            raise FileRefused(f"The template holds no person. {NOTHING_LOADED}", CHOOSE)
    except BaseException:
        spool.close()
        raise
    return spool


class _Block:
    """One table of the sheet: its captions and its rows with their row numbers."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.captions: list[str] = []
        self.rows: list[tuple[int, list[str]]] = []


@dataclass(slots=True)
class _Row:
    """A row of a table: its number in the sheet, the IDs it is linked by, and its items."""

    number: int
    ids: dict[str, str]
    leaves: list[tuple[str, str]]


def _blocks(rows: Iterator[list[Any]]) -> Iterator[_Block]:
    block: _Block | None = None
    for number, row in enumerate(rows, start=1):
        cells = [_as_text(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        table = _TABLES.get(fold(_BRACKETS.sub("", filled[0]))) if len(filled) <= 2 else None
        if table is not None:
            if block is not None:
                yield block
            block = _Block(table)
        elif block is not None and not block.captions:
            block.captions = cells
        elif block is not None:
            block.rows.append((number, cells))
    if block is not None:
        yield block


def _as_text(cell: Any) -> str:
    """A cell as the return would write it."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if isinstance(cell, timedelta) else str(cell).strip()


def _tag(table: str, caption: str) -> str:
    """The tag that a caption means; the caption itself when it is not known."""
    known = ITEMS_BY_CAPTION[table]
    for form in (fold(caption), fold(_BRACKETS.sub("", caption)), fold(caption.split(" - ")[0])):
        if form in known:
            return known[form].tag
    return caption.split("\n")[0].strip()


def _link(caption: str) -> str:
    """Which ID a caption is: person, request, or none."""
    form = fold(_BRACKETS.sub("", caption))
    return (
        "person"
        if form == "personid"
        else "request"
        if form in {"requestsrecordid", "requestrecordid"}
        else ""
    )


def _read_block(spool: Spool, block: _Block, name: str) -> None:
    spool.file_of(block.table, name)
    links = {_link(caption): at for at, caption in enumerate(block.captions) if _link(caption)}
    read = list(_rows_of(block, links))
    if block.table == "activeplans" and _review_dates_swapped([row.leaves for row in read]):
        for row in read:
            row.leaves = [(_swapped(tag), text) for tag, text in row.leaves]
        spool.report("V17", "activeplans", block.rows[0][0], path="ActivePlans/ReviewMeeting")
    for row in read:
        _add(spool, block.table, row)


def _rows_of(block: _Block, links: dict[str, int]) -> Iterator[_Row]:
    """The rows that say something: items, or IDs alone where others hang on them (a request, a plan)."""
    items = [
        (at, _tag(block.table, caption))
        for at, caption in enumerate(block.captions)
        if caption and not _link(caption) and fold(caption) not in _BOOKKEEPING
    ]
    holds = bool(BY_TABLE[block.table].children) and bool(links)
    for number, cells in block.rows:
        leaves = [(tag, cells[at]) for at, tag in items if at < len(cells) and cells[at]]
        ids = {key: cells[at] for key, at in links.items() if at < len(cells) and cells[at]}
        if leaves or (holds and len(ids) == len(links)):
            yield _Row(number, ids, leaves)


def _add(spool: Spool, table: str, row: _Row) -> None:
    """Give the row the IDs of its place: what hangs on an assessment or active plan hangs on its request."""
    person, request = row.ids.get("person", ""), row.ids.get("request", "")
    if table == "sen2":
        spool.header.leaves.extend((tag, text, row.number) for tag, text in row.leaves)
    elif table == "person":
        spool.add(table, row.number, person, "", row.leaves)
    elif table == "requests":
        spool.add(table, row.number, request, person, row.leaves)
    else:
        spool.add(table, row.number, request, request, row.leaves)


def _swapped(tag: str) -> str:
    return _REVIEW_DATES[1 - _REVIEW_DATES.index(tag)] if tag in _REVIEW_DATES else tag


def _review_dates_swapped(rows: list[list[tuple[str, str]]]) -> bool:
    """Whether decisions mostly come before their meetings: then the two captions are swapped over."""
    earlier = later = 0
    for leaves in rows:
        values = dict(leaves)
        try:
            meeting, decision = (read_date(values[tag]) for tag in _REVIEW_DATES)
        except (KeyError, Unreadable):
            continue
        earlier += decision < meeting
        later += decision > meeting
    return earlier > later


__all__ = ["SHEET", "open_template"]
