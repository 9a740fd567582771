"""Monthly actuals: rows taken or told one by one, variance, the reforecast, and what is behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.planning import actions, queries
from goldenthread.planning.actions import ActualsReport
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import ActualBatch, ActualFigure
from goldenthread.planning.reading import FileRefused
from goldenthread.planning.stated import read_shipped
from goldenthread.planning.tracking import Tracked, months_to, track, year_of
from tests.planning.conftest import BUDGET

D = Decimal
SLUG = "may-2020"
HEAD = "month,kind,subject,pounds\n"


def months(first: date, *figures: int) -> dict[date, Decimal]:
    """So many months from one on."""
    return {
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1): D(one)
        for n, one in enumerate(figures)
    }


def tracked(figures: dict[date, Decimal], month: date, plan: int | None, *, saving: bool = True) -> Tracked:
    return track(
        subject="1",
        title="One",
        planned_year=None if plan is None else D(plan),
        figures=figures,
        month=month,
        is_saving=saving,
    )


def test_without_a_year_before_it_the_year_is_spread_evenly() -> None:
    one = tracked(months(date(2023, 4, 1), 10, 10, 10), date(2023, 6, 1), 240)
    assert (one.planned, one.actual, one.variance) == (D(60), D(30), D(-30))
    assert (one.reforecast, one.year_variance, one.seasonal) == (D(120), D(-120), False)


def test_with_a_year_before_it_the_year_is_spread_as_that_was() -> None:
    before = months(date(2022, 4, 1), 40, 0, 0, 0, 0, 30, 0, 0, 0, 30, 0, 0)
    one = tracked(before | months(date(2023, 4, 1), 44), date(2023, 4, 1), 100)
    assert (one.planned, one.actual, one.reforecast, one.seasonal) == (D(40), D(44), D(110), True)


@pytest.mark.parametrize("before", [(0,) * 12, (5, *(-5,) * 11), (-10, *(2,) * 11), (10,) * 11])
def test_a_year_before_that_says_nothing_of_a_season_is_not_used(before: tuple[int, ...]) -> None:
    one = tracked(months(date(2022, 4, 1), *before) | months(date(2023, 4, 1), 10), date(2023, 4, 1), 120)
    assert (one.seasonal, one.reforecast) == (False, D(120))


def test_a_month_without_a_figure_is_told_and_nothing_is_made_up_for_it() -> None:
    figures = months(date(2023, 4, 1), 10, 10, 10)
    del figures[date(2023, 5, 1)]
    one = tracked(figures, date(2023, 6, 1), 120)
    assert one.missing == (date(2023, 5, 1),)
    assert (one.actual, one.variance, one.reforecast, one.behind) == (None, None, None, False)


@pytest.mark.parametrize(
    ("plan", "actual", "saving", "behind"),
    [
        (120, 9, True, False),
        (120, 8, True, True),
        (-120, -11, True, False),  # a cost at first: planned to cost 10
        (-120, -12, True, True),
        (0, 0, True, False),
        (0, -1, True, True),
        (120, 11, False, False),
        (120, 12, False, True),
        (None, 12, True, False),
    ],
)
def test_what_is_behind(plan: int | None, actual: int, saving: bool, behind: bool) -> None:
    one = tracked(months(date(2023, 4, 1), actual), date(2023, 4, 1), plan, saving=saving)
    assert one.behind is behind


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_months_of_a_financial_year_run_from_april(day: date) -> None:
    month = day.replace(day=1)
    found = months_to(month)
    assert found[0] == date(year_of(month), 4, 1)
    assert found[-1] == month
    assert 1 <= len(found) <= 12
    assert len(set(found)) == len(found)


@given(st.lists(st.integers(1, 10**6), min_size=24, max_size=24))
def test_at_the_end_of_a_year_the_reforecast_is_what_it_came_to(figures: list[int]) -> None:
    one = tracked(months(date(2022, 4, 1), *figures), date(2024, 3, 1), 1000)
    assert one.reforecast == one.actual == sum(figures[12:])
    assert one.planned == D(1000)


@pytest.fixture
def plan(db: None) -> str:
    stated = read_shipped(SLUG)
    assert stated is not None
    actions.enter_plan(by=System.COMMAND, stated=stated)
    return SLUG


def record(by: User, text: str, source: str = "A ledger") -> ActualsReport:
    return actions.record_actuals(
        by=by, content=(HEAD + text).encode(), file_name="actuals.csv", source=source, plan_slug=SLUG
    )


def test_good_rows_are_taken_and_each_wrong_one_is_told(plan: str, finance: User) -> None:
    text = (
        "2023-04,line,1.2.3,1000\n"
        '2023-04,saving,1,"2,000.50"\n'
        "2023-04,saving,12,5\n"
        "2023-4,line,1.2.3,5\n"
        "2023-05,line,1.2.3,x\n"
        "2023-05,spending,1.2.3,5\n"
        "2023-04,line,1.2.3,7\n"
        "2024-02,line,1.2.3,7\n"
    )
    with clock.fixed(date(2024, 1, 18)):
        report = record(finance, text)
    assert (report.taken, report.same) == (2, 0)
    told = {(one.row, one.column): one.message for one in report.problems}
    assert set(told) == {
        (4, "subject"), (5, "month"), (6, "pounds"), (7, "kind"), (8, ""), (9, "month")
    }  # fmt: skip
    assert "stands here and in row 2" in told[8, ""]
    assert "has not been yet" in told[9, "month"]
    assert queries.monthly(finance, plan) == {
        ("line", "1.2.3"): {date(2023, 4, 1): D("1000.00")},
        ("saving", "1"): {date(2023, 4, 1): D("2000.50")},
    }
    assert queries.actual_batches(finance).get().left_out == 6


def test_a_later_figure_takes_the_place_of_an_earlier_which_stays(plan: str, finance: User) -> None:
    record(finance, "2023-04,line,1.2.3,1000\n2023-05,line,1.2.3,1000\n")
    second = record(finance, "2023-04,line,1.2.3,1100\n2023-05,line,1.2.3,1000\n")
    assert (second.taken, second.same) == (1, 1)
    assert queries.monthly(finance, plan)["line", "1.2.3"][date(2023, 4, 1)] == D(1100)
    assert ActualFigure.objects.count() == 3
    third = record(finance, "2023-04,line,1.2.3,1100\n")
    assert (third.batch, third.taken) == (None, 0)
    assert ActualBatch.objects.count() == 2


def test_a_file_that_is_no_table_or_of_no_plan_is_refused(plan: str, finance: User) -> None:
    with pytest.raises(FileRefused):
        actions.record_actuals(
            by=finance, content=b"month\n2023-04", file_name="a", source="A ledger", plan_slug=SLUG
        )
    with pytest.raises(NotFound):
        actions.record_actuals(
            by=finance, content=HEAD.encode(), file_name="a", source="A ledger", plan_slug="none"
        )
    with pytest.raises(InvalidInput, match="Say where"):
        record(finance, "2023-04,line,1.2.3,1000\n", source="")
    assert not ActualBatch.objects.exists()


def test_variance_lays_spending_beside_the_budget_and_savings_beside_the_plan(
    plan: str, finance: User
) -> None:
    actions.store_input(
        by=finance, kind=InputKind.BUDGET, content=BUDGET.encode(), file_name="b.csv", source="A ledger"
    )
    record(finance, "2023-04,line,1.2.3,2500000\n2023-04,line,1.2.6,9\n2023-04,saving,2,200000\n")
    found = queries.variance(finance, plan, date(2023, 4, 1))
    lines = {one.subject: one for one in found.lines}
    assert set(lines) == {"1.2.2", "1.2.3", "1.2.6"}
    assert (lines["1.2.3"].planned, lines["1.2.3"].variance) == (D(2_000_000), D(500_000))
    assert (lines["1.2.2"].actual, lines["1.2.6"].planned) == (None, None)
    savings = {one.subject: one for one in found.savings}
    assert list(savings) == list("1234567")
    assert savings["2"].planned_year == D(3_600_000)
    assert [one.subject for one in found.behind] == ["2"]
    assert found.in_plan
    assert found.total(found.savings, "planned_year") == D("7518700.0")
    assert found.total(found.savings, "actual") is None
    assert queries.latest_month(finance, plan) == date(2023, 4, 1)
    later = queries.variance(finance, plan, date(2030, 4, 1))
    assert not later.in_plan
    with pytest.raises(InvalidInput):
        queries.variance(finance, plan, date(2023, 4, 2))
