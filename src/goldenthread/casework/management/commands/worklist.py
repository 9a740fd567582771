"""What was due, and what was late, on a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.casework.management.printing import as_json, day, table
from goldenthread.casework.queries.on_a_day import worklist_on
from goldenthread.core import clock
from goldenthread.core.models import User

COLUMNS = {
    "reference": "Case",
    "stage": "Stage",
    "step": "Next step",
    "due_on": "Due",
    "days_late": "Days late",
    "turn": "Turn",
    "caseworker": "Plan Co-ordinator",
}


class Command(BaseCommand):
    """`manage worklist --as-of 2025-01-31 [--overdue] [--caseworker EMAIL] [--json]`."""

    help = "Open cases and their next step, as the record stood at the end of a day. No names."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which day, and whose."""
        parser.add_argument("--as-of", help="the day, such as 2025-01-31; today if left out")
        parser.add_argument("--overdue", action="store_true", help="only steps whose due date had passed")
        parser.add_argument("--caseworker", metavar="EMAIL", help="only the cases of this Plan Co-ordinator")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError for an unknown Plan Co-ordinator."""
        on = day(options["as_of"]) if options["as_of"] else clock.today()
        found = worklist_on(on, overdue=options["overdue"], caseworker_id=_caseworker(options["caseworker"]))
        rows = [row.as_dict() for row in found]
        if options["json"]:
            head = {"as_of": on.isoformat(), "overdue_only": options["overdue"], "count": len(rows)}
            self.stdout.write(as_json({**head, "cases": rows}))
        else:
            self.stdout.write(table(rows, COLUMNS))
            self.stdout.write(f"{len(rows)} cases at the end of {on.isoformat()}")


def _caseworker(email: str | None) -> UUID | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    if found is None:
        raise CommandError("Nobody here has that email address.")
    return found
