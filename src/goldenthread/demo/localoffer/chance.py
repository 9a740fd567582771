"""Chance that comes out the same each time: a seeded source with the few draws that the generator makes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """Draws in the order in which they are asked for; the same seed gives the same."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 - fiction, not security
        self._draw = self.random.random

    def key(self) -> str:
        """A UUID as text."""
        found = f"{self.random.getrandbits(128):032x}"
        return f"{found[:8]}-{found[8:12]}-4{found[13:16]}-a{found[17:20]}-{found[20:]}"

    def happens(self, share: float) -> bool:
        """True in this share of draws."""
        return self._draw() < share

    def one(self, many: Sequence[_T]) -> _T:
        """One of them."""
        return many[int(self._draw() * len(many))]

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._draw() * (high - low + 1))

    def some(self, many: Sequence[_T], low: int, high: int) -> list[_T]:
        """Between low and high of them, in their order."""
        wanted = min(len(many), self.whole(low, high))
        chosen: set[int] = set()
        while len(chosen) < wanted:
            chosen.add(int(self._draw() * len(many)))
        return [many[number] for number in sorted(chosen)]
