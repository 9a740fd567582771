"""The High Needs Block at a glance."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.core.access import signed_in
from goldenthread.planning import permissions, queries
from goldenthread.planning.forms.runs import LookForm
from goldenthread.planning.presenters import inputs as input_words
from goldenthread.planning.presenters import results, runs
from goldenthread.planning.presenters.record import record_tables, record_words
from goldenthread.planning.queries.analyses import before_of
from goldenthread.planning.views.parts import rooms, viewers


@viewers
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The newest forecast of things as they are, how far to trust it, and what is missing."""
    by = signed_in(request)
    form = LookForm(request.GET or None)
    context: dict[str, Any] = {
        "rooms": rooms("planning"),
        "form": form,
        "missing": input_words.missing_words(queries.inputs_state(by)),
        "under_way": queries.run_under_way(by),
        "may_run": permissions.can_run(by),
        "record": record_tables(),
        "record_words": record_words(),
    }
    run = queries.latest_run(by)
    if run is not None:
        _, threshold = form.chosen
        summary = queries.result_of(by, run)
        context |= {
            "run": run,
            "scenario": runs.scenario_name(run),
            "figures": results.headline(summary, threshold),
            "charts": [
                results.deficit_fan(summary, threshold),
                results.plans_fan(summary, before_of(by, run)),
            ],
            "overflow": results.overflow_words(summary),
        }
    return render(request, "planning/overview.html", context)
