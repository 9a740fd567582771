"""People as a return needs them: by key, and who holds an identifier."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from goldenthread.people.models import Person
from goldenthread.people.rows import chunks


def people_by_key(person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The people of these keys."""
    found: dict[UUID, Person] = {}
    for some in chunks(list(person_ids), 900):
        found |= {person.pk: person for person in Person.objects.filter(pk__in=some)}
    return found


def holders_of_uln(ulns: Iterable[str]) -> dict[str, UUID]:
    """Which live record holds each ULN."""
    found: dict[str, UUID] = {}
    for some in chunks(sorted(set(ulns)), 900):
        rows = Person.objects.filter(uln__in=some, merged_into=None).values_list("uln", "pk")
        found |= {uln: key for uln, key in rows if uln}
    return found


def holders_of_upn(upns: Iterable[str]) -> dict[str, UUID]:
    """Which live record holds each UPN."""
    found: dict[str, UUID] = {}
    for some in chunks(sorted(set(upns)), 900):
        rows = Person.objects.filter(upn__in=some, merged_into=None).values_list("upn", "pk")
        found |= {upn: key for upn, key in rows if upn}
    return found
