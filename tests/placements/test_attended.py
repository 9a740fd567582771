"""Where those with a plan attend on a day: what the caseload counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from goldenthread.casework.queries.caseload import caseload
from goldenthread.core.actors import System
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.actions import NewPlacement, bulk_create_placements
from goldenthread.placements.queries import attended_on
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 16)


@pytest.fixture
def school() -> UUID:
    return make.setting(group=SettingGroup.SPECIAL_ACADEMY).pk


def places(*rows: NewPlacement) -> dict[str, int]:
    bulk_create_placements(rows, by=System.COMMAND)
    return attended_on(DAY)


@pytest.mark.parametrize(
    ("starts", "ends", "counted"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2025, 1, 17), None, False),
        (date(2024, 9, 1), DAY, True),
        (date(2024, 9, 1), date(2025, 1, 15), False),
    ],
)
def test_a_place_counts_from_its_first_day_to_its_last(
    school: UUID, starts: date | None, ends: date | None, counted: bool
) -> None:
    case = make.case_at("plan")
    found = places(NewPlacement(case.pk, school, starts_on=starts, ends_on=ends))
    assert found == {"special_academy_free" if counted else "placement_unknown": 1}


def test_of_two_main_places_the_later_counts_once_and_a_second_place_does_not(school: UUID) -> None:
    case = make.case_at("plan")
    found = places(
        NewPlacement(case.pk, school, starts_on=date(2023, 9, 1)),
        NewPlacement(case.pk, sen_setting="EHE", starts_on=date(2024, 9, 1)),
        NewPlacement(case.pk, school, rank=2, starts_on=date(2024, 12, 1)),
    )
    assert found == {"elective_home_education": 1}


def test_only_plans_maintained_on_the_day_are_counted_and_all_of_them(school: UUID) -> None:
    with_plan, without, asked = make.case_at("plan"), make.case_at("plan"), make.case_at("assessing")
    found = places(NewPlacement(with_plan.pk, school, sen_unit=True), NewPlacement(asked.pk, school))
    assert found == {"placement_unknown": 1, "sen_unit": 1}
    assert without.pk
    said = caseload(DAY)
    assert (said.plans_by_setting, said.settings_basis) == (found, "attended")
    assert sum(said.plans_by_setting.values()) == said.plans == 2
