"""The inputs wizard: what is there, what is missing, what is assumed; giving a file of each kind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of
from goldenthread.planning import actions, permissions, queries
from goldenthread.planning.enums import InputKind
from goldenthread.planning.forms.inputs import THOUSANDS, InputForm
from goldenthread.planning.presenters import inputs as presenter
from goldenthread.planning.reading import LAYOUTS
from goldenthread.planning.reading.table import FileRefused
from goldenthread.planning.uploads import MONEY, as_csv, in_pounds
from goldenthread.planning.views.parts import add_refusal, editors, rooms, status_of, viewers


@viewers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Each kind of input with how it stands."""
    by = signed_in(request)
    states = queries.inputs_state(by)
    context = {
        "rooms": rooms("planning_inputs"),
        "tasks": presenter.tasks(states),
        "missing": presenter.missing_words(states),
        "may_edit": permissions.can_edit(by),
    }
    return render(request, "planning/inputs.html", context)


@viewers
@require_GET
def show(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of input: what is in force, and every version before it."""
    by, which = signed_in(request), _kind(kind)
    state = TableState.from_request(request.GET, presenter.VERSIONS, default_sort="")
    versions = queries.input_versions(by, which)
    page = page_of(list(versions), state)
    table = Table(
        "Versions",
        presenter.VERSIONS,
        list(presenter.version_rows(page.items)),
        state,
        page,
        ("version", "versions"),
        empty="No version was given yet.",
    )
    found = next(one for one in queries.inputs_state(by) if one.kind == which)
    context = {
        "rooms": rooms("planning_inputs"),
        "kind": which,
        "state": found,
        "tag": presenter.tag_of(found),
        "table": table,
        "layout": presenter.layout_words(which),
        "uploads": which in LAYOUTS,
        "may_edit": permissions.can_edit(by),
    }
    return render(request, "planning/input.html", context)


def _kind(kind: str, *, given_here: bool = False) -> InputKind:
    """The kind in an address. Raises NotFound."""
    if kind not in InputKind.values or (given_here and InputKind(kind) not in LAYOUTS):
        raise NotFound("There is no such input.", "Go back to the list of inputs.")
    return InputKind(kind)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a file of one kind: it becomes the newest version, or every wrong cell of it is told."""
    which, problems = _kind(kind, given_here=True), None
    form = InputForm(money=which in MONEY)
    if request.method == "POST":
        form = InputForm(request.POST, request.FILES, money=which in MONEY)
        if form.is_valid():
            try:
                version = _store(form, which, signed_in(request))
            except FileRefused as refused:
                problems = presenter.problem_table(refused.problems)
                form.add_error("file", f"{_many(len(refused.problems))}: see below. Nothing was stored")
            except InvalidInput as refused:
                add_refusal(form, refused)
            else:
                messages.success(request, f"{which.label}: version {version.number} is in force.")
                return HttpResponseRedirect(reverse("planning_input", args=[which.value]))
    context = {
        "rooms": rooms("planning_inputs"),
        "kind": which,
        "form": form,
        "problems": problems,
        "layout": presenter.layout_words(which),
        "template_file": presenter.template_link(which),
        "money": which in MONEY,
    }
    return render(request, "planning/input_give.html", context, status=status_of(form))


def _many(count: int) -> str:
    return "One cell is wrong" if count == 1 else f"{count:,} cells are wrong"


def _store(form: InputForm, kind: InputKind, by: Any) -> Any:
    data = form.cleaned_data
    content = as_csv(data["file"].read(), data["file"].name)
    if data.get("units") == THOUSANDS:
        content = in_pounds(content, MONEY[kind])
    return actions.store_input(
        by=by,
        kind=kind,
        content=content,
        file_name=data["file"].name,
        source=data["source"],
        assumed=data["assumed"],
    )


@viewers
@require_GET
def template_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A file of one kind to fill in, with its headings and codes."""
    which = _kind(kind, given_here=True)
    head, *lines = presenter.template_rows(which)
    columns = [Column(str(at), str(name)) for at, name in enumerate(head)]
    rows = [Row({str(at): cell for at, cell in enumerate(line)}) for line in lines]
    write = xlsx_response if request.GET.get("download") == "xlsx" else csv_response
    return write(f"{which.value}-to-fill-in", columns, rows)
