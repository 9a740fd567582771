"""How a rule is written: a function from a node and where it stands to the item at fault, or None."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.statute.ages import age_on

from .issues import Severity
from .records import ActivePlanRecord, AssessmentRecord, NamedPlanRecord, PersonRecord, RequestRecord

if TYPE_CHECKING:
    from .checks import Context

Test = Callable[[Any, "At"], str | None]


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """What the list of settings says of a URN, for the rules that need it. None means not known."""

    opened_on: date | None = None
    closed_on: date | None = None
    has_sen_unit: bool | None = None
    has_resourced_provision: bool | None = None
    has_boarders: bool | None = None
    is_post_16: bool | None = None


class At:
    """Where a rule looks from: the person, and the request, assessment and plan around the node."""

    request: RequestRecord
    assessment: AssessmentRecord | None = None
    plan: NamedPlanRecord | None = None
    active: ActivePlanRecord | None = None

    def __init__(self, person: PersonRecord, context: Context) -> None:
        self.person = person
        self.context = context

    @cached_property
    def age(self) -> int | None:
        """Age on census day; None where either date is not known."""
        return self.age_on(self.context.census if self.context.year else None)

    def age_on(self, day: date | None) -> int | None:
        """Age on a day; None where it cannot be told."""
        birth = self.person.birth_date
        return None if day is None or birth is None or day < birth else age_on(birth, day)

    @property
    def plan_is_active(self) -> bool:
        """Whether the plan at hand is maintained on census day."""
        return self.plan is not None and self.plan.start_date is not None and self.plan.cease_date is None

    def facts(self, urn: str | None) -> SettingFacts | None:
        """What is known of a setting, where the checker was given a list of settings."""
        look_up = self.context.facts
        return look_up(urn) if look_up is not None and urn else None


@dataclass(frozen=True, slots=True)
class Registered:
    """A test with the rule it belongs to, and its own severity where the rule has two."""

    id: str
    test: Test
    severity: Severity | None = None


_BOOK: dict[str, list[Registered]] = defaultdict(list)


def rule(rule_id: str, level: str, severity: Severity | None = None) -> Callable[[Test], Test]:
    """Register a test of a rule on a level: person, request, assessment, plan, place, active or placement."""

    def register(test: Test) -> Test:
        _BOOK[level].append(Registered(rule_id, test, severity))
        return test

    return register


def rules_on(level: str) -> tuple[Registered, ...]:
    """The tests of a level, in the order in which they were written."""
    return tuple(_BOOK[level])


def given(value: object) -> bool:
    """Whether an item is there at all."""
    return value is not None and value != ""
