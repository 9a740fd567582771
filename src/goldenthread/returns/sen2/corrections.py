"""Corrections written into the report of an earlier load, put in the place of what the file has.

The report has a row for each thing that was found, with an empty last cell, "corrected value". Whoever fills
it and gives the report with the same file has the value read as if the file had it. `(none)` leaves a value
out. A correction is used only where the file still has what the report says it had, so that the report of
another file changes nobody.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from .issues import FileRefused, Issue
from .items import Node, fold
from .layout import CHILDREN_BY_NAME, ITEMS_BY_NAME, PERSON
from .policy import VALUE_RULES, issue
from .raw import RawNode
from .values import Unreadable, read_date
from .xml_guard import NOTHING_LOADED

COLUMN = "corrected value"
NOTHING = "(none)"
_NEEDED = ("line", "person", "field", "value", COLUMN)
_PERSON = re.compile(r"person (\d+)")
_PART = re.compile(r"([A-Za-z0-9_]+)(?:\[(\d+)\])?")
GIVE_REPORT = "Give the report of the last load of this file, saved as CSV with all its columns."


@dataclass(slots=True)
class Correction:
    """One filled row: `row` is its line in the report, `line` and `value` what it says of the return."""

    row: int
    line: int
    path: str
    value: str
    corrected: str
    used: bool = False


@dataclass(slots=True)
class Corrections:
    """The filled rows of one report, by the person's place in the return."""

    name: str
    by_person: dict[int, list[Correction]] = field(default_factory=dict)
    unplaced: list[Correction] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, name: str = "") -> Self:
        """Read a report. Raises FileRefused for a file that is not one."""
        found = cls(name or path.name)
        try:
            text = path.read_bytes()
            rows = csv.DictReader(_decoded(text).splitlines(), delimiter=_delimiter(text), strict=True)
            lacking = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
            if lacking:
                raise FileRefused(
                    f"The corrected report has no column {lacking[0]}. {NOTHING_LOADED}", GIVE_REPORT
                )
            for number, row in enumerate(rows, start=2):
                if (row[COLUMN] or "").strip():
                    found._add(number, row)
        except csv.Error as fault:
            raise FileRefused(
                f"The corrected report cannot be read as CSV ({fault}). {NOTHING_LOADED}", GIVE_REPORT
            ) from None
        return found

    def _add(self, number: int, row: dict[str, str]) -> None:
        line = row["line"] or ""
        made = Correction(
            number,
            int(line) if line.isascii() and line.isdigit() else 0,
            (row["field"] or "").strip(),
            _unquoted(row["value"] or ""),
            _unquoted(row[COLUMN].strip()),
        )
        person = _PERSON.fullmatch((row["person"] or "").strip())
        if person is None:
            self.unplaced.append(made)
            return
        others = self.by_person.setdefault(int(person[1]), [])
        # One value may be reported for two reasons: the same correction twice is one.
        if not any((one.path, one.corrected) == (made.path, made.corrected) for one in others):
            others.append(made)

    def apply(self, node: RawNode, number: int) -> list[tuple[Correction, str]]:
        """Put the corrections of a person into their node. Each that was used, with the text it replaced."""
        used = []
        for one in self.by_person.get(number, ()):
            before = _apply(node, one)
            if before is not None:
                one.used = True
                used.append((one, before))
        return used

    def unused(self) -> Iterator[Issue]:
        """What fitted nothing; call after the last person."""
        for group in (self.unplaced, *self.by_person.values()):
            for one in group:
                if not one.used:
                    yield issue(
                        VALUE_RULES["V23"],
                        file=self.name,
                        line=one.row,
                        person_ref="",
                        path=one.path,
                        value=one.corrected,
                    )


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")


def _delimiter(text: bytes) -> str:
    """A comma, or what spreadsheets of other countries put in its place."""
    heading = text.split(b"\n", 1)[0]
    return max(",;\t", key=lambda sign: heading.count(sign.encode()))


def _unquoted(text: str) -> str:
    """Without the mark that keeps a spreadsheet from running a cell."""
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def _apply(node: RawNode, one: Correction) -> str | None:
    """Set the value at the correction's path; the text there before, or None where it does not fit."""
    *parts, tag = one.path.split("/")
    spec: Node = PERSON
    for part in parts:
        step = _child(node, spec, part)
        if step is None:
            return None
        node, spec = step
    item = ITEMS_BY_NAME[spec.table].get(fold(tag))
    if item is None or item.tag != tag:
        return None
    for at, (name, text, line) in enumerate(node.leaves):
        if ITEMS_BY_NAME[spec.table].get(fold(name)) is item:
            if not _alike(text, one.value):
                return None
            node.leaves[at : at + 1] = [] if one.corrected == NOTHING else [(name, one.corrected, line)]
            return text
    if one.value or (one.line and one.line != node.line):
        return None
    node.leaves.append((tag, one.corrected, node.line))
    return ""


def _child(node: RawNode, spec: Node, part: str) -> tuple[RawNode, Node] | None:
    """The child of a step such as `Requests[2]`."""
    match = _PART.fullmatch(part)
    if match is None:
        return None
    kind = CHILDREN_BY_NAME[spec.table].get(fold(match[1]))
    children = [child for child in node.children if CHILDREN_BY_NAME[spec.table].get(fold(child.tag)) is kind]
    at = int(match[2] or 1)
    return (children[at - 1], kind) if kind is not None and 0 < at <= len(children) else None


def _alike(text: str, value: str) -> bool:
    """Whether two texts are the same value: spelling, case and the form of a date set aside."""
    if fold(text) == fold(value) or (len(value) >= 200 and text.startswith(value)):
        return True
    try:
        return read_date(text) == read_date(value)
    except Unreadable:
        return False
