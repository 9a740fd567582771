"""The small county, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.county.served import County, served_county


@pytest.fixture(scope="package")
def transactional_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's own, which empties the database after each test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="package")
def county(transactional_db: None, browser: Browser) -> Iterator[County]:
    """The small county, served."""
    with served_county() as made:
        yield made
