"""The final plan, and a plan that comes from another council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db import transaction

from goldenthread.casework import clock, permissions, policies, steps
from goldenthread.casework.actions.references import reserve
from goldenthread.casework.actions.requests import check_nothing_open, lock_person
from goldenthread.casework.actions.shape import begin, happened, happened_at_start
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, NamedSetting, Plan
from goldenthread.casework.reading import facts_of
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.statute.deadlines import annual_review_due
from goldenthread.statute.rules import law_version


@dataclass(frozen=True, slots=True)
class SectionI:
    """One entry of section I: a setting by key, or else a type of setting by its SEN2 code."""

    setting_id: UUID | None = None
    sen_setting: str = ""
    sen_setting_other: str = ""
    sen_unit: bool = False
    resourced_provision: bool = False


@transaction.atomic
def issue_final_plan(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    primary_need: str,
    named: Sequence[SectionI],
    secondary_need: str = "",
    family_agreed: bool = False,
    residential: str = "",
    work_based: str = "",
    personal_budget: bool = False,
    organised_arrangements: bool = False,
    direct_payment: str = "",
    note: str = "",
    version: int | None = None,
) -> Case:
    """Send the final plan on a day: within 20 weeks of the request (R13(2)), its section I naming a setting
    or a type, and not before the family had its 15 days unless `family_agreed` to fewer.

    Needs are SEN2 types. Whether an exception applied to the 20 weeks follows from the exceptions recorded.
    Raises NotPermitted, NotFound for a setting, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.PLAN_ISSUED)
    policies.check_day(case, on)
    policies.check_views_time(case, on, family_agreed)
    check_needs(primary_need, secondary_need)
    plan = Plan(case=case, person_id=case.person_id, started_on=on)
    plan.primary_need, plan.secondary_need = primary_need, secondary_need
    plan.residential, plan.work_based, plan.direct_payment = residential, work_based, direct_payment
    plan.personal_budget, plan.organised_arrangements = personal_budget, organised_arrangements
    plan.next_review_due_on = annual_review_due(on)
    plan.save()
    write_section_i(plan, named)
    case.plan_issued_on = on
    # `happened` moves the case on; the excuse is judged on the facts that then hold.
    case.status = Status.DRAFT
    case.week20_exception = applied_exception(case)
    data = {"settings": len(named), "need": primary_need, "family_agreed": family_agreed}
    return happened(case, by=by, kind=EventKind.PLAN_ISSUED, on=on, note=note, data=data)


def applied_exception(case: Case) -> bool:
    """SEN2 Week20: the plan came after its 20 weeks, and an exception recorded for them stands."""
    for due in clock.deadlines_for(facts_of(case)):
        if due.rule == steps.FINAL and due.excused_by:
            return case.plan_issued_on is not None and case.plan_issued_on > due.due_on
    return False


@transaction.atomic
def transfer_in(
    *,
    person_id: UUID,
    by: Actor,
    on: date,
    transferred_from: str,
    started_on: date,
    primary_need: str,
    named: Sequence[SectionI],
    secondary_need: str = "",
    last_review_on: date | None = None,
    note: str = "",
) -> Case:
    """Take over a plan from another council on a day (`transferred_from`: its LA code; CFA s.47, R15).

    `started_on` is when the plan was first made. The family is to be told in 6 weeks, and the first review is
    due at the later of the old date and 3 months. Raises NotPermitted, NotFound, NotAllowedNow, InvalidInput.
    """
    permissions.check_can_decide(by)
    policies.check_known_day(on)
    policies.check_not_before(on, started_on, "the plan was made")
    policies.check_known_day(started_on, "started_on")
    check_needs(primary_need, secondary_need)
    if not (transferred_from.isdigit() and len(transferred_from) == 3):
        raise InvalidInput(
            "Give the other council's three-digit LA code.", "Such as 999.", "transferred_from"
        )
    case = Case(person_id=person_id, law_version=law_version(on))
    lock_person(case)
    check_nothing_open(case)
    case.reference = reserve(1)[0]
    case.status, case.version = Status.PLAN, 0
    case.save(force_insert=True)
    plan = Plan(case=case, person_id=person_id, started_on=started_on, transferred_on=on)
    plan.transferred_from, plan.last_review_decided_on = transferred_from, last_review_on
    plan.primary_need, plan.secondary_need = primary_need, secondary_need
    plan.save()
    write_section_i(plan, named)
    data = {"from": transferred_from, "settings": len(named)}
    return happened_at_start(case, by=by, kind=EventKind.PLAN_TRANSFERRED_IN, on=on, note=note, data=data)


@transaction.atomic
def record_family_told(
    *, case_id: UUID, by: Actor, on: date, note: str = "", version: int | None = None
) -> Case:
    """Record that the family was told of a transferred plan: theirs now, when reviewed, whether reassessed
    (R15(4)). Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.NOTE)
    policies.check_transfer_untold(case)
    plan = case.plan
    policies.check_known_day(on)
    policies.check_not_before(on, plan.transferred_on, "the plan was transferred")
    plan.move_told_on = on
    plan.save()
    data = {"told": "transfer"}
    return happened(
        case, by=by, kind=EventKind.NOTE, on=on, note=note or "Family told of the transfer.", data=data
    )


def check_needs(primary: str, secondary: str) -> None:
    """A main type of need, and a different second one or none."""
    policies.check_code(primary, "sen_type", "primary_need")
    if secondary:
        policies.check_code(secondary, "sen_type", "secondary_need")
        if secondary == primary:
            raise InvalidInput("The two needs are the same.", "Leave the second empty.", "secondary_need")


def write_section_i(plan: Plan, named: Sequence[SectionI]) -> None:
    """Replace section I by these entries, in order. Raises InvalidInput, and NotFound for a setting."""
    policies.check_section_i(len(named))
    for one in named:
        if (one.setting_id is None) == (one.sen_setting == ""):
            raise InvalidInput(
                "Name a setting or a type of setting, not both.", "Clear one of them.", "named"
            )
        if one.sen_setting:
            policies.check_code(one.sen_setting, "sen_setting", "named")
    keys = {one.setting_id for one in named if one.setting_id}
    settings = apps.get_model("people.Setting")._default_manager
    if settings.filter(pk__in=keys).count() != len(keys):
        raise NotFound("There is no such setting.")
    plan.named_settings.all().delete()
    NamedSetting.objects.bulk_create(
        NamedSetting(
            plan=plan,
            setting_id=one.setting_id,
            sen_setting=one.sen_setting,
            sen_setting_other=one.sen_setting_other,
            rank=rank,
            sen_unit=one.sen_unit,
            resourced_provision=one.resourced_provision,
        )
        for rank, one in enumerate(named, start=1)
    )
