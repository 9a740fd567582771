"""The recovery plan: what was stated, whether it adds up, its actions and milestones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.planning import actions, permissions, queries
from goldenthread.planning.enums import MilestoneState, PlanState
from goldenthread.planning.forms.inputs import THOUSANDS
from goldenthread.planning.forms.recovery import MilestoneForm, PlanForm
from goldenthread.planning.models import RecoveryPlan
from goldenthread.planning.presenters import inputs as input_words
from goldenthread.planning.presenters import recovery as presenter
from goldenthread.planning.queries.milestones import milestone_for
from goldenthread.planning.reading.table import FileRefused
from goldenthread.planning.stated_table import ACTIONS_LAYOUT, ROWS_LAYOUT, Head, read_plan
from goldenthread.planning.uploads import as_csv
from goldenthread.planning.views.parts import (
    add_refusal,
    approvers,
    as_file,
    chosen,
    editors,
    file_links,
    rooms,
    status_of,
    viewers,
    wants_file,
)


@viewers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every version of every plan."""
    by = signed_in(request)
    state = TableState.from_request(request.GET, presenter.COLUMNS, default_sort="-entered")
    page = page_of(queries.plans(by), state)
    table = Table(
        "Recovery plans",
        presenter.COLUMNS,
        list(presenter.rows(page.items)),
        state,
        page,
        ("version", "versions"),
        empty="No recovery plan has been entered yet.",
        caption_hidden=True,
    )
    context = {"rooms": rooms("planning_plans"), "table": table, "may_edit": permissions.can_edit(by)}
    return render(request, "planning/plans.html", context)


@viewers
@require_GET
def show(request: HttpRequest, slug: str, version: int) -> HttpResponseBase:
    """One version: its figures with each that does not follow from its parts, its actions."""
    by = signed_in(request)
    found = queries.plan(by, slug, version)
    checked, record = found.checked, found.record
    rounding = [one for one in checked.disagreements if one.within_rounding]
    tables = [
        presenter.disagreements(checked.beyond_rounding, "Do not follow from their parts", "wrong"),
        presenter.figures(checked),
        presenter.disagreements(rounding, "Differ by no more than rounding explains", "rounding"),
    ]
    if wants_file(request):
        table = chosen(tables, request.GET.get("table"))
        return as_file(request, f"recovery-plan-{table.id}", table.columns, table.rows)
    may_edit = permissions.can_edit(by)
    context = {
        "rooms": rooms("planning_plans"),
        "plan": record,
        "state": presenter.STATES[record.state],
        "figures": presenter.check_stats(checked),
        "remarks": presenter.remarks(checked.beyond_rounding),
        "tables": [(one, file_links(request.GET, one.caption, table=one.id)) for one in tables],
        "actions": _actions(record, may_edit=may_edit),
        "may_approve": permissions.can_approve(by) and record.state == PlanState.DRAFT,
        "may_edit": may_edit,
    }
    return render(request, "planning/plan.html", context)


def _actions(record: RecoveryPlan, *, may_edit: bool) -> list[tuple[Any, Any, Table]]:
    """Each action with its facts and its milestones."""
    found = []
    for one in queries.actions_of(record):
        rows = list(presenter.milestone_rows(one.milestones.all(), may_edit=may_edit))
        caption = f"Milestones of action {one.reference}"
        table = Table(caption, presenter.MILESTONE_COLUMNS, rows, id=f"milestones-{one.order}",
                      caption_hidden=True)  # fmt: skip
        found.append((one, presenter.action_facts(one), table))
    return found


@approvers
@require_POST
def approve(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Approve a version of a plan: it stays as it is."""
    by = signed_in(request)
    record = actions.approve_plan(by=by, plan_id=queries.plan_version(by, slug, version).pk)
    messages.success(request, "The plan is approved. This version stays as it is.")
    return HttpResponseRedirect(presenter.plan_href(record))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a plan as it was published."""
    form, problems = PlanForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            record = actions.enter_plan(by=signed_in(request), stated=_stated(form))
        except FileRefused as refused:
            problems = input_words.problem_table(refused.problems)
            form.add_error("rows", "A file has wrong cells: see below. Nothing was stored")
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The plan is entered. Below is what does not add up.")
            return HttpResponseRedirect(presenter.plan_href(record))
    context = {
        "rooms": rooms("planning_plans"),
        "form": form,
        "problems": problems,
        "rows_layout": ROWS_LAYOUT,
        "actions_layout": ACTIONS_LAYOUT,
    }
    return render(request, "planning/plan_new.html", context, status=status_of(form))


def _stated(form: PlanForm) -> Any:
    data = form.cleaned_data
    second = data["actions"]
    return read_plan(
        Head(data["title"], data["source"], data["stated_on"], tuple(data["notes"].splitlines())),
        as_csv(data["rows"].read(), data["rows"].name),
        as_csv(second.read(), second.name) if second else None,
        in_thousands=data["units"] == THOUSANDS,
    )


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Say how a milestone stands."""
    by = signed_in(request)
    found = milestone_for(by, milestone_id)
    initial = {"state": found.state, "done_on": found.done_on, "note": found.note}
    form = MilestoneForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.update_milestone(
                by=by,
                milestone_id=milestone_id,
                state=MilestoneState(data["state"]),
                on=data["done_on"],
                note=data["note"],
            )
        except InvalidInput as refused:
            form.add_error("done_on", f"{refused.message} {refused.mend}".strip())
        else:
            return HttpResponseRedirect(presenter.plan_href(found.action.plan))
    context = {
        "rooms": rooms("planning_plans"),
        "form": form,
        "milestone": found,
        "back": reverse("planning_plan", args=[found.action.plan.slug, found.action.plan.version]),
    }
    return render(request, "planning/milestone.html", context, status=status_of(form))
