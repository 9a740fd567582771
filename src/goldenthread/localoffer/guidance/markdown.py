"""The small Markdown of guidance pages: headings, paragraphs, lists, bold and links, and nothing else.

`parse` makes a tree and never fails; `problems` says by line what an editor should mend. Whatever is not in
the subset stays text, so that no page can carry markup of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

# No pattern can be made slow by what it reads: none looks past the sign that would end it.
_SPAN: Final = re.compile(r"\*\*([^*\n]+)\*\*|\[([^\[\]\n]+)\]\(([^()\n]*)\)")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.+)")
_BULLET: Final = re.compile(r"[-*][ \t]+(.+)")
_NUMBER: Final = re.compile(r"\d{1,3}[.)][ \t]+(.+)")
PLACES: Final = ("council", "contact_email", "contact_phone")
_PLACE: Final = re.compile(r"\{(\w+)\}")
LONGEST: Final = 60_000


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    parts: tuple[Words | Link, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, and its target as the editor wrote it."""

    text: str
    target: str


Inline: TypeAlias = Words | Bold | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3."""

    level: int
    parts: tuple[Inline, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    parts: tuple[Inline, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered or not; `lines` are those of the items."""

    numbered: bool
    items: tuple[tuple[Inline, ...], ...]
    lines: tuple[int, ...]


Block: TypeAlias = Heading | Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Problem:
    """What an editor should mend, and in which line."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


def parse(body: str) -> tuple[Block, ...]:
    """The blocks of a page. Any text has some: what is no part of the subset is read as words."""
    found: list[Block] = []
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block, at = _block(lines, at)
        found.append(block)
    return tuple(found)


def _block(lines: list[str], at: int) -> tuple[Block, int]:
    text = lines[at].strip()
    if heading := _HEADING.fullmatch(text):
        level = 2 if len(heading[1]) <= 2 else 3
        return Heading(level, inlines(heading[2]), at + 1), at + 1
    for numbered, mark in ((False, _BULLET), (True, _NUMBER)):
        if mark.fullmatch(text):
            return _listing(lines, at, numbered, mark)
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins_block(lines[end].strip()):
        end += 1
    return Paragraph(inlines(" ".join(line.strip() for line in lines[at:end])), at + 1), end


def _begins_block(text: str) -> bool:
    return any(mark.fullmatch(text) for mark in (_HEADING, _BULLET, _NUMBER))


def _listing(lines: list[str], at: int, numbered: bool, mark: re.Pattern[str]) -> tuple[Listing, int]:
    """Items follow each other; a line that begins nothing goes on with the item before it."""
    items: list[str] = []
    numbers: list[int] = []
    while at < len(lines) and (text := lines[at].strip()):
        found = mark.fullmatch(text)
        if found:
            items.append(found[1])
            numbers.append(at + 1)
        elif _begins_block(text):
            break
        else:
            items[-1] += f" {text}"
        at += 1
    return Listing(numbered, tuple(inlines(item) for item in items), tuple(numbers)), at


def inlines(text: str) -> tuple[Inline, ...]:
    """The words, bold words and links of one line."""
    found: list[Inline] = []
    end = 0
    for span in _SPAN.finditer(text):
        if span.start() > end:
            found.append(Words(text[end : span.start()]))
        if span[1] is not None:
            found.append(Bold(_within_bold(span[1])))
        else:
            found.append(Link(span[2], span[3].strip()))
        end = span.end()
    if end < len(text):
        found.append(Words(text[end:]))
    return tuple(found)


def _within_bold(text: str) -> tuple[Words | Link, ...]:
    return tuple(one for one in inlines(text) if not isinstance(one, Bold))


def plain(parts: tuple[Inline, ...]) -> str:
    """The words of a line without its signs."""
    return "".join(_plain(one) for one in parts)


def _plain(one: Inline) -> str:
    return plain(one.parts) if isinstance(one, Bold) else one.text


def texts(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """Each heading, paragraph and item as plain words, with its line."""
    for line, parts in _rows(blocks):
        yield line, plain(parts)


def links(blocks: tuple[Block, ...]) -> Iterator[tuple[int, Link]]:
    """Every link with its line (for a paragraph: where it begins)."""
    for line, parts in _rows(blocks):
        for one in parts:
            inner = one.parts if isinstance(one, Bold) else (one,)
            yield from ((line, part) for part in inner if isinstance(part, Link))


def _rows(blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[Inline, ...]]]:
    for block in blocks:
        if isinstance(block, Listing):
            yield from zip(block.lines, block.items, strict=True)
        else:
            yield block.line, block.parts


def problems(body: str) -> Iterator[Problem]:
    """What is not as the subset has it: odd heading levels, half-written links, unknown {places}."""
    if len(body) > LONGEST:
        yield Problem(1, f"The page is longer than {LONGEST:,} letters: make two pages of it.")
        return
    for number, raw in enumerate(body.replace("\r\n", "\n").split("\n"), start=1):
        text = raw.strip()
        heading = _HEADING.fullmatch(text)
        if heading and len(heading[1]) not in {2, 3}:
            yield Problem(
                number, "Begin a heading with ## or ###: the page's title is its only heading above."
            )
        if text.startswith("#") and not heading:
            yield Problem(number, "Put a space and some words after the # of a heading.")
        for name in _PLACE.findall(text):
            if name not in PLACES:
                yield Problem(number, f"{{{name}}} stands for nothing. Use {{{'}, {'.join(PLACES)}}}.")
    for line, rest in texts(parse(body)):
        if "](" in rest:
            yield Problem(line, "A link is not complete: write [words](target), both on one line.")
        if rest.count("**"):
            yield Problem(line, "Two stars ** have no end: write **words** on one line.")


def filled(text: str, places: dict[str, str]) -> str:
    """The words with the places filled in, such as {council}; unknown ones stay as they are."""
    return _PLACE.sub(lambda found: places.get(found[1], found[0]), text)
