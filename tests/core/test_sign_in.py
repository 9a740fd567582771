"""Signing in with a password, the second step that staff and partners need, and what nobody can do."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from goldenthread.core import notices
from goldenthread.core.models import AuditEntry, Notice, User
from goldenthread.core.roles import SECOND_FACTOR, Role
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a long horse of a staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def person(role: Role = Role.PLAN_COORDINATOR) -> User:
    return make_user(role, password=PASSWORD)


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **more})


def where(response: Any) -> str:
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response.headers["Location"])


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR))
def test_a_password_alone_opens_nothing(client: Client, role: Role) -> None:
    sign_in(client, person(role))
    assert where(client.get(reverse("account_page"))) == reverse("second_factor_needed")
    page = client.get(reverse("second_factor_needed"))
    assert page.status_code == 200
    assert reverse("mfa_activate_totp") in page.content.decode()


def test_a_family_needs_no_second_step(client: Client) -> None:
    client.force_login(person(Role.FAMILY), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("account_page")).status_code == 200
    assert client.get(reverse("second_factor_needed")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_site(client: Client) -> None:
    user = person()
    elsewhere = Client()
    sign_in(elsewhere, user)
    assert where(sign_in(client, user)) == reverse("home")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert where(client.get(reverse("account_page"))) == reverse("second_factor_needed")
    assert where(client.post(reverse("mfa_activate_totp"), {"code": code(secret)})) == reverse(
        "mfa_view_recovery_codes"
    )
    assert client.get(reverse("account_page")).status_code == 200
    assert Authenticator.objects.get(user=user, type="totp").data["secret"] != secret
    # A session that knew the password alone is closed: it could have removed the app again.
    assert where(elsewhere.get(reverse("mfa_index"))).startswith(reverse("sign_in"))


def test_the_second_step_is_asked_for_at_sign_in(client: Client) -> None:
    user = person()
    TOTP.activate(user, SECRET)
    assert where(sign_in(client, user)) == reverse("mfa_authenticate")
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert where(client.get(reverse("account_page"))).startswith(reverse("sign_in"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert where(client.get(reverse("account_page"))).startswith(reverse("sign_in"))
    assert where(client.post(reverse("mfa_authenticate"), {"code": code()})) == reverse("home")
    assert client.get(reverse("account_page")).status_code == 200
    line = AuditEntry.objects.get(action="user.signed_in")
    assert line.details == {"steps": ["password", "mfa"]}


def test_a_code_works_once(client: Client) -> None:
    user = person()
    TOTP.activate(user, SECRET)
    now = code()
    sign_in(client, user)
    assert where(client.post(reverse("mfa_authenticate"), {"code": now})) == reverse("home")
    other = Client()
    sign_in(other, user)
    assert other.post(reverse("mfa_authenticate"), {"code": now}).status_code == 200


def test_the_second_step_without_the_first_leads_back(client: Client) -> None:
    assert where(client.get(reverse("mfa_authenticate"))) == reverse("account_login")


def test_a_second_step_of_someone_else_in_the_session_does_not_count(signed_in: SignedIn) -> None:
    client = signed_in(person(), second_factor=False)
    session = client.session
    session["second_factor"] = str(person().pk)
    session.save()
    assert where(client.get(reverse("account_page"))) == reverse("second_factor_needed")


def test_the_demonstration_asks_for_none(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = True
    sign_in(client, person())
    assert client.get(reverse("account_page")).status_code == 200


def test_guessing_is_stopped(client: Client) -> None:
    user = person()
    for _ in range(5):
        assert "not correct" in sign_in(client, user, "wrong password").content.decode()
    answer = sign_in(client, user).content.decode()
    assert "Too many failed" in answer
    assert "_auth_user_id" not in client.session
    # Someone else at the same address is not shut out.
    assert where(sign_in(client, person())) == reverse("home")


def test_limits_are_counted_in_the_database() -> None:
    from django.db import connection

    cache.set("counted", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "socialaccount_signup",
        "socialaccount_connections",
    ],
)
def test_what_nobody_does_here_is_closed(client: Client, signed_in: SignedIn, name: str) -> None:
    form = {"email": "new@example.org", "password1": PASSWORD}
    for browser in (client, signed_in(person())):
        assert browser.get(reverse(name)).status_code == 404
        assert browser.post(reverse(name), form).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_closed_account_cannot_sign_in_and_is_signed_out(signed_in: SignedIn, client: Client) -> None:
    user = person()
    inside = signed_in(user)
    assert inside.get(reverse("account_page")).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert where(inside.get(reverse("account_page"))).startswith(reverse("sign_in"))
    sign_in(client, user)
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_link(client: Client) -> None:
    user = person()
    inside = Client()
    sign_in(inside, user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    notice = Notice.objects.get(kind="password_reset")
    assert notice.to_email == user.email
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", notices.text_of(notice))
    assert link is not None
    assert link[1] not in notice.body
    form = where(client.get(link[1]))
    other = "another horse of a staple"
    assert where(client.post(form, {"password1": other, "password2": other}))
    assert client.get(link[1]).status_code == 200  # says that it was used
    assert "already" in client.get(link[1]).content.decode()
    assert where(sign_in(client, user, other)) == reverse("home")
    assert where(inside.get(reverse("mfa_index"))).startswith(reverse("sign_in"))


def test_a_new_password_for_nobody_says_the_same_and_sends_nothing(client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": person().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, where(known)) == (unknown.status_code, where(unknown))
    assert not Notice.objects.filter(to_email="nobody@example.org").exists()


def test_sessions_are_listed_and_the_others_ended(client: Client) -> None:
    user = person(Role.FAMILY)
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    for browser in (client, other):
        sign_in(browser, user)
    assert UserSession.objects.filter(user=user).count() == 2
    assert "Firefox on Windows" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("account_page")).status_code == 200
    assert where(other.get(reverse("account_page"))).startswith(reverse("sign_in"))


def test_signing_in_leads_where_one_wanted_but_never_elsewhere(client: Client) -> None:
    user = person(Role.FAMILY)
    assert where(client.get(reverse("account_page"))) == "/sign-in/?next=%2Fmy-account%2F"
    assert "next=%2Fmy-account%2F" in client.get("/sign-in/?next=%2Fmy-account%2F").content.decode()
    assert where(sign_in(client, user, next="/my-account/")) == "/my-account/"
    client.logout()
    assert where(sign_in(client, user, next="https://elsewhere.example/")) == reverse("home")
    assert "elsewhere" not in Client().get("/sign-in/?next=https://elsewhere.example/").content.decode()
