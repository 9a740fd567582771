"""Names folded for sorting and matching, and how far apart two spellings are.

Pure functions: the same text gives the same answer on every machine and database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_WORD = 80
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
# Marks that stand inside a word: O'Brien is one word, Smith-Jones two.
_INSIDE = re.compile(r"['’‘ʼ`´.]")
_JOIN = re.compile(r"['’‘ʼ`´.\-‐‑‒–—_/\s]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The name in small plain letters: no accents, no apostrophes, single spaces between words.

    `Siân O’Brien-Łoś` becomes `sian obrien los`. Letters of other scripts stay. Cut at 80 characters.
    """
    return " ".join(_words(_INSIDE.sub("", text)))[:MAX_WORD].strip()


def _words(text: str) -> list[str]:
    # Taken apart before and after: some signs come apart into capitals, some small letters come apart.
    small = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", small)
    bare = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M").translate(_PLAIN)
    return "".join(char if char.isalnum() else " " for char in bare).split()


@lru_cache(maxsize=65_536)
def words_of(name: str) -> frozenset[str]:
    """The words that one name may be looked for by: its parts, and the parts written together.

    `Smith-Jones` gives smith, jones and smithjones; `O'Brien` gives o, brien and obrien.
    """
    folded = _words(_INSIDE.sub("", name))
    found = {*folded, *_words(_JOIN.sub(" ", name)), "".join(folded)}
    return frozenset(word[:MAX_WORD] for word in found if word)


def all_words(names: Iterable[str]) -> frozenset[str]:
    """The words of several names together."""
    return frozenset().union(*(words_of(name) for name in names))


def variants(word: str) -> set[str]:
    """The word itself and the word with any one letter left out.

    Two words that are one slip apart (a letter missing, added, wrong, or two changed round) share one.
    """
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) > 1}


def distance(one: str, other: str, limit: int = 2) -> int:
    """How many slips lie between two words: Damerau-Levenshtein with neighbours changed round as one.

    Counts no further than `limit + 1`.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        line = [row]
        for col, right in enumerate(other, start=1):
            best = min(last[col] + 1, line[col - 1] + 1, last[col - 1] + (left != right))
            if row > 1 and col > 1 and left == other[col - 2] and one[row - 2] == right:
                best = min(best, before[col - 2] + 1)
            line.append(best)
        if min(line) > limit and min(last) > limit:
            return limit + 1
        before, last = last, line
    return min(last[-1], limit + 1)


def one_slip(one: str, other: str) -> bool:
    """Whether two words are the same or one slip apart."""
    return one == other or distance(one, other, limit=1) <= 1
