"""Settings: the list, one setting, and loading the register."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings as site
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core import panels
from goldenthread.core.access import signed_in
from goldenthread.core.ids import new_id
from goldenthread.core.permissions import holds
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.filters import number
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.people import actions
from goldenthread.people.actions import ImportReport
from goldenthread.people.forms.lists import RegisterForm, SettingFilter
from goldenthread.people.presenters.lists import (
    PROBLEM_COLUMNS,
    SETTING_COLUMNS,
    problem_rows,
    setting_facts,
    setting_rows,
)
from goldenthread.people.queries import setting_with, settings_list
from goldenthread.people.queries.settings import setting_choices
from goldenthread.people.views.acting import act, ask_then_do, register_loaders, setting_readers

_WAITING = "register_waiting"


@setting_readers
def listing(request: HttpRequest) -> HttpResponseBase:
    """Schools, colleges and early years settings."""
    form = SettingFilter(request.GET, choices=setting_choices())
    given = form.cleaned_data if form.is_valid() else {}
    rows = settings_list(
        text=given.get("q", ""), **{name: given.get(name, "") for name in ("group", "phase", "la", "status")}
    )
    state = TableState.from_request(request.GET, SETTING_COLUMNS, default_sort="name")
    if request.GET.get("download") in {"csv", "xlsx"}:
        ordered = rows.order_by(*state.ordering()).iterator(chunk_size=2_000)
        respond = csv_response if request.GET["download"] == "csv" else xlsx_response
        return respond("settings", SETTING_COLUMNS, setting_rows(ordered, links=False))
    shown = page_of(rows, state)
    table = Table(
        "Settings",
        SETTING_COLUMNS,
        list(setting_rows(shown.items)),
        state,
        shown,
        ("setting", "settings"),
        empty="No setting fits.",
        empty_hint="Take a filter off. If the list is empty, the register has not been loaded yet.",
        downloads=True,
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("settings"))
    may_load = holds(signed_in(request), "people.import_settings")
    return render(request, "people/settings.html", {"table": table, "panel": panel, "may_load": may_load})


@setting_readers
def detail(request: HttpRequest, setting_id: UUID) -> HttpResponse:
    """One setting, as the register has it."""
    setting = setting_with(setting_id)
    context = {
        "setting": setting,
        "facts": setting_facts(setting),
        "extra": sorted(setting.extra.items()),
        "panels": panels.panels_for("setting", setting, signed_in(request)),
    }
    return render(request, "people/setting.html", context)


@register_loaders
@ask_then_do
def load(request: HttpRequest) -> HttpResponse:
    """Load the register: the file is checked first, and loaded when the person has seen what it would do."""
    if request.method == "POST" and "confirm" in request.POST:
        return _confirmed(request)
    posted = request.method == "POST"
    form = RegisterForm(request.POST if posted else None, request.FILES if posted else None)
    report: ImportReport | None = None
    if posted and form.is_valid():
        path = _put_aside(request, form.cleaned_data["file"])
        report = act(form, lambda: _run(request, path, check_only=True))
        if report is None:
            path.unlink(missing_ok=True)
    return render(request, "people/settings_load.html", {"form": form, **_shown(report)})


def _put_aside(request: HttpRequest, file: UploadedFile[bytes]) -> Path:
    """Keep the file until it is confirmed; one at a time for each person."""
    _forget(request)
    folder = Path(site.MEDIA_ROOT) / "register"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{new_id()}.csv"
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    request.session[_WAITING] = path.name
    return path


def _waiting(request: HttpRequest) -> Path | None:
    name = request.session.get(_WAITING)
    path = Path(site.MEDIA_ROOT) / "register" / name if name else None
    return path if path is not None and path.exists() else None


def _forget(request: HttpRequest) -> None:
    if path := _waiting(request):
        path.unlink()
    request.session.pop(_WAITING, None)


def _run(request: HttpRequest, path: Path, *, check_only: bool) -> ImportReport:
    with path.open("rb") as file:
        return actions.import_settings(by=signed_in(request), file=file, check_only=check_only)


def _confirmed(request: HttpRequest) -> HttpResponse:
    path = _waiting(request)
    if path is None:
        messages.error(request, "The file is no longer waiting. Choose it again.")
        return HttpResponseRedirect(reverse("settings_load"))
    report = _run(request, path, check_only=False)
    _forget(request)
    words = f"{number(report.new)} settings were added and {number(report.changed)} changed."
    messages.success(request, words)
    return HttpResponseRedirect(reverse("settings"))


def _shown(report: ImportReport | None) -> dict[str, object]:
    if report is None:
        return {}
    problems = Table(
        "Problems in the file", PROBLEM_COLUMNS, problem_rows(report), empty="No problems.", id="problems"
    )
    return {
        "report": report,
        "problems": problems,
        "all_problems": len(report.problems) + report.more_problems,
    }
