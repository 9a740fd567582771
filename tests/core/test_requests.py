"""Around every request: who is let in, the headers, the log without personal data, the pages of failure."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from goldenthread.core.access import access_of, for_roles, public
from goldenthread.core.logs import JsonFormatter
from goldenthread.core.models import User
from goldenthread.core.refusals import (
    ChangedMeanwhile,
    InvalidInput,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    Refusal,
)
from goldenthread.core.roles import Role
from goldenthread.core.views.errors import failed
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db

SECRET_NAME = "Wren Sample"
REFUSALS: dict[str, Refusal] = {
    "403": NotPermitted("You may not.", "Ask."),
    "404": NotFound("No such record."),
    "409": NotAllowedNow("Not now.", "Wait."),
    "4090": ChangedMeanwhile("Changed.", "Look again."),
    "422": InvalidInput("Wrong date.", "Give another."),
}


def undeclared(request: HttpRequest) -> HttpResponse:
    """A view that nobody gave a declaration."""
    return HttpResponse("open")


@public
def refuses(request: HttpRequest, kind: str) -> HttpResponse:
    """Raises a refusal."""
    raise REFUSALS[kind]


@public
def breaks(request: HttpRequest, record: str) -> HttpResponse:
    """Goes wrong with someone's name in its words."""
    raise ValueError(f"{SECRET_NAME} at {record}")


@public
def busy(request: HttpRequest) -> HttpResponse:
    """The database is locked."""
    raise OperationalError("database is locked")


@for_roles(Role.MANAGER)
def managers(request: HttpRequest) -> HttpResponse:
    """For one role."""
    return HttpResponse("for managers")


urlpatterns = [
    path("", include("goldenthread.config.urls")),
    path("test/undeclared/", undeclared),
    path("test/refuses/<str:kind>/", refuses, name="refuses"),
    path("test/breaks/<str:record>/", breaks, name="breaks"),
    path("test/busy/", busy),
    path("test/managers/", managers),
]
handler404 = "goldenthread.core.views.errors.not_found"
handler500 = "goldenthread.core.views.errors.failed"


@pytest.fixture(autouse=True)
def with_test_pages(settings: Any) -> None:
    """The site, and the pages above."""
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the site's logger would write, from every logger there is."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(log: io.StringIO, logger: str = "goldenthread.requests") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if line["logger"] == logger]


def test_a_view_without_a_declaration_is_closed_to_everybody(client: Client, signed_in: SignedIn) -> None:
    assert access_of(undeclared) is None
    for browser in (client, *(signed_in(make_user(role)) for role in Role)):
        answer = browser.get("/test/undeclared/")
        assert answer.status_code == 403
        assert "not open to anyone" in answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_only_the_declared_role_is_let_in(signed_in: SignedIn, role: Role) -> None:
    answer = signed_in(make_user(role)).get("/test/managers/")
    assert answer.status_code == (200 if role is Role.MANAGER else 403)


def test_whoever_is_not_signed_in_goes_there_first(client: Client) -> None:
    answer = client.get("/test/managers/?page=2")
    assert answer.headers["Location"] == "/sign-in/?next=%2Ftest%2Fmanagers%2F%3Fpage%3D2"
    # What was posted cannot be sent again after signing in, so the address is not kept.
    assert client.post("/test/managers/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_a_page(client: Client, kind: str) -> None:
    answer = client.get(f"/test/refuses/{kind}/")
    refusal = REFUSALS[kind]
    assert answer.status_code == refusal.status
    for words in (refusal.title, refusal.message, refusal.mend):
        assert words.replace("'", "&#39;") in answer.content.decode()


def test_a_busy_database_says_wait(client: Client) -> None:
    answer = client.get("/test/busy/")
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.content.decode()


def test_the_page_for_a_failure_needs_no_database(settings: Any) -> None:
    settings.DEMONSTRATION = True
    with connection.execute_wrapper(_out_of_order):
        answer = failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Everyone here is fictional" in answer.content.decode()


def _out_of_order(*args: Any) -> None:
    raise OperationalError("the database is gone")


def test_a_failure_is_a_page_and_a_line_without_its_words(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False, headers={"X-Request-ID": "abcd-1234"})
    answer = client.get(f"/test/breaks/{SECRET_NAME}/?q=Sample")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "abcd-1234" in answer.content.decode()
    failure, access = lines(log)
    assert (failure["error"], failure["view"], failure["level"]) == ("builtins.ValueError", "breaks", "error")
    assert failure["passed"][-1].startswith("tests/core/test_requests.py:")
    assert failure["request_id"] == access["request_id"] == answer.headers["X-Request-ID"] == "abcd-1234"
    assert access["status"] == 500
    assert "Sample" not in log.getvalue()
    assert "Wren" not in log.getvalue()


def test_a_line_for_each_request_names_the_route_and_nobody(
    log: io.StringIO, signed_in: SignedIn, administrator: User
) -> None:
    client = signed_in(administrator)
    client.get(reverse("users"), {"q": SECRET_NAME})
    client.get(reverse("user", args=[administrator.pk]))
    client.post(reverse("sign_in_link"), {"email": "parent@example.org"})
    client.post(reverse("account_login"), {"login": "parent@example.org", "password": "a long secret"})
    client.get(reverse("sign_in_link_use", args=["one-time-token"]))
    client.get("/nowhere/parent@example.org/")
    got = [(line["method"], line["view"], line["status"]) for line in lines(log)]
    assert got == [
        ("GET", "users", 200),
        ("GET", "user", 200),
        ("POST", "sign_in_link", 302),
        ("POST", "account_login", 302),
        ("GET", "sign_in_link_use", 404),
        ("GET", "unknown", 404),
    ]
    assert all(line["duration_ms"] >= 0 and line["request_id"] for line in lines(log))
    # At the level that the site logs at: database statements are written by DEBUG alone.
    written = [line for line in log.getvalue().splitlines() if json.loads(line)["level"] != "debug"]
    for private in ("Wren", "parent@", "secret", "one-time-token", str(administrator.pk), administrator.name):
        assert not [line for line in written if private in line], private


def test_health_and_styles_are_not_in_the_log(log: io.StringIO, client: Client) -> None:
    client.get("/health/live")
    assert lines(log) == []


def test_a_made_up_reference_is_not_taken_over(client: Client) -> None:
    for given in ("x", "a b c d e f g h", "y" * 65, '"},{"a":"b'):
        assert client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


def test_headers_of_every_page(client: Client) -> None:
    for address in ("/", "/nowhere/", "/sign-in/", "/test/undeclared/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self' 'nonce-" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_a_signed_in_person_are_kept_nowhere(client: Client, signed_in: SignedIn) -> None:
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
    inside = signed_in(make_user(Role.MANAGER))
    for address in ("/my-account/", "/test/managers/", "/administration/audit/?download=csv", "/"):
        assert inside.get(address).headers["Cache-Control"] == "no-store, private"


def test_cookies_are_for_the_server_alone(client: Client) -> None:
    user = make_user(Role.FAMILY, password="a long horse of a staple")
    client.get("/account/login/")
    client.post("/account/login/", {"login": user.email, "password": "a long horse of a staple"})
    assert set(client.cookies) == {"gt_session", "gt_csrf"} | ({"messages"} & set(client.cookies))
    for name in ("gt_session", "gt_csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_a_form_from_elsewhere_is_refused(signed_in: SignedIn, administrator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(administrator).cookies
    answer = client.post(reverse("user_invite"), {"name": "X", "email": "x@example.org", "role": "adviser"})
    assert answer.status_code == 403
    assert not User.objects.filter(email="x@example.org").exists()
