"""Guidance for everybody: topics, pages, their other forms, and the glossary."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.ui.parts import NavItem
from goldenthread.localoffer.guidance import coverage, queries, showing
from goldenthread.localoffer.models import GuidancePage
from goldenthread.localoffer.ways_on import ways_from_guidance

OTHERS = 6


def trail(*more: NavItem) -> list[NavItem]:
    """The way back to the Local Offer."""
    return [NavItem("Local Offer", reverse("local_offer")), *more]


@public
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its pages, guides first."""
    found = queries.topic(slug)
    others = [one for one in queries.topics() if one.slug != slug]
    context = {"topic": found, "others": others, "trail": trail()}
    return render(request, "localoffer/guidance/topic.html", context)


@public
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of guidance."""
    found = queries.live_page(slug)
    renditions = list(found.renditions.all())
    near = next((one for one in queries.topics() if one.slug == found.topic), None)
    context = {
        **_frame(found),
        "shown": showing.draw_page(found),
        "forms": showing.forms_of(found, renditions),
        "easy_read_words": showing.easy_read_words(renditions),
        "others": [one for one in near.pages if one.slug != slug][:OTHERS] if near else [],
        "items": coverage.items_of(found.covers),
    }
    layout = "steps" if showing.is_steps(found) else "page"
    return render(request, f"localoffer/guidance/{layout}.html", context)


def _frame(found: GuidancePage) -> dict[str, Any]:
    """What a page and its other forms share."""
    today = clock.today()
    title = queries.topic_titles().get(found.topic, found.topic)
    return {
        "page": found,
        "trail": trail(NavItem(title, reverse("lo_topic", args=[found.topic]))),
        "review": showing.review_words(found, today),
        "stale": showing.is_stale(found, today),
        **ways_from_guidance(found.slug),
    }


@public
@require_safe
def other_form(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A page in Easy Read or in another language."""
    found = queries.live_rendition(slug, language)
    context = {
        **_frame(found.page),
        "rendition": found,
        "form": showing.form_of(found.page, found),
        "shown": showing.draw_rendition(found),
    }
    return render(request, "localoffer/guidance/other_form.html", context)


@public
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word that is explained, by letter."""
    letters: dict[str, list[Any]] = {}
    for one in queries.words():
        letters.setdefault(one.term[0].upper(), []).append(one)
    return render(request, "localoffer/guidance/words.html", {"letters": letters, "trail": trail()})
