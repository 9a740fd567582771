"""A document with one of everything, and readers of what was written."""

from __future__ import annotations

import io
from datetime import date

import docx

from goldenthread.core.charts import line
from goldenthread.core.documents import (
    Block,
    Document,
    Heading,
    Items,
    NewPage,
    Paragraph,
    Run,
    Table,
    from_chart,
)

CHART = line(
    "Plans at each January census",
    "Plans rise from 1,000 to 3,000; with the mitigations to 2,500.",
    ["2019", "2020", "2021"],
    {"As is": [1000, 2000, 3000], "With <mitigations>": [1000, 2000, 2500]},
    wide=640,
)


def document(*blocks: Block, title: str = "A plan") -> Document:
    """A document of these blocks."""
    return Document(title, blocks, date(2024, 1, 18), author="A County Council", footer="A plan")


def everything() -> Document:
    """A document with one of each kind of block."""
    picture, table = from_chart(CHART)
    linked = (Run("See "), Run("the guide", link="https://example.org/guide"), Run(" now", bold=True))
    return document(
        Heading("Recommendations"),
        Items(("That the Forum notes it", "That it approves it"), ordered=True),
        Heading("Purpose", numbered=True),
        Paragraph("To report.", numbered=True),
        Paragraph(linked, numbered=True),
        picture,
        table,
        Items(("one", "two"), ordered=True),
        Items(("dot",)),
        NewPage(),
        Heading("Money", numbered=True),
        Paragraph("What it costs.", numbered=True),
        Table("Spending", (("", "£"), ("Year", "now")), (("2024", "1"), ("All", "1")), (2, 1), (1,), (1,)),
    )


def word(made: bytes) -> docx.document.Document:
    """The Word file opened again."""
    return docx.Document(io.BytesIO(made))
