"""Adding, changing and matching people by the thousand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people.actions import (
    NewPerson,
    OtherName,
    PersonUpdate,
    bulk_create_people,
    bulk_update_people,
)
from goldenthread.people.enums import NameKind
from goldenthread.people.models import Address, Person, PersonChange, PersonToken
from goldenthread.people.queries import Identity, Match, find_matches
from tests.factories import people as make

pytestmark = pytest.mark.django_db
BORN = date(2017, 5, 4)


def words(person: Person) -> set[str]:
    return set(PersonToken.objects.filter(person=person).values_list("token__token", flat=True))


def test_people_are_added_with_address_words_and_one_audit_line() -> None:
    new = [
        make.new_person(surname="Example-Sample", other_names=(OtherName(NameKind.FORMER, surname="Før"),)),
        make.new_person(surname="O'Nother", forename="Zoë", postcode="", upn=make.upn()),
    ]
    first, second = bulk_create_people(new, by=System.IMPORT, source="SEN2 2024")

    assert [first.pk, second.pk] == [one.id for one in new]
    assert words(first) == {"example", "sample", "examplesample", "robin", "for"}
    assert words(second) == {"o", "nother", "onother", "zoe"}
    stored = Person.objects.get(pk=first.pk)
    assert (stored.surname_key, stored.forename_key) == ("example sample", "robin")
    assert (stored.source, stored.postcode, stored.upn) == ("SEN2 2024", "ZZ999ZZ", None)
    assert Address.objects.get().person_id == first.pk
    assert AuditEntry.objects.get().details == {"count": 2, "source": "SEN2 2024"}
    assert not PersonChange.objects.exists()


def test_more_than_one_chunk_shares_words(monkeypatch: pytest.MonkeyPatch) -> None:
    new = [make.new_person(forename=f"Robin{number % 3}") for number in range(2_345)]
    made = bulk_create_people(iter(new), by=System.IMPORT, source="test")
    assert len(made) == Person.objects.count() == 2_345
    assert PersonToken.objects.count() == 2 * 2_345


def test_an_identifier_taken_leaves_nothing_half_done() -> None:
    taken = make.person(upn=make.upn(1)).upn
    with pytest.raises(IntegrityError):
        bulk_create_people(
            [make.new_person(surname="Fresh"), make.new_person(upn=taken)], by=System.IMPORT, source="test"
        )
    assert Person.objects.count() == 1
    assert not PersonToken.objects.filter(token__token="fresh").exists()


def test_only_casework_staff_may_add_people() -> None:
    with pytest.raises(NotPermitted):
        bulk_create_people([make.new_person()], by=make.user(Role.INSPECTOR), source="test")


def test_updates_keep_the_history_of_each_field_and_its_source() -> None:
    person = make.person()
    update = PersonUpdate(
        person.pk, {"surname": "Sample", "postcode": "zz99 1aa", "sex": "", "forename": "Robin"}
    )
    changed = bulk_update_people([update], by=System.IMPORT, source="SEN2 2025")

    assert changed == {person.pk: ("surname", "postcode")}
    history = {row.field: (row.old, row.new, row.source) for row in PersonChange.objects.all()}
    assert history == {
        "surname": ("Example", "Sample", "SEN2 2025"),
        "postcode": ("ZZ999ZZ", "ZZ991AA", "SEN2 2025"),
    }
    stored = Person.objects.get()
    assert (stored.version, stored.surname_key, stored.sex) == (2, "sample", "M")
    assert words(person) == {"sample", "robin"}
    old, new = Address.objects.order_by("created_at")
    assert old.ends_on is not None
    assert new.ends_on is None
    assert (old.postcode, new.postcode) == ("ZZ999ZZ", "ZZ991AA")


def test_the_same_update_twice_changes_nothing() -> None:
    person = make.person()
    update = [PersonUpdate(person.pk, {"ethnicity": "MOTH", "birth_date": date(2017, 5, 5)})]
    assert bulk_update_people(update, by=System.IMPORT, source="a")
    assert bulk_update_people(update, by=System.IMPORT, source="b") == {}
    assert PersonChange.objects.count() == 2


def test_two_moves_on_one_day_keep_every_address() -> None:
    person = make.person()
    for postcode in ("ZZ99 1AA", "ZZ99 2AA"):
        bulk_update_people([PersonUpdate(person.pk, {"postcode": postcode})], by=System.IMPORT, source="a")
    assert Address.objects.filter(person=person).count() == 3
    assert Address.objects.get(person=person, ends_on=None).postcode == "ZZ992AA"


def test_fields_that_are_not_facts_of_a_person_are_refused() -> None:
    person = make.person()
    with pytest.raises(ValueError, match="version"):
        bulk_update_people([PersonUpdate(person.pk, {"version": 9})], by=System.IMPORT, source="a")


def identity(**given: object) -> Identity:
    facts = {"surname": "Example", "forename": "Robin", "birth_date": BORN} | given
    return Identity(**facts)  # type: ignore[arg-type]


def test_matches_go_by_upn_then_uln_then_name() -> None:
    upn, uln = make.upn(), make.uln()
    one, two, three = make.people(
        make.new_person(surname="Alpha", upn=upn),
        make.new_person(surname="Beta", uln=uln),
        make.new_person(surname="O’Gamma", forename="Zoë"),
    )
    found = find_matches(
        [
            identity(surname="Married", upn=upn, uln=uln),
            identity(uln=uln),
            identity(surname="OGAMMA", forename="zoe"),
            identity(surname="Nobody"),
        ]
    )
    assert found == [Match(one.pk, "upn"), Match(two.pk, "uln"), Match(three.pk, "name"), Match()]


def test_a_namesake_with_another_upn_is_no_match() -> None:
    person = make.person(upn=make.upn(11))
    assert find_matches([identity(upn=make.upn(12))]) == [Match()]
    assert find_matches([identity()]) == [Match(person.pk, "name")]


def test_two_namesakes_are_named_and_neither_chosen() -> None:
    both = {person.pk for person in make.people(make.new_person(), make.new_person())}
    (match,) = find_matches([identity()])
    assert match.person_id is None
    assert set(match.several) == both


def test_an_identifier_of_a_merged_record_leads_to_the_kept_one() -> None:
    upn = make.upn()
    kept, gone = make.people(make.new_person(surname="Kept"), make.new_person(surname="Gone", upn=upn))
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert find_matches([identity(upn=upn)]) == [Match(kept.pk, "upn")]


def test_matching_takes_as_many_queries_for_three_as_for_one(django_assert_num_queries) -> None:
    make.people(*[make.new_person(forename=f"Robin{number}", upn=make.upn()) for number in range(3)])
    asked = [identity(forename=f"Robin{number}", uln=make.uln(), upn=make.upn()) for number in range(3)]
    for some in (asked[:1], asked):
        with django_assert_num_queries(3):
            find_matches(some)


def test_new_people_may_choose_their_key() -> None:
    new = NewPerson("Example", "Robin", BORN)
    assert bulk_create_people([new], by=System.IMPORT, source="x")[0].pk == new.id
