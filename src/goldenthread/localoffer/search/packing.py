"""How an entry of the index is kept: its words as numbers with where they stand, and its facts. Pure.

A word is one number of 32 bits: the key of the word, and in the lowest eight where it stands (five bits)
and how often the text has it (three).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

NAME: Final = 1
TERM: Final = 2
ORGANIZATION: Final = 4
PLACE: Final = 8
TEXT: Final = 16
MOST_TIMES: Final = 8
MOST_WORDS: Final = 1 << 24
_HEAD: Final = struct.Struct("<ffiH")
_WEIGHTS: Final = {NAME: 8.0, TERM: 4.0, ORGANIZATION: 2.5, PLACE: 2.5, TEXT: 1.0}
Points = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is sorted and filtered by besides marks: ages in years (None: any), the day it was checked (as
    date.toordinal, 0: never), how many words its name has, and its points in metres of the National Grid."""

    youngest: float | None
    oldest: float | None
    checked: int
    name_words: int
    points: tuple[tuple[int, int], ...]


def code_of(fields: int, times: int) -> int:
    """The lowest eight bits: `fields` is a sum of NAME and so on, `times` how often the text has the word."""
    return fields | (max(0, min(times, MOST_TIMES) - 1) << 5)


def impacts() -> npt.NDArray[np.float32]:
    """What each of the 256 codes is worth: a name above a term, a term above the text."""
    found = []
    for code in range(256):
        worth = sum(weight for field, weight in _WEIGHTS.items() if code & field)
        found.append(worth + (0.25 * float(np.log2(1 + (code >> 5))) if code & TEXT else 0.0))
    return np.array(found, dtype=np.float32)


def pack_words(codes: Mapping[int, int]) -> bytes:
    """Codes by the key of the word."""
    packed = sorted(key << 8 | code for key, code in codes.items())
    return np.array(packed, dtype="<u4").tobytes()


def unpack_words(blobs: Sequence[bytes]) -> npt.NDArray[np.uint32]:
    """The words of many entries, one after the other."""
    return np.frombuffer(b"".join(blobs), dtype="<u4").astype(np.uint32, copy=False)


def pack_facts(facts: Facts) -> bytes:
    """The facts as bytes."""
    youngest = float("-inf") if facts.youngest is None else facts.youngest
    oldest = float("inf") if facts.oldest is None else facts.oldest
    head = _HEAD.pack(youngest, oldest, facts.checked, min(facts.name_words, 65_535))
    return head + np.array(facts.points, dtype="<i4").tobytes()


def unpack_facts(blobs: Iterable[bytes]) -> tuple[list[tuple[float, float, int, int]], list[Points]]:
    """Youngest, oldest (infinite for any age), checked, words of the name; and the points of each entry."""
    heads, points = [], []
    for blob in blobs:
        heads.append(_HEAD.unpack_from(blob))
        points.append(np.frombuffer(blob, dtype="<i4", offset=_HEAD.size).reshape(-1, 2))
    return heads, points
