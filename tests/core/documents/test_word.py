"""The Word file, opened again."""

from __future__ import annotations

import io
import zipfile

from docx.oxml.ns import qn

from goldenthread.core.documents import Heading, Paragraph, Table, to_word
from tests.core.documents.papers import document, everything, word
from tests.core.documents.test_pdf import HOSTILE


def test_headings_are_headings() -> None:
    book = word(to_word(everything()))
    headings = [(p.style.name, p.text) for p in book.paragraphs if p.style.name.startswith(("Head", "Title"))]

    assert headings == [
        ("Title", "A plan"),
        ("Heading 1", "Recommendations"),
        ("Heading 1", "1. Purpose"),
        ("Heading 1", "2. Money"),
    ]
    assert "1.1\tTo report." in [p.text for p in book.paragraphs]


def test_tables_have_header_rows_captions_and_figures() -> None:
    book = word(to_word(everything()))
    table = book.tables[1]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "£"], ["Year", "now"], ["2024", "1"], ["All", "1"],
    ]  # fmt: skip
    marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marked == [True, True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Spending"
    assert table.rows[3].cells[1].paragraphs[0].runs[0].bold


def test_pictures_say_what_they_show() -> None:
    book = word(to_word(everything()))

    assert len(book.inline_shapes) == 1
    assert book.inline_shapes[0]._inline.docPr.get("descr").startswith("Plans rise from 1,000")


def test_language_title_and_author_are_set() -> None:
    book = word(to_word(everything()))
    defaults = book.styles.element.find(qn("w:docDefaults"))

    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert (book.core_properties.title, book.core_properties.author) == ("A plan", "A County Council")
    assert book.core_properties.created.year == 2024


def test_each_ordered_list_begins_at_one() -> None:
    book = word(to_word(everything()))
    numbers = [p._p.pPr.numPr.numId.val for p in book.paragraphs if p.style.name == "List Number"]

    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_links_lead_where_they_say() -> None:
    book = word(to_word(everything()))
    links = [link for paragraph in book.paragraphs for link in paragraph.hyperlinks]

    assert [(link.text, link.address) for link in links] == [("the guide", "https://example.org/guide")]


def test_hostile_text_is_text() -> None:
    hostile = HOSTILE + " <w:p/> \x00\x07 \ud800"
    book = word(to_word(document(Heading("H"), Paragraph(hostile), Table("T", (("a",),), ((hostile,),)))))

    assert HOSTILE in book.tables[0].rows[1].cells[0].text
    assert any(HOSTILE in paragraph.text for paragraph in book.paragraphs)


def test_the_same_document_gives_the_same_bytes() -> None:
    made = to_word(everything())

    assert made == to_word(everything())
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(2024, 1, 18)}
