"""The Schools Forum paper: its form, its figures, and that everybody can read it."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import page

from goldenthread.core.documents import Heading, Table
from goldenthread.planning.exports.paper import forum_paper, forum_pdf, forum_word
from tests.factories.planning import material
from tests.support.pdf_words import words_of


def tables(**changes: object) -> dict[str, Table]:
    """The tables of the paper by caption."""
    blocks = forum_paper(material(**changes)).blocks
    return {block.caption: block for block in blocks if isinstance(block, Table)}


def test_the_sections_are_those_of_the_countys_form() -> None:
    headings = [block.text for block in forum_paper(material()).blocks if isinstance(block, Heading)]

    assert headings == [
        "Recommendations", "Purpose", "Key Issues", "Options and Proposal", "Financial Implications",
        "How well the forecast has done", "What was assumed", "How to check this report",
        "Environmental Implications", "Timescales associated with the decision and next steps",
        "Background papers", "Appendix A: figures of the charts",
    ]  # fmt: skip


def test_the_pdf_follows_the_rules_of_accessibility() -> None:
    report = page.validate_pdf_bytes(forum_pdf(material()), profile="ua1")

    assert [failure.message for failure in report.failures] == []


def test_as_is_less_savings_is_after() -> None:
    made = material()
    found = tables()["Impact on the forecast after the interventions, £(000)"]
    rows = {row[0]: [_number(cell) for cell in row[1:]] for row in found.rows}

    as_is, saved = rows["As is: under or over spend in the year"], rows["Savings in the year"]
    after = rows["After: under or over spend in the year"]
    for at in range(4):
        assert abs(as_is[at] + saved[at] - after[at]) <= 1
    assert rows["After: cumulative"][-1] == round(made.mitigated.balance[0][-1] / 1000)


def test_savings_by_intervention_add_up() -> None:
    found = tables()["Savings by intervention, £(000)"]
    figures = [[_number(cell) for cell in row[1:]] for row in found.rows]

    for at in range(4):
        assert abs(sum(row[at] for row in figures[:-1]) - figures[-1][at]) <= 1


def test_ranges_chances_and_confidence_are_given() -> None:
    found = tables()

    ranges = found["Savings by intervention: 80% ranges, £(000)"].rows[0]
    assert re.fullmatch(r"\d+ to \d+", ranges[1])
    chance = found["Chance of a cumulative deficit of more than £10.00m at the end of the year"]
    assert [row[0] for row in chance.rows] == ["As is", "With the mitigations"]
    assert chance.rows[0][-1] == "100%"
    actions = found["The interventions, their assumptions and how sure the saving is"]
    assert [row[-1] for row in actions.rows] == ["High", "Medium/Low"]
    assert "Evidence: Judgement" in actions.rows[1][2]
    scores = found["How the method has done: all EHC plans, every council"]
    assert scores.rows[0] == ("1", "3.3%", "3.7%", "80%", "94%")


def test_it_says_how_to_make_the_figures_again() -> None:
    words = words_of(forum_pdf(material())).replace("\n", " ")

    assert "seed 7 by version 0.1.0" in words
    assert "5b8a4f0e-0000-4000-8000-000000000002 with mitigations" in words
    assert "The template itself was not available" in words
    assert "Population of each age stays as it is." in words


def test_nobody_is_named() -> None:
    authors = tables()["Authors and contacts"]

    assert {cell for row in authors.rows for cell in row[1:]} == {"To be entered"}


def test_a_forecast_without_mitigations_says_so() -> None:
    alone = material(mitigated=None, mitigations=(), savings=None, scores=(), sources=(), threshold=0.0)
    words = words_of(forum_pdf(alone)).replace("\n", " ")

    assert "made from a forecast without interventions" in words
    assert "has not been measured" in words
    assert "Chance of any cumulative deficit" in words


def test_word_has_the_same_words_and_tables() -> None:
    made = material()
    book = docx.Document(io.BytesIO(forum_word(made)))
    paper = forum_paper(made)

    assert [p.text for p in book.paragraphs if p.style.name == "Heading 1"][1] == "1. Purpose"
    assert len(book.tables) == len([block for block in paper.blocks if isinstance(block, Table)])
    assert len(book.inline_shapes) == 3
    assert all(shape._inline.docPr.get("descr") for shape in book.inline_shapes)


def test_the_same_forecast_gives_the_same_files() -> None:
    made = material()

    assert forum_pdf(made) == forum_pdf(replace(made))
    assert forum_word(made) == forum_word(replace(made))


def test_plans_in_the_figures_of_a_chart_are_whole() -> None:
    for row in tables()["EHC plans"].rows:
        assert not any("." in cell for cell in row), row


def _number(cell: str) -> int:
    return int(cell.replace(",", "").replace("−", "-").rstrip("%").split(".")[0])
