"""How long each step took, by year."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.casework.management.printing import as_json, table, year
from goldenthread.casework.queries.reports import waiting_times

COLUMNS = {
    "year": "Year",
    "title": "Step",
    "n": "Cases",
    "median": "Median",
    "p80": "80%",
    "longest": "Longest",
}


class Command(BaseCommand):
    """`manage waiting_times --from 2023 --to 2025 [--json]`."""

    help = "Days that each step took for the cases that finished it in a calendar year."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which years."""
        parser.add_argument("--from", dest="first", required=True, help="first calendar year")
        parser.add_argument("--to", dest="last", required=True, help="last calendar year")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError for years the wrong way round."""
        first, last = year(options["first"]), year(options["last"])
        if first > last:
            raise CommandError("The first year is after the last. Swap them.")
        rows = [asdict(one) for one in waiting_times(first, last)]
        self.stdout.write(as_json(rows) if options["json"] else table(rows, COLUMNS))
