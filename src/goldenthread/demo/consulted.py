"""Whom the demonstration county consulted about its Local Offer: all made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from goldenthread.consultations import actions
from goldenthread.consultations.actions import Consulted
from goldenthread.consultations.enums import Body, Purpose, Question, Way
from goldenthread.core.actors import Actor

_ASKED: Final = "What is missing in the Local Offer, and what is hard to find?"
# Days ago, who, bodies, how, people, questions, what they said, what changed.
LOG: Final = (
    (
        640,
        "Threadshire Parent Carer Forum",
        (Body.SEN_FAMILIES, Body.DISABLED_FAMILIES),
        Way.WORKSHOP,
        34,
        tuple(Question),
        "Lists of schools take too many clicks. Say who may have a service before saying what it does.",
        "The first page was made anew around the ten things that parents look for most.",
    ),
    (
        215,
        "Loom Street young people’s group",
        (Body.SEN_FAMILIES, Body.DISABLED_FAMILIES, Body.ADULTHOOD),
        Way.WORKSHOP,
        12,
        (Question.SERVICES, Question.LAYOUT, Question.ACCESS),
        "Too many words. We want to know about work and about evenings out, not only about school.",
        "Pages for young people have their own list, and the guide to adulthood begins in Year 9.",
    ),
    (
        190,
        "Parents who use no computer, at four libraries",
        (Body.SEN_FAMILIES, Body.DISABLED_FAMILIES),
        Way.VISIT,
        21,
        (Question.OFFLINE, Question.COMMENTS),
        "Nobody knew that a printed copy can be had.",
        "Every library has the printed list of services, and comments are taken on paper.",
    ),
    (
        180,
        "Chairs of governors of the county’s schools",
        (Body.MAINTAINED, Body.ACADEMIES, Body.NON_MAINTAINED, Body.REFERRAL_UNITS),
        Way.SURVEY,
        97,
        (),
        "What schools do from their own means is described differently on every school’s page.",
        "All schools answer the same seven questions.",
    ),
    (
        150,
        "Weftbury and Selvedge colleges",
        (Body.POST_16, Body.ADULTHOOD),
        Way.MEETING,
        9,
        (),
        "Courses without an exam are hard to find.",
        "",
    ),
    (
        520,
        "Nurseries, childminders and children’s centres",
        (Body.CHILDRENS_CENTRES, Body.EARLY_YEARS),
        Way.SURVEY,
        140,
        (),
        "Parents ask first about money for childcare.",
        "A page about help with the cost of childcare was added.",
    ),
    (
        120,
        "Threadshire integrated care board and its therapy services",
        (Body.HEALTH, Body.ADVISERS),
        Way.MEETING,
        14,
        (),
        "Waiting times should stand with each service.",
        "The speech and language service says how long people wait.",
    ),
    (
        95,
        "Officers for education, social care and adulthood",
        (Body.COUNCIL, Body.ADVISERS),
        Way.WORKSHOP,
        26,
        (),
        "Each page needs an owner who looks at it every year.",
        "Every page has an owner and a day by which it is looked at.",
    ),
)


def add_log(by: Actor, today: date) -> int:
    """Write down whom the county consulted over two years; returns how many times."""
    for number, (days, who, bodies, way, people, questions, said, changed) in enumerate(LOG):
        actions.log_consultation(
            told=Consulted(
                who=who,
                bodies=frozenset(bodies),
                held_on=today - timedelta(days=days),
                way=way,
                purpose=Purpose.REVIEWING if number else Purpose.PREPARING,
                questions=frozenset(questions),
                people=people,
                asked="" if questions else _ASKED,
                said=said,
                changed=changed,
            ),
            by=by,
        )
    return len(LOG)
