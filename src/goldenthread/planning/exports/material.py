"""What every export is made from: two forecasts side by side, where they come from, what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.space import Floats, Ints
from goldenthread.planning.analyses import Row, Savings
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import Summary

UNMITIGATED, MITIGATED = "Unmitigated", "Mitigated"


@dataclass(frozen=True, slots=True)
class Source:
    """An input and where it comes from. `assumed`: a stand-in, not the council's own figures."""

    kind: str
    words: str
    version: str = ""
    digest: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """One mitigation's share of what all save, pounds by financial year: the mean and its 80% range."""

    mean: Row
    low: Row
    high: Row


@dataclass(frozen=True, slots=True)
class Score:
    """How well the method did on every English council: `horizon` in years, all figures in per cent.

    `naive` is the error of the best simple rule; `covered_80` and `covered_95` are how often the outcome lay
    in the range.
    """

    horizon: int
    error: float
    naive: float
    covered_80: float
    covered_95: float


@dataclass(frozen=True, slots=True)
class Comparator:
    """A published figure of this council beside others: one row."""

    area: str
    measure: str
    period: str
    value: float


@dataclass(frozen=True, slots=True)
class Account:
    """The block's income as it was given, pounds by financial year: (H,) each."""

    allocation: Floats
    transfers: Floats


@dataclass(frozen=True, slots=True)
class Origin:
    """How the figures can be made again."""

    run: str
    made_on: date
    records_as_of: date
    code_version: str
    mitigated_run: str = ""
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an export needs. `threshold` is a deficit in pounds; `before` past censuses (A, N, P)."""

    council: str
    la_code: str
    title: str
    origin: Origin
    unmitigated: Summary
    mitigated: Summary | None = None
    scenario: str = ""
    mitigations: tuple[Mitigation, ...] = ()
    savings: Savings | None = None
    scores: tuple[Score, ...] = ()
    scores_source: str = ""
    sources: tuple[Source, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    account: Account | None = None
    before: Mapping[int, Ints] = field(default_factory=dict)
    seen: tuple[tuple[int, float], ...] = ()  # (year, plans) at the censuses before the base
    notes: tuple[str, ...] = ()  # what else a reader should know, beside the notes of the forecasts
    threshold: float = 0.0

    def scenarios(self) -> list[tuple[str, Summary]]:
        """The forecasts by name, the unmitigated first."""
        both = [(UNMITIGATED, self.unmitigated)]
        return both if self.mitigated is None else [*both, (MITIGATED, self.mitigated)]

    def financial_years(self) -> list[str]:
        """`2024/25` and so on."""
        return [words.financial_year(year) for year in self.unmitigated.financial_years]

    def saving(self, reference: str) -> Saving | None:
        """What one mitigation saves; None where it was not worked out."""
        if self.savings is None or reference not in self.savings.references:
            return None
        at = self.savings.references.index(reference)
        return Saving(self.savings.mean[at], self.savings.low[at], self.savings.high[at])

    def saved(self) -> Floats | None:
        """What all mitigations together save, means in pounds by financial year: (H,)."""
        if self.mitigated is None:
            return None
        saved: Floats = self.unmitigated.spend[0] - self.mitigated.spend[0]
        return saved
