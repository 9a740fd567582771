"""A document as Word: real headings, header rows, alternative text, language and properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from goldenthread.core.documents.drawing import to_png
from goldenthread.core.documents.model import (
    Block,
    Document,
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
from goldenthread.core.documents.pdf import midday
from goldenthread.core.documents.text import clean

_ACCENT = RGBColor(0x0B, 0x4F, 0x55)
_HEADINGS = {"Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Heading 4": 12}
_WIDE = 166  # millimetres between the margins of an A4 page


def to_word(document: Document) -> bytes:
    """The document as .docx. The same document gives the same bytes."""
    book = docx.Document()
    _set_up(book, document)
    for line in document.above:
        book.add_paragraph(clean(line))
    book.add_paragraph(clean(document.title), style="Title")
    for block, label in zip(document.blocks, labels(document.blocks), strict=True):
        _add(book, block, label)
    made = io.BytesIO()
    book.save(made)
    return _dated(made.getvalue(), document)


def _add(book: Any, block: Block, label: str) -> None:
    match block:
        case Heading(text, level):
            book.add_heading(clean(f"{label} {text}".strip()), level=level)
        case Paragraph(text):
            _add_paragraph(book, text, label)
        case Items(items, ordered):
            _add_items(book, items, ordered=ordered)
        case Table():
            _caption(book, f"{label}: {block.caption}")
            _add_table(book, block)
        case Picture():
            _caption(book, f"{label}: {block.caption}")
            _add_picture(book, block)
        case NewPage():
            book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _set_up(book: Any, document: Document) -> None:
    properties = book.core_properties
    properties.title, properties.subject = clean(document.title), clean(document.subject)
    properties.author = properties.last_modified_by = clean(document.author)
    properties.language, properties.comments = document.language, ""
    properties.created = properties.modified = midday(document.on).replace(tzinfo=None)
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    _set_letters(book, document.language)
    _set_footer(section.footer.paragraphs[0], clean(document.footer))


def _set_letters(book: Any, language: str) -> None:
    for name, size in {"Normal": 12, "Caption": 12, **_HEADINGS}.items():
        style = book.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        letters = style.element.rPr.rFonts
        for theme in [key for key in letters.attrib if key.endswith("Theme")]:
            del letters.attrib[theme]  # else Word takes the theme's letters instead
        if name in _HEADINGS or name == "Caption":
            style.font.color.rgb, style.font.bold = _ACCENT, True
    defaults = book.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    spoken.set(qn("w:val"), language)


def _set_footer(paragraph: Any, words: str) -> None:
    """The document's own words, then "Page 1 of 9" as Word counts it."""
    paragraph.add_run(f"{words}\tPage " if words else "Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDE - 30))


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    shown = OxmlElement("w:r")
    number = OxmlElement("w:t")
    number.text = "1"
    shown.append(number)
    field.append(shown)
    paragraph._p.append(field)


def _add_paragraph(book: Any, text: Text, label: str) -> None:
    paragraph = book.add_paragraph()
    if label:
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = Cm(1.25), Cm(-1.25)
        layout.tab_stops.add_tab_stop(Cm(1.25))
        paragraph.add_run(f"{label}\t")
    _write(paragraph, text)


def _write(paragraph: Any, text: Text) -> None:
    for run in runs(text):
        words = clean(run.text)
        if run.link:
            _link(paragraph, words, run.link)
        else:
            paragraph.add_run(words).bold = run.bold or None


def _link(paragraph: Any, words: str, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.underline, run.font.color.rgb = True, _ACCENT
    link.append(run._r)
    paragraph._p.append(link)


def _add_items(book: Any, items: Iterable[Text], *, ordered: bool) -> None:
    style = book.styles["List Number" if ordered else "List Bullet"]
    again = _from_one(book, style) if ordered else None
    for item in items:
        paragraph = book.add_paragraph(style=style)
        if again is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = again
        _write(paragraph, item)


def _from_one(book: Any, style: Any) -> int:
    """A numbering like the style's that starts from 1: otherwise each list goes on from the one before."""
    numbering = book.part.numbering_part.element
    model = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
    fresh = numbering.add_num(model.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = fresh.numId
    return number


def _caption(book: Any, words: str) -> None:
    book.add_paragraph(clean(words), style="Caption").paragraph_format.keep_with_next = True


def _add_table(book: Any, table: Table) -> None:
    wide = len(table.head[-1])
    made = book.add_table(rows=0, cols=wide, style="Table Grid")
    made.autofit = False
    shares = table.widths or (1.0,) * wide
    size = Pt(9 if wide > 7 else 10.5)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Mm(_WIDE * share / sum(shares))
    lines = len(table.head)
    for at, cells in enumerate((*table.head, *table.rows)):
        row = made.add_row()
        strong = at < lines or at - lines in table.totals
        for column, words in enumerate(cells):
            cell = row.cells[column]
            cell.width = made.columns[column].width
            _fill(cell.paragraphs[0], words, size, strong=strong, right=column in table.figures)
        _mark_row(row, header=at < lines)
    for name in ("w:tblCaption", "w:tblDescription"):
        words = OxmlElement(name)
        words.set(qn("w:val"), clean(table.caption))
        made._tbl.tblPr.append(words)
    book.add_paragraph()


def _fill(paragraph: Any, words: str, size: Pt, *, strong: bool, right: bool) -> None:
    run = paragraph.add_run(clean(words))
    run.font.size, run.bold = size, strong or None
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_row(row: Any, *, header: bool) -> None:
    """Header rows are marked and repeated; no row is split between pages."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _add_picture(book: Any, picture: Picture) -> None:
    book.add_picture(io.BytesIO(to_png(picture.svg)), width=Mm(160))
    for described in book.paragraphs[-1]._p.iter(qn("wp:docPr")):
        described.set("descr", clean(picture.alt))
        described.set("name", clean(picture.caption))


def _dated(made: bytes, document: Document) -> bytes:
    """The same file with the document's date on each part: a file's clock would make every file different."""
    moment = (document.on.year, document.on.month, document.on.day, 12, 0, 0)
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(
                zipfile.ZipInfo(part.filename, moment), old.read(part.filename), zipfile.ZIP_DEFLATED
            )
    return again.getvalue()
