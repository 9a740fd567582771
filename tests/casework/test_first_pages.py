"""The first pages of a worklist by name or reference come from a walk along an index: the same pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.casework.queries import Filters, first_pages, worklist
from goldenthread.core.actors import System
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
ORDERS = [sign + name for name in ("name", "reference", "received") for sign in ("", "-")]


@pytest.fixture
def cases():
    """Namesakes, some with two cases, open and closed among each other."""
    names = [("Weftley", "Wren"), ("Weftley", "Robin"), ("Inkwell", "Wren"), ("Quill", "Amber")]
    for number in range(16):
        surname, forename = names[number % 4]
        # The older, whom the index has first, have the later cases: a walk may end among namesakes.
        born = date(2016, 12, 31) - timedelta(number)
        child = make.person(surname=surname, forename=forename, birth_date=born)
        status = (Status.NOT_ASSESSING, Status.REQUESTED)[number % 3 == 0]
        make.case_at(status, child=child)
        if number % 5 == 0 and status == Status.NOT_ASSESSING:
            make.request(on=make.TODAY, child=child)


def plain(rows):
    """The keys as the database puts the whole list in order."""
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("looked_through", [(1,), (2,), (1, 3), (3, 40)])
@pytest.mark.parametrize("order", ORDERS)
def test_every_page_is_that_of_the_whole_list(cases, monkeypatch, looked_through, order):
    monkeypatch.setattr(first_pages, "LOOKED_THROUGH", looked_through)
    rows = worklist(System.COMMAND, Filters(tab="all_open", sort=order), make.TODAY)
    whole = plain(rows)
    assert 5 < len(whole) < Case.objects.count()
    for size in (1, 2, 3, 5):
        for start in range(0, len(whole) + size, size):
            page = [row.pk for row in rows[start : start + size]]
            assert page == whole[start : start + size], (start, size)


@pytest.mark.parametrize("order", ["name", "-name", "reference", "-reference"])
def test_a_walk_that_finds_enough_does_without_the_whole_list(
    cases, order, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(first_pages, "LOOKED_THROUGH", (40,))
    rows = worklist(System.COMMAND, Filters(tab="all_open", sort=order), make.TODAY)
    expected = plain(rows)[:3]
    walk = 2 if "name" in order else 1
    with django_assert_num_queries(walk + 1):  # and one for the rows
        assert [row.pk for row in rows[:3]] == expected
    monkeypatch.setattr(first_pages, "MOST_WALKED", 2)
    with django_assert_num_queries(2):
        assert [row.pk for row in rows[:3]] == expected
