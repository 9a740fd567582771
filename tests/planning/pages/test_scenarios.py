"""Scenarios: made, built mitigation by mitigation, tried at once, copied, compared, put away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.roles import Role
from goldenthread.planning import actions, queries
from goldenthread.planning.models import ForecastRun, Scenario
from tests.planning.exports.runs import BY, finished, scenario
from tests.planning.pages.conftest import signed_in
from tests.planning.record import small_record

DETAILS = {
    "reference": "3", "title": "Fewer new plans", "starts": "2024-09-01", "ramp": "50% 100%",
    "one_off": "2024/25 £20,000", "evidence_grade": "published", "evidence": "A study.",
    "confidence": "medium", "owner": "Head of SEND", "notes": "", "version": "1",
}  # fmt: skip
FEWER = {"amount": "−10", "version": "2"}


@pytest.fixture
def made() -> Scenario:
    """A scenario with two mitigations."""
    return scenario()


def mitigations(one: Scenario) -> list[Any]:
    fresh = Scenario.objects.get(pk=one.pk)
    return queries.forecast_mitigations(queries.scenario_version(BY, fresh))


def page(officer: Client, name: str, *args: Any, **query: str) -> str:
    return officer.get(reverse(name, args=args), query).content.decode()


def build(officer: Client, one: Scenario) -> Any:
    """Add a mitigation and its effect, as the two pages do."""
    answer = officer.post(reverse("planning_mitigation_new", args=[one.pk]), DETAILS)
    assert answer.headers["Location"] == reverse("planning_effect_new", args=[one.pk, 3])
    chosen = officer.get(answer.headers["Location"], {"kind": "joiner_factor", "go": "1"})
    address = reverse("planning_effect_add", args=[one.pk, 3, "joiner-factor"])
    assert chosen.headers["Location"] == address
    return officer.post(address, FEWER)


def test_a_scenario_is_made_and_its_title_is_its_own(officer: Client) -> None:
    answer = officer.post(reverse("planning_scenario_new"), {"title": "Plan B", "notes": "To try."})
    one = Scenario.objects.get()
    assert answer.headers["Location"] == reverse("planning_scenario", args=[one.pk])
    assert "To try." in page(officer, "planning_scenario", one.pk)
    twice = officer.post(reverse("planning_scenario_new"), {"title": "Plan B"})
    assert twice.status_code == 422
    assert "Another scenario has this title" in twice.content.decode()


def test_a_mitigation_is_built_in_two_steps_and_its_effect_shown_at_once(
    officer: Client, made: Scenario
) -> None:
    small_record()
    saved = build(officer, made)
    assert (
        saved.headers["Location"] == reverse("planning_scenario", args=[made.pk]) + "?effect=1#mitigation-3"
    )
    third = mitigations(made)[2]
    assert (third.reference, third.title, third.ramp) == ("3", "Fewer new plans", (0.5, 1.0))
    assert (third.one_off, str(third.confidence), third.owner) == ({2024: 20_000}, "medium", "Head of SEND")
    assert third.effects[0].amount == pytest.approx(0.9)
    words = page(officer, "planning_scenario", made.pk, effect="1")
    for said in (
        "10% fewer new plans.",
        "With mitigations",
        "Saved in the year",
        "Worked out just now with 50",
    ):
        assert said in words


def test_an_effect_can_be_looked_at_before_it_is_saved(officer: Client, made: Scenario) -> None:
    small_record()
    address = reverse("planning_effect_add", args=[made.pk, 1, "joiner-factor"])
    answer = officer.post(address, {"amount": "-50", "version": "1", "look": "1"})
    words = answer.content.decode()
    assert "Nothing is saved yet" in words
    assert "EHC plans at the January census, with mitigations" in words
    assert 'value="-50"' in words
    assert len(mitigations(made)[0].effects) == 2


def test_more_children_than_there_are_is_refused_with_the_cell(officer: Client, made: Scenario) -> None:
    small_record()
    address = reverse("planning_effect_add", args=[made.pk, 2, "move-heads"])
    move = {"amount": "500", "placements": ["special"], "to": "mainstream", "version": "1"}
    answer = officer.post(address, move)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Mitigation 2" in words
    assert "There is a problem" in words
    assert len(mitigations(made)[1].effects) == 1


def test_an_effect_is_changed_and_taken_away(officer: Client, made: Scenario) -> None:
    address = reverse("planning_effect", args=[made.pk, 1, 2])
    words = officer.get(address).content.decode()
    assert 'value="10"' in words
    officer.post(address, {"amount": "20", "placements": ["special"], "to": "resourced", "version": "1"})
    first = mitigations(made)[0]
    assert [effect.amount for effect in first.effects] == pytest.approx([40, 0.2])
    officer.post(reverse("planning_effect", args=[made.pk, 1, 1]), {"remove": "1", "version": "2"})
    assert [effect.amount for effect in mitigations(made)[0].effects] == pytest.approx([0.2])


def test_what_a_mitigation_is_can_be_changed_without_losing_what_it_does(
    officer: Client, made: Scenario
) -> None:
    before = mitigations(made)[0]
    officer.post(
        reverse("planning_mitigation", args=[made.pk, 1]), DETAILS | {"reference": "1", "title": "Renamed"}
    )
    after = mitigations(made)[0]
    assert (after.title, after.effects) == ("Renamed", before.effects)


def test_a_reference_that_stands_twice_is_refused(officer: Client, made: Scenario) -> None:
    answer = officer.post(reverse("planning_mitigation_new", args=[made.pk]), DETAILS | {"reference": "1"})
    assert answer.status_code == 422
    assert "stands twice" in answer.content.decode()


def test_a_change_over_somebody_else_s_is_refused(officer: Client, made: Scenario) -> None:
    officer.post(reverse("planning_mitigation", args=[made.pk, 1]), DETAILS | {"reference": "1"})
    late = officer.post(reverse("planning_mitigation", args=[made.pk, 2]), DETAILS | {"reference": "2"})
    assert late.status_code == 409
    assert "changed this scenario after you opened it" in late.content.decode()


def test_mitigations_are_put_in_order(officer: Client, made: Scenario) -> None:
    officer.post(reverse("planning_mitigation_move", args=[made.pk, 2]), {"way": "up"})
    assert [one.reference for one in mitigations(made)] == ["2", "1"]
    officer.post(reverse("planning_mitigation_move", args=[made.pk, 2]), {"way": "down"})
    assert [one.reference for one in mitigations(made)] == ["2", "1"], "the last stays the last"


def test_a_mitigation_is_taken_out_and_the_older_version_has_it(officer: Client, made: Scenario) -> None:
    officer.post(reverse("planning_mitigation_remove", args=[made.pk, 1]), {"version": "1"})
    assert [one.reference for one in mitigations(made)] == ["2"]
    old = queries.forecast_mitigations(queries.scenario_version(BY, made, 1))
    assert [one.reference for one in old] == ["1", "2"]


def test_a_copy_stands_alone(officer: Client, made: Scenario) -> None:
    answer = officer.post(reverse("planning_scenario_copy", args=[made.pk]), {"title": "A copy"})
    copy = Scenario.objects.get(pk=UUID(answer.headers["Location"].split("/")[3]))
    officer.post(reverse("planning_mitigation_remove", args=[copy.pk, 1]), {"version": "1"})
    assert len(mitigations(made)) == 2
    assert len(mitigations(copy)) == 1


def test_a_scenario_is_renamed(officer: Client, made: Scenario) -> None:
    address = reverse("planning_scenario_edit", args=[made.pk])
    officer.post(address, {"title": "Another name", "notes": "", "version": "1"})
    assert Scenario.objects.get(pk=made.pk).title == "Another name"
    assert len(mitigations(made)) == 2


def test_a_scenario_that_was_put_away_leaves_the_list_and_cannot_be_changed(
    officer: Client, made: Scenario
) -> None:
    officer.post(reverse("planning_scenario_archive", args=[made.pk]))
    assert reverse("planning_scenario", args=[made.pk]) not in page(officer, "planning_scenarios")
    assert "was put away" in page(officer, "planning_scenario", made.pk)
    again = officer.post(reverse("planning_mitigation_new", args=[made.pk]), DETAILS)
    assert again.status_code == 409


def test_scenarios_are_laid_side_by_side(officer: Client, runs: tuple[ForecastRun, ForecastRun]) -> None:
    chosen = {"scenario": ["baseline", str(runs[1].scenario_id)], "threshold": "10m"}
    address = reverse("planning_compare")
    words = officer.get(address, chosen).content.decode()
    as_is, mitigated = (queries.result_of(BY, run) for run in runs)
    for summary in (as_is, mitigated):
        assert f"{summary.totals[0][-1]:,.0f}" in words
    assert "Chance of a deficit over £10.00m" in words
    lines = b"".join(officer.get(address, chosen | {"download": "csv"}).streaming_content).decode()
    saved = float((as_is.spend[0] - mitigated.spend[0]).sum())
    assert f"Saved against the first,0,{saved:.2f}"[:40] in lines.replace("0.0,", "0,")


@pytest.mark.parametrize("chosen", [[], ["5b8a4f0e-0000-4000-8000-000000000001"]])
def test_a_comparison_of_nothing_asks_what_to_compare(officer: Client, chosen: list[str]) -> None:
    finished()
    answer = officer.get(reverse("planning_compare"), {"scenario": chosen or [""]})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("planning_mitigation", [0]),
        ("planning_mitigation", [3]),
        ("planning_mitigation_remove", [9]),
        ("planning_effect", [1, 0]),
        ("planning_effect", [1, 3]),
        ("planning_effect_new", [0]),
        ("planning_effect_add", [1, "none"]),
    ],
)
def test_what_a_scenario_does_not_have_is_not_found(
    officer: Client, made: Scenario, name: str, args: list[Any]
) -> None:
    assert officer.get(reverse(name, args=[made.pk, *args])).status_code == 404


def test_a_scenario_can_be_built_before_there_are_plans_on_record(officer: Client, made: Scenario) -> None:
    assert build(officer, made).status_code == 302
    assert len(mitigations(made)) == 3
    words = page(officer, "planning_scenario", made.pk, effect="1")
    assert "There are no plans on record" in words


def test_a_manager_reads_scenarios_and_changes_none(made: Scenario) -> None:
    manager = signed_in(Role.MANAGER)
    assert "Add a mitigation" not in page(manager, "planning_scenario", made.pk)
    assert manager.post(reverse("planning_mitigation_move", args=[made.pk, 1])).status_code == 403


def test_a_forecast_of_the_scenario_is_one_step_away(officer: Client, made: Scenario) -> None:
    address = f"{reverse('planning_run_new')}?scenario={made.pk}"
    assert address in page(officer, "planning_scenario", made.pk)
    assert f'value="{made.pk}" selected' in officer.get(address).content.decode()
    actions.archive_scenario(by=BY, scenario_id=made.pk)
    assert address not in page(officer, "planning_scenario", made.pk)
