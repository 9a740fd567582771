"""May this person read what came in, decide on it, answer it, or publish a year of it?"""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.core.permissions import require


def check_can_moderate(by: Actor) -> None:
    """Raise NotPermitted unless `by` reads comments as they came and decides which are published."""
    require(by, "consultations.moderate", "Only a Local Offer editor reads and decides on comments.")


def check_can_answer(by: Actor) -> None:
    """Raise NotPermitted unless `by` answers comments and keeps the actions."""
    require(by, "consultations.answer", "Only a Local Offer editor answers comments and keeps the actions.")


def check_can_publish(by: Actor) -> None:
    """Raise NotPermitted unless `by` publishes a year of comments and answers."""
    require(by, "consultations.publish", "Only a Local Offer editor publishes the comments of a year.")


def check_can_view_board(by: Actor) -> None:
    """Raise NotPermitted unless `by` sees what was searched for in vain."""
    require(by, "localoffer.view_board")


def check_can_log(by: Actor) -> None:
    """Raise NotPermitted unless `by` keeps the log of who was consulted about the Local Offer."""
    require(by, "consultations.answer", "Only a Local Offer editor keeps the log of who was consulted.")
