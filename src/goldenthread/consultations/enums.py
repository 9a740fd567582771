"""Words and codes of what people say, and of what is done about it."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a comment stands. The public sees PUBLISHED and ANSWERED only."""

    RECEIVED = "received", "Waiting to be read"
    PUBLISHED = "published", "Published"
    ANSWERED = "answered", "Published and answered"
    HELD = "held", "Held back"
    ABUSIVE = "abusive", "Abusive"


SHOWN = frozenset({State.PUBLISHED, State.ANSWERED})


class Happening(models.TextChoices):
    """What may happen to a comment."""

    SENT = "sent", "Sent"
    PUBLISHED = "published", "Published"
    HELD_BACK = "held_back", "Held back with a reason"
    FOUND_ABUSIVE = "found_abusive", "Found abusive"
    ANSWERED = "answered", "Answered"
    GROUPED = "grouped", "Put under a theme"
    TAKEN_UP_AGAIN = "taken_up_again", "Taken up again"


class Speaker(models.TextChoices):
    """Who says it, in their own words: the law asks for young people and for parents."""

    CHILD = "child", "A child or young person with SEN or a disability"
    PARENT = "parent", "A parent or carer"
    PROFESSIONAL = "professional", "Somebody who works with children or young people"
    OTHER = "other", "Somebody else"
    UNSAID = "unsaid", "I would rather not say"


class Route(models.TextChoices):
    """How a comment came."""

    WEB = "web", "On the website"
    PAPER = "paper", "On paper"
    SPOKEN = "spoken", "Spoken, at a meeting or by telephone"


class HeldReason(models.TextChoices):
    """Why a comment is not published."""

    IDENTIFIES = "identifies", "It says who somebody is, and cannot be told without that"
    OWN_CASE = "own_case", "It is about one child’s own provision: passed to who deals with that"
    NOT_ABOUT = "not_about", "It is not about the Local Offer or a service in it"
    ADVERTISEMENT = "advertisement", "It is an advertisement"
    REPEATED = "repeated", "It says again what the same person said before"
    OTHER = "other", "Another reason"


class FollowUpState(models.TextChoices):
    """Where an action stands that the council said it would take."""

    TO_DO = "to_do", "To do"
    DONE = "done", "Done"
    DROPPED = "dropped", "Not taken, with the reason"
