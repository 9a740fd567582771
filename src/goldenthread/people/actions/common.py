"""What every write here begins and ends with: the locked row, and the line of its history."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import NotFound
from goldenthread.people.models import Person, PersonChange
from goldenthread.people.queries.visible import visible_to


def locked(person_id: UUID, by: Actor) -> Person:
    """The person's row, locked until the transaction ends. Raises NotFound if `by` may not see it."""
    row = visible_to(by).select_for_update(of=("self",)).filter(pk=person_id).first()
    if row is None:
        raise NotFound("There is no such record.", "It may have been opened from an old link. Search for it.")
    return row


def remember(
    person_id: UUID, by: Actor, field: str, *, old: str = "", new: str = "", source: str = ""
) -> None:
    """Write a line of the record's history for something beside its own fields."""
    ref = actor_ref(by)
    PersonChange.objects.create(
        person_id=person_id,
        actor_id=ref.id,
        actor_label=ref.label,
        field=field,
        old=old,
        new=new,
        source=source,
    )


def look_at(*, by: Actor, people: Sequence[Person], what: str) -> None:
    """Write in the audit log that `by` looked at several records together."""
    lines = [
        audit.Line(f"read.{what}", Person._meta.label_lower, str(person.pk), person.pk) for person in people
    ]
    with transaction.atomic():
        audit.record_many(by=by, lines=lines)


def noted(by: Actor, action: str, person: Person, **details: object) -> None:
    """The audit line of a change to a person's record."""
    audit.record(by=by, action=action, obj=person, person_id=person.pk, details=dict(details))
