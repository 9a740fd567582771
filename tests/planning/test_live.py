"""A forecast's inputs counted from the records: every head at every census, and every flow between two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.casework.actions import NewCase, NewPlan, bulk_create_cases
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.casework.queries.caseload import caseload
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.forecast.space import Space
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.actions import NewPlacement, bulk_create_placements
from goldenthread.planning import actions, queries
from goldenthread.planning.enums import InputKind
from goldenthread.planning.queries.census import Counted, census_day, counted
from goldenthread.planning.queries.live import base_years, inputs_from_records
from tests.factories import casework as make
from tests.planning.conftest import FILES

pytestmark = pytest.mark.django_db
BY = System.COMMAND
SPACE = Space()
CODES = [place.code for place in SPACE.placements]
BORN = date(2014, 10, 2)  # nine on 31 August 2024; of the age below at the census of January 2024


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.fixed(date(2024, 2, 1)):
        yield


def plan(
    begun: date, ceased: date | None = None, *, born: date = BORN, need: str = "ASD", child: object = None
) -> Case:
    """A plan from one day to another, of a child of its own or of one given."""
    one = child or make.person(birth_date=born)
    new = NewCase(
        person_id=one.pk,
        birth_date=one.birth_date,
        status=Status.PLAN if ceased is None else Status.CEASED,
        plan=NewPlan(
            started_on=begun, primary_need=need, ceased_on=ceased, cease_reason="1" if ceased else ""
        ),
    )
    return Case.objects.get(pk=bulk_create_cases([new], by=BY, source="A test")[0])


def school(group: SettingGroup) -> object:
    return make.setting(group=group).pk


def attends(case: Case, setting: object, starts: date, ends: date | None = None, **given: object) -> None:
    bulk_create_placements([NewPlacement(case.pk, setting, starts_on=starts, ends_on=ends, **given)], by=BY)


def cells(heads: np.ndarray) -> dict[tuple[int, str, str], int]:
    """Age, need and placement of what is there."""
    return {
        (SPACE.ages[age], SPACE.needs[need], CODES[place]): int(heads[age, need, place])
        for age, need, place in np.argwhere(heads)
    }


def at(base_year: int = 2024, transitions: int = 2) -> Counted:
    return counted(SPACE, base_year, transitions)


def test_a_child_is_counted_by_age_on_31_august_need_and_main_placement() -> None:
    case = plan(date(2023, 3, 1))
    attends(case, school(SettingGroup.SPECIAL_ACADEMY), date(2023, 9, 1))
    assert cells(at().stock) == {(8, "ASD", "special"): 1}


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2014, 8, 31), 9),
        (date(2014, 9, 1), 8),
        (date(2023, 9, 15), 0),
        (date(1998, 8, 31), 25),
        (date(1997, 8, 31), 25),  # 26: counted as 25 and told
    ],
)
def test_ages_turn_on_31_august(born: date, age: int) -> None:
    plan(date(2023, 3, 1), born=born)
    assert list(cells(at().stock)) == [(age, "ASD", "elsewhere")]
    assert any("over 25" in note for note in at().notes) == (born.year == 1997)


@pytest.mark.parametrize(
    ("group", "given", "code"),
    [
        (SettingGroup.MAINSTREAM_ACADEMY, {}, "mainstream"),
        (SettingGroup.MAINSTREAM_ACADEMY, {"sen_unit": True}, "resourced"),
        (SettingGroup.MAINSTREAM_MAINTAINED, {"resourced_provision": True}, "resourced"),
        (SettingGroup.MAINSTREAM_INDEPENDENT, {}, "independent"),
        (SettingGroup.SPECIAL_NON_MAINTAINED, {}, "independent"),
        (SettingGroup.AP_ACADEMY, {}, "ap_hospital"),
        (SettingGroup.FE_SPECIALIST, {}, "specialist_post_16"),
        (SettingGroup.FE_UKRLP, {}, "further_education"),
        (SettingGroup.EARLY_YEARS, {}, "early_years"),
        (SettingGroup.ELECTIVE_HOME, {}, "elsewhere"),
        (SettingGroup.WELSH, {}, "elsewhere"),
    ],
)
def test_each_group_of_setting_has_its_placement(
    group: SettingGroup, given: dict[str, bool], code: str
) -> None:
    born = {"early_years": date(2020, 10, 1), "further_education": date(2006, 10, 1)}
    born["specialist_post_16"] = born["further_education"]
    case = plan(date(2023, 3, 1), born=born.get(code, BORN))
    attends(case, school(group), date(2023, 9, 1), **given)
    assert [place for _, _, place in cells(at().stock)] == [code]


def test_a_placement_that_does_not_take_the_age_is_told_and_the_child_still_counted() -> None:
    case = plan(date(2023, 3, 1), born=date(2000, 10, 1))
    attends(case, school(SettingGroup.MAINSTREAM_ACADEMY), date(2023, 9, 1))
    found = at()
    assert cells(found.stock) == {(22, "ASD", "elsewhere"): 1}
    assert any("an age that their kind of setting does not take" in note for note in found.notes)


@pytest.mark.parametrize(("need", "code"), [("", "NK"), ("NSA", "NK"), ("SPLD", "SPLD"), ("DS", "OTH")])
def test_a_need_that_the_forecast_does_not_know_still_counts(need: str, code: str) -> None:
    plan(date(2023, 3, 1), need=need)
    assert [one for _, one, _ in cells(at().stock)] == [code]


def test_of_two_places_at_once_the_later_counts_and_one_that_ended_does_not() -> None:
    case = plan(date(2023, 3, 1))
    attends(case, school(SettingGroup.MAINSTREAM_ACADEMY), date(2023, 3, 1))
    attends(case, school(SettingGroup.SPECIAL_ACADEMY), date(2023, 9, 1))
    attends(case, school(SettingGroup.SPECIAL_INDEPENDENT), date(2023, 10, 1), date(2024, 1, 17))
    assert list(cells(at().stock)) == [(8, "ASD", "special")]


def test_who_joined_left_and_moved_between_two_censuses() -> None:
    mainstream, special = school(SettingGroup.MAINSTREAM_ACADEMY), school(SettingGroup.SPECIAL_ACADEMY)
    moved = plan(date(2021, 3, 1))
    attends(moved, mainstream, date(2021, 3, 1), date(2023, 7, 20))
    attends(moved, special, date(2023, 9, 1))
    stayed, left, joined = (
        plan(date(2021, 3, 1)),
        plan(date(2021, 3, 1), date(2023, 6, 1)),
        plan(date(2023, 5, 1)),
    )
    for case in (stayed, left, joined):
        attends(case, mainstream, date(2021, 3, 1))
    within = plan(date(2023, 3, 1), date(2023, 11, 1))  # at neither census
    attends(within, special, date(2023, 3, 1))
    history = at(transitions=1).history
    assert cells(history.stock[0]) == {(7, "ASD", "mainstream"): 3}
    assert cells(history.left[0]) == {(7, "ASD", "mainstream"): 1}
    assert cells(history.joined[0]) == {(8, "ASD", "mainstream"): 1}
    moves = np.argwhere(history.moved[0])
    assert [(CODES[a], CODES[b]) for _, _, a, b in moves] == [("mainstream", "special")]


def test_a_new_plan_for_the_same_person_is_neither_joining_nor_leaving() -> None:
    child = make.person(birth_date=BORN)
    plan(date(2021, 3, 1), date(2023, 6, 1), child=child)
    plan(date(2023, 6, 1), child=child)
    plan(date(2021, 3, 1), date(2023, 6, 1))  # somebody who left, so that the year counts
    history = at(transitions=1).history
    assert (history.stock.sum(), history.joined.sum(), history.left.sum()) == (2, 0, 1)


def test_years_that_the_records_do_not_follow_are_left_out_and_told() -> None:
    plan(date(2020, 3, 1))
    plan(date(2020, 3, 1), date(2023, 6, 1))
    found = at(transitions=4)
    assert len(found.history.stock) == 1
    assert any("only the 1 years since" in note for note in found.notes)


def test_heads_are_conserved_and_agree_with_the_caseload() -> None:
    luck = np.random.default_rng(7)
    groups = [SettingGroup.MAINSTREAM_ACADEMY, SettingGroup.SPECIAL_ACADEMY, SettingGroup.SPECIAL_INDEPENDENT]
    schools = [school(group) for group in groups]
    for _ in range(60):
        begun = date(2019 + int(luck.integers(5)), int(luck.integers(1, 13)), int(luck.integers(1, 28)))
        ends = date(begun.year + int(luck.integers(1, 4)), 6, 1)
        case = plan(
            begun, ends if luck.random() < 0.5 else None, born=date(2006 + int(luck.integers(12)), 5, 5)
        )
        switch = date(begun.year + 1, 9, 1)
        attends(case, schools[int(luck.integers(3))], begun, switch)
        attends(case, schools[int(luck.integers(3))], switch)
    found = at(transitions=3)
    history = found.history
    stocks = [*history.stock, found.stock]
    for step in range(len(history.stock)):
        change = int(history.joined[step].sum() - history.left[step].sum())
        assert stocks[step + 1].sum() == stocks[step].sum() + change
        by_place = [
            array.sum(axis=(0, 1)) for array in (stocks[step], history.joined[step], history.left[step])
        ]
        moves = history.moved[step].sum(axis=(0, 1))
        after = by_place[0] + by_place[1] - by_place[2] - moves.sum(axis=1) + moves.sum(axis=0)
        assert (stocks[step + 1].sum(axis=(0, 1)) == after).all()
        assert np.trace(moves) == 0
    for step, year in enumerate(range(2024 - len(history.stock), 2025)):
        assert stocks[step].sum() == caseload(census_day(year)).plans


def test_the_census_is_the_third_thursday_where_no_collection_is_known() -> None:
    for year in (2005, 2015, 2020, 2024):
        day = census_day(year)
        assert day.weekday() == 3
        assert 15 <= day.day <= 21
    assert base_years()[0] == 2024
    with clock.fixed(date(2024, 1, 17)):
        assert base_years()[0] == 2023


def county() -> None:
    """Enough plans that an allocation of millions is not absurd."""
    for number in range(40):
        case = plan(
            date(2021, 3, 1), date(2023, 6, 1) if number < 4 else None, born=date(2008 + number % 8, 3, 3)
        )
        attends(case, school(SettingGroup.MAINSTREAM_ACADEMY), date(2021, 3, 1))


def test_with_no_inputs_everything_is_assumed_and_told(settings: object) -> None:
    plan(date(2021, 3, 1))
    with pytest.raises(NotAllowedNow, match="The forecast cannot be made: The allocation"):
        inputs_from_records(2024)  # one county's allocation for one plan
    notes = " ".join(queries.live.money_of({}, 2024, 5)[1])
    for words in ("Unit costs are assumed", "allocation is assumed", "rise by 3%", "to be nought"):
        assert words in notes


def test_the_inputs_in_force_are_what_is_used() -> None:
    county()
    block = FILES[InputKind.BLOCK].replace("90000000", "1000000").replace("93,000,000", "1,033,000")
    block = block.replace("-12000000", "-120000").replace("6000000", "60000").replace("500000", "5000")
    texts = {**FILES, InputKind.BLOCK: block}
    for kind, text in texts.items():
        actions.store_input(by=BY, kind=kind, content=text.encode(), file_name="f.csv", source="A ledger")
    inputs = inputs_from_records(2024, horizon=3)
    assert inputs.stock.sum() == 36
    assert inputs.population[0, 5] == 1000 + 5 + 1  # the middle of 2023 for January 2024
    assert inputs.population[:, 5].tolist() == [1006, 1007, 1007, 1007]
    assert inputs.history.population.shape == (len(inputs.history.stock), 26)
    money = inputs.money
    assert money.allocation == pytest.approx([1_000_000, 1_033_000, 1_033_000 * 1.03])
    assert (money.transfers.tolist(), money.opening_balance) == ([5000, 0, 0], -120_000)
    assert money.fixed["1.2.5"] == pytest.approx([60_000, 61_200, 61_200 * 1.03])
    assert money.inflation["1.2.3"] == pytest.approx([0, 0.045, 0.03])
    assert money.inflation["1.2.2"] == pytest.approx([0, 0.02, 0.03])
    special = next(price for price in money.prices if price.placement == "special")
    assert (special.place, special.bands) == (10_000, ((0.5, 8_000), (0.5, 12_000)))
    assert inputs.capacity is not None
    at_special = CODES.index("special")
    assert inputs.capacity.places[:, at_special].tolist() == [1700, 1700, 1780, 1780]
    assert inputs.capacity.overflow[at_special, CODES.index("independent")] == pytest.approx(0.7)
    notes = " ".join(inputs.notes)
    assert "the middle of" in notes
    assert "Unit costs of early years setting" in notes
    assert "After 2025/26 the allocation" in notes


def test_without_plans_there_is_nothing_to_forecast_from() -> None:
    with pytest.raises(NotAllowedNow, match="no plans on record in January 2024"):
        inputs_from_records(2024)


def test_the_number_of_queries_does_not_grow_with_the_records() -> None:
    county()
    with CaptureQueriesContext(
        connection,
    ) as first:
        counted(SPACE, 2024)
    county()
    with CaptureQueriesContext(connection) as second:
        counted(SPACE, 2024)
    assert len(first) == len(second) == 2
