"""How rooms above add a column to lists of people, such as the open case: one call for a whole page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldenthread.core.actors import Actor

Reader = Callable[[Sequence[UUID], Actor], Mapping[UUID, Any]]


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A column of lists of people. `read(ids, by)` gives a table cell for those who have one."""

    key: str
    label: str
    read: Reader


_columns: dict[str, ExtraColumn] = {}


def register(key: str, label: str, read: Reader) -> None:
    """Add the column `key`; `read` must take a fixed number of queries however many people it is given."""
    _columns[key] = ExtraColumn(key, label, read)


def extra_columns() -> list[ExtraColumn]:
    """The columns that rooms above have added."""
    return list(_columns.values())
