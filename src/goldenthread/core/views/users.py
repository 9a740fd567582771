"""Administrators' pages: who may sign in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core import actions, queries
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.forms import InviteForm, RoleForm, UserFilter
from goldenthread.core.models import User
from goldenthread.core.presenters import USER_COLUMNS, user_rows
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.second_factor import has_device
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.core.views.administration import show

_manage = for_permission("core.manage_users")
_ask_then_do = require_http_methods(["GET", "HEAD", "POST"])


@_manage
def listing(request: HttpRequest) -> HttpResponse:
    """All users, found by name, role and whether the account is open."""
    form = UserFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = queries.users(
        by=signed_in(request),
        words=given.get("q", ""),
        role=given.get("role", ""),
        state=given.get("state", ""),
    )
    state = TableState.from_request(request.GET, USER_COLUMNS, default_sort="name")
    page = page_of(found, state)
    table = Table(
        "Users",
        USER_COLUMNS,
        list(user_rows(page.items)),
        state,
        page,
        ("user", "users"),
        empty="No user matches.",
        empty_hint="Take a filter off, or invite the person.",
        caption_hidden=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("users"))
    return show(request, "core/users.html", {"table": table, "panel": panel})


@_manage
@_ask_then_do
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send its owner the way in."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.invite_user(**form.cleaned_data, by=signed_in(request))
        except InvalidInput as refusal:
            form.add_error(refusal.field, f"{refusal.message} {refusal.mend}")
        else:
            messages.success(request, f"We have invited {user.name}.")
            return _to(user)
    return show(request, "core/user_invite.html", {"form": form})


@_manage
def detail(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One user, and what an administrator can do."""
    user = queries.user(by=signed_in(request), user_id=user_id)
    context = {"person": user, "has_device": has_device(user), "is_self": user.pk == signed_in(request).pk}
    return show(request, "core/user.html", context)


@_manage
@_ask_then_do
def deactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    if request.method == "POST":
        user = actions.deactivate_user(user_id=user_id, by=signed_in(request))
        messages.success(request, f"The account of {user.name} is closed.")
        return _to(user)
    return _ask(request, user_id, "deactivate")


@_manage
@_ask_then_do
def activate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    if request.method == "POST":
        user = actions.activate_user(user_id=user_id, by=signed_in(request))
        messages.success(request, f"The account of {user.name} is open again.")
        return _to(user)
    return _ask(request, user_id, "activate")


@_manage
@_ask_then_do
def reset_second_factor(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Remove a lost second step."""
    if request.method == "POST":
        user = actions.reset_second_factor(user_id=user_id, by=signed_in(request))
        messages.success(request, f"{user.name} sets up a new second step at the next sign-in.")
        return _to(user)
    return _ask(request, user_id, "reset")


@_manage
@_ask_then_do
def invite_again(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Send the way in once more."""
    if request.method == "POST":
        user = actions.invite_again(user_id=user_id, by=signed_in(request))
        messages.success(request, f"We have invited {user.name} again.")
        return _to(user)
    return _ask(request, user_id, "invite")


@_manage
@_ask_then_do
def change_role(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give somebody another role."""
    user = queries.user(by=signed_in(request), user_id=user_id)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": user.role})
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.change_role(user_id=user_id, role=form.cleaned_data["role"], by=signed_in(request))
        except InvalidInput as refusal:
            form.add_error(refusal.field, f"{refusal.message} {refusal.mend}")
        else:
            messages.success(request, f"The role of {user.name} is now: {user.role_words}.")
            return _to(user)
    return show(request, "core/user_role.html", {"form": form, "person": user})


def _ask(request: HttpRequest, user_id: UUID, what: str) -> HttpResponse:
    user = queries.user(by=signed_in(request), user_id=user_id)
    return show(request, "core/user_confirm.html", {"person": user, "what": what})


def _to(user: User) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("user", args=[user.pk]))
