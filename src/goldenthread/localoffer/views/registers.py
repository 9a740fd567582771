"""Keeping many entries true: those that are overdue, and those that a register says something else of."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.core import clock
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.localoffer import actions
from goldenthread.localoffer.enums import Register, RegisterState
from goldenthread.localoffer.forms.registers import OfstedForm
from goldenthread.localoffer.presenters import registers as presenter
from goldenthread.localoffer.queries import lists, registers
from goldenthread.localoffer.registers import read_ofsted
from goldenthread.localoffer.views.editing import refused

editors = for_permission("localoffer.approve")


def _chosen(request: HttpRequest, name: str) -> list[UUID]:
    """The rows that were ticked; what is no key is passed over."""
    found = []
    for text in request.POST.getlist(name):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def overdue(request: HttpRequest) -> HttpResponse:
    """Public entries that were not checked for a year, or never; asking those who keep them."""
    by = signed_in(request)
    if request.method == "POST":
        chosen = _chosen(request, "service")
        done = actions.ask_to_check(by=by, service_ids=chosen)
        words = f"{done.entries:,} entries asked about, in {done.messages:,} messages."
        if done.nobody:
            words += f" Of {done.nobody:,} nobody is known to ask: open the organisation and invite somebody."
        messages.success(request, words if chosen else "No entry was chosen.")
        return HttpResponseRedirect(request.get_full_path())
    state = TableState.from_request(request.GET, presenter.OVERDUE, default_sort="checked")
    page = page_of(lists.overdue(by), state)
    table = Table(
        "Overdue entries",
        presenter.OVERDUE,
        list(presenter.overdue_rows(page.items, clock.today())),
        state,
        page,
        ("entry", "entries"),
        empty="Every public entry was checked within the year.",
        caption_hidden=True,
        select="service",
        form="ask",
    )
    return render(request, "localoffer/edit/overdue.html", {"table": table})


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, which: str) -> HttpResponse:
    """What a register says, state by state; comparing it anew."""
    by, found = signed_in(request), _register(which)
    form = OfstedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (found == Register.GIAS or form.is_valid()):
        try:
            _match(request, by, found, form)
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Compared. Nothing was changed in the entries.")
            return HttpResponseRedirect(reverse("lo_register", args=[which]))
    chosen = request.GET.get("state", RegisterState.NEW.value)
    chosen = chosen if chosen in RegisterState.values else RegisterState.NEW.value
    counts = registers.counts(by, which)
    context = {
        "register": found,
        "form": form if found == Register.OFSTED else None,
        "registers": presenter.registers(which),
        "tabs": presenter.tabs(which, counts, chosen),
        "hint": presenter.HINTS[RegisterState(chosen)],
        "does": presenter.DOES[RegisterState(chosen)],
        "table": _table(request, by, which, chosen),
    }
    wrong = request.method == "POST" and form.errors
    return render(request, "localoffer/edit/register.html", context, status=422 if wrong else 200)


def _register(which: str) -> Register:
    if which not in Register.values:
        raise NotFound("There is no such register.", "Open the list of entries and choose Registers.")
    return Register(which)


def _match(request: HttpRequest, by: Actor, found: Register, form: OfstedForm) -> None:
    if found == Register.GIAS:
        actions.match_register(by=by, register=found)
        return
    file = form.cleaned_data["file"]
    rows = read_ofsted(file.read(), file.name, settings.COUNCIL_NAME)
    actions.match_register(by=by, register=found, rows=rows)


def _table(request: HttpRequest, by: Actor, which: str, chosen: str) -> Table:
    state = TableState.from_request(request.GET, presenter.COLUMNS)
    page = page_of(registers.entries_listed(by, which, chosen), state)
    does = bool(presenter.DOES[RegisterState(chosen)])
    return Table(
        RegisterState(chosen).label,
        presenter.COLUMNS,
        list(presenter.register_rows(page.items)),
        state,
        page,
        ("place", "places"),
        empty="None.",
        caption_hidden=True,
        select="row" if does else "",
        form="decide" if does else "",
    )


@editors
@require_POST
def decide(request: HttpRequest, which: str) -> HttpResponse:
    """Start drafts, take over what the register says, or leave entries as they are."""
    by, found, ids = signed_in(request), _register(which), _chosen(request, "row")
    what = request.POST.get("what", "")
    if what == "start":
        done = actions.start_from_register(by=by, ids=ids)
        messages.success(request, f"{done:,} draft entries started. Nothing of them is public yet.")
    elif what == "take":
        done, not_done = actions.take_over(by=by, ids=ids)
        messages.success(request, f"{done:,} entries changed, as drafts to be published.")
        if not_done:
            names = ", ".join(not_done[:10])
            messages.warning(request, f"Somebody is working on these, so they were left: {names}.")
    elif what == "leave":
        done = actions.leave_as_it_is(by=by, ids=ids)
        messages.success(request, f"{done:,} left as they are.")
    else:
        raise NotFound("There is no such decision.", "Go back to the register and choose one there.")
    return HttpResponseRedirect(reverse("lo_register", args=[found.value]))
