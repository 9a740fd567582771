"""How long each step takes lately, and so when a case is likely to finish.

The time of each step is measured on the cases that took it in the year before a day: its median and its
80th percentile, in days. A case's forecast adds the steps it still has to take to what it has done already.
Where fewer than `ENOUGH` cases took a step, the time that the law leaves for it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from goldenthread.casework.enums import OPEN_REQUEST, Status
from goldenthread.casework.facts import CaseFacts, status_of
from goldenthread.casework.models import Pace

ENOUGH = 5
YEAR = timedelta(days=365)

DECIDE, ASSESS, DRAFT, FINALISE = "decide", "assess", "draft", "finalise"
STEPS = (DECIDE, ASSESS, DRAFT, FINALISE)
TITLES = {
    DECIDE: "Request to decision whether to assess",
    ASSESS: "Decision to assess to decision on a plan",
    DRAFT: "Decision to issue to draft plan",
    FINALISE: "Draft plan to final plan",
}
_FIRST_STEP = {Status.REQUESTED: 0, Status.ASSESSING: 1, Status.ISSUING: 2, Status.DRAFT: 3}


@dataclass(frozen=True, slots=True)
class StepPace:
    """One step: how many cases took it, and the median and 80th percentile of its days."""

    n: int
    p50: int
    p80: int


Paces = Mapping[str, StepPace]

# 6 weeks, then to week 14, then a week, then to week 20: a case that keeps the law.
LAWFUL: Paces = {
    DECIDE: StepPace(0, 42, 42),
    ASSESS: StepPace(0, 56, 70),
    DRAFT: StepPace(0, 14, 14),
    FINALISE: StepPace(0, 28, 28),
}


def percentile(days: Mapping[int, int], percent: int) -> int:
    """The fewest days that at least `percent` of the cases did not exceed (nearest rank).

    `days` maps days to cases. Raises ValueError when there are none.
    """
    total = sum(days.values())
    if not total:
        raise ValueError("A percentile needs at least one case.")
    rank, seen = max(1, -(-total * percent // 100)), 0
    for value in sorted(days):
        seen += days[value]
        if seen >= rank:
            return value
    raise AssertionError("the ranks end with the last case")


def measure(days: Mapping[str, Mapping[int, int]]) -> dict[str, StepPace]:
    """The pace of each step from the days its cases took (days to cases)."""
    found = {}
    for name in STEPS:
        taken, lawful = days.get(name, {}), LAWFUL[name]
        n = sum(taken.values())
        if n < ENOUGH:
            found[name] = StepPace(n, lawful.p50, lawful.p80)
        else:
            found[name] = StepPace(n, percentile(taken, 50), percentile(taken, 80))
    return found


def forecast_finish(facts: CaseFacts, recent: Paces, today: date) -> date | None:
    """The day the final plan is likely to go out, if the case ends in one; None unless it is open.

    The step it is in takes its median; once the case is past that, its 80th percentile; once past that too,
    another quarter of the median at least. A forecast is never before today.
    """
    status = status_of(facts)
    if status not in OPEN_REQUEST:
        return None
    first = _FIRST_STEP[status]
    since = _began(facts, first)
    if since is None:
        return None
    step = recent[STEPS[first]]
    spent = (today - since).days
    takes = next((days for days in (step.p50, step.p80) if days >= spent), spent + max(1, step.p50 // 4))
    rest = sum(recent[name].p50 for name in STEPS[first + 1 :])
    return max(today, since + timedelta(days=takes + rest))


def _began(facts: CaseFacts, first: int) -> date | None:
    """When the step that the case is in began; for a day not recorded, the one before it."""
    begins = (facts.received_on, facts.assess_on, facts.issue_on, facts.draft_sent_on)
    return next((day for day in reversed(begins[: first + 1]) if day is not None), None)


def at_risk(forecast_on: date | None, final_due_on: date | None, today: date) -> bool:
    """Likely to miss the 20 weeks though not late yet."""
    return bool(forecast_on and final_due_on and final_due_on >= today and forecast_on > final_due_on)


def store(as_of: date, found: Mapping[str, StepPace]) -> None:
    """Keep the pace measured on a day."""
    steps = {name: asdict(one) for name, one in found.items()}
    Pace.objects.update_or_create(as_of=as_of, defaults={"steps": steps})


def current(today: date) -> Paces:
    """The newest stored pace not after a day, else the lawful one."""
    row = Pace.objects.filter(as_of__lte=today).order_by("-as_of").first()
    if row is None:
        return LAWFUL
    return {name: StepPace(**row.steps[name]) for name in STEPS}
