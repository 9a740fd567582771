"""Lays what was counted in a county (`counting`) beside the published figures.

Tolerances are stated here and held by the tests: totals within 2%, shares within 2 percentage points
(at 20,000 plans and over 1% and 1.5 points), a few small counts apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.demo.assumptions import CENSUS_DAYS, YEARS
from goldenthread.demo.cells import AGE_GROUPS, Totals, ages, ceased_by_reason, january
from goldenthread.demo.counting import Counts
from goldenthread.demo.placing import COLLEGE, ELSEWHERE, MAINSTREAM, SPECIAL
from goldenthread.demo.published import figure, table

GROUPS = {"mainstream": MAINSTREAM, "special": SPECIAL, "further education": COLLEGE, "elsewhere": ELSEWHERE}
_TOTAL = {"mainstream": "mainstream_total", "special": "special_total", "further education": "fe_total",
          "elsewhere": "ed_elsewhere"}  # fmt: skip
TOTAL_TOLERANCE, SHARE_TOLERANCE = 0.02, 2.0
LARGE, LARGE_TOTAL_TOLERANCE, LARGE_SHARE_TOLERANCE = 20_000, 0.01, 1.5
HISTORIC_PLACES_TOLERANCE = 4.0  # points: places before 2024 are drawn from the 2024 shares by age
SMALL = 30  # published counts below this may differ by 5 as well as by the tolerance


@dataclass(frozen=True, slots=True)
class Line:
    """One published figure beside the county's. A share is in per cent and compared in points."""

    name: str
    published: float
    made: float
    tolerance: float
    share: bool = False

    @property
    def holds(self) -> bool:
        """Whether the county is within the tolerance."""
        allowed = self.tolerance if self.share else self.tolerance * self.published
        if not self.share:
            allowed = max(allowed, 5.0 if self.published < SMALL else 1.0)
        return abs(self.made - self.published) <= allowed


def compare(counts: Counts, plans: int) -> Iterator[Line]:
    """Every published figure the county follows, scaled to its size, beside its own."""
    totals = Totals(plans)
    large = plans >= LARGE
    near = LARGE_TOTAL_TOLERANCE if large else TOTAL_TOLERANCE
    points = LARGE_SHARE_TOLERANCE if large else SHARE_TOLERANCE
    yield from _flows(counts, totals.scale, near, points)
    for year in CENSUS_DAYS:
        yield Line(f"plans in January {year}", january(year) * totals.scale, counts.stock[year], near)
    yield from _stock_shares(counts, points)
    yield from _place_shares(counts, points)


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def _flows(counts: Counts, scale: float, near: float, points: float) -> Iterator[Line]:
    for year in YEARS:
        received = figure("requests", year, "requests_received_in_year")
        made = sum(counts.requests[year, outcome] for outcome in "YNWA")
        yield Line(f"requests {year}", received * scale, made, near)
        refused = figure("requests", year, "requests_decided_not_to_assess")
        yield Line(f"requests refused {year}", refused * scale, counts.requests[year, "N"], near)
        yield Line(
            f"requests refused {year}, %",
            _percent(refused, received),
            _percent(counts.requests[year, "N"], made),
            points,
            True,
        )
        yield from _year_flows(counts, year, scale, near, points)
    for outcome, column in {
        "Y": "decided_to_assess",
        "A": "decision_not_made",
        "W": "withdrawn",
    }.items():
        published = figure("requests", 2023, f"requests_{column}")
        yield Line(f"requests {column} 2023", published * scale, counts.requests[2023, outcome], near)
    within, over = (figure("requests", 2023, f"request_outcome_{w}") for w in ("six_weeks", "over_6_weeks"))
    in_time, late = counts.six_weeks[2023, True], counts.six_weeks[2023, False]
    yield Line(
        "decided within six weeks 2023, %",
        _percent(within, within + over),
        _percent(in_time, in_time + late),
        points,
        True,
    )


