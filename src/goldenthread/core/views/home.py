"""The first page, and the pages about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from goldenthread.core import landing
from goldenthread.core.access import for_roles, public
from goldenthread.core.roles import EVERYONE
from goldenthread.core.ui.gallery import gallery_context
from goldenthread.core.ui.theme import theme_css


@public
def home(request: HttpRequest) -> HttpResponse:
    """For anyone: what this is. Signed in: the page where one's role begins."""
    if not request.user.is_authenticated:
        return render(request, "core/home.html")
    page = landing.page_for(request.user.role)
    return HttpResponseRedirect(reverse(page or "account_page"))


@for_roles(*EVERYONE)
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password, second step, where one is signed in."""
    return render(request, "core/account.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@public
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies there are."""
    return render(request, "pages/cookies.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens with people's data."""
    return render(request, "pages/privacy.html")


@public
@cache_control(max_age=3600, public=True)
def theme(request: HttpRequest) -> HttpResponse:
    """The council's colour as a style sheet."""
    return HttpResponse(theme_css(settings.COUNCIL_COLOUR), content_type="text/css; charset=utf-8")


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of the interface with sample content; in the demonstration only."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "core/gallery.html", gallery_context(request.GET))
