"""What there is, beside what is missing: how many services serve a need or an area.

This room knows no services: who does registers a way to count them. Without one there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

Pair = tuple[str, str]
# Area and need, both as they are asked for and counted here; "" is all of them. The second is of services.
Counter = Callable[[], Mapping[Pair, int]]
Names = Callable[[], Mapping[str, str]]
ALL: Final = ""
_counters: list[Counter] = []
_names: list[Names] = []


def register(counter: Counter, needs: Names) -> None:
    """Say how services are counted, and what the codes of needs are called.

    `counter()` gives services by area and need: areas are outward codes of postcodes and names of towns,
    needs are codes; ("", need) counts those everywhere, (area, "") those of any need, ("", "") all.
    """
    _counters[:], _names[:] = [counter], [needs]


def is_known() -> bool:
    """Whether anybody counts services."""
    return bool(_counters)


def services() -> dict[Pair, int]:
    """Services by area and need; areas in small letters. Empty where nobody counts them."""
    return {(area.casefold(), need): many for area, need, many in _counted()}


def _counted() -> list[tuple[str, str, int]]:
    return [(area, need, many) for counter in _counters for (area, need), many in counter().items()]


def needs() -> dict[str, str]:
    """The names of needs by their code."""
    return {code: name for names in _names for code, name in names().items()}
