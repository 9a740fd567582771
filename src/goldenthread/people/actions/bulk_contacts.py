"""The adults around children and young people by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, permissions
from goldenthread.core.actors import Actor
from goldenthread.core.ids import new_id
from goldenthread.people import policies
from goldenthread.people.actions.contacts import ContactFacts, RelationshipFacts
from goldenthread.people.models import Contact, Relationship
from goldenthread.people.normal import stored_postcode
from goldenthread.people.rows import chunks, insert_rows

_CONTACT = tuple(one.name for one in fields(ContactFacts))
_RELATIONSHIP = tuple(one.name for one in fields(RelationshipFacts))


@dataclass(frozen=True, slots=True)
class NewContact:
    """An adult to add to one person's record; `user_id` is theirs if they can sign in."""

    person_id: UUID
    contact: ContactFacts
    relationship: RelationshipFacts
    user_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


def bulk_create_contacts(contacts: Iterable[NewContact], *, by: Actor, source: str) -> int:
    """Add many contacts with what each is to their child or young person; how many there were.

    All of them or none: one transaction, and one audit line that says how many and where from. Raises
    NotPermitted, and InvalidInput for a social worker or advocate said to have parental responsibility.
    """
    permissions.require(by, "people.edit")
    count = 0
    with transaction.atomic():
        for part in chunks(contacts):
            _create(part)
            count += len(part)
        audit.record(by=by, action="people.contacts_added", details={"count": count, "source": source})
    return count


def _create(part: Sequence[NewContact]) -> None:
    for new in part:
        facts = new.relationship
        policies.check_can_have_responsibility(facts.kind, facts.parental_responsibility)
    insert_rows(Contact, [_contact(new) for new in part])
    insert_rows(Relationship, [_relationship(new) for new in part])


def _contact(new: NewContact) -> Contact:
    row = Contact(id=new.id, user_id=new.user_id, **{name: getattr(new.contact, name) for name in _CONTACT})
    row.postcode = stored_postcode(row.postcode)
    row.email = row.email.lower()
    return row


def _relationship(new: NewContact) -> Relationship:
    facts = {name: getattr(new.relationship, name) for name in _RELATIONSHIP}
    return Relationship(person_id=new.person_id, contact_id=new.id, **facts)
