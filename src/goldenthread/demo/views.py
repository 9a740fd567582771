"""The demonstration's own pages: who one can be, and what the county is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from goldenthread.core.access import public
from goldenthread.demo import presenters, state
from goldenthread.demo.county import CENSUS_DAY, COUNTY
from goldenthread.demo.sign_in import BACKEND, user_of

View = Callable[..., HttpResponse]


def _in_demonstration(view: View) -> View:
    """The page is there only while the site is a demonstration."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@public
@never_cache
@_in_demonstration
def personas(request: HttpRequest) -> HttpResponse:
    """Whom one can be."""
    made = state.kept()
    groups = presenters.groups(made.personas, request.user.pk) if made else []
    return render(request, "demo/personas.html", {"groups": groups, "county": COUNTY})


@public
@never_cache
@_in_demonstration
@require_POST
def be(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of them, leaving whoever one was. Signing in is a line of the audit log."""
    user = user_of(key)
    logout(request)
    record_authentication(request, user, method="demonstration")
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(reverse("home"))


@public
@_in_demonstration
def about(request: HttpRequest) -> HttpResponse:
    """What is fictional here and what is published; the county's figures beside the published ones."""
    made = state.kept()
    context: dict[str, Any] = {"county": COUNTY, "made": made, "stands_on": CENSUS_DAY}
    if made is not None:
        context["tables"] = presenters.tables(made.lines)
        context["kept_to"] = presenters.kept_to(made.lines)
    return render(request, "demo/about.html", context)
