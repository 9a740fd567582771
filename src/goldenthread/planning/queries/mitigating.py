"""Reads of scenarios and their mitigations."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.forecast.mitigation import Mitigation as ForecastMitigation
from goldenthread.forecast.mitigation_data import from_dict
from goldenthread.planning import permissions
from goldenthread.planning.models import Mitigation, Scenario, ScenarioVersion


def scenarios(by: Actor, *, archived: bool = False) -> QuerySet[Scenario]:
    """Every scenario by title, with `mitigation_count`. Raises NotPermitted."""
    permissions.check_can_view(by)
    found = Scenario.objects.filter(archived=archived).annotate(mitigation_count=Count("mitigations"))
    return found.order_by("title")


def scenario_for(by: Actor, scenario_id: UUID) -> Scenario:
    """One scenario. Raises NotPermitted or NotFound."""
    permissions.check_can_view(by)
    found = Scenario.objects.filter(pk=scenario_id).first()
    if found is None:
        raise NotFound("There is no such scenario.", "Go back to the list of scenarios.")
    return found


def mitigations_of(scenario: Scenario) -> QuerySet[Mitigation]:
    """The mitigations of a scenario in their order."""
    return Mitigation.objects.filter(scenario=scenario).order_by("order")


def scenario_version(by: Actor, scenario: Scenario, number: int | None = None) -> ScenarioVersion:
    """What a scenario said at one version, the newest by default. Raises NotPermitted or NotFound."""
    permissions.check_can_view(by)
    found = ScenarioVersion.objects.filter(scenario=scenario, number=number or scenario.version).first()
    if found is None:
        raise NotFound("There is no such version of this scenario.", "Go back to the scenario.")
    return found


def forecast_mitigations(version: ScenarioVersion | None) -> list[ForecastMitigation]:
    """The mitigations of a version as the forecast reads them, in order; none for the baseline."""
    return [from_dict(one) for one in version.content] if version is not None else []


def locked(scenario_id: UUID) -> Scenario:
    """The scenario, locked for a change. Raises NotFound."""
    found = Scenario.objects.select_for_update().filter(pk=scenario_id).first()
    if found is None:
        raise NotFound("There is no such scenario.", "Go back to the list of scenarios.")
    return found
