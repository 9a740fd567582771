"""The helpers see what they are there to see: on every screen, with script and without."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.browser import WIDE, axe, opened, overflow

GOOD = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><p>Text.</p></main></html>"
BAD = "<!doctype html><html><main><img src='data:,'><input><p style='color:#ccc'>Pale</p></main></html>"
RAN = "<!doctype html><html lang=en><title>no</title><h1>x</h1><script>document.title='ran'</script></html>"


def test_axe_is_content_with_a_sound_page(page: Page) -> None:
    page.set_content(GOOD)
    assert axe(page) == []


def test_axe_finds_faults_on_every_screen(page: Page) -> None:
    page.set_content(BAD)
    found = {line.split()[0] for line in axe(page)}
    assert {"html-has-lang", "image-alt", "label", "color-contrast"} <= found


def test_axe_leaves_out_only_the_rule_that_is_named(wide_page: Page) -> None:
    wide_page.set_content(BAD)
    found = {line.split()[0] for line in axe(wide_page, without=("image-alt",))}
    assert "image-alt" not in found
    assert "label" in found


def test_a_screen_without_script_runs_none(page: Page, request: pytest.FixtureRequest) -> None:
    page.goto("data:text/html," + RAN)
    assert page.title() == ("no" if "no-script" in request.node.name else "ran")


def test_overflow_names_what_is_too_wide(page: Page) -> None:
    page.set_content(GOOD)
    assert overflow(page) == []
    page.set_content("<!doctype html><html lang=en><p id=wide style='width:2000px'>Wide</p></html>")
    assert 'id="wide"' in overflow(page)[0]


def test_a_table_that_scrolls_by_itself_is_no_overflow(page: Page) -> None:
    page.set_content("<div style='overflow-x:auto'><p style='width:2000px'>Wide</p></div>")
    assert overflow(page) == []


def test_script_errors_fail_the_test(browser: Any, live_server: Any) -> None:
    with pytest.raises(AssertionError, match="planted"), opened(browser, WIDE, live_server.url) as page:
        page.goto("data:text/html,<script>throw new Error('planted')</script>")


def test_the_served_site_answers(page: Page) -> None:
    answer = page.goto("/health/live")
    assert answer is not None
    assert answer.ok
