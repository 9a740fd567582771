"""Rows of linked tables put into a temporary SQLite file, and read back as nested nodes, person by person.

The blades and the Excel template give one table per module. Children are found by an index, so memory stays
that of one person however long the tables are. Rows that belong to nothing are reported.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .issues import Issue, issue
from .layout import BY_TABLE, NODES, PARENT_TABLE
from .policy import VALUE_RULES
from .raw import RawNode

MAX_ISSUES = 10_000
_CHILDREN = {node.table: [child.table for child in node.children] for node in NODES}
# Tables with children of their own: their rows' IDs must be unlike.
_PARENTS = [table for table, below in _CHILDREN.items() if below]


class Spool:
    """Linked tables on disk. Fill with `add`, call `finish` once, then read `nodes`."""

    kind = "blades"

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        self.header = RawNode("Header", 0)
        self.issues: list[Issue] = []
        self.persons = 0
        self.total = 0
        self._folder = tempfile.TemporaryDirectory(prefix="sen2-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "rows.sqlite3", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=OFF")
        self._rows.execute("PRAGMA synchronous=OFF")
        self._rows.execute("PRAGMA temp_store=FILE")
        self._files: dict[str, str] = {}
        for table in PARENT_TABLE | {"person": ""}:
            self._rows.execute(f"CREATE TABLE {table} (line INTEGER, id TEXT, parent TEXT, leaves TEXT)")
        self._rows.execute("BEGIN")

    def add(self, table: str, line: int, row_id: str, parent: str, leaves: list[tuple[str, str]]) -> None:
        """One row: its own ID, its parent's, and its items as (tag, text)."""
        self._rows.execute(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 - the name is one of our own tables
            (line, row_id, parent, json.dumps(leaves)),
        )

    def file_of(self, table: str, name: str) -> None:
        """The name of the file (or sheet table) that a table's rows stand in."""
        self._files[table] = name

    def finish(self) -> None:
        """Index the rows, and report those that are double or belong to nothing."""
        self._rows.execute("COMMIT")
        for table in _PARENTS:
            if table != "sen2":
                self._rows.execute(f"CREATE INDEX {table}_id ON {table} (id)")
        for table in PARENT_TABLE:
            self._rows.execute(f"CREATE INDEX {table}_parent ON {table} (parent)")
        for table in _PARENTS:
            if table != "sen2":
                self._report_doubles(table)
        for table, parent in PARENT_TABLE.items():
            self._report_orphans(table, parent)
        self.persons = self.total = int(self._rows.execute("SELECT count(*) FROM person").fetchone()[0])

    def _report_doubles(self, table: str) -> None:
        doubles = self._rows.execute(
            f"SELECT line, id, rowid FROM {table} AS row WHERE id <> '' AND EXISTS "  # noqa: S608 - our own name
            f"(SELECT 1 FROM {table} AS one WHERE one.id = row.id AND one.rowid < row.rowid)"
        ).fetchall()
        for line, row_id, rowid in doubles:
            self._report("V16", table, line, row_id)
            self._rows.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608 - our own name

    def _report_orphans(self, table: str, parent: str) -> None:
        orphans = self._rows.execute(
            f"SELECT line, parent FROM {table} AS row WHERE parent = '' OR NOT EXISTS "  # noqa: S608 - our own names
            f"(SELECT 1 FROM {parent} AS one WHERE one.id = row.parent) ORDER BY line"
        )
        for line, parent_id in orphans:
            self._report("V13", table, line, parent_id)

    def report(self, code: str, table: str, line: int, value: str = "", path: str = "") -> None:
        """Report something about a row or table."""
        self._report(code, table, line, value, path)

    def _report(self, code: str, table: str, line: int, value: str, path: str = "") -> None:
        if len(self.issues) == MAX_ISSUES:
            value = "more such rows follow; mend these first"
        elif len(self.issues) > MAX_ISSUES:
            return
        self.issues.append(
            issue(
                VALUE_RULES[code],
                file=self._files.get(table, self.name),
                line=line,
                person_ref="",
                path=path or BY_TABLE[table].tag,
                value=value,
            )
        )

    def nodes(self) -> Iterator[tuple[RawNode, int]]:
        """Each person with all that belongs to it, with the number of persons read."""
        people = self._rows.execute("SELECT line, id, leaves FROM person ORDER BY rowid")
        for number, (line, row_id, leaves) in enumerate(people, start=1):
            yield self._node("person", line, row_id, leaves), number

    def _node(self, table: str, line: int, row_id: str, leaves: str) -> RawNode:
        node = RawNode(BY_TABLE[table].tag, line, [(tag, text, line) for tag, text in json.loads(leaves)])
        node.file = self._files.get(table, self.name)
        for child in _CHILDREN[table] if row_id else []:
            rows = self._rows.execute(
                f"SELECT line, id, leaves FROM {child} WHERE parent = ? ORDER BY rowid",  # noqa: S608 - our own name
                (row_id,),
            ).fetchall()
            node.children.extend(self._node(child, *row) for row in rows)
        return node

    def close(self) -> None:
        """Remove the temporary file."""
        self._rows.close()
        self._folder.cleanup()
