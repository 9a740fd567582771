"""What casework adds to the page of a child or young person: their cases, and the way to a request."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from goldenthread.casework.enums import LIVE
from goldenthread.casework.presenters.tables import cases
from goldenthread.casework.queries import pages
from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.core.panels import Panel
from goldenthread.core.permissions import holds


def person_panel(person: Any, by: Actor) -> Panel | None:
    """Every case of a child or young person, the newest first."""
    if not holds(by, "casework.view"):
        return None
    found = pages.cases_of_person(person.pk, by)
    is_free = person.merged_into_id is None and not any(case.status in LIVE for case in found)
    may_record = is_free and holds(by, "casework.record_request")
    data = {
        "table": cases(found, clock.today()),
        "record_href": reverse("record_request_for", args=[person.pk]) if may_record else "",
    }
    return Panel("EHC cases", "casework/panel_person.html", data)
