"""The recovery plan as stated, checked, acted on and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse

from goldenthread.core.ui.filters import number
from goldenthread.core.ui.parts import Link, Stat, SummaryRow
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.planning.checking import CheckedPlan, Disagreement
from goldenthread.planning.enums import MilestoneState, PlanState, RowKind
from goldenthread.planning.models import Milestone, PlanAction, RecoveryPlan
from goldenthread.planning.presenters.scenarios import CONFIDENCE
from goldenthread.planning.presenters.words import financial_year
from goldenthread.planning.stated import StatedRow

STATES = StatusTags({PlanState.DRAFT: ("Not approved", "yellow"), PlanState.APPROVED: ("Approved", "green")})
MILESTONES = StatusTags(
    {
        MilestoneState.TO_DO: ("To do", "blue"),
        MilestoneState.ON_TRACK: ("On track", "teal"),
        MilestoneState.DONE: ("Done", "green"),
        MilestoneState.LATE: ("Late", "red"),
        MilestoneState.DROPPED: ("No longer wanted", "grey"),
    }
)
COLUMNS: Final = (
    Column("title", "Recovery plan", sortable=True),
    Column("version", "Version", numeric=True),
    Column("stated", "Stated on", sortable=True, order_by=("stated_on",)),
    Column("state", "State", sortable=True),
    Column("entered", "Entered", sortable=True, order_by=("created_at",)),
)


def rows(plans: Iterable[RecoveryPlan]) -> Iterator[Row]:
    """The list of plans, each version a row."""
    for one in plans:
        yield Row(
            {
                "title": Link(one.title, plan_href(one)),
                "version": one.version,
                "stated": one.stated_on,
                "state": STATES[one.state],
                "entered": one.created_at.date(),
            },
            name=one.title,
        )


def plan_href(plan: RecoveryPlan) -> str:
    """The page of one version of a plan."""
    return reverse("planning_plan", args=[plan.slug, plan.version])


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def figures(checked: CheckedPlan) -> Table:
    """The stated figures, each that differs from its parts marked, with what the parts give."""
    plan = checked.plan
    differs = {(one.row, one.title, one.reference, one.year): one for one in checked.beyond_rounding}
    columns = [Column("name", "£000")] + [
        Column(str(year), financial_year(year), numeric=True) for year in plan.all_years()
    ]
    out = []
    for row in plan.rows:
        cells: dict[str, Any] = {}
        for year, value in zip(plan.all_years(), row.figures, strict=True):
            found = differs.get((row.kind.value, row.title, row.reference, financial_year(year)))
            cells[str(year)] = _cell(value, found, percent=row.kind == RowKind.PERCENT)
        out.append(Row({"name": _row_name(row)} | cells, tone="late" if _marked(cells) else ""))
    return Table("Figures as stated", columns, out, id="figures", scroll=True)


def _marked(cells: dict[str, Any]) -> bool:
    return any(isinstance(cell, list) for cell in cells.values())


def _cell(value: Decimal | None, found: Disagreement | None, *, percent: bool) -> Any:
    mark = "%" if percent else ""
    stated = None if value is None else f"{number(value)}{mark}"
    if found is None:
        return stated
    return [stated, Tag(f"parts: {number(found.computed)}{mark}", "red")]


def _row_name(row: StatedRow) -> str:
    return f"{row.reference}. {row.title}" if row.reference else row.title


_DISAGREEMENTS: Final = (
    Column("row", "Row"),
    Column("year", "Year"),
    Column("stated", "Stated", numeric=True),
    Column("computed", "The parts give", numeric=True),
    Column("difference", "Difference", numeric=True),
    Column("note", "What it may be", download_only=True),
)


def disagreements(found: Sequence[Disagreement], title: str, key: str) -> Table:
    """Stated figures that do not follow from their parts, each with both numbers."""
    kinds = dict(RowKind.choices)
    out = []
    for one in found:
        name = f"{kinds.get(one.row, one.row)}"
        if one.title and one.title != name:
            name = f"{one.reference}. {one.title}" if one.reference else one.title
        out.append(
            Row(
                {
                    "row": name,
                    "year": one.year,
                    "stated": _figure(one.stated),
                    "computed": _figure(one.computed),
                    "difference": ("+" if one.difference > 0 else "") + number(one.difference),
                    "note": one.note,
                }
            )
        )
    return Table(title, _DISAGREEMENTS, out, id=key, empty="All adds up.", noun=("figure", "figures"))


def remarks(found: Sequence[Disagreement]) -> list[str]:
    """What may lie behind the disagreements, each said once."""
    return list(dict.fromkeys(one.note for one in found if one.note))


def check_stats(checked: CheckedPlan) -> list[Stat]:
    """How well a stated plan adds up."""
    told, rounding = len(checked.beyond_rounding), len(checked.disagreements) - len(checked.beyond_rounding)
    count = sum(figure is not None for row in checked.plan.rows for figure in row.figures)
    return [
        Stat("figures stated", count),
        Stat("do not follow from their parts", told, tone="late" if told else "good"),
        Stat("differ by no more than rounding", rounding),
    ]


def impact_words(action: PlanAction) -> str:
    """The stated impact, with the years it is over."""
    years = action.impact_years
    if not action.impact:
        return "Not stated"
    if not years:
        return action.impact
    return f"{action.impact}, {financial_year(years[0])} to {financial_year(years[-1])}"


def action_facts(action: PlanAction) -> list[SummaryRow]:
    """An action in the plan's own words."""
    rows = [
        SummaryRow("Assumption", action.assumption),
        SummaryRow("Notes", action.notes),
        SummaryRow("Impact", impact_words(action)),
        SummaryRow("Confidence", CONFIDENCE[action.confidence]),
        SummaryRow("Owner", action.owner or "Not stated"),
    ]
    return [row for row in rows if row.value]


def milestone_rows(milestones: Iterable[Milestone], *, may_edit: bool) -> Iterator[Row]:
    """The steps of an action."""
    for one in milestones:
        title: Any = one.title
        if may_edit:
            title = Link(one.title, reverse("planning_milestone", args=[one.pk]))
        yield Row(
            {
                "title": title,
                "due": one.due_on,
                "state": MILESTONES[one.state],
                "done": one.done_on,
                "note": one.note,
            }
        )


MILESTONE_COLUMNS: Final = (
    Column("title", "Milestone"),
    Column("due", "Due"),
    Column("state", "State"),
    Column("done", "Done on"),
    Column("note", "Note"),
)
