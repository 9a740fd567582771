"""The reports of a loaded county say what was published, within the tolerances of `demo.calibration`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from goldenthread.casework.queries.caseload import Caseload, caseload
from goldenthread.casework.queries.reports import timeliness
from goldenthread.core.actors import System
from goldenthread.demo import calibration
from goldenthread.demo.actions import make_county
from goldenthread.demo.assumptions import CENSUS_DAYS, YEARS
from goldenthread.demo.calibration import GROUPS, SHARE_TOLERANCE, TOTAL_TOLERANCE, Line
from goldenthread.demo.cells import Totals, ceased_by_reason, january
from goldenthread.demo.published import figure, table

PLANS = 6000


@pytest.mark.slow
@pytest.mark.django_db
def test_the_reports_of_a_county_say_what_was_published() -> None:
    made = make_county(plans=PLANS, seed=1, by=System.DEMONSTRATION, detail=False)
    assert [line for line in made.lines if not line.holds] == []
    lines = [*_years(), *_januaries(), *_january_2024(caseload(date(2024, 1, 18)))]
    assert len(lines) > 60
    assert [line for line in lines if not line.holds] == []


def _years() -> Iterator[Line]:
    scale = Totals(PLANS).scale
    for year in YEARS:
        said = timeliness(year)
        yield Line(
            f"new plans {year}",
            figure("new_plans", year, "new_ehc_plans") * scale,
            said.issued,
            TOTAL_TOLERANCE,
        )
        for column, percent in (
            ("pc_plans_issued_within_20_weeks", said.percent),
            ("PC_plans_issued_20_weeks_ex", said.percent_excluding_exceptions),
        ):
            assert percent is not None
            yield Line(f"{column} {year}", figure("timeliness", year, column), percent, SHARE_TOLERANCE, True)
        ceased = caseload(date(year, 12, 31)).ceased_in_year_by_reason
        for reason, number in ceased_by_reason(year).items():
            yield Line(f"ceased {year} {reason}", number * scale, ceased.get(reason, 0), TOTAL_TOLERANCE)


def _januaries() -> Iterator[Line]:
    scale = Totals(PLANS).scale
    for year, (month, day) in CENSUS_DAYS.items():
        plans = caseload(date(year, month, day)).plans
        yield Line(f"plans {year}", january(year) * scale, plans, TOTAL_TOLERANCE)


def _january_2024(said: Caseload) -> Iterator[Line]:
    assert said.plans == PLANS
    for column, published in table("needs").row("All EHC plans").items():
        need = column.removesuffix("_pc").upper()
        if need != "UNKNOWN":
            share = 100 * said.plans_by_need.get(need, 0) / PLANS
            yield Line(f"need {need}", published, share, SHARE_TOLERANCE, True)
    for group, kinds in GROUPS.items():
        published = 100 * figure("caseload", "202324", calibration._TOTAL[group]) / january(2024)
        count = sum(said.plans_by_setting.get(_told(kind), 0) for kind in {_told(kind) for kind in kinds})
        yield Line(f"in {group}", published, 100 * count / PLANS, SHARE_TOLERANCE, True)


def _told(kind: str) -> str:
    """The report tells resourced provision apart from the kind of its school."""
    return "resourced_provision" if kind.endswith("_resourced_provision") else kind
