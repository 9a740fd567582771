"""Changing many loaded cases at once, as a later return does: it updates and never deletes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.casework import clock, pace
from goldenthread.casework.actions.bulk import (
    CASE_VALUES,
    EVENT,
    NAMED,
    PLAN_VALUES,
    event_values,
    named_values,
    plan_row,
)
from goldenthread.casework.actions.new import CaseUpdate, NewEvent, NewNamed, NewPlan
from goldenthread.casework.actions.refresh import Change, apply, reconcile
from goldenthread.casework.enums import CLOSED, EventKind
from goldenthread.casework.models import Case, CaseEvent, Deadline, NamedSetting, Plan
from goldenthread.casework.reading import facts_of
from goldenthread.casework.reviewing import next_review_due
from goldenthread.core import audit
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor, ActorRef, actor_ref
from goldenthread.core.permissions import require
from goldenthread.people.rows import chunks, insert_rows, insert_values, update_rows

CHUNK = 500
_CLOCK = (
    "stage",
    "next_step",
    "next_due_on",
    "next_excused",
    "turn",
    "turn_until",
    "final_due_on",
    "forecast_on",
)
_SAVED_CASE = (*CASE_VALUES, "plan_issued_on", "days_to_plan", *_CLOCK, "version", "updated_at")
_SAVED_PLAN = (*PLAN_VALUES, "next_review_due_on", "updated_at")
_SAVED_DEADLINE = ("due_on", "turn", "excused", "closed_on", "met", "caseworker", "updated_at")


def bulk_update_cases(
    updates: Iterable[CaseUpdate], *, by: Actor, source: str = ""
) -> dict[UUID, tuple[str, ...]]:
    """Change fields of many cases; returns what changed, by case: `status`, `plan.primary_need`, `named`.

    A changed case is counted afresh, its version raised, and an event names the fields and `source`.
    The same values again change nothing. Raises NotPermitted, ValueError for a field that may not be changed
    so, KeyError for a case that is not there, IntegrityError for days that contradict each other.
    """
    require(by, "casework.work")
    changed: dict[UUID, tuple[str, ...]] = {}
    with transaction.atomic():
        today = site_clock.today()
        work = _Work(pace.current(today), actor_ref(by), source, today)
        for part in chunks(updates, CHUNK):
            changed |= work.chunk(part)
        if changed:
            audit.record(by=by, action="case.reloaded", details={"count": len(changed), "source": source})
    return changed


class _Work:
    """One run of updates."""

    def __init__(self, recent: pace.Paces, ref: ActorRef, source: str, today: date) -> None:
        self.recent, self.source, self.today = recent, source, today
        self.ref = replace(ref, label=source or ref.label)

    def chunk(self, part: Sequence[CaseUpdate]) -> dict[UUID, tuple[str, ...]]:
        cases = self._cases(part)
        touched: dict[UUID, list[str]] = {}
        plans: dict[UUID, tuple[Plan, bool]] = {}
        named: dict[UUID, tuple[Plan, Sequence[NewNamed]]] = {}
        for update in part:
            case = cases[update.case_id]
            names = _set(case, update.case, CASE_VALUES, "")
            if "status" in names and case.status not in CLOSED:
                case.closed_on, case.closing_reason = None, ""  # it goes on after all
            plan, new, changes = self._plan(case, update.plan)
            names += changes
            if plan is not None and changes:
                plans[case.pk] = (plan, new or plans.get(case.pk, (plan, False))[1])
            if plan is not None and update.named is not None and (new or _named_differs(plan, update.named)):
                names.append("named")
                named[case.pk] = (plan, update.named)
            if names:
                touched.setdefault(case.pk, []).extend(names)
        self._save([cases[key] for key in touched], plans, named, touched)
        return {key: tuple(dict.fromkeys(names)) for key, names in touched.items()}

    @staticmethod
    def _cases(part: Sequence[CaseUpdate]) -> dict[UUID, Case]:
        keys = sorted({update.case_id for update in part})
        list(Case.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        rows = Case.objects.filter(pk__in=keys).select_related("person", "plan")
        read = rows.prefetch_related(
            "advice", "setting_consultations", "exceptions", "deadlines", "plan__named_settings"
        )
        return {row.pk: row for row in read}

    @staticmethod
    def _plan(case: Case, values: Mapping[str, Any]) -> tuple[Plan | None, bool, list[str]]:
        plan = getattr(case, "plan", None)
        given = {name: value for name, value in values.items() if value not in (None, "")}
        if plan is None and given:
            plan = plan_row(case, NewPlan(**given))
            case.plan = plan
            new, names = True, [f"plan.{name}" for name in given]
        else:
            new, names = False, [] if plan is None else _set(plan, given, PLAN_VALUES, "plan.")
        if plan is not None and names:
            case.plan_issued_on = None if plan.transferred_on else plan.started_on
            case.closed_on = plan.ceased_on
            plan.next_review_due_on = _next_review(plan)
        return plan, new, names

    def _save(
        self,
        cases: Sequence[Case],
        plans: Mapping[UUID, tuple[Plan, bool]],
        named: Mapping[UUID, tuple[Plan, Sequence[NewNamed]]],
        touched: Mapping[UUID, list[str]],
    ) -> None:
        now = site_clock.now()
        events, total = [], Change()
        for case in cases:
            facts = facts_of(case)
            dues = clock.deadlines_for(facts)
            apply(case, facts, dues, self.recent, self.today)
            change = reconcile(case, dues, case.deadlines.all(), on=self.today, corrected=False)
            total.fresh += change.fresh
            total.changed += change.changed
            total.gone += change.gone
            case.version += 1
            case.updated_at = now
            fields = sorted(set(touched[case.pk]))
            event = NewEvent(EventKind.LOADED, self.today, data={"fields": fields, "source": self.source})
            events.append(event_values(case, event, self.ref, now))
        update_rows(Case, cases, _SAVED_CASE)
        for plan, _ in plans.values():
            plan.updated_at = now
        insert_rows(Plan, [plan for plan, new in plans.values() if new])
        update_rows(Plan, [plan for plan, new in plans.values() if not new], _SAVED_PLAN)
        NamedSetting.objects.filter(plan__in=[plan for plan, _ in named.values()]).delete()
        values = [named_values(plan, one, now) for plan, entries in named.values() for one in entries]
        insert_values(NamedSetting, NAMED, values)
        _store(total, now)
        insert_values(CaseEvent, EVENT, events)


def _store(change: Change, now: Any) -> None:
    for row in change.changed:
        row.updated_at = now
    insert_rows(Deadline, change.fresh)
    update_rows(Deadline, change.changed, _SAVED_DEADLINE)
    Deadline.objects.filter(pk__in=[row.pk for row in change.gone]).delete()


def _set(row: Any, values: Mapping[str, Any], allowed: Sequence[str], prefix: str) -> list[str]:
    """Set what is given and differs; the names of what changed."""
    strange = set(values) - set(allowed)
    if strange:
        raise ValueError(f"These fields cannot be changed so: {', '.join(sorted(strange))}.")
    changed = []
    for name, value in values.items():
        if value in (None, "") or getattr(row, name) == value:
            continue
        setattr(row, name, value)
        changed.append(prefix + name)
    return changed


def _named_differs(plan: Plan, named: Sequence[NewNamed]) -> bool:
    names = ("setting_id", "sen_setting", "sen_setting_other", "rank", "sen_unit", "resourced_provision")
    stored = {tuple(getattr(one, name) for name in names) for one in plan.named_settings.all()}
    return stored != {tuple(getattr(one, name) for name in names) for one in named}


def _next_review(plan: Plan) -> date | None:
    if plan.ceased_on is not None:
        return None
    return next_review_due(
        started_on=plan.started_on,
        decided_on=plan.last_review_decided_on,
        met_on=plan.last_review_meeting_on,
        recorded_from=plan.recorded_from,
    )
