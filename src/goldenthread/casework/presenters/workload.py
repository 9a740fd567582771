"""The workload page: a row for each Plan Co-ordinator, and what the team has altogether."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from goldenthread.casework.queries import NOBODY, Load
from goldenthread.core.ui.parts import Bar, Link, Stat
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of

_FIGURES = {
    "all_open": ("open_requests", "Open requests"),
    "plans": ("plans", "Plans"),
    "overdue": ("overdue", "Overdue"),
    "due_this_week": ("due_this_week", "Due this week"),
    "at_risk": ("at_risk", "At risk"),
}
COLUMNS = (
    Column("name", "Plan Co-ordinator", sortable=True),
    Column("share", "Caseload", sortable=True),
    *(Column(field, label, sortable=True, numeric=True) for field, label in _FIGURES.values()),
)


def _words(load: Load) -> str:
    if load.caseworker_id is None:
        return "Waiting for somebody"
    return f"{round(load.share * 100)}% of a full caseload of {load.full_load}"


def _row(load: Load) -> Row:
    who = NOBODY if load.caseworker_id is None else str(load.caseworker_id)
    share = round(load.share * 100)
    tone = "late" if share > 100 else "soon" if share > 90 else "plain"
    bar = Bar(load.share, _words(load), tone) if load.caseworker_id else _words(load)
    cells: dict[str, Any] = {"name": load.name, "share": bar}
    for tab, (field, label) in _FIGURES.items():
        many = getattr(load, field)
        hidden = f"{label.lower()}: {load.name}"
        cells[field] = Link(f"{many:,}", _href(tab, who), hidden) if many else 0
    return Row(cells)


def _href(tab: str, who: str) -> str:
    return f"{reverse('worklist')}?{urlencode({'tab': tab, 'scope': 'team', 'caseworker': who})}"


def rows_to_keep(loads: Sequence[Load]) -> list[Row]:
    """All rows, for a download: figures as numbers."""
    figures = [field for field, _ in _FIGURES.values()]
    return [
        Row({"name": one.name, "share": _words(one)} | {field: getattr(one, field) for field in figures})
        for one in loads
    ]


def context(loads: Sequence[Load], params: QueryDict) -> dict[str, Any]:
    """What the workload page shows, sorted and paged as its address says."""
    state = TableState.from_request(params, COLUMNS, sizes=(50, 100))
    page = page_of(loads, state)
    table = Table(
        "Work by Plan Co-ordinator",
        COLUMNS,
        [_row(one) for one in page.items],
        state,
        page,
        empty="Nobody does casework yet.",
        downloads=True,
        caption_hidden=True,
    )
    return {"table": table, "figures": _stats(loads)}


def _stats(loads: Sequence[Load]) -> list[Stat]:
    held = [one for one in loads if one.caseworker_id is not None]
    full = sum(one.full_load for one in held)
    unallocated = sum(one.open_requests for one in loads if one.caseworker_id is None)
    over = sum(one.share > 1 for one in held)
    needed = sum(one.cases for one in loads)
    return [
        Stat("Cases of the team", needed, note=f"with {len(held):,} Plan Co-ordinators and managers"),
        Stat(
            "Caseloads filled",
            f"{round(needed * 100 / full)}%" if full else "–",
            note=f"{needed:,} cases for room of {full:,}",
            tone="late" if needed > full else "plain",
        ),
        Stat("Above a full caseload", over, note="people", tone="late" if over else "good"),
        Stat(
            "Unallocated requests",
            unallocated,
            _href("unallocated", ""),
            "nobody works on these yet",
            "late" if unallocated else "good",
        ),
    ]
