"""The made-up detail fits the history it goes with, and nobody in it can be real."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from goldenthread.core.roles import Role
from goldenthread.demo import names, staff
from goldenthread.demo.county import CENSUS_DAY, make_people
from goldenthread.demo.detail import DetailMaker, person_key
from goldenthread.demo.personas import personas
from goldenthread.demo.settings_list import FIRST_URN, GIAS_COLUMNS, gias_csv, make_settings
from goldenthread.statute import plan as statute_plan
from goldenthread.statute.grounds import ground
from goldenthread.statute.identifiers import check_postcode, check_ukprn, check_urn

PLANS = 1500
DRAMA = re.compile(r"(01632 960\d{3}|07700 900\d{3})")


def test_detail_is_the_same_for_the_same_person_and_seed() -> None:
    people = list(make_people(100, 1))
    forward = [DetailMaker(100, 1).make(person) for person in people]
    backward = [DetailMaker(100, 1).make(person) for person in reversed(people)]
    assert forward == backward[::-1]
    assert forward != [DetailMaker(100, 2).make(person) for person in people]
    assert len({person_key(person) for person in people}) == len(people)


def test_steps_of_an_assessment_fall_between_decision_and_end() -> None:
    maker = DetailMaker(PLANS, 1)
    drafts = 0
    for person in make_people(PLANS, 1):
        detail = maker.make(person)
        assert len(detail.cases) == len(person.requests)
        for request, case in zip(person.requests, detail.cases, strict=True):
            ended = (request.assessment.outcome_date if request.assessment else None) or CENSUS_DAY
            for advice in case.advice:
                assert request.outcome_date
                assert request.outcome_date <= advice.requested_on
                assert advice.requested_on <= (advice.returned_on or ended) <= ended
                statute_plan.advice_kind(advice.kind)
            if case.draft_sent_on:
                drafts += 1
                assert case.decided_to_issue_on
                assert case.decided_to_issue_on <= case.draft_sent_on < ended
                assert all(a.returned_on and a.returned_on <= case.draft_sent_on for a in case.advice)
            for item in case.consultations:
                assert case.draft_sent_on
                assert case.draft_sent_on <= item.sent_on <= (item.replied_on or ended) <= ended
            for claim in case.exceptions:
                assert claim.rule in ground(claim.ground).lifts
                assert claim.starts_on <= claim.ends_on <= ended
            with_plan = request.assessment and request.assessment.outcome == "Y"
            if with_plan and request.assessment and request.assessment.named_plan:
                assert case.draft_sent_on
    assert drafts > 700


def test_nobody_can_be_reached() -> None:
    maker = DetailMaker(200, 1)
    for person in make_people(200, 1):
        assert person.surname in names.SURNAMES
        for contact in maker.make(person).contacts:
            assert DRAMA.fullmatch(contact.phone)
            assert contact.email.endswith(".example.org")
    ways = [(one.phone, one.email) for one in staff.caseworkers(6000)]
    ways += [(one.phone, one.email) for one in staff.advisers(6000)]
    ways += [(one.phone, one.email) for one in staff.ORGANISATIONS]
    for phone, address in ways:
        assert DRAMA.fullmatch(phone)
        assert address.endswith(".example.org")


def test_every_child_has_somebody_with_parental_responsibility() -> None:
    maker = DetailMaker(200, 1)
    for person in make_people(200, 1):
        assert any(contact.parental_responsibility for contact in maker.make(person).contacts)


@pytest.mark.parametrize("plans", [60, 6000, 20_000])
def test_staff_grow_with_the_county(plans: int) -> None:
    team = staff.caseworkers(plans)
    coordinators = [one for one in team if one.role == Role.PLAN_COORDINATOR]
    assert len(coordinators) == staff.coordinators(plans) == len(team) - 2
    assert plans < 500 or 200 < plans / len(coordinators) < 240
    assert len({one.email for one in team}) == len(team)
    for adviser in staff.advisers(plans):
        statute_plan.advice_kind(adviser.kind)


def test_settings_have_numbers_of_no_register_and_places_of_every_kind() -> None:
    settings = make_settings(6000, 1)
    assert 280 < len(settings) < 320
    assert len({item.name for item in settings}) == len(settings)
    for item in settings:
        assert item.urn is None or int(check_urn(item.urn)) >= FIRST_URN
        check_ukprn(item.ukprn)
        assert check_postcode(item.postcode) == item.postcode


def test_settings_can_be_written_as_the_register_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "gias.csv"
    written = gias_csv(path, plans=600, seed=1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == written
    assert tuple(rows[0]) == GIAS_COLUMNS
    assert all(row["URN"] and row["EstablishmentStatus (name)"] == "Open" for row in rows)
    assert any(row["TypeOfResourcedProvision (name)"].startswith("Resourced") for row in rows)
    beyond = {row["LA (name)"]: row["Town"] for row in rows if row["LA (code)"] != names.LA_CODE}
    assert beyond == {"Yarnshire": "Yarnmouth"}


def test_too_many_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="unused URNs"):
        make_settings(4_000_000, 1)


def test_personas_are_of_every_role_and_belong_to_somebody() -> None:
    found = {persona.key: persona for persona in personas(PLANS, 1)}
    assert {persona.role for persona in found.values()} == set(Role)
    keys = {person_key(person): person for person in make_people(PLANS, 1)}
    child = keys[found["parent"].person_key or ""]
    contact = DetailMaker(PLANS, 1).make(child).contacts[found["parent"].contact or 0]
    assert found["parent"].email == contact.email
    assert contact.parental_responsibility
    young = keys[found["young_person"].person_key or ""]
    assert found["young_person"].name == f"{young.forename} {young.surname}"
    assert staff.caseworkers(PLANS)[found["manager"].caseworker or 0].role == Role.MANAGER
    assert len({persona.email for persona in found.values()}) == len(found)


def test_names_are_each_their_own_and_written_as_names_are() -> None:
    assert len(set(names.SURNAMES)) == len(names.SURNAMES)
    assert [one for one in names.SURNAMES if re.search(r"(.)\1\1", one.lower())] == []
