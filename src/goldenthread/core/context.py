"""What every page may use: the council, the demonstration, the date, the menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from goldenthread.core import clock
from goldenthread.core.navigation import menu_for


def site(request: HttpRequest) -> dict[str, Any]:
    """`council`, `demo`, `today` and `nav` for the layouts."""
    return {
        "council": {
            "name": settings.COUNCIL_NAME,
            "colour": settings.COUNCIL_COLOUR,
            "email": settings.COUNCIL_EMAIL,
            "phone": settings.COUNCIL_PHONE,
        },
        "demo": {"on": settings.DEMONSTRATION},
        "today": clock.today(),
        "nav": menu_for(request),
    }
