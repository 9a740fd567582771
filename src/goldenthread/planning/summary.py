"""What is kept of a forecast: its means and ranges, and the few draws that comparisons need.

Axes are lettered as in `goldenthread.forecast`; R is the rows of `LEVELS`: the mean, then the quantiles.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from goldenthread.forecast.result import Result
from goldenthread.forecast.space import CATEGORIES, Floats, Ints, Placement, Space

QUANTILES = (0.025, 0.05, 0.1, 0.5, 0.9, 0.95, 0.975)
LEVELS = ("mean", "p2_5", "p5", "p10", "p50", "p90", "p95", "p97_5")


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished forecast. Heads at January censuses `years` (H+1), pounds in financial years (H)."""

    space: Space
    years: tuple[int, ...]
    lines: tuple[str, ...]
    seed: int
    simulations: int
    opening_balance: float
    notes: tuple[str, ...]
    totals: Floats  # (R, H+1)
    by_age: Floats  # (R, H+1, A)
    by_need: Floats  # (R, H+1, N)
    by_placement: Floats  # (R, H+1, P)
    by_category: Floats  # (R, H+1, 7)
    joiners: Floats  # (R, H)
    leavers: Floats  # (R, H)
    movers: Floats  # (R, H)
    overflow: Floats  # (R, H, P)
    spend: Floats  # (R, H)
    spend_by_line: Floats  # (R, H, L)
    spend_by_placement: Floats  # (R, H, P)
    spend_by_category: Floats  # (R, H, 7)
    income: Floats  # (H,)
    in_year: Floats  # (R, H)
    balance: Floats  # (R, H)
    mean_stock: Floats  # (H+1, A, N, P)
    totals_draws: Ints  # (S, H+1)
    balance_draws: Floats  # (S, H)

    @property
    def financial_years(self) -> tuple[int, ...]:
        """The years in which the H financial years begin."""
        return self.years[:-1]

    def level(self, name: str) -> int:
        """The row of a level, such as "mean" or "p97_5". Raises ValueError for one that is not kept."""
        return LEVELS.index(name)

    def chance_of_deficit(self, above: float) -> Floats:
        """The share of simulations whose cumulative deficit passes `above` pounds, by year: (H,)."""
        share: Floats = (self.balance_draws < -above).mean(axis=0)
        return share

    def in_year_draws(self) -> Floats:
        """Income less spending in each financial year, pounds: (S, H)."""
        before = np.full((len(self.balance_draws), 1), self.opening_balance)
        draws: Floats = np.diff(self.balance_draws, axis=1, prepend=before)
        return draws


def levels(draws: Floats | Ints) -> Floats:
    """The mean and QUANTILES over the first axis of draws: (R, ...)."""
    return np.concatenate([draws.mean(axis=0)[None], np.quantile(draws, QUANTILES, axis=0)])


def summarise(result: Result) -> Summary:
    """What is kept of a result."""
    of = result.space.category_index()
    by_category = [result.spend_by_placement[:, :, of == n].sum(axis=2) for n in range(len(CATEGORIES))]
    return Summary(
        space=result.space,
        years=result.years,
        lines=result.lines,
        seed=result.seed,
        simulations=len(result.by_age),
        opening_balance=result.opening_balance,
        notes=result.notes,
        totals=levels(result.totals()),
        by_age=levels(result.by_age),
        by_need=levels(result.by_need),
        by_placement=levels(result.by_placement),
        by_category=levels(result.by_category()),
        joiners=levels(result.joiners),
        leavers=levels(result.leavers),
        movers=levels(result.movers),
        overflow=levels(result.overflow),
        spend=levels(result.spend.sum(axis=2)),
        spend_by_line=levels(result.spend),
        spend_by_placement=levels(result.spend_by_placement),
        spend_by_category=levels(np.stack(by_category, axis=2)),
        income=result.income,
        in_year=levels(result.in_year()),
        balance=levels(result.balance()),
        mean_stock=result.mean_stock,
        totals_draws=result.totals(),
        balance_draws=result.balance(),
    )


def pack(summary: Summary) -> bytes:
    """A summary as bytes (NumPy's compressed archive, no pickles). `unpack` gives the same back."""
    words: dict[str, Any] = {"space": _space_words(summary.space)}
    arrays: dict[str, Any] = {}
    for one in fields(summary):
        value = getattr(summary, one.name)
        if isinstance(value, np.ndarray):
            arrays[one.name] = value
        elif one.name != "space":
            words[one.name] = value
    out = io.BytesIO()
    np.savez_compressed(out, words=np.frombuffer(json.dumps(words).encode(), dtype=np.uint8), **arrays)
    return out.getvalue()


def unpack(content: bytes) -> Summary:
    """The summary that `pack` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        words = json.loads(kept["words"].tobytes())
        arrays = {name: kept[name] for name in kept.files if name != "words"}
    space = words.pop("space")
    words |= {name: tuple(words[name]) for name in ("years", "lines", "notes")}
    placements = tuple(Placement(**one) for one in space["placements"])
    return Summary(
        space=Space(tuple(space["ages"]), tuple(space["needs"]), placements),
        **words,
        **arrays,
    )


def _space_words(space: Space) -> dict[str, Any]:
    names = [one.name for one in fields(Placement)]
    places = [{name: getattr(place, name) for name in names} for place in space.placements]
    return {"ages": list(space.ages), "needs": list(space.needs), "placements": places}
