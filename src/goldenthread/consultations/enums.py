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


class Body(models.TextChoices):
    """Whom a council consults about the Local Offer, by item of SEND Regulations 2014 reg 54."""

    SEN_FAMILIES = "R54.1.a", "Children and young people with special educational needs, and their parents"
    DISABLED_FAMILIES = "R54.1.b", "Disabled children and young people, and their parents"
    MAINTAINED = "R54.1.c", "Governing bodies of maintained schools and nursery schools"
    ACADEMIES = "R54.1.d", "Proprietors of academies"
    POST_16 = "R54.1.e", "Colleges and others after 16: governing bodies, proprietors or principals"
    NON_MAINTAINED = "R54.1.f", "Governing bodies of non-maintained special schools"
    REFERRAL_UNITS = "R54.1.g", "Management committees of pupil referral units"
    CHILDRENS_CENTRES = "R54.1.h", "Advisory boards of children’s centres"
    EARLY_YEARS = "R54.1.i", "Those who provide early education"
    YOUTH_OFFENDING = "R54.1.j", "Youth offending teams"
    ADVISERS = "R54.1.k", "Others who make special educational provision or advise on it"
    ADULTHOOD = "R54.1.l", "Those who help young people to prepare for adulthood"
    COUNCIL = "R54.1.m", "The council’s own officers for education, social care and adulthood"
    OTHERS = "R54.1.n", "Anybody else the council thinks right"
    HEALTH = "R54.2", "The NHS: NHS England, integrated care board, trusts, health and wellbeing board"


# Those of reg 54 whom reg 55 says to ask its five questions.
FAMILIES = frozenset({Body.SEN_FAMILIES, Body.DISABLED_FAMILIES})


class Question(models.TextChoices):
    """What families are asked about the Local Offer, by item of SEND Regulations 2014 reg 55."""

    SERVICES = "R55.a", "Which services are needed"
    LAYOUT = "R55.b", "How the information is laid out"
    OFFLINE = "R55.c", "How people without the internet get it"
    ACCESS = "R55.d", "How easy it is to use with special educational needs or a disability"
    COMMENTS = "R55.e", "How people can comment on it"


class Purpose(models.TextChoices):
    """What a consultation was for."""

    PREPARING = "preparing", "Preparing the Local Offer"
    REVIEWING = "reviewing", "Reviewing the Local Offer"


class Way(models.TextChoices):
    """How people were consulted."""

    MEETING = "meeting", "A meeting"
    WORKSHOP = "workshop", "A workshop where people tried it out"
    SURVEY = "survey", "A survey"
    LETTER = "letter", "A letter or an email with questions"
    VISIT = "visit", "A visit to where they are"
    CALL = "call", "Telephone or video calls"
