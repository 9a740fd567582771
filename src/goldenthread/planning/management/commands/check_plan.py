"""`manage check_plan may-2020 [--json]`: does a stated recovery plan add up?"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from goldenthread.planning import queries
from goldenthread.planning.checking import CheckedPlan, check_plan
from goldenthread.planning.stated import StatedPlan, financial_year, read_shipped, shipped


class Command(BaseCommand):
    """Recomputes a plan from its parts and prints every stated figure that they do not give."""

    help = "Check a stated recovery plan: totals, cumulative and percentage rows from their parts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which plan."""
        parser.add_argument("slug", help="such as may-2020, which ships as an example")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError where there is no such plan."""
        checked = check_plan(_plan(options["slug"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(checked), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(checked)))


def _plan(slug: str) -> StatedPlan:
    """The plan as it was entered last, or the example that ships."""
    try:
        plan = queries.stated_plan(slug)
    except (OperationalError, ProgrammingError):
        plan = None  # no database yet: the examples can be checked all the same
    plan = plan or read_shipped(slug)
    if plan is None:
        raise CommandError(f"There is no plan “{slug}”. Examples that ship: {', '.join(shipped())}.")
    return plan


def as_dict(checked: CheckedPlan) -> dict[str, Any]:
    """A checked plan for JSON: rows by financial year as recomputed, as stated, and the disagreements."""
    plan = checked.plan
    names = [financial_year(year) for year in plan.all_years()]

    def by_year(figures: Any) -> dict[str, float | None]:
        return {
            name: None if one is None else round(float(one), 1)
            for name, one in zip(names, figures, strict=True)
        }

    return {
        "plan": plan.slug,
        "title": plan.title,
        "source": plan.source,
        "unit": "thousands of pounds; overspends are negative",
        "years": names,
        "as_is": by_year(checked.as_is),
        "as_is_cumulative": by_year(checked.as_is_cumulative),
        "savings": {
            "interventions": [
                {"reference": row.reference, "title": row.title, "figures": by_year(figures)}
                for row, figures in checked.savings
            ],
            "total": by_year(checked.annual_savings),
        },
        "percent_of_as_is": by_year(checked.percent),
        "after_intervention": by_year(checked.after),
        "after_intervention_cumulative": by_year(checked.after_cumulative),
        "stated": {
            row.kind.value: by_year(row.figures) for row in plan.rows if row.kind.value not in {"saving"}
        },
        "disagreements": [one.as_dict() for one in checked.disagreements],
        "beyond_rounding": len(checked.beyond_rounding),
        "tolerance": "Half a unit of the last digit for the stated figure and for each part it is made of. "
        "Every difference that shows is listed; within_rounding says which are no more than that.",
    }


def _lines(checked: CheckedPlan) -> list[str]:
    told = checked.beyond_rounding
    rounding = len(checked.disagreements) - len(told)
    lines = [f"{checked.plan.title} (£000)", ""]
    lines += [f"{len(told)} stated figures do not follow from their parts:"] if told else ["All adds up."]
    for one in told:
        lines.append(
            f"  {one.row} {one.year}: stated {one.stated:,}, parts give {one.computed:,} "
            f"({one.difference:+,}); {one.title}"
        )
    for note in dict.fromkeys(one.note for one in told if one.note):
        lines.append(f"  {note}")
    lines.append(f"{rounding} more differ by no more than rounding explains (--json lists them).")
    return lines
