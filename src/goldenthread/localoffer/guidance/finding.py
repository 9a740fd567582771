"""Pages of guidance that answer a search: beside the services that are there, what to know of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz import fuzz, process

from goldenthread.localoffer.guidance.queries import PageLink, live_pages
from goldenthread.localoffer.search.synonyms import marks_in, meanings, vocabulary
from goldenthread.localoffer.search.words import STOP, stem, tokens

IN_TITLE: Final = 3.0
# Of what is asked, weighed by how rare it is, a page must have so much.
LEAST: Final = 0.6
ALIKE: Final = 80  # per cent of letters that a mistyped word shares with the one that is meant
Row = tuple[str, str, str, str, str]
_ROW: Final = ("slug", "title", "summary", "kind", "audience")


@dataclass(frozen=True, slots=True)
class _Page:
    link: PageLink
    title: frozenset[str]
    all: frozenset[str]


def pages_about(text: str, most: int = 3) -> list[PageLink]:
    """The live pages that answer the words best, at most so many. One query at most."""
    if not _asked(text):
        return []
    return best(text, tuple(live_pages().order_by("order", "slug").values_list(*_ROW)), most)


def best(text: str, rows: tuple[Row, ...], most: int) -> list[PageLink]:
    """Of pages given as the fields of PageLink, those whose titles and summaries answer the words best.

    Mistyped words are taken for the nearest that the pages have, and synonyms count as the word itself.
    """
    pages = _read(rows)
    wanted = _wanted(_corrected(_asked(text), pages), pages)
    least = LEAST * sum(wanted.values())
    found = [(_score(page, wanted), -at) for at, page in enumerate(pages) if _share(page, wanted) >= least]
    return [pages[-at].link for score, at in sorted(found, reverse=True)[:most] if score > 0]


def _asked(text: str) -> list[str]:
    return [stem(word) for word in tokens(text) if word not in STOP]


@lru_cache(maxsize=4)
def _read(rows: tuple[Row, ...]) -> tuple[_Page, ...]:
    found = []
    for row in rows:
        title, summary = _meant(row[1]), _meant(row[2])
        found.append(_Page(PageLink(*row), title, title | summary))
    return tuple(found)


def _meant(text: str) -> frozenset[str]:
    """The stems of a text, and the marks of what they mean."""
    stems = [stem(word) for word in tokens(text)]
    return frozenset([*stems, *marks_in(stems)])


def _corrected(words: Sequence[str], pages: tuple[_Page, ...]) -> list[str]:
    known = _words(pages)
    right = known | set(map(stem, vocabulary()))
    return [word if word in right else _nearest(word, known) for word in words]


@lru_cache(maxsize=4)
def _words(pages: tuple[_Page, ...]) -> frozenset[str]:
    return frozenset(word for page in pages for word in page.all if not word.startswith("~"))


def _nearest(word: str, known: Collection[str]) -> str:
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE) if len(word) > 3 else None
    return str(found[0]) if found else word


def _wanted(words: Sequence[str], pages: Sequence[_Page]) -> dict[str, float]:
    """What is asked, each with its weight: a mark for a phrase that has synonyms, else the word."""
    said, rest = meanings(words), list(words)
    for one in said:
        rest[one.start : one.end] = [""] * (one.end - one.start)
    asked = [mark for one in said for mark in one.marks[:1]] + [word for word in rest if word]
    having = {one: sum(one in page.all for page in pages) for one in asked}
    return {one: log(1 + len(pages) / max(1, many)) for one, many in having.items()}


def _share(page: _Page, wanted: dict[str, float]) -> float:
    return sum(weight for one, weight in wanted.items() if one in page.all)


def _score(page: _Page, wanted: dict[str, float]) -> float:
    return sum(
        weight * (IN_TITLE if one in page.title else 1.0) for one, weight in wanted.items() if one in page.all
    )
