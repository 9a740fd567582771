"""Worklists: what needs attention, for one Plan Co-ordinator or the whole team; allocating; workload."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.casework import actions, queries
from goldenthread.casework.forms.lists import AllocateForm, WorklistFilter
from goldenthread.casework.presenters import worklist as presenter
from goldenthread.casework.presenters import workload as load_presenter
from goldenthread.casework.queries import pages
from goldenthread.core import clock, kept_words, permissions
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.panels import panels_for
from goldenthread.core.refusals import Refusal
from goldenthread.core.roles import Role
from goldenthread.core.ui.download import csv_response, xlsx_response
from goldenthread.core.ui.filters import plural
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Column, Page, Row, Table, TableState

# A bulk write holds its rows locked: more than this is done in several goes.
MOST_AT_ONCE = 2_000
_DEFAULT_SORT = {"at_risk": "forecast", "all_open": "due", "plans": "name"}


@dataclass(frozen=True)
class _Asked:
    """What the address asks for."""

    form: WorklistFilter
    filters: queries.Filters
    scope: str
    state: TableState


def _read(request: HttpRequest, params: QueryDict) -> _Asked:
    form = WorklistFilter(params, workers=pages.caseworkers())
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    tab = params.get("tab") or "due_this_week"
    tab = tab if tab in queries.TABS else "due_this_week"
    own = "mine" if signed_in(request).role == Role.PLAN_COORDINATOR else "team"
    scope = params.get("scope") if params.get("scope") in {"mine", "team"} else own
    scope = scope if _has_own_cases(request) else "team"
    # Its links carry what the address carries: the key, not the words.
    state = TableState.from_request(request.GET, presenter.COLUMNS, _DEFAULT_SORT.get(tab, "due"))
    worker = given.get("caseworker", "")
    filters = queries.Filters(
        tab=tab,
        caseworker=worker or (str(signed_in(request).pk) if scope == "mine" and tab != "unallocated" else ""),
        status=given.get("status", ""),
        turn=given.get("turn", ""),
        need=given.get("need", ""),
        search=given.get("q", ""),
        sort=f"-{state.sort}" if state.descending else state.sort,
    )
    return _Asked(form, filters, str(scope), state)


def _has_own_cases(request: HttpRequest) -> bool:
    return permissions.holds(signed_in(request), "casework.work")


@for_permission("casework.view")
@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request: HttpRequest) -> HttpResponseBase:
    """The lists of cases that need attention, one at a time, with counts of all."""
    if (elsewhere := kept_words.away(request)) is not None:
        return elsewhere
    today = clock.today()
    asked = _read(request, kept_words.read(request))
    found = queries.worklist(signed_in(request), asked.filters, today)
    if (download := _download(request, "worklist", presenter.COLUMNS)) is not None:
        return download(presenter.rows(found.iterator(chunk_size=1000), today))
    counted = queries.list_counts(signed_in(request), asked.filters, today)
    counts = counted.lists
    may_allocate = permissions.holds(signed_in(request), "casework.allocate")
    table = _table(found, counts[asked.filters.tab], asked, may_allocate)
    context = _around(request, asked, counts) | {"table": table, "counted_at": counted.at}
    if may_allocate and table.rows:
        context["allocate"] = AllocateForm(workers=pages_workers(asked.form))
    if not any(counts.values()) and not queries.visible_to(signed_in(request)).exists():
        context |= {"nothing_yet": True, "ways": panels_for("nothing_yet", None, signed_in(request))}
    return render(request, "casework/worklist.html", context)


def _download(
    request: HttpRequest, name: str, columns: Sequence[Column]
) -> Callable[[Iterable[Row]], HttpResponseBase] | None:
    """What makes a file of rows, if the address asks for one."""
    write = {"csv": csv_response, "xlsx": xlsx_response}.get(request.GET.get("download", ""))
    return partial(write, name, columns) if write else None


def pages_workers(form: WorklistFilter) -> list[tuple[Any, str]]:
    """The Plan Co-ordinators that the filter offers, without asking again."""
    return [pair for pair in form.fields["caseworker"].choices if pair[0] not in {"", queries.NOBODY}]  # type: ignore[attr-defined]


def _table(found: Any, total: int, asked: _Asked, may_allocate: bool) -> Table:
    state, tab = asked.state, asked.filters.tab
    number = min(state.number, max(1, -(-total // state.size)))
    start = (number - 1) * state.size
    page: Page[Any] = Page(list(found[start : start + state.size]), number, state.size, total)
    empty, hint = presenter.EMPTY[tab]
    narrowed = any(asked.form.data.get(name) for name in asked.form.fields)
    return Table(
        presenter.tab_title(tab),
        presenter.COLUMNS,
        list(presenter.rows(page.items, clock.today())),
        state,
        page,
        ("case", "cases"),
        empty="No case in this list matches." if narrowed else empty,
        empty_hint="Take a filter off, or look in all open requests." if narrowed else hint,
        downloads=True,
        select="case" if may_allocate else "",
        form="allocate" if may_allocate else "",
    )


def _around(request: HttpRequest, asked: _Asked, counts: dict[str, int]) -> dict[str, Any]:
    base = request.GET.copy()
    for key in ("page", "sort", "download"):
        base.pop(key, None)

    def href(**changes: str) -> str:
        query = base.copy()
        for key, value in changes.items():
            query[key] = value
        return f"?{query.urlencode()}"

    may_allocate = permissions.holds(signed_in(request), "casework.allocate")
    names = [name for name in presenter.TAB_ORDER if name != "unallocated" or may_allocate]
    clear = QueryDict(mutable=True)
    clear.update({"tab": asked.filters.tab, "scope": asked.scope})
    return {
        "tabs": presenter.tabs(counts, asked.filters.tab, lambda tab: href(tab=tab), names),
        "panel": FilterPanel.of(asked.form, request.GET, clear_href=f"?{clear.urlencode()}"),
        "scope": asked.scope,
        "scopes": [("mine", "My cases", href(scope="mine")), ("team", "The whole team", href(scope="team"))]
        if _has_own_cases(request)
        else [],
        "query": base.urlencode(),
        "may_record": permissions.holds(signed_in(request), "casework.record_request"),
    }


@for_permission("casework.allocate")
@require_POST
def allocate(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases, or all of the list, to one Plan Co-ordinator."""
    params = QueryDict(request.GET.urlencode())
    back = HttpResponseRedirect(f"{reverse('worklist')}?{params.urlencode()}")
    form = AllocateForm(request.POST, workers=pages.caseworkers())
    if not form.is_valid():
        messages.error(request, "Choose who the cases go to. Nothing was changed.")
        return back
    chosen = _chosen(request, everything=form.cleaned_data["everything"])
    if not chosen:
        messages.error(request, "Choose at least one case. Nothing was changed.")
        return back
    to = form.cleaned_data["to"]
    try:
        done = actions.allocate(
            case_ids=chosen,
            caseworker_id=None if to == queries.NOBODY else UUID(to),
            by=signed_in(request),
            on=clock.today(),
        )
    except Refusal as refusal:
        messages.error(request, f"{refusal.message} {refusal.mend}".strip())
        return back
    name = dict(form.fields["to"].choices)[to]  # type: ignore[attr-defined]
    same = f" {plural(done.unchanged, 'case was', 'cases were')} there already." if done.unchanged else ""
    messages.success(request, f"{plural(done.allocated, 'case', 'cases')} given to {name}.{same}")
    return back


def _chosen(request: HttpRequest, *, everything: bool) -> list[UUID]:
    if everything:
        asked = _read(request, kept_words.read(request))
        filters = replace(asked.filters, sort="due")
        found = queries.worklist(signed_in(request), filters).values_list("pk", flat=True)
        keys = list(found[: MOST_AT_ONCE + 1])
        if len(keys) > MOST_AT_ONCE:
            messages.warning(request, f"Only the first {MOST_AT_ONCE:,} cases were given. Do the rest again.")
        return keys[:MOST_AT_ONCE]
    keys = []
    for text in request.POST.getlist("case"):
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


@for_permission("casework.allocate")
@require_GET
def workload(request: HttpRequest) -> HttpResponseBase:
    """Who has how much work."""
    found = queries.workload(clock.today(), afresh="afresh" in request.GET)
    if (download := _download(request, "workload", load_presenter.COLUMNS)) is not None:
        return download(load_presenter.rows_to_keep(found.loads))
    context = load_presenter.context(found.loads, request.GET) | {"counted_at": found.at}
    return render(request, "casework/workload.html", context)
