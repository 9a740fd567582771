"""What people say in the small county: who looks at which page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldenthread.consultations.models import Comment, Consultation, FollowUp, Publication, Theme

FOR_ANYONE = (
    "have_your_say",
    "tell_us",
    "comment_thanks",
    "what_people_said",
    "you_said_we_did",
    "who_helped",
)
FOR_EDITORS = (
    "comments",
    "comment_enter",
    "themes",
    "theme_new",
    "follow_ups",
    "follow_up_new",
    "publish_year",
    "page_ratings",
    "consultation_log",
    "consultation_new",
    "gaps",
)
DECISIONS = {
    "received": ("publish", "hold-back", "abusive", "theme"),
    "published": ("answer",),
    "held": ("take-up-again",),
}


def addresses() -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Who looks, the name of the page, what its address needs, and its query; nobody signed in is ""."""
    for name in FOR_ANYONE:
        yield "", name, (), ""
    about = ("page", "what_people_said")
    for name in ("tell_us_about", "rate_page", "rating_thanks"):
        yield "", name, about, ""
    yield "", "what_people_said", (), f"?theme={Theme.objects.earliest('created_at').pk}"
    yield "", "year_published", (Publication.objects.earliest("created_at").pk,), ""
    for name in FOR_EDITORS:
        yield "editor", name, (), ""
    yield "editor", "comments", (), "?state=held&speaker=parent"
    one = Consultation.objects.earliest("created_at")
    yield "editor", "consultation_edit", (one.pk,), ""
    for what in ("area", "need", "pair", "theme"):
        yield "analyst", "gaps", (), f"?by={what}"
    for state in ("received", "published", "answered", "held", "abusive"):
        one = Comment.objects.filter(state=state).earliest("created_at")
        yield "editor", "comment", (one.pk,), ""
        for what in DECISIONS.get(state, ()):
            yield "editor", "comment_do", (one.pk, what), ""
    yield "editor", "comment_action", (Comment.objects.earliest("created_at").pk,), ""
    yield "editor", "theme_edit", (Theme.objects.earliest("created_at").pk,), ""
    for state in ("to_do", "done"):
        yield "editor", "follow_up", (FollowUp.objects.filter(state=state).earliest("created_at").pk,), ""
