"""The databases that tests run on are real, and append-only tables survive the emptying between tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from goldenthread.core import audit
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from tests.support.append_only import put_aside


def _write_a_line() -> None:
    with transaction.atomic():
        audit.record(by=System.COMMAND, action="test.wrote")


def _erase() -> None:
    with transaction.atomic():
        AuditEntry.objects.all().delete()


@pytest.mark.django_db
def test_sqlite_tests_run_on_a_file() -> None:
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).is_file()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
    else:
        assert connection.settings_dict["NAME"].startswith("test_")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_an_append_only_table_and_leaves_it_guarded() -> None:
    _write_a_line()
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    _write_a_line()
    with pytest.raises(DatabaseError, match="append-only"):
        _erase()
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_failure_inside() -> None:
    _write_a_line()
    with pytest.raises(RuntimeError), put_aside(connection):
        raise RuntimeError
    with pytest.raises(DatabaseError, match="append-only"):
        _erase()
