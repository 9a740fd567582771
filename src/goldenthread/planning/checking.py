"""Whether a stated plan adds up: every total, cumulative and percentage recomputed from its parts.

Published figures are rounded, so a sum of them can miss a stated total by a little without anybody having
erred. What rounding can explain is half a unit of the last digit for the stated figure and for each part.
Every difference that shows at the stated precision is told; `within_rounding` says which of them are no more
than that. Two ways of recomputing are tried: from the rows that nothing else gives (the as-is, contributions
and savings), and from the figures stated just before (last year's cumulative, the stated total), so that an
error is found where it was made and not in all that follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from goldenthread.planning.enums import RowKind
from goldenthread.planning.stated import Claim, StatedAction, StatedPlan, StatedRow, financial_year

TENTH, ONE, ZERO = Decimal("0.1"), Decimal(1), Decimal(0)
Figures = list[Decimal]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stated figure that its parts do not give; money in thousands of pounds."""

    row: str
    title: str
    reference: str
    year: str
    stated: Decimal
    computed: Decimal
    tolerance: Decimal
    within_rounding: bool
    note: str = ""

    @property
    def difference(self) -> Decimal:
        """Stated less computed."""
        return self.stated - self.computed

    def as_dict(self) -> dict[str, Any]:
        """For JSON: plain numbers."""
        return {
            "row": self.row,
            "title": self.title,
            "reference": self.reference,
            "year": self.year,
            "stated": float(self.stated),
            "computed": float(self.computed),
            "difference": float(self.difference),
            "tolerance": float(self.tolerance),
            "within_rounding": self.within_rounding,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A stated plan, what its parts give, and where the two differ: beyond rounding first."""

    plan: StatedPlan
    as_is: Figures
    as_is_cumulative: Figures
    savings: tuple[tuple[StatedRow, Figures], ...]
    annual_savings: Figures
    percent: list[Decimal | None]
    after: Figures
    after_cumulative: Figures
    disagreements: tuple[Disagreement, ...]

    @property
    def beyond_rounding(self) -> tuple[Disagreement, ...]:
        """Those that rounding does not explain."""
        return tuple(one for one in self.disagreements if not one.within_rounding)


def check_plan(plan: StatedPlan) -> CheckedPlan:
    """Recompute everything that follows from other figures, and compare."""
    parts = _Parts(plan)
    found = [
        *parts.rows(),
        *parts.incremental(),
        *(one for action in plan.actions for one in parts.impact(action)),
        *(one for claim in plan.claims for one in parts.claim(claim)),
    ]
    return CheckedPlan(
        plan=plan,
        as_is=parts.as_is,
        as_is_cumulative=parts.as_is_cumulative,
        savings=tuple((row, _filled(row)) for row in plan.of(RowKind.SAVING)),
        annual_savings=parts.total,
        percent=parts.percent(parts.total, parts.as_is),
        after=parts.after,
        after_cumulative=parts.after_cumulative,
        disagreements=tuple(sorted(found, key=lambda one: one.within_rounding)),
    )


class _Parts:
    """What the parts of a plan give."""

    def __init__(self, plan: StatedPlan) -> None:
        self.plan = plan
        self.count = plan.years
        self.as_is = _filled(plan.of(RowKind.AS_IS)[0])
        given = plan.of(RowKind.CONTRIBUTION)
        self.given = _filled(given[0]) if given else [ZERO] * self.count
        self.savings = [_filled(row) for row in plan.of(RowKind.SAVING)]
        self.total = [sum(column, ZERO) for column in zip(*self.savings, strict=True)] or [ZERO] * self.count
        self.after = _added(self.as_is, self.total)
        self.as_is_cumulative = _running(_added(self.as_is, self.given))
        self.after_cumulative = _running(_added(self.after, self.given))

    def percent(self, total: Sequence[Decimal], as_is: Sequence[Decimal]) -> list[Decimal | None]:
        """Savings in percent of the as-is overspend, negative as they reduce it; None where it is nought."""
        return [
            100 * saved / spent if spent else (ZERO if not saved else None)
            for saved, spent in zip(total, as_is, strict=True)
        ]

    def rows(self) -> Iterator[Disagreement]:
        """Totals, cumulative rows, what is left after interventions, and percentages."""
        each, run = len(self.savings), range(1, self.count + 1)
        stated_total = self._stated(RowKind.SAVINGS_TOTAL) or self.total
        stated_after = self._stated(RowKind.AFTER) or self.after
        yield from self._compare(RowKind.SAVINGS_TOTAL, [(self.total, [each] * self.count)])
        yield from self._compare(
            RowKind.AFTER,
            [(self.after, [each + 1] * self.count), (_added(self.as_is, stated_total), [2] * self.count)],
        )
        yield from self._compare(
            RowKind.AS_IS_CUMULATIVE,
            [
                (self.as_is_cumulative, [2 * n for n in run]),
                self._onward(RowKind.AS_IS_CUMULATIVE, self.as_is),
            ],
        )
        yield from self._compare(
            RowKind.AFTER_CUMULATIVE,
            [
                (self.after_cumulative, [(each + 2) * n for n in run]),
                self._onward(RowKind.AFTER_CUMULATIVE, stated_after),
            ],
        )
        yield from self._compare(
            RowKind.PERCENT, [(self.percent(self.total, self.as_is), [0] * self.count)], unit=ONE
        )

    def _onward(self, kind: RowKind, in_year: Figures) -> tuple[Figures, list[int]]:
        """A cumulative row from the year before as it was stated."""
        stated = self._stated(kind) or _running(_added(in_year, self.given))
        before = [ZERO, *stated[:-1]]
        return _added(_added(before, in_year), self.given), [3] * self.count

    def _stated(self, kind: RowKind) -> Figures | None:
        rows = self.plan.of(kind)
        if not rows or None in rows[0].figures:
            return None
        return _filled(rows[0])

    def _compare(
        self, kind: RowKind, ways: list[tuple[Sequence[Decimal | None], list[int]]], unit: Decimal = TENTH
    ) -> Iterator[Disagreement]:
        """Each figure of a row against each way of computing it: its figures, and from how many parts."""
        for row in self.plan.of(kind):
            for place, stated in enumerate(row.figures):
                tried = [(figures[place], _rounding(parts[place], unit)) for figures, parts in ways]
                yield from _told(row, financial_year(self.plan.first_year + place), stated, tried, unit)

    def incremental(self) -> Iterator[Disagreement]:
        """The yearly change of the annual savings, which is what such a row is called."""
        parts = [2 * len(self.savings)] * self.count
        for row in self.plan.of(RowKind.INCREMENTAL):
            note = self._really_of(row)
            for one in self._compare(RowKind.INCREMENTAL, [(_changes(self.total), parts)]):
                yield _with_note(one, note)

    def _really_of(self, row: StatedRow) -> str:
        """Of which single intervention a row of changes is, if it is of one."""
        for saving in self.plan.of(RowKind.SAVING):
            pairs = zip(row.figures, _changes(_filled(saving)), strict=True)
            if all(
                abs(stated - change) <= _rounding(2, TENTH) for stated, change in pairs if stated is not None
            ):
                return (
                    f"The row agrees with the yearly change of intervention {saving.reference} "
                    f"({saving.title}) alone, not with that of all savings."
                )
        return ""

    def impact(self, action: StatedAction) -> Iterator[Disagreement]:
        """The saving stated for an action, against its row of savings over the same years."""
        row = next((one for one in self.plan.of(RowKind.SAVING) if one.reference == action.reference), None)
        if row is None or action.impact_thousands is None or not action.impact_years:
            return
        computed = self._over(_filled(row), action.impact_years)
        titled = StatedRow(row.kind, f"Action {action.reference}, {action.impact}", (), action.reference)
        tolerance = ONE / 2 + len(action.impact_years) * TENTH / 2
        yield from _told(
            titled,
            _span(action.impact_years),
            action.impact_thousands,
            [(computed, tolerance)],
            ONE,
            name="impact",
        )

    def claim(self, claim: Claim) -> Iterator[Disagreement]:
        """A sentence of the paper against the rows it speaks of."""
        figures = self._of_kind(claim.row)
        title = StatedRow(claim.row, f"{claim.place}: “{claim.words}”", ())
        half = claim.unit / 2
        tell: Callable[[str, Decimal], Iterator[Disagreement]] = lambda year, computed: _told(  # noqa: E731
            title, year, claim.stated, [(computed, half)], claim.unit, name="claim"
        )
        if claim.check == "each":
            for year in claim.years:
                yield from tell(financial_year(year), self._over(figures, (year,)))
            return
        computed = self._over(figures, claim.years)
        if claim.check == "sum" or computed <= claim.stated:
            yield from tell(_span(claim.years), computed)

    def _of_kind(self, kind: RowKind) -> Figures:
        return {
            RowKind.AS_IS: self.as_is,
            RowKind.AS_IS_CUMULATIVE: self.as_is_cumulative,
            RowKind.SAVINGS_TOTAL: self.total,
            RowKind.AFTER: self.after,
            RowKind.AFTER_CUMULATIVE: self.after_cumulative,
        }[kind]

    def _over(self, figures: Figures, years: Sequence[int]) -> Decimal:
        return sum((figures[year - self.plan.first_year] for year in years), ZERO)


def _told(
    row: StatedRow,
    year: str,
    stated: Decimal | None,
    tried: Sequence[tuple[Decimal | None, Decimal]],
    unit: Decimal,
    name: str = "",
) -> Iterator[Disagreement]:
    """The worst of the ways in which a stated figure differs from its parts; nothing where it does not."""
    if stated is None:
        return
    differing = [
        (abs(stated - computed) - tolerance, computed, tolerance)
        for computed, tolerance in tried
        if computed is not None and abs(stated - computed) > unit / 2
    ]
    if not differing:
        return
    beyond, computed, tolerance = max(differing)
    yield Disagreement(
        row=name or row.kind.value,
        title=row.title,
        reference=row.reference,
        year=year,
        stated=stated,
        computed=computed.quantize(TENTH),
        tolerance=tolerance,
        within_rounding=beyond <= 0,
        note=row.note if beyond > 0 else "",
    )


def _with_note(one: Disagreement, note: str) -> Disagreement:
    return Disagreement(**{name: getattr(one, name) for name in one.__slots__} | {"note": note or one.note})


def _rounding(parts: int, unit: Decimal) -> Decimal:
    """The most that rounding explains: half a unit for the stated figure, half a tenth for each part."""
    return unit / 2 + parts * TENTH / 2


def _filled(row: StatedRow) -> Figures:
    return [figure if figure is not None else ZERO for figure in row.figures]


def _added(one: Sequence[Decimal], other: Sequence[Decimal]) -> Figures:
    return [a + b for a, b in zip(one, other, strict=True)]


def _running(figures: Sequence[Decimal]) -> Figures:
    return [sum(figures[: place + 1], ZERO) for place in range(len(figures))]


def _changes(figures: Sequence[Decimal]) -> Figures:
    return [figure - before for figure, before in zip(figures, [ZERO, *figures[:-1]], strict=True)]


def _span(years: Sequence[int]) -> str:
    first, last = financial_year(min(years)), financial_year(max(years))
    return first if first == last else f"{first} to {last}"
