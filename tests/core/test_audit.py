"""The audit chain: what is written, that the database refuses a change, that tampering is found."""

from __future__ import annotations

import json
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from goldenthread.core import audit
from goldenthread.core.actors import System
from goldenthread.core.ids import new_id
from goldenthread.core.models import AuditEntry, AuditHead
from tests.factories.people import user
from tests.support.append_only import put_aside

pytestmark = pytest.mark.django_db


def write(lines: int = 5) -> list[AuditEntry]:
    with transaction.atomic():
        for number in range(lines):
            audit.record(by=System.COMMAND, action=f"test.wrote_{number}", details={"number": number})
    return list(AuditEntry.objects.order_by("seq"))


def tamper(sql: str, *values: object) -> None:
    """What someone with the database in hand could do, triggers and all."""
    with put_aside(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def problems() -> list[tuple[int, str]]:
    return [(fault.seq, fault.problem) for fault in audit.verify()]


def test_a_chain_that_was_left_alone_holds() -> None:
    lines = write()
    assert problems() == []
    assert [line.prev_hash for line in lines[1:]] == [line.hash for line in lines[:-1]]


def test_a_line_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.record(by=System.COMMAND, action="test.wrote")


def test_a_line_goes_when_its_cause_is_undone(transactional_db: None) -> None:
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == 0
    write(1)
    assert problems() == []


@pytest.mark.parametrize(
    "change",
    [
        {"action": "test.other"},
        {"actor_label": "Someone Else"},
        {"details": '{"number": 9}'},
        {"object_id": "x"},
        {"person_id": str(UUID(int=1))},
        {"at": "2020-01-01 00:00:00+00:00"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(change: dict[str, str]) -> None:
    lines = write()
    ((column, value),) = change.items()
    tamper(f"UPDATE core_auditentry SET {column} = %s WHERE seq = %s", value, lines[2].seq)
    assert problems() == [(lines[2].seq, "its content was changed after it was written")]


def test_a_changed_line_with_a_new_hash_is_found() -> None:
    lines = write()
    forged = AuditEntry.objects.get(pk=lines[2].seq)
    forged.action = "test.other"
    tamper(
        "UPDATE core_auditentry SET action = 'test.other', hash = %s WHERE seq = %s",
        audit.hash_of(forged),
        forged.seq,
    )
    assert problems() == [(lines[3].seq, "does not follow from the row before it")]


def test_a_missing_line_is_found() -> None:
    lines = write()
    tamper("DELETE FROM core_auditentry WHERE seq = %s", lines[2].seq)
    at = lines[2].seq
    assert problems() == [(at, f"rows {at} to {at} are missing")]


def test_a_missing_first_line_is_found() -> None:
    first = write()[0].seq
    tamper("DELETE FROM core_auditentry WHERE seq = %s", first)
    assert problems() == [(first, f"rows {first} to {first} are missing")]


def test_a_tail_cut_off_is_found() -> None:
    lines = write()
    tamper("DELETE FROM core_auditentry WHERE seq > %s", lines[2].seq)
    assert problems() == [
        (lines[2].seq, f"the last row should be {lines[4].seq}: rows were cut off or replaced at the end")
    ]


def test_an_added_line_is_found() -> None:
    last = write()[-1]
    extra = AuditEntry(
        seq=last.seq + 1, at=last.at, actor_kind="system", actor_id="x", actor_label="x", action="test.added"
    )
    extra.prev_hash = last.hash
    extra.hash = audit.hash_of(extra)
    extra.save(force_insert=True)
    assert [seq for seq, _ in problems()] == [extra.seq]


def test_a_removed_head_is_found() -> None:
    last = write()[-1]
    AuditHead.objects.all().delete()
    assert problems() == [(last.seq, "the record of the last row is missing")]


@pytest.mark.parametrize("sql", ["UPDATE core_auditentry SET action = 'x'", "DELETE FROM core_auditentry"])
def test_the_database_refuses(sql: str) -> None:
    write(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AuditEntry.objects.filter(action="test.wrote_0").count() == 1


def test_truncating_is_refused() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can truncate")
    write(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE core_auditentry")


def test_the_command_says_so_and_exits_1() -> None:
    lines = write()
    out = StringIO()
    call_command("verify_audit", json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"lines": 5, "holds": True, "faults": []}
    tamper("UPDATE core_auditentry SET action = 'test.other' WHERE seq = %s", lines[0].seq)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", json=True, stdout=out)
    assert stopped.value.code == 1
    assert json.loads(out.getvalue())["faults"][0]["seq"] == lines[0].seq
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=out)
    assert f"Line {lines[0].seq}: its content was changed" in out.getvalue()


def test_who_did_it_stands_in_the_line() -> None:
    someone = user()
    with transaction.atomic():
        audit.record(by=someone, action="test.wrote", obj=someone, person_id=new_id())
    line = AuditEntry.objects.get()
    assert (line.actor_kind, line.actor_id, line.actor_label) == ("user", str(someone.pk), someone.name)
    assert (line.object_type, line.object_id) == ("core.user", str(someone.pk))
    assert problems() == []


def test_nobody_writes_nothing() -> None:
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(ValueError, match="signed-in user"), transaction.atomic():
        audit.record(by=AnonymousUser(), action="test.wrote")  # type: ignore[arg-type]


def test_gathered_lines_come_at_the_end_and_hold() -> None:
    with transaction.atomic():
        with audit.gathered():
            write(3)
            assert AuditEntry.objects.count() == 0
        assert AuditEntry.objects.count() == 3
    assert problems() == []
