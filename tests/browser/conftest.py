"""Fixtures for tests of whole pages. They run on a real database, served by `live_server`.

`page` runs the test four times: 1280 and 360 pixels wide, with script and without. `wide_page` runs it
once, with script. Where there is no Chromium they skip with one line; CI counts that as a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from devtools import chromium
from tests.support.browser import SCREENS, WIDE, opened, running_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the process."""
    if chromium.find() is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(chromium.MISSING)
        pytest.skip(chromium.MISSING)
    with running_chromium() as started:
        yield started


@pytest.fixture(params=SCREENS, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, live_server: Any) -> Iterator[Page]:
    """A new page of the served site on each kind of screen; addresses may begin with a slash."""
    with opened(browser, request.param, live_server.url) as new:
        yield new


@pytest.fixture
def wide_page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A new page, 1280 pixels wide, with script."""
    with opened(browser, WIDE, live_server.url) as new:
        yield new
