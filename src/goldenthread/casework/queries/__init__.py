"""Reads of the casework room."""

from goldenthread.casework.queries.cases import (
    case_for_page,
    deadlines_of,
    locked,
    register_sight,
    visible_to,
)
from goldenthread.casework.queries.tallied import ListCounts, Workload, list_counts, workload
from goldenthread.casework.queries.worklists import (
    NOBODY,
    SORTS,
    TABS,
    TITLES,
    Filters,
    turn_now,
    worklist,
)
from goldenthread.casework.queries.workload import Load

__all__ = [
    "NOBODY",
    "SORTS",
    "TABS",
    "TITLES",
    "Filters",
    "ListCounts",
    "Load",
    "Workload",
    "case_for_page",
    "deadlines_of",
    "list_counts",
    "locked",
    "register_sight",
    "turn_now",
    "visible_to",
    "worklist",
    "workload",
]
