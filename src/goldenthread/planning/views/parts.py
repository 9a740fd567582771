"""What the pages of the planning room share: their tabs, their files, their refusals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from goldenthread.core.access import for_permission
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.parts import Link, NavItem
from goldenthread.core.ui.tables import Column, Row, Table

viewers = for_permission("planning.view")
editors = for_permission("planning.edit")
runners = for_permission("planning.run")
approvers = for_permission("planning.approve")
PAGES = (
    ("Overview", "planning"),
    ("Inputs", "planning_inputs"),
    ("Forecasts", "planning_runs"),
    ("Scenarios", "planning_scenarios"),
    ("Recovery plan", "planning_plans"),
    ("Actuals", "planning_actuals"),
)


def rooms(here: str) -> list[NavItem]:
    """The parts of the planning room."""
    return [NavItem(text, reverse(name), current=name == here) for text, name in PAGES]


def wants_file(request: HttpRequest) -> bool:
    """Whether the page was asked for as a file."""
    return request.GET.get("download") in {"csv", "xlsx"}


def as_file(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Iterable[Row]
) -> HttpResponseBase:
    """The rows as the kind of file that was asked for, CSV unless Excel was."""
    write = xlsx_response if request.GET.get("download") == "xlsx" else csv_response
    return write(name, columns, rows)


def file_links(params: QueryDict, caption: str, **more: str) -> list[Link]:
    """This page's figures as files."""
    out = []
    for kind, text in (("csv", "Download as CSV"), ("xlsx", "Download for Excel")):
        query = params.copy()
        query["download"] = kind
        for name, value in more.items():
            query[name] = value
        out.append(Link(text, f"?{query.urlencode()}", hidden=caption))
    return out


def chosen(tables: Sequence[Table], wanted: str | None) -> Table:
    """The table of which the file was asked for; the first by default."""
    return next((one for one in tables if one.id == wanted), tables[0])


def add_refusal(form: PlainForm, refusal: InvalidInput) -> None:
    """Say on the form what an action refused: at its field where the form has it."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, f"{refusal.message} {refusal.mend}".strip())


def status_of(form: Any) -> int:
    """422 for a form with something to mend, so that programs see it too."""
    return 422 if form.is_bound and form.errors else 200
