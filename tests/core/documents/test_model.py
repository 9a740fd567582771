"""What a document may be made of, and how its parts are numbered."""

import pytest

from goldenthread.core.documents import DocumentError, Heading, Items, Paragraph, Picture, Run, Table
from goldenthread.core.documents.model import labels
from goldenthread.core.documents.text import breakable, clean
from tests.core.documents.papers import document, everything


def test_headings_paragraphs_tables_and_figures_are_numbered_in_order() -> None:
    found = [label for label in labels(everything().blocks) if label]

    assert found == ["1.", "1.1", "1.2", "Figure 1", "Table 1", "2.", "2.1", "Table 2"]


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (Heading("Deep", level=2), "make it level 1"),
        (Heading("Deep", level=5), "use 1 to 4"),
        (Heading(" "), "no text"),
        (Items(()), "leave the list out"),
        (Table(" ", (("a",),), ()), "needs a caption"),
        (Table("T", (), ()), "needs a header row"),
        (Table("T", (("a", "b"),), (("1",),)), "Row 2 of the table 'T' has 1 cells, not 2"),
        (Table("T", (("a", "b"),), (), widths=(1,)), "2 columns and 1 widths"),
        (Picture("<svg/>", " ", "A chart"), "words for those who do not see it"),
    ],
)
def test_what_could_not_be_followed_is_refused(block: object, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        document(block)  # type: ignore[arg-type]


def test_a_document_has_a_title() -> None:
    with pytest.raises(DocumentError, match="needs a title"):
        document(Paragraph("text"), title=" ")


def test_a_numbered_heading_is_of_level_one() -> None:
    with pytest.raises(DocumentError, match="only those of level 1"):
        document(Heading("One"), Heading("Two", level=2, numbered=True))


def test_a_link_that_runs_something_is_refused() -> None:
    with pytest.raises(DocumentError, match="no web or mail address"):
        Run("here", link="javascript:alert(1)")


def test_text_keeps_its_words_and_loses_what_breaks_files() -> None:
    assert clean("one\x0btwo\r\nthree\u2028four") == "one\ntwo\nthree\nfour"
    assert clean("a\x00b\x07c") == "abc"
    assert clean("\u202e000,1\u202c") == "000,1"
    assert clean("\ud800 \ue000 \U0010ffff") == "� � �"
    assert clean("Łukasz Ștefan-O'Brien ਪੰਜਾਬੀ 😀") == "Łukasz Ștefan-O'Brien ਪੰਜਾਬੀ 😀"


def test_a_word_too_long_for_a_line_may_break() -> None:
    assert breakable("x" * 45) == "x" * 20 + "\u200b" + "x" * 20 + "\u200b" + "x" * 5
    assert breakable("x" * 20 + " and short") == "x" * 20 + " and short"
