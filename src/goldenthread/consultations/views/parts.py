"""What the pages of the room share: who may see them, their tabs, their refusals."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from goldenthread.core.access import for_permission
from goldenthread.core.refusals import Refusal
from goldenthread.core.ui.parts import NavItem

moderators = for_permission("consultations.moderate")
answerers = for_permission("consultations.answer")
publishers = for_permission("consultations.publish")
board = for_permission("localoffer.view_board")
STAFF_PAGES = (
    ("Comments", "comments"),
    ("Themes", "themes"),
    ("Actions", "follow_ups"),
    ("Publish a year", "publish_year"),
    ("Ratings of pages", "page_ratings"),
    ("Who was consulted", "consultation_log"),
    ("Demand and gaps", "gaps"),
)
PUBLIC_PAGES = (
    ("Have your say", "have_your_say"),
    ("What people said", "what_people_said"),
    ("You said, we did", "you_said_we_did"),
    ("Who helped to make this", "who_helped"),
)


def staff_pages(here: str) -> list[NavItem]:
    """The parts of the room for editors."""
    return [NavItem(text, reverse(name), current=name == here) for text, name in STAFF_PAGES]


def public_pages(here: str) -> list[NavItem]:
    """The parts of the room for everybody."""
    return [NavItem(text, reverse(name), current=name == here) for text, name in PUBLIC_PAGES]


def add_refusal(form: Any, refusal: Refusal) -> None:
    """Say on the form what an action refused: at its field where the form has it."""
    name = getattr(refusal, "field", None)
    form.add_error(name if name in form.fields else None, f"{refusal.message} {refusal.mend}".strip())


def status_of(form: Any) -> int:
    """422 for a form with something to mend, so that programs see it too."""
    return 422 if form.is_bound and form.errors else 200
