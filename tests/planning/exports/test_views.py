"""A forecast's files, downloaded."""

from __future__ import annotations

import io
import zipfile

import docx
import page
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from goldenthread.core.documents import PDF, WORD
from goldenthread.core.roles import Role
from goldenthread.core.ui.download import XLSX
from goldenthread.planning import actions
from goldenthread.planning.exports.tables import FILES
from goldenthread.planning.models import ForecastRun
from tests.factories.people import user
from tests.planning.exports.runs import BY, finished, pair
from tests.planning.exports.sheets_read import row
from tests.support.pdf_words import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A finance officer, signed in, second step and all."""
    officer = user(Role.FINANCE)
    signed_in = Client()
    signed_in.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    session = signed_in.session
    session["second_factor"] = str(officer.pk)
    session.save()
    return signed_in


@pytest.fixture
def run() -> ForecastRun:
    """A scenario's run, with one of things as they are beside it."""
    return pair()[1]


def test_the_workbook_of_a_scenario_has_both_forecasts(client: Client, run: ForecastRun) -> None:
    answer = client.get(reverse("planning_workbook", args=[run.pk]), {"threshold": "£20m"})

    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == (
        f'attachment; filename="dsg-management-plan-2024-{str(run.pk)[-8:]}.xlsx"'
    )
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names[0] == "Cover"
    assert row(answer.content, "Financial summary", "Chance of a cumulative deficit of more than £20,000,000")


@pytest.mark.parametrize("name", list(FILES))
def test_each_csv_begins_with_its_columns(client: Client, run: ForecastRun, name: str) -> None:
    answer = client.get(reverse("planning_csv", args=[run.pk, name]))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[0] == ",".join(FILES[name][0])


def test_all_csv_files_come_in_one(client: Client, run: ForecastRun) -> None:
    answer = client.get(reverse("planning_csv_zip", args=[run.pk]))

    assert answer["Content-Type"] == "application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 5


def test_the_forum_paper_is_there_as_pdf_and_as_word(client: Client, run: ForecastRun) -> None:
    pdf = client.get(reverse("planning_forum_paper", args=[run.pk, "pdf"]))
    word = client.get(reverse("planning_forum_paper", args=[run.pk, "docx"]))

    assert (pdf["Content-Type"], word["Content-Type"]) == (PDF, WORD)
    assert page.is_pdf_compliant_bytes(pdf.content, profile="ua1")
    assert "Recovery plan" in words_of(pdf.content)
    assert docx.Document(io.BytesIO(word.content)).core_properties.title.startswith("High Needs Block")


def test_what_is_not_there_is_told(client: Client, run: ForecastRun) -> None:
    assert client.get(reverse("planning_forum_paper", args=[run.pk, "odt"])).status_code == 404
    assert client.get(reverse("planning_csv", args=[run.pk, "children"])).status_code == 404
    nothing = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("planning_workbook", args=[nothing])).status_code == 404


def test_a_run_without_a_result_has_no_files(client: Client) -> None:
    waiting = actions.queue_run(by=BY, base_year=2024)
    answer = client.get(reverse("planning_workbook", args=[waiting.pk]))

    assert answer.status_code == 409
    assert "has no result" in answer.content.decode()


def test_letters_that_no_font_has_are_told_and_word_still_goes(client: Client) -> None:
    odd = finished(title="In a script that nobody writes: \U00012000")
    answer = client.get(reverse("planning_forum_paper", args=[odd.pk, "pdf"]))
    if answer.status_code == 200:
        pytest.skip("this machine can write cuneiform")

    assert answer.status_code == 422
    assert "\U00012000" in answer.content.decode()
    assert client.get(reverse("planning_forum_paper", args=[odd.pk, "docx"])).status_code == 200


def test_the_forecast_page_leads_to_every_file(client: Client, run: ForecastRun) -> None:
    words = client.get(reverse("planning_run", args=[run.pk]), {"threshold": "20m"}).content.decode()

    for address in (
        reverse("planning_workbook", args=[run.pk]),
        reverse("planning_forum_paper", args=[run.pk, "pdf"]),
        reverse("planning_forum_paper", args=[run.pk, "docx"]),
        reverse("planning_csv_zip", args=[run.pk]),
    ):
        assert f'href="{address}?threshold=20000000"' in words
    for name in FILES:
        assert reverse("planning_csv", args=[run.pk, name]) in words


def test_a_role_that_plans_nothing_is_refused(run: ForecastRun) -> None:
    co_ordinator = user(Role.PLAN_COORDINATOR)
    outsider = Client()
    outsider.force_login(co_ordinator, backend="django.contrib.auth.backends.ModelBackend")

    assert outsider.get(reverse("planning_workbook", args=[run.pk])).status_code == 403
