"""The first page of the Local Offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goldenthread.core.access import public
from goldenthread.localoffer import queries
from goldenthread.localoffer.presenters.public import front
from goldenthread.localoffer.views.public.parts import kept, page

LATEST = 5


@public
@require_safe
@kept
def home(request: HttpRequest) -> HttpResponse:
    """Search, topics, schools, guides, what changed lately, and how to have a say."""
    context = {
        "often": front.often(),
        "settings": front.settings(),
        "kinds": front.kinds(),
        "latest": [front.changed(row) for row in queries.latest(LATEST)],
    }
    return page(request, "home", context)
