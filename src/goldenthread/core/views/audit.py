"""The audit log: who did or saw what, by whom, when, and to which record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from goldenthread.core import actions, queries
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.forms import AuditFilter
from goldenthread.core.models import AuditEntry
from goldenthread.core.presenters import AUDIT_COLUMNS, action_code, audit_file_rows, audit_rows
from goldenthread.core.ui.download import csv_response
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table
from goldenthread.core.views.administration import show

SIZE = 50


@for_permission("core.view_audit")
def listing(request: HttpRequest) -> HttpResponseBase:
    """Lines of the audit log, newest first; or all that match, as CSV."""
    form = AuditFilter(request.GET)
    filters = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    if "action" in filters:
        filters["action"] = action_code(filters["action"])
    lines = queries.audit_lines(by=signed_in(request), **filters)
    if request.GET.get("download") == "csv" and form.is_valid():
        actions.export_audit(by=signed_in(request), filters=filters)
        return csv_response("audit-log", AUDIT_COLUMNS, audit_file_rows(lines.iterator(chunk_size=2000)))
    before, after = _number(request, "before"), _number(request, "after")
    page = queries.keyset(lines, before=before, after=after, size=SIZE)
    context: dict[str, Any] = {
        "form": form,
        "table": _table(page["rows"]),
        "panel": FilterPanel.of(form, request.GET, clear_href=reverse("audit")),
        "older": _href(request, "before", page["older"]),
        "newer": _href(request, "after", page["newer"]),
        "newest": _href(request, "download", None),
        "csv": _href(request, "download", "csv"),
    }
    return show(request, "core/audit.html", context)


def _table(lines: list[AuditEntry]) -> Table:
    return Table(
        "Audit log",
        AUDIT_COLUMNS,
        list(audit_rows(lines)),
        noun=("line", "lines"),
        empty="No line matches.",
        empty_hint="Take a filter off, or choose other dates.",
        caption_hidden=True,
    )


def _number(request: HttpRequest, name: str) -> int | None:
    """The line number in the address; None for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _href(request: HttpRequest, name: str, value: object) -> str:
    """This list with its filters, from another place in it. Nothing where there is no such place."""
    if value is None and name != "download":
        return ""
    query = request.GET.copy()
    for key in ("before", "after", "download"):
        query.pop(key, None)
    if value is not None:
        query[name] = str(value)
    return f"?{query.urlencode()}"
