"""Adding and changing one child's or young person's record: facts, names, addresses, who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.people import policies, vocabulary
from goldenthread.people.actions.bulk import (
    NewPerson,
    OtherName,
    apply_values,
    bulk_create_people,
    save_changed,
)
from goldenthread.people.actions.common import locked, noted, remember
from goldenthread.people.enums import NameKind, Speaks
from goldenthread.people.models import Address, Contact, Person, PersonName, Spokesperson
from goldenthread.people.normal import shown_postcode
from goldenthread.people.permissions import check_can_edit
from goldenthread.people.values import IDENTIFIERS, WORDS, checked, postcode

BY_HAND = "Entered by staff"
_CHECKED = ("surname", "forename", "upn", "uln", "nhs_number", "sex", "ethnicity", "upn_unknown")


def create_person(*, by: Actor, facts: NewPerson, source: str = BY_HAND) -> Person:
    """Add one child or young person. Raises NotPermitted, or InvalidInput naming the field at fault."""
    with transaction.atomic():
        check_can_edit(by)
        policies.check_birth_date(facts.birth_date, clock.today())
        values = checked({name: getattr(facts, name) for name in _CHECKED})
        values["postcode"] = postcode(facts.postcode)
        _check_not_taken(values, None)
        return bulk_create_people([replace(facts, **values)], by=by, source=source)[0]


def update_person(
    *, by: Actor, person_id: UUID, values: Mapping[str, Any], version: int, source: str = ""
) -> tuple[str, ...]:
    """Change fields of a record (not its address); returns those that changed. Blank empties a field.

    `version` is that of the page the values were typed on. Raises NotPermitted, NotFound,
    ChangedMeanwhile, NotAllowedNow for a merged record, InvalidInput.
    """
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        policies.check_version(person, version)
        clean = checked(dict(values))
        if clean.get("birth_date"):
            policies.check_birth_date(clean["birth_date"], clock.today())
        _check_not_taken(clean, person.pk)
        log = apply_values(person, clean, actor_ref(by), source, blanks=True)
        save_changed([person] if log else [], log)
        fields = tuple(entry.field for entry in log)
        if fields:
            noted(by, "person.changed", person, fields=list(fields))
        return fields


def _check_not_taken(values: Mapping[str, Any], person_id: UUID | None) -> None:
    """Nobody else has the identifier. Raises InvalidInput."""
    for name in IDENTIFIERS:
        value = values.get(name)
        if value:
            others = Person.objects.filter(merged_into=None, **{name: value})
            if (others.exclude(pk=person_id) if person_id else others).exists():
                raise InvalidInput(
                    f"Another record has this {WORDS[name]}.",
                    f"Search for the {WORDS[name]}: it may be the same person.",
                    name,
                )


def add_name(*, by: Actor, person_id: UUID, name: OtherName) -> PersonName:
    """Keep a former, preferred or other name, by which the person is found too. Raises InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        surname, forename = name.surname.strip(), name.forename.strip()
        if not surname and not forename:
            raise InvalidInput("Enter a surname or a forename.", "", "surname")
        row = PersonName.objects.create(
            person=person, kind=name.kind, surname=surname, forename=forename, until=name.until
        )
        vocabulary.index_again([person.pk])
        remember(person.pk, by, "name", new=_name_words(row))
        noted(by, "person.name_added", person, kind=str(name.kind))
        return row


def remove_name(*, by: Actor, person_id: UUID, name_id: UUID) -> None:
    """Take away an other name that was kept in error; its history line stays. Raises NotFound."""
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        row = PersonName.objects.filter(pk=name_id, person=person).first()
        if row is None:
            raise NotFound("This name is not on the record.", "It may have been removed already.")
        remember(person.pk, by, "name", old=_name_words(row))
        row.delete()
        vocabulary.index_again([person.pk])
        noted(by, "person.name_removed", person)


def _name_words(row: PersonName) -> str:
    return f"{NameKind(row.kind).label}: {' '.join(part for part in (row.forename, row.surname) if part)}"


@dataclass(frozen=True, slots=True)
class NewAddress:
    """Where somebody lives from `from_date`. `protected`: never shown outside casework."""

    lines: str
    town: str
    postcode: str
    from_date: date
    protected: bool = False


def record_address(*, by: Actor, person_id: UUID, address: NewAddress) -> Address:
    """Record where a person lives now; the address before it ends the day before. Raises InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        code = postcode(address.postcode)
        if not (address.lines.strip() or code):
            raise InvalidInput("Enter the address or at least its postcode.", "", "postcode")
        current = current_address(person)
        policies.check_address_follows(current, address.from_date, clock.today())
        Address.objects.filter(person=person, ends_on=None).update(
            ends_on=address.from_date - timedelta(days=1), updated_at=clock.now()
        )
        made = Address.objects.create(
            person=person,
            lines=address.lines.strip(),
            town=address.town.strip(),
            postcode=code,
            starts_on=address.from_date,
            protected=address.protected,
        )
        _set_postcode(person, code)
        remember(person.pk, by, "address", old=_where(current), new=_where(made))
        noted(by, "person.address_recorded", person, protected=address.protected)
        return made


def current_address(person: Person) -> Address | None:
    """The address that has not ended; the newest if a return gave several."""
    return Address.objects.filter(person=person, ends_on=None).order_by("-created_at").first()


def _set_postcode(person: Person, code: str) -> None:
    person.postcode = code
    person.version += 1
    person.save(update_fields=["postcode", "version", "updated_at"])


def _where(address: Address | None) -> str:
    if address is None:
        return ""
    if address.protected:
        return "Protected address"
    return ", ".join(part for part in (address.lines, address.town, shown_postcode(address.postcode)) if part)


@dataclass(frozen=True, slots=True)
class NewSpokesperson:
    """Who speaks for a young person from a day, and on what ground."""

    speaks: Speaks
    from_date: date
    contact_id: UUID | None = None
    capacity_assessed_on: date | None = None
    basis: str = ""


def set_spokesperson(*, by: Actor, person_id: UUID, spokesperson: NewSpokesperson) -> Spokesperson:
    """Record who speaks for a young person; earlier rows stay as history.

    Raises NotAllowedNow before the end of compulsory school age, InvalidInput for a missing ground.
    """
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        contact = _related(person, spokesperson.contact_id)
        policies.check_spokesperson(
            person,
            speaks=spokesperson.speaks,
            from_date=spokesperson.from_date,
            contact=contact,
            assessed_on=spokesperson.capacity_assessed_on,
            basis=spokesperson.basis,
        )
        made = Spokesperson.objects.create(
            person=person,
            speaks=spokesperson.speaks,
            contact=contact,
            from_date=spokesperson.from_date,
            capacity_assessed_on=spokesperson.capacity_assessed_on,
            basis=spokesperson.basis.strip(),
            recorded_by=actor_ref(by).label,
        )
        remember(person.pk, by, "spokesperson", new=Speaks(spokesperson.speaks).label)
        noted(by, "person.spokesperson_set", person, speaks=str(spokesperson.speaks))
        return made


def _related(person: Person, contact_id: UUID | None) -> Contact | None:
    """A contact of this person. Raises InvalidInput for anybody else's."""
    if contact_id is None:
        return None
    contact = Contact.objects.filter(pk=contact_id, relationships__person=person).first()
    if contact is None:
        raise InvalidInput("Choose somebody from this record's contacts.", "", "contact")
    return contact
