"""Mitigations as data: what a recovery plan says it will do, said in flows, places and prices.

A mitigation is a reference, an owner, a start, a ramp and one effect or more; `scenario.edits_for` turns a
list of them into what the engine reads. `mitigation_data` reads and writes them as plain dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf, isfinite
from typing import Final

from goldenthread.forecast.costs import check_line
from goldenthread.forecast.errors import ForecastError


class Kind(StrEnum):
    """What an effect changes. Its unit, bounds and the places it must name are in RULES."""

    JOINER_FACTOR = "joiner_factor"  # the number of new plans, times the amount
    JOINER_HEADS = "joiner_heads"  # so many new plans more a year, or fewer if negative
    LEAVER_FACTOR = "leaver_factor"  # the chance that a plan ends, times the amount
    LEAVER_HEADS = "leaver_heads"  # so many plans more that end in a year
    DIVERT = "divert"  # the share of new and moving children who go to `to` instead
    MOVE_HEADS = "move_heads"  # so many children a year who move to `to`
    PLACES = "places"  # places added in one kind of placement
    PRICE = "price"  # the price of a plan, times the amount or pounds more
    REPRICE = "reprice"  # the same, paid for by the price of `to`: cost neutral on the plans expected
    INFLATION_CAP = "inflation_cap"  # the most that a price may rise in a year
    FIXED = "fixed"  # pounds a year more, or less, on a line that follows no plan


class Confidence(StrEnum):
    """How sure the plan's makers are that the saving will come."""

    HIGH = "high"
    MEDIUM = "medium"
    MEDIUM_LOW = "medium_low"
    LOW = "low"
    TO_BE_CONFIRMED = "to_be_confirmed"


class EvidenceGrade(StrEnum):
    """What the amounts rest on."""

    OWN_RECORDS = "own_records"
    PUBLISHED = "published"
    TRIAL = "trial"
    JUDGEMENT = "judgement"


