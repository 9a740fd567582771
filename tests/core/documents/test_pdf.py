"""The PDF: read back by a checker of PDF/UA-1 and by a reader of its words."""

from __future__ import annotations

import page
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core.documents import Block, Heading, Items, NewPage, Paragraph, Table, to_pdf
from goldenthread.core.documents import pdf as writer
from goldenthread.core.documents.model import Document, DocumentError
from tests.core.documents.papers import document, everything
from tests.support.pdf_words import words_of

HOSTILE = '#panic("x") *bold* _it_ $x^2$ `code` <label> @ref \\ // /* ] } " https://example.org = a \n- dash'


def failures(made: bytes) -> list[str]:
    """What the checker of PDF/UA-1 finds."""
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_one_of_everything_follows_the_rules() -> None:
    assert failures(to_pdf(everything())) == []


def test_the_checker_can_find_a_fault() -> None:
    plain = typst.compile(b"= Untagged", font_paths=writer.fonts(), pdf_tags=False)

    assert failures(plain)


def test_the_words_are_there_in_order() -> None:
    words = words_of(to_pdf(everything())).replace("\n", " ")
    order = ["A plan", "Recommendations", "That the Forum notes it", "1. Purpose", "To report.", "the guide",
             "Figure 1: Plans", "Table 1: Plans", "2,500", "2. Money", "Table 2: Spending"]  # fmt: skip
    places = [words.index(piece) for piece in order]

    assert places == sorted(places)
    assert "Page 1 of" in words


def test_title_language_and_header_cells_are_marked() -> None:
    made = to_pdf(everything())

    assert b"/Lang(en-GB)" in made
    assert b"<dc:title>" in made
    assert b"/S/TH" in made
    assert b"/Alt(Plans rise from" in made


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(everything()) == to_pdf(everything())


def test_text_is_never_markup() -> None:
    made = to_pdf(
        document(
            Heading(HOSTILE.replace("\n", " ")),
            Paragraph(HOSTILE),
            Items((HOSTILE,)),
            Table(HOSTILE, ((HOSTILE,),), ((HOSTILE,),)),
            title=HOSTILE.replace("\n", " "),
        )
    )
    said = "".join(words_of(made).split()).replace("\u200b", "")

    assert failures(made) == []
    assert said.count("".join(HOSTILE.split())) == 7


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(max_codepoint=0x24F) | st.sampled_from("#$*_`<>@\\[]{}\"'/=~\u202e\u2028")))
def test_any_text_can_be_set(text: str) -> None:
    made = to_pdf(document(Paragraph(text or "nothing"), Table("T", ((text,),), ((text,),))))

    assert failures(made) == []


def test_letters_that_no_font_has_are_named() -> None:
    if any("Cuneiform" in family for family in writer.fonts(of_machine=True).families()):
        pytest.skip("this machine can write cuneiform")
    with pytest.raises(DocumentError, match="No font of this machine has the letters"):
        to_pdf(document(Paragraph("A sign of a script that nobody writes: \U00012000")))


def test_a_pack_of_four_hundred_pages_is_set() -> None:
    blocks = [block for at in range(400) for block in a_page(at)]
    made = to_pdf(Document("Pack", blocks, everything().on))

    deep = page.SafetyLimits(max_reference_depth=10_000)
    report = page.validate_pdf_bytes(made, profile="ua1", limits=deep)
    assert (report.is_compliant, report.document.page_count) == (True, 401)  # the title has its own
    assert "Page 401 of 401" in words_of(made)


def a_page(at: int) -> list[Block]:
    """A heading and a paragraph on a page of their own."""
    return [NewPage(), Heading(f"Paper {at}"), Paragraph("What it says. " * 50)]
