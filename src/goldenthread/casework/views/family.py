"""For families and young people: their children, and one page for each case in plain words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.casework import queries
from goldenthread.casework.presenters import case as presenter
from goldenthread.casework.presenters import family
from goldenthread.casework.queries import pages
from goldenthread.core import audit, clock
from goldenthread.core.access import for_roles, signed_in
from goldenthread.core.roles import Role
from goldenthread.core.ui.parts import by_day

_family = for_roles(Role.FAMILY)


@_family
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everyone whose case this person may see, and what is next for each."""
    cases = [family.family_case(case, clock.today()) for case in pages.my_cases(signed_in(request))]
    return render(request, "casework/family_home.html", {"cases": cases})


@_family
@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has happened, what happens next, by when, whose turn, and how to reach somebody."""
    found = pages.case_with(case_id, signed_in(request), *pages.FACTS)
    today, dues = clock.today(), queries.deadlines_of(found)
    looks = pages.looks_at(found.person_id)
    audit.saw(by=signed_in(request), person_id=found.person_id, what="family_page", obj=found)
    shown = family.family_case(found, today)
    likely = family.finish(found)
    context = {
        "shown": shown,
        "pathway": presenter.pathway(found, dues, today, family=True) if found.stage == "request" else [],
        "likely": likely,
        "why": family.why_late(found, dues, today) if likely or shown.late else [],
        "timeline": by_day(family.happened(pages.events_of(found, kinds=family.SHOWN))),
        "seen_by": family.seen_by(looks),
        "letters": family.letters(pages.notices_to(signed_in(request), found.person_id)),
    }
    return render(request, "casework/family_case.html", context)
