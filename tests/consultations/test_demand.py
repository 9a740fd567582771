"""Demand and gaps by area and need, beside what there is, for joint commissioning."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from goldenthread.consultations import actions, queries, supply
from goldenthread.consultations.enums import State
from goldenthread.consultations.models import Comment
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.localoffer import actions as localoffer
from goldenthread.localoffer.queries.supply import need_names, services_by_area_and_need
from tests.consultations.conftest import client_of, comment_at, said
from tests.factories import localoffer as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _services() -> None:
    """Two services for autism, one of them at two places, and one for hearing."""
    terms = [localoffer.NewTerm("ASD", "Autism"), localoffer.NewTerm("HI", "Hearing")]
    localoffer.load_taxonomy(by=make.BY, slug="need", name="Need", terms=terms)
    far = make.place(addresses=[{"address_1": "1 Far Road", "city": "Farwarp", "postal_code": "ZZ2 2ZZ"}])
    for name, code, places in (
        ("Autism", "ASD", [make.place(), far]),
        ("Autism", "ASD", [make.place()]),
        ("Hearing", "HI", [far | {"location": far["location"] | {"id": "f"}}]),
    ):
        term = {"taxonomy_term": {"name": name, "taxonomy": "need", "term": code}}
        make.published(attributes=[term], service_at_locations=places)


def test_services_are_counted_by_area_and_need() -> None:
    found = services_by_area_and_need()
    assert found["", ""] == 3
    assert (found["", "ASD"], found["", "HI"]) == (2, 1)
    assert (found["ZZ1", ""], found["ZZ2", ""], found["Farwarp", ""]) == (2, 2, 2)
    assert (found["ZZ1", "ASD"], found["ZZ2", "ASD"], found["Farwarp", "HI"]) == (2, 1, 1)
    assert ("ZZ1", "HI") not in found
    assert need_names() == {"ASD": "Autism", "HI": "Hearing"}


def _ask(editor: User) -> None:
    """Searches by code and by word, comments of an area, one of them abusive."""
    actions.searched_in_vain("club", area="ZZ1 1ZZ", need="ASD")
    actions.searched_in_vain("pool", area="zz1", need="autism")
    actions.searched_in_vain("signing", area="farwarp", need="HI")
    actions.searched_in_vain("dance")
    for state in (State.RECEIVED, State.PUBLISHED, State.ABUSIVE):
        one = comment_at(state, editor)
        Comment.objects.filter(pk=one.pk).update(area="ZZ1", need="ASD")


def test_demand_stands_beside_what_there_is(editor: User) -> None:
    _ask(editor)
    lines = [
        (one.area, one.need, one.searches, one.comments, one.services)
        for one in queries.demand_by(editor, "pair")
    ]
    assert lines == [("ZZ1", "Autism", 2, 2, 2), ("", "", 1, 0, None), ("farwarp", "Hearing", 1, 0, 1)]
    by_need = {one.need: (one.searches, one.services) for one in queries.demand_by(editor, "need")}
    assert by_need == {"Autism": (2, 2), "Hearing": (1, 1), "": (1, None)}
    by_area = {one.area: (one.searches, one.services) for one in queries.demand_by(editor, "area")}
    assert by_area == {"ZZ1": (2, 2), "farwarp": (1, 2), "": (1, None)}
    narrowed = queries.demand_by(editor, "area", need="Autism")
    assert [(one.area, one.searches, one.services) for one in narrowed] == [("ZZ1", 2, 2)]
    here = {one.need: one.services for one in queries.demand_by(editor, "need", area="ZZ2")}
    assert here == {"Autism": 1, "Hearing": 1}


def test_comments_by_theme(editor: User) -> None:
    _ask(editor)
    theme = actions.save_theme(by=editor, name="Clubs")
    one = comment_at(State.ANSWERED, editor)
    actions.group_comment(comment_id=one.pk, theme_id=theme.pk, by=editor, area="ZZ2 2ZZ", need="HI")
    found = [(row["what"], row["many"], row["answered"]) for row in queries.comments_by_theme(editor)]
    assert found == [(None, 2, 0), ("Clubs", 1, 1)]
    assert len(queries.comments_by_theme(editor, area="zz2", need="Hearing")) == 1
    with pytest.raises(InvalidInput):
        actions.group_comment(comment_id=one.pk, theme_id=None, by=editor, need="XX")


def test_of_an_area_only_the_first_half_is_kept(editor: User) -> None:
    assert actions.send_comment(said=said(area="zz1 1zz")).area == "ZZ1"
    assert actions.send_comment(said=said(area="9 Loom Street")).area == ""


@pytest.mark.parametrize("what", ["words", "area", "need", "pair", "theme"])
def test_the_board_as_page_chart_and_file(editor: User, what: str) -> None:
    _ask(editor)
    client = client_of(user(Role.ANALYST))
    page = client.get(reverse("gaps"), {"by": what}).content.decode()
    assert "Demand and gaps" in page
    assert ("gt-chart" in page) == (what != "words"), "no words came on three days, so there is none to draw"
    file = client.get(reverse("gaps"), {"by": what, "download": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert len(rows) > 1
    if what == "pair":
        assert rows[1][:5] == ["ZZ1", "Autism", "2", "2", "2"]
    with pytest.raises(NotPermitted):
        queries.demand_by(user(Role.FAMILY), "need")


def test_without_services_nothing_is_compared(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_counters", "_names"):
        monkeypatch.setattr(supply, name, [])
    actions.searched_in_vain("club", area="ZZ1", need="ASD")
    one = queries.demand_by(editor, "pair")[0]
    assert (one.need, one.services) == ("ASD", None)
