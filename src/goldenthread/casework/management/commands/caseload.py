"""Plans maintained and open requests on a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.casework.management.printing import as_json, counts, day
from goldenthread.casework.queries.caseload import caseload
from goldenthread.core import clock


class Command(BaseCommand):
    """`manage caseload --as-of 2025-01-31 [--json]`."""

    help = "The caseload at the end of a day: plans, needs, settings, ages, open requests, plans ceased."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which day."""
        parser.add_argument("--as-of", help="the day, such as 2025-01-31; today if left out")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        on = day(options["as_of"]) if options["as_of"] else clock.today()
        found = caseload(on).as_dict()
        if options["json"]:
            self.stdout.write(as_json(found))
            return
        self.stdout.write(f"Caseload at the end of {on.isoformat()}")
        self.stdout.write(f"Plans maintained: {found['plans']}   Open requests: {found['open_requests']}")
        self.stdout.write(counts("Open requests by status", found["open_requests_by_status"]))
        self.stdout.write(counts("Plans by primary need", found["plans_by_need"]))
        self.stdout.write(counts(f"Plans by setting ({found['settings_basis']})", found["plans_by_setting"]))
        self.stdout.write(counts("Plans by age", found["plans_by_age"]))
        self.stdout.write(counts(f"Plans ceased in {on.year} by reason", found["ceased_in_year_by_reason"]))
