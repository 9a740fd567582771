"""Every address, asked for by everybody: nobody in particular, and someone of each role.

The declaration on a view says who is let in (goldenthread.core.access); this asks the running site whether
that is so. A room's new addresses are covered as soon as they are in its urls.py.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from goldenthread.core.access import Access, access_of
from goldenthread.core.models import User
from goldenthread.core.roles import SECOND_FACTOR, Role

NOBODY = ""
# What stands in an address where the route takes a value: of the right shape, and of no record.
PLACEHOLDERS = {
    "uuid": str(uuid.UUID(int=0x7000_8000_0000_0000_0000)),
    "int": "987654321",
    "slug": "none",
    "str": "none",
    "path": "none",
}
# Values of named groups in regular expressions (all of them allauth's).
REGEX_VALUES = {"key": "none", "uidb36": "0", "provider_id": "none"}
# These sign in or out, or lead whoever is signed in elsewhere: the session must not be shared with others.
ENDS_SESSION = {"account_logout"}


@dataclass(frozen=True)
class Route:
    """An address to ask for, and what its view declares."""

    name: str
    path: str
    access: Access | None


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern below `resolver` with the text of all that stands before it."""
    for entry in resolver.url_patterns:
        text = before + _text(entry)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, text)
        else:
            yield text, entry


def _text(entry: URLPattern | URLResolver) -> str:
    """The pattern as a path with placeholders in it."""
    text = str(entry.pattern)
    if "(?P<" in text:
        text = re.sub(r"\(\?P<(\w+)>(?:[^()\\]|\\.)*\)", lambda found: REGEX_VALUES[found[1]], text)
        return text.removeprefix("^").removesuffix("$").replace(r"\Z", "")
    text = text.removeprefix("^").removesuffix("$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: PLACEHOLDERS[found[1] or "str"], text)


def all_routes() -> list[Route]:
    """Every route once, with the view that answers its address: an earlier pattern may stand before it."""
    found: dict[str, Route] = {}
    for text, pattern in patterns(get_resolver()):
        path = f"/{text}"
        view = resolve(path).func
        found.setdefault(path, Route(pattern.name or path, path, access_of(view)))
    return list(found.values())


ROUTES = all_routes()


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    """A client of each role, signed in and past the second step; and one that is not."""
    with django_db_blocker.unblock():
        users = [
            User.objects.create_user(f"matrix-{role}@example.org", f"Matrix {role.label}", role)
            for role in Role
        ]
        sessions = [_session_of(user) for user in users]
        made = {NOBODY: Client()}
        for user, session in zip(users, sessions, strict=True):
            made[user.role] = Client()
            made[user.role].cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        yield made
        for session in sessions:
            session.delete()
        for user in users:
            user.delete()


def _session_of(user: User) -> SessionStore:
    """A session as after signing in; made without signing in, whose audit line would outlive these tests."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["second_factor"] = str(user.pk)
    session.create()
    return session


def test_there_are_routes() -> None:
    assert {"home", "users", "account_login", "mfa_activate_totp"} <= {route.name for route in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_declares_its_access(route: Route) -> None:
    assert route.access is not None, f"{route.path}: say who may ask for it (core.access)"
    assert route.access.public or route.access.roles, f"{route.path} is open to nobody"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_role_is_answered_as_declared(clients: dict[str, Client], route: Route, method: str) -> None:
    assert route.access is not None
    for who, client in clients.items():
        if route.name in ENDS_SESSION and who != NOBODY:
            continue
        answer = getattr(client, method)(route.path)
        wrong = _wrong(route.access, who, answer)
        if answer.streaming:
            list(answer)  # to the end, where what it sends is closed
        assert not wrong, f"{method.upper()} {route.path} as {who or 'nobody'}: {wrong}"


def _wrong(access: Access, who: str, answer: Any) -> str:
    """What is wrong with the answer; nothing if it is as declared."""
    status, location = answer.status_code, answer.headers.get("Location", "")
    if status >= 500:
        return f"failed with {status}"
    sent_to_sign_in = status == 302 and location.partition("?")[0] == "/sign-in/"
    if access.public:
        # A refusal of the middleware; a view that is public may still refuse by what it is asked.
        return "" if not _is_refused_by_role(answer) else "refused, though anyone may ask"
    if who == NOBODY:
        return "" if sent_to_sign_in else f"answered {status} {location}, not sent to sign in"
    if who in access.roles:
        return "refused, though the role may ask" if _is_refused_by_role(answer) or sent_to_sign_in else ""
    return "" if status == 403 and _is_refused_by_role(answer) else f"answered {status} {location}, not 403"


def _is_refused_by_role(answer: Any) -> bool:
    return answer.status_code == 403 and b"for people with a different role" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_without_the_second_step_only_what_sets_it_up(route: Route) -> None:
    assert route.access is not None
    role = next((role for role in Role if role in SECOND_FACTOR and role in route.access.roles), None)
    if role is None:
        return  # for anyone, or for families alone
    user = User.objects.create_user("one-step@example.org", "One Step", role)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.get(route.path)
    stopped = answer.status_code == 302 and answer.headers["Location"] == "/sign-in/second-step/"
    assert stopped == route.access.second_factor, f"{route.path}: {answer.status_code}"
