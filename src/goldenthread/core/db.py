"""What both databases must do alike, said once for migrations."""

from __future__ import annotations

from typing import Any

from django.db import connection, migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
"""


def _make(table: str) -> Any:
    def apply(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(_SQLITE.format(table=table, verb=verb, verb_lower=verb.lower()))
        else:
            schema_editor.execute(_POSTGRES.format(table=table))

    return apply


def _drop(table: str) -> Any:
    def revert(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE")

    return revert


def append_only(table: str) -> migrations.RunPython:
    """A migration operation: the database itself refuses to change or delete a row of `table`."""
    return migrations.RunPython(_make(table), _drop(table))


def learn_sizes() -> None:
    """Have the database look at how its tables are filled, after very many rows came at once.

    Without it the planner of SQLite, which never looks by itself, may read a whole table for one page of a
    worklist. SQLite looks at a thousand rows an index, which takes seconds at 640,000 people.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
