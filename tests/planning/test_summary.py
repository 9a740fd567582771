"""What is kept of a forecast says the same as the forecast, before and after it was stored."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from goldenthread.planning.summary import LEVELS, QUANTILES, pack, summarise, unpack
from tests.planning.results import result


def test_what_is_unpacked_is_what_was_packed() -> None:
    kept = summarise(result())
    again = unpack(pack(kept))
    for one in fields(kept):
        before, after = getattr(kept, one.name), getattr(again, one.name)
        if isinstance(before, np.ndarray):
            np.testing.assert_array_equal(before, after, one.name)
        else:
            assert before == after, one.name


def test_it_says_what_the_result_says() -> None:
    made, kept = result(), summarise(result())
    assert kept.totals[kept.level("mean")] == pytest.approx(made.totals().mean(axis=0))
    assert kept.balance[kept.level("p90")] == pytest.approx(np.quantile(made.balance(), 0.9, axis=0))
    assert kept.by_category[0].sum(axis=1) == pytest.approx(kept.totals[0])
    assert kept.spend_by_category[0].sum(axis=1) == pytest.approx(kept.spend_by_placement[0].sum(axis=1))
    assert kept.in_year_draws() == pytest.approx(made.in_year())
    for above in (0.0, 5e6, 1e9):
        assert kept.chance_of_deficit(above) == pytest.approx(made.chance_of_deficit(above))
    assert kept.financial_years == (2024, 2025, 2026)


def test_levels_are_in_order() -> None:
    kept = summarise(result())
    assert len(LEVELS) == len(QUANTILES) + 1 == len(kept.spend)
    assert (np.diff(kept.spend[1:], axis=0) >= 0).all()
    with pytest.raises(ValueError):
        kept.level("p33")
