"""The returns pages on every screen: nothing that axe finds, nothing wider than the window."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from goldenthread.core.roles import Role
from goldenthread.returns.models import ImportRun, ImportState
from tests.factories.people import user as make_user
from tests.returns.conftest import AS_OF
from tests.support.browser import axe, overflow, sign_in


@pytest.mark.parametrize("name", ["empty", "waiting"])
def test_the_pages_are_sound(name: str, page: Page, live_server: Any) -> None:
    """The two that the county cannot show: no returns yet, and a page that looks again by itself."""
    address = "/returns/"
    if name == "waiting":
        run = ImportRun.objects.create(
            file_name="x.xml", as_of=AS_OF, by_label="x", state=ImportState.WAITING
        )
        address += f"{run.pk}/"
    sign_in_as_manager(page, live_server.url)
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok
    # The page that looks again by itself can be told to stand still (WCAG 2.2.1), which axe cannot see.
    assert axe(page, without=("meta-refresh",) if name == "waiting" else ()) == []
    assert overflow(page) == []


def sign_in_as_manager(page: Page, base_url: str) -> None:
    """A manager with the second step passed."""
    user = make_user(Role.MANAGER)
    sign_in(page, user, base_url)
    key = next(
        cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    session = SessionStore(key)
    session["second_factor"] = str(user.pk)
    session.save()
