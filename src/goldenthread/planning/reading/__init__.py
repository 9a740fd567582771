"""Reading the files that a council gives: each kind of input has its layout and its checks.

A reader raises `table.FileRefused` with every wrong cell: its row, its column, what is wrong, how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable

from goldenthread.core.refusals import InvalidInput
from goldenthread.planning.enums import InputKind
from goldenthread.planning.reading import block, budget, capacity, population, prices
from goldenthread.planning.reading.table import FileRefused, Read

__all__ = ["LAYOUTS", "FileRefused", "Read", "read_input"]

_READERS: dict[InputKind, Callable[[bytes], Read]] = {
    InputKind.POPULATION: population.read,
    InputKind.PRICES: prices.read,
    InputKind.BLOCK: block.read,
    InputKind.CAPACITY: capacity.read,
    InputKind.BUDGET: budget.read,
}
# The columns of each file, for pages that say what to give.
LAYOUTS: dict[InputKind, str] = {
    InputKind.POPULATION: population.LAYOUT,
    InputKind.PRICES: prices.LAYOUT,
    InputKind.BLOCK: block.LAYOUT,
    InputKind.CAPACITY: capacity.LAYOUT,
    InputKind.BUDGET: budget.LAYOUT,
}


def read_input(kind: InputKind, content: bytes) -> Read:
    """Read and check a file of one kind. Raises FileRefused, or InvalidInput for a kind that is no file."""
    if kind not in _READERS:
        raise InvalidInput(
            "DfE's tables are not one file.", "Load their folder with manage import_dfe.", field="kind"
        )
    return _READERS[kind](content)
