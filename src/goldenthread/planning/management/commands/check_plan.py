"""`manage check_plan may-2020|FILE.toml [--json]`: does a stated recovery plan add up?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from goldenthread.core.refusals import InvalidInput
from goldenthread.planning import queries
from goldenthread.planning.checking import CheckedPlan, check_plan
from goldenthread.planning.enums import RowKind
from goldenthread.planning.stated import StatedPlan, financial_year, read, read_shipped, shipped

_TOLERANCE = (
    "Half a unit of the last digit for the stated figure and for each part it is made of. Every difference "
    "that shows is listed; within_rounding says which are no more than that."
)


class Command(BaseCommand):
    """Recomputes a plan from its parts and prints every stated figure that they do not give."""

    help = "Check a stated recovery plan: totals, cumulative and percentage rows from their parts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which plan."""
        parser.add_argument("slug", help="such as may-2020, which ships as an example; or a TOML file")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError where there is no such plan."""
        checked = check_plan(_plan(options["slug"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(checked), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(checked)))


def _plan(slug: str) -> StatedPlan:
    """The plan in a file, as it was entered last, or the example that ships."""
    if slug.endswith(".toml"):
        return _from_file(Path(slug))
    try:
        plan = queries.stated_plan(slug)
    except (OperationalError, ProgrammingError):
        plan = None  # no database yet: the examples can be checked all the same
    plan = plan or read_shipped(slug)
    if plan is None:
        raise CommandError(f"There is no plan “{slug}”. Examples that ship: {', '.join(shipped())}.")
    return plan


def _from_file(path: Path) -> StatedPlan:
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path.name} cannot be read: {error}.") from error
    except InvalidInput as refused:
        raise CommandError(f"{path.name}: {refused.message}") from refused


def as_dict(checked: CheckedPlan) -> dict[str, Any]:
    """A checked plan for JSON: rows by financial year as recomputed, as stated, and the disagreements."""
    plan, rows = checked.plan, _Rows([financial_year(year) for year in checked.plan.all_years()])
    return {
        "plan": plan.slug,
        "title": plan.title,
        "source": plan.source,
        "unit": "thousands of pounds; overspends are negative",
        "years": rows.years,
        "as_is": rows.of(checked.as_is),
        "as_is_cumulative": rows.of(checked.as_is_cumulative),
        "savings": {
            "interventions": [
                {"reference": row.reference, "title": row.title, "figures": rows.of(figures)}
                for row, figures in checked.savings
            ],
            "total": rows.of(checked.annual_savings),
        },
        "percent_of_as_is": rows.of(checked.percent),
        "after_intervention": rows.of(checked.after),
        "after_intervention_cumulative": rows.of(checked.after_cumulative),
        "stated": {row.kind.value: rows.of(row.figures) for row in plan.rows if row.kind != RowKind.SAVING},
        "disagreements": [one.as_dict() for one in checked.disagreements],
        "beyond_rounding": len(checked.beyond_rounding),
        "tolerance": _TOLERANCE,
    }


class _Rows:
    """Rows of figures by financial year."""

    def __init__(self, years: list[str]) -> None:
        self.years = years

    def of(self, figures: Sequence[Decimal | None]) -> dict[str, float | None]:
        """A row, to a tenth; None where there is no figure."""
        rounded = (None if one is None else round(float(one), 1) for one in figures)
        return dict(zip(self.years, rounded, strict=True))


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
