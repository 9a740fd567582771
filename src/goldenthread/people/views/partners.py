"""Advisers and the organisations they work for: lists, added and changed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core.access import signed_in
from goldenthread.core.permissions import holds
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import NavItem
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.people import actions
from goldenthread.people.forms.lists import AdviserFilter, AdviserForm, OrganisationForm
from goldenthread.people.presenters.lists import (
    ADVISER_COLUMNS,
    ORGANISATION_COLUMNS,
    adviser_rows,
    organisation_rows,
)
from goldenthread.people.queries import partners as read
from goldenthread.people.views.acting import act, ask_then_do, data_of, editors, page, readers


def _tabs(current: str) -> list[NavItem]:
    pages = (("Advisers", "advisers"), ("Organisations", "organisations"))
    return [NavItem(text, reverse(name), current=name == current) for text, name in pages]


@readers
def advisers(request: HttpRequest) -> HttpResponse:
    """Those who may be asked for advice."""
    form = AdviserFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    rows = read.advisers_list(
        text=given.get("q", ""), kind=given.get("kind", ""), active=given.get("active", "")
    )
    state = TableState.from_request(request.GET, ADVISER_COLUMNS, default_sort="name")
    shown = page_of(rows, state)
    may_edit = holds(signed_in(request), "people.edit")
    table = Table(
        "Advisers",
        ADVISER_COLUMNS,
        adviser_rows(shown.items, may_edit=may_edit),
        state,
        shown,
        ("adviser", "advisers"),
        empty="No adviser fits.",
        empty_hint="Take a filter off, or add the adviser.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("advisers"))
    context = {"table": table, "panel": panel, "tabs": _tabs("advisers"), "may_edit": may_edit}
    return render(request, "people/partners.html", {**context, "heading": "Advisers", "add": "adviser_new"})


@readers
def organisations(request: HttpRequest) -> HttpResponse:
    """Bodies whose people advise on or provide for children."""
    state = TableState.from_request(request.GET, ORGANISATION_COLUMNS, default_sort="name")
    shown = page_of(read.organisations_list(), state)
    may_edit = holds(signed_in(request), "people.edit")
    table = Table(
        "Organisations",
        ORGANISATION_COLUMNS,
        organisation_rows(shown.items, may_edit=may_edit),
        state,
        shown,
        ("organisation", "organisations"),
        empty="There are no organisations yet.",
        caption_hidden=True,
    )
    context = {"table": table, "tabs": _tabs("organisations"), "may_edit": may_edit}
    return render(
        request, "people/partners.html", {**context, "heading": "Organisations", "add": "organisation_new"}
    )


@editors
@ask_then_do
def adviser(request: HttpRequest, adviser_id: UUID | None = None) -> HttpResponse:
    """Add an adviser, or change one."""
    known = read.adviser(adviser_id) if adviser_id else None
    form = AdviserForm(data_of(request), adviser=known, organisations=read.organisation_choices())
    if request.method == "POST" and form.is_valid():
        saved = act(
            form,
            lambda: actions.save_adviser(by=signed_in(request), facts=form.facts(), adviser_id=adviser_id),
        )
        if saved is not None:
            messages.success(request, f"{saved.name} has been saved.")
            return HttpResponseRedirect(reverse("advisers"))
    heading = f"Change {known.name}" if known else "Add an adviser"
    return page(request, form=form, heading=heading, button="Save", back=reverse("advisers"), options=_WIDE)


@editors
@ask_then_do
def organisation(request: HttpRequest, organisation_id: UUID | None = None) -> HttpResponse:
    """Add an organisation, or change one."""
    known = read.organisation(organisation_id) if organisation_id else None
    form = OrganisationForm(data_of(request), organisation=known)
    if request.method == "POST" and form.is_valid():
        saved = act(
            form,
            lambda: actions.save_organisation(
                by=signed_in(request), facts=form.facts(), organisation_id=organisation_id
            ),
        )
        if saved is not None:
            messages.success(request, f"{saved.name} has been saved.")
            return HttpResponseRedirect(reverse("organisations"))
    heading = f"Change {known.name}" if known else "Add an organisation"
    return page(
        request, form=form, heading=heading, button="Save", back=reverse("organisations"), options=_WIDE
    )


_WIDE = {"name": {"width": 20}, "email": {"width": 20}, "phone": {"width": 20}}
