"""Core's pages with axe and at 360 px, with script and without."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.core import actions, notices
from goldenthread.core.actors import System
from goldenthread.core.models import Notice, NoticeState, User
from goldenthread.core.roles import Role
from tests.core.jobs_for_tests import fail
from tests.factories.people import user as make_user
from tests.support.browser import axe, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FOR_ANYONE = ["home", "sign_in", "sign_in_link", "sign_in_link_sent", "accessibility", "cookies", "privacy"]
FOR_ADMINISTRATORS = ["account_page", "users", "user_invite", "audit", "outbox", "jobs", "usersessions_list"]


def wrong(page: Page, address: str) -> dict[str, Any]:
    """What is wrong with a page; nothing if all is well."""
    page.goto(address)
    found = {"axe": axe(page), "too wide": overflow(page)}
    return {f"{address} {what}": problems for what, problems in found.items() if problems}


def test_pages_for_anyone(page: Page) -> None:
    addresses = [reverse(name) for name in FOR_ANYONE]
    addresses += [reverse("account_login"), reverse("sign_in_link_use", args=["none"]), "/nowhere/"]
    problems: dict[str, Any] = {}
    for address in addresses:
        problems |= wrong(page, address)
    assert problems == {}


def test_pages_for_administrators(page: Page, live_server: Any, settings: Any) -> None:
    settings.DEMONSTRATION = True
    administrator = make_user(Role.ADMINISTRATOR, name="Ada Minister")
    invited = _something_to_show()
    sign_in(page, administrator, live_server.url)
    addresses = [reverse(name) for name in FOR_ADMINISTRATORS]
    addresses += [
        reverse("user", args=[invited.pk]),
        reverse("user_deactivate", args=[invited.pk]),
        reverse("notice", args=[Notice.objects.earliest("created_at").pk]),
        reverse("audit") + "?who=nobody&record=12",
        reverse("users") + "?q=nobody",
    ]
    problems: dict[str, Any] = {}
    for address in addresses:
        problems |= wrong(page, address)
    assert problems == {}


def _something_to_show() -> User:
    invited = actions.invite_user(
        email="new@threadshire.example", name="New Person", role="adviser", by=System.COMMAND
    )
    notices.send(to_email="parent@example.org", subject="A step is done", body="Dear Sam", kind="test")
    Notice.objects.filter(kind="test").update(
        state=NoticeState.FAILED, problem="The mail server answered 550."
    )
    fail.enqueue()
    return invited


def test_a_link_signs_in_by_its_button(page: Page, live_server: Any) -> None:
    user = make_user(Role.FAMILY)
    actions.request_sign_in_link(email=user.email, go_to=reverse("account_page"))
    text = notices.text_of(Notice.objects.get())
    path = text.partition("http://localhost:8000")[2].split()[0]
    page.goto(path)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{reverse('account_page')}")
    assert user.name in page.content()
