"""Searches that found nothing: counted, and nobody's words kept."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.consultations import actions, queries
from goldenthread.consultations.actions.searching import forget_searches
from goldenthread.consultations.models import Sought, SoughtDay
from goldenthread.consultations.searched import area_of, cleaned
from goldenthread.core import clock
from goldenthread.core.models import User
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from tests.consultations.conftest import TODAY, client_of
from tests.factories.people import user


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Speech  Therapy!", "speech therapy"),
        ("clubs near ZZ99 3ZZ", "clubs near zz99"),
        ("help for Mr Thistledown", "help for"),
        ("school for a boy called Robin", "school for a boy"),
        ("my daughter Robin swimming", "swimming"),
        ("01632 960 123", ""),
        ("born 4/5/2017 club", "born club"),
        ("ask robin@example.org", "ask"),
        ("under 5 club", "under 5 club"),
        ("a very long sentence about somebody and what they need", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_words(words: str, kept: str) -> None:
    assert cleaned(words) == kept


@pytest.mark.parametrize(
    ("area", "kept"),
    [("zz99 3zz", "ZZ99"), ("ZZ99", "ZZ99"), ("Northwarp", "Northwarp"), ("9 Example Street", ""), ("", "")],
)
def test_what_is_left_of_an_area(area: str, kept: str) -> None:
    assert area_of(area) == kept


@given(st.text(max_size=500))
def test_no_text_breaks_the_cleaning_and_no_long_number_stays(words: str) -> None:
    left = cleaned(words)
    assert len(left) <= 60
    assert left == left.strip()


def search(words: str, days: int, **given: str) -> None:
    for day in range(days):
        with clock.fixed(TODAY - timedelta(days=day)):
            actions.searched_in_vain(words, **given)


@pytest.mark.django_db
def test_words_are_kept_only_once_they_came_on_three_days(editor: User) -> None:
    for _ in range(5):
        actions.searched_in_vain("wheelchair football")
    search("wheelchair football", 2)
    assert Sought.objects.get().words == ""
    search("Wheelchair  FOOTBALL", 3)
    assert Sought.objects.get().words == "wheelchair football"
    assert queries.gaps_by(editor, "words") == [
        {"what": "wheelchair football", "times": 10, "days": 3, "last": TODAY}
    ]


@pytest.mark.django_db
def test_gaps_by_area_and_need(editor: User) -> None:
    search("club", 3, area="ZZ99 3ZZ", need="autism")
    search("pool", 2, area="Northwarp")
    assert [(one["what"], one["times"]) for one in queries.gaps_by(editor, "area")] == [
        ("ZZ99", 3),
        ("Northwarp", 2),
    ]
    assert [(one["what"], one["times"]) for one in queries.gaps_by(editor, "need")] == [
        ("autism", 3),
        ("", 2),
    ]
    assert [one["times"] for one in queries.gaps_by(editor, "words", area="Northwarp")] == [2]
    assert queries.gaps_by(editor, "words", since=TODAY + timedelta(days=1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_gaps_are_for_those_who_see_the_board(role: Role) -> None:
    by = user(role)
    if role in {Role.EDITOR, Role.MANAGER, Role.ANALYST, Role.INSPECTOR}:
        assert queries.gaps_by(by, "words") == []
    else:
        with pytest.raises(NotPermitted):
            queries.gaps_by(by, "words")


@pytest.mark.django_db
def test_the_gaps_as_a_file() -> None:
    search("=cmd()", 3, area="Northwarp")
    search("evening club", 4, area="Northwarp")
    client = client_of(user(Role.ANALYST))
    answer = client.get(f"{reverse('gaps')}?by=words&download=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Words searched for", "Searches", "Days", "Last on"]
    assert rows[1:] == [["evening club", "4", "4", "2027-03-09"], ["cmd", "3", "3", "2027-03-09"]]
    for what in ("words", "area", "need", "nonsense"):
        assert client.get(reverse("gaps"), {"by": what}).status_code == 200


@pytest.mark.django_db
def test_a_flood_of_new_words_is_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldenthread.consultations.actions.searching.NEW_A_DAY", 5)
    for number in range(40):
        actions.searched_in_vain(f"word{chr(97 + number % 26)}{number // 26}")
    assert Sought.objects.count() == 6
    assert sum(SoughtDay.objects.values_list("times", flat=True)) == 40


@pytest.mark.django_db
def test_old_searches_are_forgotten() -> None:
    search("kept words", 3)
    search("passing words", 1)
    assert forget_searches(today=date(2027, 7, 1)) == 1
    assert [one.words for one in Sought.objects.all()] == ["kept words"]
    forget_searches(today=date(2029, 7, 1))
    assert not Sought.objects.exists()
