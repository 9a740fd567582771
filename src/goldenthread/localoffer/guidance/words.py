"""The glossary: which words need explaining, and where a text uses one for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True, slots=True)
class Word:
    """A word or an acronym, its other spellings, and what it means in plain words."""

    term: str
    also: tuple[str, ...]
    meaning: str

    @property
    def key(self) -> str:
        """Its key on a page and in addresses."""
        return slugify(self.term) or "word"

    @property
    def names(self) -> tuple[str, ...]:
        """All its spellings."""
        return (self.term, *self.also)


class Glossary:
    """Finds the words of the glossary in a text: acronyms in capitals, other words in any letters."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self._by_name = {name.casefold(): word for word in words for name in word.names}
        names = sorted((name for word in words for name in word.names), key=len, reverse=True)
        found = "|".join(_pattern(name) for name in names)
        self._pattern = re.compile(rf"(?<![\w-])(?:{found})s?(?![\w-])") if names else None

    def uses(self, text: str) -> Iterator[tuple[int, int, Word]]:
        """Each use in the text: where it begins, where it ends, and the word."""
        if self._pattern is None:
            return
        for found in self._pattern.finditer(text):
            name = " ".join(found[0].casefold().split())
            word = self._by_name.get(name) or self._by_name.get(name.removesuffix("s"))
            if word is not None:
                yield found.start(), found.end(), word

    def knows(self, name: str) -> bool:
        """Whether the glossary explains this word."""
        folded = name.casefold()
        return folded in self._by_name or folded.removesuffix("s") in self._by_name


def _pattern(name: str) -> str:
    """As written for what has two capitals, so that SEND is not send; else in any letters."""
    words = r"\s+".join(re.escape(part) for part in name.split())
    return words if sum(letter.isupper() for letter in name) > 1 else f"(?i:{words})"
