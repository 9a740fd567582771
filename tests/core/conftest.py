"""What core's tests share: someone of each role, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goldenthread.core.models import User
from goldenthread.core.roles import Role
from tests.factories.people import user as make_user

SignedIn = Callable[..., Client]


@pytest.fixture
def administrator(db: None) -> User:
    """Someone who manages users."""
    return make_user(Role.ADMINISTRATOR, name="Ada Minister")


@pytest.fixture
def signed_in() -> SignedIn:
    """Make a client that is signed in as the given user, second step and all."""

    def sign_in(user: User, *, second_factor: bool = True) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if second_factor:
            session = client.session
            session["second_factor"] = str(user.pk)
            session.save()
        return client

    return sign_in