def _year_flows(counts: Counts, year: int, scale: float, near: float, points: float) -> Iterator[Line]:
    new = counts.new[year]
    yield Line(f"new plans {year}", figure("new_plans", year, "new_ehc_plans") * scale, new, near)
    published = figure("assessments", year, "assess_not_issued") * scale
    yield Line(f"plans not issued {year}", published, counts.not_issued[year], near)
    yield Line(
        f"within 20 weeks {year}, %",
        figure("timeliness", year, "pc_plans_issued_within_20_weeks"),
        _percent(counts.pace[year, "within"], new),
        points,
        True,
    )
    yield Line(
        f"within 20 weeks without exceptions {year}, %",
        figure("timeliness", year, "PC_plans_issued_20_weeks_ex"),
        _percent(counts.pace[year, "within_ex"], new - counts.pace[year, "exception"]),
        points,
        True,
    )
    if year == 2023:
        over = figure("timeliness", year, "plans_issued_gt_1_year")
        den = figure("timeliness", year, "plans_issued_den")
        made = _percent(counts.pace[year, "over_year"], new)
        yield Line(f"over a year {year}, %", _percent(over, den), made, points, True)
    for reason, number in ceased_by_reason(year).items():
        if number:
            yield Line(f"ceased {year}, reason {reason}", number * scale, counts.ceased[year, reason], near)


def _stock_shares(counts: Counts, points: float) -> Iterator[Line]:
    for year in (2019, 2020, 2021, 2022, 2024):
        for group, (low, high) in AGE_GROUPS.items():
            made = sum(counts.stock_age[year, age] for age in range(low, high + 1))
            published = (
                figure("caseload_bands", year, group)
                if year < 2024
                else sum(n for age, n in _ages_2024().items() if low <= age <= high)
            )
            yield Line(
                f"January {year}: {group}, %",
                _percent(published, january(year)),
                _percent(made, counts.stock[year]),
                points,
                True,
            )
    for age, number in _ages_2024().items():
        share = _percent(counts.stock_age[2024, age], counts.stock[2024])
        yield Line(f"January 2024: age {age}, %", _percent(number, january(2024)), share, points, True)
    for column, published in table("needs").row("All EHC plans").items():
        need = column.removesuffix("_pc").upper()
        if need != "UNKNOWN":
            share = _percent(counts.needs[need], counts.stock[2024])
            yield Line(f"need {need}, %", published, share, points, True)
    male = _percent(figure("caseload_sex", "Male", "ehcplans"), january(2024))
    yield Line("boys and young men, %", male, _percent(counts.sexes["M"], counts.stock[2024]), points, True)
    budgets = _percent(figure("personal_budgets", "202324", "personal_budget"), january(2024))
    yield Line("personal budgets, %", budgets, _percent(counts.budgets, counts.stock[2024]), points, True)
    residential = _percent(figure("residential", "202324", "Res_tot"), january(2024))
    share = _percent(counts.residential, counts.stock[2024])
    yield Line("residential, %", residential, share, points, True)


def _ages_2024() -> dict[int, float]:
    return ages(table("caseload_age").column("ehcplans"))


def _place_shares(counts: Counts, points: float) -> Iterator[Line]:
    for year in CENSUS_DAYS:
        row = f"{year - 1}{year % 100}"
        for group, kinds in GROUPS.items():
            published = _percent(figure("caseload", row, _TOTAL[group]), january(year))
            made = _percent(sum(counts.places[year, kind] for kind in kinds), counts.stock[year])
            allowed = points if year == 2024 else HISTORIC_PLACES_TOLERANCE
            yield Line(f"January {year}: {group}, %", published, made, allowed, True)
    for kind in (*MAINSTREAM, *SPECIAL, *COLLEGE, *ELSEWHERE, "nm_early_years", "placement_unknown"):
        published = _percent(figure("caseload", "202324", kind), january(2024))
        made = _percent(counts.places[2024, kind], counts.stock[2024])
        yield Line(f"January 2024: {kind}, %", published, made, points, True)
