"""Forecasts: the list, asking for one, watching one, stopping one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.planning import actions, jobs, permissions, queries
from goldenthread.planning.forms.runs import BASELINE, RunForm
from goldenthread.planning.models import ForecastRun
from goldenthread.planning.presenters import inputs as input_words
from goldenthread.planning.presenters import runs as presenter
from goldenthread.planning.views.parts import add_refusal, rooms, runners, status_of, viewers


@viewers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every forecast, the newest first."""
    by = signed_in(request)
    state = TableState.from_request(request.GET, presenter.COLUMNS, default_sort="-asked")
    page = page_of(queries.runs(by), state)
    table = Table(
        "Forecasts",
        presenter.COLUMNS,
        list(presenter.rows(page.items)),
        state,
        page,
        ("forecast", "forecasts"),
        empty="No forecast has been made yet.",
        caption_hidden=True,
    )
    context = {"rooms": rooms("planning_runs"), "table": table, "may_run": permissions.can_run(by)}
    return render(request, "planning/runs.html", context)


@runners
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a forecast: it is made in the background."""
    by = signed_in(request)
    years = queries.base_years()
    choices = [(str(one.pk), one.title) for one in queries.scenarios(by)]
    given: dict[str, Any] = {"scenarios": choices, "years": (min(years), max(years))}
    form = RunForm(initial={"scenario": request.GET.get("scenario", BASELINE)}, **given)
    if request.method == "POST":
        form = RunForm(request.POST, **given)
        if form.is_valid():
            run = _asked(form, by)
            if run is not None:
                return HttpResponseRedirect(reverse("planning_run", args=[run.pk]))
    context = {
        "rooms": rooms("planning_runs"),
        "form": form,
        "missing": input_words.missing_words(queries.inputs_state(by)),
    }
    return render(request, "planning/run_new.html", context, status=status_of(form))


def _asked(form: RunForm, by: Any) -> ForecastRun | None:
    """The run that was asked for; None where it was refused, which the form then says."""
    data = form.cleaned_data
    try:
        return actions.queue_run(
            by=by,
            title=data["title"],
            scenario_id=None if data["scenario"] == BASELINE else data["scenario"],
            base_year=data["base_year"],
            horizon=data["horizon"],
            simulations=data["simulations"],
            seed=data["seed"],
            then=jobs.queue,
        )
    except InvalidInput as refused:
        add_refusal(form, refused)
    except (NotAllowedNow, NotFound) as refused:
        form.add_error("scenario", f"{refused.message} {refused.mend}")
    return None


@runners
@require_POST
def again(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Ask for the same forecast again, with the inputs that are in force now."""
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    fresh = actions.queue_run(
        by=by,
        title=run.title,
        scenario_id=run.scenario_id,
        base_year=run.base_year,
        horizon=run.horizon,
        simulations=run.simulations,
        seed=run.seed,
        then=jobs.queue,
    )
    return HttpResponseRedirect(reverse("planning_run", args=[fresh.pk]))


@runners
@require_POST
def stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Stop a forecast that waits or is at work."""
    run = actions.stop_run(by=signed_in(request), run_id=run_id)
    messages.success(request, "The forecast was stopped. Nothing of it is kept.")
    return HttpResponseRedirect(reverse("planning_run", args=[run.pk]))


@runners
@require_POST
def beside(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Have savings, and what the deficit hangs on, worked out for a forecast that was made without them."""
    run = queries.run_for(signed_in(request), run_id)
    jobs.queue_beside(run)
    messages.success(request, "It is being worked out. Look again in a minute or two.")
    return HttpResponseRedirect(reverse("planning_run", args=[run.pk]))
