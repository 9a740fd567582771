"""Every page of signing in and of one's account is drawn in our own layout, with its forms labelled."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from lxml import html

PUBLIC = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
OWN = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "usersessions_list",
]


def check(client: Client, name: str, status: int = 200) -> html.HtmlElement:
    response = client.get(reverse(name), HTTP_USER_AGENT="Firefox/130.0 (X11; Linux)")
    assert response.status_code == status, (name, response.headers.get("Location"))
    page = html.document_fromstring(response.content.decode())
    assert len(page.xpath("//h1")) == 1
    assert page.xpath('//a[contains(@class, "gt-logo")]')
    for control in page.xpath('//main//input[not(@type="hidden")] | //main//select | //main//textarea'):
        assert page.xpath(f'//label[@for="{control.get("id")}"]'), name
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    return page


@pytest.fixture
def signed_in(client: Client, settings: object) -> Client:
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]
    email, password = "amber.quill@threadshire.example", "a long made-up password"
    get_user_model().objects.create_user(email, "Amber Quill", "family", password)
    client.post(reverse("account_login"), {"login": email, "password": password})
    assert "_auth_user_id" in client.session
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_pages_for_anyone(client: Client, settings: object, name: str) -> None:
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]
    check(client, name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own_account(signed_in: Client, name: str) -> None:
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(_user(signed_in), "A" * 32)
    check(signed_in, name)


@pytest.mark.django_db
def test_recovery_codes_and_turning_off_the_app(signed_in: Client) -> None:
    TOTP.activate(_user(signed_in), "A" * 32)
    codes = RecoveryCodes.activate(_user(signed_in)).get_unused_codes()
    words = check(signed_in, "mfa_view_recovery_codes").text_content()
    assert all(code in words for code in codes)
    check(signed_in, "mfa_deactivate_totp")
    assert "10 codes left" in check(signed_in, "mfa_index").text_content()


@pytest.mark.django_db
def test_a_wrong_password_is_explained(client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]
    response = client.post(
        reverse("account_login"), {"login": "nobody@threadshire.example", "password": "wrong"}
    )
    page = html.document_fromstring(response.content.decode())
    assert page.xpath("//title")[0].text.startswith("Error: Sign in")
    assert page.xpath('//*[contains(@class, "govuk-error-summary")]//li')


def _user(client: Client) -> object:
    return get_user_model().objects.get(pk=client.session["_auth_user_id"])
