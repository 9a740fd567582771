"""Signing in with the council's own service, from our button to the page, against a real one on loopback."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from goldenthread.core.models import AuditEntry, User
from goldenthread.core.roles import Role
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


class SignOn(HTTPServer):
    """As much of OpenID Connect as a code flow needs. `claims` is who signs in there."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.claims: dict[str, Any] = {}
        self.nonce = ""

    def documents(self) -> dict[str, Any]:
        """What is served at each path."""
        token = {"iss": self.address, "aud": "goldenthread", "exp": time.time() + 60, "iat": time.time()}
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            },
            "/token": {
                "access_token": "access",
                "token_type": "Bearer",
                "id_token": jwt.encode(token | self.claims, "k" * 32, algorithm="HS256"),
            },
            "/userinfo": self.claims,
        }


class _Answer(BaseHTTPRequestHandler):
    server: SignOn

    def do_GET(self) -> None:
        """Serve the document of this path."""
        body = json.dumps(self.server.documents()[urlsplit(self.path).path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Take the code."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings: Any) -> Iterator[SignOn]:
    with SignOn() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        app = {
            "provider_id": "council",
            "name": "Threadshire staff sign-in",
            "client_id": "goldenthread",
            "secret": "secret",
            "settings": {"server_url": server.address, "email_authentication": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def sign_on(client: Client, service: SignOn, **claims: Any) -> Any:
    """Go there from the button, come back with a code; returns the answer to the coming back."""
    service.claims = {"sub": "person-1", "name": "Any Name", **claims}
    away = client.get("/account/oidc/council/login/")
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert away.headers["Location"].startswith(f"{service.address}/authorize")
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/account/oidc/council/login/callback/", {"code": "code", "state": asked["state"][0]})


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_an_account_is_opened_by_its_verified_address_and_then_by_its_number(
    client: Client, service: SignOn
) -> None:
    user = make_user(Role.MANAGER, email="manager@threadshire.example")
    assert "Threadshire staff sign-in" in client.get(reverse("account_login")).content.decode()
    answer = sign_on(client, service, email="Manager@threadshire.example", email_verified=True)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert signed_in_as(client) == str(user.pk)
    # Their address changes there: it is the same person.
    again = Client()
    sign_on(again, service, email="new.name@threadshire.example", email_verified=True)
    assert signed_in_as(again) == str(user.pk)
    user.refresh_from_db()
    assert user.email == "manager@threadshire.example"
    assert AuditEntry.objects.filter(action="user.signed_in", object_id=str(user.pk)).count() == 2


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "manager@threadshire.example", "email_verified": False},
        {"email": "manager@threadshire.example"},
        {"email": "somebody@threadshire.example", "email_verified": True},
        {},
    ],
    ids=["not verified", "not said", "no account", "no address"],
)
def test_anyone_else_is_turned_away_and_no_account_made(
    client: Client, service: SignOn, claims: dict[str, Any]
) -> None:
    make_user(Role.MANAGER, email="manager@threadshire.example")
    answer = sign_on(client, service, **claims)
    assert answer.status_code == 200
    assert "account" in answer.content.decode()
    assert signed_in_as(client) is None
    assert User.objects.count() == 1
    assert client.get(reverse("socialaccount_signup")).status_code == 404


def test_addresses_of_a_council_domain_count_as_verified(
    client: Client, service: SignOn, settings: Any
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["verified_email"] = ["threadshire.example"]
    user = make_user(Role.MANAGER, email="manager@threadshire.example")
    make_user(Role.FAMILY, email="parent@example.org")
    sign_on(client, service, email="parent@example.org")
    assert signed_in_as(client) is None
    sign_on(client, service, email="manager@threadshire.example")
    assert signed_in_as(client) == str(user.pk)


def test_a_closed_account_stays_closed(client: Client, service: SignOn) -> None:
    make_user(Role.MANAGER, email="manager@threadshire.example", is_active=False)
    sign_on(client, service, email="manager@threadshire.example", email_verified=True)
    assert signed_in_as(client) is None


def test_it_stands_for_the_second_step_only_where_the_council_says_so(
    client: Client, service: SignOn, settings: Any
) -> None:
    make_user(Role.MANAGER, email="manager@threadshire.example")
    claims = {"email": "manager@threadshire.example", "email_verified": True}
    sign_on(client, service, **claims)
    assert client.get(reverse("account_page")).headers["Location"] == reverse("second_factor_needed")
    settings.OIDC_SECOND_FACTOR = True
    assert client.get(reverse("account_page")).status_code == 200


def test_whoever_has_a_second_step_here_is_asked_for_it(client: Client, service: SignOn) -> None:
    TOTP.activate(make_user(Role.MANAGER, email="manager@threadshire.example"), "JBSWY3DPEHPK3PXP")
    answer = sign_on(client, service, email="manager@threadshire.example", email_verified=True)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


def test_an_answer_nobody_asked_for_is_refused(client: Client, service: SignOn) -> None:
    make_user(Role.MANAGER, email="manager@threadshire.example")
    service.claims = {"sub": "1", "email": "manager@threadshire.example", "email_verified": True}
    answer = client.get("/account/oidc/council/login/callback/", {"code": "code", "state": "made-up"})
    assert answer.status_code in (200, 401)
    assert signed_in_as(client) is None


def test_without_the_settings_there_is_no_such_way(client: Client) -> None:
    assert client.get("/account/oidc/council/login/").status_code == 404
