"""How well the forecast of plans does: every council, from January 2020 to 2023, beside the naive rules.

Reads DfE's tables from ../shared/data/dfe beside the checkout. Figures are percentages, but for CRPS (plans).
"""

from __future__ import annotations

import time
from pathlib import Path

from goldenthread.forecast.backtest import run_backtest
from goldenthread.forecast.published import read_panel
from goldenthread.forecast.record import MODEL, Record
from goldenthread.forecast.space import CATEGORIES

DFE = Path(__file__).resolve().parents[2] / "shared" / "data" / "dfe"
ORIGINS, HORIZONS = range(2020, 2024), (1, 2, 3)


def run() -> dict[str, float]:
    """Errors and ranges by years ahead, and seconds. Stops with a message where the tables are absent."""
    if not DFE.is_dir():
        raise SystemExit(
            "DfE's tables are not beside this checkout (../shared/data/dfe): nothing to measure."
        )
    began = time.perf_counter()
    panel = read_panel(DFE)
    read = time.perf_counter()
    record = run_backtest(panel, ORIGINS, HORIZONS).record
    done = time.perf_counter()
    figures = {
        "councils": float(record.councils),
        "read_seconds": read - began,
        "backtest_seconds": done - read,
    }
    for horizon in HORIZONS:
        figures |= _totals(record, horizon) | _categories(record, horizon)
    return figures


def _totals(record: Record, horizon: int) -> dict[str, float]:
    scores, best = record.row(MODEL, horizon).scores, record.best_naive(horizon, by="mape")
    return {
        f"{horizon}_year_mape": scores.mape,
        f"{horizon}_year_mape_best_naive": best.scores.mape,
        f"{horizon}_year_wape": scores.wape,
        f"{horizon}_year_bias": scores.bias,
        f"{horizon}_year_crps_plans": scores.crps,
        f"{horizon}_year_in_80": float(scores.cover_80 or 0.0),
        f"{horizon}_year_in_95": float(scores.cover_95 or 0.0),
    }


def _categories(record: Record, horizon: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    better = 0
    for name in CATEGORIES:
        mine, best = (
            record.row(MODEL, horizon, name).scores.wape,
            record.best_naive(horizon, name).scores.wape,
        )
        figures |= {f"{horizon}_year_{name}_wape": mine, f"{horizon}_year_{name}_wape_best_naive": best}
        better += mine < best
    return {f"{horizon}_year_categories_better_of_seven": float(better), **figures}


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure:,.2f}")
