"""Random numbers: distributions against their definitions, and streams that know only what they are for."""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecast.draws import BLOCK, Process, binomial, heads_uniform, normal_quantile, stream


def _distribution(count: int, chance: float) -> list[float]:
    terms = [comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(count + 1)]
    return list(np.cumsum(terms))


def _read_off(count: int, chance: float, uniforms):
    whole = np.full(len(uniforms), float(count))
    with np.errstate(divide="ignore"):
        return binomial(whole, np.log1p(-np.full(len(uniforms), chance)), uniforms)


@given(st.integers(1, 40), st.floats(0.001, 0.999), st.floats(0.0, 0.999999))
def test_a_binomial_is_the_least_count_whose_distribution_passes_the_uniform(count, chance, uniform):
    steps = _distribution(count, chance)
    if min(abs(step - uniform) for step in steps) > 1e-9:  # on a step, rounding decides
        expected = next((k for k, step in enumerate(steps) if step > uniform), count)
        assert _read_off(count, chance, np.array([uniform]))[0] == expected


@pytest.mark.parametrize(("count", "chance"), [(110, 0.4), (300, 0.1), (300, 0.9), (1000, 0.5)])
def test_a_wide_binomial_is_near_its_distribution(count, chance):
    uniforms = (np.arange(100_000) + 0.5) / 100_000
    drawn = _read_off(count, chance, uniforms)
    seen = np.searchsorted(drawn, np.arange(count + 1), side="right") / len(uniforms)
    assert np.abs(seen - _distribution(count, chance)).max() < 0.0005
    assert drawn.mean() == pytest.approx(count * chance, abs=0.005)


def test_none_and_all_go_where_that_is_certain():
    uniforms = np.array([0.0, 0.5, 1 - 2**-53])
    assert (_read_off(9, 0.0, uniforms) == 0).all()
    assert (_read_off(9, 1.0, uniforms) == 9).all()


@given(st.integers(1, 150), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 0.9999))
def test_more_go_where_the_chance_is_higher(count, one, other, uniform):
    low, high = sorted((one, other))
    steps = [step for chance in (low, high) for step in _distribution(count, chance)]
    if min(abs(step - uniform) for step in steps) > 1e-9:
        fewer, more = (_read_off(count, chance, np.array([uniform]))[0] for chance in (low, high))
        assert fewer <= more + (1 if count * low * (1 - low) > 20 else 0)  # one where sum meets expansion


@given(st.floats(1e-15, 1 - 1e-15))
def test_normal_quantiles_are_those_of_the_standard_library(uniform):
    expected = NormalDist().inv_cdf(uniform)
    assert normal_quantile(np.array([uniform]))[0] == pytest.approx(expected, rel=1e-12, abs=1e-14)


def test_streams_are_told_apart_by_all_that_they_are_for():
    keys = [
        (s, b, y, p) for s in (1, 2) for b in (0, 1) for y in (0, 1) for p in (Process.LEAVE, Process.MOVE)
    ]
    first = {key: tuple(stream(*key).random(4)) for key in keys}
    assert len(set(first.values())) == len(keys)
    assert first[keys[0]] == tuple(stream(*keys[0]).random(4))


def test_heads_of_a_cell_have_uniforms_of_their_own():
    cell = np.repeat(stream(1, 0, 0, Process.MOVE).random(2000), 3)
    number = np.tile(np.arange(3), 2000)
    own = heads_uniform(cell, number).reshape(2000, 3)
    assert ((own >= 0) & (own < 1)).all()
    assert own.mean() == pytest.approx(0.5, abs=4 / np.sqrt(12 * 6000))
    pairs = np.corrcoef(np.column_stack([cell[::3], own]).T)
    assert np.abs(pairs - np.eye(4)).max() < 4 / np.sqrt(2000)
    assert BLOCK > 1
