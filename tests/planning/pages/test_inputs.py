"""The inputs wizard: what is there and what is not, a file given, a file refused whole."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.core.roles import Role
from goldenthread.planning import queries
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import rows_of
from tests.planning.conftest import BLOCK, BUDGET, FILES, PRICES
from tests.planning.pages.conftest import signed_in

GIVE = {"source": "Section 251 budget, June 2024", "units": "pounds"}


def upload(text: str | bytes, name: str = "file.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def give(
    client: Client, kind: InputKind, text: str | bytes, name: str = "file.csv", **changes: str
) -> object:
    """Send a file of a kind as the page does."""
    address = reverse("planning_input_give", args=[kind.value])
    return client.post(address, GIVE | changes | {"file": upload(text, name)})


def excel(text: str) -> bytes:
    """The same rows as the first sheet of an Excel file, numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(text.strip().splitlines()):
            sheet.write_row(at, 0, line.split(","))
    return out.getvalue()


def test_the_wizard_says_what_is_missing_and_what_is_assumed_instead(officer: Client) -> None:
    words = officer.get(reverse("planning_inputs")).content.decode()
    assert words.count("Missing") == 5
    assert "Assumed: No limit on places" in words


@pytest.mark.parametrize("kind", list(FILES))
def test_a_file_of_each_kind_is_taken_and_shown(officer: Client, kind: InputKind) -> None:
    answer = give(officer, kind, FILES[kind])
    assert answer.headers["Location"] == reverse("planning_input", args=[kind.value])
    version = InputVersion.objects.get()
    assert (version.kind, version.number, version.assumed) == (kind, 1, False)
    words = officer.get(answer.headers["Location"]).content.decode()
    assert "Section 251 budget, June 2024" in words
    assert "version 1 is in force" in words


def test_an_excel_file_says_the_same_as_a_csv_file(officer: Client) -> None:
    give(officer, InputKind.PRICES, PRICES)
    from_csv = rows_of(InputVersion.objects.get(number=1))
    give(officer, InputKind.PRICES, excel(PRICES), "prices.xlsx", source="The same as a sheet")
    assert rows_of(InputVersion.objects.get(number=2)) == from_csv


def test_thousands_become_pounds_and_inflation_stays(officer: Client) -> None:
    text = BLOCK.replace('"£93,000,000"', '"£93,000"').replace("90000000", "90000").replace("500000", "500")
    text = text.replace("-12000000", "-12000").replace("6000000", "6000")
    give(officer, InputKind.BLOCK, text, units="thousands")
    amounts = {(one["item"], one["year"]): one["amount"] for one in rows_of(InputVersion.objects.get())}
    assert amounts["allocation", 2024] == 90_000_000
    assert amounts["allocation", 2025] == 93_000_000
    assert amounts["opening_balance", 2024] == -12_000_000
    assert amounts["inflation", 2025] == 2


def test_which_unit_must_be_said(officer: Client) -> None:
    answer = give(officer, InputKind.BUDGET, BUDGET, units="")
    assert answer.status_code == 422
    assert "The amounts are in" in answer.content.decode()
    assert not InputVersion.objects.exists()


def test_a_file_with_wrong_cells_is_refused_whole_and_each_is_told(officer: Client) -> None:
    bad = BLOCK.replace("90000000", "x").replace("2025-26,allocation", "2025-27,allocation")
    answer = give(officer, InputKind.BLOCK, bad)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "“2025-27” is not a financial year" in words
    assert "stands for a figure that is not available" in words
    assert "Nothing was stored" in words
    assert not InputVersion.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"PK\x03\x04 this is no sheet", "not an Excel file that can be read"), (b"\x00\x01", "not a CSV file")],
)
def test_a_file_that_is_no_table_is_refused(officer: Client, content: bytes, told: str) -> None:
    answer = give(officer, InputKind.BUDGET, content, "budget.xlsx")
    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.parametrize("kind", list(FILES))
def test_the_file_to_fill_in_has_the_columns_that_are_read(officer: Client, kind: InputKind) -> None:
    answer = officer.get(reverse("planning_input_template", args=[kind.value]))
    head = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0].split(",")
    wanted = FILES[kind].splitlines()[0].split(",")
    years = [name for name in wanted if not name.isdigit()]
    assert [name for name in head if not name.isdigit()][: len(years)] == years


def test_the_newest_version_is_in_force_and_older_ones_are_listed(officer: Client) -> None:
    give(officer, InputKind.BUDGET, BUDGET)
    give(officer, InputKind.BUDGET, BUDGET.replace("50000000", "51000000"), source="Corrected")
    words = officer.get(reverse("planning_input", args=["budget"])).content.decode()
    assert words.index("Corrected") < words.index("Section 251 budget, June 2024")
    assert queries.in_force()[InputKind.BUDGET].number == 2


def test_a_manager_sees_inputs_and_gives_none() -> None:
    manager = signed_in(Role.MANAGER)
    assert "Give a file" not in manager.get(reverse("planning_input", args=["block"])).content.decode()
    assert manager.get(reverse("planning_input_give", args=["block"])).status_code == 403


@pytest.mark.parametrize(("name", "kind"), [("planning_input", "none"), ("planning_input_give", "dfe")])
def test_an_input_that_there_is_not_is_not_found(officer: Client, name: str, kind: str) -> None:
    assert officer.get(reverse(name, args=[kind])).status_code == 404
