"""Setting up a passkey and signing in with it, in a real browser with a virtual authenticator."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from goldenthread.core.models import AuditEntry
from goldenthread.core.roles import Role
from tests.factories.people import user as make_user

PASSWORD = "a long horse of a staple"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_set_up_and_signs_in(wide_page: Page, live_server: Any) -> None:
    page, user = wide_page, make_user(Role.PLAN_COORDINATOR, password=PASSWORD)
    # A passkey belongs to a name, not to a number: 127.0.0.1 can have none.
    site = live_server.url.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto(f"{site}/account/login/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/sign-in/second-step/")
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label(re.compile("name", re.IGNORECASE)).fill("This laptop")
    without_password = page.get_by_role("checkbox")
    if without_password.count():
        without_password.check()
    page.get_by_role("button", name=re.compile("passkey|add", re.IGNORECASE)).first.click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{site}/my-account/")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site}/account/login/?next=/my-account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert AuditEntry.objects.filter(action="user.signed_in").latest("seq").details == {"steps": ["mfa"]}
