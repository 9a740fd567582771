"""Places on the case page: begun, ended, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework.enums import Status
from goldenthread.casework.queries import visible_to
from goldenthread.core.models import AuditEntry
from goldenthread.core.roles import Role
from goldenthread.people.models import SettingUser
from goldenthread.placements import actions
from goldenthread.placements.actions import NewPlacement
from goldenthread.placements.models import Placement
from tests.factories import casework as make
from tests.factories.people import user as make_user

DAY = make.TODAY


def day(name, on=DAY):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


@pytest.fixture
def case():
    """A case with a plan."""
    return make.case_at(Status.PLAN)


def attend(case, school, rank=1):
    new = NewPlacement(case_id=case.pk, setting_id=school.pk, starts_on=DAY - timedelta(30), rank=rank)
    return actions.start_placement(new=new, by=make.BY)


def test_record_a_place_found_by_urn(open_as, worker, case):
    school = make.setting(urn="900002")
    given = {"where": "setting", "setting_words": "900002", "rank": "1", **day("starts_on")}
    answer = open_as(worker).post(reverse("placement_start", args=[case.pk]), given, follow=True)
    assert "Testing Primary School" in answer.content.decode()
    place = Placement.objects.get()
    assert (place.setting, place.starts_on, place.sen_setting) == (school, DAY, "")
    assert AuditEntry.objects.filter(action="placement.started").count() == 1


def test_finding_shows_matches_without_errors(open_as, worker, case):
    make.setting()
    given = {"where": "setting", "setting_words": "testing", "find": "setting"}
    page = open_as(worker).post(reverse("placement_start", args=[case.pk]), given).content.decode()
    assert "Testing Primary School" in page
    assert "There is a problem" not in page
    assert not Placement.objects.exists()


def test_another_arrangement(open_as, worker, case):
    given = {"where": "other", "sen_setting": "EHE", "rank": "1", **day("starts_on")}
    open_as(worker).post(reverse("placement_start", args=[case.pk]), given)
    assert Placement.objects.get().sen_setting == "EHE"


def test_a_second_main_place_is_refused(open_as, worker, case):
    attend(case, make.setting(urn="900002"))
    given = {"where": "other", "sen_setting": "EHE", "rank": "1", **day("starts_on")}
    page = open_as(worker).post(reverse("placement_start", args=[case.pk]), given).content.decode()
    assert "already a main placement" in page
    assert Placement.objects.count() == 1


def test_record_the_last_day(open_as, worker, case):
    place = attend(case, make.setting())
    url = reverse("placement_end", args=[case.pk, place.pk])
    client = open_as(worker)
    early = client.post(url, day("on", DAY - timedelta(40))).content.decode()
    assert "before the first day" in early
    client.post(url, day("on"))
    place.refresh_from_db()
    assert place.ends_on == DAY


def test_a_place_of_another_case_is_not_found(open_as, worker, case):
    place = attend(make.case_at(Status.PLAN), make.setting())
    assert open_as(worker).get(reverse("placement_end", args=[case.pk, place.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_costs_one_query(open_as, worker, case, number, django_assert_max_num_queries):
    for rank in range(1, number + 1):
        attend(case, make.setting(name=f"School {rank}", name_key=f"school {rank}"), rank=rank)
    client = open_as(worker)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("case_plan", args=[case.pk])).content.decode()
    assert "School 1" in page
    assert page.count("Attends") == number


def test_an_inspector_sees_places_without_buttons(open_as, case):
    attend(case, make.setting())
    client = open_as(make_user(Role.INSPECTOR))
    page = client.get(reverse("case_plan", args=[case.pk])).content.decode()
    assert "Testing Primary School" in page
    assert "Record the last day" not in page
    assert client.get(reverse("placement_start", args=[case.pk])).status_code == 403


def test_a_setting_knows_the_cases_of_those_who_attend_it(case):
    school = make.setting()
    user = make_user(Role.SETTING)
    SettingUser.objects.create(user=user, setting=school)
    assert list(visible_to(user)) == []
    place = attend(case, school)
    assert list(visible_to(user)) == [case]
    actions.end_placement(placement_id=place.pk, on=DAY, by=make.BY)
    assert list(visible_to(user)) == []
