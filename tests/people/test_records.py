"""Adding and changing one record: facts, names, addresses, contacts, who speaks; and two people at once."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from goldenthread.core import clock
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import (
    ChangedMeanwhile,
    InvalidInput,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    Refusal,
)
from goldenthread.core.roles import Role
from goldenthread.people import actions
from goldenthread.people.actions import (
    ContactFacts,
    NewAddress,
    NewSpokesperson,
    OtherName,
    RelationshipFacts,
)
from goldenthread.people.enums import NameKind, RelationshipKind, Share, Speaks
from goldenthread.people.models import Address, Contact, Person, PersonChange, PersonName
from goldenthread.people.queries import search
from tests.factories import people as make

TODAY = date(2024, 1, 18)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def officer(db: None) -> User:
    return make.user(Role.PLAN_COORDINATOR)


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))


def test_a_person_is_added_with_checked_values(officer: User) -> None:
    upn = make.upn(1)
    facts = make.new_person(upn=f" {upn.lower()} ", postcode="zz99 1aa", surname=" Example ")
    person = actions.create_person(by=officer, facts=facts)
    assert (person.upn, person.postcode, person.surname) == (upn, "ZZ991AA", "Example")
    assert person.source == "Entered by staff"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"upn": "H801200001002"}, "upn"),
        ({"uln": "123"}, "uln"),
        ({"nhs_number": "9434765918"}, "nhs_number"),
        ({"surname": "  "}, "surname"),
        ({"birth_date": date(2025, 1, 1)}, "birth_date"),
        ({"birth_date": date(1990, 1, 1)}, "birth_date"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"sex": "Q"}, "sex"),
    ],
)
def test_a_wrong_value_names_its_field_and_adds_nobody(
    officer: User, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.create_person(by=officer, facts=make.new_person(**given))
    assert refused.value.field == field
    assert not Person.objects.exists()


def test_an_identifier_belongs_to_one_person(officer: User) -> None:
    taken = make.person(upn=make.upn(1))
    other = make.person()
    with pytest.raises(InvalidInput, match="Another record has this UPN"):
        actions.create_person(by=officer, facts=make.new_person(upn=taken.upn))
    with pytest.raises(InvalidInput, match="Another record has this UPN"):
        actions.update_person(by=officer, person_id=other.pk, values={"upn": taken.upn}, version=1)
    actions.update_person(by=officer, person_id=taken.pk, values={"upn": taken.upn, "sex": "F"}, version=1)


def test_a_change_leaves_history_and_an_audit_line(officer: User) -> None:
    person = make.person()
    changed = actions.update_person(
        by=officer, person_id=person.pk, values={"surname": "Married", "sex": ""}, version=1, source="Letter"
    )
    assert changed == ("surname", "sex")
    assert list(PersonChange.objects.order_by("id").values_list("field", "old", "new", "source")) == [
        ("surname", "Example", "Married", "Letter"),
        ("sex", "M", "", "Letter"),
    ]
    assert audited()[-1] == "person.changed"
    assert AuditEntry.objects.latest("seq").details == {"fields": ["surname", "sex"]}
    assert search("married", by=officer).hits
    assert not search("example", by=officer).hits


def test_the_second_of_two_editors_is_told(officer: User) -> None:
    person = make.person()
    actions.update_person(by=officer, person_id=person.pk, values={"sex": "F"}, version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.update_person(by=officer, person_id=person.pk, values={"sex": "M"}, version=1)
    assert Person.objects.get().sex == "F"


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_exactly_one_wins() -> None:
    person, officer = make.person(), make.user()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def edit(surname: str) -> None:
        try:
            start.wait(10)
            actions.update_person(by=officer, person_id=person.pk, values={"surname": surname}, version=1)
            outcomes.append(surname)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(surname,)) for surname in ("Alpha", "Beta")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert "ChangedMeanwhile" in outcomes
    (winner,) = [outcome for outcome in outcomes if outcome != "ChangedMeanwhile"]
    assert Person.objects.get().surname == winner
    assert PersonChange.objects.count() == 1


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ANALYST, Role.FAMILY, Role.ADVISER])
def test_only_casework_may_change_a_record(db: None, role: Role) -> None:
    person = make.person()
    with pytest.raises(NotPermitted):
        actions.update_person(by=make.user(role), person_id=person.pk, values={"sex": "F"}, version=1)


def test_a_merged_record_is_closed_to_changes(officer: User) -> None:
    kept, gone = make.people(make.new_person(), make.new_person())
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    with pytest.raises(NotAllowedNow):
        actions.update_person(by=officer, person_id=gone.pk, values={"sex": "F"}, version=1)


def test_other_names_are_searched_until_removed(officer: User) -> None:
    person = make.person()
    name = actions.add_name(
        by=officer, person_id=person.pk, name=OtherName(NameKind.FORMER, surname="Earlier")
    )
    assert search("earlier", by=officer).hits
    actions.remove_name(by=officer, person_id=person.pk, name_id=name.pk)
    assert not search("earlier", by=officer).hits
    assert list(PersonChange.objects.order_by("id").values_list("old", "new")) == [
        ("", "Former name: Earlier"),
        ("Former name: Earlier", ""),
    ]
    with pytest.raises(NotFound):
        actions.remove_name(by=officer, person_id=person.pk, name_id=name.pk)
    with pytest.raises(InvalidInput):
        actions.add_name(by=officer, person_id=person.pk, name=OtherName(NameKind.FORMER))
    assert not PersonName.objects.exists()


def test_a_new_address_closes_the_former(officer: User) -> None:
    person = make.person(address_from=date(2020, 1, 1))
    move = NewAddress("1 Fictional Street", "Testham", "zz99 1aa", date(2023, 9, 1), protected=True)
    actions.record_address(by=officer, person_id=person.pk, address=move)
    old, new = Address.objects.order_by("created_at")
    assert (old.ends_on, new.starts_on, new.ends_on) == (date(2023, 8, 31), date(2023, 9, 1), None)
    assert Person.objects.get().postcode == "ZZ991AA"
    assert "Fictional Street" not in PersonChange.objects.get().new


@pytest.mark.parametrize("from_date", [date(2020, 1, 1), date(2019, 1, 1), date(2024, 1, 19)])
def test_an_address_must_follow_the_one_before_it(officer: User, from_date: date) -> None:
    person = make.person(address_from=date(2020, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        actions.record_address(
            by=officer, person_id=person.pk, address=NewAddress("1 Test Row", "", "ZZ99 1AA", from_date)
        )
    assert refused.value.field == "from_date"
    assert Address.objects.get().ends_on is None


PARENT = ContactFacts("Example", "Parent", email="Parent@Threadshire.example", postcode="zz99 1aa")
MOTHER = RelationshipFacts(RelationshipKind.MOTHER, parental_responsibility=True, share=Share.EVERYTHING)


def test_a_contact_is_added_changed_and_shared_by_siblings(officer: User) -> None:
    child, sibling = make.people(make.new_person(), make.new_person(forename="Sam"))
    first = actions.add_contact(by=officer, person_id=child.pk, contact=PARENT, relationship=MOTHER)
    second = actions.link_contact(
        by=officer, person_id=sibling.pk, contact_id=first.contact_id, relationship=MOTHER
    )
    stop = RelationshipFacts(RelationshipKind.MOTHER, share=Share.NOTHING, share_reason="Court order")
    actions.update_contact(
        by=officer, relationship_id=second.pk, contact=PARENT, relationship=stop, version=1
    )
    contact = Contact.objects.get()
    assert (contact.email, contact.postcode, contact.version) == ("parent@threadshire.example", "ZZ991AA", 2)
    first.refresh_from_db()
    assert first.share == Share.EVERYTHING
    with pytest.raises(ChangedMeanwhile):
        actions.update_contact(
            by=officer, relationship_id=first.pk, contact=PARENT, relationship=MOTHER, version=1
        )
    with pytest.raises(InvalidInput):
        actions.link_contact(by=officer, person_id=child.pk, contact_id=contact.pk, relationship=MOTHER)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (RelationshipFacts(RelationshipKind.FATHER, share=Share.NOTHING), "share_reason"),
        (
            RelationshipFacts(RelationshipKind.SOCIAL_WORKER, parental_responsibility=True),
            "parental_responsibility",
        ),
        (
            RelationshipFacts(RelationshipKind.FATHER, starts_on=date(2020, 1, 2), ends_on=date(2020, 1, 1)),
            "ends_on",
        ),
    ],
)
def test_a_relationship_that_cannot_be_is_refused(
    officer: User, facts: RelationshipFacts, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.add_contact(by=officer, person_id=make.person().pk, contact=PARENT, relationship=facts)
    assert refused.value.field == field
    assert not Contact.objects.exists()


# Born 18 January 2007: compulsory school age ends on Friday 30 June 2023.
YOUNG = date(2007, 1, 18)


def speak(
    officer: User, speaks: Speaks, *, from_date: date = date(2023, 7, 1), contact: bool = True, **facts: Any
):
    person = make.person(birth_date=YOUNG)
    parent = actions.add_contact(by=officer, person_id=person.pk, contact=PARENT, relationship=MOTHER)
    given = NewSpokesperson(speaks, from_date, contact_id=parent.contact_id if contact else None, **facts)
    return actions.set_spokesperson(by=officer, person_id=person.pk, spokesperson=given)


def test_the_young_person_speaks_from_the_day_after_compulsory_school_age(officer: User) -> None:
    assert speak(officer, Speaks.SELF, contact=False).speaks == Speaks.SELF
    with pytest.raises(NotAllowedNow, match="parent makes these decisions"):
        speak(officer, Speaks.SELF, from_date=date(2023, 6, 30), contact=False)


@pytest.mark.parametrize(
    ("contact", "facts", "field"),
    [
        (False, {"basis": "x", "capacity_assessed_on": YOUNG}, "contact"),
        (True, {"capacity_assessed_on": date(2023, 6, 1)}, "basis"),
        (True, {"basis": "Cannot weigh the choice of college"}, "capacity_assessed_on"),
        (True, {"basis": "x", "capacity_assessed_on": date(2023, 7, 2)}, "capacity_assessed_on"),
    ],
)
def test_a_parent_speaks_only_on_a_recorded_ground(
    officer: User, contact: bool, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        speak(officer, Speaks.PARENT, contact=contact, **facts)
    assert refused.value.field == field


def test_a_parent_speaks_where_capacity_was_assessed(officer: User) -> None:
    made = speak(
        officer, Speaks.PARENT, basis="Cannot weigh the choice", capacity_assessed_on=date(2023, 6, 1)
    )
    assert made.recorded_by == officer.name
    assert audited()[-1] == "person.spokesperson_set"


def test_a_stranger_does_not_speak(officer: User) -> None:
    stranger = Contact.objects.create(surname="Stranger", forename="Testing")
    given = NewSpokesperson(Speaks.SUPPORTED, date(2023, 7, 1), contact_id=stranger.pk)
    with pytest.raises(InvalidInput):
        actions.set_spokesperson(by=officer, person_id=make.person(birth_date=YOUNG).pk, spokesperson=given)
