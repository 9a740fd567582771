"""For families and young people: their children, and one page for each case in plain words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.casework.presenters import case as presenter
from goldenthread.casework.presenters import family
from goldenthread.casework.queries import pages
from goldenthread.core import audit, clock
from goldenthread.core.access import for_roles, signed_in
from goldenthread.core.roles import Role
from goldenthread.core.ui.parts import by_day
from goldenthread.people.queries.own import own_records

_family = for_roles(Role.FAMILY)


@_family
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everyone whose case this person may see, and what is next for each."""
    by, today = signed_in(request), clock.today()
    found = pages.my_cases(by)
    own = own_records(by, [case.person for case in found], today)
    cases = [family.family_case(case, today, own=case.person_id in own) for case in found]
    return render(request, "casework/family_home.html", {"cases": cases})


@_family
@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has happened, what happens next, by when, whose turn, and how to reach somebody."""
    found = pages.case_with(case_id, signed_in(request))
    today = clock.today()
    waits = pages.waits_of(found)
    looks = pages.roles_that_looked(found.person_id)
    audit.saw(by=signed_in(request), person_id=found.person_id, what="family_page", obj=found)
    path = presenter.pathway(found, waits.dues, today, family=True) if found.stage == "request" else []
    own = bool(own_records(signed_in(request), [found.person], today))
    shown = family.family_case(found, today, own=own)
    likely = family.finish(found)
    context = {
        "shown": shown,
        "pathway": path,
        "likely": likely,
        "why": family.why_late(waits, today, shown.next_title) if likely or shown.late else [],
        "timeline": by_day(family.happened(pages.events_of(found, kinds=family.SHOWN))),
        "seen_by": family.seen_by(looks),
        "letters": family.letters(pages.notices_to(signed_in(request), found.person_id)),
    }
    return render(request, "casework/family_case.html", context)
