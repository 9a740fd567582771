"""The index as one process holds it: whom each word leads to, values of filters as bits, the vocabulary.

Never changed once made, so that many threads may search it. What is only sometimes needed is made when it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID

import numpy as np
import numpy.typing as npt

from goldenthread.localoffer.search.packing import Points
from goldenthread.localoffer.search.postings import Postings
from goldenthread.localoffer.search.synonyms import vocabulary
from goldenthread.localoffer.search.words import STOP, stem

# Shorter common words are too near to everything: `from` to farm and form.
_LONG: Final = 5
Bits = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sorts:
    """What services are sorted and filtered by, by their number: ages, the day checked, places."""

    alive: Mask
    youngest: npt.NDArray[np.float32]
    oldest: npt.NDArray[np.float32]
    checked: npt.NDArray[np.int32]
    name_words: npt.NDArray[np.float32]
    points: Points
    place_of: npt.NDArray[np.int64]

    @classmethod
    def empty(cls) -> Sorts:
        """No services."""
        none = np.zeros(0, np.float32)
        days, at = np.zeros(0, np.int32), np.zeros(0, np.int64)
        return cls(np.zeros(0, bool), none, none, days, none, np.zeros((0, 2), np.int32), at)

    def changed(
        self,
        gone: Mask,
        numbers: Sequence[int],
        heads: Sequence[tuple[float, float, int, int]],
        points: Sequence[Points],
    ) -> Sorts:
        """These, with the services in `gone` replaced by those of `numbers`, or by nothing."""
        size = len(gone)
        table = np.array(heads, np.float64).reshape(-1, 4)
        columns: list[Any] = [
            _grown(one, size) for one in (self.youngest, self.oldest, self.checked, self.name_words)
        ]
        for number, column in enumerate(columns):
            column[numbers] = table[:, number]
        alive = _grown(self.alive, size) & ~gone
        alive[numbers] = True
        stay = ~gone[self.place_of]
        new = [np.zeros((0, 2), np.int32), *points]
        places = np.concatenate((self.points[stay], *new))
        of = np.concatenate((self.place_of[stay], np.repeat(numbers, [len(one) for one in points])))
        order = np.argsort(of, kind="stable")
        youngest, oldest, checked, name_words = columns
        places, of = places[order], of[order].astype(np.int64)
        return Sorts(alive, youngest, oldest, checked, name_words, places, of)

    def distances(self, point: tuple[int, int]) -> Floats:
        """Metres from the point to the nearest place of each service; infinite without a place."""
        found = np.full(len(self.alive), np.inf)
        if len(self.place_of):
            away = self.points.astype(np.float64) - point
            first = np.flatnonzero(np.diff(self.place_of, prepend=-1))
            nearest = np.minimum.reduceat(np.hypot(away[:, 0], away[:, 1]), first)
            found[self.place_of[first]] = nearest
        return found


def _grown(column: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    found = np.zeros(size, column.dtype)
    found[: len(column)] = column
    return found


@dataclass(frozen=True)
class Snapshot:
    """The index at one change. `ids` and `names` stand at the number of each service."""

    number: int
    stamp: str
    words: dict[str, int]
    postings: Postings
    sorts: Sorts
    ids: list[UUID | None]
    names: list[str]

    @property
    def size(self) -> int:
        """One more than the greatest number of a service."""
        return len(self.ids)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many services have each word, by its key."""
        return self.postings.counts()

    @cached_property
    def stems(self) -> dict[str, list[int]]:
        """The words that entries have, by their stem."""
        found: dict[str, list[int]] = defaultdict(list)
        for word, key in self.words.items():
            if "=" not in word and self.count(word):
                found[word if word[0] == "~" else stem(word)].append(key)
        return dict(found)

    @cached_property
    def spellings(self) -> dict[int, list[str]]:
        """The words that a slip may be corrected to, by their length: those of entries and of synonyms."""
        had = {word for word in self.words if self.count(word)} | vocabulary()
        known = (had - STOP) | {word for word in STOP if len(word) >= _LONG}
        return _by_length(word for word in known if word.isalpha() and len(word) > 2)

    @cached_property
    def roots(self) -> dict[int, list[str]]:
        """Stems that no entry has as a word, by their length: `trampolin`, if only trampolining is there."""
        roots = (root for root in self.stems if root.isalpha() and len(root) > 3)
        return _by_length(root for root in roots if not self.count(root) and root not in vocabulary())

    def common_form(self, root: str) -> str:
        """The word with this stem that most services have."""
        key = max(self.stems[root], key=lambda key: int(self.counts[key]))
        return self.spelled[key]

    @cached_property
    def spelled(self) -> dict[int, str]:
        """Every word by its key."""
        return {key: word for word, key in self.words.items()}

    @cached_property
    def marks(self) -> dict[str, Bits]:
        """The services that have each value of a filter, as bits."""
        found = {}
        for word, key in self.words.items():
            if "=" in word:
                mask = np.zeros(self.size, bool)
                mask[self.postings.of(key)[0]] = True
                found[word] = packed(mask)
        return found

    @cached_property
    def nobody(self) -> Bits:
        """The bits of a value that no service has."""
        return packed(np.zeros(self.size, bool))

    @cached_property
    def by_id(self) -> npt.NDArray[np.int64]:
        """The place of each service in the order of their keys."""
        return self._ranks([(str(key or ""), at) for at, key in enumerate(self.ids)])

    @cached_property
    def by_name(self) -> npt.NDArray[np.int64]:
        """The place of each service in the order of names, then of keys."""
        by_id = self.by_id
        return self._ranks([(name, int(by_id[at]), at) for at, name in enumerate(self.names)])

    def _ranks(self, rows: Sequence[tuple[Any, ...]]) -> npt.NDArray[np.int64]:
        found = np.zeros(self.size, np.int64)
        found[[row[-1] for row in sorted(rows)]] = np.arange(self.size)
        return found

    def count(self, word: str) -> int:
        """How many services have this word."""
        key = self.words.get(word)
        return int(self.counts[key]) if key is not None and key < len(self.counts) else 0

    def knows(self, word: str) -> bool:
        """Whether the word, or another form of it, is in the vocabulary: such a word is never corrected."""
        if word in STOP or word in vocabulary() or stem(word) in self.stems:
            return True
        return len(word) <= 2 or not word.isalpha()


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[len(word)].append(word)
    return dict(found)


def packed(mask: Mask) -> Bits:
    """A mask as bits, eight bytes a number."""
    found = np.packbits(mask)
    return np.pad(found, (0, -len(found) % 8)).view(np.uint64)


def unpacked(bits: Bits, size: int) -> Mask:
    """Bits as a mask of so many services."""
    return np.unpackbits(bits.view(np.uint8), count=size).astype(bool)
