"""Reads of the casework room."""

from goldenthread.casework.queries.cases import (
    case_for_page,
    deadlines_of,
    locked,
    register_sight,
    visible_to,
)
from goldenthread.casework.queries.worklists import (
    NOBODY,
    SORTS,
    TABS,
    TITLES,
    Filters,
    turn_now,
    worklist,
    worklist_counts,
)
from goldenthread.casework.queries.workload import Load, workload

__all__ = [
    "NOBODY",
    "SORTS",
    "TABS",
    "TITLES",
    "Filters",
    "Load",
    "case_for_page",
    "deadlines_of",
    "locked",
    "register_sight",
    "turn_now",
    "visible_to",
    "worklist",
    "worklist_counts",
    "workload",
]
