"""Reading age: worked examples, and what an editor is told of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.localoffer.guidance import reading_age, warnings
from goldenthread.localoffer.guidance.targets import Known
from goldenthread.localoffer.guidance.words import Glossary, Word

GLOSSARY = Glossary((Word("SENCO", (), "The teacher in charge of SEN."),))


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cat", 1), ("school", 1), ("made", 1), ("walked", 1), ("wanted", 2), ("makes", 1), ("places", 2),
        ("table", 2), ("tables", 2), ("people", 2), ("family", 3), ("education", 4), ("assessment", 3),
        ("being", 2), ("the", 1), ("NHS", 3), ("2014", 1), ("boxes", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, syllables: int) -> None:
    assert reading_age.syllables(word) == syllables


def test_the_grade_of_worked_examples() -> None:
    # "The cat sat on the mat.": 6 words, 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45.
    assert reading_age.grade_of(6, 1, 6) == pytest.approx(-1.45)
    # The Australian platypus is seemingly a hybrid of a mammal and reptilian creature: 13 words, 26
    # syllables: 5.07 + 23.6 - 15.59 = 13.08, so 18.1 years.
    assert reading_age.grade_of(13, 1, 26) == pytest.approx(13.08)
    assert reading_age.age_of(13, 1, 26) == 18.1


def test_a_page_is_read_as_a_whole_and_its_hardest_sentences_are_named() -> None:
    easy = "You can ask for help. We will call you."
    hard = (
        "Notwithstanding organisational considerations, multidisciplinary practitioners systematically "
        "evaluate educational provision."
    )
    found = reading_age.read([(1, easy), (4, hard)])
    assert (found.sentences, found.words) == (3, 18)
    assert [(one.line, one.words) for one in found.hardest] == [(4, 9)]
    assert found.is_hard
    assert reading_age.read([(1, easy)]).age == 5.0
    assert reading_age.read([(1, "…")]).age is None


@given(st.text(max_size=300))
def test_any_text_has_an_age_or_none(text: str) -> None:
    found = reading_age.read([(1, text)])
    assert (found.age is None) == (found.words == 0)
    assert found.age is None or found.age >= 5


@given(
    st.lists(st.sampled_from(["cat", "school", "education", "help", "assessment"]), min_size=3, max_size=20)
)
def test_a_text_said_in_shorter_sentences_is_never_harder(words: list[str]) -> None:
    whole = reading_age.read([(1, " ".join(words) + ".")])
    half = len(words) // 2
    parts = f"{' '.join(words[:half])}. {' '.join(words[half:]).capitalize()}."
    assert (reading_age.read([(1, parts)]).age or 0) <= (whole.age or 0)


def test_an_editor_is_told_of_jargon_and_long_sentences() -> None:
    body = (
        "The SENCO and the EHCCO meet.\n\n"
        "## The pathway\n\n"
        f"- {'We meet you and '.join(['', *[''] * 8])}you. It is short.\n"
    )
    notes = [str(one) for one in warnings.look_at(body, "page", Known(), GLOSSARY).notes]
    assert any(one.startswith("Line 1: “EHCCO”") for one in notes)
    assert any(one.startswith("Line 3: “pathway”") for one in notes)
    assert any(one.startswith("Line 5: A sentence of") for one in notes)
    assert not any("SENCO”" in one for one in notes)
