"""Files of inputs: what is right is read, and each wrong cell is named."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.planning.enums import InputKind
from goldenthread.planning.reading import LAYOUTS, FileRefused, Read, read_input
from tests.planning.conftest import BLOCK, BUDGET, CAPACITY, FILES, PRICES, population


def wrong(kind: InputKind, text: str) -> str:
    """What a refused file is told."""
    with pytest.raises(FileRefused) as refused:
        read_input(kind, text.encode())
    return refused.value.message


@pytest.mark.parametrize("kind", FILES)
def test_a_right_file_is_read_and_its_layout_is_told(kind: InputKind) -> None:
    assert read_input(kind, FILES[kind].encode()).rows > 0
    head = FILES[kind].splitlines()[0].split(",")
    assert all(column in LAYOUTS[kind] for column in head if not column.isdigit())


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("one,two\n1,2\n", "is missing; the file has one, two"),
        ("PK\x03\x04\0\0", "not a CSV file"),
    ],
)
def test_a_file_that_is_none_is_refused(kind: InputKind, text: str, message: str) -> None:
    assert message in wrong(kind, text)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_headings_alone_is_refused(kind: InputKind) -> None:
    assert "headings and no rows" in wrong(kind, FILES[kind].splitlines()[0])


def people(text: str) -> Read:
    return read_input(InputKind.POPULATION, text.encode())


def test_areas_are_added_up_and_a_county_beside_its_districts_is_not_added_to_them() -> None:
    north = population()
    south = "\n".join(north.replace("T1,Testshire", "T2,Southshire").splitlines()[1:])
    added = people(f"{north}\n{south}")
    assert added.content["ages"]["5"] == [2 * (1005 + year) for year in range(3)]
    total = [f"T0,Both,{age}," + ",".join(str(2 * (1000 + age + n)) for n in range(3)) for age in range(26)]
    with_total = people("\n".join([north, south, *total]))
    assert with_total.content == added.content
    assert with_total.about["areas"] == ["Both"]


def test_the_layout_with_sex_takes_persons_or_adds_the_two() -> None:
    lines = [
        f"T1,{sex},{age},{heads}" for age in range(26) for sex, heads in (("females", 10), ("males", 12))
    ]
    head = "AREA_CODE,SEX,AGE_GROUP,2023"
    assert people("\n".join([head, *lines])).content["ages"]["7"] == [22]
    persons = [f"T1,persons,{age},23" for age in range(26)]
    assert people("\n".join([head, *lines, *persons])).content["ages"]["7"] == [23]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "T1,Testshire,7,1007",
            "T1,Testshire,7,x",
            "Row 9, column 2022: “x” stands for a figure that is not",
        ),
        ("T1,Testshire,7,1007", "T1,Testshire,7,z", "“z” stands for a figure that is not applicable"),
        ("T1,Testshire,7,1007", "T1,Testshire,7,c", "“c” stands for a figure that is suppressed"),
        ("T1,Testshire,7,1007", "T1,Testshire,7,-5", "Row 9, column 2022: -5 cannot be negative"),
        ("T1,Testshire,7,1007", "T1,Testshire,7,", "Row 9, column 2022: the cell is empty"),
        ("T1,Testshire,7,1007", "T1,Testshire,7,many", "“many” is not a number"),
        ("T1,Testshire,7,1007", "T1,Testshire,6,1007", "Age 6 of area T1 stands here and in row 8"),
        ("2022,2023,2024", "2022,2023,2023", "the column 2023 stands twice"),
        ("2022,2023,2024", "2022,2023,mid-2023", "the year 2023 stands twice"),
        ("2022,2023,2024", "2022,2023,2025", "the year 2024 is missing between others"),
        ("2022,2023,2024", "a,b,c", "there is no column for a year"),
        ("T1,Testshire,7,1007", "T1,Testshire,7.5,1007", "“7.5” is not a whole number"),
    ],
)
def test_a_wrong_population_is_told_with_its_cell(before: str, after: str, message: str) -> None:
    text = population()
    assert before in text
    assert message in wrong(InputKind.POPULATION, text.replace(before, after))


def test_a_missing_age_is_told_and_age_0_may_be_missing() -> None:
    assert people(population(range(1, 26))).about["ages"] == [1, 25]
    without_9 = "\n".join(line for line in population().splitlines() if ",9," not in line)
    assert "age 9 is missing" in wrong(InputKind.POPULATION, without_9)


@pytest.mark.parametrize(
    ("kind", "text", "before", "after", "message"),
    [
        (InputKind.PRICES, PRICES, "0.5,8000", "0.4,8000", "the shares of special add up to 0.9, not 1"),
        (InputKind.PRICES, PRICES, "0,1,60000", "0,1,60", "were these given in thousands?"),
        (InputKind.PRICES, PRICES, "independent", "boarding", "“boarding” is not one of early_years"),
        (InputKind.PRICES, PRICES, "1.2.3", "1.2.33", "“1.2.33” is not one of 1.0.2"),
        (InputKind.PRICES, PRICES, "10000,0.5,12000", "9000,0.5,12000", "differ from row 2 of special"),
        (InputKind.PRICES, PRICES, "60000", "c", "Row 4, column top_up: “c” stands for a figure"),
        (InputKind.BLOCK, BLOCK, "90000000", "90000", "was it given in thousands?"),
        (
            InputKind.BLOCK,
            BLOCK,
            "2025-26,allocation",
            "2024-25,allocation",
            "allocation of 2024-25 stands here",
        ),
        (
            InputKind.BLOCK,
            BLOCK,
            "2025-26,allocation",
            "2026-27,allocation",
            "allocation of 2025-26 is missing",
        ),
        (InputKind.BLOCK, BLOCK, "2024-25,transfer", "2024-26,transfer", "“2024-26” is not a financial year"),
        (InputKind.BLOCK, BLOCK, "fixed,1.2.5", "fixed,", "Row 6, column line: “” is not one of"),
        (InputKind.BLOCK, BLOCK, "inflation,,2", "inflation,,200", "200 cannot be over 50"),
        (InputKind.BLOCK, BLOCK, "fixed,1.2.5,6000000", "fixed,1.2.5,-6", "-6 cannot be negative"),
        (
            InputKind.CAPACITY,
            CAPACITY,
            "special,2026",
            "special,2024",
            "special in 2024 stands here and in row 2",
        ),
        (InputKind.CAPACITY, CAPACITY, "70%", "60%", "the shares add up to 90%, not 100%"),
        (InputKind.CAPACITY, CAPACITY, "mainstream 100%", "resourced 100%", "cannot take the overflow"),
        (InputKind.CAPACITY, CAPACITY, "mainstream 100%", "mainstream", "does not read like"),
        (InputKind.CAPACITY, CAPACITY, "1700", "-1", "-1 cannot be negative"),
        (InputKind.BUDGET, BUDGET, "1.2.3", "1.2.2", "1.2.2 of 2023-24 stands here and in row 2"),
        (InputKind.BUDGET, "financial_year,line,amount\n2023-24,1.2.2,50000", "50000", "50001", "thousands?"),
    ],
)
def test_a_wrong_cell_of_money_or_places_is_told(
    kind: InputKind, text: str, before: str, after: str, message: str
) -> None:
    assert before in text
    assert message in wrong(kind, text.replace(before, after, 1))


def test_every_wrong_cell_is_told_not_only_the_first() -> None:
    text = population().replace(",7,1007", ",7,x").replace(",9,1009", ",9,-3")
    with pytest.raises(FileRefused) as refused:
        people(text)
    assert [(one.row, one.column) for one in refused.value.problems] == [(9, "2022"), (11, "2022")]


@given(st.lists(st.integers(0, 50_000), min_size=26, max_size=26))
def test_population_is_read_as_it_is_written(heads: list[int]) -> None:
    text = "\n".join(["age,2023", *(f"{age},{number}" for age, number in enumerate(heads))])
    assert people(text).content["ages"] == {str(age): [number] for age, number in enumerate(heads)}


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(kind: InputKind, content: bytes) -> None:
    head = FILES[kind].splitlines()[0].encode()
    for one in (content, head + b"\n" + content):
        with suppress(FileRefused):
            assert read_input(kind, one).rows > 0
