"""People by the thousand: what a return, the demonstration county and the tests write with.

Callers check identifiers and codes first (`statute.identifiers`, `statute.codes`); here they are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goldenthread.core import audit, clock, permissions
from goldenthread.core.actors import Actor, ActorRef, actor_ref
from goldenthread.core.ids import new_id
from goldenthread.people import vocabulary
from goldenthread.people.enums import NameKind
from goldenthread.people.models import Address, Person, PersonChange, PersonName
from goldenthread.people.names import fold
from goldenthread.people.normal import stored_postcode
from goldenthread.people.rows import chunks, insert_rows, update_rows

# What a later file may change. Names are folded again and the words of the search follow.
UPDATABLE = frozenset(
    {
        "surname", "forename", "middle_names", "preferred_name", "birth_date", "died_on", "sex", "ethnicity",
        "first_language", "interpreter_language", "accessible_format", "upn", "uln", "nhs_number",
        "upn_unknown", "postcode",
    }
)  # fmt: skip
NAMES = frozenset({"surname", "forename", "middle_names", "preferred_name"})


@dataclass(frozen=True, slots=True)
class OtherName:
    """A former, preferred or other name."""

    kind: NameKind
    surname: str = ""
    forename: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A child or young person to be added. `id` may be chosen beforehand; identifiers are None where unknown.

    With a postcode or lines an address is added, from `address_from` (None: not known since when).
    """

    surname: str
    forename: str
    birth_date: date
    middle_names: str = ""
    preferred_name: str = ""
    sex: str = ""
    ethnicity: str = ""
    first_language: str = ""
    interpreter_language: str = ""
    accessible_format: str = ""
    upn: str | None = None
    uln: str | None = None
    nhs_number: str | None = None
    upn_unknown: str = ""
    postcode: str = ""
    address_lines: str = ""
    town: str = ""
    address_from: date | None = None
    other_names: tuple[OtherName, ...] = ()
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class PersonUpdate:
    """New values, by field name, for one person. Blank values are passed over: a file empties no field."""

    person_id: UUID
    values: Mapping[str, Any]


def bulk_create_people(people: Iterable[NewPerson], *, by: Actor, source: str) -> list[Person]:
    """Add people with their address and the words of the search; returns them in the order given.

    All of them or none: one transaction. `source` says where they come from, such as a return's name; one
    audit line tells how many. Raises NotPermitted, and IntegrityError for an identifier already taken
    (use `queries.find_matches` first).
    """
    permissions.require(by, "people.edit")
    made: list[Person] = []
    with transaction.atomic():
        for part in chunks(people):
            made += _create_chunk(part, source)
        audit.record(by=by, action="people.added", details={"count": len(made), "source": source})
    return made


def _create_chunk(part: Sequence[NewPerson], source: str) -> list[Person]:
    rows = [_row(new, source) for new in part]
    insert_rows(Person, rows)
    insert_rows(Address, [_address(new) for new in part if new.postcode or new.address_lines])
    others = {new.id: [_name(new.id, other) for other in new.other_names] for new in part if new.other_names}
    insert_rows(PersonName, [name for names in others.values() for name in names])
    vocabulary.index_new({row.pk: vocabulary.words_of_person(row, others.get(row.pk, ())) for row in rows})
    return rows


def _row(new: NewPerson, source: str) -> Person:
    return Person(
        id=new.id,
        surname=new.surname,
        forename=new.forename,
        middle_names=new.middle_names,
        preferred_name=new.preferred_name,
        surname_key=fold(new.surname),
        forename_key=fold(new.forename),
        birth_date=new.birth_date,
        sex=new.sex,
        ethnicity=new.ethnicity,
        first_language=new.first_language,
        interpreter_language=new.interpreter_language,
        accessible_format=new.accessible_format,
        upn=new.upn or None,
        uln=new.uln or None,
        nhs_number=new.nhs_number or None,
        upn_unknown=new.upn_unknown,
        postcode=stored_postcode(new.postcode),
        source=source,
    )


def _address(new: NewPerson) -> Address:
    return Address(
        person_id=new.id,
        lines=new.address_lines,
        town=new.town,
        postcode=stored_postcode(new.postcode),
        starts_on=new.address_from,
    )


