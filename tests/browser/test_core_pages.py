"""Signing in by a link in a real browser. Every page is looked at in `county/test_every_page.py`."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.core import actions, notices
from goldenthread.core.models import Notice
from goldenthread.core.roles import Role
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_link_signs_in_by_its_button(page: Page, live_server: Any) -> None:
    user = make_user(Role.FAMILY)
    actions.request_sign_in_link(email=user.email, go_to=reverse("account_page"))
    text = notices.text_of(Notice.objects.get())
    path = text.partition("http://localhost:8000")[2].split()[0]
    page.goto(path)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{reverse('account_page')}")
    assert user.name in page.content()
