"""Slips are corrected against the words that the directory has; a word that it has stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.localoffer.search.packing import NAME, Facts, pack_facts, pack_words, unpack_facts
from goldenthread.localoffer.search.postings import Postings
from goldenthread.localoffer.search.snapshot import Snapshot, Sorts
from goldenthread.localoffer.search.spelling import corrected
from goldenthread.localoffer.search.synonyms import vocabulary
from goldenthread.localoffer.search.words import tokens

SERVICES = (
    "Trampoline club for children in Threadford",
    "Trampoline lessons, swimming lessons",
    "Hydrotherapy pool at Weftminster school",
    "Wheelchair basketball club",
    "Farm school with ponies, pottery and a forge",
    "Form filling help",
)


def snapshot(texts: tuple[str, ...] = SERVICES) -> Snapshot:
    """An index of these names alone."""
    words: dict[str, int] = {}
    blobs = []
    for text in texts:
        codes = {words.setdefault(word, len(words) + 1): NAME for word in tokens(text)}
        blobs.append(pack_words(codes))
    numbers = list(range(1, len(texts) + 1))
    heads, points = unpack_facts([pack_facts(Facts(None, None, 0, 2, ()))] * len(texts))
    gone = np.zeros(len(texts) + 1, bool)
    postings = Postings.empty().changed(gone, numbers, blobs)
    sorts = Sorts.empty().changed(gone, numbers, heads, points)
    return Snapshot(1, "", words, postings, sorts, [None] * (len(texts) + 1), ["", *texts])


HELD = snapshot()
KNOWN = sorted({word for text in SERVICES for word in tokens(text)} | vocabulary())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tramploine", "trampoline"),
        ("trampolne", "trampoline"),
        ("traampoline lesons", "trampoline lessons"),
        ("hidroterapy", "hydrotherapy"),
        ("wheelchiar basketbal", "wheelchair basketball"),
        ("weftminstr", "weftminster"),
        ("trampolineclub", "trampoline club"),
        ("basket", "basketball"),
        ("autsim", "autism"),
        ("xylophone", "xylophone"),
        ("qqqq", "qqqq"),
        ("zz", "zz"),
        ("16-19", "16 19"),
    ],
)
def test_slips_are_corrected(typed: str, meant: str) -> None:
    assert corrected(HELD, tokens(typed)) == meant.split()


def test_of_words_equally_near_the_one_that_fits_the_others_is_taken() -> None:
    assert corrected(HELD, ["fxrm", "pottery"]) == ["farm", "pottery"]
    assert corrected(HELD, ["fxrm", "filling"]) == ["form", "filling"]


@given(st.lists(st.one_of(st.sampled_from(KNOWN), st.text("abcdeimnorst", max_size=9)), max_size=5))
def test_no_word_that_is_known_is_ever_replaced(words: list[str]) -> None:
    found = corrected(HELD, words)
    kept = [word for word in words if HELD.knows(word)]
    rest = iter(found)
    assert all(word in rest for word in kept)
    assert corrected(HELD, kept) == kept


@given(st.sampled_from(KNOWN).filter(lambda word: len(word) >= 6 and word.isalpha()), st.data())
def test_a_letter_left_out_leads_to_a_known_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    typed = word[:at] + word[at + 1 :]
    assert all(HELD.knows(one) for one in corrected(HELD, [typed]))
