"""Actual spending and savings beside budget and plan, and giving a file of monthly figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.planning import actions, permissions, queries
from goldenthread.planning.forms.inputs import THOUSANDS
from goldenthread.planning.forms.recovery import ActualsForm, MonthForm, months_back
from goldenthread.planning.presenters import actuals as presenter
from goldenthread.planning.presenters import inputs as input_words
from goldenthread.planning.reading.actuals import LAYOUT
from goldenthread.planning.reading.table import FileRefused
from goldenthread.planning.uploads import ACTUALS, as_csv, in_pounds
from goldenthread.planning.views.parts import (
    add_refusal,
    as_file,
    chosen,
    editors,
    file_links,
    rooms,
    status_of,
    viewers,
    wants_file,
)


def _plans(by: Any) -> list[tuple[str, str]]:
    """Each plan by its newest version."""
    found: dict[str, str] = {}
    for one in queries.plans(by):
        found.setdefault(one.slug, one.title)
    return list(found.items())


@viewers
@require_GET
def show(request: HttpRequest) -> HttpResponseBase:
    """Variance, reforecast and which mitigation is behind, to the end of a month."""
    by = signed_in(request)
    plans = _plans(by)
    form = MonthForm(request.GET or None, plans=plans, months=months_back())
    context: dict[str, Any] = {
        "rooms": rooms("planning_actuals"),
        "form": form,
        "any_plan": bool(plans),
        "may_edit": permissions.can_edit(by),
    }
    if plans:
        slug, month = form.chosen
        slug = slug or plans[0][0]
        month = month or queries.latest_month(by, slug) or clock.today().replace(day=1)
        found, figures = queries.variance(by, slug, month), queries.monthly(by, slug)
        if wants_file(request):
            exact = [*presenter.tables(found, exact=True), presenter.by_month(figures, found, exact=True)]
            table = chosen(exact, request.GET.get("table"))
            return as_file(request, f"actuals-{table.id}", table.columns, table.rows)
        tables = [*presenter.tables(found), presenter.by_month(figures, found)]
        if not form.is_bound:
            initial = {"plan": slug, "month": month.isoformat()}
            context["form"] = MonthForm(initial=initial, plans=plans, months=months_back())
        context |= {
            "title": dict(plans)[slug],
            "found": found,
            "figures": presenter.stats(found),
            "tables": [(one, file_links(request.GET, one.caption, table=one.id)) for one in tables],
        }
    return render(request, "planning/actuals.html", context, status=status_of(form))


@viewers
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """Every file of monthly figures that was given."""
    by = signed_in(request)
    state = TableState.from_request(request.GET, presenter.BATCHES, default_sort="")
    page = page_of(list(queries.actual_batches(by)), state)
    table = Table(
        "Files of monthly figures",
        presenter.BATCHES,
        presenter.batch_rows(page.items),
        state,
        page,
        ("file", "files"),
        empty="No file was given yet.",
        caption_hidden=True,
    )
    context = {"rooms": rooms("planning_actuals"), "table": table}
    return render(request, "planning/actuals_files.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give a file of monthly figures: good rows are taken, each wrong one is told."""
    by = signed_in(request)
    plans, problems = dict(_plans(by)), None
    slug = request.GET.get("plan") or next(iter(plans), "")
    if slug not in plans:
        raise NotFound("There is no recovery plan to record savings of.", "Enter the plan first.")
    form = ActualsForm(request.POST or None, request.FILES or None, money=True)
    if request.method == "POST" and form.is_valid():
        try:
            report = _recorded(form, slug, by)
        except FileRefused as refused:
            problems = input_words.problem_table(refused.problems)
            form.add_error("file", "The file cannot be read: see below. Nothing was stored")
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _said(report))
            if not report.problems:
                return HttpResponseRedirect(reverse("planning_actuals"))
            problems = input_words.problem_table(list(report.problems))
            form = ActualsForm(money=True)
    context = {
        "rooms": rooms("planning_actuals"),
        "form": form,
        "problems": problems,
        "layout": LAYOUT,
        "title": plans[slug],
    }
    return render(request, "planning/actuals_give.html", context, status=status_of(form))


def _recorded(form: ActualsForm, slug: str, by: Any) -> Any:
    data = form.cleaned_data
    content = as_csv(data["file"].read(), data["file"].name)
    if data["units"] == THOUSANDS:
        content = in_pounds(content, ACTUALS)
    return actions.record_actuals(
        by=by, content=content, file_name=data["file"].name, source=data["source"], plan_slug=slug
    )


def _said(report: Any) -> str:
    """What became of the rows of a file."""
    taken = f"{report.taken:,} figure{'' if report.taken == 1 else 's'} taken"
    same = f", {report.same:,} the same as before" if report.same else ""
    left = len({one.row for one in report.problems})
    return f"{taken}{same}{f', {left:,} left out: see below' if left else ''}."
