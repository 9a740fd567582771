"""Sharing out whole numbers, so that a county of any size keeps the published totals exactly.

Nothing here keeps a list of people: memory does not grow with the county.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from random import Random
from typing import Generic, TypeVar

Kind = TypeVar("Kind", bound=Hashable)


def largest_remainder(total: int, weights: Mapping[Kind, float]) -> dict[Kind, int]:
    """Whole numbers in proportion to `weights` that add up to `total`.

    Raises ValueError for a negative total, or a total to share among weights that are all zero.
    """
    if total < 0:
        raise ValueError("a negative number cannot be shared out")
    whole = sum(weights.values())
    if whole <= 0:
        if total:
            raise ValueError("there is something to share out and nobody to take it")
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[:left]:
        shares[key] += 1
    return shares


def with_limits(total: int, weights: Mapping[Kind, float], most: Mapping[Kind, int]) -> dict[Kind, int]:
    """As `largest_remainder`, but nobody gets more than `most`; what does not fit goes to the others."""
    shares = dict.fromkeys(weights, 0)
    left = min(total, sum(most[key] for key in weights))
    while left:
        open_weights = {key: weights[key] for key in weights if shares[key] < most[key]}
        if not any(open_weights.values()):
            open_weights = dict.fromkeys(open_weights, 1.0)
        for key, more in largest_remainder(left, open_weights).items():
            taken = min(more, most[key] - shares[key])
            shares[key] += taken
            left -= taken
    return shares


class Urn(Generic[Kind]):
    """Draws without putting back: in random order, and in the end exactly as many of each as went in."""

    def __init__(self, counts: Mapping[Kind, int]) -> None:
        self._kinds = [kind for kind, count in counts.items() if count > 0]
        self._left = [counts[kind] for kind in self._kinds]
        self.total = sum(self._left)

    def draw(self, random: Random) -> Kind:
        """One more; raises LookupError when the urn is empty."""
        if not self.total:
            raise LookupError("the urn is empty")
        at = int(random.random() * self.total)
        self.total -= 1
        for index, count in enumerate(self._left):
            if at < count:
                self._left[index] -= 1
                return self._kinds[index]
            at -= count
        raise AssertionError("the counts of an urn add up to its total")


class Shares(Generic[Kind]):
    """Endless draws in given proportions, by a number in [0, 1)."""

    def __init__(self, weights: Mapping[Kind, float]) -> None:
        positive = {kind: weight for kind, weight in weights.items() if weight > 0}
        whole = sum(positive.values())
        self.kinds: Sequence[Kind] = list(positive)
        self._upper = []
        reached = 0.0
        for weight in positive.values():
            reached += weight / whole
            self._upper.append(reached)

    def at(self, point: float) -> Kind:
        """The kind that stands at `point` of [0, 1)."""
        for kind, upper in zip(self.kinds, self._upper, strict=True):
            if point < upper:
                return kind
        return self.kinds[-1]

    def draw(self, random: Random) -> Kind:
        """One at random."""
        return self.at(random.random())


# Roberts' R3 sequence: three numbers a step, spread evenly over the cube, so that shares come out close
# even in small groups.
_STEPS = (0.8191725134, 0.6710436067, 0.5497004779)


class EvenSpread:
    """An endless run of points in [0, 1)³ that fills the space evenly, from a random start."""

    def __init__(self, random: Random) -> None:
        self._at = [random.random() for _ in _STEPS]

    def next(self) -> tuple[float, float, float]:
        """The next point."""
        self._at = [math.fmod(value + step, 1.0) for value, step in zip(self._at, _STEPS, strict=True)]
        return self._at[0], self._at[1], self._at[2]