def _name(person_id: UUID, other: OtherName) -> PersonName:
    return PersonName(
        person_id=person_id,
        kind=other.kind,
        surname=other.surname,
        forename=other.forename,
        until=other.until,
    )


def bulk_update_people(
    updates: Iterable[PersonUpdate], *, by: Actor, source: str
) -> dict[UUID, tuple[str, ...]]:
    """Change fields of many people; returns the fields that really changed, by person.

    Each change leaves a `PersonChange` row with `source`. A new postcode closes the current address and
    opens one from today. The same values again change nothing. Raises NotPermitted, ValueError for a field
    that may not be changed so, KeyError for a person who is not there, IntegrityError for an identifier
    that somebody else has.
    """
    permissions.require(by, "people.edit")
    changed: dict[UUID, tuple[str, ...]] = {}
    with transaction.atomic():
        for part in chunks(updates):
            changed |= _update_chunk(part, actor_ref(by), source)
        if changed:
            audit.record(by=by, action="people.changed", details={"count": len(changed), "source": source})
    return changed


def _update_chunk(part: Sequence[PersonUpdate], ref: ActorRef, source: str) -> dict[UUID, tuple[str, ...]]:
    ids = sorted({update.person_id for update in part})
    rows: dict[UUID, Person] = {}
    for some in chunks(ids, 500):
        rows |= {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=some)}
    log: list[PersonChange] = []
    for update in part:
        log += apply_values(rows[update.person_id], update.values, ref, source)
    changed: dict[UUID, tuple[str, ...]] = {}
    for entry in log:
        changed[entry.person_id] = (*changed.get(entry.person_id, ()), entry.field)
    save_changed([rows[key] for key in changed], log)
    return changed


def apply_values(
    person: Person, values: Mapping[str, Any], ref: ActorRef, source: str, *, blanks: bool = False
) -> list[PersonChange]:
    """Set the values on the row (not yet saved) and return what changed. `blanks` lets a field be emptied.

    Raises ValueError for a field that is not one of UPDATABLE.
    """
    strange = set(values) - UPDATABLE
    if strange:
        raise ValueError(f"These fields cannot be changed so: {', '.join(sorted(strange))}.")
    log = []
    for name, given in values.items():
        new = _clean(name, given)
        old = getattr(person, name)
        if new == old or (not new and not blanks):
            continue
        setattr(person, name, new)
        log.append(
            PersonChange(
                person_id=person.pk,
                actor_id=ref.id,
                actor_label=ref.label,
                field=name,
                old=_text(old),
                new=_text(new),
                source=source,
            )
        )
    if log:
        person.version += 1
        person.surname_key, person.forename_key = fold(person.surname), fold(person.forename)
    return log


def _clean(name: str, value: Any) -> Any:
    if name in {"upn", "uln", "nhs_number", "died_on", "birth_date"}:
        return value or None
    return stored_postcode(value) if name == "postcode" else (value or "")


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def save_changed(people: Sequence[Person], log: Sequence[PersonChange]) -> None:
    """Save rows that `apply_values` changed, with their history, their search words and their address."""
    if not people:
        return
    now = clock.now()
    for person in people:
        person.updated_at = now
    fields = sorted({entry.field for entry in log} | {"surname_key", "forename_key", "version", "updated_at"})
    update_rows(Person, people, fields)
    insert_rows(PersonChange, log)
    vocabulary.index_again(sorted({entry.person_id for entry in log if entry.field in NAMES}))
    moved = {entry.person_id for entry in log if entry.field == "postcode"}
    _move([person for person in people if person.pk in moved])


def _move(people: Sequence[Person]) -> None:
    """Close the current address of each and open one at the new postcode, from today."""
    today = clock.today()
    for part in chunks(people, 500):
        current = Address.objects.filter(person__in=part, ends_on=None)
        # One that began only today, or is to begin later, ends on the day it began: kept as history.
        current.filter(starts_on__gte=today).update(ends_on=F("starts_on"), updated_at=clock.now())
        current.update(ends_on=today - timedelta(days=1), updated_at=clock.now())
        opened = [Address(person=one, postcode=one.postcode, starts_on=today) for one in part if one.postcode]
        insert_rows(Address, opened)
