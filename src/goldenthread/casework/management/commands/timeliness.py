"""Plans issued within 20 weeks, as DfE counts them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.casework.management.printing import as_json, table, year
from goldenthread.casework.queries import reports

COLUMNS = {
    "period": "Period",
    "issued": "Issued",
    "within_20_weeks": "In 20 weeks",
    "percent_within_20_weeks": "%",
    "exceptions": "Exceptions",
    "within_20_weeks_excluding_exceptions": "In 20 weeks excl.",
    "percent_within_20_weeks_excluding_exceptions": "% excl.",
    "from_20_to_52_weeks": "20 to 52 weeks",
    "over_52_weeks": "Over 52 weeks",
}


class Command(BaseCommand):
    """`manage timeliness --year 2025 [--by-month] [--json]`."""

    help = "First plans issued in a calendar year: how many within 20 weeks, with and without exceptions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year."""
        parser.add_argument("--year", required=True, help="calendar year of the plans' start")
        parser.add_argument("--by-month", action="store_true", help="each month of the year too")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        wanted = year(options["year"])
        whole = reports.timeliness(wanted).as_dict()
        months = [one.as_dict() for one in reports.timeliness_by_month(wanted)] if options["by_month"] else []
        if options["json"]:
            self.stdout.write(as_json({**whole, "months": months} if options["by_month"] else whole))
        else:
            self.stdout.write(table([*months, whole], COLUMNS))
