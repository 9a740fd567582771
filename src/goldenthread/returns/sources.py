"""The source of every field: each person as the return had them, kept small, and what changed since."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Max

from goldenthread.people.rows import chunks
from goldenthread.returns.models import ImportRun, SourceRecord
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.values import Values

_SCHEMA = "3"  # raise when the record or its mapping changes, so that files are compared afresh


def digest(person: PersonRecord) -> str:
    """128 bits that differ when anything that a return says of a person differs.

    Where the person stood in the file and how values were spelled do not count.
    """
    content = repr(replace(person, line=0, file="", raw={}))
    return hashlib.blake2b((_SCHEMA + content).encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class Said:
    """What one return said of a person: `raw` as received (tag path to text), and the values it gave for the
    stored fields of the `person` and of each case by its key (`values`)."""

    raw: dict[str, str]
    person: Values
    cases: dict[str, Values]


def pack(said: Said) -> bytes:
    """Small enough to keep for every person of every return."""
    content = [said.raw, said.person, said.cases]
    return zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 1)


def unpack(packed: bytes | memoryview[int]) -> Said:
    """What `pack` was given."""
    return Said(*json.loads(zlib.decompress(bytes(packed))))


@dataclass(frozen=True, slots=True)
class Last:
    """The newest row of a person: its key and what its content comes to."""

    key: int
    digest: str


def latest(person_ids: Iterable[UUID]) -> dict[UUID, Last]:
    """For each person of whom a return spoke, its newest row. Two queries for every 500."""
    found: dict[UUID, Last] = {}
    for some in chunks(list(person_ids), 500):
        newest = SourceRecord.objects.filter(person__in=some).values("person").annotate(last=Max("id"))
        rows = SourceRecord.objects.filter(pk__in=[one["last"] for one in newest])
        for person, key, content in rows.values_list("person_id", "id", "digest"):
            found[person] = Last(key, content)
    return found


def said_in(keys: Iterable[int]) -> dict[UUID, Said]:
    """What the rows of these keys say, by person."""
    found: dict[UUID, Said] = {}
    for some in chunks(list(keys), 500):
        rows = SourceRecord.objects.filter(pk__in=some).values_list("person_id", "raw")
        found |= {person: unpack(raw) for person, raw in rows}
    return found


def record_of(
    person_id: UUID, person: PersonRecord, content: str, said: Said, run: ImportRun
) -> SourceRecord:
    """An unsaved row for what the return says of this person; `content` is its digest as received."""
    return SourceRecord(
        person_id=person_id, run=run, file=person.file[:200], line=person.line, digest=content, raw=pack(said)
    )


def history(person_id: UUID) -> Sequence[SourceRecord]:
    """Everything that returns said of a person, newest first."""
    return list(SourceRecord.objects.filter(person=person_id).select_related("run").order_by("-id"))
