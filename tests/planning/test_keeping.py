"""Inputs, scenarios, runs and plans are kept by decisions: who may, what is refused, what stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import (
    ChangedMeanwhile,
    InvalidInput,
    NotAllowedNow,
    NotFound,
    NotPermitted,
)
from goldenthread.core.roles import Role
from goldenthread.forecast.mitigation import Effect, Kind, Mitigation, Where
from goldenthread.planning import actions, queries
from goldenthread.planning.enums import InputKind, MilestoneState, PlanState, RunEvent, RunState
from goldenthread.planning.models import ActualFigure, InputVersion, RunResult, ScenarioVersion
from goldenthread.planning.reading import FileRefused
from goldenthread.planning.stated import read_shipped
from goldenthread.planning.workflow import TRANSITIONS, next_state
from tests.planning.conftest import BLOCK, FILES, population
from tests.planning.results import summary

pytestmark = pytest.mark.django_db
BY = System.COMMAND
LESS = Mitigation("4", "Fewer new plans", (Effect(Kind.JOINER_FACTOR, 0.9, "times"),), date(2024, 9, 1))
PLACES = Mitigation(
    "2", "More places", (Effect(Kind.PLACES, 80, "places", Where(placements=("special",))),), date(2024, 9, 1)
)


def give(by: User | System = BY, kind: InputKind = InputKind.BLOCK, text: str = "") -> InputVersion:
    content = (text or FILES[kind]).encode()
    return actions.store_input(by=by, kind=kind, content=content, file_name="figures.csv", source="A ledger")


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))


def decisions(by: User | System) -> dict[str, Callable[[], object]]:
    """Each decision of the room, as somebody would take it; what it needs is there."""
    scenario = actions.make_scenario(by=BY, title="There already")
    plan = enter()
    step = queries.actions_of(plan).get(reference="6").milestones.get()
    run = actions.queue_run(by=BY, base_year=2024)
    going = actions.queue_run(by=BY, base_year=2024)
    actions.start_run(by=BY, run_id=going.pk, steps=2)
    return {
        "edit: store": lambda: give(by),
        "edit: scenario": lambda: actions.make_scenario(by=by, title="Another"),
        "edit: change": lambda: actions.edit_scenario(
            by=by, scenario_id=scenario.pk, version=1, title="There already"
        ),
        "edit: copy": lambda: actions.copy_scenario(by=by, scenario_id=scenario.pk, title="A copy"),
        "edit: archive": lambda: actions.archive_scenario(by=by, scenario_id=scenario.pk),
        "edit: plan": lambda: enter(by),
        "edit: milestone": lambda: actions.update_milestone(
            by=by, milestone_id=step.pk, state=MilestoneState.LATE
        ),
        "edit: actuals": lambda: actions.record_actuals(
            by=by,
            content=b"month,kind,subject,pounds\n2023-04,line,1.2.3,5",
            file_name="a.csv",
            source="A ledger",
            plan_slug="may-2020",
        ),
        "run: queue": lambda: actions.queue_run(by=by, base_year=2024),
        "run: start": lambda: actions.start_run(by=by, run_id=run.pk, steps=2),
        "run: finish": lambda: actions.finish_run(by=by, run_id=going.pk, summary=summary()),
        "run: stop": lambda: actions.stop_run(by=by, run_id=run.pk),
        "approve: plan": lambda: actions.approve_plan(by=by, plan_id=plan.pk),
    }


def enter(by: User | System = BY):
    stated = read_shipped("may-2020")
    assert stated is not None
    return actions.enter_plan(by=by, stated=stated)


MAY = {
    "edit": {Role.FINANCE, Role.ANALYST},
    "run": {Role.FINANCE, Role.ANALYST, Role.MANAGER},
    "approve": {Role.FINANCE, Role.MANAGER},
}
SEES = {Role.FINANCE, Role.ANALYST, Role.MANAGER, Role.INSPECTOR}


@pytest.mark.parametrize("role", list(Role))
def test_each_decision_is_for_those_roles_alone_and_is_audited(
    role: Role, one_of: Callable[[Role], User]
) -> None:
    by = one_of(role)
    for name, decide in decisions(by).items():
        before = AuditEntry.objects.count()
        if role in MAY[name.split(":")[0]]:
            decide()
            assert AuditEntry.objects.count() == before + 1, name
            assert AuditEntry.objects.latest("seq").actor_id == str(by.pk)
        else:
            with pytest.raises(NotPermitted):
                decide()
            assert AuditEntry.objects.count() == before, name


@pytest.mark.parametrize("role", list(Role))
def test_each_read_is_for_those_roles_alone(role: Role, one_of: Callable[[Role], User]) -> None:
    by, plan = one_of(role), enter()
    scenario = actions.make_scenario(by=BY, title="One")
    run = actions.queue_run(by=BY, base_year=2024)
    version = give()
    reads: list[Callable[[], object]] = [
        lambda: queries.inputs_state(by),
        lambda: queries.input_versions(by, InputKind.BLOCK),
        lambda: queries.input_version(by, version.pk),
        lambda: queries.runs(by),
        lambda: queries.run_for(by, run.pk),
        lambda: queries.latest_run(by),
        lambda: queries.scenarios(by),
        lambda: queries.scenario_for(by, scenario.pk),
        lambda: queries.scenario_version(by, scenario),
        lambda: queries.plans(by),
        lambda: queries.plan(by, plan.slug),
        lambda: queries.variance(by, plan.slug, date(2023, 4, 1)),
        lambda: queries.latest_month(by, plan.slug),
        lambda: queries.actual_batches(by),
        lambda: queries.monthly(by, plan.slug),
    ]
    for read in reads:
        if role in SEES:
            read()
        else:
            with pytest.raises(NotPermitted):
                read()


def test_inputs_are_versions_and_the_newest_is_in_force(finance: User) -> None:
    first = give(finance)
    second = give(finance, text=BLOCK.replace("90000000", "91000000"))
    assert (first.number, second.number) == (1, 2)
    assert queries.in_force() == {InputKind.BLOCK: second}
    assert queries.rows_of(first)[0]["amount"] == 90_000_000
    assert first.by == finance
    assert second.rows == 7
    state = {one.kind: one for one in queries.inputs_state(finance)}
    assert state[InputKind.BLOCK].older == 1
    assert not state[InputKind.BLOCK].missing
    assert state[InputKind.PRICES].missing
    assert "2021-22" in state[InputKind.PRICES].assumption


def test_the_same_file_from_the_same_source_is_not_stored_twice(finance: User) -> None:
    assert give(finance) == give(finance)
    assert InputVersion.objects.count() == 1
    assert audited().count("planning.input_stored") == 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (InputKind.POPULATION, population(years=(2022, 2022, 2023))),
        (InputKind.POPULATION, population().replace(",7,1007", ",7,c")),
        (InputKind.BLOCK, BLOCK.replace("90000000", "90000")),
        (InputKind.CAPACITY, "placement,census_year,places\nspecial,2024,-3"),
    ],
)
def test_of_a_wrong_file_nothing_is_stored(finance: User, kind: InputKind, text: str) -> None:
    with pytest.raises(FileRefused, match="nothing was stored"):
        give(finance, kind, text)
    assert not InputVersion.objects.exists()
    assert audited() == []


def test_an_input_says_where_it_comes_from(finance: User) -> None:
    with pytest.raises(InvalidInput, match="Say where"):
        actions.store_input(
            by=finance, kind=InputKind.BLOCK, content=BLOCK.encode(), file_name="b.csv", source="  "
        )


def test_the_database_itself_keeps_what_is_never_changed() -> None:
    enter()
    give()
    actions.make_scenario(by=BY, title="One")
    actions.record_actuals(
        by=BY,
        content=b"month,kind,subject,pounds\n2023-04,line,1.2.3,5",
        file_name="a.csv",
        source="A ledger",
        plan_slug="may-2020",
    )
    run = actions.queue_run(by=BY, base_year=2024)
    actions.start_run(by=BY, run_id=run.pk, steps=1)
    actions.finish_run(by=BY, run_id=run.pk, summary=summary())
    changes = [
        (InputVersion, {"source": "Changed"}),
        (ScenarioVersion, {"title": "Changed"}),
        (ActualFigure, {"pounds": 6}),
        (RunResult, {"sha256": "0"}),
    ]
    for model, change in changes:
        assert model.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete(model.objects.db)


def test_a_scenario_keeps_what_it_said_at_each_version(finance: User) -> None:
    scenario = actions.make_scenario(by=finance, title=" Places  first ", mitigations=[PLACES])
    assert scenario.title == "Places first"
    actions.edit_scenario(
        by=finance, scenario_id=scenario.pk, version=1, title="Both", mitigations=[LESS, PLACES]
    )
    scenario.refresh_from_db()
    now = queries.scenario_version(finance, scenario)
    assert queries.forecast_mitigations(now) == [LESS, PLACES]
    assert [one.reference for one in queries.mitigations_of(scenario)] == ["4", "2"]
    before = queries.scenario_version(finance, scenario, 1)
    assert (before.title, queries.forecast_mitigations(before)) == ("Places first", [PLACES])


def test_two_people_cannot_save_over_each_other(finance: User) -> None:
    scenario = actions.make_scenario(by=finance, title="One")
    actions.edit_scenario(by=finance, scenario_id=scenario.pk, version=1, title="Two")
    with pytest.raises(ChangedMeanwhile):
        actions.edit_scenario(by=finance, scenario_id=scenario.pk, version=1, title="Three")
    assert queries.scenario_for(finance, scenario.pk).title == "Two"


def test_a_copy_has_all_and_is_its_own(finance: User) -> None:
    scenario = actions.make_scenario(by=finance, title="One", mitigations=[LESS, PLACES])
    copy = actions.copy_scenario(by=finance, scenario_id=scenario.pk, title="Two")
    actions.edit_scenario(by=finance, scenario_id=scenario.pk, version=1, title="One", mitigations=[])
    assert queries.forecast_mitigations(queries.scenario_version(finance, copy)) == [LESS, PLACES]
    assert copy.copied_from == scenario


@pytest.mark.parametrize(
    ("title", "mitigations", "message"),
    [
        ("", [], "Give the scenario a title"),
        ("There", [], "Another scenario has this title"),
        ("New", [LESS, replace(PLACES, reference="4")], "The reference 4 stands twice"),
        ("New", [replace(LESS, title=" ")], "Give mitigation 4 a title"),
        ("New", [replace(LESS, owner="x" * 151)], "an owner of up to 150"),
    ],
)
def test_a_wrong_scenario_is_refused_whole(
    finance: User, title: str, mitigations: list[Mitigation], message: str
) -> None:
    actions.make_scenario(by=finance, title="There")
    with pytest.raises(InvalidInput, match=message):
        actions.make_scenario(by=finance, title=title, mitigations=mitigations)
    assert queries.scenarios(finance).count() == 1


def test_what_was_put_away_is_not_changed_nor_run_and_its_title_is_free(finance: User) -> None:
    scenario = actions.make_scenario(by=finance, title="One")
    actions.archive_scenario(by=finance, scenario_id=scenario.pk)
    with pytest.raises(NotAllowedNow, match="put away"):
        actions.edit_scenario(by=finance, scenario_id=scenario.pk, version=1, title="Two")
    with pytest.raises(NotAllowedNow, match="put away"):
        actions.queue_run(by=finance, base_year=2024, scenario_id=scenario.pk)
    actions.make_scenario(by=finance, title="One")
    assert [one.pk for one in queries.scenarios(finance, archived=True)] == [scenario.pk]


def test_a_run_keeps_the_inputs_and_the_scenario_that_it_was_asked_for_with(finance: User) -> None:
    old = give(finance)
    scenario = actions.make_scenario(by=finance, title="One", mitigations=[LESS])
    run = actions.queue_run(by=finance, base_year=2024, scenario_id=scenario.pk)
    give(finance, text=BLOCK.replace("90000000", "91000000"))
    actions.edit_scenario(by=finance, scenario_id=scenario.pk, version=1, title="One")
    run = queries.run_for(finance, run.pk)
    assert list(run.inputs.all()) == [old]
    assert queries.forecast_mitigations(run.scenario_version) == [LESS]


def test_a_run_from_beginning_to_end(finance: User) -> None:
    done: list[object] = []
    run = actions.queue_run(by=finance, base_year=2024, simulations=500, then=done.append)
    assert done == [run]
    assert queries.run_under_way(finance) == run
    with pytest.raises(NotAllowedNow, match="no result"):
        queries.result_of(finance, run)
    actions.start_run(by=finance, run_id=run.pk, steps=4)
    assert actions.record_progress(run_id=run.pk, done=3, steps=4)
    assert queries.run_for(finance, run.pk).percent == 75
    actions.finish_run(by=finance, run_id=run.pk, summary=summary(), notes=["Also this."])
    run = queries.run_for(finance, run.pk)
    assert (run.state, run.percent, run.notes) == (RunState.DONE, 100, ["A note.", "Also this."])
    assert queries.result_of(finance, run).totals.shape == summary().totals.shape
    assert queries.latest_run(finance) == run
    again = actions.queue_run(by=finance, base_year=2024)
    assert again.previous == run


def test_a_run_that_was_stopped_gives_no_result(finance: User) -> None:
    run = actions.queue_run(by=finance, base_year=2024)
    actions.start_run(by=finance, run_id=run.pk, steps=4)
    actions.stop_run(by=finance, run_id=run.pk)
    assert queries.stop_asked(run.pk)
    assert not actions.record_progress(run_id=run.pk, done=3, steps=4)
    with pytest.raises(NotAllowedNow, match="it cannot be finished now"):
        actions.finish_run(by=finance, run_id=run.pk, summary=summary())
    assert not RunResult.objects.exists()


def test_a_run_that_failed_says_why(finance: User) -> None:
    run = actions.queue_run(by=finance, base_year=2024)
    actions.fail_run(by=finance, run_id=run.pk, problem="No plans.", mend="Load the return.")
    run = queries.run_for(finance, run.pk)
    assert (run.state, run.problem, run.mend) == (RunState.FAILED, "No plans.", "Load the return.")


@pytest.mark.parametrize("state", list(RunState))
@pytest.mark.parametrize("event", list(RunEvent))
def test_only_the_table_of_transitions_moves_a_run(state: RunState, event: RunEvent) -> None:
    if (state, event) in TRANSITIONS:
        assert next_state(state, event) == TRANSITIONS[state, event]
    else:
        with pytest.raises(NotAllowedNow):
            next_state(state, event)


@pytest.mark.parametrize(
    "given", [{"horizon": 0}, {"horizon": 21}, {"simulations": 5}, {"simulations": 10**6}]
)
def test_a_run_has_a_sensible_size(finance: User, given: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        actions.queue_run(by=finance, base_year=2024, **given)


def test_a_stated_plan_is_kept_as_it_was_given_and_entered_again_as_a_new_version(finance: User) -> None:
    stated = read_shipped("may-2020")
    assert stated is not None
    first = enter(finance)
    assert queries.plan(finance, "may-2020").stated == stated
    second = enter(finance)
    assert (first.version, second.version) == (1, 2)
    assert queries.plan(finance, "may-2020").record == second
    assert queries.plan(finance, "may-2020", 1).record == first
    assert queries.stated_plan("may-2020") == stated
    with pytest.raises(NotFound):
        queries.plan(finance, "other")


def test_a_plan_is_approved_once(finance: User) -> None:
    plan = enter(finance)
    with clock.fixed(date(2024, 2, 1)):
        actions.approve_plan(by=finance, plan_id=plan.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.approved_on) == (PlanState.APPROVED, date(2024, 2, 1))
    assert plan.approved_by_label == finance.name
    with pytest.raises(NotAllowedNow, match="stays as it is"):
        actions.approve_plan(by=finance, plan_id=plan.pk)


def test_a_slug_that_cannot_stand_in_an_address_is_refused(finance: User) -> None:
    stated = read_shipped("may-2020")
    assert stated is not None
    with pytest.raises(InvalidInput, match="cannot stand in an address"):
        actions.enter_plan(by=finance, stated=replace(stated, slug="May 2020"))


def test_a_milestone_that_is_done_has_its_day(finance: User) -> None:
    step = queries.actions_of(enter(finance)).get(reference="6").milestones.get()
    with pytest.raises(InvalidInput, match="Give the day"):
        actions.update_milestone(by=finance, milestone_id=step.pk, state=MilestoneState.DONE)
    done = actions.update_milestone(
        by=finance, milestone_id=step.pk, state=MilestoneState.DONE, on=date(2021, 9, 1)
    )
    assert done.done_on == date(2021, 9, 1)
