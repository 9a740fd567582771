"""Open requests by how long they have been open."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.casework.management.printing import as_json, table
from goldenthread.casework.queries.reports import backlog
from goldenthread.core import clock


class Command(BaseCommand):
    """`manage backlog [--json]`."""

    help = "Open requests by status and by weeks since the request."

    def add_arguments(self, parser: CommandParser) -> None:
        """How to print."""
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        rows = [
            {"status": one.status, **one.by_band, "not_known": one.not_known, "total": one.total}
            for one in backlog(clock.today())
        ]
        columns = {key: key.replace("_", " ") for key in rows[0]}
        self.stdout.write(as_json(rows) if options["json"] else table(rows, columns))
