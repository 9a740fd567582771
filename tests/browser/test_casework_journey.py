"""Casework in a browser: from the worklist to a decision by keyboard, and a form sent wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.models import SiteState, User
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user as make_user
from tests.support.browser import axe

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = make.TODAY


@pytest.fixture
def day() -> Iterator[date]:
    """The served site, which runs in another thread, stands on a fixed day as the demonstration does."""
    SiteState.objects.create(pk=1, demonstration_date=TODAY)
    clock.forget()
    with override_settings(DEMONSTRATION=True), clock.fixed(TODAY):
        yield TODAY
    clock.forget()


def enter(page: Page, user: User, base_url: str) -> None:
    """Give the browser a session of this person, second step and all."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


def tab_to(page: Page, text: str, most: int = 90) -> None:
    """Press Tab until what has the focus says `text`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return '';"
            " const label = e.id && document.querySelector(`label[for='${e.id}']`);"
            " return (label || e).innerText || ''; }"
        )
        if text in focused:
            return
    raise AssertionError(f"Tab never reached “{text}”.")


def test_from_the_worklist_to_a_decision_and_back_by_keyboard(
    page: Page, live_server: Any, day: date
) -> None:
    worker = make_user(Role.PLAN_COORDINATOR, name="Amber Quill")
    case = make.request(child=make.person(forename="Wren", surname="Weftley"), on=day - timedelta(45))
    actions.allocate(case_ids=[case.pk], caseworker_id=worker.pk, by=make.BY, on=day)
    enter(page, worker, live_server.url)
    page.goto("/cases/worklist/?tab=overdue")
    tab_to(page, "Wren Weftley")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    tab_to(page, "Decide whether to assess")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decide-to-assess/")
    tab_to(page, "Yes, carry out an EHC needs assessment")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check before you record it").wait_for()
    assert axe(page) == []
    tab_to(page, "Record the decision")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    assert page.get_by_text("The decision is recorded.").is_visible()
    assert page.get_by_role("heading", name="Next: Ask for advice").is_visible()
    tab_to(page, "Worklist")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/worklist/**")
    assert Case.objects.get(pk=case.pk).status == Status.ASSESSING


def test_errors_are_sound_and_lead_to_their_field(page: Page, live_server: Any, day: date) -> None:
    case = make.request(on=day - timedelta(20))
    enter(page, make_user(Role.PLAN_COORDINATOR), live_server.url)
    page.goto(reverse("case_do", args=[case.pk, "decide-to-assess"]))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Select the decision").click()
    assert page.evaluate("document.activeElement.name") == "yes"
    assert page.title().startswith("Error:")
    assert axe(page) == []
