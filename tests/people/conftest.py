"""What the tests of people's pages share: clients that are signed in, second step and all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goldenthread.core.models import User

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Make a client that is signed in as the given user."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["second_factor"] = str(user.pk)
        session.save()
        return client

    return make
