"""Making, changing, copying and putting away scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.refusals import InvalidInput
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.mitigation_data import as_dict
from goldenthread.planning import permissions, policies
from goldenthread.planning.models import Mitigation as MitigationRow
from goldenthread.planning.models import Scenario, ScenarioVersion
from goldenthread.planning.queries import mitigating as reads


def make_scenario(
    *,
    by: Actor,
    title: str,
    notes: str = "",
    mitigations: Sequence[Mitigation] = (),
    copied_from: Scenario | None = None,
) -> Scenario:
    """A new scenario. Raises NotPermitted, or InvalidInput for a title in use or a wrong mitigation."""
    permissions.check_can_edit(by)
    with transaction.atomic():
        scenario = Scenario(
            title=_title(title), notes=notes.strip(), copied_from=copied_from, by_label=actor_ref(by).label
        )
        scenario.save()
        _write(scenario, mitigations, by)
        details = {"mitigations": len(mitigations)}
        audit.record(by=by, action="planning.scenario_made", obj=scenario, details=details)
    return scenario


def edit_scenario(
    *,
    by: Actor,
    scenario_id: UUID,
    version: int,
    title: str,
    notes: str = "",
    mitigations: Sequence[Mitigation] = (),
) -> Scenario:
    """Save all of a scenario anew; what it said before stays readable as a version.

    Raises NotPermitted, NotFound, NotAllowedNow (put away), ChangedMeanwhile or InvalidInput.
    """
    permissions.check_can_edit(by)
    with transaction.atomic():
        scenario = reads.locked(scenario_id)
        policies.check_not_archived(scenario)
        policies.check_version(scenario, version)
        scenario.title, scenario.notes = _title(title, scenario), notes.strip()
        scenario.version += 1
        scenario.save()
        _write(scenario, mitigations, by)
        details = {"version": scenario.version, "mitigations": len(mitigations)}
        audit.record(by=by, action="planning.scenario_changed", obj=scenario, details=details)
    return scenario


def copy_scenario(*, by: Actor, scenario_id: UUID, title: str) -> Scenario:
    """A new scenario that begins as a copy. Raises NotPermitted, NotFound or InvalidInput."""
    permissions.check_can_edit(by)
    original = reads.scenario_for(by, scenario_id)
    rows = reads.forecast_mitigations(reads.scenario_version(by, original))
    return make_scenario(by=by, title=title, notes=original.notes, mitigations=rows, copied_from=original)


def archive_scenario(*, by: Actor, scenario_id: UUID) -> Scenario:
    """Put a scenario away: its runs stay readable. Raises NotPermitted or NotFound."""
    permissions.check_can_edit(by)
    with transaction.atomic():
        scenario = reads.locked(scenario_id)
        scenario.archived = True
        scenario.save(update_fields=["archived", "updated_at"])
        audit.record(by=by, action="planning.scenario_archived", obj=scenario)
    return scenario


def _title(title: str, scenario: Scenario | None = None) -> str:
    title = " ".join(title.split())
    if not title or len(title) > 150:
        raise InvalidInput("Give the scenario a title of up to 150 letters.", field="title")
    same = Scenario.objects.filter(title=title, archived=False)
    if scenario is not None:
        same = same.exclude(pk=scenario.pk)
    if same.exists():
        raise InvalidInput("Another scenario has this title.", "Choose another title.", field="title")
    return title


def _write(scenario: Scenario, mitigations: Sequence[Mitigation], by: Actor) -> None:
    """The rows of a scenario as they are now, and the version that stays."""
    _check(mitigations)
    MitigationRow.objects.filter(scenario=scenario).delete()
    MitigationRow.objects.bulk_create(
        MitigationRow(
            scenario=scenario,
            order=number,
            reference=one.reference,
            title=one.title,
            owner=one.owner,
            confidence=str(one.confidence),
            content=as_dict(one),
        )
        for number, one in enumerate(mitigations, start=1)
    )
    ScenarioVersion.objects.create(
        scenario=scenario,
        number=scenario.version,
        title=scenario.title,
        content=[as_dict(one) for one in mitigations],
        by=None if isinstance(by, System) else by,
        by_label=actor_ref(by).label,
    )


def _check(mitigations: Sequence[Mitigation]) -> None:
    references = [one.reference for one in mitigations]
    for one in mitigations:
        if not one.title.strip() or len(one.title) > 200 or len(one.reference) > 20 or len(one.owner) > 150:
            raise InvalidInput(
                f"Give mitigation {one.reference[:20]} a title of up to 200 letters, a reference of up to 20 "
                "and an owner of up to 150.",
                field="mitigations",
            )
        if references.count(one.reference) > 1:
            raise InvalidInput(
                f"The reference {one.reference} stands twice.",
                "Give each mitigation a reference of its own.",
                field="mitigations",
            )
