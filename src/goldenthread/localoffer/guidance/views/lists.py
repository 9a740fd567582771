"""Lists of nurseries, schools and colleges by kind, phase and need; and what one of them answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core.access import public
from goldenthread.core.refusals import NotFound
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import Link, NavItem
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of
from goldenthread.core.ui.tags import Tag
from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import Question
from goldenthread.localoffer.guidance import settings_lists
from goldenthread.localoffer.guidance.settings_lists import ALL, QUESTIONS, SettingLine, Wanted
from goldenthread.localoffer.guidance.views.public import trail

FILES: Final[dict[str, Callable[..., HttpResponseBase]]] = {"csv": csv_response, "xlsx": xlsx_response}
NOT_TOLD = "Has not told us yet"
CSV_COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("town", "Where", sortable=True),
    Column("area", "Area"),
    Column("kinds", "Kind"),
    Column("phases", "Phase"),
    Column("needs", "Needs it says it meets"),
    Column("answered", "Seven questions", sortable=True),
    Column("checked_on", "Checked on", sortable=True),
)


class Narrow(PlainForm):
    """The filters of a list."""

    phase = forms.ChoiceField(label="Phase", required=False)
    need = forms.ChoiceField(label="Kind of need", required=False)
    outside = forms.BooleanField(label="Only outside our area", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, slug in (("phase", terms.PHASE), ("need", terms.NEED)):
            rows = [(one.code, one.name) for one in terms.tops(slug)]
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Any"), *rows]

    def wanted(self, kind: str) -> Wanted:
        """What is asked for; what is no choice asks nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(kind, given.get("phase", ""), given.get("need", ""), bool(given.get("outside", False)))


@public
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of setting with its numbers, and the ways to narrow a list."""
    found = settings_lists.kinds()
    context = {
        "kinds": found,
        "phases": [(one.code, one.name) for one in terms.tops(terms.PHASE)],
        "needs": [(one.code, one.name) for one in terms.tops(terms.NEED)],
        "trail": trail(),
    }
    return render(request, "localoffer/guidance/settings.html", context)


@public
@require_safe
def of_kind(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The settings of a kind, or all of them; as a file too."""
    title = _title(kind)
    form = Narrow(request.GET)
    wanted = form.wanted("" if kind == ALL else kind)
    told = settings_lists.settings_with_entries(wanted)
    silent = settings_lists.settings_without_entries(wanted)
    rows = [settings_lists.with_names(one) for one in (*told, *silent)]
    if write := FILES.get(request.GET.get("download", "")):
        return write(f"settings-{kind}", CSV_COLUMNS, (_csv_row(one) for one in rows))
    context = {
        "title": title,
        "description": "" if kind == ALL else terms.term(terms.SETTING, kind).description,
        "table": _table(title, kind, rows, request),
        "panel": FilterPanel.of(form, request.GET, clear_href=reverse("lo_settings_of", args=[kind])),
        "told": len(told),
        "silent": len(silent),
        "kinds": [(one.code, one.name) for one in terms.tops(terms.SETTING)],
        "kind": kind,
        "trail": trail(NavItem("Nurseries, schools and colleges", reverse("lo_settings"))),
    }
    return render(request, "localoffer/guidance/settings_of.html", context)


def _columns(kind: str) -> tuple[Column, ...]:
    """What a list shows: the area stands with the town, and either the kind or, of one kind, the phase."""
    left_out = {"area", "phases" if kind == ALL else "kinds"}
    return tuple(column for column in CSV_COLUMNS if column.key not in left_out)


def _table(title: str, kind: str, rows: list[SettingLine], request: HttpRequest) -> Table:
    columns = _columns(kind)
    state = TableState.from_request(request.GET, columns, sizes=(50, 100))
    page = page_of(rows, state)
    return Table(
        title,
        columns,
        [_row(one) for one in page.items],
        state,
        page,
        ("setting", "settings"),
        empty="None is known to us. Choose fewer filters, or ask us.",
        caption_hidden=True,
        downloads=True,
    )


def _title(kind: str) -> str:
    if kind == ALL:
        return "All nurseries, schools and colleges"
    if kind not in terms.codes(terms.SETTING):
        raise NotFound("There is no such kind of setting.", "Choose one from the list of kinds.")
    return terms.term(terms.SETTING, kind).name


def _cells(line: SettingLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "town": line.town,
        "kinds": "; ".join(line.kinds),
        "phases": ", ".join(line.phases),
        "needs": "; ".join(line.needs),
        "checked_on": line.checked_on,
    }


def _row(line: SettingLine) -> Row:
    cells = _cells(line)
    if line.id is None or line.answered is None:
        return Row({**cells, "answered": Tag(NOT_TOLD, "grey")})
    cells["name"] = Link(line.name, reverse("lo_service", args=[line.id]))
    if line.is_outside:
        cells["town"] = [
            *([line.town] if line.town else []),
            Tag(f"In {line.area}, outside our area", "blue"),
        ]
    words = f"{line.answered} of {QUESTIONS}"
    cells["answered"] = Link(
        words, reverse("lo_setting", args=[line.id]), hidden=f"questions answered by {line.name}"
    )
    return Row(cells)


def _csv_row(line: SettingLine) -> Row:
    answered = NOT_TOLD if line.answered is None else f"{line.answered} of {QUESTIONS}"
    return Row({**_cells(line), "area": line.area, "answered": answered})


@public
@require_safe
def answers(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Our seven questions as one setting answered them; unanswered ones say so."""
    line, given = settings_lists.setting_entry(service_id)
    context = {
        "setting": settings_lists.with_names(line),
        "answers": [(one.label, given.get(one.value, "")) for one in Question],
        "questions": QUESTIONS,
        "trail": trail(NavItem("Nurseries, schools and colleges", reverse("lo_settings"))),
    }
    return render(request, "localoffer/guidance/setting.html", context)
