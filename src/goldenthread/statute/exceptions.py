"""Whether a late step is excused: does the ground lift this limit, and do its dates fit?

An exception excuses one named limit for what happened in its period. It never moves, pauses or restarts the
due date: nothing here returns a date. Grounds and their sources are in `data/exceptions.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.statute.deadlines import due
from goldenthread.statute.grounds import Ground, GroundTest, ground
from goldenthread.statute.rules import rule

ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is recorded when somebody says that a limit was missed for a reason the law allows."""

    ground: str  # id of the ground, such as 'E4'
    rule_id: str  # the one limit it is claimed for
    starts_on: date | None = None  # first day away, of the circumstances, of the closure; day of the event
    ends_on: date | None = None  # last such day; None while it goes on. For a closure: the last day closed
    advice_requested_on: date | None = None  # for a closure: when the setting was asked for advice
    explanation: str = ""  # for circumstances: what they are, in words, with the evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a claim stands, and why or why not in a sentence for the person who made it."""

    claim: Claim
    stands: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """Every claim on one limit, tested. True when at least one stands."""

    rule_id: str
    findings: tuple[Finding, ...]

    @property
    def excused(self) -> bool:
        """Whether at least one claim stands."""
        return any(finding.stands for finding in self.findings)

    def __bool__(self) -> bool:
        return self.excused


@dataclass(frozen=True, slots=True)
class _Period:
    """The days of a limit: from its trigger to its due date, both included."""

    first: date
    last: date
    as_of: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def shared_days(self, starts_on: date, ends_on: date | None) -> int:
        end = min(self.last, ends_on or self.as_of or self.last)
        return max(0, (end - max(self.first, starts_on)).days + 1)


def may_lift(ground_id: str, rule_id: str) -> bool:
    """Whether a ground can excuse this limit at all. Raises UnknownEntryError for either id."""
    rule(rule_id)
    return rule_id in ground(ground_id).lifts


def check_claim(claim: Claim, *, trigger: date, on: date | None = None, as_of: date | None = None) -> Finding:
    """Test one claim on the limit that ran from `trigger`, by the law of the day `on` (default: newest).

    What still goes on is counted up to `as_of`, or without it to the end of the limit's period.

    Raises UnknownEntryError when the claim names no known ground or rule.
    """
    found = ground(claim.ground)
    limit = rule(claim.rule_id, on)
    if claim.rule_id not in found.lifts:
        return Finding(
            claim, False, f"{found.title} ({found.source}) does not lift this limit: {limit.title}."
        )
    if claim.ends_on is not None and claim.starts_on is not None and claim.ends_on < claim.starts_on:
        return Finding(claim, False, "The last day is before the first. Check both dates.")
    problem = _TESTS[found.test](claim, found, _Period(trigger, due(claim.rule_id, trigger, on=on), as_of))
    return Finding(claim, problem == "", problem or f"{found.title}: {found.source}.")


def excused(
    rule_id: str,
    claims: Iterable[Claim],
    *,
    trigger: date,
    on: date | None = None,
    as_of: date | None = None,
) -> Excuse:
    """Test every claim made on one limit; claims on other limits are left out. True when one stands."""
    named = [claim for claim in claims if claim.rule_id == rule_id]
    findings = [check_claim(claim, trigger=trigger, on=on, as_of=as_of) for claim in named]
    return Excuse(rule_id, tuple(findings))


def _closure(claim: Claim, found: Ground, period: _Period) -> str:
    if claim.starts_on is None or claim.ends_on is None or claim.advice_requested_on is None:
        return "Give the first and last day closed, and the day on which the setting was asked for advice."
    reopens = claim.ends_on + timedelta(days=1)
    if (reopens - claim.starts_on).days < found.minimum_days:
        return f"The setting must be closed for at least {found.minimum_days} days in a row."
    if not claim.starts_on - ONE_WEEK <= claim.advice_requested_on <= reopens - ONE_WEEK:
        return (
            "The setting must have been asked for advice between one week before it closed "
            "and one week before it reopened."
        )
    if not period.holds(claim.advice_requested_on):
        return "The setting must have been asked for advice within the period of the limit."
    return ""


def _absence(claim: Claim, found: Ground, period: _Period) -> str:
    if claim.starts_on is None:
        return "Give the first day away; leave the last day empty while the absence goes on."
    days = period.shared_days(claim.starts_on, claim.ends_on)
    if days < found.minimum_days:
        return (
            f"The absence must last at least {found.minimum_days} days in a row within the period "
            f"of the limit; {days} of its days are in it."
        )
    return ""


def _circumstances(claim: Claim, _found: Ground, period: _Period) -> str:
    if claim.starts_on is None or not claim.explanation.strip():
        return "Say what the circumstances are and the day on which they began."
    if not period.shared_days(claim.starts_on, claim.ends_on):
        return "The circumstances must touch the period of the limit."
    return ""


def _event(claim: Claim, _found: Ground, period: _Period) -> str:
    if claim.starts_on is None:
        return "Give the day on which it happened."
    if not period.holds(claim.starts_on):
        return "It must have happened within the period of the limit."
    return ""


_TESTS: dict[GroundTest, Callable[[Claim, Ground, _Period], str]] = {
    GroundTest.CLOSURE: _closure,
    GroundTest.ABSENCE: _absence,
    GroundTest.CIRCUMSTANCES: _circumstances,
    GroundTest.EVENT: _event,
}
