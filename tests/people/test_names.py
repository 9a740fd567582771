"""Folding names, and the slips people make in typing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.people.names import MAX_WORD, distance, fold, one_slip, variants, words_of
from tests.people.slips import slipped

WORDS = st.text("abcdeén", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Siân O’Brien-Łoś", "sian obrien los"),
        ("  VAN   der Berg ", "van der berg"),
        ("O'Nother", "onother"),
        ("Straße", "strasse"),
        ("Ægir Øst", "aegir ost"),
        ("Smith–Jones", "smith jones"),
        ("St. Example", "st example"),
        ("Анна", "анна"),
        ("", ""),
        ("-'", ""),
    ],
)
def test_names_fold_to_plain_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=120))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert len(once) <= MAX_WORD


@given(st.text(max_size=60))
def test_every_word_of_a_folded_name_is_searched(text: str) -> None:
    assert all(word.isalnum() and len(word) <= MAX_WORD for word in words_of(text))
    assert bool(words_of(text)) == bool(fold(text))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Smith-Jones", {"smith", "jones", "smithjones"}),
        ("O'Brien", {"o", "brien", "obrien"}),
        ("van der Berg", {"van", "der", "berg", "vanderberg"}),
        ("Example", {"example"}),
    ],
)
def test_a_name_is_found_by_its_parts_and_as_a_whole(name: str, words: set[str]) -> None:
    assert words_of(name) == words


@given(WORDS, st.data())
def test_one_slip_is_one_step_and_shares_a_variant(word: str, data: st.DataObject) -> None:
    other = data.draw(slipped(word))
    assert distance(word, other) <= 1
    assert one_slip(word, other)
    if other and len(word) > 1:
        assert variants(word) & variants(other)


@given(WORDS, WORDS)
def test_distance_is_even_handed_and_nought_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("smith", "smiht", 1),
        ("smith", "smyth", 1),
        ("smith", "smth", 1),
        ("smith", "psmiht", 2),
        ("ab", "xyz", 3),
    ],
)
def test_distance_counts_known_slips(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == steps
