"""Which cells of a council's state space an effect is about."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.mitigation import Effect, Kind, Mitigation
from goldenthread.forecast.space import Bools


@dataclass(slots=True)
class Target:
    """An effect's `Where` in the numbers of one space. Raises ForecastError for a name the space lacks.

    `cells` (A, N, P): where the effect acts; for a change of place, only where the age allows both the first
    placement and, when they are there, the second. `to` is -1 where no second placement is named.
    """

    inputs: Inputs
    mitigation: Mitigation
    effect: Effect
    placements: tuple[int, ...] = field(init=False)
    to: int = field(init=False)
    cells: Bools = field(init=False)

    def __post_init__(self) -> None:
        """Look every name up."""
        space, where = self.inputs.space, self.effect.where
        codes = tuple(place.code for place in space.placements)
        self.placements = self._found(where.placements, codes, "placement")
        self.to = self._found((where.to,), codes, "placement")[0] if where.to else -1
        first, last = where.ages or (space.ages[0], space.ages[-1])
        chosen = np.array([first <= age <= last for age in space.ages])
        if not chosen.any():
            raise self.refusal(
                f"ages {first} to {last} are outside this forecast, which has {space.ages[0]} to "
                f"{space.ages[-1]}. Change the ages."
            )
        needs = np.isin(np.arange(len(space.needs)), self._found(where.needs, space.needs, "need"))
        places = np.isin(np.arange(len(codes)), self.placements)
        self.cells = chosen[:, None, None] & needs[:, None] & places & self._possible()[:, None, :]

    def _possible(self) -> Bools:
        """(A, P): ages that may be in the placement and, for a change of place, may be in the other."""
        allowed = self.inputs.space.allowed
        there = np.ones(len(allowed), dtype=np.bool_)
        if self.effect.kind is Kind.DIVERT:  # ages at the census that they are then counted at
            there = allowed[:, self.to]
        if self.effect.kind is Kind.MOVE_HEADS:  # ages before the move: at the next census a year older
            there[:-1], there[-1] = allowed[1:, self.to], False
        both: Bools = allowed & there[:, None]
        return both

    def _found(self, names: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[int, ...]:
        unknown = [name for name in names if name not in known]
        if unknown:
            raise self.refusal(
                f"there is no {what} {', '.join(unknown)} in this forecast. It has {', '.join(known)}."
            )
        return tuple(known.index(name) for name in names) if names else tuple(range(len(known)))

    def refusal(self, why: str) -> ForecastError:
        """Return the refusal of this mitigation; `why` says what is wrong and how to mend it."""
        return ForecastError(f"Mitigation {self.mitigation.reference}: {why}")

    def described(self) -> str:
        """Return the cells in words."""
        where, space = self.effect.where, self.inputs.space
        first, last = where.ages or (space.ages[0], space.ages[-1])
        needs = ", ".join(where.needs) or "all needs"
        return f"{', '.join(where.placements) or 'all placements'} (ages {first} to {last}, {needs})"
