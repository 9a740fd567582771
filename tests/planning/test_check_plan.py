"""A stated plan is recomputed from its parts: the paper of May 2020, and plans that are made to add up."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.refusals import InvalidInput
from goldenthread.planning.checking import check_plan
from goldenthread.planning.enums import RowKind
from goldenthread.planning.stated import StatedPlan, StatedRow, read, read_shipped

TENTH = Decimal("0.1")
YEARS = ["2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25", "2025/26", "2026/27", "2027/28"]


@pytest.fixture
def paper() -> StatedPlan:
    plan = read_shipped("may-2020")
    assert plan is not None
    return plan


def told(plan: StatedPlan, *, beyond: bool = True) -> set[tuple[str, str]]:
    """Row and year of what is pointed out."""
    checked = check_plan(plan)
    return {(one.row, one.year) for one in (checked.beyond_rounding if beyond else checked.disagreements)}


def changed(plan: StatedPlan, kind: RowKind, year: int, by: str) -> StatedPlan:
    """The same plan with one stated figure changed."""
    at = year - plan.first_year
    rows = []
    for row in plan.rows:
        if row.kind == kind and not any(one.kind == kind for one in rows):
            figure = row.figures[at]
            assert figure is not None
            row = replace(row, figures=(*row.figures[:at], figure + Decimal(by), *row.figures[at + 1 :]))
        rows.append(row)
    return replace(plan, rows=tuple(rows))


def test_what_the_paper_says_that_its_parts_do_not(paper: StatedPlan) -> None:
    incremental = {("incremental", year) for year in YEARS[1:]}
    claims = {("claim", year) for year in YEARS[5:]}
    assert told(paper) == incremental | claims | {("impact", "2020/21 to 2022/23")}
    impacts = [one for one in check_plan(paper).beyond_rounding if one.row == "impact"]
    assert [(one.reference, one.stated, one.computed) for one in impacts] == [
        ("3", Decimal(-223), Decimal("-223.9")),
        ("4", Decimal(919), Decimal("920.0")),
    ]


def test_the_last_row_of_the_paper_is_found_to_be_of_one_intervention(paper: StatedPlan) -> None:
    rows = [one for one in check_plan(paper).disagreements if one.row == "incremental"]
    assert len(rows) == 8
    assert all("intervention 6 (Reduce in the use of AP) alone" in one.note for one in rows)
    first = next(one for one in rows if one.year == "2021/22")
    assert (first.stated, first.computed) == (Decimal("705.9"), Decimal("2085.2"))


def test_what_only_rounding_tells_apart_is_told_as_such(paper: StatedPlan) -> None:
    rounding = told(paper, beyond=False) - told(paper)
    assert {("savings_total", year) for year in ("2020/21", "2021/22", "2026/27", "2027/28")} <= rounding
    total = next(one for one in check_plan(paper).disagreements if one.row == "savings_total")
    assert (total.stated, total.computed, total.within_rounding) == (Decimal(709), Decimal("709.1"), True)
    assert not {row for row, _ in rounding} & {"percent", "impact"}


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (RowKind.SAVINGS_TOTAL, "savings_total"),
        (RowKind.AFTER, "after"),
        (RowKind.AS_IS_CUMULATIVE, "as_is_cumulative"),
        (RowKind.AFTER_CUMULATIVE, "after_cumulative"),
    ],
)
@pytest.mark.parametrize("by", ["1.0", "-1.0", "100"])
def test_a_slip_of_a_thousand_pounds_is_found_in_every_row_and_its_last_year(
    paper: StatedPlan, kind: RowKind, row: str, by: str
) -> None:
    for year in (2021, 2027):
        assert (row, YEARS[year - 2019]) in told(changed(paper, kind, year, by))


def test_a_slip_in_a_cumulative_figure_is_not_told_of_all_the_years_after_it(paper: StatedPlan) -> None:
    found = told(changed(paper, RowKind.AS_IS_CUMULATIVE, 2021, "1.0"))
    assert {year for row, year in found if row == "as_is_cumulative"} == {"2021/22", "2022/23"}


def test_a_wrong_percentage_is_found(paper: StatedPlan) -> None:
    assert ("percent", "2023/24") in told(changed(paper, RowKind.PERCENT, 2023, "1"))


figures = st.decimals(min_value=-30_000, max_value=30_000, places=1, allow_nan=False, allow_infinity=False)


@st.composite
def exact_plans(draw: st.DrawFn) -> StatedPlan:
    """A plan whose every row follows from its parts without any rounding."""
    years = draw(st.integers(2, 6))
    row = st.lists(figures, min_size=years, max_size=years)
    as_is, contribution = draw(row), draw(row)
    savings = draw(st.lists(row, min_size=1, max_size=5))
    total = [sum(column, Decimal(0)) for column in zip(*savings, strict=True)]
    after = [a + b for a, b in zip(as_is, total, strict=True)]

    def running(of: list[Decimal]) -> list[Decimal]:
        return [
            sum((a + b for a, b in zip(of[: n + 1], contribution, strict=False)), Decimal(0))
            for n in range(years)
        ]

    rows = [
        (RowKind.AS_IS, as_is),
        (RowKind.CONTRIBUTION, contribution),
        (RowKind.AS_IS_CUMULATIVE, running(as_is)),
        *((RowKind.SAVING, one) for one in savings),
        (RowKind.SAVINGS_TOTAL, total),
        (RowKind.AFTER, after),
        (RowKind.AFTER_CUMULATIVE, running(after)),
        (RowKind.INCREMENTAL, [b - a for a, b in zip([Decimal(0), *total], total, strict=False)]),
    ]
    stated = tuple(
        StatedRow(kind, kind.label, tuple(one), str(number)) for number, (kind, one) in enumerate(rows)
    )
    return StatedPlan("made", "Made", "a test", None, 2020, years, stated)


@given(exact_plans())
def test_a_plan_that_adds_up_has_nothing_pointed_out(plan: StatedPlan) -> None:
    assert check_plan(plan).disagreements == ()


@given(exact_plans(), st.data())
def test_any_stated_sum_that_is_changed_is_pointed_out(plan: StatedPlan, data: st.DataObject) -> None:
    kinds = [RowKind.AS_IS_CUMULATIVE, RowKind.SAVINGS_TOTAL, RowKind.AFTER, RowKind.AFTER_CUMULATIVE]
    kind, year = data.draw(st.sampled_from(kinds)), data.draw(st.sampled_from(plan.all_years()))
    found = check_plan(changed(plan, kind, year, "-7.3")).disagreements
    assert (kind.value, f"{year}/{(year + 1) % 100:02d}") in {(one.row, one.year) for one in found}


@given(exact_plans())
def test_the_parts_give_the_identity_of_the_whole(plan: StatedPlan) -> None:
    checked = check_plan(plan)
    for at in range(plan.years):
        assert checked.after[at] - checked.as_is[at] == sum(
            (one[at] for _, one in checked.savings), Decimal(0)
        )
    saved = checked.after_cumulative[-1] - checked.as_is_cumulative[-1]
    assert saved == sum(checked.annual_savings, Decimal(0))


def test_the_command_prints_rows_by_year_and_what_disagrees(db: None) -> None:
    out = StringIO()
    call_command("check_plan", "may-2020", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["years"] == YEARS
    assert said["as_is"]["2027/28"] == -24627.8
    assert said["as_is_cumulative"]["2019/20"] == -5240.4
    assert said["savings"]["total"]["2022/23"] == 5284.4
    assert [one["reference"] for one in said["savings"]["interventions"]] == list("1234567")
    assert said["after_intervention"]["2020/21"] == -6347.4
    assert said["stated"]["after_cumulative"]["2027/28"] == -92539.6
    assert abs(said["after_intervention_cumulative"]["2027/28"] + 92539.6) < 1
    for one in said["disagreements"]:
        assert one["difference"] == pytest.approx(one["stated"] - one["computed"], abs=0.051)
    assert said["beyond_rounding"] == sum(not one["within_rounding"] for one in said["disagreements"]) == 14


def test_the_command_says_so_in_words_and_knows_no_other_plan(db: None) -> None:
    out = StringIO()
    call_command("check_plan", "may-2020", stdout=out)
    assert "14 stated figures do not follow from their parts" in out.getvalue()
    with pytest.raises(CommandError, match="may-2020"):
        call_command("check_plan", "june-2021", stdout=StringIO())


PLAN = """
[plan]
slug = "a-plan"
title = "A plan"
source = "A paper"
first_year = 2020
years = 2
[[row]]
kind = "as_is"
title = "As is"
figures = [-100.5, -200]
"""


def test_a_plan_is_read_to_the_last_digit() -> None:
    assert read(PLAN).rows[0].figures == (Decimal("-100.5"), Decimal(-200))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("figures = [-100.5, -200]", "figures = [-100.5]", "row.* 1: figures has 1 entries for 2 years"),
        ("figures = [-100.5, -200]", 'figures = [-100.5, "x"]', "figure 2 is “x”, which is no number"),
        ("figures = [-100.5, -200]", "figures = [nan, 1]", "no number"),
        ('kind = "as_is"', 'kind = "as_it_is"', "kind is “as_it_is”; use one of as_is"),
        ('source = "A paper"', "", "source is missing"),
        ("years = 2", "years = 0", "years is missing or not a whole number"),
        ("[[row]]", "[[rows]]", "exactly one row of kind as_is"),
        ("[plan]", "[plan", "not a TOML file"),
        (
            "-200]",
            "-200]\n[[row]]\nkind='as_is'\ntitle='Again'\nfigures=[1,2]",
            "exactly one row of kind as_is",
        ),
        (
            "-200]",
            "-200]" + 2 * "\n[[row]]\nkind='saving'\nreference='1'\ntitle='S'\nfigures=[1,2]",
            "reference 1 of a row of kind saving stands twice",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(before: str, after: str, message: str) -> None:
    assert before in PLAN
    with pytest.raises(InvalidInput, match=message):
        read(PLAN.replace(before, after))


def test_a_file_can_be_checked_before_it_is_entered(tmp_path: Path) -> None:
    file, out = tmp_path / "plan.toml", StringIO()
    file.write_text(PLAN, encoding="utf-8")
    call_command("check_plan", str(file), stdout=out)
    assert "All adds up." in out.getvalue()
    file.write_text(PLAN.replace("-200]", "-200"), encoding="utf-8")
    for wrong in (file, tmp_path / "none.toml"):
        with pytest.raises(CommandError, match=wrong.name):
            call_command("check_plan", str(wrong), stdout=StringIO())
