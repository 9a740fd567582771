"""Whether people named in a file are in the record already: by UPN, then ULN, then names and birth date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db import connection

from goldenthread.people.models import Person
from goldenthread.people.names import fold
from goldenthread.people.rows import chunks
from goldenthread.statute.identifiers import is_temporary_upn


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file says of who someone is. Identifiers in their normal form, or None."""

    surname: str
    forename: str
    birth_date: date
    upn: str | None = None
    uln: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The person found, and by what: `upn`, `uln` or `name`; None and empty where there is nobody.

    `several`: the people that fit where it cannot be told which; then `person_id` is None.
    """

    person_id: UUID | None = None
    by: str = ""
    several: tuple[UUID, ...] = ()


NOBODY = Match()


def find_matches(identities: Iterable[Identity]) -> list[Match]:
    """For each identity, in order, the person it is. Merged records lead to the one that was kept.

    A name and birth date alone do not match someone with another (permanent) UPN or another ULN: they go
    to the list of possible duplicates, where a person decides. Three queries for every 2,000.
    """
    found: list[Match] = []
    for part in chunks(identities):
        found += _match_chunk(part)
    return found


def _match_chunk(part: Sequence[Identity]) -> list[Match]:
    by_upn = _by_identifier("upn", {one.upn for one in part if one.upn})
    by_uln = _by_identifier("uln", {one.uln for one in part if one.uln})
    matches = [_by_number(one, by_upn, by_uln) for one in part]
    rest = [at for at, match in enumerate(matches) if match is NOBODY]
    by_name = _by_names({name_key(part[at]) for at in rest})
    for at in rest:
        matches[at] = _by_name(part[at], by_name.get(name_key(part[at]), ()))
    return matches


def _by_number(one: Identity, by_upn: dict[str, UUID], by_uln: dict[str, UUID]) -> Match:
    if one.upn and one.upn in by_upn:
        return Match(by_upn[one.upn], "upn")
    if one.uln and one.uln in by_uln:
        return Match(by_uln[one.uln], "uln")
    return NOBODY


def _by_identifier(field: str, values: set[str]) -> dict[str, UUID]:
    """Identifier to person; a live record's own identifier goes before one on a merged record."""
    found: dict[str, UUID] = {}
    for some in chunks(sorted(values), 900):
        rows = Person.objects.filter(**{f"{field}__in": some}).values_list(field, "id", "merged_into_id")
        for value, key, kept in rows:
            if kept is None or value not in found:
                found[value] = kept or key
    return found


@dataclass(frozen=True, slots=True)
class _Namesake:
    key: UUID
    upn: str | None
    uln: str | None


class Numbered(Protocol):
    """Anyone with a UPN and a ULN, or None for them."""

    @property
    def upn(self) -> str | None: ...

    @property
    def uln(self) -> str | None: ...


def may_be_one(one: Numbered, other: Numbered) -> bool:
    """Whether two of the same name and birth date may be one person: no number of theirs says otherwise.

    A ULN, or a permanent UPN, that both have and that differs says that they are two.
    """
    if one.uln and other.uln and one.uln != other.uln:
        return False
    both = one.upn and other.upn and one.upn != other.upn
    return not (both and not is_temporary_upn(one.upn or "") and not is_temporary_upn(other.upn or ""))


_Key = tuple[str, str, date]


def name_key(one: Identity) -> _Key:
    """Folded surname and forename, and the date of birth: what two namesakes share."""
    return fold(one.surname), fold(one.forename), one.birth_date


def _by_names(keys: set[_Key]) -> dict[_Key, list[_Namesake]]:
    """Live people by folded names and birth date, through the index on the three together."""
    found: dict[_Key, list[_Namesake]] = defaultdict(list)
    table = connection.ops.quote_name(Person._meta.db_table)
    for some in chunks(sorted(keys), 500):
        values = ", ".join(["(%s, %s, %s)"] * len(some))
        rows = Person.objects.raw(
            # Only our own table's name and placeholders are put in.
            f"SELECT * FROM {table} WHERE merged_into_id IS NULL"  # noqa: S608
            f" AND (surname_key, forename_key, birth_date) IN (VALUES {values})",
            [part for key in some for part in key],
        )
        for row in rows:
            namesake = _Namesake(row.pk, row.upn, row.uln)
            found[row.surname_key, row.forename_key, row.birth_date].append(namesake)
    return found


def _by_name(one: Identity, namesakes: Sequence[_Namesake]) -> Match:
    likely = [namesake.key for namesake in namesakes if may_be_one(namesake, one)]
    if len(likely) == 1:
        return Match(likely[0], "name")
    return Match(several=tuple(likely)) if likely else NOBODY
