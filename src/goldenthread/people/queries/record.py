"""One child's or young person's record, part by part, each part in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from goldenthread.core.actors import Actor
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import NotFound
from goldenthread.people.models import (
    Address,
    Contact,
    Person,
    PersonChange,
    PersonName,
    Relationship,
    Spokesperson,
)
from goldenthread.people.queries.visible import visible_to


def person_record(*, by: Actor, person_id: UUID) -> Person:
    """The record, a merged one with the one that was kept. Raises NotFound if `by` may not see it."""
    person = visible_to(by).select_related("merged_into").filter(pk=person_id).first()
    if person is None:
        raise NotFound("There is no such record.", "It may have been opened from an old link. Search for it.")
    return person


def person_records(*, by: Actor, person_ids: Sequence[UUID]) -> list[Person]:
    """Several records, in the order asked for. Raises NotFound if `by` may not see one of them."""
    rows = visible_to(by).select_related("merged_into").in_bulk(list(person_ids))
    if len(rows) < len(set(person_ids)):
        raise NotFound("There is no such record.", "It may have been opened from an old link. Search for it.")
    return [rows[key] for key in person_ids]


def names_of(person: Person) -> list[PersonName]:
    """Former, preferred and other names, the newest first."""
    return list(PersonName.objects.filter(person=person).order_by("-created_at"))


def addresses_of(person: Person) -> list[Address]:
    """Where the person lives and lived: present first, then by when it ended."""
    rows = Address.objects.filter(person=person).order_by("-created_at")
    return sorted(rows, key=lambda row: row.ends_on or date.max, reverse=True)


def relationships_of(person: Person) -> list[Relationship]:
    """The adults around the person, present ones first, those with responsibility leading."""
    rows = Relationship.objects.filter(person=person).select_related("contact")
    return sorted(
        rows.order_by("created_at"),
        key=lambda row: (row.ends_on is not None, not row.parental_responsibility),
    )


def relationship(*, by: Actor, relationship_id: UUID) -> Relationship:
    """One relationship with its contact and person. Raises NotFound."""
    rows = Relationship.objects.select_related("contact", "person").filter(person__in=visible_to(by))
    found = rows.filter(pk=relationship_id).first()
    if found is None:
        raise NotFound("There is no such contact.")
    return found


def contact_with_email(email: str) -> Contact | None:
    """A contact in the record with this email address, such as a brother's or sister's parent."""
    return Contact.objects.filter(email=email.strip().lower()).first() if email.strip() else None


def spokespeople_of(person: Person) -> list[Spokesperson]:
    """Who spoke for the person, the newest first: the first row counts now."""
    rows = Spokesperson.objects.filter(person=person).select_related("contact")
    return list(rows.order_by("-from_date", "-created_at"))


def records_of(person: Person) -> list[UUID]:
    """The record and those merged into it: whose history belongs together."""
    return [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]


def changes_of(records: Sequence[UUID]) -> QuerySet[PersonChange]:
    """Every change of these records, the newest first."""
    return PersonChange.objects.filter(person__in=records).order_by("-id")


def looks_at(person: Person) -> QuerySet[AuditEntry, Any]:
    """Who looked at the record and what they did in it, as the audit log has it, the newest first.

    A row for each person, day and deed: `day`, `actor_label`, `action`, `times` and when `last`.
    """
    lines = AuditEntry.objects.filter(person_id=person.pk).annotate(day=TruncDate("at"))
    rows = lines.order_by().values("day", "actor_id", "actor_label", "action")
    return rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last", "actor_id", "action")
