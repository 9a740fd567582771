"""Adults around a child or young person: who they are, their responsibility, what may be shared with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.people import policies
from goldenthread.people.actions.common import locked, noted, remember
from goldenthread.people.enums import RelationshipKind, Share
from goldenthread.people.models import Contact, Person, Relationship
from goldenthread.people.permissions import check_can_edit
from goldenthread.people.values import postcode


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known of an adult. `address_protected`: never shown outside casework."""

    surname: str
    forename: str
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    address_protected: bool = False
    language: str = ""
    interpreter_language: str = ""
    accessible_format: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipFacts:
    """What they are to the child or young person, and what may be shared with them."""

    kind: RelationshipKind
    parental_responsibility: bool = False
    share: Share = Share.LETTERS
    share_reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def add_contact(
    *, by: Actor, person_id: UUID, contact: ContactFacts, relationship: RelationshipFacts
) -> Relationship:
    """Add an adult who is not in the record yet. Raises NotPermitted, NotFound, InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        _check(relationship)
        made = Contact.objects.create(**_checked(contact))
        return _relate(by, person, made, relationship)


def link_contact(
    *, by: Actor, person_id: UUID, contact_id: UUID, relationship: RelationshipFacts
) -> Relationship:
    """Relate an adult who is in the record already (a brother's or sister's, say). Raises InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        person = locked(person_id, by)
        policies.check_not_merged(person)
        _check(relationship)
        contact = Contact.objects.filter(pk=contact_id).first()
        if contact is None:
            raise NotFound("There is no such contact.")
        if Relationship.objects.filter(person=person, contact=contact).exists():
            raise InvalidInput("This person is a contact of the record already.", "Change the entry instead.")
        return _relate(by, person, contact, relationship)


def _relate(by: Actor, person: Person, contact: Contact, facts: RelationshipFacts) -> Relationship:
    made = Relationship.objects.create(person=person, contact=contact, **asdict(facts))
    remember(person.pk, by, "contact", new=_words(contact, made))
    noted(by, "person.contact_added", person, kind=str(facts.kind), share=str(facts.share))
    return made


def update_contact(
    *,
    by: Actor,
    relationship_id: UUID,
    contact: ContactFacts,
    relationship: RelationshipFacts,
    version: int,
) -> Relationship:
    """Change an adult's facts (for every child they are related to) and this relationship.

    Raises NotPermitted, NotFound, ChangedMeanwhile, InvalidInput.
    """
    with transaction.atomic():
        check_can_edit(by)
        row = Relationship.objects.filter(pk=relationship_id).first()
        if row is None:
            raise NotFound("There is no such contact.")
        person = locked(row.person_id, by)
        known = Contact.objects.select_for_update().get(pk=row.contact_id)
        row = Relationship.objects.select_for_update().get(pk=relationship_id)
        policies.check_version(known, version)
        _check(relationship)
        before = _words(known, row)
        _assign(known, _checked(contact))
        known.version += 1
        known.save()
        _assign(row, asdict(relationship))
        row.save()
        remember(person.pk, by, "contact", old=before, new=_words(known, row))
        noted(by, "person.contact_changed", person, share=str(relationship.share))
        return row


def _assign(row: Contact | Relationship, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _check(facts: RelationshipFacts) -> None:
    policies.check_share(facts.share, facts.share_reason)
    policies.check_relationship_dates(facts.starts_on, facts.ends_on)
    policies.check_can_have_responsibility(facts.kind, facts.parental_responsibility)


def _checked(facts: ContactFacts) -> dict[str, object]:
    values = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()
    }
    for name in ("surname", "forename"):
        if not values[name]:
            raise InvalidInput(f"Enter the {name}.", "", name)
    return {**values, "postcode": postcode(facts.postcode), "email": str(values["email"]).lower()}


def _words(contact: Contact, relationship: Relationship) -> str:
    """A line of the history: who, what they are, and what is shared; no address, which may be protected."""
    parts = [str(contact), RelationshipKind(relationship.kind).label, Share(relationship.share).label]
    if relationship.parental_responsibility:
        parts.append("parental responsibility")
    if relationship.ends_on:
        parts.append(f"until {relationship.ends_on.isoformat()}")
    return ", ".join(parts)
