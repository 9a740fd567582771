"""How hard a text is to read: Flesch and Kincaid's grade, as an age. Pure functions.

Kincaid and others (1975): grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59; a pupil of
grade 4 is about 9, so the age is the grade and five years. Syllables are counted by spelling, which is right
for about nine words in ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# The age that the Local Offer aims at (the usual advice for public pages), and what is too long a sentence.
TARGET_AGE: Final = 11
LONG_SENTENCE: Final = 25

_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9{])")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,.]*")
_GROUPS: Final = re.compile(r"[aeiouy]+")
_SPLIT_VOWELS: Final = re.compile(r"[^aeiouy](?:ia(?!l\b|n\b)|io(?!us|n)|eo(?!p)|ua|uo)|[aeiou]ing")
# An e that is written and not said: made, walked, makes. In table and tables it is said.
_SILENT: Final = (re.compile(r"[^aeiouy]e$"), re.compile(r"[^aeiouytd]ed$"), re.compile(r"[^aeiouyszxcg]es$"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it stands, and how hard it is by itself."""

    text: str
    line: int
    words: int
    age: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is. `age` is in years, and None for a text without words."""

    age: float | None
    words: int
    sentences: int
    hardest: tuple[Sentence, ...]

    @property
    def is_hard(self) -> bool:
        """Whether it asks for more than the age aimed at."""
        return self.age is not None and self.age > TARGET_AGE + 0.5


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; one that ends with its block needs no full stop."""
    return [one for one in (part.strip() for part in _SENTENCE_END.split(text)) if _WORD.search(one)]


def words_of(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables, by spelling. A number counts as one, an acronym as one a letter."""
    if word[0].isdigit():
        return 1
    if word.isupper() and 1 < len(word) <= 5 and not re.search(r"[AEIOU].*[AEIOU]", word):
        return len(word)
    plain = re.sub(r"[^a-z]", "", word.lower())
    found = len(_GROUPS.findall(plain)) + len(_SPLIT_VOWELS.findall(plain))
    if any(ending.search(plain) for ending in _SILENT) and not re.search(r"[^aeiouy]les?$", plain):
        found -= 1
    return max(1, found)


def grade_of(words: int, sentences: int, syllables_: int) -> float:
    """Flesch and Kincaid's grade. Raises ZeroDivisionError for no words or no sentences."""
    return 0.39 * words / sentences + 11.8 * syllables_ / words - 15.59


def age_of(words: int, sentences: int, syllables_: int) -> float:
    """The reading age in years, never under 5."""
    return max(5.0, round(grade_of(words, sentences, syllables_) + 5, 1))


def read(blocks: Sequence[tuple[int, str]], hardest: int = 5) -> Reading:
    """How hard a page is, given its paragraphs and items with their lines, and its hardest sentences.

    Sentences of under eight words are not named as hard: they are short already.
    """
    total_words = total_syllables = 0
    found: list[Sentence] = []
    for line, text in blocks:
        for sentence in sentences_of(text):
            words = words_of(sentence)
            count = sum(syllables(word) for word in words)
            total_words, total_syllables = total_words + len(words), total_syllables + count
            found.append(Sentence(sentence, line, len(words), age_of(len(words), 1, count)))
    if not found:
        return Reading(None, 0, 0, ())
    hard = [one for one in found if one.words >= 8 and one.age > TARGET_AGE]
    hard.sort(key=lambda one: (-one.age, one.line))
    age = age_of(total_words, len(found), total_syllables)
    return Reading(age, total_words, len(found), tuple(hard[:hardest]))
