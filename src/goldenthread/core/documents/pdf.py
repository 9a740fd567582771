"""A document as accessible PDF: tagged, PDF/UA-1, set by typst in letters from a package.

The page layout is `document.typ`, a file that never changes. What a document holds is handed to it as data,
so text cannot become markup.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from goldenthread.core.documents.model import (
    Block,
    Document,
    DocumentError,
    Heading,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Table,
    Text,
    labels,
    runs,
)
from goldenthread.core.documents.text import breakable, clean

_LAYOUT = Path(__file__).with_name("document.typ")
_NO_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')


@cache
def fonts(*, of_machine: bool = False) -> typst.Fonts:
    """The letters of the font package, and those of the machine where asked."""
    return typst.Fonts(
        font_paths=[font_source_sans_pro.font_directory],
        include_system_fonts=of_machine,
    )


def to_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. The same document gives the same bytes.

    Letters that the package lacks (of Punjabi, say) are taken from the machine's fonts. Raises DocumentError,
    naming them, if those lack them too: such a document can be written as Word.
    """
    try:
        return _compile(document, fonts())
    except typst.TypstError as error:
        if not _NO_LETTER.search(str(error)):
            raise
    try:
        return _compile(document, fonts(of_machine=True))
    except typst.TypstError as error:
        missing = _NO_LETTER.findall(str(error))
        if not missing:
            raise
        raise DocumentError(
            f"No font of this machine has the letters {' '.join(missing)}, so they cannot be written as PDF. "
            "Take the Word file, or install a font that has them."
        ) from error


def _compile(document: Document, letters: typst.Fonts) -> bytes:
    made: bytes = typst.compile(
        _LAYOUT.read_bytes(),
        font_paths=letters,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=midday(document.on),
        sys_inputs={"document": json.dumps(_data(document))},
    )
    return made


def midday(day: date) -> datetime:
    """The moment written into files as the one they were made at."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _data(document: Document) -> dict[str, Any]:
    language, _, region = document.language.partition("-")
    return {
        "title": clean(document.title),
        "author": clean(document.author),
        "subject": clean(document.subject),
        "above": [clean(line) for line in document.above],
        "footer": clean(document.footer),
        "language": language,
        "region": region or None,
        "year": document.on.year, "month": document.on.month, "day": document.on.day,
        "blocks": [_block(block, label) for block, label in
                   zip(document.blocks, labels(document.blocks), strict=True)],
    }  # fmt: skip


def _block(block: Block, label: str) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": _cell(f"{label} {text}".strip())}
        case Paragraph(text):
            return {"kind": "paragraph", "label": label, "text": _runs(text)}
        case Items(items, ordered):
            return {"kind": "items", "ordered": ordered, "items": [_runs(item) for item in items]}
        case Picture(svg, alt, caption):
            return {"kind": "picture", "svg": svg, "alt": clean(alt), "caption": _cell(f"{label}: {caption}")}
        case Table():
            return _table(block, label)
        case NewPage():
            return {"kind": "page"}


def _table(table: Table, label: str) -> dict[str, Any]:
    wide = len(table.head[-1])
    return {
        "kind": "table",
        "caption": _cell(f"{label}: {table.caption}"),
        "head": [[_cell(cell) for cell in row] for row in table.head],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "widths": table.widths or [1] * wide,
        "figures": table.figures,
        "totals": table.totals,
    }


def _runs(text: Text) -> list[dict[str, Any]]:
    return [{"text": _cell(run.text), "bold": run.bold, "link": run.link} for run in runs(text)]


def _cell(text: str) -> str:
    return breakable(clean(text))
