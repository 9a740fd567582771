"""Scenarios: the list, one with its mitigations and what they change, copies, and side by side."""

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
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.planning import actions, permissions, queries
from goldenthread.planning.forms.runs import LookForm
from goldenthread.planning.forms.scenarios import CompareForm, ScenarioForm
from goldenthread.planning.presenters import results
from goldenthread.planning.presenters import scenarios as presenter
from goldenthread.planning.presenters.runs import AS_IS
from goldenthread.planning.queries.analyses import newest_runs
from goldenthread.planning.queries.previews import preview
from goldenthread.planning.views.parts import (
    add_refusal,
    as_file,
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
    """Every scenario by name."""
    by = signed_in(request)
    state = TableState.from_request(request.GET, presenter.COLUMNS, default_sort="name")
    page = page_of(queries.scenarios(by), state)
    table = Table(
        "Scenarios",
        presenter.COLUMNS,
        list(presenter.rows(page.items)),
        state,
        page,
        ("scenario", "scenarios"),
        empty="No scenario has been made yet.",
        caption_hidden=True,
    )
    context = {"rooms": rooms("planning_scenarios"), "table": table, "may_edit": permissions.can_edit(by)}
    return render(request, "planning/scenarios.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new scenario without mitigations."""
    form = ScenarioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.make_scenario(by=signed_in(request), title=data["title"], notes=data["notes"])
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            return HttpResponseRedirect(reverse("planning_scenario", args=[made.pk]))
    context = {"rooms": rooms("planning_scenarios"), "form": form, "heading": "New scenario"}
    return render(request, "planning/scenario_form.html", context, status=status_of(form))


@viewers
@require_GET
def show(request: HttpRequest, scenario_id: UUID) -> HttpResponseBase:
    """A scenario, its mitigations in order and, where asked, what they change."""
    by = signed_in(request)
    scenario = queries.scenario_for(by, scenario_id)
    mitigations = queries.forecast_mitigations(queries.scenario_version(by, scenario))
    context: dict[str, Any] = {
        "rooms": rooms("planning_scenarios"),
        "scenario": scenario,
        "mitigations": [(at, one, presenter.facts(one)) for at, one in enumerate(mitigations, start=1)],
        "may_edit": permissions.can_edit(by) and not scenario.archived,
        "may_run": permissions.can_run(by) and not scenario.archived,
        "run": queries.latest_run(by, scenario),
    }
    if "effect" in request.GET and mitigations:
        try:
            found = preview(by, mitigations)
        except (InvalidInput, NotAllowedNow) as refused:
            context |= {"refused": f"{refused.message} {refused.mend}".strip()}
        else:
            table = presenter.effect_table(found.as_is, found.mitigated, exact=wants_file(request))
            if wants_file(request):
                return as_file(request, "effect", table.columns, [*table.rows, *filter(None, [table.foot])])
            chart = results.deficit_fan(found.as_is, 0.0, ("With mitigations", found.mitigated))
            files = file_links(request.GET, "What the mitigations change")
            context |= {"effect": table, "chart": chart, "remarks": found.remarks, "files": files}
            context |= {"simulations": found.as_is.simulations}
    return render(request, "planning/scenario.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Change the name of a scenario and what it is for."""
    by = signed_in(request)
    scenario = queries.scenario_for(by, scenario_id)
    initial = {"title": scenario.title, "notes": scenario.notes, "version": scenario.version}
    form = ScenarioForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.edit_scenario(
                by=by,
                scenario_id=scenario.pk,
                version=data["version"] or 0,
                title=data["title"],
                notes=data["notes"],
                mitigations=queries.forecast_mitigations(queries.scenario_version(by, scenario)),
            )
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            return HttpResponseRedirect(reverse("planning_scenario", args=[scenario.pk]))
    context = {"rooms": rooms("planning_scenarios"), "form": form, "scenario": scenario}
    context["heading"] = "Change the scenario"
    return render(request, "planning/scenario_form.html", context, status=status_of(form))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A new scenario that begins as a copy of this one."""
    by = signed_in(request)
    scenario = queries.scenario_for(by, scenario_id)
    form = ScenarioForm(request.POST or None, initial={"title": f"{scenario.title[:140]}, copy"})
    del form.fields["notes"]
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.copy_scenario(by=by, scenario_id=scenario.pk, title=form.cleaned_data["title"])
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The scenario was copied. Change the copy as you like.")
            return HttpResponseRedirect(reverse("planning_scenario", args=[made.pk]))
    context = {"rooms": rooms("planning_scenarios"), "form": form, "scenario": scenario}
    context["heading"] = f"Copy {scenario.title}"
    return render(request, "planning/scenario_form.html", context, status=status_of(form))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Put a scenario away."""
    by = signed_in(request)
    scenario = queries.scenario_for(by, scenario_id)
    if request.method == "POST":
        actions.archive_scenario(by=by, scenario_id=scenario.pk)
        messages.success(request, "The scenario was put away. Its forecasts can still be read.")
        return HttpResponseRedirect(reverse("planning_scenarios"))
    context = {"rooms": rooms("planning_scenarios"), "scenario": scenario}
    return render(request, "planning/scenario_archive.html", context)


@viewers
@require_GET
def compare(request: HttpRequest) -> HttpResponseBase:
    """Up to four scenarios side by side, by the newest forecast of each."""
    by = signed_in(request)
    found = newest_runs(by)
    names = [(key, AS_IS if run.scenario is None else run.scenario.title) for key, run in found.items()]
    form = CompareForm(request.GET if "scenario" in request.GET else None, scenarios=names)
    look = LookForm(request.GET or None)
    _, threshold = look.chosen
    context: dict[str, Any] = {"rooms": rooms("planning_scenarios"), "form": form, "look": look}
    context["any"] = len(names) > 1
    if form.is_bound and form.is_valid():
        wanted = [key for key, _ in names if key in form.cleaned_data["scenario"]]
        sides = [(dict(names)[key], queries.result_of(by, found[key])) for key in wanted]
        exact = wants_file(request)
        tables = [
            presenter.compare_table(sides, threshold, exact=exact),
            presenter.compare_by_year(sides, exact=exact),
        ]
        if exact:
            table = tables[1] if request.GET.get("table") == tables[1].id else tables[0]
            return as_file(request, table.id, table.columns, table.rows)
        context["tables"] = [(one, file_links(request.GET, one.caption, table=one.id)) for one in tables]
        if len(sides) > 1 and sides[0][1].years == sides[1][1].years:
            context["chart"] = results.deficit_fan(sides[0][1], threshold, sides[1])
    return render(request, "planning/compare.html", context, status=status_of(form))


@editors
@require_POST
def move(request: HttpRequest, scenario_id: UUID, number: int) -> HttpResponse:
    """Move a mitigation one place up or down."""
    by = signed_in(request)
    scenario = queries.scenario_for(by, scenario_id)
    found = queries.forecast_mitigations(queries.scenario_version(by, scenario))
    other = number - 1 if request.POST.get("way") == "up" else number + 1
    if 1 <= number <= len(found) and 1 <= other <= len(found):
        found[number - 1], found[other - 1] = found[other - 1], found[number - 1]
        actions.edit_scenario(
            by=by,
            scenario_id=scenario.pk,
            version=scenario.version,
            title=scenario.title,
            notes=scenario.notes,
            mitigations=found,
        )
    return HttpResponseRedirect(f"{reverse('planning_scenario', args=[scenario.pk])}#mitigation-{other}")
