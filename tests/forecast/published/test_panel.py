"""The panel: releases laid over each other, what was known when, and councils that took over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.published import FLOWS, Panel, PublishedError, read_neighbours, read_panel
from goldenthread.forecast.published.tables import (
    CASELOAD,
    NEW_PLANS,
    OLD_CASELOAD,
    OLD_PLACES,
    REQUESTS,
    Table,
)
from tests.forecast.published.made_up import line, panel, write, write_panel


def test_files_give_the_panel_that_they_were_made_from(tmp_path: Path) -> None:
    made = panel(councils=4, first=2021, last=2024)
    read = read_panel(write_panel(tmp_path, made))
    assert (read.codes, read.names, read.regions, read.years) == (
        made.codes,
        made.names,
        made.regions,
        made.years,
    )
    np.testing.assert_array_equal(read.plans, made.plans)
    np.testing.assert_array_equal(read.categories, made.categories)
    for name in ("requests", "refused", "issued", "in_time"):
        np.testing.assert_array_equal(read.flows[name], made.flows[name])


def test_a_later_release_replaces_what_an_earlier_said(tmp_path: Path) -> None:
    write(tmp_path / "z_old", CASELOAD, [line(CASELOAD, period="202223", ehcplans="500")])
    new = [
        line(CASELOAD, period="202324", ehcplans="600"),
        line(CASELOAD, period="202223", ehcplans="550"),
    ]
    write(tmp_path / "a_new", CASELOAD, new)
    read = read_panel(tmp_path)
    assert read.plans.tolist() == [[550.0, 600.0]]
    assert read_panel(tmp_path / "z_old", tmp_path / "a_new").plans.tolist() == read.plans.tolist()


def test_a_missing_figure_of_a_later_release_hides_none_of_an_earlier(tmp_path: Path) -> None:
    write(tmp_path / "old", CASELOAD, [line(CASELOAD, period="202223", ehcplans="500")])
    new = [line(CASELOAD, period="202223", ehcplans="x"), line(CASELOAD, period="202324", ehcplans="x")]
    write(tmp_path / "new", CASELOAD, new)
    read = read_panel(tmp_path)
    assert read.plans[0, 0] == 500.0
    assert np.isnan(read.plans[0, 1])
    assert read.own.tolist() == [[True, False]]


def test_what_no_category_has_is_other(tmp_path: Path) -> None:
    write(tmp_path, CASELOAD, [line(CASELOAD, ehcplans="200")])
    # 3 mainstream, 6 units, 2 special, 3 independent, alternative provision, further education: 10 each
    assert read_panel(tmp_path).categories[0, 0].tolist() == [30, 60, 20, 30, 10, 10, 40]


def test_placements_beyond_the_total_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, CASELOAD, [line(CASELOAD, ehcplans="100")])
    with pytest.raises(PublishedError, match="60 more than all plans") as refused:
        read_panel(tmp_path)
    assert (refused.value.file, refused.value.row, refused.value.column) == (path, 2, "ehcplans")


def test_the_old_table_of_places_is_added_up_by_category(tmp_path: Path) -> None:
    write(tmp_path, CASELOAD, [line(CASELOAD)])
    write(tmp_path, OLD_CASELOAD, [line(OLD_CASELOAD, period="2018", Total_all="120")])
    types = {
        ("Total", "Total"): "110",
        ("Total", "Special school"): "50",
        ("Special - Academy/free", "Special school"): "40",
        ("Mainstream - Independent", "Mainstream school"): "9",
        ("Hospital School", "Special school"): "1",
        ("Sixth form college", "Further education"): "5",
        ("NEET", "NEET"): "3",
    }
    rows = [line(replace_whole(labels), period="2018", Total_all=heads) for labels, heads in types.items()]
    write(tmp_path, OLD_PLACES, rows)
    assert read_panel(tmp_path).categories[0, 0].tolist() == [0, 0, 40, 9, 1, 5, 65]


def replace_whole(labels: tuple[str, ...]) -> Table:
    return replace(OLD_PLACES, whole=labels)


def test_prevalence_comes_from_the_interactive_tool(tmp_path: Path) -> None:
    write(tmp_path, CASELOAD, [line(CASELOAD)])
    heading = "Short Desc,Years,LA and Regions,Values,LA Number,Region\n"
    tool = tmp_path / "lait_children_with_sen_all_las.csv"
    rows = (
        "SEN_TotStat,2024,Council 901,4.5,901.0,North\nSEN_TotStat,2024,North,9,,North\nOther,20,x,1,901,x\n"
    )
    tool.write_text(heading + rows, encoding="utf-8")
    assert read_panel(tmp_path).prevalence.tolist() == [[4.5]]
    tool.write_text(heading + "SEN_TotStat,20-24,Council 901,4.5,901,North\n", encoding="utf-8")
    with pytest.raises(PublishedError, match="row 2, column Years"):
        read_panel(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishedError, match=r"no caseload\.csv"):
        read_panel(tmp_path)
    write(tmp_path, REQUESTS, [line(REQUESTS, period="2023")])
    with pytest.raises(PublishedError, match=r"no caseload\.csv"):
        read_panel(tmp_path)


def test_an_unknown_year_or_council_is_refused() -> None:
    made = panel(councils=3)
    with pytest.raises(PublishedError, match="no figures of 1990"):
        made.at(1990)
    with pytest.raises(PublishedError, match="no local authority"):
        made.council("999")
    assert made.council("902") == 1


@settings(max_examples=25, deadline=None)
@given(origin=st.integers(2015, 2023), seed=st.integers(0, 2**32 - 1))
def test_what_was_known_does_not_depend_on_what_came(origin: int, seed: int) -> None:
    made = successors()
    one, other = made.known_at(origin), poisoned(made, origin, seed).known_at(origin)
    for left, right in zip(arrays(one), arrays(other), strict=True):
        np.testing.assert_array_equal(left, right)
    assert one.years[-1] == origin


def poisoned(made: Panel, origin: int, seed: int) -> Panel:
    """Everything published after the census of `origin` replaced by noise."""
    numbers = np.random.default_rng(seed)
    cut = made.at(origin)

    def spoilt(array: np.ndarray, first: int) -> np.ndarray:  # type: ignore[type-arg]
        noise = array.copy()
        noise[:, first:] = numbers.uniform(1, 9000, noise[:, first:].shape)
        return noise

    return replace(
        made,
        plans=spoilt(made.plans, cut + 1),
        categories=spoilt(made.categories, cut + 1),
        flows={name: spoilt(values, cut) for name, values in made.flows.items()},
        prevalence=spoilt(made.prevalence, cut + 1),
    )


def arrays(made: Panel) -> list[np.ndarray]:  # type: ignore[type-arg]
    return [made.plans, made.categories, made.prevalence, made.own, *made.flows.values()]


def successors() -> Panel:
    """Five made-up councils; the second ended, and the third and fourth took over, as in Northamptonshire."""
    made = panel(councils=5)
    made = replace(made, codes=("901", "928", "940", "941", "942"))
    first = made.at(2022)
    for array in (made.plans, made.categories, made.prevalence, *made.flows.values()):
        array[1, first:] = np.nan
        array[2:4, :first] = np.nan
    made.own[1, first:] = False
    made.own[2:4, :first] = False
    return made


def test_those_who_took_over_have_their_part_of_the_past() -> None:
    made = successors()
    first = made.at(2022)
    known = made.known_at(2022)
    share = made.plans[2, first] / made.plans[2:4, first].sum()
    np.testing.assert_allclose(known.plans[2, :first], share * made.plans[1, :first])
    np.testing.assert_allclose(known.plans[2:4, :first].sum(axis=0), made.plans[1, :first])
    np.testing.assert_allclose(
        known.flows["requests"][3, first - 1], (1 - share) * made.flows["requests"][1, first - 1]
    )
    np.testing.assert_allclose(known.prevalence[2, :first], made.prevalence[1, :first])
    np.testing.assert_allclose(known.categories[2, :first].sum(axis=1), known.plans[2, :first])
    assert not known.own[2, :first].any()


def test_before_their_first_census_they_are_not_there() -> None:
    known = successors().known_at(2021)
    assert np.isnan(known.plans[2:4]).all()
    assert np.isfinite(known.plans[1]).all()


def test_neighbours_are_read_from_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "neighbours.xlsx"
    workbook(path, [["901", "Council 901", 902.0, "Close", 903.0, "Close"], ["", "", "", "", "", ""]])
    assert read_neighbours(path) == {"901": ("902", "903")}
    workbook(path, [["901", "Council 901", "", "", "", ""]])
    with pytest.raises(PublishedError, match="row 3: no neighbours"):
        read_neighbours(path)
    workbook(path, [], heading="Something else")
    with pytest.raises(PublishedError, match="no heading LA num"):
        read_neighbours(path)
    workbook(path, [], sheet="Elsewhere")
    with pytest.raises(PublishedError, match="no sheet LA SN Groups"):
        read_neighbours(path)


def workbook(
    path: Path, rows: list[list[object]], heading: str = "LA num", sheet: str = "LA SN Groups"
) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["A", "B"])
        page.write_row(1, 0, [heading, "LA Name", "SN1", "SNP", "SN2", "SNP"])
        for at, row in enumerate(rows, 2):
            page.write_row(at, 0, row)


def test_new_plans_are_among_the_flows(tmp_path: Path) -> None:
    write(tmp_path, CASELOAD, [line(CASELOAD, period="202223"), line(CASELOAD, period="202324")])
    write(tmp_path, NEW_PLANS, [line(NEW_PLANS, period="2023", new_ehc_plans="77")])
    read = read_panel(tmp_path)
    np.testing.assert_array_equal(read.flows["new_plans"], [[77.0, np.nan]])
    assert np.isnan(read.known_at(2023).flows["new_plans"]).all()  # 2023 is not over in January 2023
    assert set(read.flows) == set(FLOWS)
