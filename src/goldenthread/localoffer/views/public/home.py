"""The first page of the Local Offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core.access import public
from goldenthread.localoffer import queries
from goldenthread.localoffer.guidance import queries as guidance
from goldenthread.localoffer.presenters.public import front
from goldenthread.localoffer.views.public.parts import kept, page

LATEST = 5
# The page of guidance on how to get the Local Offer on paper.
PAPER = "paper-copy"


@public
@require_safe
@kept
def home(request: HttpRequest) -> HttpResponse:
    """Search, topics, schools, guides, what changed lately, and how to have a say."""
    found = guidance.topics()
    context = {
        "topics": front.topics(found),
        "steps": front.guides(found),
        "paper_href": front.of_page(found, PAPER),
        "often": front.often(),
        "settings": front.settings(),
        "kinds": front.kinds(),
        "feed_href": reverse("lo_changes_feed"),
        "latest": [front.changed(row) for row in queries.latest(LATEST)],
    }
    return page(request, "home", context)
