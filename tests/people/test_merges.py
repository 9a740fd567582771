"""Merging two records and undoing it exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people import actions, merging
from goldenthread.people.actions import ContactFacts, OtherName, RelationshipFacts
from goldenthread.people.enums import NameKind, RelationshipKind
from goldenthread.people.models import Address, Contact, Merge, NotDuplicate, Person, Relationship
from goldenthread.people.queries import search
from tests.factories import people as make

pytestmark = pytest.mark.django_db
# What may differ after a merge and its undoing: counters, stamps, and the histories that only grow.
GROWS = {"version", "updated_at"}
HISTORIES = {"PersonChange", "Merge", "NameToken", "NameVariant"}


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = merging.holdings()
    yield
    merging._holdings[:] = before


@pytest.fixture
def manager() -> User:
    return make.user(Role.MANAGER)


def snapshot() -> dict[str, Any]:
    """Every row of the room, without what may differ."""
    out = {}
    for model in apps.get_app_config("people").get_models():
        if model.__name__ not in HISTORIES:
            keep = [f.attname for f in model._meta.concrete_fields if f.attname not in GROWS]
            if model.__name__ == "PersonToken":
                keep.remove("id")
            out[model.__name__] = sorted(model.objects.values_list(*keep), key=str)
    return out


def relate(by: User, person: Person, forename: str, contact: Contact | None = None) -> Contact:
    facts = RelationshipFacts(RelationshipKind.PARENT, parental_responsibility=True)
    if contact:
        actions.link_contact(by=by, person_id=person.pk, contact_id=contact.pk, relationship=facts)
        return contact
    new = ContactFacts("Example", forename)
    return actions.add_contact(by=by, person_id=person.pk, contact=new, relationship=facts).contact


@pytest.fixture
def pair(manager: User) -> tuple[Person, Person]:
    """Two records with different facts, names, addresses, and one contact in common."""
    kept, gone = make.people(
        make.new_person(surname="Example", upn=make.upn(1), sex="", address_from=date(2020, 1, 1)),
        make.new_person(
            surname="Exampel",
            upn=make.upn(2),
            uln=make.uln(3),
            sex="M",
            first_language="English",
            postcode="ZZ99 1AA",
            other_names=(OtherName(NameKind.FORMER, surname="Earlier"),),
        ),
    )
    shared = relate(manager, kept, "Shared")
    relate(manager, gone, "", shared)
    relate(manager, gone, "Only")
    return kept, gone


def test_a_merge_moves_everything_and_the_kept_facts_win(manager: User, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="Same birth certificate")
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk
    assert (kept.upn, kept.uln, kept.sex, kept.first_language) == (make.upn(1), gone.uln, "M", "English")
    assert gone.upn == make.upn(2)
    assert Relationship.objects.filter(person=kept).count() == 2
    assert Relationship.objects.filter(person=gone).count() == 1
    assert Address.objects.filter(person=kept, ends_on=None).count() == 1
    assert Address.objects.filter(person=kept).count() == 2
    for text in ("exampel", "earlier", make.upn(2), make.uln(3)):
        assert [hit.person_id for hit in search(text, by=manager).hits] == [kept.pk], text


def test_undoing_a_merge_puts_everything_back_exactly(manager: User, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    before = snapshot()
    merge = actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="Looks the same")
    assert snapshot() != before
    actions.undo_merge(by=manager, merge_id=merge.pk, reason="Twins")
    assert snapshot() == before
    merge.refresh_from_db()
    assert merge.undone_by == manager.name
    with pytest.raises(NotAllowedNow):
        actions.undo_merge(by=manager, merge_id=merge.pk, reason="Again")


def test_what_was_corrected_since_stays_with_the_kept_record(
    manager: User, pair: tuple[Person, Person]
) -> None:
    kept, gone = pair
    merge = actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="Looks the same")
    kept.refresh_from_db()
    actions.update_person(
        by=manager, person_id=kept.pk, values={"first_language": "Welsh"}, version=kept.version
    )
    relate(manager, kept, "Later")
    actions.undo_merge(by=manager, merge_id=merge.pk, reason="Twins")
    kept.refresh_from_db()
    assert (kept.first_language, kept.sex) == ("Welsh", "")
    names = Relationship.objects.filter(person=kept).values_list("contact__forename", flat=True)
    assert set(names) == {"Shared", "Later"}


def test_merges_upon_merges_lead_to_the_last_and_unwind_in_turn(manager: User) -> None:
    one, two, three = make.people(*[make.new_person(forename=name) for name in ("Ann", "Ben", "Cat")])
    before = snapshot()
    first = actions.merge_people(by=manager, kept_id=two.pk, gone_id=one.pk, reason="a")
    second = actions.merge_people(by=manager, kept_id=three.pk, gone_id=two.pk, reason="b")
    assert [hit.person_id for hit in search("ann", by=manager).hits] == [three.pk]
    with pytest.raises(NotAllowedNow, match="since been merged"):
        actions.undo_merge(by=manager, merge_id=first.pk, reason="c")
    actions.undo_merge(by=manager, merge_id=second.pk, reason="d")
    actions.undo_merge(by=manager, merge_id=first.pk, reason="e")
    assert snapshot() == before


def test_rows_that_rooms_above_registered_move_and_move_back(manager: User) -> None:
    """Any foreign key will do: here the people that records were not duplicates of."""
    kept, gone, other = make.people(*[make.new_person(forename=name) for name in ("Ann", "Anne", "Sam")])
    NotDuplicate.objects.create(first=gone, second=other, by_label="test")
    merging.register("people.NotDuplicate", "first", ("note", "notes"))
    merging.register("people.NotDuplicate", "first", ("note", "notes"))
    assert len([one for one in merging.holdings() if one.model_label == "people.NotDuplicate"]) == 1
    merge = actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="a")
    assert NotDuplicate.objects.get().first_id == kept.pk
    actions.undo_merge(by=manager, merge_id=merge.pk, reason="b")
    assert NotDuplicate.objects.get().first_id == gone.pk


def test_rows_that_cannot_stand_together_stop_the_merge(manager: User) -> None:
    kept, gone, other = make.people(*[make.new_person(forename=name) for name in ("Ann", "Anne", "Sam")])
    for person in (kept, gone):
        NotDuplicate.objects.create(first=person, second=other, by_label="test")
    merging.register("people.NotDuplicate", "first")
    before = snapshot()
    with pytest.raises(NotAllowedNow, match="cannot stand"):
        actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="a")
    assert snapshot() == before
    assert not Merge.objects.exists()


def test_merging_needs_a_manager_a_reason_and_two_live_records(
    manager: User, pair: tuple[Person, Person]
) -> None:
    kept, gone = pair
    with pytest.raises(NotPermitted):
        actions.merge_people(by=make.user(), kept_id=kept.pk, gone_id=gone.pk, reason="a")
    with pytest.raises(InvalidInput):
        actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason=" ")
    with pytest.raises(NotAllowedNow):
        actions.merge_people(by=manager, kept_id=kept.pk, gone_id=kept.pk, reason="a")
    actions.merge_people(by=manager, kept_id=kept.pk, gone_id=gone.pk, reason="a")
    with pytest.raises(NotAllowedNow):
        actions.merge_people(by=manager, kept_id=gone.pk, gone_id=kept.pk, reason="a")
