"""An axis that holds nought and every value, below nought too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.core.charts import figure as fig


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with a line every `step`; nought is on it."""

    low: float
    high: float
    step: float

    @classmethod
    def holding(cls, values: Sequence[float], unit: str = "") -> Scale:
        """The axis that holds `values` and nought. Raises ValueError for a value that is not finite."""
        if not all(math.isfinite(value) for value in values):
            raise ValueError("A value is not finite: it cannot be drawn.")
        most, least = max([0.0, *values]), min([0.0, *values])
        _, step = fig.nice_top([max(most, -least)], unit)
        high, low = (step * math.ceil(round(size / step, 9)) for size in (most, -least))
        return cls(-low, high if high or low else step * 4, step)

    @property
    def ticks(self) -> list[float]:
        """The values of the lines, the lowest first; nought is exactly nought."""
        first, last = round(self.low / self.step), round(self.high / self.step)
        return [at * self.step for at in range(first, last + 1)]

    def share(self, value: float) -> float:
        """How far along the axis a value lies: 0 at `low`, 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


def known(values: fig.Values) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None]
