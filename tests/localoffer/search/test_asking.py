"""What is asked, read from an address: nothing breaks it, and what is wrong is told."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.localoffer.search.asking import SORTS, Asked, read, shaped_postcode
from tests.localoffer.search.asking import query

PLACES = {"ZZ1 1ZZ": (412_345, 308_765), "ZZ1": (412_000, 308_000)}


def asked(text: str) -> tuple[Asked, dict[str, str]]:
    return read(query(text), PLACES.get)


def test_everything_that_may_be_asked_is_read() -> None:
    found, wrong = asked(
        "q=swim++club&postcode=zz11zz&within=5.5&age=7&need=ASD,HI&kind=sport&setting=special&phase=primary"
        "&day=SA&day=SU&time=morning&free=on&access=lift&referral=self&sort=distance&page=2&per_page=5&exact=1"
        "&group=national"
    )
    assert not wrong
    assert found == Asked(
        text="swim club",
        postcode="ZZ1 1ZZ",
        point=(412_345, 308_765),
        within_km=5.5,
        age=7,
        needs=("ASD", "HI"),
        kinds=("sport",),
        settings=("special",),
        phases=("primary",),
        days=("SA", "SU"),
        time_of_day="morning",
        free=True,
        access=("lift",),
        referral=("self",),
        sort="distance",
        page=2,
        per_page=5,
        exact=True,
        group="national",
    )


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ("age=seven", "age", "whole years"),
        ("age=26", "age", "0 to 25"),
        ("age=-1", "age", "whole years"),
        ("age=%C2%B2", "age", "whole years"),
        ("page=0", "page", "from 1"),
        ("within=0&postcode=ZZ1", "within", "kilometres"),
        ("within=101&postcode=ZZ1", "within", "up to 100"),
        ("within=5", "within", "Give a postcode"),
        ("postcode=nowhere", "postcode", "such as TH1 2AB"),
        ("postcode=AB1+2CD", "postcode", "AB1 2CD"),
        ("need=XX", "need", "from the list"),
        ("day=SA,FUNDAY", "day", "from the list"),
        ("sort=best", "sort", "from the list"),
        ("sort=distance", "sort", "Give a postcode"),
        ("q=" + "a" * 201, "q", "first 200"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(given: str, name: str, words: str) -> None:
    found, wrong = asked(given)
    assert list(wrong) == [name]
    assert words in wrong[name]
    assert found.sort == "relevance"
    assert found.age is None
    assert found.within_km is None or found.point is None
    assert len(found.text) <= 200


def test_the_rest_holds_where_one_part_is_wrong() -> None:
    found, wrong = asked("q=swim&age=seven&day=SA,FUNDAY")
    assert set(wrong) == {"age", "day"}
    assert (found.text, found.days) == ("swim", ("SA",))


def test_a_postcode_among_the_words_counts_as_the_postcode() -> None:
    found, wrong = asked("q=swimming+near+zz11zz+please")
    assert not wrong
    assert (found.text, found.postcode) == ("swimming near please", "ZZ1 1ZZ")


@pytest.mark.parametrize(
    ("typed", "shaped"),
    [
        ("zz1 1zz", "ZZ1 1ZZ"),
        ("ZZ11ZZ", "ZZ1 1ZZ"),
        ("zz1", "ZZ1"),
        ("ec1a", "EC1A"),
        ("Leeds", ""),
        ("", ""),
    ],
)
def test_a_postcode_gets_its_shape(typed: str, shaped: str) -> None:
    assert shaped_postcode(typed) == shaped


NAMES = ["q", "postcode", "within", "age", "need", "day", "time", "free", "sort", "page", "per_page", "group"]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=8))
def test_no_input_breaks_it(pairs: list[tuple[str, str]]) -> None:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    found, wrong = read(data, PLACES.get)
    assert found.page >= 1
    assert 1 <= found.per_page <= 100
    assert found.sort in SORTS
    assert found.sort != "distance" or found.point
    assert all(wrong.values())
