"""A finance officer, without script: loads inputs, forecasts, builds a mitigation, sees what it saves."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page

from goldenthread.core import clock, worker
from goldenthread.core.models import SiteState
from goldenthread.core.roles import Role
from goldenthread.planning.models import ForecastRun, RunAnalysis
from tests.browser.test_casework_journey import enter
from tests.factories.people import user as make_user
from tests.planning.conftest import population
from tests.planning.record import BLOCK, TODAY, small_record
from tests.support.browser import axe, overflow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record() -> Iterator[None]:
    """A small record, on a fixed day also for the served site, which runs in another thread."""
    SiteState.objects.create(pk=1, demonstration_date=TODAY)
    clock.forget()
    with override_settings(DEMONSTRATION=True), clock.fixed(TODAY):
        small_record()
        yield
    clock.forget()


def press(page: Page, name: str) -> None:
    """The button of this name, in the page's own part."""
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def give(page: Page, kind: str, content: str, folder: Path, *, money: bool) -> None:
    """Give an input by its page."""
    file = folder / f"{kind}.csv"
    file.write_text(content, encoding="utf-8")
    page.goto(f"/planning/inputs/{kind}/give/")
    page.locator("input[type=file]").set_input_files(str(file))
    if money:
        page.get_by_label("Pounds", exact=True).check()
    page.get_by_label("Where the figures come from").fill("Made up for this walk")
    press(page, "Check and store")
    page.get_by_text(re.compile(r"version \d is in force")).first.wait_for()


def forecast(page: Page, scenario: str) -> None:
    """Ask for a forecast, let the worker make it, and look at it."""
    page.goto("/planning/forecasts/new/")
    page.get_by_label("Scenario").select_option(label=scenario)
    page.get_by_label("Years ahead").fill("3")
    page.get_by_label("Simulations").fill("30")
    press(page, "Start")
    assert page.get_by_text("Waiting to start").first.is_visible()
    worker.run(once=True)
    page.reload()
    page.get_by_role("heading", name="The account of the block").wait_for()


def build(page: Page) -> None:
    """A scenario with one mitigation, its effect looked at and saved."""
    page.goto("/planning/scenarios/new/")
    page.get_by_label("Name").fill("Fewer new plans")
    press(page, "Save")
    page.locator("main").get_by_role("button", name="Add a mitigation").click()
    page.get_by_label("Title").fill("Clearer thresholds")
    for part, text in (("Day", "1"), ("Month", "9"), ("Year", "2024")):
        page.get_by_label(part).fill(text)
    press(page, "Save and add what it changes")
    page.get_by_label("Fewer or more new plans, in per cent").check()
    press(page, "Continue")
    page.get_by_label("Change in new plans").fill("-40")
    press(page, "Look what it changes first")
    assert page.get_by_text("Nothing is saved yet.").is_visible()
    press(page, "Save")
    assert page.get_by_text("40% fewer new plans.").is_visible()
    assert page.get_by_role("heading", name="What the mitigations change").first.is_visible()


def test_from_inputs_to_a_waterfall_and_its_figures(
    page: Page, live_server: Any, record: None, tmp_path: Path
) -> None:
    enter(page, make_user(Role.FINANCE, name="Petra Ledgerly"), live_server.url)
    give(page, "population", population(), tmp_path, money=False)
    give(page, "block", BLOCK.decode().replace("1100000", "1150000"), tmp_path, money=True)
    forecast(page, "As it is")
    build(page)
    forecast(page, "Fewer new plans")
    page.get_by_role("link", name="Savings", exact=True).click()
    page.get_by_text("from as it is to mitigated").first.wait_for()
    assert axe(page) == []
    assert overflow(page) == []
    kept = RunAnalysis.objects.get(kind="savings").content
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download as CSV").first.click()
    lines = list(csv.reader(Path(coming.value.path()).read_text("utf-8-sig").splitlines()))
    assert lines[1][0] == "1. Clearer thresholds"
    assert float(lines[1][-2]) == pytest.approx(sum(kept["mean"][0]), abs=0.05)
    assert sum(kept["mean"][0]) > 0, "fewer plans cost less"
    assert ForecastRun.objects.filter(state="done").count() == 2
