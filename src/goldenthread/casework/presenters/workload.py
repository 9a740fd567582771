"""The workload page: a row for each Plan Co-ordinator, and what the team has altogether."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from goldenthread.casework.queries import NOBODY, Load
from goldenthread.core.ui.parts import Stat

# A bar of 150 is full at one and a half full caseloads, so that too much still shows as more.
_BAR, _ROOM = 150, 1.5
_COLOURS = {"late": "#b0232a", "soon": "#b9770e", "plain": "#0b4f55"}


@dataclass(frozen=True)
class LoadRow:
    """One Plan Co-ordinator; `width` and `colour` draw the bar."""

    load: Load
    hrefs: dict[str, str]
    width: float
    words: str
    colour: str


def _row(load: Load) -> LoadRow:
    who = NOBODY if load.caseworker_id is None else str(load.caseworker_id)
    share = round(load.share * 100)
    tone = "late" if share > 100 else "soon" if share > 90 else "plain"
    return LoadRow(
        load=load,
        hrefs={tab: _href(tab, who) for tab in ("all_open", "plans", "overdue", "due_this_week", "at_risk")},
        width=round(min(load.share / _ROOM, 1) * _BAR, 1),
        words=f"{share}% of a full caseload of {load.full_load}"
        if load.caseworker_id
        else "Waiting for somebody",
        colour=_COLOURS[tone],
    )


def _href(tab: str, who: str) -> str:
    return f"{reverse('worklist')}?{urlencode({'tab': tab, 'scope': 'team', 'caseworker': who})}"


def context(loads: Sequence[Load]) -> dict[str, Any]:
    """What the workload page shows."""
    held = [one for one in loads if one.caseworker_id is not None]
    cases, full = sum(one.cases for one in held), sum(one.full_load for one in held)
    unallocated = sum(one.open_requests for one in loads if one.caseworker_id is None)
    over = sum(one.share > 1 for one in held)
    needed = sum(one.cases for one in loads)
    figures = [
        Stat("Cases of the team", needed, note=f"with {len(held)} Plan Co-ordinators and managers"),
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
    return {"rows": [_row(one) for one in loads], "figures": figures, "cases": cases}
