"""A case: what is next, its dates, advice and settings, the plan, people, timeline, and who has looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.casework import actions, pace, queries
from goldenthread.casework.actions.available import allowed_among
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import case as presenter
from goldenthread.casework.presenters import parts, tables, words
from goldenthread.casework.presenters import timeline as history
from goldenthread.casework.presenters.decisions import buttons
from goldenthread.casework.queries import pages
from goldenthread.core import audit, clock
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.panels import panels_for
from goldenthread.core.ui.parts import NavItem, by_day

_PAGES = (
    ("Overview", "case"),
    ("Dates and law", "case_dates"),
    ("Advice and settings", "case_advice"),
    ("Plan and places", "case_plan"),
    ("People", "case_people"),
    ("Timeline", "case_timeline"),
    ("Who has looked", "case_access"),
)
_view = for_permission("casework.view")
_RECENT = 6


def show(request: HttpRequest, template: str, case: Case, context: dict[str, Any]) -> HttpResponse:
    """A page of a case, with its heading and links to the others. The reading is recorded."""
    audit.saw(by=signed_in(request), person_id=case.person_id, what="case", obj=case)
    today = clock.today()
    tabs = []
    for text, name in _PAGES:
        href = reverse(name, args=[case.pk])
        tabs.append(NavItem(text, href, current=request.path == href))
    around = {
        "case": case,
        "child": words.name_of(case.person),
        "age": words.age_words(case.person.birth_date, today),
        "stage": words.STAGES[case.status],
        "tabs": tabs,
    }
    return render(request, template, around | context)


@_view
@require_GET
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is next, by when and whose turn; the 20 weeks; what may be done now; the latest news."""
    case = pages.case_with(case_id, signed_in(request), *pages.FACTS)
    today, dues = clock.today(), queries.deadlines_of(case)
    allowed = actions.allowed_actions(case, signed_in(request))
    step = presenter.next_step(case, today, allowed)
    context = {
        "step": step,
        "actions": buttons(case, allowed, step.primary),
        "pathway": presenter.pathway(case, dues, today),
        "week": presenter.weeks_since(case.received_on, today) if case.stage == "request" else "",
        "forecast": presenter.forecast(case),
        "dates": presenter.date_rows(dues, today, {}, only_open=True),
        "exceptions": parts.exceptions(case),
        "timeline": by_day(history.timeline(pages.events_of(case, most=_RECENT))),
        "facts": parts.summary(case),
    }
    return show(request, "casework/case.html", case, context)


@_view
@require_GET
def dates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every due date with the law behind it, and the exceptions recorded."""
    case = pages.case_with(case_id, signed_in(request), *pages.NAMED_FACTS)
    today, dues = clock.today(), queries.deadlines_of(case)
    rows = presenter.date_rows(dues, today, parts.subjects(case))
    context = {
        "open_dates": [row for row in rows if row.due.state != "done" and not row.fell_away],
        "forecast": presenter.forecast(case, pace.current(today)) if case.forecast_on else None,
        "past_dates": [row for row in rows if row.due.state == "done" or row.fell_away],
        "exceptions": parts.exceptions(case),
        "allowed": set(actions.allowed_actions(case, signed_in(request))),
    }
    return show(request, "casework/case_dates.html", case, context)


@_view
@require_GET
def advice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who was asked for advice, and which settings were consulted."""
    case = pages.case_with(case_id, signed_in(request), *pages.NAMED_FACTS)
    allowed = actions.allowed_actions(case, signed_in(request))
    context = {
        "advice": tables.advice_table(case, clock.today(), allowed),
        "consultations": tables.consultation_table(case, clock.today(), allowed),
        "actions": buttons(case, allowed, only=("request_advice", "consult_setting")),
    }
    return show(request, "casework/case_advice.html", case, context)


@_view
@require_GET
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan: needs, section I, reviews; and where the child or young person attends."""
    case = pages.case_with(case_id, signed_in(request), pages.NAMED_SETTINGS)
    allowed = allowed_among(case, signed_in(request), parts.PLAN_ACTIONS)
    context = {
        "plan": parts.plan(case, clock.today()),
        "panels": panels_for("case", case, signed_in(request)),
        "actions": buttons(case, allowed),
    }
    return show(request, "casework/case_plan.html", case, context)


@_view
@require_GET
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The adults around the child or young person, and what may be shared with each."""
    case = pages.case_with(case_id, signed_in(request))
    context = {
        "contacts": tables.contacts(pages.contacts_of(case), clock.today()),
        "spokesperson": pages.spokesperson_of(case),
        "person": case.person,
    }
    return show(request, "casework/case_people.html", case, context)


@_view
@require_GET
def timeline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that happened, newest first; narrowed to one kind if asked."""
    case = pages.case_with(case_id, signed_in(request))
    kind = request.GET.get("kind", "")
    group = words.GROUPS.get(kind)
    events = pages.events_of(case, kinds=group[1] if group else ())
    here = reverse("case_timeline", args=[case.pk])
    kinds = [NavItem("Everything", here, current=group is None)]
    kinds += [
        NavItem(text, f"{here}?kind={key}", current=key == kind) for key, (text, _) in words.GROUPS.items()
    ]
    context = {
        "timeline": by_day(history.timeline(events)),
        "kinds": kinds,
        "actions": buttons(case, allowed_among(case, signed_in(request), ("add_note", "correct_date"))),
    }
    return show(request, "casework/case_timeline.html", case, context)


@_view
@require_GET
def access(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has looked at the record."""
    case = pages.case_with(case_id, signed_in(request))
    return show(
        request, "casework/case_access.html", case, {"table": tables.looks(pages.looks_at(case.person_id))}
    )
