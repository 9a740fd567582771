"""Who was consulted about the Local Offer: what is written down, what counts, what everybody reads."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.consultations import actions, queries
from goldenthread.consultations.actions import Consulted
from goldenthread.consultations.enums import Body, Question, Way
from goldenthread.consultations.models import Consultation
from goldenthread.consultations.presenters.consulting import regulation
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.demo.consultations import add_consultations
from tests.consultations.conftest import TODAY, client_of
from tests.factories.people import user

pytestmark = pytest.mark.django_db
FAMILIES = Consulted(
    who="Parent carer forum",
    bodies=frozenset({Body.SEN_FAMILIES}),
    held_on=TODAY - timedelta(days=5),
    way=Way.MEETING,
    questions=frozenset({Question.LAYOUT}),
    said="Fewer clicks.",
)
SCHOOLS = replace(
    FAMILIES, who="Governors", bodies=frozenset({Body.MAINTAINED}), questions=frozenset(), held_on=TODAY
)


def filled(**changes: Any) -> dict[str, Any]:
    """The form as an editor fills it."""
    day = {"held_on-day": "1", "held_on-month": "3", "held_on-year": "2027"}
    form = {"who": "Forum", "bodies": ["R54.1.a"], "purpose": "reviewing", "way": "survey", "people": "3"}
    rest = {"questions": ["R55.e"], "asked": "", "said": "Yes.", "changed": "", "version": ""}
    return form | day | rest | changes


def test_each_item_has_its_last_day(editor: User) -> None:
    assert queries.consulted_items() == {}
    older = replace(FAMILIES, held_on=date(2026, 1, 9), questions=frozenset(Question))
    for told in (FAMILIES, older, SCHOOLS):
        actions.log_consultation(told=told, by=editor)
    found = queries.consulted_items()
    assert found["R54.1.a"] == found["R55.b"] == FAMILIES.held_on
    assert found["R55.a"] == date(2026, 1, 9)
    assert found["R54.1.c"] == TODAY
    assert set(found) == {"R54.1.a", "R54.1.c", *Question.values}


def test_the_five_questions_are_for_families(editor: User) -> None:
    told = replace(SCHOOLS, questions=frozenset({Question.ACCESS}))
    with pytest.raises(InvalidInput, match="regulation 55"):
        actions.log_consultation(told=told, by=editor)
    one = actions.log_consultation(told=FAMILIES, by=editor)
    # A line whose families were taken out in the database counts for no question either.
    one.items.filter(code=Body.SEN_FAMILIES).delete()
    assert queries.consulted_items() == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bodies": frozenset()}, "bodies"),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"who": " "}, "who"),
        ({"said": "Ring Robin on 01632 960 123"}, "said"),
        ({"changed": "Write to robin@example.org"}, "changed"),
        ({"asked": "<script>"}, "asked"),
    ],
)
def test_what_cannot_be_published_is_refused(editor: User, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.log_consultation(told=replace(FAMILIES, **changes), by=editor)
    assert refused.value.field == field
    assert not Consultation.objects.exists()


def test_only_an_editor_writes_and_everybody_reads(editor: User) -> None:
    with pytest.raises(NotPermitted):
        actions.log_consultation(told=FAMILIES, by=user(Role.MANAGER))
    actions.log_consultation(told=FAMILIES, by=editor)
    line = AuditEntry.objects.order_by("-seq").first()
    assert line is not None
    assert (line.action, line.details) == ("consultation.logged", {"items": ["R54.1.a", "R55.b"]})
    page = Client().get(reverse("who_helped")).content.decode()
    assert "Fewer clicks." in page
    assert "How the information is laid out" in page
    assert "We are still working on it." in page
    assert Client().get(reverse("consultation_log")).status_code in {302, 403}


def test_an_editor_keeps_the_log_on_its_pages(editor: User) -> None:
    client = client_of(editor)
    assert client.post(reverse("consultation_new"), filled(bodies=[])).status_code == 422
    assert client.post(reverse("consultation_new"), filled(**{"held_on-year": "2028"})).status_code == 422
    assert client.post(reverse("consultation_new"), filled()).status_code == 302
    one = Consultation.objects.get()
    address = reverse("consultation_edit", args=[one.pk])
    assert 'value="R54.1.a" checked' in client.get(address).content.decode()
    assert client.post(address, filled(version="1", changed="More clubs.")).status_code == 302
    assert client.post(address, filled(version="1", changed="Fewer clubs.")).status_code == 409
    one.refresh_from_db()
    assert (one.changed, one.people) == ("More clubs.", 3)
    page = client.get(reverse("consultation_log"), {"item": "R54.1.a"}).content.decode()
    assert "Forum" in page
    assert "reg 54(1)(b)" in page
    assert "Never yet." in client.get(reverse("consultation_log"), {"item": "R54.2"}).content.decode()
    file = client.get(reverse("consultation_log"), {"download": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows[1][:3] == ["Forum", "2027-03-01", "Reviewing the Local Offer"]
    assert client.get(reverse("consultation_edit", args=[editor.pk])).status_code == 404


def test_two_editors_at_once(editor: User) -> None:
    one = actions.log_consultation(told=FAMILIES, by=editor)
    actions.log_consultation(told=SCHOOLS, by=editor, consultation_id=one.pk, version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.log_consultation(told=FAMILIES, by=editor, consultation_id=one.pk, version=1)
    assert queries.consulted_items() == {"R54.1.c": TODAY}


def test_the_demonstration_consulted_nearly_everybody(editor: User) -> None:
    add_consultations(editor, TODAY)
    assert {*Body.values, *Question.values} - set(queries.consulted_items()) == {"R54.1.j", "R54.1.n"}
    assert Client().get(reverse("who_helped"), {"page": "9"}).status_code == 200
    assert client_of(editor).get(reverse("consultation_log")).status_code == 200


def test_items_are_named_as_the_law_counts_them() -> None:
    assert [regulation(code) for code in ("R54.1.a", "R54.2", "R55.e")] == [
        "reg 54(1)(a)",
        "reg 54(2)",
        "reg 55(e)",
    ]
