"""Words, stems and synonyms: pure."""

from __future__ import annotations

import pytest

from goldenthread.localoffer.search.scoring import concepts_of
from goldenthread.localoffer.search.synonyms import Group, groups, marks_in
from goldenthread.localoffer.search.words import folded, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Children's Short-Breaks", ["children", "short", "breaks"]),
        ("O’Brien & Café 16–19", ["obrien", "and", "cafe", "16", "19"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("club", "clubs"),
        ("swim", "swimming", "swims"),
        ("activity", "activities"),
        ("therapy", "therapies"),
        ("ride", "riding", "rides"),
        ("nurse", "nurses", "nursing"),
        ("class", "classes"),
        ("bus", "bus"),
        ("assess", "assessed", "assessing"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(word) for word in forms}) == 1


def test_short_words_keep_their_letters() -> None:
    assert [stem(word) for word in ("bed", "red", "ing", "bus", "asd", "sing")] == [
        "bed",
        "red",
        "ing",
        "bus",
        "asd",
        "sing",
    ]


def test_a_name_is_folded_for_sorting() -> None:
    assert folded("The Élan Club") == "the elan club"


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.key)
def test_every_phrase_of_a_group_finds_every_other(group: Group) -> None:
    for phrase in group.phrases:
        words = tokens(f"about {phrase} here")
        assert group.mark in set(marks_in([stem(word) for word in words])), phrase
        assert any(group.mark in concept.marks for concept in concepts_of(tokens(phrase))), phrase


def test_there_are_many_groups() -> None:
    assert len(groups()) > 60


def test_the_longest_phrase_counts_and_common_words_do_not() -> None:
    concepts = concepts_of(tokens("where is speech and language therapy for my son"))
    assert [concept.words for concept in concepts] == [("speech", "language", "therapy")]


def test_common_words_count_where_they_are_all_there_is() -> None:
    assert [concept.words for concept in concepts_of(["the"])] == [("the",)]
