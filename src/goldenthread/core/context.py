"""What every page may use: the council, the demonstration, the date, the menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.landing import ways_in
from goldenthread.core.navigation import account_links, menu_for, public_links, search_for


def site(request: HttpRequest) -> dict[str, Any]:
    """What the layouts read (docs/interface.md)."""
    return {
        "council": {
            "name": settings.COUNCIL_NAME,
            "colour": settings.COUNCIL_COLOUR,
            "email": settings.COUNCIL_EMAIL,
            "phone": settings.COUNCIL_PHONE,
        },
        "demo": {"on": settings.DEMONSTRATION, "href": _change_persona()},
        "today": clock.today(),
        "nav": menu_for(request),
        "public_links": public_links(),
        "account_links": account_links(request),
        "search_href": search_for(request),
        "theme_href": reverse("theme"),
        "pages": {name: reverse(name) for name in ("accessibility", "cookies", "privacy")},
    }


def _change_persona() -> str:
    """Where the demonstration lets one change who one is; nothing elsewhere."""
    ways = ways_in() if settings.DEMONSTRATION else []
    return reverse(ways[0].url_name) if ways else ""
