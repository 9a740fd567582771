"""Every page of the people room: who may open it, what it shows and does, and how many queries it takes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.roles import Role
from goldenthread.people import actions, columns
from goldenthread.people.actions import ContactFacts, OtherName, RelationshipFacts, import_settings
from goldenthread.people.enums import NameKind, OrganisationKind, RelationshipKind, Share
from goldenthread.people.models import (
    Address,
    Adviser,
    Contact,
    Merge,
    NotDuplicate,
    Organisation,
    Person,
    PersonName,
    Relationship,
    Setting,
    Spokesperson,
)
from tests.factories import people as make
from tests.people.conftest import SignIn

pytestmark = pytest.mark.django_db
TODAY = date(2024, 1, 18)
BIRTH = {"birth_date-day": "12", "birth_date-month": "3", "birth_date-year": "2015"}
CSV = (
    b"URN,EstablishmentName,TypeOfEstablishment (name),Extra column\r\n"
    b"100001,Alpha Testing School,Community school,x\r\n"
)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def officer() -> User:
    return make.user(Role.PLAN_COORDINATOR)


@pytest.fixture
def client(sign_in: SignIn, officer: User) -> Client:
    return sign_in(officer)


@pytest.fixture
def manager_client(sign_in: SignIn) -> Client:
    return sign_in(make.user(Role.MANAGER))


def text(response: Any) -> str:
    assert response.status_code == 200, response.content[:2000]
    return " ".join(response.content.decode().split())


def look_for(client: Client, words: str) -> str:
    asked = client.post(reverse("people"), {"q": words})
    assert asked.status_code == 302
    assert len(words) < 3 or words.split()[0] not in asked.headers["Location"]
    return text(client.get(asked.headers["Location"]))


def test_a_search_shows_whom_it_found_and_keeps_the_words_out_of_the_address(client: Client) -> None:
    make.person(upn=make.upn(), birth_date=date(2015, 3, 12), preferred_name="Bobbin")
    shown = look_for(client, "exmaple robin")
    assert "Robin Example (likes Bobbin)" in shown
    assert "Spelt like it" in shown
    assert "8, Year 4" in shown
    assert "Nobody in the record" in look_for(client, "nobody")
    assert "There is no such date" in look_for(client, "robin 31/2/2015")
    assert "at least two letters" in look_for(client, "r")
    from_header = client.get(reverse("people"), {"q": "robin"})
    assert "robin" not in from_header.headers["Location"]


def test_results_are_paged(client: Client) -> None:
    make.people(*[make.new_person(forename=f"Robin{number:02}") for number in range(30)])
    where = client.post(reverse("people"), {"q": "example"}).headers["Location"]
    first, second = text(client.get(where)), text(client.get(f"{where}&page=2"))
    assert "Showing 1 to 25 of 30 people" in first
    assert "Robin29" in second
    assert "Robin00" not in second
    assert "Robin29" in text(client.get(f"{where}&page=99"))


def test_rooms_above_add_a_column_read_once_for_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "_columns", {})
    asked = []

    def read(ids: Any, by: Any) -> Any:
        asked.append(list(ids))
        return {ids[0]: "EHC-000001"}

    columns.register("case", "Open case", read)
    make.people(make.new_person(), make.new_person(forename="Robina"))
    shown = look_for(client, "example")
    assert "Open case" in shown
    assert "EHC-000001" in shown
    assert [len(ids) for ids in asked] == [2]


def test_adding_somebody_shows_those_who_may_be_the_same_first(client: Client) -> None:
    make.person(birth_date=date(2015, 3, 12))
    given = {"surname": "Exampel", "forename": "Robin", **BIRTH, "postcode": "zz99 1aa", "upn": make.upn(7)}
    shown = text(client.post(reverse("person_new"), given))
    assert "may hold this person already" in shown
    assert "One slip in the name" in shown
    assert Person.objects.count() == 1
    done = client.post(reverse("person_new"), {**given, "different": "on"})
    person = Person.objects.get(surname="Exampel")
    assert done.headers["Location"] == reverse("person", args=[person.pk])
    assert (person.postcode, person.upn) == ("ZZ991AA", make.upn(7))
    assert Address.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"upn": "H801200001002"}, "first letter of the UPN does not fit"),
        ({"nhs_number": "123"}, "has 3 digits and must have 10"),
        ({"postcode": "x"}, "A postcode has 5 to 7"),
        ({"surname": ""}, "Enter surname"),
        ({"birth_date-year": "2031"}, "must be 18 January 2024 or earlier"),
        ({"birth_date-year": "1980"}, "beyond the age of an EHC plan"),
    ],
)
def test_a_wrong_entry_is_explained_beside_its_field(
    client: Client, given: dict[str, str], said: str
) -> None:
    shown = text(
        client.post(reverse("person_new"), {"surname": "Example", "forename": "R", **BIRTH, **given})
    )
    assert said in shown
    assert "There is a problem" in shown
    assert not Person.objects.exists()


def full_record(by: User, **facts: Any) -> Person:
    """Somebody with one of everything."""
    person = make.person(
        birth_date=date(2007, 1, 18),
        upn=make.upn(),
        nhs_number=make.nhs_number(),
        other_names=(OtherName(NameKind.FORMER, surname="Earlier"),),
        **facts,
    )
    parent = ContactFacts(
        "Example", f"Parent {person.pk.hex[-3:]}", postcode="ZZ99 1AA", address_protected=True
    )
    kind = RelationshipFacts(RelationshipKind.MOTHER, parental_responsibility=True, share=Share.EVERYTHING)
    actions.add_contact(by=by, person_id=person.pk, contact=parent, relationship=kind)
    return person


def test_the_record_shows_its_parts_and_each_look_is_written_down(client: Client, officer: User) -> None:
    person = full_record(officer)
    shown = text(client.get(reverse("person", args=[person.pk])))
    for words in ("Born 18 January 2007, aged 17, Year 12", "Passes its check", "Earlier", "White"):
        assert words in shown
    contacts = text(client.get(reverse("person_contacts", args=[person.pk])))
    for words in ("Mother", "Everything", "Protected address", "the young person speaks for themself"):
        assert words in contacts
    changes = text(client.get(reverse("person_changes", args=[person.pk])))
    assert "first came from: test" in changes
    assert "parental responsibility" in changes
    looks = text(client.get(reverse("person_looks", args=[person.pk])))
    assert "Read family and contacts" in looks
    assert officer.name in looks
    seen = AuditEntry.objects.filter(person_id=person.pk, action__startswith="read.")
    assert [entry.action for entry in seen.order_by("seq")] == [
        "read.person",
        "read.contacts",
        "read.changes",
        "read.looks",
    ]


def test_looks_of_one_person_on_one_day_are_one_row(client: Client, officer: User) -> None:
    person = full_record(officer)
    for _ in range(3):
        client.get(reverse("person", args=[person.pk]))
    page = client.get(reverse("person_looks", args=[person.pk])).content.decode()
    assert page.count("Read the record") == 1
    row = page[page.index("Read the record") :]
    assert re.search(r">\s*<span>3</span>", row[:400])


def test_a_family_sees_who_looked_at_its_own_child_and_nothing_else(sign_in: SignIn, officer: User) -> None:
    person, other = full_record(officer), full_record(officer)
    parent = make.user(Role.FAMILY)
    Contact.objects.filter(relationships__person=person).update(user=parent)
    client = sign_in(parent)
    assert "Who has looked" in text(client.get(reverse("person_looks", args=[person.pk])))
    assert client.get(reverse("person_looks", args=[other.pk])).status_code == 404
    assert client.get(reverse("person", args=[person.pk])).status_code == 403


def test_a_record_of_nobody_is_not_found(client: Client, officer: User) -> None:
    for name in (
        "person",
        "person_contacts",
        "person_changes",
        "person_looks",
        "person_edit",
        "person_address",
    ):
        assert client.get(reverse(name, args=[officer.pk])).status_code == 404


def edit_form(person: Person, **given: str) -> dict[str, str]:
    kept = {"surname": "Example", "forename": "Robin", **BIRTH, "sex": "M", "version": str(person.version)}
    return kept | given


def test_two_people_editing_one_record_are_told(client: Client) -> None:
    person = make.person(birth_date=date(2015, 3, 12))
    href = reverse("person_edit", args=[person.pk])
    assert 'value="Example"' in text(client.get(href))
    assert client.post(href, edit_form(person, surname="Married", source="Certificate")).status_code == 302
    second = text(client.post(href, edit_form(person, surname="Other")))
    assert "Someone else changed this record after you opened it" in second
    assert Person.objects.get().surname == "Married"
    changes = text(client.get(reverse("person_changes", args=[person.pk])))
    assert "Certificate" in changes


def test_names_and_addresses_are_kept_over_time(client: Client) -> None:
    person = make.person()
    client.post(reverse("person_name_new", args=[person.pk]), {"kind": "former", "surname": "Earlier"})
    name = PersonName.objects.get()
    assert "Remove this name?" in text(client.get(reverse("person_name_remove", args=[person.pk, name.pk])))
    client.post(reverse("person_name_remove", args=[person.pk, name.pk]))
    assert not PersonName.objects.exists()
    href = reverse("person_address", args=[person.pk])
    given = {"lines": "1 Test Row", "postcode": "ZZ99 1AA", "from_date": "2023-09-01"}
    assert client.post(href, given).status_code == 302
    assert "after the present one began" in text(client.post(href, given))
    assert Address.objects.filter(ends_on=None).get().lines == "1 Test Row"


def test_a_contact_in_the_record_already_is_offered(client: Client, officer: User) -> None:
    first, second = make.people(make.new_person(), make.new_person(forename="Sam"))
    given = {
        "forename": "Parent",
        "surname": "Example",
        "kind": "mother",
        "share": "letters",
        "email": "p@x.example",
    }
    assert client.post(reverse("contact_new", args=[first.pk]), given).status_code == 302
    href = reverse("contact_new", args=[second.pk])
    shown = text(client.post(href, given))
    assert "is in the record already" in shown
    assert client.post(href, {**given, "same": "on"}).status_code == 302
    assert Contact.objects.count() == 1
    row = Relationship.objects.get(person=second)
    edit = reverse("contact_edit", args=[row.pk])
    assert 'value="p@x.example"' in text(client.get(edit))
    wrong = text(client.post(edit, {**given, "share": "nothing", "version": "1"}))
    assert "Give the reason" in wrong
    done = {**given, "share": "nothing", "share_reason": "Order", "version": "1"}
    assert client.post(edit, done).status_code == 302
    assert Relationship.objects.get(person=first).share == Share.LETTERS


def test_who_speaks_is_recorded_with_its_ground(client: Client, officer: User) -> None:
    person = full_record(officer)
    href = reverse("person_spokesperson", args=[person.pk])
    contact = str(Relationship.objects.get().contact_id)
    given = {"speaks": "parent", "contact": contact, "from_date": "2023-07-01", "basis": "Cannot weigh it"}
    assert "Enter the date of the capacity assessment" in text(client.post(href, given))
    early = {**given, "from_date": "2023-06-30", "capacity_assessed_on": "2023-06-01"}
    assert "the parent makes these decisions" in text(client.post(href, early))
    assert client.post(href, {**given, "capacity_assessed_on": "2023-06-01"}).status_code == 302
    assert Spokesperson.objects.count() == 1
    assert "Cannot weigh it" in text(client.get(reverse("person_contacts", args=[person.pk])))


def test_duplicates_are_compared_merged_and_unmerged(manager_client: Client, officer: User) -> None:
    kept, gone = full_record(officer), full_record(officer, surname="Exampel")
    client = manager_client
    client.post(reverse("duplicates_look"))
    assert "One slip in the name" in text(client.get(reverse("duplicates")))
    href = reverse("duplicate", args=[kept.pk, gone.pk])
    shown = text(client.get(href))
    assert "1 contact" in shown
    assert "Differs" in shown
    assert "Enter why are these the same person" in text(client.post(href, {"keep": str(kept.pk)}))
    done = client.post(href, {"keep": str(kept.pk), "reason": "The school says so"})
    assert done.headers["Location"] == reverse("person", args=[kept.pk])
    assert "This record was merged into" in text(client.get(reverse("person", args=[gone.pk])))
    assert "Undo" in text(client.get(reverse("merges")))
    undo = reverse("merge_undo", args=[Merge.objects.get().pk])
    assert "becomes a record of its own" in text(client.get(undo))
    client.post(undo, {"reason": "Twins"})
    assert "Undone" in text(client.get(reverse("merges")))
    client.post(reverse("duplicate_differ", args=[kept.pk, gone.pk]))
    assert NotDuplicate.objects.exists()
    assert "No two records" in text(client.get(reverse("duplicates")))


def test_settings_are_loaded_after_a_check_listed_and_downloaded(manager_client: Client) -> None:
    client, href = manager_client, reverse("settings_load")
    bad = io.BytesIO(b"a,b\r\n1,2\r\n")
    bad.name = "bad.csv"
    assert "The file has no column URN" in text(client.post(href, {"file": bad}))
    good = io.BytesIO(CSV + b"12,Wrong,,\r\n")
    good.name = "good.csv"
    shown = text(client.post(href, {"file": good}))
    assert "Nothing has been changed yet" in shown
    assert "The URN has 2 digits" in shown
    assert not Setting.objects.exists()
    assert client.post(href, {"confirm": "yes"}).status_code == 302
    setting = Setting.objects.get()
    listed = text(client.get(reverse("settings"), {"q": "alpha", "group": "mainstream_la_maintained"}))
    assert "Alpha Testing School" in listed
    assert "Extra column" in text(client.get(reverse("setting", args=[setting.pk])))
    for kind in ("csv", "xlsx"):
        download = client.get(reverse("settings"), {"download": kind})
        assert download.status_code == 200
        content = b"".join(download.streaming_content)
        assert content
        assert kind == "xlsx" or b"Alpha Testing School" in content
    again = client.post(href, {"confirm": "yes"}, follow=True)
    assert "no longer waiting" in text(again)


def test_advisers_and_organisations_are_added_and_changed(client: Client) -> None:
    client.post(reverse("organisation_new"), {"name": "Testing NHS Trust", "kind": "health"})
    organisation = Organisation.objects.get()
    again = client.post(reverse("organisation_new"), {"name": "testing nhs trust", "kind": "health"})
    assert "of this name already" in text(again)
    given = {"name": "Ada Viser", "kind": "medical", "organisation_id": str(organisation.pk), "active": "on"}
    assert client.post(reverse("adviser_new"), given).status_code == 302
    adviser = Adviser.objects.get()
    assert "Testing NHS Trust" in text(client.get(reverse("advisers"), {"q": "ada testing"}))
    href = reverse("adviser_edit", args=[adviser.pk])
    assert 'value="Ada Viser"' in text(client.get(href))
    client.post(href, {**given, "name": "Ada Viser-Test"})
    assert Adviser.objects.get().name == "Ada Viser-Test"
    assert "Testing NHS Trust" in text(client.get(reverse("organisations")))
    change = {"name": "Testing Trust", "kind": OrganisationKind.HEALTH}
    client.post(reverse("organisation_edit", args=[organisation.pk]), change)
    assert Organisation.objects.get().name == "Testing Trust"


def grow_people(by: User, count: int) -> Person:
    people = [full_record(by, surname="Example", forename=f"Robin{number}") for number in range(count)]
    for number in range(count - 1):
        actions.add_contact(
            by=by,
            person_id=people[0].pk,
            contact=ContactFacts("Example", f"Aunt {number}"),
            relationship=RelationshipFacts(RelationshipKind.RELATIVE),
        )
        actions.add_name(
            by=by, person_id=people[0].pk, name=OtherName(NameKind.ALIAS, surname=f"Alias{number}")
        )
    return people[0]


def searched(client: Client, person: Person) -> str:
    return client.post(reverse("people"), {"q": "robin example"}).headers["Location"]


def of_person(name: str) -> Callable[[Client, Person], str]:
    return lambda client, person: reverse(name, args=[person.pk])


def of_nobody(name: str) -> Callable[[Client, Person], str]:
    return lambda client, person: reverse(name)


def compared(client: Client, person: Person) -> str:
    other = Person.objects.exclude(pk=person.pk).first() or make.person()
    return reverse("duplicate", args=[person.pk, other.pk])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("where", "queries"),
    [
        (searched, 9),
        (of_person("person"), 12),
        (of_person("person_contacts"), 10),
        (of_person("person_changes"), 11),
        (of_person("person_looks"), 10),
        (of_nobody("duplicates"), 4),
        (of_nobody("merges"), 4),
        (compared, 9),
        (of_nobody("settings"), 7),
        (of_nobody("advisers"), 4),
        (of_nobody("organisations"), 4),
    ],
)
def test_a_page_takes_as_many_queries_for_three_rows_as_for_one(
    manager_client: Client,
    officer: User,
    count: int,
    where: Callable[[Client, Person], str],
    queries: int,
    django_assert_max_num_queries: Any,
) -> None:
    person = grow_people(officer, count)
    actions.look_for_duplicates(by=System.COMMAND)
    rows = b"".join(b"%d,Testing School %d,Community school,\r\n" % (100_002 + n, n) for n in range(count))
    import_settings(by=System.COMMAND, file=io.BytesIO(CSV + rows))
    for number in range(count):
        organisation = Organisation.objects.create(name=f"Testing {number}", kind="health")
        Adviser.objects.create(name=f"Ada {number}", kind="medical", organisation=organisation)
    href = where(manager_client, person)
    manager_client.get(href)
    with django_assert_max_num_queries(queries):
        assert manager_client.get(href).status_code == 200
