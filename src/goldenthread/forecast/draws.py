"""Random numbers that depend on what they are for, not on who asks or when.

Every stream is numpy's Philox, a counter-based generator (Salmon and others, "Parallel random numbers: as
easy as 1, 2, 3", 2011), keyed by the seed and the block of simulations, with the future year and the process
in its counter. Any number of workers meets the same numbers. A run with a mitigation meets the same numbers
as the run without: each cell's flow is read off its own uniform by inverting the distribution, so that a
small change of a chance changes few heads, and what is not changed stays as it was.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from goldenthread.forecast.space import Floats, Ints

Words = npt.NDArray[np.uint64]

BLOCK: Final = 125  # simulations drawn together: their arrays fit the processor's cache
_WIDE: Final = 25.0  # variance from which a binomial is read off its expansion instead of summed
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's bits, of splitmix64
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)


class Process(IntEnum):
    """What a stream is for. The numbers are part of every seeded result: add, never renumber."""

    PARAMETERS = 1
    SHOCKS = 2
    LEAVE = 3
    MOVE = 4
    JOIN = 5
    END_EXTRA = 6
    OVERFLOW = 7
    OVERFLOW_AGAIN = 8
    EDIT_LEAVE = 9
    EDIT_MOVE = 10
    EDIT_JOIN = 11
    EDIT_MORE = 12
    EDIT_DIVERT = 13
    EDIT_FEWER = 14
    EDIT_HEADS = 15


def stream(seed: int, block: int, year: int, process: Process) -> np.random.Generator:
    """Return the generator of one block of simulations, future year and process."""
    key = np.array([seed, block], dtype=np.uint64)
    counter = np.array([0, 0, int(process), year], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def scramble(words: Words) -> Words:
    """Turn each word into another, one to one and without pattern: the finish of splitmix64."""
    mixed = (words ^ (words >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    return mixed ^ (mixed >> np.uint64(31))


def heads_uniform(uniform: Floats, number: Ints) -> Floats:
    """Return a uniform of its own for each head, from the uniform of its cell and its number there.

    They are multiples of 2**-52, so that their product with a total stays below the total.
    """
    words = scramble(uniform.view(np.uint64) + (number.astype(np.uint64) + np.uint64(1)) * _STEP)
    own: Floats = (words >> np.uint64(12)).astype(np.float64) * 2.0**-52
    return own


def binomial(count: Floats, log_stay: Floats, uniform: Floats) -> Floats:
    """Read off how many of `count` go, where each stays with the chance exp(`log_stay`). All one length.

    The least k whose distribution function passes the uniform; so more go where the chance or the uniform is
    higher. Summed term by term up to a variance of 25; above that the Cornish-Fisher expansion to its third
    term, whose distribution function is within 0.0005 of the exact one.
    """
    gone = np.where(log_stay == -np.inf, count, 0.0)
    stay = np.exp(log_stay)
    wide = count * stay * (1.0 - stay) > _WIDE
    often = (stay < 0.5) & (log_stay != -np.inf) & ~wide
    seldom = (stay >= 0.5) & ~wide
    if wide.any():
        gone[wide] = _expanded(count[wide], stay[wide], uniform[wide])
    if often.any():
        leave_log = np.log1p(-stay[often])
        mirrored = np.nextafter(1.0 - uniform[often], 0.0)  # a uniform on a step stays on its side of it
        gone[often] = count[often] - _summed(count[often], leave_log, mirrored)
    if seldom.any():
        gone[seldom] = _summed(count[seldom], log_stay[seldom], uniform[seldom])
    return gone


def _summed(count: Floats, log_stay: Floats, uniform: Floats) -> Floats:
    """Invert by adding up the chances of 0, 1, 2, ... until they pass the uniform."""
    gone = np.zeros(len(count))
    none = np.exp(count * log_stay)
    left = np.flatnonzero(uniform >= none)
    n, odds, target = count[left], np.expm1(-log_stay[left]), uniform[left]
    chance, total, k = none[left], none[left], 0.0
    while len(left):
        k += 1.0
        chance = chance * (n - k + 1.0) / k * odds
        total = total + chance
        gone[left] = k
        on = (target >= total) & (k < n)
        left, n, odds, target = left[on], n[on], odds[on], target[on]
        chance, total = chance[on], total[on]
    return gone


def _expanded(count: Floats, stay: Floats, uniform: Floats) -> Floats:
    """Invert by the Cornish-Fisher expansion, with half a head's correction for whole numbers."""
    chance = 1.0 - stay
    variance = count * chance * stay
    spread = np.sqrt(variance)
    skew, excess = (stay - chance) / spread, (1.0 - 6.0 * chance * stay) / variance
    z = normal_quantile(np.clip(uniform, 2.0**-53, 1.0 - 2.0**-53))
    bent = z + skew * (z**2 - 1.0) / 6.0
    bent += excess * (z**3 - 3.0 * z) / 24.0 - skew**2 * (2.0 * z**3 - 5.0 * z) / 36.0
    gone: Floats = np.minimum(np.maximum(np.ceil(count * chance + spread * bent - 0.5), 0.0), count)
    return gone


_CENTRE: Final = (
    (3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
     45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727),
    (1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
     21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610),
)  # fmt: skip
_SIDE: Final = (
    (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
     0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
_TAIL: Final = (
    (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
     0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
     2.01033439929228813265e-7),
    (1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15),
)  # fmt: skip


def normal_quantile(uniform: Floats) -> Floats:
    """Return the standard normal's quantiles of numbers above 0 and below 1.

    Source: Wichura, algorithm AS 241, Applied Statistics 37 (1988); good to 16 figures.
    """
    offset = uniform - 0.5
    tail = np.sqrt(-np.log(np.minimum(uniform, 1.0 - uniform)))
    centre = offset * _ratio(_CENTRE, 0.180625 - offset**2)
    side = np.sign(offset) * np.where(tail <= 5.0, _ratio(_SIDE, tail - 1.6), _ratio(_TAIL, tail - 5.0))
    quantile: Floats = np.where(np.abs(offset) <= 0.425, centre, side)
    return quantile


def _ratio(terms: tuple[tuple[float, ...], tuple[float, ...]], at: Floats) -> Floats:
    above, below = np.zeros_like(at), np.zeros_like(at)
    for upper, lower in zip(reversed(terms[0]), reversed(terms[1]), strict=True):
        above, below = above * at + upper, below * at + lower
    ratio: Floats = above / below
    return ratio
