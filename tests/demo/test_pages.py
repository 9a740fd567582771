"""Being one of the demonstration's people, and only in the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry, User
from goldenthread.demo import presenters, state
from goldenthread.demo.actions import make_county
from goldenthread.demo.calibration import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db: None, settings: Any) -> Iterator[state.Demonstration]:
    settings.DEMONSTRATION = True
    made = make_county(plans=60, seed=1, by=System.DEMONSTRATION)
    yield made
    clock.forget()


def be(client: Client, key: str) -> Any:
    return client.post(reverse("be_persona", args=[key]))


def test_every_persona_is_on_the_page_and_can_be_become(county: state.Demonstration, client: Client) -> None:
    page = client.get(reverse("personas")).content.decode()
    assert len(county.personas) == 12
    for one in county.personas:
        assert f"Be {one['name']}" in page
        answer = be(client, one["key"])
        assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
        assert client.session["_auth_user_id"] == one["user"]
        assert client.get(reverse("account_page")).status_code == 200


def test_signing_in_and_changing_over_is_audited(county: state.Demonstration, client: Client) -> None:
    be(client, "coordinator")
    be(client, "manager")
    lines = AuditEntry.objects.filter(action__startswith="user.signed").order_by("seq")
    users = {one["key"]: one["user"] for one in county.personas}
    assert [(line.action, line.actor_id) for line in lines] == [
        ("user.signed_in", users["coordinator"]),
        ("user.signed_out", users["coordinator"]),
        ("user.signed_in", users["manager"]),
    ]
    assert lines[0].details == {"steps": ["demonstration"]}


def test_the_page_says_who_one_is_and_the_banner_leads_to_it(
    county: state.Demonstration, client: Client
) -> None:
    be(client, "analyst")
    page = client.get(reverse("personas")).content.decode()
    assert page.count("This is you now.") == 1
    assert "Be Vikram Latticebrook" not in page


def test_nobody_else_can_be_become(county: state.Demonstration, client: Client) -> None:
    assert be(client, "nobody").status_code == 404
    assert client.get(reverse("be_persona", args=["manager"])).status_code == 405
    kept = {one["key"]: one["user"] for one in county.personas}
    manager = User.objects.get(pk=kept["manager"])
    manager.set_password("a password of their own")
    manager.save()
    assert be(client, "manager").status_code == 404
    User.objects.filter(pk=kept["analyst"]).update(is_active=False)
    assert be(client, "analyst").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_forged_form_is_refused(county: state.Demonstration) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert be(strict, "manager").status_code == 403


def test_where_demonstration_is_off_nobody_is_anybody(
    county: state.Demonstration, client: Client, settings: Any
) -> None:
    be(client, "manager")
    assert client.get(reverse("account_page")).status_code == 200
    settings.DEMONSTRATION = False
    assert client.get(reverse("account_page")).status_code == 302
    assert client.get(reverse("home")).wsgi_request.user.is_anonymous
    for name in ("personas", "about_demonstration"):
        assert client.get(reverse(name)).status_code == 404
    assert be(client, "manager").status_code == 404


def test_where_there_is_no_county_the_page_says_how_to_make_one(
    db: None, client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    assert "make_county" in client.get(reverse("personas")).content.decode()
    assert client.get(reverse("about_demonstration")).status_code == 200


def test_about_lays_every_figure_beside_the_published_one(
    county: state.Demonstration, client: Client
) -> None:
    page = client.get(reverse("about_demonstration")).content.decode()
    assert "local authority 937" in page
    assert sum(len(table.rows) for table in presenters.tables(county.lines)) == len(county.lines)
    for words in ("Autistic spectrum", "Mainstream: academy, in resourced provision"):
        assert words in page
    assert "_" not in "".join(presenters.words(line.name) for line in county.lines)


def test_a_figure_out_of_tolerance_is_said_to_be() -> None:
    far = Line("need ASD, %", 30.0, 35.0, 2.0, True)
    (table,) = presenters.tables([far])
    assert str(table.rows[0].cells["near"]) == "No: over 2 points"
    assert presenters.kept_to([far]) == (0, 1)
