"""Finding people: each kind of thing typed, slips, combinations, merged records, and who may see whom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core.actors import System
from goldenthread.core.roles import Role
from goldenthread.people.actions import OtherName
from goldenthread.people.enums import NameKind, RelationshipKind, Share
from goldenthread.people.models import Contact, Person, Relationship
from goldenthread.people.names import fold
from goldenthread.people.queries import search
from goldenthread.people.queries.search import BEGINNING, EXACT, SLIP
from tests.factories import people as make
from tests.people.slips import slipped

pytestmark = pytest.mark.django_db
NAMES = [("Robin", "Example"), ("Zoë", "O’Sample-Testcase"), ("Ali", "van der Fiction"), ("Jo", "Li")]


def found(text: str) -> list[str]:
    return [str(person) for _, person in search(text, by=System.COMMAND).page(0, 50)]


@pytest.fixture
def everyone() -> dict[str, Person]:
    rows = make.people(
        make.new_person(
            surname="Example",
            forename="Robin",
            birth_date=date(2015, 3, 12),
            postcode="ZZ99 1AA",
            upn=make.upn(1),
            nhs_number=make.nhs_number(1),
            preferred_name="Bobbin",
            other_names=(OtherName(NameKind.FORMER, surname="Earlier"),),
        ),
        make.new_person(
            surname="Examples",
            forename="Robina",
            birth_date=date(2015, 8, 1),
            postcode="ZZ99 2AA",
            uln=make.uln(1),
        ),
        make.new_person(
            surname="Sample-Testcase", forename="Zoë", birth_date=date(2010, 3, 12), postcode="ZZ1 1AA"
        ),
        make.new_person(surname="O’Nother", forename="Example", birth_date=date(2012, 1, 2), postcode=""),
    )
    return {row.forename: row for row in rows}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("robin example", ["Bobbin Example", "Robina Examples"]),
        ("EXAMPLE, Robin", ["Bobbin Example", "Robina Examples"]),
        ("exmaple robin", ["Bobbin Example"]),
        ("bobbin", ["Bobbin Example"]),
        ("earlier", ["Bobbin Example"]),
        ("zoe", ["Zoë Sample-Testcase"]),
        ("testcase zoe", ["Zoë Sample-Testcase"]),
        ("sampletestcase", ["Zoë Sample-Testcase"]),
        ("onother", ["Example O’Nother"]),
        ("o nother", ["Example O’Nother"]),
        ("r example", ["Bobbin Example", "Robina Examples"]),
        ("exa", ["Bobbin Example", "Robina Examples", "Example O’Nother"]),
        ("12/3/2015", ["Bobbin Example"]),
        ("12 March 2010", ["Zoë Sample-Testcase"]),
        ("example 2015", ["Bobbin Example", "Robina Examples"]),
        ("ZZ99 1AA", ["Bobbin Example"]),
        ("zz99", ["Bobbin Example", "Robina Examples"]),
        ("robin zz992aa", ["Robina Examples"]),
        ("robin example ZZ99 1AA", ["Bobbin Example"]),
        ("rbin 12/3/2015", ["Bobbin Example"]),
        ("example 1/1/2001", []),
        ("nobody", []),
        ("", []),
    ],
)
@pytest.mark.usefixtures("everyone")
def test_people_are_found(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_exact_names_come_first_then_beginnings_then_slips(everyone: dict[str, Person]) -> None:
    make.people(
        make.new_person(surname="Exmple", forename="Aa"), make.new_person(surname="Zz", forename="Example")
    )
    hits = search("example", by=System.COMMAND).hits
    assert [hit.how for hit in hits] == [EXACT, EXACT, EXACT, BEGINNING, SLIP]
    assert hits[0].person_id == everyone["Robin"].pk


def test_people_are_found_by_each_identifier(everyone: dict[str, Person]) -> None:
    robin, robina = everyone["Robin"], everyone["Robina"]
    for text in (robin.upn, robin.nhs_number, f"{robin.upn} example"):
        assert [hit.person_id for hit in search(str(text), by=System.COMMAND).hits] == [robin.pk]
    assert [hit.person_id for hit in search(str(robina.uln), by=System.COMMAND).hits] == [robina.pk]


@pytest.mark.usefixtures("everyone")
def test_one_letter_alone_asks_for_more() -> None:
    result = search("r", by=System.COMMAND)
    assert (result.hits, result.notes) == ((), ("Type at least two letters of a name.",))


def test_a_merged_record_leads_to_the_kept_one_once(everyone: dict[str, Person]) -> None:
    kept = make.person(surname="Married", forename="Robin")
    Person.objects.filter(pk=everyone["Robin"].pk).update(merged_into=kept)
    for text in ("robin", "bobbin", str(everyone["Robin"].upn), "12/3/2015"):
        assert [hit.person_id for hit in search(text, by=System.COMMAND).hits][:1] == [kept.pk]
    assert len(search("robin", by=System.COMMAND).hits) == 2


def test_only_those_one_may_see_are_found(everyone: dict[str, Person]) -> None:
    parent = make.user(Role.FAMILY)
    contact = Contact.objects.create(surname="Example", forename="Parent", user=parent)
    child = Relationship.objects.create(
        person=everyone["Robin"], contact=contact, kind=RelationshipKind.PARENT
    )
    Relationship.objects.create(
        person=everyone["Robina"], contact=contact, kind=RelationshipKind.PARENT, share=Share.NOTHING
    )
    for text in ("example", "zz99", "2015", "robin 12/3/2015"):
        assert [hit.person_id for hit in search(text, by=parent).hits] == [everyone["Robin"].pk]
    child.ends_on = date(2020, 1, 1)
    child.save()
    assert not search("example", by=parent).hits
    assert not search("example", by=make.user(Role.ADVISER)).hits
    assert len(search("example", by=make.user(Role.INSPECTOR)).hits) == 3


@pytest.mark.usefixtures("everyone")
@pytest.mark.parametrize(
    "text", ["example", "robin example", "robin example 2015", "robin ZZ99 1AA", "12/3/2015"]
)
def test_a_search_takes_few_queries(text: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(7):
        search(text, by=System.COMMAND).page(0, 25)


@pytest.fixture
def four() -> list[Person]:
    return make.people(*[make.new_person(forename=forename, surname=surname) for forename, surname in NAMES])


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_a_name_with_any_single_slip_finds_its_person(four: list[Person], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(four) - 1))
    person = four[at]
    word = data.draw(st.sampled_from([*fold(person.surname).split(), fold(person.forename)]))
    typed = data.draw(slipped(word))
    if len(typed) > 1:
        assert person.pk in {hit.person_id for hit in search(typed, by=System.COMMAND).hits}


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_beginnings_in_any_order_find_their_person(four: list[Person], data: st.DataObject) -> None:
    person = four[data.draw(st.integers(0, len(four) - 1))]
    names = [person.surname, person.forename]
    parts = [name[: data.draw(st.integers(2, len(name)))] for name in names]
    order = data.draw(st.permutations(parts))
    assert person.pk in {hit.person_id for hit in search(" ".join(order), by=System.COMMAND).hits}


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@pytest.mark.usefixtures("four")
def test_anything_may_be_searched_for(text: str) -> None:
    search(text, by=System.COMMAND).page(0, 5)
