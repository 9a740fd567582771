"""One thing due on a case, and how it is counted, met or falls away. Used by `clock` and its two parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from goldenthread.casework import steps
from goldenthread.casework.enums import Turn
from goldenthread.casework.facts import CaseFacts
from goldenthread.statute import deadlines as statute
from goldenthread.statute.rules import law_date


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due. `closed_on` None: still open. `met` False: it fell away before it was done."""

    rule: str
    trigger_on: date
    due_on: date
    turn: Turn
    subject: str = ""
    closed_on: date | None = None
    met: bool | None = None
    excused_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still has to happen."""
        return self.closed_on is None

    @property
    def lapses(self) -> bool:
        """Whether, once its day has passed, the council simply goes on without it."""
        return steps.step(self.rule).lapses

    @property
    def target_on(self) -> date | None:
        """The council's internal target."""
        return steps.target_for(self.rule, self.due_on)

    def days_late(self, on: date) -> int:
        """Days past the due date when it was done or, if open, on a day; 0 when in time or fallen away."""
        if self.met is False or self.lapses:
            return 0
        return max(0, ((self.closed_on or on) - self.due_on).days)


@lru_cache(maxsize=64)
def law_of(version: str) -> date | None:
    """A day of the law that a case runs under; None for the newest."""
    return law_date(version) if version else None


def counted(facts: CaseFacts, rule: str, trigger: date) -> date:
    """The due date of a rule by the law of the case."""
    return statute.due(rule, trigger, on=law_of(facts.law_version))


def first(*days: date | None) -> date | None:
    """The earliest day there is."""
    return min((day for day in days if day is not None), default=None)


def before(day: date, other: date | None) -> bool:
    """Whether a day is not after another that there is."""
    return other is not None and day <= other


def make(facts: CaseFacts, rule: str, trigger: date, subject: str = "") -> Due:
    """An open due of a rule of the law."""
    return Due(rule, trigger, counted(facts, rule, trigger), _turn_of(rule), subject)


@lru_cache(maxsize=64)
def _turn_of(rule: str) -> Turn:
    return steps.step(rule).turn


def close(due: Due, *, met_on: date | None, fell_on: date | None) -> Due:
    """Met on a day, or fallen away on one; whichever came first."""
    if met_on is None and fell_on is None:
        return due
    if met_on is not None and (fell_on is None or met_on <= fell_on):
        return replace(due, closed_on=met_on, met=True)
    return replace(due, closed_on=fell_on, met=False)
