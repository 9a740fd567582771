"""A small record of plans over some years, from which a real forecast can be made in a moment."""

from __future__ import annotations

from datetime import date

from goldenthread.casework.actions import NewCase, NewPlan, bulk_create_cases
from goldenthread.casework.enums import Status
from goldenthread.core.actors import System
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.actions import NewPlacement, bulk_create_placements
from goldenthread.planning.actions import store_input
from goldenthread.planning.enums import InputKind
from tests.factories import casework as make

BY = System.COMMAND
TODAY = date(2024, 2, 1)
GROUPS = (SettingGroup.MAINSTREAM_MAINTAINED, SettingGroup.SPECIAL_MAINTAINED)
NEEDS = ("ASD", "SEMH", "SLCN")
# As much money as so few plans cost: the forecast refuses a county's money for them.
BLOCK = b"""financial_year,item,line,amount
2024-25,allocation,,1100000
2024-25,opening_balance,,-150000
2024-25,fixed,1.2.5,40000
"""


def small_record(plans: int = 36) -> None:
    """Plans begun from 2019 on, each third ended, half in mainstream and half in special schools."""
    schools = [make.setting(group=group).pk for group in GROUPS]
    cases, placements = [], []
    for number in range(plans):
        year = 2019 + number % 5
        child = make.person(birth_date=date(2008 + number % 9, 3, 1))
        ended = date(year + 2, 6, 1) if number % 3 == 0 and year + 2 < 2024 else None
        plan = NewPlan(
            started_on=date(year, 4, 1),
            primary_need=NEEDS[number % 3],
            ceased_on=ended,
            cease_reason="1" if ended else "",
        )
        status = Status.CEASED if ended else Status.PLAN
        cases.append(NewCase(person_id=child.pk, birth_date=child.birth_date, status=status, plan=plan))
    for number, case_id in enumerate(bulk_create_cases(cases, by=BY, source="A test")):
        plan = cases[number].plan
        assert plan is not None
        placements.append(
            NewPlacement(
                case_id=case_id,
                setting_id=schools[number % 2],
                starts_on=plan.started_on,
                ends_on=plan.ceased_on,
            )
        )
    bulk_create_placements(placements, by=BY)
    store_input(by=BY, kind=InputKind.BLOCK, content=BLOCK, file_name="block.csv", source="A test")