TIMES: Final = "times"
PLANS: Final = "plans a year"
SHARE: Final = "share"
POUNDS_A_PLAN: Final = "pounds a plan"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an effect of a kind must say: its units, its bounds, and what of `Where` it needs or may have."""

    units: tuple[str, ...]
    lowest: float
    highest: float
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


_PEOPLE: Final = ("ages", "needs", "placements")

RULES: Final[dict[Kind, Rule]] = {
    Kind.JOINER_FACTOR: Rule((TIMES,), 0.0, inf, may=_PEOPLE),
    Kind.JOINER_HEADS: Rule((PLANS,), -inf, inf, may=_PEOPLE),
    Kind.LEAVER_FACTOR: Rule((TIMES,), 0.0, inf, may=_PEOPLE),
    Kind.LEAVER_HEADS: Rule((PLANS,), 0.0, inf, may=_PEOPLE),
    Kind.DIVERT: Rule((SHARE,), 0.0, 1.0, ("placements", "to"), _PEOPLE),
    Kind.MOVE_HEADS: Rule((PLANS,), 0.0, inf, ("placements", "to"), _PEOPLE),
    Kind.PLACES: Rule(("places",), -inf, inf, ("placements",)),
    Kind.PRICE: Rule((TIMES, POUNDS_A_PLAN), -inf, inf, ("placements",)),
    Kind.REPRICE: Rule((TIMES, POUNDS_A_PLAN), -inf, inf, ("placements", "to")),
    Kind.INFLATION_CAP: Rule(("share a year",), -0.5, 1.0, ("placements",)),
    Kind.FIXED: Rule(("pounds a year",), -inf, inf, ("line",)),
}


@dataclass(frozen=True, slots=True)
class Where:
    """The cells that an effect is about; what is empty means all.

    `ages` are the first and last whole years at 31 August; `needs` and `placements` are codes of the space;
    `to` is the placement that children go to, or whose price pays; `line` a section 251 line.
    """

    ages: tuple[int, int] | None = None
    needs: tuple[str, ...] = ()
    placements: tuple[str, ...] = ()
    to: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change. `after`: whole years from the mitigation's start; `ramp`: its own, if it has one."""

    kind: Kind
    amount: float
    unit: str
    where: Where = field(default_factory=Where)
    after: int = 0
    ramp: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Raise ForecastError for a unit, an amount or a place that the kind does not have."""
        rule = RULES[self.kind]
        if self.unit not in rule.units:
            raise ForecastError(
                f"The unit of {self.kind} is {' or '.join(rule.units)}, not {self.unit!r}. Use that unit."
            )
        lowest, highest = (0.0, 10.0) if self.unit == TIMES else (rule.lowest, rule.highest)
        if not isfinite(self.amount) or not lowest <= self.amount <= highest:
            raise ForecastError(
                f"{self.amount:g} {self.unit} is out of bounds for {self.kind}: enter from {lowest:g} to "
                f"{highest:g}. A tenth is 0.1, not 10; one tenth less is 0.9 times."
            )
        self._check_where(rule)
        check_ramp(self.ramp)
        if self.after < 0:
            raise ForecastError(f"An effect cannot come {-self.after} years before its mitigation starts.")

    def _check_where(self, rule: Rule) -> None:
        for name in rule.needs:
            if not getattr(self.where, name):
                raise ForecastError(f"An effect of kind {self.kind} must name its {name}.")
        for name in ("ages", "needs", "placements", "to", "line"):
            if getattr(self.where, name) and name not in rule.needs + rule.may:
                raise ForecastError(f"An effect of kind {self.kind} is not by {name}. Leave {name} out.")
        if self.kind is Kind.PLACES and len(self.where.placements) != 1:
            raise ForecastError("Places are added to one placement: make an effect of its own for each.")
        if self.where.to and self.where.to in self.where.placements:
            raise ForecastError(f"{self.where.to} is on both sides of the effect. Take it out of placements.")
        if self.where.line:
            check_line(self.where.line, f"The effect {self.kind}")


@dataclass(frozen=True, slots=True)
class Mitigation:
    """One numbered action of a recovery plan and what it is held to do.

    `starts` is the day from which it acts. `ramp` gives the share of the full amount in the first year from
    then, the second, and so on; the last holds for good. `one_off` is in pounds by financial year, named by
    the year it begins in. `owner` is a post, never a person.
    """

    reference: str
    title: str
    effects: tuple[Effect, ...]
    starts: date
    ramp: tuple[float, ...] = (1.0,)
    evidence: str = ""
    evidence_grade: EvidenceGrade = EvidenceGrade.JUDGEMENT
    confidence: Confidence = Confidence.MEDIUM
    one_off: Mapping[int, float] = field(default_factory=dict)
    owner: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        """Raise ForecastError for a mitigation without a reference, or with a ramp that is none."""
        if not self.reference.strip():
            raise ForecastError(f"The mitigation {self.title!r} has no reference. Give it one, such as 1.")
        if not self.ramp:
            raise ForecastError(f"Mitigation {self.reference} has no ramp. Enter 1 for all of it at once.")
        check_ramp(self.ramp)

    def strength(self, effect: Effect, on: date) -> float:
        """Return the share of the effect's amount that acts on a day; nought before it starts.

        Counted in whole months: a start after the first of a month counts from the next.
        """
        months = (on.year - self.starts.year) * 12 + on.month - self.starts.month
        years = (months - (self.starts.day > on.day)) // 12 - effect.after
        ramp = effect.ramp or self.ramp
        return 0.0 if years < 0 else ramp[min(years, len(ramp) - 1)]

    def strength_in_year(self, effect: Effect, financial_year: int) -> float:
        """Return the mean share over the twelve months from April of `financial_year`."""
        months = [date(financial_year + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
        return sum(self.strength(effect, month) for month in months) / 12


def in_order(mitigations: Iterable[Mitigation]) -> list[Mitigation]:
    """Return mitigations by reference, 2 before 10 and 3b after 3a."""

    def key(mitigation: Mitigation) -> tuple[tuple[int, str], ...]:
        return tuple((int(part or 0), text) for part, text in re.findall(r"(\d*)(\D*)", mitigation.reference))

    return sorted(mitigations, key=key)


def check_ramp(ramp: tuple[float, ...]) -> None:
    """Raise ForecastError for a ramp with a fraction that is not from nought to one."""
    for fraction in ramp:
        if not 0.0 <= fraction <= 1.0:
            raise ForecastError(
                f"{fraction} is no fraction for a ramp. Enter 0.5 for half of the amount, 1 for all of it."
            )
