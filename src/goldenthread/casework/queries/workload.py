"""Who has how much work: by Plan Co-ordinator, from the cases as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from goldenthread.casework.enums import Stage
from goldenthread.casework.models import Case
from goldenthread.casework.queries.worklists import TABS
from goldenthread.core.models import User
from goldenthread.core.roles import CASEWORK

FULL_LOAD = 200
ByWorker = dict[UUID | None, int]


@dataclass(frozen=True, slots=True)
class Load:
    """The work of one Plan Co-ordinator; `caseworker_id` None is what nobody has."""

    caseworker_id: UUID | None
    name: str
    open_requests: int
    plans: int
    overdue: int
    due_this_week: int
    at_risk: int
    full_load: int

    @property
    def cases(self) -> int:
        """All cases that are not closed."""
        return self.open_requests + self.plans

    @property
    def share(self) -> float:
        """Cases as a share of what makes a full caseload for this person."""
        return self.cases / self.full_load if self.full_load else 0.0


def count_by_worker(today: date) -> dict[str, ByWorker]:
    """Each figure of the workload (named as in Load) by who has the cases: live rows."""
    figures: dict[str, ByWorker] = {"open_requests": {}, "plans": {}}
    for (who, stage), n in _by_stage().items():
        figures["open_requests" if stage == Stage.REQUEST else "plans"][who] = n
    return figures | {tab: _by_worker(TABS[tab](today)) for tab in ("overdue", "due_this_week", "at_risk")}


def loads_of(figures: dict[str, ByWorker]) -> list[Load]:
    """Everybody who does casework or has cases, with nobody's cases first, then by name."""
    held = {who for name in ("open_requests", "plans") for who in figures[name]}
    loads = [
        Load(
            caseworker_id=key,
            name=name,
            full_load=full,
            **{figure: counts.get(key, 0) for figure, counts in figures.items()},
        )
        for key, name, full in _workers(held)
    ]
    return [one for one in loads if one.caseworker_id is not None or one.cases]


def _by_stage() -> dict[tuple[Any, ...], int]:
    """Cases by caseworker and stage: all of them, in the order of the one index that has both.

    Not filtered by stage, for which SQLite takes an index that begins with it and then sorts 900,000 rows.
    """
    rows = Case.objects.order_by().values_list("caseworker", "stage").annotate(n=Count("*"))
    return {(who, stage): n for who, stage, n in rows if stage != Stage.CLOSED}


def _by_worker(which: Q) -> ByWorker:
    """Cases by caseworker: a walk along an index that holds all that `which` asks.

    Not grouped by the bare key, for which SQLite takes an index in its order, whatever else it lacks.
    """
    who = Coalesce("caseworker", "caseworker")
    return dict(
        Case.objects.filter(which).order_by().annotate(who=who).values_list("who").annotate(n=Count("*"))
    )


def _workers(held: set[UUID | None]) -> list[tuple[UUID | None, str, int]]:
    """Those at work in casework, and whoever else still holds cases."""
    users = User.objects.filter(Q(is_active=True, role__in=CASEWORK) | Q(pk__in=[key for key in held if key]))
    rows = users.order_by("name", "pk").values_list("pk", "name", "staff_profile__full_load")
    nobody: list[tuple[UUID | None, str, int]] = [(None, "Unallocated", 0)]
    return nobody + [(key, name, FULL_LOAD if full is None else full) for key, name, full in rows]
