"""The audit log: who did or saw what, when; written in the same transaction as the thing itself.

Each row holds the hash of the one before it. The head row is locked while the next is written, so two
transactions cannot both follow the same row, and a row cut off the end is missed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.models import AuditEntry, AuditHead


@dataclass(frozen=True, slots=True)
class Line:
    """What to write: `action` is a past-tense dotted name such as `case.decided_to_assess`."""

    action: str
    object_type: str = ""
    object_id: str = ""
    person_id: UUID | None = None
    details: dict[str, Any] = field(default_factory=dict)


_gathering: ContextVar[list[tuple[Actor, Line]] | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Keep the lines of a long transaction and append them at its end.

    The chain is locked from the first line to the end of the transaction, so a load of many minutes would
    keep everybody else from recording anything. If the block raises, nothing is appended.
    """
    if _gathering.get() is not None:
        yield
        return
    lines: list[tuple[Actor, Line]] = []
    token = _gathering.set(lines)
    try:
        yield
    finally:
        _gathering.reset(token)
    for by in dict.fromkeys(actor for actor, _ in lines):
        record_many(by=by, lines=[line for actor, line in lines if actor == by])


def record(
    *,
    by: Actor,
    action: str,
    obj: Any = None,
    person_id: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Append one line. `details` holds codes, counts and field names, never a child's data.

    Raises RuntimeError outside a transaction: the line must stand or fall with what it tells of.
    """
    line = Line(
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        person_id=person_id,
        details=details or {},
    )
    record_many(by=by, lines=[line])


def record_many(*, by: Actor, lines: Iterable[Line]) -> None:
    """Append several lines by one actor under a single lock of the chain."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit lines are written inside the transaction of the thing they record")
    waiting = _gathering.get()
    if waiting is not None:
        waiting.extend((by, line) for line in lines)
        return
    ref = actor_ref(by)
    head = _locked_head()
    at = clock.now()
    entries = []
    for line in lines:
        entry = AuditEntry(
            seq=head.seq + 1,
            at=at,
            actor_kind=ref.kind,
            actor_id=ref.id,
            actor_label=ref.label,
            action=line.action,
            object_type=line.object_type,
            object_id=line.object_id,
            person_id=line.person_id,
            details=line.details,
            prev_hash=head.hash,
        )
        entry.hash = hash_of(entry)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    AuditHead.objects.filter(pk=1).update(seq=head.seq, hash=head.hash)


def saw(*, by: Actor, person_id: UUID, what: str, obj: Any = None) -> None:
    """Record that `by` looked at part of a child or young person's record."""
    with transaction.atomic():
        record(by=by, action=f"read.{what}", obj=obj, person_id=person_id)


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 of the row's content and the previous row's hash, in a fixed spelling."""
    content = [
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_kind,
        entry.actor_id,
        entry.actor_label,
        entry.action,
        entry.object_type,
        entry.object_id,
        str(entry.person_id) if entry.person_id else "",
        entry.details,
        entry.prev_hash,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold."""

    seq: int
    problem: str


def verify() -> Iterator[Fault]:
    """Walk the whole chain and yield each changed, missing or added row. Nothing means it holds."""
    seq, previous = 0, "0" * 64
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            yield Fault(seq + 1, f"rows {seq + 1} to {entry.seq - 1} are missing")
        elif entry.prev_hash != previous:
            yield Fault(entry.seq, "does not follow from the row before it")
        if hash_of(entry) != entry.hash:
            yield Fault(entry.seq, "its content was changed after it was written")
        seq, previous = entry.seq, entry.hash
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        yield Fault(seq, "the record of the last row is missing")
    elif (head.seq, head.hash) != (seq, previous):
        yield Fault(seq, f"the last row should be {head.seq}: rows were cut off or replaced at the end")


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
    return head
