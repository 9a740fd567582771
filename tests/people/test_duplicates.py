"""Finding records that may be one person, and remembering that they are not."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people import actions
from goldenthread.people.enums import Likeness
from goldenthread.people.jobs import find_duplicates
from goldenthread.people.likeness import Card, compare, near_dates, pairs_born_together, pairs_of_namesakes
from goldenthread.people.models import Person
from goldenthread.people.queries.duplicates import duplicates_list, people_like
from tests.factories import people as make

BORN = date(2015, 3, 12)
CARDS = st.builds(
    Card,
    key=st.uuids(),
    surname=st.sampled_from(["example", "exmaple", "sample", "robin"]),
    forename=st.sampled_from(["robin", "robyn", "example", "sam"]),
    born=st.sampled_from([BORN, date(2015, 12, 3), date(2015, 3, 13), date(2011, 7, 30)]),
)


@pytest.mark.parametrize(
    ("surname", "forename", "born", "why"),
    [
        ("example", "robin", BORN, Likeness.SAME),
        ("robin", "example", BORN, Likeness.SWAPPED),
        ("exampel", "robin", BORN, Likeness.SLIP),
        ("example", "robyn", BORN, Likeness.SLIP),
        ("exampel", "robyn", BORN, None),
        ("example", "robin", date(2015, 12, 3), Likeness.DATE),
        ("example", "robin", date(2015, 3, 13), Likeness.DATE),
        ("example", "robin", date(2005, 3, 12), Likeness.DATE),
        ("example", "robin", date(2006, 3, 13), None),
        ("exampel", "robin", date(2015, 12, 3), None),
        ("sample", "robin", BORN, None),
    ],
)
def test_likeness_is_told_by_its_strongest_reason(
    surname: str, forename: str, born: date, why: Likeness | None
) -> None:
    one = Card(UUID(int=1), "example", "robin", BORN)
    other = Card(UUID(int=2), surname, forename, born)
    assert compare(one, other) == compare(other, one) == why


def test_names_of_two_letters_are_too_short_for_a_slip() -> None:
    assert compare(Card(UUID(int=1), "li", "jo", BORN), Card(UUID(int=2), "lu", "jo", BORN)) is None


@given(st.dates(date(2000, 1, 1), date(2024, 1, 1)), st.integers(0, 9_000))
def test_near_dates_are_even_handed_and_never_the_same_day(day: date, apart: int) -> None:
    other = day + timedelta(days=apart)
    assert near_dates(day, other) == near_dates(other, day) or day == other


@given(st.lists(CARDS, max_size=12, unique_by=lambda card: card.key))
def test_grouping_finds_every_pair_that_comparing_all_would(cards: list[Card]) -> None:
    expected = set()
    for at, one in enumerate(cards):
        for other in cards[at + 1 :]:
            if why := compare(one, other):
                expected.add((min(one.key, other.key), max(one.key, other.key), why))
    found = set()
    for born in {card.born for card in cards}:
        found |= set(pairs_born_together(card for card in cards if card.born == born))
    for names in {(card.surname, card.forename) for card in cards}:
        found |= set(pairs_of_namesakes(card for card in cards if (card.surname, card.forename) == names))
    assert found == expected


@pytest.fixture
def manager(db: None) -> User:
    return make.user(Role.MANAGER)


def listed() -> set[tuple[str, str, str]]:
    return {(row.likeness, *sorted((row.first.forename, row.second.forename))) for row in duplicates_list()}


def test_the_list_follows_the_records_and_the_decisions(manager: User) -> None:
    ann, anne, _sam = make.people(
        make.new_person(surname="Example", forename="Ann"),
        make.new_person(surname="EXAMPLE", forename="Anne"),
        make.new_person(surname="Example", forename="Sam"),
    )
    assert actions.look_for_duplicates(by=manager) == 1
    assert listed() == {("slip", "Ann", "Anne")}
    stamp = duplicates_list().get().created_at
    assert find_duplicates.call() == 1
    assert duplicates_list().get().created_at == stamp

    actions.mark_not_duplicate(by=manager, first_id=anne.pk, second_id=ann.pk, reason="Twins")
    assert listed() == set()
    actions.look_for_duplicates(by=manager)
    assert listed() == set()


def test_a_pair_that_was_merged_or_corrected_leaves_the_list(manager: User) -> None:
    one, two, three, four = make.people(
        make.new_person(forename="Ann"),
        make.new_person(forename="Ann"),
        make.new_person(surname="Sample", forename="Ben"),
        make.new_person(surname="Sample", forename="Ben"),
    )
    actions.look_for_duplicates(by=manager)
    assert len(listed()) == 2
    actions.merge_people(by=manager, kept_id=one.pk, gone_id=two.pk, reason="Same")
    assert listed() == {("same", "Ben", "Ben")}
    actions.update_person(
        by=manager, person_id=four.pk, values={"surname": "Different"}, version=four.version
    )
    actions.look_for_duplicates(by=manager)
    assert listed() == set()
    assert Person.objects.filter(pk=three.pk).exists()


def test_a_live_record_with_a_merged_ones_identifier_is_suspected(manager: User) -> None:
    upn = make.upn()
    kept, gone = make.people(
        make.new_person(forename="Ann", upn=make.upn()), make.new_person(forename="Bo", upn=upn)
    )
    actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="Same")
    make.person(surname="Unlike", forename="Cat", birth_date=date(2010, 1, 1), upn=upn)
    actions.look_for_duplicates(by=System.COMMAND)
    assert listed() == {("identifier", "Ann", "Cat")}


def test_only_managers_decide(manager: User) -> None:
    officer = make.user(Role.PLAN_COORDINATOR)
    one, two = make.people(make.new_person(), make.new_person())
    with pytest.raises(NotPermitted):
        actions.mark_not_duplicate(by=officer, first_id=one.pk, second_id=two.pk)
    with pytest.raises(NotPermitted):
        actions.look_for_duplicates(by=officer)


def test_people_like_one_being_added_are_shown(manager: User) -> None:
    same, near, other = make.people(
        make.new_person(birth_date=BORN),
        make.new_person(birth_date=date(2015, 12, 3)),
        make.new_person(surname="Sample", birth_date=BORN),
    )
    found = people_like(surname="EXAMPLE", forename="Robin", born=BORN, by=manager)
    assert found == [(same, Likeness.SAME), (near, Likeness.DATE)]
    assert other.pk not in {person.pk for person, _ in found}
    assert not people_like(surname="Example", forename="Robin", born=BORN, by=make.user(Role.ADVISER))
