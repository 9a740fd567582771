"""Papers and letters: one plain model of a document, written as accessible PDF and as Word.

    paper = Document("School places", [Heading("Purpose"), Paragraph("To report on …")], on=clock.today())
    pdf, word = to_pdf(paper), to_word(paper)

Text is text: nothing in it is ever read as markup. The same document gives the same bytes.
"""

from goldenthread.core.documents.from_chart import from_chart
from goldenthread.core.documents.model import (
    Block,
    Document,
    DocumentError,
    Heading,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Table,
    Text,
)
from goldenthread.core.documents.pdf import to_pdf
from goldenthread.core.documents.word import to_word

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "PDF",
    "WORD",
    "Block",
    "Document",
    "DocumentError",
    "Heading",
    "Items",
    "NewPage",
    "Paragraph",
    "Picture",
    "Run",
    "Table",
    "Text",
    "from_chart",
    "to_pdf",
    "to_word",
]
