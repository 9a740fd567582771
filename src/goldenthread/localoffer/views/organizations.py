"""Organisations of the directory and the people who keep their entries: for editors."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.localoffer import actions
from goldenthread.localoffer.forms.lists import InviteForm, OrganizationFilter, OrganizationForm
from goldenthread.localoffer.presenters import editing as presenter
from goldenthread.localoffer.queries import lists
from goldenthread.localoffer.views.editing import refused

editors = for_permission("localoffer.approve")


@editors
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All organisations, with how many entries and people each has."""
    form = OrganizationFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    state = TableState.from_request(request.GET, presenter.ORGANIZATIONS, default_sort="name")
    page = page_of(lists.organizations_listed(signed_in(request), words), state)
    table = Table(
        "Organisations",
        presenter.ORGANIZATIONS,
        list(presenter.organization_rows(page.items)),
        state,
        page,
        ("organisation", "organisations"),
        empty="No organisation fits.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("lo_organizations"))
    return render(request, "localoffer/edit/organizations.html", {"table": table, "panel": panel})


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.start_organization(
                by=signed_in(request), name=data["name"], email=data["email"], description=data["description"]
            )
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            return HttpResponseRedirect(reverse("lo_organization", args=[made.pk]))
    context = {"form": form, "organization": None}
    return render(
        request, "localoffer/edit/organization_form.html", context, status=422 if form.errors else 200
    )


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Change an organisation."""
    by = signed_in(request)
    organization = lists.organization_for(by, organization_id)
    initial = {name: organization.document.get(name, "") for name in ("description", "email", "website")}
    form = OrganizationForm(request.POST or None, initial={"name": organization.name, **initial})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_organization(by=by, organization_id=organization.pk, **form.cleaned_data)
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Saved. Its published entries say so now.")
            return HttpResponseRedirect(reverse("lo_organization", args=[organization.pk]))
    context = {"form": form, "organization": organization}
    return render(
        request, "localoffer/edit/organization_form.html", context, status=422 if form.errors else 200
    )


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """One organisation: who keeps its entries, and asking somebody to."""
    by = signed_in(request)
    organization = lists.organization_for(by, organization_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_provider(by=by, organization_id=organization.pk, **form.cleaned_data)
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "The invitation is on its way.")
            return HttpResponseRedirect(reverse("lo_organization", args=[organization.pk]))
    context = {
        "organization": organization,
        "form": form,
        "providers": list(lists.providers_of(organization)),
    }
    return render(request, "localoffer/edit/organization.html", context, status=422 if form.errors else 200)


@editors
@require_POST
def unlink(request: HttpRequest, organization_id: UUID, provider_id: UUID) -> HttpResponse:
    """End somebody's keeping of its entries."""
    by = signed_in(request)
    organization = lists.organization_for(by, organization_id)
    provider = lists.provider_for(organization, provider_id)
    actions.unlink_provider(by=by, provider_id=provider.pk)
    messages.success(request, f"{provider.user.name} no longer keeps these entries.")
    return HttpResponseRedirect(reverse("lo_organization", args=[organization.pk]))
