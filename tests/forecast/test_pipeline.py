"""From requests to plans, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Pipeline
from goldenthread.forecast.pipeline import expected_plans


def _pipeline(**changed) -> Pipeline:
    """A steady hundred requests a year, a quarter refused, half a year to a plan, nothing in arrears."""
    parts = {
        "requests": np.full(4, 100.0),
        "new_plans": np.full(4, 75.0),
        "refused_share": 0.25,
        "waiting": 50.0,
        "delay_years": 0.5,
    }
    return Pipeline(**{**parts, **changed})


def test_a_steady_way_in_stays_steady():
    coming = expected_plans(_pipeline(), 3)
    assert coming.requests == pytest.approx([100, 100, 100])
    assert coming.total == pytest.approx([75, 75, 75])
    assert coming.from_waiting == pytest.approx([37.5, 0, 0])


def test_without_delay_requests_are_plans_in_their_year():
    coming = expected_plans(_pipeline(delay_years=0.0, waiting=0.0), 2)
    assert coming.from_new == pytest.approx([75, 75])


def test_a_backlog_is_worked_off_over_one_delay():
    coming = expected_plans(_pipeline(waiting=250.0), 3)
    assert coming.from_waiting == pytest.approx([0.75 * 250, 0, 0])
    slow = expected_plans(_pipeline(waiting=300.0, delay_years=1.5), 3)
    assert slow.from_waiting == pytest.approx([0.75 * 200, 0.75 * 100, 0])
    assert slow.from_new == pytest.approx([0, 37.5, 75])


def test_requests_that_grow_go_on_growing_less_and_less():
    coming = expected_plans(_pipeline(requests=np.array([100.0, 150.0])), 4)
    growth = np.diff(np.log([150.0, *coming.requests]))
    assert growth == pytest.approx(np.log(1.5) / 3 * 0.8 ** np.arange(1, 5))


def test_plans_that_were_seen_correct_the_share_refused():
    coming = expected_plans(_pipeline(new_plans=np.full(4, 60.0)), 2)
    # Three years seen beside one in which the rule is right: (3 * 60 + 75) / (4 * 75) of it.
    assert coming.total == pytest.approx([75 * 255 / 300] * 2)


def test_no_requests_no_plans_but_for_who_waits():
    coming = expected_plans(_pipeline(requests=np.zeros(3)), 2)
    assert coming.total == pytest.approx([37.5, 0])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"refused_share": 25.0}, "refused is 25. Give it between 0 and 1"),
        ({"waiting": -3.0}, "waiting is -3"),
        ({"delay_years": float("nan")}, "delay_years is nan"),
    ],
)
def test_a_pipeline_that_cannot_be_is_refused(changed, words):
    with pytest.raises(ForecastError) as refused:
        expected_plans(_pipeline(**changed), 2)
    assert words in str(refused.value)
