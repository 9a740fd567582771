"""The DSG management plan workbook, read again and reckoned afresh."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports.book import workbook
from goldenthread.planning.exports.counts import AGES, BY_AGE, BY_NEED, NEEDS, counts_of
from tests.factories.planning import material
from tests.planning.exports.sheets_read import Reckoner, row, values

TABS = ["Cover", "Introduction", "Narrative", "Financial summary", "CYP summary", "Governance", "Engagement",
        "Strategy", *CATEGORIES, "Comparators", "Reference data", "Checks"]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    """The workbook of the factory's forecast."""
    return workbook(material())


def test_the_tabs_are_in_the_departments_order(made: bytes) -> None:
    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names == TABS


def test_each_category_tab_has_the_rows_of_the_form(made: bytes) -> None:
    for code, title in CATEGORIES.items():
        cells = [line[0] for line in values(made, code)]
        ages = list(AGES)[3:] if code == "P16FE" else list(AGES)
        at = cells.index(BY_AGE)
        assert cells[0] == title
        assert cells[at + 1 : at + 2 + len(ages)] == [*ages, "Total number by Age Group"]
        at = cells.index(BY_NEED)
        assert cells[at + 1 : at + 15] == [*NEEDS.values(), "Total number of EHCPs by primary need"]


def test_counts_are_whole_and_those_of_the_tied_tables(made: bytes) -> None:
    source = material()
    counts = counts_of(source.mitigated, source)
    for k, code in enumerate(CATEGORIES):
        heads = row(made, code, "Autistic Spectrum Disorder", after=f"Mitigated: {BY_NEED}")
        assert heads[:6] == counts.by_need[:, k, 0].tolist()


def test_every_formula_gives_the_value_beside_it(made: bytes) -> None:
    reckoner = Reckoner(made)

    assert len(reckoner.formulas) > 700
    for (sheet, cell), formula in reckoner.formulas.items():
        kept, live = reckoner.kept[sheet, cell], reckoner.value(sheet, cell)
        if isinstance(kept, str):
            assert live == kept, (sheet, cell, formula)
        else:
            assert live == pytest.approx(kept, abs=0.01), (sheet, cell, formula)


def test_every_check_ties(made: bytes) -> None:
    lines = values(made, "Checks")
    results = [line[4] for line in lines if line[4] in {"Ties", "DIFFERS"}]

    assert lines[1][0] == f"All {len(results)} totals tie"
    assert set(results) == {"Ties"}
    assert len(results) > 100


def test_a_total_that_does_not_tie_is_told() -> None:
    source = material()
    wrong = replace(source.savings, mitigated=tuple(source.savings.as_is))
    lines = values(workbook(replace(source, savings=wrong)), "Checks")

    assert lines[1][0].startswith("4 of ")
    assert [line[4] for line in lines].count("DIFFERS") == 4


def test_a_figure_changed_by_hand_shows_on_the_checks(made: bytes) -> None:
    reckoner = Reckoner(made)
    reckoner.kept["MmSoA", "C8"] += 1  # a count of the first table

    assert str(reckoner.value("Checks", "A2")).endswith("totals differ")


def test_positions_go_on_from_each_other(made: bytes) -> None:
    source = material()
    opening = row(made, "Financial summary", "Opening balance at 1 April", after="Mitigated")[:4]
    closing = row(made, "Financial summary", "Closing balance at 31 March", after="Mitigated")[:4]

    assert opening[0] == source.mitigated.opening_balance
    assert opening[1:] == closing[:3]
    assert closing == pytest.approx(source.mitigated.balance[0].tolist())
    chance = row(made, "Financial summary", "Chance of a cumulative deficit of more than £10,000,000")
    assert chance[:4] == source.unmitigated.chance_of_deficit(10e6).tolist()


def test_what_is_not_confirmed_is_said_and_where(made: bytes) -> None:
    said = " ".join(str(line[0]) for line in values(made, "Introduction"))

    assert "The position of every cell" in said
    assert "not a copy" in said
    assert any("not confirmed" in str(line[0]) for line in values(made, "Governance"))


def test_text_is_never_a_formula(made: bytes) -> None:
    reckoner = Reckoner(made)

    assert '2. =HYPERLINK("x") less alternative provision' in [line[0] for line in values(made, "Governance")]
    assert not any("HYPERLINK" in formula for formula in reckoner.formulas.values())


def test_charts_are_there_with_words(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()

    assert len(charts) == 11
    assert drawing.count("descr=") == 11


def test_the_same_forecast_gives_the_same_file(made: bytes) -> None:
    assert workbook(material()) == made


def test_a_baseline_alone_has_no_mitigated_part() -> None:
    alone = workbook(material(mitigated=None, mitigations=(), savings=None, account=None))

    assert not any("Mitigated" in str(line[0]) for line in values(alone, "Financial summary"))
    assert "No scenario with mitigations was chosen." in [line[0] for line in values(alone, "Governance")]
    assert row(alone, "Financial summary", "Allocation and transfers")[0] == 95e6
    reckoner = Reckoner(alone)
    assert str(reckoner.value("Checks", "A2")).startswith("All ")


def test_those_under_16_in_further_education_are_told() -> None:
    source = material(before={})
    said = " ".join(str(line[0]) for line in values(workbook(source), "P16FE"))

    assert "no row here for children under 16" in said
    space = replace(source.unmitigated.space)
    stock = source.unmitigated.mean_stock.copy()
    stock[:, :16][..., space.category_index() == 5] = 0
    without = replace(source, unmitigated=replace(source.unmitigated, mean_stock=stock), mitigated=None)
    assert "no row here" not in " ".join(str(line[0]) for line in values(workbook(without), "P16FE"))
