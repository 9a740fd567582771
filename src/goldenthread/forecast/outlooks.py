"""Every council's outlook at one January: growth and mix together, as draws and as the engine's `Outlook`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.growth import Growth, fit_growth
from goldenthread.forecast.inputs import Outlook
from goldenthread.forecast.mix import Mix, fit_mix
from goldenthread.forecast.published.panel import Panel
from goldenthread.forecast.space import Floats, Ints


@dataclass(frozen=True, slots=True)
class Outlooks:
    """All L councils over H years from the January of `growth.origin`."""

    growth: Growth
    mix: Mix

    def outlook(self, code: str, skip: int = 0) -> Outlook:
        """Return one council's outlook, from `skip` years after the origin if its own figures are newer.

        Raises ForecastError if the council had no plans published at the origin.
        """
        growth = self.growth
        if code not in growth.codes or not growth.there[growth.codes.index(code)]:
            raise ForecastError(
                f"Local authority {code} has no plans published for January {growth.origin}. "
                "Give DfE's code of a council that had, or choose another year."
            )
        at = growth.codes.index(code)
        return Outlook(
            mean=growth.mean[at, skip:],
            shared=growth.shared[at, skip:],
            own=growth.own[at, skip:],
            degrees=growth.degrees,
            mix=self.mix.shares[at, skip:],
            mix_spread=self.mix.spread[at, skip:],
        )

    def draws(self, rows: Ints, seed: int, simulations: int = 2000) -> tuple[Floats, Floats]:
        """Draw totals (n, H, S) and categories (n, H, S, 7), heads, of the councils at these `rows`.

        Every draw is made with its mirror image, so that means are steady. The same seed gives the same
        draws, and councils share England's shocks. Categories add up to the total in every draw.
        """
        growth, half = self.growth, simulations // 2
        horizon = growth.mean.shape[1]
        numbers = np.random.Generator(np.random.Philox(key=np.array([seed, growth.origin], dtype=np.uint64)))
        scale = np.sqrt((growth.degrees - 2.0) / growth.degrees)
        shared = _mirrored(numbers.standard_t(growth.degrees, (1 + horizon, half)) * scale)
        own = _mirrored(numbers.standard_t(growth.degrees, (horizon, half)) * scale)
        luck = _mirrored(numbers.standard_normal((self.mix.shares.shape[2], half)))
        steps = growth.mean[rows][:, :, None] + np.einsum("lhk,ks->lhs", growth.shared[rows], shared)
        steps += growth.own[rows][:, :, None] * own
        totals = growth.plans[rows][:, None, None] * np.exp(steps.cumsum(axis=1))
        spread = self.mix.spread[rows][:, :, None]
        parts = self.mix.shares[rows][:, :, None] * np.exp(spread * luck.T - spread**2 / 2.0)
        parts *= (totals / parts.sum(axis=3))[..., None]
        return totals, parts


def _mirrored(half: Floats) -> Floats:
    return np.concatenate([half, -half], axis=1)


def fit_outlooks(panel: Panel, origin: int, horizon: int) -> Outlooks:
    """Forecast every council from January `origin` with what was published then, and nothing later.

    Raises PublishedError for a year that is not in the panel, ForecastError if nothing can be learnt.
    """
    growth = fit_growth(panel, origin, horizon)
    return Outlooks(growth, fit_mix(panel, growth))
