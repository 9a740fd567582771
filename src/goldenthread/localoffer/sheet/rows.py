"""One row onto one document: what it changes, and what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goldenthread.localoffer.document import Document, Problem, clean, missing
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.sheet.columns import EMPTIED, Column, Terms, of_place
from goldenthread.localoffer.text import has_markup
from goldenthread.localoffer.values import WrongValueError

SHOWN = 80
_MEND = "Correct the cell, and load the row again."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell of a row. `refuses`: for this the row is not loaded."""

    row: int
    column: str
    value: str
    message: str
    mend: str = ""
    refuses: bool = True

    def as_list(self) -> list[Any]:
        """As it is stored."""
        return [self.row, self.column, self.value, self.message, self.mend, self.refuses]


@dataclass(slots=True)
class Put:
    """What a row makes of a document, and the columns that it changes."""

    document: Document
    changed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the row is not loaded."""
        return any(one.refuses for one in self.findings)


def text_of(document: Document, columns: Sequence[Column]) -> list[str]:
    """A document as the cells of its row."""
    return [column.write(document) for column in columns]


def put(
    row: int, cells: Mapping[Column, str], base: Document, terms: Terms, key: UUID, *, moved: bool = False
) -> Put:
    """Put the cells on a document (empty for a new entry).

    A cell that says what the entry says already, or nothing, changes nothing: what no column can hold, such
    as a second contact, stays. `[empty]` takes away what is there. `moved`: the organisation of `base` is
    another one than the entry has.
    """
    found = Put(copy.deepcopy(base), ["Organisation"] if moved else [])
    for column, text in cells.items():
        before = column.write(base)
        if column.read is None or text == "" or _same(text, before):
            continue
        if has_markup(text):
            message = "There was HTML here; its words are kept as plain text."
            found.findings.append(Finding(row, column.label, _short(text), message, refuses=False))
        try:
            column.read(found.document, "" if text == EMPTIED else text, terms)
        except ValueError as error:
            told = str(error) if isinstance(error, WrongValueError) else "this cannot be read."
            found.findings.append(Finding(row, column.label, _short(text), _sentence(told), _MEND))
        else:
            found.changed.append(column.label)
    if found.changed and not found.refused:
        _check(row, found, cells, key)
    return found


def _same(text: str, before: str) -> bool:
    # A text that begins with the mark of our downloads has lost it when it comes back.
    return text.split() in (before.split(), before.removeprefix("'").split())


def _check(row: int, found: Put, cells: Mapping[Column, str], key: UUID) -> None:
    """Clean the whole document; whatever could not be kept refuses the row, so that nothing is lost."""
    given = {column.label: text for column, text in cells.items()}
    document, problems = clean(found.document, key)
    problems += missing(document)
    if not document.get("organization", {}).get("name"):
        problems.append(Problem("organization.name", "Say which organisation provides it."))
    if leaks(document):
        problems.append(Problem("", "A hidden address stands in words that would be public."))
    for one in problems:
        column = of_place(one.where)
        label = column.label if column else ""
        message = _sentence(one.message.removeprefix(f"{one.where}: "))
        value = "" if not label else _short(given.get(label, ""))
        found.findings.append(Finding(row, label, value, message, _MEND))
    found.document = document


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
