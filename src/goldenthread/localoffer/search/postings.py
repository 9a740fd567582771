"""Which services have which word: three arrays, searched without a database. Pure.

`docs[start[w]:start[w + 1]]` are the numbers of the services with word `w`, `codes` where it stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from goldenthread.localoffer.search.packing import MOST_WORDS, unpack_words

Numbers = npt.NDArray[np.uint32]
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Postings:
    """The arrays; never changed once made."""

    start: npt.NDArray[np.int64]
    docs: Numbers
    codes: Codes

    @classmethod
    def empty(cls) -> Postings:
        """No services."""
        return cls(np.zeros(1, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8))

    def of(self, word: int) -> tuple[Numbers, Codes]:
        """The services with this word, and where it stands in each."""
        if word + 1 >= len(self.start):
            return self.docs[:0], self.codes[:0]
        part = slice(self.start[word], self.start[word + 1])
        return self.docs[part], self.codes[part]

    def counts(self) -> npt.NDArray[np.int64]:
        """How many services have each word."""
        return np.diff(self.start)

    def changed(
        self, gone: npt.NDArray[np.bool_], numbers: Sequence[int], blobs: Sequence[bytes]
    ) -> Postings:
        """These without what the services in `gone` had, and with the words of `numbers`."""
        words, docs, codes = _flat(numbers, blobs)
        size = max(len(self.start), int(words[-1]) + 2 if len(words) else 0)
        if len(self.docs) == 0:
            return Postings(_starts(words, size), docs, codes)
        keep = ~gone[self.docs]
        kept = np.concatenate(([0], np.cumsum(keep)))[self.start]
        kept = np.concatenate((kept, np.full(size - len(kept), kept[-1])))
        at = kept[words + 1] if len(words) else words
        return Postings(
            kept + _starts(words, size),
            np.insert(self.docs[keep], at, docs),
            np.insert(self.codes[keep], at, codes),
        )


def _flat(numbers: Sequence[int], blobs: Sequence[bytes]) -> tuple[npt.NDArray[np.int64], Numbers, Codes]:
    """Every word of every entry: word, number and code, in the order of the words."""
    packed = unpack_words(blobs)
    docs = np.repeat(np.array(numbers, np.uint32), [len(blob) // 4 for blob in blobs])
    order = np.argsort(packed >> 8, kind="stable")
    packed = packed[order]
    return (packed >> 8).astype(np.int64), docs[order], (packed & 255).astype(np.uint8)


def _starts(words: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    """Where each word begins in an ordered list; `size` is one more than the greatest word that may come."""
    assert size <= MOST_WORDS + 1
    counts = np.bincount(words, minlength=max(size - 1, 0)) if len(words) else np.zeros(max(size - 1, 0), int)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
