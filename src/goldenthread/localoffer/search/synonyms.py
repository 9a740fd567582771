"""Words that mean the same (`data/synonyms.toml`): what an entry says of them, what a question means. Pure.

An entry that has any phrase of a group gets the group's own mark, so asking by any other finds it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from goldenthread.localoffer.search.words import stem, tokens

FILE: Final = Path(__file__).parents[1] / "data" / "synonyms.toml"
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One meaning and the ways to write it."""

    key: str
    phrases: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The word by which the index knows it: no text has it."""
        return f"~{self.key}"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase found in words: where it stands and the groups it belongs to."""

    start: int
    end: int
    marks: tuple[str, ...]


@cache
def groups() -> tuple[Group, ...]:
    """All groups. Raises ValueError, naming it, for one that is wrong."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["group"]
    found = tuple(Group(row["key"], tuple(row["phrases"])) for row in rows)
    keys = [one.key for one in found]
    for one in found:
        read = [tuple(map(stem, tokens(phrase))) for phrase in one.phrases]
        if keys.count(one.key) > 1 or len(set(read)) < 2 or not all(read):
            raise ValueError(f"{FILE.name}: {one.key} stands twice, or has fewer than two different phrases")
    return found


@cache
def _phrases() -> dict[str, tuple[tuple[Phrase, tuple[str, ...]], ...]]:
    """By their first stem, the longest first: phrases as stems, with the marks of their groups."""
    marks: dict[Phrase, list[str]] = {}
    for group in groups():
        for written in group.phrases:
            key = tuple(map(stem, tokens(written)))
            if group.mark not in marks.setdefault(key, []):
                marks[key].append(group.mark)
    first: dict[str, list[tuple[Phrase, tuple[str, ...]]]] = {}
    for phrase, of in marks.items():
        first.setdefault(phrase[0], []).append((phrase, tuple(of)))
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in first.items()}


@cache
def vocabulary() -> frozenset[str]:
    """Every word of every phrase."""
    return frozenset(word for group in groups() for phrase in group.phrases for word in tokens(phrase))


def marks_in(stems: Sequence[str]) -> Iterator[str]:
    """The marks of every phrase that stands in these words, overlapping ones too; again for each time."""
    known = _phrases()
    for at, first in enumerate(stems):
        for phrase, marks in known.get(first, ()):
            if len(phrase) == 1 or tuple(stems[at : at + len(phrase)]) == phrase:
                yield from marks


def meanings(stems: Sequence[str]) -> list[Meaning]:
    """The phrases in a question, from the left, the longest that fits at each place, none overlapping."""
    known, found, at = _phrases(), [], 0
    while at < len(stems):
        fits = (row for row in known.get(stems[at], ()) if tuple(stems[at : at + len(row[0])]) == row[0])
        row = next(fits, None)
        if row is None:
            at += 1
            continue
        found.append(Meaning(at, at + len(row[0]), row[1]))
        at += len(row[0])
    return found
