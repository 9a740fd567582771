"""Ways to sign in: the choice of way, one-time links for families, and setting up a second step."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goldenthread.core import actions, landing
from goldenthread.core.access import for_roles, public, signed_in
from goldenthread.core.actions.sign_in_links import LinkState, state_of_link
from goldenthread.core.forms import LinkRequestForm
from goldenthread.core.refusals import Refusal
from goldenthread.core.roles import SECOND_FACTOR
from goldenthread.core.second_factor import has_device, has_second_factor
from goldenthread.core.views.errors import too_many

_ACCOUNT = "allauth.account"


@public
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose: a link for families, or a password for staff and partners."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("home"))
    context = {"ways": landing.ways_in(), "next": _next(request)}
    return render(request, "core/sign_in.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time link. The answer is the same whether or not the address has an account."""
    form = LinkRequestForm(request.POST if request.method == "POST" else None)
    go_to = _next(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, app=_ACCOUNT, action="sign_in_link", key=email):
            return too_many(request)
        actions.request_sign_in_link(email=email, go_to=go_to)
        return HttpResponseRedirect(reverse("sign_in_link_sent"))
    return render(request, "core/sign_in_link.html", {"form": form, "next": go_to})


@public
def link_sent(request: HttpRequest) -> HttpResponse:
    """Look in your email."""
    return render(request, "core/sign_in_link_sent.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a mail scanner that follows the link uses nothing up; POST signs in."""
    if not ratelimit.consume(request, app=_ACCOUNT, action="sign_in_link_use", limit_get=True):
        return too_many(request)
    if request.method == "POST":
        try:
            user = actions.use_sign_in_link(token=token)
        except Refusal:
            return _bad_link(request, state_of_link(token))
        record_authentication(request, user, method="link")
        response: HttpResponse = perform_login(request, Login(user=user, redirect_url=_next(request) or None))
        return response
    state = state_of_link(token)
    if state is not LinkState.GOOD:
        return _bad_link(request, state)
    return render(request, "core/sign_in_link_use.html", {"next": _next(request)})


def _bad_link(request: HttpRequest, state: LinkState) -> HttpResponse:
    status = 404 if state is LinkState.UNKNOWN else 410
    return render(request, "core/sign_in_link_bad.html", {"state": str(state)}, status=status)


@for_roles(*SECOND_FACTOR, second_factor=False)
@never_cache
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and how to set one up."""
    if has_second_factor(request):
        return HttpResponseRedirect(reverse("home"))
    # Someone with a device whose session did not show it came by single sign-on or before it was set up.
    return render(request, "core/second_factor_needed.html", {"has_device": has_device(signed_in(request))})


def _next(request: HttpRequest) -> str:
    """The page of this site to go on to; nothing if the address leads elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and wanted.startswith("/") else ""
