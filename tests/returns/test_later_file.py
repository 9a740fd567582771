"""A later file updates and never deletes; what was changed here stays; doubtful people are reported."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest

from goldenthread.casework.actions import CaseUpdate, bulk_update_cases
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case, CaseEvent, Plan
from goldenthread.casework.presenters.timeline import timeline
from goldenthread.core.actors import System
from goldenthread.people.actions import PersonUpdate, bulk_create_people, bulk_update_people
from goldenthread.people.models import Person, PersonChange
from goldenthread.placements.models import Placement
from goldenthread.returns.findings import report_path
from goldenthread.returns.models import ImportState, SourceRecord
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord
from tests.factories.people import new_person
from tests.returns.conftest import Load, codes, dump
from tests.returns.sen2 import builders as make

pytestmark = pytest.mark.django_db
BY = System.COMMAND
OPEN: dict[str, Any] = {"outcome": "A", "outcome_date": None, "assessment": None, "active_plan": None}


def asked(**changes: Any) -> RequestRecord:
    """A request of 2 November 2026, not yet decided."""
    return make.request(**{"received_date": date(2026, 11, 2), **OPEN, **changes})


def assessing(**changes: Any) -> RequestRecord:
    return asked(outcome="Y", outcome_date=date(2026, 12, 7), **changes)


def one(*requests: RequestRecord, **changes: Any) -> PersonRecord:
    return make.person(1, requests=list(requests), **changes)


def change_case(case: Case, **values: Any) -> None:
    bulk_update_cases([CaseUpdate(case.pk, values)], by=BY)


def change_person(**values: Any) -> None:
    bulk_update_people([PersonUpdate(Person.objects.get().pk, values)], by=BY, source="here")


def test_the_figures_of_people_add_up_whatever_changed_of_them(load: Load) -> None:
    """Somebody whose case or place alone changed is changed; who stays as they are is nobody else."""
    load(make.person(1), make.person(2), make.person(3), make.person(4))
    moved = make.placement(urn="100001", entry_date=date(2026, 9, 7))
    run = load(
        make.person(1),
        make.person(2, requests=[make.request(received_date=date(2026, 2, 3))]),
        make.person(3, requests=[make.request(active_plan=make.active_plan(placements=[moved]))]),
        make.person(4, postcode="ZZ1 1ZZ"),
        make.person(5),
    )
    figures = [run.counts.get(f"people {name}", 0) for name in ("added", "changed", "unchanged", "refused")]
    assert figures == [1, 3, 1, 0]


def test_a_later_file_updates_and_deletes_nothing(load: Load) -> None:
    load(make.person(1), make.person(2))
    places, cases = (
        set(Placement.objects.values_list("pk", flat=True)),
        set(Case.objects.values_list("pk", flat=True)),
    )
    moved = make.placement(urn="100001", entry_date=date(2026, 9, 7))
    plan = make.named_plan(details=[make.setting(urn="100001")], personal_budget=True)
    later = make.request(
        assessment=make.assessment(named_plan=plan), active_plan=make.active_plan(placements=[moved])
    )
    run = load(make.person(1, postcode="ZZ1 1ZZ", requests=[later]))
    assert (run.counts["people changed"], run.counts["cases changed"], run.counts["placements added"]) == (
        1,
        1,
        1,
    )
    assert Person.objects.count() == Case.objects.count() == Plan.objects.count() == 2
    assert places < set(Placement.objects.values_list("pk", flat=True))
    assert cases == set(Case.objects.values_list("pk", flat=True))
    held = Plan.objects.get(personal_budget=True)
    assert [named.setting.urn for named in held.named_settings.all()] == ["100001"]
    assert Person.objects.get(upn=make.upn(1)).postcode == "ZZ11ZZ"
    assert PersonChange.objects.get().source == "SEN2 return 2027-01-21"
    assert SourceRecord.objects.count() == 3
    assert CaseEvent.objects.filter(kind="loaded", case=held.case).count() == 1


def test_the_case_goes_on_from_request_to_plan_to_its_end(load: Load) -> None:
    load(one(asked()))
    case = Case.objects.get()
    for requests, status in (
        (assessing(), Status.ASSESSING),
        (make.request(received_date=date(2026, 11, 2), outcome_date=date(2026, 12, 7)), Status.PLAN),
    ):
        plan = requests.assessment and requests.assessment.named_plan
        if plan:
            plan.start_date = requests.assessment.outcome_date = date(2027, 1, 11)
        load(one(requests))
        case.refresh_from_db()
        assert case.status == status
    plan.cease_date, plan.cease_reason = date(2027, 1, 20), "3"
    load(one(requests))
    case.refresh_from_db()
    assert (case.status, case.plan.ceased_on, case.closed_on) == (
        Status.CEASED,
        date(2027, 1, 20),
        date(2027, 1, 20),
    )
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("outcome", "status"), [("W", Status.WITHDRAWN), ("N", Status.NOT_ASSESSING)])
def test_a_request_that_ended_and_went_on_after_all(load: Load, outcome: str, status: str) -> None:
    load(one(asked()))
    ended = asked(outcome=outcome, outcome_date=date(2026, 12, 7) if outcome == "N" else None)
    load(one(ended))
    assert Case.objects.get().status == status
    run = load(one(assessing()))
    case = Case.objects.get()
    assert (case.status, case.closed_on) == (Status.ASSESSING, None)
    assert "M05" not in codes(run)


def test_what_was_changed_here_is_kept_and_reported_once(load: Load) -> None:
    load(one(asked(), ethnicity="WBRI", sex="F"))
    change_person(ethnicity="WIRI")
    run = load(one(asked(), ethnicity="AIND", sex="M"))
    person = Person.objects.get()
    assert (person.ethnicity, person.sex) == ("WIRI", "M")
    assert [(i.code, i.field, i.value) for i in run.issues.filter(code="M04")] == [
        ("M04", "person 1 Person: ethnicity", "AIND")
    ]
    again = load(one(asked(), ethnicity="AIND", sex="M", postcode="ZZ1 1ZZ"))
    assert "M04" not in codes(again)


def test_a_case_that_moved_on_here_is_not_moved_back(load: Load) -> None:
    load(one(asked()))
    case = Case.objects.get()
    change_case(case, status=Status.ISSUING, decided_to_assess_on=date(2026, 12, 1))
    run = load(one(assessing()))
    case.refresh_from_db()
    assert (case.status, case.decided_to_assess_on) == (Status.ISSUING, date(2026, 12, 1))
    assert {"person 1 Requests[1]: status", "person 1 Requests[1]: decided_to_assess_on"} == {
        i.field for i in run.issues.filter(code="M04")
    }


def test_a_case_withdrawn_here_stays_withdrawn(load: Load) -> None:
    load(one(asked()))
    case = Case.objects.get()
    change_case(case, status=Status.WITHDRAWN, closed_on=date(2026, 12, 1))
    run = load(one(assessing()))
    case.refresh_from_db()
    assert (case.status, case.closed_on) == (Status.WITHDRAWN, date(2026, 12, 1))
    assert "M04" in codes(run)


def test_a_plan_whose_end_is_taken_back_stays_ended(load: Load) -> None:
    ended = make.named_plan(cease_date=date(2026, 12, 1), cease_reason="3")
    load(one(make.request(assessment=make.assessment(named_plan=ended), active_plan=None)))
    run = load(one(make.request()))
    assert Case.objects.get().status == Status.CEASED
    assert "M05" in codes(run)


def test_dates_that_would_contradict_the_record_are_left_out(load: Load) -> None:
    load(one(asked()))
    change_case(Case.objects.get(), received_on=date(2026, 12, 20))
    run = load(one(assessing()))
    case = Case.objects.get()
    assert (case.received_on, case.decided_to_assess_on) == (date(2026, 12, 20), None)
    assert run.state == ImportState.LOADED
    assert "M07" in codes(run)


def test_a_corrected_date_of_receipt_makes_no_second_case(load: Load) -> None:
    load(one(asked()))
    load(one(asked(received_date=date(2026, 11, 5))))
    assert Case.objects.get().received_on == date(2026, 11, 5)
    load(one(asked(received_date=date(2026, 11, 5)), make.request(received_date=date(2026, 2, 2))))
    assert Case.objects.count() == 2


def test_a_second_request_is_a_second_case(load: Load) -> None:
    refused = make.request(outcome="N", assessment=None, active_plan=None)
    load(one(refused))
    load(one(asked()))
    assert set(Case.objects.values_list("status", flat=True)) == {Status.NOT_ASSESSING, Status.REQUESTED}


def test_a_place_that_ended_here_stays_ended_and_an_end_in_the_file_is_taken(load: Load) -> None:
    load(make.person(1), make.person(2))
    first, second = Placement.objects.order_by("case__person__upn")
    by_upn = {place.case.person.upn: place for place in (first, second)}
    Placement.objects.filter(pk=by_upn[make.upn(1)].pk).update(ends_on=date(2026, 7, 20))
    gone = make.request(
        active_plan=make.active_plan(placements=[make.placement(leaving_date=date(2026, 12, 18))])
    )
    load(make.person(1, sex="M"), make.person(2, requests=[gone]))
    ends = {
        place.case.person.upn: place.ends_on for place in Placement.objects.select_related("case__person")
    }
    assert ends == {make.upn(1): date(2026, 7, 20), make.upn(2): date(2026, 12, 18)}


def test_several_people_of_the_name_are_not_guessed_between(load: Load) -> None:
    bulk_create_people([new_person(surname="Example1"), new_person(surname="Example1")], by=BY, source="test")
    before = dump()
    run = load(make.person(1, upn=None, upn_unknown="UN2"))
    assert (run.counts["people refused"], "M01" in codes(run)) == (1, True)
    assert dump() == before


@pytest.mark.parametrize("number", ["in one part of the file", "in two"])
def test_two_rows_that_may_be_one_person_are_reported(
    load: Load, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if number == "in two":
        monkeypatch.setattr("goldenthread.returns.actions.running.CHUNK", 1)
    run = load(make.person(1, upn=None, upn_unknown="UN2"), make.person(1))
    assert (Person.objects.count(), run.counts["people refused"], "M03" in codes(run)) == (1, 1, True)


def test_a_number_in_the_file_twice_loads_the_first_alone(load: Load) -> None:
    run = load(make.person(1), make.person(2, upn=make.upn(1)))
    assert Person.objects.get().surname == "Example1"
    assert "L17" in codes(run)


def test_a_number_that_somebody_else_has_is_left_out(load: Load) -> None:
    load(make.person(1, uln="1000000000"), make.person(2))
    run = load(make.person(2, uln="1000000000", sex="M"))
    assert ("M02" in codes(run), run.counts["people changed"]) == (True, 1)
    assert set(Person.objects.values_list("surname", "uln", "sex")) == {
        ("Example1", "1000000000", "F"),
        ("Example2", None, "M"),
    }


@pytest.mark.parametrize(
    "wrong", [{"upn": make.upn(1), "birth_date": date(2012, 1, 3)}, {"uln": "1000000000"}], ids=str
)
def test_a_number_that_leads_to_another_child_is_refused(load: Load, wrong: dict[str, Any]) -> None:
    load(make.person(1, uln="1000000000"))
    before = dump()
    run = load(make.person(2, **wrong))
    assert "M06" in codes(run)
    assert (run.counts["people refused"], run.counts.get("people kept")) == (1, None)
    assert dump() == before


def test_what_a_return_told_is_told_by_the_return_not_by_who_loaded_it(load: Load) -> None:
    load(make.person(1))
    events = list(CaseEvent.objects.all())
    assert {one.actor_label for one in events} == {"SEN2 return 2027-01-21"}
    drawn = timeline(events)
    assert {one.by for one in drawn} == {""}
    assert all("From the SEN2 return as at 21 January 2027, loaded on " in one.text for one in drawn)
    change_case(Case.objects.get(), week20_exception=True)
    assert [one.by for one in timeline(CaseEvent.objects.filter(kind="loaded"))] == [BY.value]


@pytest.mark.parametrize(("number", "told"), [(20, ("error", 20)), (21, ("note", 1))])
def test_plans_that_ceased_before_the_year_are_told_once_where_they_are_many(
    load: Load, number: int, told: tuple[str, int]
) -> None:
    plan = make.named_plan(cease_date=date(2023, 5, 1), cease_reason="3")
    old = make.request(
        received_date=date(2021, 11, 2), outcome_date=date(2021, 12, 7), active_plan=None,
        assessment=make.assessment(outcome_date=date(2022, 2, 1), named_plan=plan),
    )  # fmt: skip
    plan.start_date = date(2022, 3, 1)
    run = load(*[make.person(at + 1, requests=[old]) for at in range(number)])
    assert run.counts["people added"] == number
    assert run.counts["code"]["L42"] == number
    issues = run.issues.filter(code="L42")
    assert (issues[0].severity, issues.count()) == told
    assert run.counts["severity"].get("note", 0) == told[1] * (told[0] == "note")
    with report_path(run.pk).open(encoding="utf-8-sig", newline="") as report:
        lines = [row for row in csv.DictReader(report) if row["code"] == "L42"]
    assert len(lines) == told[1]
    if told[0] == "note":
        assert lines[0]["value"].startswith("21 plans, the first in line ")
