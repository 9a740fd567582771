"""How well services answer words: by where each word stands and how rare it is. A typed word counts above
a synonym of it, a name above a term, a term above the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.localoffer.search.packing import NAME, impacts
from goldenthread.localoffer.search.snapshot import Mask, Snapshot
from goldenthread.localoffer.search.synonyms import meanings
from goldenthread.localoffer.search.words import STOP, stem

Scores = npt.NDArray[Any]
_IMPACTS: Final = impacts()
_OTHER_FORM: Final = 0.9
_SYNONYM: Final = 0.75


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is asked for: words as typed, all of them, or anything that means the same (`marks`)."""

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Which services answer the words, how well, and whether they have all of them."""

    mask: Mask
    scores: Scores
    has_all: bool


def concepts_of(words: Sequence[str]) -> list[Concept]:
    """What the words ask for: phrases that have synonyms, and single words; common words only if alone."""
    found, at = [], 0
    for meaning in [*meanings([stem(word) for word in words]), None]:
        end = meaning.start if meaning else len(words)
        found += [Concept((word,)) for word in words[at:end] if word not in STOP]
        if meaning:
            said = tuple(word for word in words[meaning.start : meaning.end] if word not in STOP)
            found.append(Concept(said, meaning.marks))
            at = meaning.end
    return found or [Concept((word,)) for word in words]


def match(snapshot: Snapshot, concepts: Sequence[Concept]) -> Matched:
    """The services with all concepts; where none has, those with at least half of them."""
    alive = snapshot.sorts.alive
    total, met = np.zeros(snapshot.size, np.float32), np.zeros(snapshot.size, np.uint8)
    named, words = np.ones(snapshot.size, bool), 0
    for concept in concepts:
        scores, in_name = scores_of(snapshot, concept)
        answering = (scores > 0) & alive
        rarity = float(np.log1p(len(alive) / max(1, int(np.count_nonzero(answering)))))
        total += scores * np.float32(rarity)
        met += answering
        named &= in_name
        words += len(concept.words)
    most = len(concepts)
    has_all = bool((met == most).any())
    mask = (met == most) if has_all else (met >= max(1, most // 2)) & (met > 0)
    total[named] *= 1 + np.minimum(1, words / np.maximum(1, snapshot.sorts.name_words[named]))
    return Matched(mask, total if has_all else (total * (met / most)).astype(np.float32), has_all)


def scores_of(snapshot: Snapshot, concept: Concept) -> tuple[Scores, Mask]:
    """What each service scores for a concept, and whose name has it."""
    scores, named = _word(snapshot, concept.words[0]) if concept.words else _nothing(snapshot)
    for word in concept.words[1:]:
        more, also = _word(snapshot, word)
        scores, named = np.where((scores > 0) & (more > 0), (scores + more) / 2, 0), named & also
    for mark in concept.marks:
        for key in _keys(snapshot, mark):
            _raise(snapshot, key, _SYNONYM, scores, named)
    return scores, named


def _word(snapshot: Snapshot, word: str) -> tuple[Scores, Mask]:
    scores, named = _nothing(snapshot)
    exact = snapshot.words.get(word)
    for key in _keys(snapshot, stem(word)):
        _raise(snapshot, key, 1.0 if key == exact else _OTHER_FORM, scores, named)
    return scores, named


def _nothing(snapshot: Snapshot) -> tuple[Scores, Mask]:
    return np.zeros(snapshot.size, np.float32), np.zeros(snapshot.size, bool)


def _keys(snapshot: Snapshot, root: str) -> list[int]:
    return snapshot.stems.get(root, [])


def _raise(snapshot: Snapshot, key: int, factor: float, scores: Scores, named: Mask) -> None:
    """Have each service with this word score at least what it is worth there."""
    docs, codes = snapshot.postings.of(key)
    scores[docs] = np.maximum(scores[docs], _IMPACTS[codes] * np.float32(factor))
    named[docs[(codes & NAME) > 0]] = True
