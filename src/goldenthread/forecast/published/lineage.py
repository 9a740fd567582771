"""Councils that took over from others: which, from when, and their past.

A council's past before its first census is that of the councils before it, in the proportion of its plans at
its own first census to those of all who took over. It serves to see growth and requests; it is never forecast
or scored, and before the first census the new council is not there. Source: the orders that made the councils
(Bournemouth, Dorset and Poole 2018; Northamptonshire 2020; Cumbria 2022). Christchurch went from Dorset to
its neighbours, so those three councils are one family.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """Councils that ended, and those that took over; `first` is the first January census of the new ones."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    first: int


FAMILIES: Final = (
    Family(("835", "836", "837"), ("838", "839"), 2020),
    Family(("928",), ("940", "941"), 2022),
    Family(("909",), ("942", "943"), 2024),
)
