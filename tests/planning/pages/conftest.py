"""What the tests of the planning pages share: a fixed day, a finance officer signed in, things to look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from goldenthread.core import clock
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.planning import actions
from goldenthread.planning.models import ForecastRun, RecoveryPlan
from goldenthread.planning.stated import read_shipped
from tests.factories.people import user
from tests.planning.exports.runs import BY, pair
from tests.planning.record import TODAY


def signed_in(role: Role) -> Client:
    """Somebody of a role, signed in, second step and all."""
    return client_of(user(role))


def client_of(somebody: User) -> Client:
    """A client that is signed in as somebody."""
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor"] = str(somebody.pk)
    session.save()
    return client


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    """Every page test stands on the same day."""
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def officer() -> Client:
    """A finance officer."""
    return signed_in(Role.FINANCE)


@pytest.fixture
def runs() -> tuple[ForecastRun, ForecastRun]:
    """A finished run of things as they are, and one of a scenario, with savings."""
    return pair()


@pytest.fixture
def stated() -> RecoveryPlan:
    """The county's plan of May 2020."""
    plan = read_shipped("may-2020")
    assert plan is not None
    return actions.enter_plan(by=BY, stated=plan)
