"""What a document is made of. What a screen reader could not follow is refused before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


class DocumentError(ValueError):
    """A document that cannot be written for everybody: says what, where, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. `link` is an address (https, http or mailto)."""

    text: str
    bold: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        """Raise DocumentError for a link that a reader should not follow."""
        if self.link and not self.link.startswith(("https://", "http://", "mailto:")):
            raise DocumentError(f"The link {self.link!r} is no web or mail address: write it in full.")


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. One that is `numbered` (level 1) gets "1." and numbers what follows it."""

    text: str
    level: int = 1
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one that is `numbered` gets "1.1" under the first numbered heading, and so on.

    A line feed in the text starts a new line.
    """

    text: Text
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or (`ordered`) with numbers from 1."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The rows of `head` are repeated on each page.

    `widths` are shares of the page's width, one for each column; `figures` the columns set to the right;
    `totals` the rows set bold.
    """

    caption: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    figures: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing. `alt` says in words what it shows, for those who do not see it."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Table | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language. `above` stands over the title (a council's or a committee's name).

    `on` is the document's own date: it is written into the file, so that nothing depends on the clock.
    Raises DocumentError for what could not be read by everybody.
    """

    title: str
    blocks: Sequence[Block]
    on: date
    author: str = ""
    subject: str = ""
    above: tuple[str, ...] = ()
    footer: str = ""
    language: str = "en-GB"

    def __post_init__(self) -> None:
        """Check the title and each block."""
        if not self.title.strip():
            raise DocumentError("A document needs a title: it is what a screen reader says first.")
        level = 0
        for at, block in enumerate(self.blocks, start=1):
            if isinstance(block, Heading):
                _check_heading(block, level)
                level = block.level
            _check_words(block, at)


def _check_heading(heading: Heading, before: int) -> None:
    if not 1 <= heading.level <= 4:
        raise DocumentError(f"The heading {heading.text!r} has level {heading.level}: use 1 to 4.")
    if heading.level > before + 1:
        raise DocumentError(
            f"The heading {heading.text!r} of level {heading.level} follows one of level {before}: "
            f"make it level {before + 1}, so that no level is left out."
        )
    if heading.numbered and heading.level != 1:
        raise DocumentError(f"The heading {heading.text!r} is numbered: only those of level 1 can be.")


def _check_words(block: Block, at: int) -> None:
    where = f"Block {at}, a {type(block).__name__.lower()},"
    if isinstance(block, Heading) and not block.text.strip():
        raise DocumentError(f"{where} has no text.")
    if isinstance(block, Items) and not block.items:
        raise DocumentError(f"{where} has no items: leave the list out.")
    if isinstance(block, Table):
        _check_table(block)
    if isinstance(block, Picture) and not (block.alt.strip() and block.caption.strip()):
        raise DocumentError(f"{where} needs a caption and `alt`: words for those who do not see it.")


def _check_table(table: Table) -> None:
    name = table.caption
    if not name.strip():
        raise DocumentError("A table needs a caption.")
    if not table.head:
        raise DocumentError(f"The table {name!r} needs a header row.")
    wide = len(table.head[-1])
    for at, row in enumerate((*table.head, *table.rows), start=1):
        if len(row) != wide:
            raise DocumentError(f"Row {at} of the table {name!r} has {len(row)} cells, not {wide}.")
    if table.widths and len(table.widths) != wide:
        raise DocumentError(f"The table {name!r} has {wide} columns and {len(table.widths)} widths.")


def runs(text: Text) -> tuple[Run, ...]:
    """Any text as runs."""
    return (Run(text),) if isinstance(text, str) else text


def labels(blocks: Sequence[Block]) -> list[str]:
    """The number that each block bears: "1.", "1.1", "Table 1", "Figure 1", or nothing."""
    section = paragraph = 0
    counts = {Table: 0, Picture: 0}
    found = []
    for block in blocks:
        label = ""
        if isinstance(block, Heading) and block.numbered:
            section, paragraph = section + 1, 0
            label = f"{section}."
        elif isinstance(block, Paragraph) and block.numbered:
            paragraph += 1
            label = f"{section}.{paragraph}"
        elif isinstance(block, Table | Picture):
            counts[type(block)] += 1
            label = f"{'Table' if isinstance(block, Table) else 'Figure'} {counts[type(block)]}"
        found.append(label)
    return found
