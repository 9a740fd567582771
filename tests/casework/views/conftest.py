"""What casework's page tests share: a fixed day, someone of each role, and clients signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from goldenthread.core import clock
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user as make_user

Open = Callable[[User], Client]


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    """Every page test stands on the same day."""
    with clock.fixed(make.TODAY):
        yield


@pytest.fixture
def worker() -> User:
    """A Plan Co-ordinator."""
    return make_user(Role.PLAN_COORDINATOR, name="Amber Quill")


@pytest.fixture
def manager() -> User:
    """A casework manager."""
    return make_user(Role.MANAGER, name="Marlowe Tapestry")


@pytest.fixture
def open_as() -> Open:
    """A client that is signed in as somebody, second step and all."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["second_factor"] = str(user.pk)
        session.save()
        return client

    return sign_in
