"""Lets the test framework empty tables that the database itself refuses to empty.

A transactional test ends with `flush`, which append-only triggers rightly stop. They are put aside for
that command alone and stand again before the next test: no test ever runs without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# goldenthread.core.db writes these words into each trigger.
_WORDS = "%append-only%"


def let_flush_empty_them() -> None:
    """Wrap Django's flush command, once, so that it puts the append-only triggers aside and back."""
    original = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> Any:
        with put_aside(connections[options["database"]]):
            return original(self, **options)

    flush.Command.handle = handle  # type: ignore[method-assign]


@contextmanager
def put_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The append-only triggers are off inside the block and on again after it, whatever happened."""
    off, on = _sqlite(connection) if connection.vendor == "sqlite" else _postgres(connection)
    _run(connection, off)
    try:
        yield
    finally:
        _run(connection, on)


def _sqlite(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [_WORDS])
        triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


def _postgres(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND p.prosrc LIKE %s",
            [_WORDS],
        )
        triggers = cursor.fetchall()
    alter = 'ALTER TABLE {} {} TRIGGER "{}"'
    return (
        [alter.format(table, "DISABLE", name) for table, name in triggers],
        [alter.format(table, "ENABLE", name) for table, name in triggers],
    )


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            # A trigger's own text may hold a percent sign: with no parameters it is taken as it stands.
            cursor.execute(statement)
