"""Correcting slips against the words that the directory has. A word that it has is never replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from goldenthread.localoffer.search.scoring import Concept, Scores, concepts_of, scores_of
from goldenthread.localoffer.search.snapshot import Snapshot
from goldenthread.localoffer.search.words import stem

_CANDIDATES: Final = 12
# Words up to so many letters may have one slip, longer ones two.
_SHORT, _SPLIT_FROM, _PREFIX_FROM = 7, 6, 4
# A beginning of a word costs more than one slip and less than two.
_BEGINNING: Final = 1.5
_FIRST_LETTER, _OTHER_FORM = 0.1, 0.2
# One slip more is believed where the services that it leads to weigh fifty times as much.
_A_SLIP: Final = log(50)
_NOTHING: Final = 0.02
Candidate = tuple[float, tuple[str, ...]]


def corrected(snapshot: Snapshot, words: Sequence[str]) -> list[str]:
    """The words with those that nobody knows replaced by what was likely meant; one may become two.

    Of several words near by, that one is taken which together with the other words leads to most: to many
    services, and to those that have it in their name.
    """
    found, held = list(words), _Held(snapshot)
    for word in words:
        if not snapshot.knows(word):
            at = found.index(word)
            found[at : at + 1] = _best(held, found, at)
    return found


class _Held:
    """What services score for each concept: counted once for all candidates."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.scores: dict[Concept, Scores] = {}

    def weight(self, words: Sequence[str]) -> float:
        """What the services with all of the words score for them together."""
        several = [self._of(concept) for concept in concepts_of(words)]
        several = [scores for scores in several if scores.any()]
        if not several:
            return 0.0
        together = np.logical_and.reduce([scores > 0 for scores in several])
        return float(sum(scores[together].sum() for scores in several))

    def _of(self, concept: Concept) -> Scores:
        if concept not in self.scores:
            self.scores[concept] = scores_of(self.snapshot, concept)[0]
        return self.scores[concept]


def _best(held: _Held, words: Sequence[str], at: int) -> tuple[str, ...]:
    """What the word at this place was likely meant to be; itself where nothing is near."""
    ranked = []
    for cost, parts in _candidates(held.snapshot, words[at]):
        weight = held.weight([*words[:at], *parts, *words[at + 1 :]])
        ranked.append((log(weight + _NOTHING) - _A_SLIP * cost, parts))
    return max(ranked)[1] if ranked else (words[at],)


def _candidates(snapshot: Snapshot, word: str) -> Iterator[Candidate]:
    """What may have been meant, each with what it costs to believe it."""
    limit = 1 if len(word) <= _SHORT else 2
    for other, slips in _near(word, snapshot.spellings, limit):
        yield slips + (_FIRST_LETTER if other[0] != word[0] else 0), (other,)
    for root, slips in _near(stem(word), snapshot.roots, limit):
        yield slips + _OTHER_FORM, (snapshot.common_form(root),)
    yield from ((1.0, parts) for parts in _split(snapshot, word))
    if len(word) >= _PREFIX_FROM:
        longer = (one for size, many in snapshot.spellings.items() if size > len(word) for one in many)
        begun = sorted((one for one in longer if one.startswith(word)), key=lambda one: -snapshot.count(one))
        yield from ((_BEGINNING, (one,)) for one in begun[:_CANDIDATES])


def _near(word: str, known: dict[int, list[str]], limit: int) -> list[tuple[str, float]]:
    """The known words, by their length, that are so many slips away at most."""
    sizes = range(len(word) - limit, len(word) + limit + 1)
    choices = [one for size in sizes for one in known.get(size, ())]
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=limit, limit=_CANDIDATES)
    return [(other, slips) for other, slips, _ in found]


def _split(snapshot: Snapshot, word: str) -> Iterator[tuple[str, str]]:
    """Two words written as one."""
    if len(word) >= _SPLIT_FROM:
        for at in range(3, len(word) - 2):
            one, other = word[:at], word[at:]
            if snapshot.count(one) and snapshot.count(other):
                yield one, other
