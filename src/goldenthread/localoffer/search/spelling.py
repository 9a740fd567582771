"""Correcting slips against the words that the directory has. A word that it has is never replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from goldenthread.localoffer.search.scoring import services_with
from goldenthread.localoffer.search.snapshot import Mask, Snapshot

_CANDIDATES: Final = 12
_SHORT, _SPLIT_FROM, _PREFIX_FROM = 5, 6, 4
# A beginning of a word costs more than one slip and less than two.
_BEGINNING: Final = 1.5
_FIRST_LETTER: Final = 0.5
Candidate = tuple[float, tuple[str, ...]]


def corrected(snapshot: Snapshot, words: Sequence[str]) -> list[str]:
    """The words with those that nobody knows replaced by what was likely meant; one may become two.

    Of words equally near, the one that stands together with the other words in most services is taken.
    """
    others = [word for word in words if snapshot.knows(word)]
    found: list[str] = []
    for word in words:
        best = (word,) if snapshot.knows(word) else _best(snapshot, word, others)
        others += [part for part in best if best != (word,)]
        found += best
    return found


def _best(snapshot: Snapshot, word: str, others: Sequence[str]) -> tuple[str, ...]:
    together = snapshot.sorts.alive
    for other in others:
        services = services_with(snapshot, other)
        if services is not None and (together & services).any():
            together = together & services
    ranked = []
    for cost, parts in _candidates(snapshot, word):
        joint = _joint(snapshot, parts, together)
        ranked.append(((joint == 0, cost, -joint, parts), parts))
    return min(ranked)[1] if ranked else (word,)


def _joint(snapshot: Snapshot, parts: Sequence[str], together: Mask) -> int:
    for part in parts:
        services = services_with(snapshot, part)
        if services is not None:
            together = together & services
    return int(np.count_nonzero(together))


def _candidates(snapshot: Snapshot, word: str) -> Iterator[Candidate]:
    """What may have been meant, each with what it costs to believe it."""
    limit = 1 if len(word) <= _SHORT else 2
    near = [one for size in range(len(word) - limit, len(word) + limit + 1) for one in _of(snapshot, size)]
    for other, slips, _ in process.extract(
        word, near, scorer=OSA.distance, score_cutoff=limit, limit=_CANDIDATES
    ):
        yield slips + (_FIRST_LETTER if other[0] != word[0] else 0), (other,)
    yield from ((1.0, parts) for parts in _split(snapshot, word))
    if len(word) >= _PREFIX_FROM:
        begun = [
            one for size in range(len(word) + 1, 41) for one in _of(snapshot, size) if one.startswith(word)
        ]
        begun.sort(key=lambda one: -snapshot.count(one))
        yield from ((_BEGINNING, (one,)) for one in begun[:_CANDIDATES])


def _of(snapshot: Snapshot, size: int) -> list[str]:
    return snapshot.spellings.get(size, [])


def _split(snapshot: Snapshot, word: str) -> Iterator[tuple[str, str]]:
    """Two words written as one."""
    if len(word) >= _SPLIT_FROM:
        for at in range(3, len(word) - 2):
            one, other = word[:at], word[at:]
            if snapshot.count(one) and snapshot.count(other):
                yield one, other
